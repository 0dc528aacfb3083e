"""The network: sockets that connect only to addresses that were checked, beneath an httpx transport of our own."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterable
from typing import Any

import anyio
import httpcore
import httpx

from garrison.gathering.guard import AddressError, Guard, Resolve, name_refusal
from garrison.gathering.manners import Manners, checked_proxy


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
        common: dict[str, Any] = {
            "ssl_context": trust or httpx.create_ssl_context(trust_env=False),
            "max_connections": manners.at_once * 2,
            "max_keepalive_connections": manners.at_once,
            "keepalive_expiry": 30.0,
            "http1": True,
            "http2": True,
        }
        if manners.proxy is None:
            self._pool = httpcore.AsyncConnectionPool(
                **common, network_backend=CheckedBackend(manners.guard, inner, resolve)
            )
        else:
            host, port = checked_proxy(manners.proxy)
            parts = httpx.URL(manners.proxy)
            self._pool = httpcore.AsyncSOCKSProxy(
                proxy_url=f"socks5://{host if ':' not in host else f'[{host}]'}:{port}",
                proxy_auth=(parts.username, parts.password) if parts.username else None,
                **common,
                network_backend=ProxyBackend(host, port, inner),
            )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer to ``request``.

        Raises:
            AddressError: another scheme, or, through a proxy, the name of an inner host.
        """
        if request.url.scheme not in ("http", "https"):
            raise AddressError(f"only http and https are fetched, not {request.url.scheme}")
        if self._proxied and self._guard.server_for(request.url.host) is None:
            reason = name_refusal(request.url.host)
            if reason is not None:
                raise AddressError(f"{request.url.host} leads inside: {reason}")
        return await super().handle_async_request(request)
