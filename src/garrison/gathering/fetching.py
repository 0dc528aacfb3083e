"""Fetching: one address at a time from its host to an answer within limits, politely."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urldefrag, urljoin, urlsplit

import httpcore
import httpx

from garrison.gathering import robots
from garrison.gathering.exchange import Exchange, Fault, Fetched, Host, Missed, Outcome, Wanted
from garrison.gathering.guard import AddressError, Resolve
from garrison.gathering.hosts import Hosts, Turn, TurnTooFarError
from garrison.gathering.manners import Manners
from garrison.gathering.network import Transport
from garrison.gathering.retry import retry_after_s, wait_words
from garrison.gathering.revocation import RevokedError
from garrison.gathering.unpacking import ACCEPTED, unpacked
from garrison.vocabulary.errors import SourceError

_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,application/xml;q=0.9,*/*;q=0.8"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_TRIES = 3
_LONGEST_URL = 4000


class _MissedError(Exception):
    """What ends the fetching of an address."""

    def __init__(self, fault: Fault, reason: str, *, again_s: float | None = None, status: int | None = None) -> None:
        super().__init__(reason)
        self.fault, self.reason, self.again_s, self.status = fault, reason, again_s, status

    def led_to(self, url: str) -> _MissedError:
        """The same, told of an address that redirected to ``url``."""
        reason = f"it redirects to {url[:200]}: {self.reason}"
        return _MissedError(self.fault, reason, again_s=self.again_s, status=self.status)


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses in one event loop; ``hosts`` keeps the turns, ``client`` the connections.

    ``room`` is waited for before each request: until whoever takes the answers has room for more.
    """

    manners: Manners
    hosts: Hosts
    client: httpx.AsyncClient
    _at_once: asyncio.Semaphore
    room: Callable[[], Awaitable[object]]

    @classmethod
    def opened(
        cls,
        manners: Manners,
        remembered: dict[str, Host] | None = None,
        *,
        resolve: Resolve | None = None,
        inner: httpcore.AsyncNetworkBackend | None = None,
        trust: ssl.SSLContext | None = None,
        room: Callable[[], Awaitable[object]] | None = None,
    ) -> Fetcher:
        """A fetcher; ``resolve``, ``inner`` and ``trust`` stand in for the machine's own in tests."""
        limits = manners.limits
        client = httpx.AsyncClient(
            transport=Transport(manners, resolve=resolve, inner=inner, trust=trust),
            timeout=httpx.Timeout(limits.silence_s, connect=limits.connect_s, pool=limits.seconds),
            trust_env=False,
            follow_redirects=False,
            # A host is not to know us again by what it told us to keep.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": manners.user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED},
        )
        hosts = Hosts(manners, remembered if remembered is not None else {})
        return cls(manners, hosts, client, asyncio.Semaphore(manners.at_once), room or _at_any_time)

    async def close(self) -> None:
        """Let go of the connections."""
        await self.client.aclose()

    async def fetch(self, wanted: Wanted) -> Outcome:
        """What came of fetching ``wanted``; whatever goes wrong comes back as :class:`Missed`."""
        try:
            return await self._followed(wanted)
        except _MissedError as missed:
            return Missed(wanted, missed.fault, missed.reason, missed.again_s, missed.status)
        except TurnTooFarError as far:
            reason = f"its host is left alone for another {wait_words(far.seconds)}"
            return Missed(wanted, Fault.PUT_OFF, reason, far.seconds)

    async def _followed(self, wanted: Wanted) -> Outcome:
        url, way = _plain(wanted.url), list[Exchange]()
        conditions = _conditions(wanted)
        while True:
            try:
                answer = await self._asked(url, conditions)
            except _MissedError as missed:
                raise missed.led_to(url) if way else missed from None
            way.append(answer)
            location = answer.header("location")
            if answer.status not in _REDIRECTS or not location:
                break
            if len(way) > self.manners.limits.redirects:
                raise _MissedError(
                    Fault.BROKEN, f"more than {self.manners.limits.redirects} redirects, the last to {url}"
                )
            try:
                url, conditions = _joined(url, location), {}
            except _MissedError as missed:
                raise missed.led_to(location) from None
            if any(each.url == url for each in way):
                raise _MissedError(Fault.BROKEN, f"its redirects run in a circle, back to {url}")
        if answer.status == 304 and (wanted.etag or wanted.modified):
            return Fetched(wanted, tuple(way), b"", unchanged=True)
        if not 200 <= answer.status < 300:
            words = f"the host answered {answer.status} {answer.phrase}".strip()
            raise _MissedError(Fault.GONE, words, status=answer.status)
        try:
            body = unpacked(answer.body, answer.header("content-encoding"), self.manners.limits.unpacked)
        except SourceError as error:
            raise _MissedError(Fault.BROKEN, str(error)) from None
        return Fetched(wanted, tuple(way), body)

    async def _asked(self, url: str, headers: dict[str, str]) -> Exchange:
        """The answer to one request, asked again where the host is busy and its turn is not too far away."""
        turn = self.hosts.turn(host_of(url))
        for last in (*(False,) * (_TRIES - 1), True):
            async with self.hosts.asking(turn):
                await self._bound_by_robots(turn, url)
            # The request for robots.txt took a turn of its own; the page waits for the next.
            async with self.hosts.asking(turn):
                answer = await self._answer(turn, url, headers)
                if answer.status not in _BUSY and answer.status < 500:
                    turn.answered()
                    return answer
                asked_for = retry_after_s(answer.header("retry-after"), datetime.now(UTC))
                away = turn.failed(asked_for)
            if last or away > self.manners.patience_s:
                words = f"the host answered {answer.status} {answer.phrase}".strip()
                wish = f" and asks to be left alone for {wait_words(asked_for)}" if asked_for is not None else ""
                raise _MissedError(Fault.UNREACHABLE, words + wish, again_s=away, status=answer.status)
        raise AssertionError("the last try returns or raises")

    async def _bound_by_robots(self, turn: Turn, url: str) -> None:
        if not self.manners.robots:
            return
        host, now = turn.host, time.time()
        fresh = host.robots is not None and 0 <= now - host.robots_at < robots.LASTS_S
        if not fresh:
            host.robots, host.robots_at = await self._robots(turn, url), now
            turn.rules = None
        if turn.rules is None:
            turn.rules = robots.rules_of(host.robots or "", self.manners.token)
            turn.delay_s = max(self.manners.delay_s, turn.rules.delay_s)
            if not fresh:
                turn.sent()
        if not turn.rules.allow(url):
            raise _MissedError(Fault.FORBIDDEN, "the host's robots.txt does not let it be fetched")

    async def _robots(self, turn: Turn, url: str) -> str:
        """The rules of the host of ``url``, its robots.txt followed through redirects.

        Raises:
            _MissedError: the host cannot be reached, so nothing of it may be fetched now.
        """
        asked = urljoin(url, "/robots.txt")
        for _ in range(5):
            answer = await self._answer(turn, asked, {})
            location = answer.header("location")
            if answer.status not in _REDIRECTS or not location:
                break
            asked = _joined(asked, location)
        if answer.status == 429 or answer.status >= 500:
            away = turn.failed(retry_after_s(answer.header("retry-after"), datetime.now(UTC)))
            reason = f"the host answered {answer.status} to the request for its robots.txt, so nothing may be fetched"
            raise _MissedError(Fault.UNREACHABLE, reason, again_s=away, status=answer.status)
        try:
            body = unpacked(answer.body, answer.header("content-encoding"), self.manners.limits.unpacked)
        except SourceError:
            body = b""
        return robots.rules_after(answer.status, body)

    async def _answer(self, turn: Turn, url: str, headers: dict[str, str]) -> Exchange:
        try:
            async with self._at_once:
                await self.room()
                async with asyncio.timeout(self.manners.limits.seconds):
                    return await self._exchange(turn, url, headers)
        except AddressError as error:
            raise _MissedError(Fault.FORBIDDEN, str(error)) from None
        except TimeoutError:
            reason = f"the answer took longer than {self.manners.limits.seconds:g} seconds"
            raise _MissedError(Fault.UNREACHABLE, reason, again_s=turn.unreachable()) from None
        except (httpx.InvalidURL, UnicodeError) as error:
            raise _MissedError(Fault.BROKEN, f"{url[:200]!r} is no web address ({error})") from None
        except RevokedError as error:
            raise _MissedError(Fault.UNREACHABLE, str(error), again_s=turn.unreachable()) from None
        except (httpx.HTTPError, httpcore.ConnectError, ssl.SSLError, OSError) as error:
            raise _MissedError(Fault.UNREACHABLE, _network_words(error), again_s=turn.unreachable()) from None

    async def _exchange(self, turn: Turn, url: str, headers: dict[str, str]) -> Exchange:
        turn.sent()
        async with self.client.stream("GET", url, headers=headers) as response:
            # By the host's clock the request came before its answer: counted from there, two never come too close.
            turn.sent()
            body = await self._body(response)
            return Exchange(
                url=url,
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                protocol=response.http_version,
                status=response.status_code,
                phrase=response.reason_phrase,
                asked=tuple(_text_pairs(response.request.headers.raw)),
                answered=tuple(_text_pairs(response.headers.raw)),
                body=body,
            )

    async def _body(self, response: httpx.Response) -> bytes:
        limit = self.manners.limits.received
        too_large = f"it is larger than {limit / 2**20:g} MB and is not read"
        stated = response.headers.get("content-length", "")
        if stated.isdecimal() and int(stated[:18]) > limit:
            raise _MissedError(Fault.BROKEN, too_large)
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > limit:
                raise _MissedError(Fault.BROKEN, too_large)
        return bytes(body)


async def _at_any_time() -> None:
    """There is always room."""


def _conditions(wanted: Wanted) -> dict[str, str]:
    found = {"If-None-Match": wanted.etag, "If-Modified-Since": wanted.modified}
    return {name: value for name, value in found.items() if value}


def _plain(url: str) -> str:
    plain = urldefrag(url.strip()).url
    try:
        parts = urlsplit(plain)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or len(plain) > _LONGEST_URL:
        raise _MissedError(Fault.FORBIDDEN, f"{plain[:200]!r} is no http or https address")
    if parts.username or parts.password:
        raise _MissedError(Fault.FORBIDDEN, "addresses with a user name in them are not fetched")
    return plain


def _joined(url: str, location: str) -> str:
    try:
        joined = urljoin(url, location)
    except ValueError:
        joined = location
    return _plain(joined)


def host_of(url: str) -> str:
    """The host of ``url`` as its turns are kept: its name, with the port where that is not the scheme's own.

    What is no address has none: the empty name.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").rstrip(".").lower()
    own = port in (None, 443 if parts.scheme == "https" else 80)
    return name if own else f"{name}:{port}"


def _text_pairs(raw: list[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw]


def _network_words(error: BaseException) -> str:
    words = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in words:
        reason = words.partition("certificate verify failed: ")[2].partition(" (_ssl")[0] or words
        return f"its certificate is not to be trusted ({reason}); nothing was read"
    match error:
        case httpx.ConnectTimeout():
            return "no connection in time"
        case httpx.ReadTimeout():
            return "the host fell silent"
        case httpx.ConnectError() | httpcore.ConnectError():
            return f"no connection ({words or 'refused'})"
        case httpx.RemoteProtocolError():
            return f"the host broke off or does not speak HTTP ({words})"
        case httpx.ProxyError():
            return f"the proxy could not connect ({words})"
        case _:
            return f"the network failed ({words or type(error).__name__})"
