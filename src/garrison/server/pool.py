"""The pool: open ledgers, each used by one request at a time, so that readers do not wait for each other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from threading import Lock

from garrison.ledger import Ledger
from garrison.ledger.columns import last_change

# So many as can be at it at once, and one more for while one of them waits for the disk: more of them would take turns
# at Python for every row that they fetch, and all end late.
READERS = min(8, (os.cpu_count() or 1) + 1)


class Pool:
    """Ledgers open for reading, at most ``readers`` of them, opened as they are needed."""

    def __init__(self, path: Path, readers: int = READERS, embargo_days: int = 0) -> None:
        self.path = path
        self.embargo_days = embargo_days
        self._idle: LifoQueue[Ledger | None] = LifoQueue()
        for _ in range(readers):
            self._idle.put(None)
        self._watch = Ledger.open(path, create=False, read_only=True)
        self._seen: tuple[int, tuple[int, str]] | None = None
        self._watching = Lock()

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        """A ledger open for reading, waited for where all are in use."""
        ledger = self._idle.get()
        try:
            if ledger is None:
                ledger = Ledger.open(self.path, create=False, read_only=True, embargo_days=self.embargo_days)
            yield ledger
        finally:
            self._idle.put(ledger)

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """A ledger opened for writing, for one change."""
        with Ledger.open(self.path, create=False, embargo_days=self.embargo_days) as ledger:
            yield ledger

    def change(self) -> tuple[int, str]:
        """The number and the time of the ledger's newest change."""
        with self._watching:
            session = self._watch.session
            version = session.version()
            if self._seen is None or self._seen[0] != version:
                self._seen = version, last_change(session)
            return self._seen[1]

    def close(self) -> None:
        """Let go of the file."""
        self._watch.close()
        while not self._idle.empty():
            ledger = self._idle.get_nowait()
            if ledger is not None:
                ledger.close()
