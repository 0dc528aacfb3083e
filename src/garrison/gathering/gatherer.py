"""The gatherer: many hosts asked at once in a thread of its own, answers handed over one by one as they come."""

from __future__ import annotations

import asyncio
import queue
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType

from garrison.gathering.exchange import Fault, Host, Missed, Outcome, Wanted
from garrison.gathering.fetching import Fetcher, host_of
from garrison.gathering.guard import Resolve
from garrison.gathering.manners import Manners

IN_HAND = 16
"""Answers that may wait to be taken; no further request goes out while so many do."""


class Gatherer:
    """Fetches what it is given, a context manager. ``remembered`` are the hosts as they were left, and grows."""

    def __init__(
        self,
        manners: Manners,
        remembered: dict[str, Host] | None = None,
        *,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.manners = manners
        self.remembered = remembered if remembered is not None else {}
        self._resolve, self._trust = resolve, trust
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="gathering", daemon=True)
        self._fetcher: Fetcher | None = None
        self._room: asyncio.Event | None = None

    def __enter__(self) -> Gatherer:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def host(self, url: str) -> Host | None:
        """What is remembered of the host of ``url``."""
        return self.remembered.get(host_of(url))

    def fetch(
        self,
        wanted: Iterable[Wanted],
        more: Callable[[], Iterable[Wanted]] = tuple,
        *,
        until: float | None = None,
    ) -> Iterator[Outcome]:
        """What came of each of ``wanted``, in the order in which the answers come.

        Args:
            wanted: what to ask for.
            more: asked after each answer was dealt with for what is wanted besides.
            until: when to stop, by ``time.monotonic()``; what has no answer by then is given up.
        """
        answers, started, waiting = queue.SimpleQueue[Outcome](), set[asyncio.Task[None]](), 0
        further = list(wanted)
        try:
            while True:
                if further:
                    waiting += len(further)
                    asyncio.run_coroutine_threadsafe(self._start(further, answers, started), self._loop).result()
                if not waiting:
                    return
                try:
                    answer = answers.get(timeout=None if until is None else max(0.0, until - time.monotonic()))
                except queue.Empty:
                    return
                waiting -= 1
                self._loop.call_soon_threadsafe(self._make_room, answers)
                yield answer
                further = list(more())
        finally:
            # Whoever stops taking answers wants no more of them.
            self._loop.call_soon_threadsafe(_cancel, started)
            self._loop.call_soon_threadsafe(self._make_room, queue.SimpleQueue())

    async def _open(self) -> None:
        self._room = asyncio.Event()
        self._room.set()
        self._fetcher = Fetcher.opened(
            self.manners, self.remembered, resolve=self._resolve, trust=self._trust, room=self._room.wait
        )

    async def _close(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        _cancel(tasks)
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._fetcher is not None:
            await self._fetcher.close()

    async def _start(
        self, wanted: list[Wanted], answers: queue.SimpleQueue[Outcome], started: set[asyncio.Task[None]]
    ) -> None:
        for each in wanted:
            task = asyncio.create_task(self._one(each, answers))
            started.add(task)
            task.add_done_callback(started.discard)

    async def _one(self, wanted: Wanted, answers: queue.SimpleQueue[Outcome]) -> None:
        assert self._fetcher is not None and self._room is not None
        try:
            outcome = await self._fetcher.fetch(wanted)
        except Exception as error:  # whatever one hostile host does to a protocol's parser, the others are still asked
            outcome = Missed(
                wanted, Fault.BROKEN, f"its answer could not be understood ({type(error).__name__}: {error})"
            )
        answers.put(outcome)
        if answers.qsize() >= IN_HAND:
            self._room.clear()

    def _make_room(self, answers: queue.SimpleQueue[Outcome]) -> None:
        if self._room is not None and answers.qsize() < IN_HAND:
            self._room.set()


def _cancel(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in list(tasks):
        task.cancel()
