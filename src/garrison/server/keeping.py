"""Keeping: answers kept ready, compressed, until the ledger changes or the day does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Protocol
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from garrison.ledger.days import day_text, today
from garrison.server.answer import Answer, answered_by, nothing, scope_of

PREFIX = "/api/v1/"
_KEPT_BYTES = 256_000_000
_LARGEST_BYTES = 32_000_000
_UNCACHED = ("/api/v1/health", "/api/v1/session")

_READY_S = 2.0
_STILL_S = 10.0
logger = logging.getLogger("garrison.server")

State = tuple[tuple[int, str], int]
Asked = tuple[str, tuple[tuple[str, str], ...]]


class Shelved(Protocol):
    """Where answers to some addresses are kept longer than until the next change."""

    def holds(self, path: str) -> bool:
        """Whether the answer to ``path`` may be kept here."""

    def get(self, path: str, change: tuple[int, str], day: int) -> Answer | None:
        """The answer kept for ``path``, if it is still the right one."""

    def put(self, path: str, change: tuple[int, str], day: int, answer: Answer) -> None:
        """Keep the answer to ``path``."""


class Beside(Protocol):
    """What makes ready the rest of what is asked for, in a process of its own."""

    @property
    def going_on(self) -> bool:
        """Whether it is at it."""

    @property
    def failed(self) -> bool:
        """Whether it ended without having made all."""

    def start(self) -> bool:
        """Make ready what is not; whether it was started now."""

    def close(self) -> None:
        """Have done with it."""


class Helper(Protocol):
    """Another process that answers some questions while this one is at others."""

    @property
    def getting_ready(self) -> bool:
        """Whether it is started, and cannot answer yet."""

    async def start(self) -> None:
        """Start it, without waiting until it can answer."""

    def takes(self, path: str, others: int) -> bool:
        """Whether it is to answer ``path``, while this process is at ``others``."""

    async def answer(self, path: str, query: bytes) -> Answer | None:
        """Its answer, ``None`` if it has none."""

    async def close(self) -> None:
        """Have done with it."""


class Keeper:
    """Around an application: answers its GET requests from what was answered before, while nothing has changed.

    ``state`` tells the state of all that answers depend on: the newest change of the ledger and the day. One of several
    readers who ask the same is answered, and the others with it. The addresses in ``ready`` are answered before anyone
    asks, and again soon after a change; those that ``later`` names, once nothing has changed for a while, or ``beside``
    makes them then. What ``shelf`` holds is taken from there. ``told`` hears whether all of this is made, and nothing
    more is got ready beside the answers.

    Nobody is let in before what is ``ready``, and what ``beside`` makes of the rest, is made, or ``patience_s`` seconds
    are over. Where there is one beside, the questions ``rehearsed`` (addresses with queries) are gone through first,
    for what is slow the first time; and once readers are let in, ``afterwards`` is called, which gets ready what only
    the first change would else have to make. ``second`` answers what it takes.
    """

    def __init__(
        self,
        app: ASGIApp,
        state: Callable[[], State],
        ready: tuple[str, ...] = (),
        later: Callable[[], Iterable[str]] = tuple,
        shelf: Shelved | None = None,
        beside: Beside | None = None,
        told: Callable[[bool], None] = lambda _: None,
        patience_s: float = 0.0,
        rehearsed: tuple[str, ...] = (),
        afterwards: Callable[[], object] = lambda: None,
        second: Helper | None = None,
    ) -> None:
        self.app = app
        self.state = state
        self.ready = ready
        self.later = later
        self.shelf = shelf
        self.beside = beside
        self.told = told
        self.patience_s = patience_s
        self.rehearsed = rehearsed
        self.afterwards = afterwards
        self.second = second
        self._state: State | None = None
        self._kept: OrderedDict[Asked, Answer] = OrderedDict()
        self._bytes = 0
        self._making = 0
        self._waiting: dict[Asked, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan" and self.ready:
            await self._live(scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not _is_kept(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        asked = (scope["path"], _question(scope["query_string"].decode("latin-1")))
        answer = await self._answer(asked, scope, receive)
        await _give(answer, headers, send, bodiless=scope["method"] == "HEAD")

    async def make_ready(self, path: str) -> None:
        """Make the answer to ``path``, unless it is there."""
        await self._ready(path)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """From the start of the server to its end."""
        making: asyncio.Task[None] | None = None

        async def tell(message: Message) -> None:
            nonlocal making
            if message["type"] == "lifespan.startup.complete":
                if self.second is not None:
                    await self.second.start()
                made = await self._prepare() if self.patience_s else None
                making = asyncio.create_task(self._make_ready(made))
            await send(message)

        try:
            await self.app(scope, receive, tell)
        finally:
            if making is not None:
                making.cancel()
            if self.beside is not None:
                self.beside.close()
            if self.second is not None:
                await self.second.close()

    async def _prepare(self) -> State | None:
        """Make what is asked for most before anyone is let in; the state of which all of it is made, if it is."""
        until = time.monotonic() + self.patience_s
        before = self.state()
        unmade = await self._unmade(before) if self.beside is not None else []
        if self.beside is not None:
            await asyncio.gather(*(self._rehearse(question) for question in self.rehearsed))
        if self.beside is not None and unmade:
            logger.warning(
                "making the pages of %s countries first, for up to %.0f s; they are kept beside the ledger",
                len(unmade),
                self.patience_s,
            )
            self.beside.start()
        for path in self.ready:
            await self._ready(path)
        # From the end, as the other process begins with the first; what that has made is then taken from the shelf.
        for path in reversed(unmade):
            if time.monotonic() > until or self.state() != before:
                return None
            await self._ready(path)
        if self.beside is None:
            return None
        await asyncio.to_thread(self.beside.close)  # there is nothing left for it to make
        return before

    async def _rehearse(self, question: str) -> None:
        path, _, query = question.partition("?")
        try:
            await self._made(scope_of(path, query.encode("ascii")), nothing)
        except Exception:
            # Whoever asks for the like of it is told.
            logger.exception("%s could not be answered", question)

    async def _unmade(self, state: State) -> list[str]:
        """Those to be made later that are not on the shelf; what is there is taken from it."""
        shelf = self.shelf
        self._forget_what_changed()
        paths = await asyncio.to_thread(lambda: list(self.later()))
        if shelf is None:
            return paths
        found = await asyncio.to_thread(lambda: {path: shelf.get(path, *state) for path in paths})
        if state == self._state:
            for path, answer in found.items():
                if answer is not None:
                    self._put((path, ()), answer)
        return [path for path in paths if found[path] is None]

    async def _make_ready(self, made: State | None) -> None:
        if self.beside is not None:
            await asyncio.to_thread(self._get_ready_for_changes)
        # Whoever starts a server wants to look at what is there; nobody is known to be adding to it.
        still = _STILL_S
        while True:
            before = self.state()
            for path in self.ready:
                await self._ready(path)
            if still >= _STILL_S and made != before and await self._make_the_rest(before):
                made = before
            unmade = self.beside is not None and (self.beside.going_on or self.beside.failed)
            getting_ready = self.second is not None and self.second.getting_ready
            self.told(made == before and not unmade and not getting_ready)
            await asyncio.sleep(_READY_S)
            still = still + _READY_S if self.state() == before else 0.0

    def _get_ready_for_changes(self) -> None:
        try:
            self.afterwards()
        except Exception:
            # It is made when it is needed.
            logger.exception("what a change needs could not be made ready")

    async def _make_the_rest(self, before: State) -> bool:
        """Whether the rest has been made for the state ``before``, or a process was started that makes it."""
        if self.beside is not None:
            return self.beside.start()  # not while one for an earlier state is at it
        for path in await asyncio.to_thread(lambda: list(self.later())):
            if self.state() != before:
                return False
            await self._ready(path)
        return True

    async def _ready(self, path: str) -> None:
        try:
            await self._answer((path, ()), scope_of(path), nothing)
        except Exception:
            # Whoever asks for it is told.
            logger.exception("%s could not be made ready", path)

    async def _answer(self, asked: Asked, scope: Scope, receive: Receive) -> Answer:
        self._forget_what_changed()
        if (kept := self._get(asked)) is not None:
            return kept
        lock = self._waiting.setdefault(asked, asyncio.Lock())
        async with lock:
            if (kept := self._get(asked)) is not None:
                return kept
            state = self._state
            try:
                answer = await self._from_shelf(asked, scope, receive, state)
            finally:
                self._waiting.pop(asked, None)
            if answer.status == 200 and len(answer.sent) <= _LARGEST_BYTES and state == self._state:
                self._put(asked, answer)
            return answer

    async def _from_shelf(self, asked: Asked, scope: Scope, receive: Receive, state: State | None) -> Answer:
        path, question = asked
        if self.shelf is None or state is None or question or not self.shelf.holds(path):
            return await self._made(scope, receive)
        kept = await asyncio.to_thread(self.shelf.get, path, *state)
        if kept is not None:
            return kept
        made = await self._made(scope, receive)
        if self.state() == state:
            await asyncio.to_thread(self.shelf.put, path, *state, made)
        return made

    async def _made(self, scope: Scope, receive: Receive) -> Answer:
        if self.second is not None and self.second.takes(scope["path"], self._making):
            made = await self.second.answer(scope["path"], scope["query_string"])
            if made is not None:
                return made
        self._making += 1
        try:
            return await answered_by(self.app, scope, receive)
        finally:
            self._making -= 1

    def _forget_what_changed(self) -> None:
        state = self.state()
        if state != self._state:
            self._state = state
            self._kept.clear()
            self._bytes = 0

    def _get(self, asked: Asked) -> Answer | None:
        kept = self._kept.get(asked)
        if kept is not None:
            self._kept.move_to_end(asked)
        return kept

    def _put(self, asked: Asked, answer: Answer) -> None:
        self._kept[asked] = answer
        self._bytes += len(answer.sent)
        while self._bytes > _KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.sent)


def _question(query: str) -> tuple[tuple[str, str], ...]:
    """What a query asks, in one form: in order, and without dates that come to leaving them out."""
    now = day_text(today())
    asked = parse_qsl(query, keep_blank_values=True)
    return tuple(sorted((name, value) for name, value in asked if name not in ("as_of", "known") or value != now))


def _is_kept(path: str) -> bool:
    return path.startswith(PREFIX) and path not in _UNCACHED


async def _give(answer: Answer, asked: Headers, send: Send, *, bodiless: bool) -> None:
    headers = [*answer.headers, (b"vary", b"accept-encoding, cookie, authorization")]
    if answer.status == 200:
        headers += [(b"etag", answer.etag), (b"cache-control", b"private, no-cache")]
        if _matches(asked.get("if-none-match", ""), answer.etag.decode("ascii")):
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
    packed = answer.packed and _takes_gzip(asked.get("accept-encoding", ""))
    body = answer.sent if packed else answer.plain
    if packed:
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode("ascii")))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if bodiless else body})


def _matches(known: str, etag: str) -> bool:
    """Whether the header names the answer, or any; weak and strong tags count alike for reading (RFC 9110, 13.1.2)."""
    tags = {each.strip().removeprefix("W/") for each in known.split(",")}
    return etag in tags or "*" in tags


def _takes_gzip(accepted: str) -> bool:
    for each in accepted.lower().split(","):
        name, _, quality = each.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
