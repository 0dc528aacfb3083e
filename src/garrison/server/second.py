"""The second program: answers searches of a large ledger while the program that readers ask is at others.

Threads of one process take turns at Python, which most of an answer is, so that readers who search at once wait for
each other. A process with the same endpoints takes its share of the searches. It is told on its standard input what to
answer, one line each, and writes to its standard output, one after the other, a line about each answer and the body as
it is sent. It never writes to the ledger, and ends with its input, however the first program ends.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from starlette.types import ASGIApp

from garrison.server.answer import COLLECTED, Answer, answered_by, scope_of
from garrison.server.pool import Pool

logger = logging.getLogger("garrison.server")

SEARCH = "/api/v1/claims"
# A search is a line of at most 8,000 characters, each of six where it is escaped.
_LINE_BYTES = 1 << 20
_ENDING_S = 2.0
# Of more, two take turns at Python; of one, those asked after a long one wait for it.
_AT_ONCE = 2
_READY = 0
"""The number of what is said once, before any answer."""
_NONE = Answer(0, (), b"", b"", packed=False)


class Second:
    """The second program, as the first one sees it: handed searches from when it is ready until it ends.

    ``rehearsed`` are questions that it goes through before it is ready, for what is slow the first time.
    """

    def __init__(self, ledger: Path, embargo_days: int, rehearsed: Iterable[str] = ()) -> None:
        self._asked = [str(ledger), str(embargo_days), *rehearsed]
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._waiting: dict[int, asyncio.Future[Answer | None]] = {}
        self._number = 0
        self.ready = False

    @property
    def getting_ready(self) -> bool:
        """Whether it is started, and neither ready nor ended."""
        return self._reading is not None and not self.ready and not self._reading.done()

    async def start(self) -> None:
        """Start it, without waiting until it is ready."""
        try:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "garrison.server.second", *self._asked),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_LINE_BYTES,
                # Ctrl-C is for the first program alone, which then ends this one.
                process_group=0,
            )
        except OSError as error:
            logger.warning("no second program can be started, so this one answers all searches: %s", error)
            return
        self._reading = asyncio.create_task(self._read())

    def takes(self, path: str, others: int) -> bool:
        """Whether it is to answer ``path`` while the first program is at ``others``: it is at fewer, and ready."""
        return self.ready and path == SEARCH and len(self._waiting) < others

    async def answer(self, path: str, query: bytes) -> Answer | None:
        """Its answer; ``None`` if it ends before, or cannot give one."""
        process = self._process
        if process is None or process.stdin is None or not self.ready:
            return None
        self._number += 1
        number = self._number
        self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            process.stdin.write(json.dumps([number, path, query.decode("latin-1")]).encode("ascii") + b"\n")
            return await self._waiting[number]
        finally:
            del self._waiting[number]

    async def close(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is None:
            return
        was_ready, self.ready = self.ready, False
        if process.stdin is not None:
            process.stdin.close()
        try:
            # One that is not ready does not listen yet.
            await asyncio.wait_for(process.wait(), _ENDING_S if was_ready else 0)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if self._reading is not None:
            await self._reading

    async def _read(self) -> None:
        """Hand on its answers, until there are no more."""
        process = self._process
        if process is None or process.stdout is None:
            return
        try:
            while line := await process.stdout.readline():
                number, status, headers, etag, packed, length = json.loads(line)
                sent = await process.stdout.readexactly(length)
                if number == _READY:
                    self.ready = True
                kept = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers)
                made = Answer(status, kept, sent, etag.encode("ascii"), packed) if status else None
                self._tell(number, made)
        except (ValueError, asyncio.IncompleteReadError, ConnectionError) as error:
            logger.info("the second program cannot be understood: %s", error)
        finally:
            self.ready = False
            for number in self._waiting:
                self._tell(number, None)
            if self._process is not None:
                logger.warning("the program that helps with searches has ended; this one answers them all")

    def _tell(self, number: int, made: Answer | None) -> None:
        waiting = self._waiting.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(made)


async def serve(ledger: Path, embargo_days: int, rehearsed: Iterable[str], asked: BinaryIO, given: BinaryIO) -> None:
    """Answer each line of ``asked`` on ``given``; the process ends when ``asked`` does."""
    from garrison.server.app import bare
    from garrison.server.asked import Room
    from garrison.server.settings import Settings

    app = bare(Room(Settings(ledger, embargo_days=embargo_days), Pool(ledger, _AT_ONCE, embargo_days)))
    loop = asyncio.get_running_loop()
    going_on: set[asyncio.Task[None]] = set()

    async def answer(number: int, path: str, query: str) -> None:
        try:
            made = await answered_by(app, scope_of(path, query.encode("latin-1")))
        except Exception:
            # The first program comes to the same, and tells it to whoever asked.
            made = _NONE
        _give(given, number, made)

    def begin(line: bytes) -> None:
        task = loop.create_task(answer(*json.loads(line)))
        going_on.add(task)
        task.add_done_callback(going_on.discard)

    def listen() -> None:
        for line in asked:
            loop.call_soon_threadsafe(begin, line)
        # Whatever it is at: it only reads.
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    await asyncio.gather(*(_rehearse(app, question) for question in rehearsed))
    _give(given, _READY, _NONE)
    await asyncio.Event().wait()


async def _rehearse(app: ASGIApp, question: str) -> None:
    path, _, query = question.partition("?")
    with suppress(Exception):
        # Whoever asks for the like of it is told.
        await answered_by(app, scope_of(path, query.encode("ascii")))


def _give(given: BinaryIO, number: int, made: Answer) -> None:
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in made.headers]
    about = json.dumps([number, made.status, headers, made.etag.decode("ascii"), made.packed, len(made.sent)])
    given.write(about.encode("ascii") + b"\n" + made.sent)
    given.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*COLLECTED)
    _ledger, _embargo_days, *_rehearsed = sys.argv[1:]
    asyncio.run(serve(Path(_ledger), int(_embargo_days), _rehearsed, sys.stdin.buffer, sys.stdout.buffer))
