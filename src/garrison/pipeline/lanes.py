"""Lanes: the due pages of many listings, taken a few of each at a time, so that no host has to wait for another's."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

from garrison.ledger import Ledger, gathered
from garrison.ledger.gathered import Page

LANES = 200
"""Listings whose pages are asked for at once."""
SHORTEST = 4
"""Pages of one listing that are out at once where many listings are read; of a few there are as many as lanes."""


class Lanes:
    """What is due of ``listings``, handed out as room for it comes; ``out`` has the pages that are not back yet."""

    def __init__(self, ledger: Ledger, listings: Iterable[str]) -> None:
        self._ledger = ledger
        self._later = list(dict.fromkeys(listings))
        self._share = max(SHORTEST, LANES // max(1, len(self._later)))
        self._open: set[str] = set()
        self._running = Counter[str]()
        self.out: dict[str, Page] = {}
        with ledger.session.writing():
            gathered.freed(ledger.session)

    def take(self) -> list[Page]:
        """Pages to ask for now, taken for this process; none while each listing still has some out."""
        while self._fill() and any(not self._running[listing] for listing in self._open):
            short = [listing for listing in self._open if self._running[listing] <= self._share // 2]
            with self._ledger.session.writing():
                pages = gathered.taken(self._ledger.session, time.time(), short, self._share)
            found = Counter(page.listed_in for page in pages)
            # A listing with less than was asked for has no more that is due.
            self._open -= {listing for listing in short if found[listing] < self._share}
            self.out.update((page.id, page) for page in pages)
            self._running.update(str(page.listed_in) for page in pages)
            if pages:
                return pages
        return []

    def back(self, page: Page) -> None:
        """``page`` has been dealt with."""
        if self.out.pop(page.id, None) is not None:
            self._running[str(page.listed_in)] -= 1

    def _fill(self) -> bool:
        """Open lanes for listings that wait for one; whether any is open."""
        while self._later and len(self._open) < LANES:
            self._open.add(self._later.pop(0))
        return bool(self._open)
