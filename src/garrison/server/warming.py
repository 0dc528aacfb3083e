"""Warming: what takes long of a large ledger, made ready by another process while this one answers readers.

Two threads of one process take turns at Python; a process of its own, behind all others, takes only what time is left.
What it makes lies in files beside the ledger, where this process finds it: pages of countries on the shelf, estimates
among those that are kept.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Literal

from garrison.ledger import Ledger, changing
from garrison.ledger.days import today
from garrison.pipeline import kept
from garrison.server.pool import Pool

_BEHIND = 5
COUNTRIES = "/api/v1/countries/"


class Warming:
    """A process that makes ``what`` ready, and ends when it is done.

    One that makes pages of countries also ends when the ledger has changed, or the server has ended.
    """

    def __init__(self, what: Literal["countries", "estimates"], ledger: Path, embargo_days: int) -> None:
        self._what = what
        self._ledger = ledger
        self._embargo_days = embargo_days
        self._starting = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._awaited = 0

    @property
    def going_on(self) -> bool:
        """Whether it is at it."""
        process = self._process
        return process is not None and process.poll() is None

    @property
    def failed(self) -> bool:
        """Whether it ended without having made all; what went wrong is on the server's standard error."""
        process = self._process
        return process is not None and process.poll() not in (None, 0)

    def in_vain(self, awaited: int) -> bool:
        """Whether it has ended, and as many claims are awaited as when it was started: it failed, or cannot write."""
        return self._process is not None and not self.going_on and self._awaited == awaited

    def start(self, awaited: int = 0) -> bool:
        """Make ready what is not, unless that is going on; whether it was started now.

        ``awaited`` is how many claims wait for it, as ``in_vain`` asks.
        """
        with self._starting:
            if self.going_on:
                return False
            self._awaited = awaited
            asked = [self._what, str(self._ledger), str(self._embargo_days), str(os.getpid())]
            self._process = subprocess.Popen(  # noqa: S603 (this program, with a path that it has opened)
                [sys.executable, "-m", "garrison.server.warming", *asked],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
            return True

    def close(self) -> None:
        """End it."""
        with self._starting:
            if self._process is not None:
                self._process.terminate()
                self._process.wait()
                self._process = None


def countries(pool: Pool) -> list[str]:
    """The addresses of the countries of which the ledger has rows, those with most claims first."""
    with pool.reading() as ledger:
        return [f"{COUNTRIES}{code}" for code in changing.countries(ledger.session)]


async def warm(ledger: Path, embargo_days: int, parent: int) -> None:
    """Make the pages of countries, and put them on the shelf, until ``parent`` ends or the ledger changes."""
    from garrison.server.app import bare
    from garrison.server.asked import Room
    from garrison.server.keeping import Keeper
    from garrison.server.settings import Settings
    from garrison.server.shelf import Shelf

    pool = Pool(ledger, readers=1, embargo_days=embargo_days)
    app = bare(Room(Settings(ledger, embargo_days=embargo_days), pool))
    keeper = Keeper(app, lambda: (pool.change(), today()), shelf=Shelf(pool))
    before = keeper.state()
    for path in countries(pool):
        if keeper.state() != before or (hasattr(os, "getppid") and os.getppid() != parent):
            return
        await keeper.make_ready(path)


def estimate(ledger: Path) -> None:
    """Make the estimates of all rows, which are then kept."""
    with Ledger.open(ledger, create=False, read_only=True) as opened:
        kept.refresh(opened)


if __name__ == "__main__":
    _what, _ledger, _embargo_days, _parent = sys.argv[1:]
    with suppress(OSError, AttributeError):
        os.nice(_BEHIND)
    with suppress(KeyboardInterrupt):
        if _what == "estimates":
            estimate(Path(_ledger))
        else:
            asyncio.run(warm(Path(_ledger), int(_embargo_days), int(_parent)))
