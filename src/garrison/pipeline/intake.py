"""Intake: sources to documents, documents to claims, claims into the ledger; a bad document never stops the rest."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from garrison.extraction.extractor import Extractor
from garrison.ledger import Ledger
from garrison.pipeline.claiming import READ_LANGUAGE, claims_in
from garrison.pipeline.dates import iso_date, now
from garrison.pipeline.sources import Piece, located, pieces
from garrison.reading import Failure, read_bytes, reader_name
from garrison.vocabulary import ClaimError, Document, Obtained, Reading, Version

_COLLECT_EVERY = 100_000


@dataclass(frozen=True, slots=True)
class Step:
    """How far intake is: files done of how many found, and documents read."""

    done: int
    files: int
    documents: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a document that was kept all the same, which its reader should know."""

    where: str
    reason: str


@dataclass(slots=True)
class Intake:
    """What came of an intake: counts of documents, their claims, what failed and what to know.

    ``read`` counts documents recorded or found unchanged; ``claims`` the claims of the new ones; ``redacted`` those
    that were erased before and stay so; ``put_off`` pages that a feed named and whose hosts are left alone for now.
    """

    read: int = 0
    new: int = 0
    unchanged: int = 0
    redacted: int = 0
    put_off: int = 0
    claims: int = 0
    failed: list[Failure] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def keep(self, ledger: Ledger, reading: Reading) -> None:
        """Record ``reading`` in ``ledger`` and count what became of it."""
        recorded = ledger.record(reading)
        self.read += 1
        match recorded.outcome:
            case "new":
                self.new += 1
                self.claims += recorded.claims
            case "unchanged":
                self.unchanged += 1
            case "redacted":
                self.redacted += 1


def read(
    ledger: Ledger,
    sources: Iterable[str],
    *,
    extractor: Extractor,
    published: str | None = None,
    outlet: str | None = None,
    progress: Callable[[Step], None] | None = None,
    into: Intake | None = None,
) -> Intake:
    """Read ``sources`` into ``ledger``.

    Args:
        ledger: an open ledger.
        sources: files, folders, ``-`` for standard input.
        extractor: makes the claims.
        published: the date of documents that state none (ISO 8601, partial allowed).
        outlet: the outlet of documents that name none.
        progress: called as the work goes on.
        into: counts to add to, so that a caller who is interrupted still has them.

    Raises:
        UsageError: ``published`` is no date.
        LedgerError: the ledger cannot be written.
    """
    if published is not None:
        iso_date(published)
    taker = _Taker(ledger, extractor, published, outlet, into if into is not None else Intake())
    files = list(located(sources))
    with _seldom_collecting(), ledger.recording():
        for done, file in enumerate(files):
            found: Iterable[Piece | Failure] = [file] if isinstance(file, Failure) else pieces(file)
            for piece in found:
                taker.take(piece)
                if progress is not None:
                    progress(Step(done, len(files), taker.intake.read))
    if progress is not None:
        progress(Step(len(files), len(files), taker.intake.read))
    return taker.intake


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for garbage in cycles seldom, and not among what is loaded already: a sixth of the time of reading pages."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_COLLECT_EVERY, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@dataclass(frozen=True, slots=True)
class _Taker:
    """Takes pieces into a ledger and counts what becomes of them."""

    ledger: Ledger
    extractor: Extractor
    published: str | None
    outlet: str | None
    intake: Intake

    def take(self, piece: Piece | Failure) -> None:
        if isinstance(piece, Failure):
            self.intake.failed.append(piece)
            return
        if self._is_known(piece):
            self.intake.read += 1
            self.intake.unchanged += 1
            return
        for number, found in enumerate(documents(piece)):
            if isinstance(found, Failure):
                self.intake.failed.append(found)
                continue
            document = replace(found, published=found.published or self.published, outlet=found.outlet or self.outlet)
            # Where a file holds several documents, each is a version of its own.
            self._keep(document, piece, _version_bytes(piece, number))

    def _is_known(self, piece: Piece) -> bool:
        """Whether the ledger has this piece as it would be read now: one document, which is not read again."""
        name = reader_name(piece.name, piece.data)
        asked = {
            "location": piece.where,
            "reader": name,
            "extractor": f"{self.extractor.name} {self.extractor.version}",
        }
        first, second = (hashlib.sha256(_version_bytes(piece, number)).hexdigest() for number in (0, 1))
        if not self.ledger.knows(first, **asked, published=self.published, outlet=self.outlet):
            return False
        return piece.line is not None or not self.ledger.knows(second, **asked)

    def _keep(self, document: Document, piece: Piece, data: bytes) -> None:
        try:
            reading = _reading(document, piece, data, self.extractor)
        except Exception as error:  # whatever one hostile document does to an extractor, the others are still read
            reason = f"its claims could not be read ({type(error).__name__}: {error})"
            self.intake.failed.append(Failure(piece.where, reason))
            return
        try:
            self.intake.keep(self.ledger, reading)
        except (ClaimError, UnicodeError) as error:
            self.intake.failed.append(Failure(piece.where, str(error)))
            return
        self.intake.notices.extend(Notice(piece.where, reason) for reason in remarks(document))


def read_file(file: str) -> Iterator[Document | Failure]:
    """What is read of one file (``-``: standard input), without a ledger."""
    for found in located([file]):
        for piece in [found] if isinstance(found, Failure) else pieces(found):
            if isinstance(piece, Failure):
                yield piece
            else:
                yield from documents(piece)


def documents(piece: Piece) -> Iterator[Document | Failure]:
    """The documents in ``piece``; whatever goes wrong in reading one comes back as a failure."""
    media = "application/jsonl" if piece.line is not None else None
    told: set[str] = set()
    try:
        for read_one in read_bytes(piece.data, name=piece.name, media=media):
            # A reader that is given one line counts it as the first, and a list in it for several documents.
            if isinstance(read_one, Failure) and piece.line is not None:
                if read_one.reason not in told:
                    told.add(read_one.reason)
                    yield Failure(piece.where, read_one.reason)
            else:
                yield read_one
    except Exception as error:  # a parser of other people's formats may fail in ways that it does not name
        yield Failure(piece.where, f"could not be read ({type(error).__name__}: {error})")


def _version_bytes(piece: Piece, number: int) -> bytes:
    return piece.data if number == 0 else piece.data + b"\0%d" % number


def _reading(document: Document, piece: Piece, data: bytes, extractor: Extractor) -> Reading:
    return Reading(
        document=document,
        version=Version(hashlib.sha256(data).hexdigest(), Obtained.FILE, now(), piece.where),
        reader=reader_name(piece.name, piece.data),
        extractor=f"{extractor.name} {extractor.version}",
        claims=claims_in(document, extractor),
        sure=extractor.sure,
    )


def remarks(document: Document) -> Iterator[str]:
    """What a person should know of a document that is kept all the same."""
    if document.language not in (None, READ_LANGUAGE):
        yield f"in another language ({document.language}): kept, not read for claims"
    if not document.published:
        yield "no date stated: known from today on (give one with --published)"
    elif document.published > now()[: len(document.published)]:
        yield f"dated {document.published}, in the future: kept as stated, known from today on"
