"""Watching: lists of feeds asked again and again, and what they name read as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from garrison.extraction.extractor import Extractor
from garrison.gathering.listing import ListingKind
from garrison.gathering.listings import listing_in
from garrison.gathering.manners import Manners
from garrison.ledger import Ledger
from garrison.pipeline.fetching import Progress, gathering
from garrison.pipeline.intake import Intake
from garrison.pipeline.sources import address_hint, is_address
from garrison.vocabulary import SourceError, UsageError

LIST_LIMIT = 32 * 2**20
"""Bytes that a file of feeds may have."""
SHORTEST_S = 60.0
"""Seconds that lie at least between two rounds."""


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: what was read, how many addresses were newly listed, how many wait for the next one."""

    intake: Intake
    listed: int
    left: int


def watch(
    ledger: Ledger,
    sources: Iterable[str],
    manners: Manners,
    extractor: Extractor,
    *,
    every_s: float | None = None,
    progress: Progress | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Round]:
    """Ask what ``sources`` name and read what is new, once, or every so often for as long as rounds are taken.

    Where there are rounds, pages that cannot be fetched in the time of one are left to the next, so that feeds are
    asked again, and news told, however many pages wait.

    Args:
        ledger: an open ledger.
        sources: files with lists of feeds (OPML), and addresses of feeds, lists and sitemaps.
        manners: how to behave towards hosts.
        extractor: makes the claims.
        every_s: seconds from the beginning of a round to that of the next, 60 or more; ``None`` for one round.
        progress: called as the work goes on.
        pause: waits for so many seconds.

    Raises:
        UsageError: a source that is no list of feeds, or rounds too close to each other.
        LedgerError: the ledger or the archive cannot be written.
    """
    if every_s is not None and every_s < SHORTEST_S:
        raise UsageError(f"rounds are at least {SHORTEST_S:.0f} seconds apart, not {every_s:g}")
    urls = list(addresses(sources))
    while True:
        started = time.monotonic()
        with gathering(ledger, manners, extractor, progress=progress) as work:
            listings = work.sources(urls, watched=True)
            work.pages(listings, until=None if every_s is None else time.monotonic() + every_s)
            done = Round(work.intake, work.listed, work.waiting(listings))
        yield done
        if every_s is None:
            return
        pause(max(0.0, every_s - (time.monotonic() - started)))


def addresses(sources: Iterable[str]) -> Iterator[str]:
    """The addresses that ``sources`` name: as they are, or out of files with lists of feeds.

    Raises:
        UsageError: a file that is not there or is no list of feeds.
    """
    for source in sources:
        if is_address(source):
            yield source
            continue
        try:
            with Path(source).expanduser().open("rb") as file:
                data = file.read(LIST_LIMIT + 1)
        except OSError as error:
            hint = address_hint(source) if isinstance(error, FileNotFoundError) else ""
            reason = error.strerror or error
            raise UsageError(f"the list of feeds {source} cannot be read ({reason}){hint}") from error
        try:
            listing = listing_in(data, "") if len(data) <= LIST_LIMIT else None
        except SourceError as error:
            raise UsageError(f"{source}: {error}") from error
        if listing is None or listing.kind is not ListingKind.FEEDS:
            raise UsageError(f"{source} is no list of feeds: OPML is read, with an xmlUrl to each feed")
        if not listing.entries:
            raise UsageError(f"{source} lists no feeds: each needs an xmlUrl with an http or https address")
        yield from (entry.url for entry in listing.entries)
