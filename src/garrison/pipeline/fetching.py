"""Fetching: addresses to pages and listings, pages to the archive and to recorded claims."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from garrison.extraction.extractor import Extractor
from garrison.gathering.archive import Archive
from garrison.gathering.barriers import barrier_in
from garrison.gathering.discovery import feeds_named
from garrison.gathering.exchange import Fault, Fetched, Missed, Wanted
from garrison.gathering.gatherer import Gatherer
from garrison.gathering.listing import Listing, ListingKind
from garrison.gathering.listings import listing_in
from garrison.gathering.manners import Manners, software
from garrison.ledger import Ledger, archiving, gathered
from garrison.ledger.gathered import Page, page_id
from garrison.ledger.identity import document_id
from garrison.pipeline.answers import barrier_of, documents_in
from garrison.pipeline.claiming import claims_in
from garrison.pipeline.intake import Intake, Notice, remarks
from garrison.pipeline.lanes import Lanes
from garrison.pipeline.rechecking import next_check, next_try
from garrison.reading import Failure, reader_name
from garrison.vocabulary import ClaimError, Document, LedgerError, Obtained, Reading, SourceError, UsageError, Version

LISTINGS_LIMIT = 5000
"""Listings that one list of feeds or index of sitemaps may lead to."""
LISTED_AT_ONCE = 2000
"""Addresses that are remembered in one transaction."""
Progress = Callable[[Intake], None]
"""Told what has come of a gathering so far."""


@dataclass(slots=True)
class Fetching:
    """One gathering into a ledger, with its counts; ``published`` and ``outlet`` fill what pages lack."""

    ledger: Ledger
    gatherer: Gatherer
    archive: Archive
    extractor: Extractor
    published: str | None = None
    outlet: str | None = None
    intake: Intake = field(default_factory=Intake)
    listed: int = 0
    progress: Progress | None = None

    def sources(self, urls: Iterable[str], *, watched: bool = False) -> list[str]:
        """Fetch what a person named: pages are read at once, listings remembered with all they lead to.

        Args:
            urls: addresses of pages and listings.
            watched: whether listings were meant, so that a page is remarked upon, with the feeds that it names.

        Returns:
            the ids of the listings that were found, also of those that did not change or could not be fetched now.
        """
        waiting = list(dict.fromkeys(urls))
        seen: dict[str, str] = {}
        if self.progress is not None:
            self.progress(self.intake)
        while waiting:
            batch = [url for url in waiting if page_id(url) not in seen][:LISTINGS_LIMIT]
            waiting = []
            seen.update((page_id(url), url) for url in batch)
            named = [page for url in batch if not self._is_redacted(page := self._page(url))]
            for page, outcome in self._fetched(named):
                for url in self._source(page, outcome, watched=watched):
                    if len(seen) + len(waiting) < LISTINGS_LIMIT:
                        waiting.append(url)
        return list(seen)

    def pages(self, listings: Iterable[str], *, until: float | None = None) -> None:
        """Fetch every page of ``listings`` that is due, and read what came.

        Args:
            listings: ids of listings.
            until: when to stop, by ``time.monotonic()``; what is due then stays so.
        """
        lanes = Lanes(self.ledger, listings)
        try:
            for page, outcome in self._fetched(self._due(lanes), lambda: self._due(lanes), until=until):
                self._take(page, outcome)
                lanes.back(page)
        finally:
            # A full disk keeps them marked as this process's, and a process that ended holds nothing.
            with suppress(LedgerError):
                self._release(lanes.out)

    def waiting(self, listings: Iterable[str]) -> int:
        """How many pages of ``listings`` are due."""
        return gathered.waiting(self.ledger.session, time.time(), listings)

    def _due(self, lanes: Lanes) -> list[Page]:
        while pages := lanes.take():
            wanted = [page for page in pages if not self._is_redacted(page)]
            for page in pages:
                if page not in wanted:
                    lanes.back(page)
            if wanted:
                return wanted
        return []

    def _release(self, pages: dict[str, Page]) -> None:
        if pages:
            with self.ledger.session.writing():
                gathered.released(self.ledger.session, pages)
                for page in pages.values():
                    # It may have been asked for, with the answer still to come.
                    self._keep_host(page.url)

    def _page(self, url: str) -> Page:
        """The page at ``url`` as remembered, with what was written, since its address may be written otherwise."""
        found = gathered.page_of(self.ledger.session, url)
        return replace(found, url=url) if found else Page(page_id(url), url, first_at=time.time())

    def _fetched(
        self, pages: Iterable[Page], more: Callable[[], Iterable[Page]] = tuple, *, until: float | None = None
    ) -> Iterator[tuple[Page, Fetched | Missed]]:
        by_url: dict[str, Page] = {}

        def wanted(some: Iterable[Page]) -> Iterator[Wanted]:
            for page in some:
                by_url[page.url] = page
                yield Wanted(page.url, page.etag, page.modified)

        for outcome in self.gatherer.fetch(wanted(pages), lambda: wanted(more()), until=until):
            yield by_url.pop(outcome.wanted.url), outcome
            if self.progress is not None:
                self.progress(self.intake)

    def _is_redacted(self, page: Page) -> bool:
        if not gathered.is_redacted(self.ledger.session, page.id):
            return False
        self.intake.redacted += 1
        if page.listed_in is not None:
            with self.ledger.session.writing():
                gathered.keep_page(self.ledger.session, replace(page, due_at=None))
        return True

    def _source(self, page: Page, outcome: Fetched | Missed, *, watched: bool) -> list[str]:
        """Take what a person named; the further listings that it leads to."""
        if isinstance(outcome, Missed) or outcome.unchanged:
            if isinstance(outcome, Fetched) and page.sha256 is None:
                # A listing that did not change: what it names is remembered.
                self._keep(replace(page, checked_at=time.time(), failures=0, note=None), outcome.url)
            else:
                self._take(page, outcome)
            return []
        try:
            listing = listing_in(outcome.body, outcome.url, outcome.media)
        except SourceError as error:
            self._missed(page, Missed(outcome.wanted, Fault.BROKEN, str(error)))
            return []
        if listing is None:
            self._take(page, outcome)
            if watched:
                feeds = feeds_named(outcome.body, outcome.url)
                rest = f"; watch what it names: {' '.join(feeds)}" if feeds else ", and it names none"
                self.intake.notices.append(Notice(page.url, f"this is a page, no feed{rest}"))
            return []
        return self._listing(page, outcome, listing)

    def _listing(self, page: Page, outcome: Fetched, listing: Listing) -> list[str]:
        further = listing.kind in (ListingKind.FEEDS, ListingKind.SITEMAPS)
        session, at = self.ledger.session, time.time()
        kept = replace(self._checked(page, outcome, at), title=listing.title, due_at=None)
        if further:
            # Its listings are asked each time; that this one did not change says nothing of them.
            kept = replace(kept, etag=None, modified=None)
        # That a feed was read is remembered after all that it names: a process killed in between reads it again. In
        # parts, so that no other process has to wait for long.
        for start in range(0, 0 if further else len(listing.entries), LISTED_AT_ONCE):
            with session.writing():
                part = listing.entries[start : start + LISTED_AT_ONCE]
                self.listed += gathered.listed(session, part, page.id, at)
        self._keep(kept, outcome.url)
        if listing.more:
            reason = f"it lists {listing.more:,} entries more than the {len(listing.entries):,} that are taken of one"
            self.intake.notices.append(Notice(page.url, reason))
        return [entry.url for entry in listing.entries] if further else []

    def _take(self, page: Page, outcome: Fetched | Missed) -> None:
        if isinstance(outcome, Missed):
            self._missed(page, outcome)
        elif outcome.unchanged:
            self.intake.read += 1
            self.intake.unchanged += 1
            at = time.time()
            self._keep(
                replace(page, checked_at=at, failures=0, due_at=next_check(page, at, changed=False)), outcome.url
            )
        else:
            self._read(page, outcome)

    def _missed(self, page: Page, missed: Missed) -> None:
        at = time.time()
        due, failures = next_try(page, missed, at)
        self._keep(replace(page, failures=failures, note=missed.reason[:300], due_at=due), page.url)
        if missed.fault is Fault.PUT_OFF and page.listed_in is not None:
            self.intake.put_off += 1
            self.intake.notices.append(Notice(page.url, f"put off: {missed.reason}"))
        else:
            self.intake.failed.append(Failure(page.url, missed.reason))

    def _read(self, page: Page, fetched: Fetched) -> None:
        at, sha256 = time.time(), hashlib.sha256(fetched.body).hexdigest()
        changed = sha256 != page.sha256
        kept = self._checked(page, fetched, at)
        kept = replace(kept, sha256=sha256, due_at=next_check(page, at, changed=changed))
        found = documents_in(page, fetched, self.published, self.outlet)
        documents = found if isinstance(found, list) else []
        # The archive holds a page as it came: of a live blog with an entry erased, nothing is kept any more.
        erased = {page_id(fetched.url), *map(document_id, documents)}
        if any(gathered.is_redacted(self.ledger.session, id) for id in erased):
            self.intake.redacted += 1
            self._keep(replace(kept, due_at=None), fetched.url)
            return
        readings: list[Reading | Failure] = [self._reading(each, fetched, sha256) for each in documents]
        if isinstance(found, Failure):
            readings.append(found)
        barrier = barrier_in(documents[0].text, fetched.body) if len(documents) == 1 else None
        if not documents:
            barrier = barrier_of(fetched)
        reason = next((each.reason for each in readings if isinstance(each, Failure)), None)
        kept = replace(kept, note=barrier or reason)
        address = (documents[0].url if documents else None) or fetched.url
        self._record(kept, fetched, readings, address)

    def _record(self, page: Page, fetched: Fetched, readings: Iterable[Reading | Failure], address: str) -> None:
        """Archive an answer, then keep all that the ledger is to know of it together or not at all."""
        session, owner = self.ledger.session, page_id(address)
        sha256 = page.sha256 or ""
        held = archiving.copy_of(session, sha256, owner)
        place = None if held and held.page == owner else self.archive.keep(fetched)
        with self.ledger.recording():
            for reading in readings:
                if isinstance(reading, Failure):
                    self.intake.failed.append(reading)
                else:
                    self._keep_reading(reading, page)
            with session.writing():
                if place is not None:
                    archiving.keep(session, archiving.Copy(owner, sha256, fetched.url, fetched.last.at, place))
                gathered.keep_page(session, page)
                if owner != page.id:
                    gathered.keep_note(session, address, page.note, time.time())
                self._keep_host(fetched.url)

    def _keep_reading(self, reading: Reading, page: Page) -> None:
        if self._says_the_same(reading):
            self.intake.read += 1
            self.intake.unchanged += 1
            return
        try:
            self.intake.keep(self.ledger, reading)
        except (ClaimError, UnicodeError) as error:
            self.intake.failed.append(Failure(page.url, str(error)))
            return
        self.intake.notices.extend(Notice(page.url, reason) for reason in remarks(reading.document))
        if page.note is not None:
            self.intake.notices.append(Notice(page.url, f"only a {page.note} seems to have come: kept, and marked so"))

    def _says_the_same(self, reading: Reading) -> bool:
        """Whether the page differs from its newest version in what is no part of the document (advertisements, say)."""
        try:
            entry = self.ledger.document(document_id(reading.document))
        except UsageError:  # there is none yet
            return False
        newest = next((each for each in reversed(entry.readings) if each.counts), None)
        return (
            newest is not None
            and entry.document == reading.document
            and (newest.reader, newest.extractor) == (reading.reader, reading.extractor)
        )

    def _reading(self, document: Document, fetched: Fetched, sha256: str) -> Reading | Failure:
        try:
            claims = claims_in(document, self.extractor)
        except Exception as error:  # whatever one hostile page does to an extractor, the others are still read
            return Failure(fetched.wanted.url, f"its claims could not be read ({type(error).__name__}: {error})")
        return Reading(
            document=document,
            version=Version(sha256, Obtained.FETCHED, fetched.last.at, fetched.url),
            reader=reader_name(urlsplit(fetched.url).path, fetched.body),
            extractor=f"{self.extractor.name} {self.extractor.version}",
            claims=claims,
            sure=self.extractor.sure,
        )

    def _checked(self, page: Page, fetched: Fetched, at: float) -> Page:
        last = fetched.last
        # The conditions of a redirect's target do not hold for the address that was asked for.
        direct = len(fetched.way) == 1
        return replace(
            page,
            etag=last.header("etag") if direct else None,
            modified=last.header("last-modified") if direct else None,
            failures=0,
            note=None,
            checked_at=at,
            changed_at=at,
        )

    def _keep(self, page: Page, url: str) -> None:
        with self.ledger.session.writing():
            gathered.keep_page(self.ledger.session, page)
            self._keep_host(url)

    def _keep_host(self, url: str) -> None:
        host = self.gatherer.host(url)
        if host is not None:
            gathered.keep_hosts(self.ledger.session, [host])


@contextmanager
def gathering(
    ledger: Ledger,
    manners: Manners,
    extractor: Extractor,
    *,
    published: str | None = None,
    outlet: str | None = None,
    into: Intake | None = None,
    progress: Progress | None = None,
) -> Iterator[Fetching]:
    """A gathering into ``ledger``, begun from what it remembers.

    Args:
        ledger: an open ledger.
        manners: how to behave towards hosts.
        extractor: makes the claims.
        published: the date of pages that state none.
        outlet: the outlet of pages that name none.
        into: counts to add to.
        progress: called at the start and with each answer.

    Raises:
        LedgerError: the ledger or the archive cannot be written.
    """
    archive = Archive.beside(ledger.path, software(), archiving.whole(ledger.session))
    with Gatherer(manners, gathered.hosts(ledger.session)) as gatherer:
        try:
            counts = into if into is not None else Intake()
            yield Fetching(ledger, gatherer, archive, extractor, published, outlet, counts, progress=progress)
        finally:
            archive.settle()
