"""Guarding: who may ask, from where, and what a browser may do with the answer."""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from garrison.server.refusing import problem
from garrison.server.settings import Settings, is_own

COOKIE = "garrison"
LOGIN = "/api/v1/session"
FEED = "/feed.atom"
_BODY_BYTES = 1_000_000
_TARGET_BYTES = 8_000
_OPEN = ("/assets/", "/favicon")


class Guard:
    """Around an application: its hosts, its token, its writers, and the headers that keep a browser strict."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.headers = _headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        send = self._strict(send)
        if not self._knows(headers.get("host", "")):
            await _refuse(send, 421, "this server does not go by the name it was asked under", "serve it with --name")
            return
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _TARGET_BYTES:
            await _refuse(send, 413, "the address is too long")
            return
        if self.settings.token is not None and not self._is_let_in(scope, headers):
            if await self._shows_token(scope, send):
                return
            told = scope["path"].startswith("/api/") or scope["path"] == FEED
            if told and scope["path"] != LOGIN:
                await _refuse(send, 401, "this server asks for a token", "ask the person who runs it")
                return
        if scope["method"] not in ("GET", "HEAD"):
            refused = self._is_foreign(scope, headers)
            if refused is not None:
                await _refuse(send, *refused)
                return
            receive = _limited(receive)
        await self.app(scope, receive, send)

    def _knows(self, host: str) -> bool:
        """Whether the request names this server, so that no other site's name can be pointed at it (rebinding)."""
        name = _host_name(host)
        if name is None:
            return False
        if is_own(self.settings.host):
            return is_own(name) or name in self.settings.names
        if self.settings.host in ("0.0.0.0", "::"):  # noqa: S104 (compared with, not bound to)
            # Bound to every address: the token guards it, and names other than addresses must be told.
            return _is_address(name) or name == "localhost" or name in self.settings.names
        return name in (self.settings.host.strip("[]"), *self.settings.names) or is_own(name)

    def _is_let_in(self, scope: Scope, headers: Headers) -> bool:
        path = scope["path"]
        if path.startswith(_OPEN):
            return True
        if path == FEED and self._is_in_query(scope):
            # Feed readers know neither headers nor cookies.
            return True
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(shown.strip()):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and self._is_token(cookie.value)

    def _is_token(self, shown: str) -> bool:
        token = self.settings.token or ""
        return hmac.compare_digest(shown.encode("utf-8", "replace"), token.encode("utf-8"))

    def _is_in_query(self, scope: Scope) -> bool:
        return any(name == "token" and self._is_token(value) for name, value in _query(scope))

    async def _shows_token(self, scope: Scope, send: Send) -> bool:
        """Let in who shows the token in the address of a page: keep it in a cookie and drop it from the address."""
        if scope["method"] != "GET" or scope["path"].startswith("/api/"):
            return False
        if scope["path"] == FEED or not self._is_in_query(scope):
            return False
        asked = _query(scope)
        rest = urlencode([(name, value) for name, value in asked if name != "token"])
        # A path of two slashes would send the browser to another host.
        target = "/" + scope["path"].lstrip("/") + (f"?{rest}" if rest else "")
        where = target.encode("ascii", "ignore").replace(b"\r", b"").replace(b"\n", b"")
        headers = [(b"location", where), (b"set-cookie", self.cookie().encode("ascii"))]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return True

    def cookie(self) -> str:
        """The cookie of a reader who was let in, for this browser session."""
        return session_cookie(self.settings.token or "")

    def _is_foreign(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Why a request that would change something may not: from another site, or not as JSON."""
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            return 415, "send application/json"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "this came from another site"
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
            return 403, "this came from another site"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _BODY_BYTES:
            return 413, "that is too much at once"
        return None

    def _strict(self, send: Send) -> Send:
        async def strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *self.headers]}
            await send(message)

        return strict


def session_cookie(token: str) -> str:
    """The cookie that carries ``token``: for this site alone, out of reach of scripts."""
    jar = SimpleCookie()
    jar[COOKIE] = token
    return f"{jar[COOKIE].OutputString()}; Path=/; HttpOnly; SameSite=Strict"


def _headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    images = " ".join(filter(None, ("'self' data: blob:", settings.tile_origin)))
    policy = (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; font-src 'self'; "
        "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    return [
        (b"content-security-policy", policy.encode("ascii")),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    ]


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _host_name(host: str) -> str | None:
    """The name or address in a ``Host`` header, in lower case; ``None`` if it is none."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _is_address(name: str) -> bool:
    import ipaddress

    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _limited(receive: Receive) -> Receive:
    """``receive`` up to a megabyte; what is longer ends there, as if it were all."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > _BODY_BYTES:
            return {"type": "http.request", "body": b"", "more_body": False}
        return message

    return limited


async def _refuse(send: Send, status: int, message: str, hint: str | None = None) -> None:
    body = problem(status, message, hint)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode("ascii"))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
