"""The network: sockets that connect only to addresses that were checked, beneath an httpx transport of our own."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterable
from functools import partial
from typing import Any

import anyio
import httpcore
import httpx

from garrison.gathering.guard import AddressError, Guard, Resolve, name_refusal
from garrison.gathering.manners import Manners, checked_proxy
from garrison.gathering.revocation import LARGEST_LIST, LIST_S, CheckedStream, RevocationLists

_NO_LIST = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpcore.ProxyError)
"""What keeps a list of revoked certificates away, besides what is no address and what the guard does not allow."""


class _TcpBackend(httpcore.AsyncNetworkBackend):
    """What the backends share: they wait as others do, and never open a socket of this machine."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.AsyncNetworkStream:
        """Never.

        Raises:
            AddressError: always.
        """
        raise AddressError("sockets of this machine are not read")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)


class CheckedBackend(_TcpBackend):
    """Connections to public addresses only: a name is resolved once, here, and its checked address connected to.

    No second resolution exists, so a name that answers otherwise the next time (rebinding) gains nothing.
    """

    def __init__(self, guard: Guard, inner: httpcore.AsyncNetworkBackend, resolve: Resolve | None = None) -> None:
        super().__init__(inner)
        self._guard = guard
        self._resolve = resolve

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to ``host``.

        Raises:
            AddressError: the name leads to no public address.
        """
        server = self._guard.server_for(host)
        if server is not None:
            address, port = server.address, server.port
        else:
            with anyio.fail_after(timeout):
                address = self._guard.checked(host, await self._answers(host, port))
        return await self._inner.connect_tcp(
            address, port, timeout=timeout, local_address=local_address, socket_options=socket_options
        )

    async def _answers(self, host: str, port: int) -> list[str]:
        if self._resolve is not None:
            return list(self._resolve(host, port))
        try:
            return [str(ipaddress.ip_address(host.strip("[]")))]
        except ValueError:
            pass
        try:
            found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no such host ({error})") from error
        return list(dict.fromkeys(str(each[4][0]) for each in found))


class ProxyBackend(_TcpBackend):
    """Connections to one proxy and to nothing else; what lies beyond it is asked for by name."""

    def __init__(self, host: str, port: int, inner: httpcore.AsyncNetworkBackend) -> None:
        super().__init__(inner)
        self._proxy = (host, port)

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the proxy.

        Raises:
            AddressError: to anything else.
        """
        if (host, port) != self._proxy:
            raise AddressError(f"everything goes through the proxy, and {host} is not it")
        return await self._inner.connect_tcp(
            host, port, timeout=timeout, local_address=local_address, socket_options=socket_options
        )


class RevocationBackend(_TcpBackend):
    """Connections of another backend, each closed where the certificate on it was revoked."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend, lists: RevocationLists) -> None:
        super().__init__(inner)
        self._lists = lists

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to ``host``."""
        stream = await self._inner.connect_tcp(
            host, port, timeout=timeout, local_address=local_address, socket_options=socket_options
        )
        return CheckedStream(stream, self._lists)


class Transport(httpx.AsyncHTTPTransport):
    """An httpx transport whose sockets are the guard's; only ``http`` and ``https``."""

    def __init__(
        self,
        manners: Manners,
        *,
        inner: httpcore.AsyncNetworkBackend | None = None,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        # Not httpx's own constructor: it makes a pool whose sockets go wherever a name leads.
        inner = inner or httpcore.AnyIOBackend()
        self._guard = manners.guard
        self._proxied = manners.proxy is not None
        self._user_agent = manners.user_agent
        self._lists: httpcore.AsyncConnectionPool | None = None
        common: dict[str, Any] = {
            "ssl_context": trust or httpx.create_ssl_context(trust_env=False),
            "max_connections": manners.at_once * 2,
            "max_keepalive_connections": manners.at_once,
            "keepalive_expiry": 30.0,
            "http1": True,
            "http2": True,
        }
        backend: httpcore.AsyncNetworkBackend
        if manners.proxy is None:
            backend = CheckedBackend(manners.guard, inner, resolve)
            pool: Any = partial(httpcore.AsyncConnectionPool, **common)
        else:
            host, port = checked_proxy(manners.proxy)
            parts = httpx.URL(manners.proxy)
            backend = ProxyBackend(host, port, inner)
            pool = partial(
                httpcore.AsyncSOCKSProxy,
                proxy_url=f"socks5://{host if ':' not in host else f'[{host}]'}:{port}",
                proxy_auth=(parts.username, parts.password) if parts.username else None,
                **common,
            )
        if manners.revocation:
            # Lists come through the same checked sockets, by connections of their own: what asks for them holds one.
            self._lists = pool(network_backend=backend)
            backend = RevocationBackend(backend, RevocationLists(self._list_at))
        self._pool = pool(network_backend=backend)

    async def _list_at(self, url: str) -> bytes | None:
        """The bytes of an issuer's list of revoked certificates; ``None`` where it cannot be had."""
        assert self._lists is not None
        try:
            address = httpx.URL(url)
            self._admit(address)
            headers = [(b"Host", address.netloc), (b"User-Agent", self._user_agent.encode("ascii"))]
            with anyio.fail_after(LIST_S):
                async with self._lists.stream("GET", url, headers=headers) as answer:
                    if answer.status != 200:
                        return None
                    body = bytearray()
                    async for chunk in answer.aiter_stream():
                        body += chunk
                        if len(body) > LARGEST_LIST:
                            return None
                    return bytes(body)
        except (OSError, ValueError, httpx.InvalidURL, *_NO_LIST):
            return None

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._pool.aclose()
        if self._lists is not None:
            await self._lists.aclose()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to ``request``.

        Raises:
            AddressError: another scheme, or, through a proxy, the name of an inner host.
        """
        self._admit(request.url)
        return await super().handle_async_request(request)

    def _admit(self, url: httpx.URL) -> None:
        if url.scheme not in ("http", "https"):
            raise AddressError(f"only http and https are fetched, not {url.scheme}")
        if self._proxied and self._guard.server_for(url.host) is None:
            reason = name_refusal(url.host)
            if reason is not None:
                raise AddressError(f"{url.host} leads inside: {reason}")
