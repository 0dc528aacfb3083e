"""The archive's proofs: that each claim's quotation stands in an archived page, and pages to hand to others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from garrison.gathering import wacz, warc
from garrison.gathering.archive import Archive
from garrison.gathering.manners import software
from garrison.ledger import Ledger, archiving
from garrison.ledger.archiving import Copy, Quoted
from garrison.pipeline.dates import now
from garrison.reading import read_bytes, reader_name
from garrison.reading.encoding import decoded
from garrison.reading.markup import bare_text
from garrison.vocabulary import Document, LedgerError, SourceError, UsageError


class Proof(StrEnum):
    """What the archive proves of a claim."""

    REREAD = "read again"  # the recorded reader finds the quotation at its span
    SEEN = "found in the visible text"
    MISSING = "not found in the archived page"
    DAMAGED = "the archived record is damaged"
    NONE = "no archived copy"


PROVEN = frozenset({Proof.REREAD, Proof.SEEN})


@dataclass(frozen=True, slots=True)
class Verified:
    """What the archive proves of one claim, and where; ``reason`` tells what is wrong with the record."""

    claim: str
    proof: Proof
    url: str | None
    place: str | None
    reason: str | None = None


def verify(ledger: Ledger) -> Iterator[Verified]:
    """What the archive proves of each claim that was read from text, in the order of recording."""
    archive = archive_of(ledger)
    pages: dict[str, _Page | SourceError] = {}
    for quoted in archiving.quoted(ledger.session):
        copy = quoted.copy
        if copy is None:
            yield Verified(quoted.claim, Proof.NONE, quoted.url, None)
            continue
        page = pages.get(copy.sha256)
        if page is None:
            # Claims of one page come one after another.
            pages.clear()
            page = pages[copy.sha256] = _opened(archive, copy)
        where = f"{copy.place.file} at {copy.place.answer}"
        if isinstance(page, SourceError):
            yield Verified(quoted.claim, Proof.DAMAGED, copy.url, where, str(page))
        else:
            yield Verified(quoted.claim, page.proof_of(quoted), copy.url, where)


def export(ledger: Ledger, claims: Iterable[str], target: Path) -> int:
    """Write the archived pages of ``claims`` (ids, or unique beginnings) to ``target``; how many pages.

    The file is a WACZ where it is named so (``.wacz``), which players open with a list of its pages; else a WARC.

    Raises:
        UsageError: no such claim, a claim without an archived copy, or a target that is there already.
        SourceError: the archive's file is not there or damaged.
        LedgerError: the target cannot be written.
    """
    archive = archive_of(ledger)
    copies: dict[tuple[str, int], Copy] = {}
    for name in claims:
        cited = ledger.claim(name)
        quoted = archiving.quoted_in(ledger.session, cited.claim)
        if quoted is None or quoted.copy is None:
            raise UsageError(f"there is no archived copy of the page that claim {cited.claim} stands in")
        copies[(quoted.copy.place.file, quoted.copy.place.start)] = quoted.copy
    records = bytearray(warc.preface(software(), now()))
    titles: dict[int, str | None] = {}
    for copy in copies.values():
        page = _opened(archive, copy)
        if isinstance(page, SourceError):
            raise page
        title = next((each.title for each in page.documents), None)
        titles[len(records) + copy.place.answer - copy.place.start] = title
        records += archive.data(copy.place.file, copy.place.start, copy.place.length)
    whole = bytes(records)
    if target.suffix.lower() == ".wacz":
        whole = _packaged(whole, titles)
    try:
        with target.open("xb") as file:
            file.write(whole)
    except FileExistsError:
        raise UsageError(f"{target} is there already; name another file") from None
    except OSError as error:
        raise LedgerError(f"{target} cannot be written ({error.strerror or error})") from error
    return len(copies)


def _packaged(records: bytes, titles: Mapping[int, str | None]) -> bytes:
    answers = [
        wacz.Indexed(
            archived=warc.archived_in(records[offset : offset + length]),
            status=status,
            title=titles.get(offset),
            offset=offset,
            length=length,
            page=offset in titles,
        )
        for offset, length, status in warc.answers_in(records)
    ]
    title = f"{len(titles)} pages that claims stand in" if len(titles) != 1 else "A page that claims stand in"
    return wacz.package(records, answers, software=software(), created=now(), title=title)


def archive_of(ledger: Ledger) -> Archive:
    """The archive beside ``ledger``."""
    return Archive.beside(ledger.path, software())


@dataclass(slots=True)
class _Page:
    """An archived page, intact, with what is read of it."""

    archived: warc.Archived
    reader: str
    documents: tuple[Document, ...]
    visible: str | None = None

    def proof_of(self, quoted: Quoted) -> Proof:
        found = next((each for each in self.documents if (each.post and each.post.mark) == quoted.post), None)
        same = found is not None and quoted.start is not None and quoted.reader == self.reader
        if found and same and found.part(quoted.part)[quoted.start : quoted.end] == quoted.quote:
            return Proof.REREAD
        if self.visible is None:
            self.visible = _folded(_visible(self.archived, self.documents))
        return Proof.SEEN if _folded(quoted.quote) in self.visible else Proof.MISSING


def _opened(archive: Archive, copy: Copy) -> _Page | SourceError:
    try:
        found = archive.answer(copy.place)
    except SourceError as error:
        return error
    if not found.intact:
        return SourceError("its digests do not agree with its bytes")
    if hashlib.sha256(found.body).hexdigest() != copy.sha256:
        return SourceError("its bytes are not those that were read")
    name = urlsplit(found.url).path
    read = read_bytes(found.body, name=found.url, media=found.media)
    documents = tuple(each for each in read if isinstance(each, Document))
    return _Page(found, reader_name(name, found.body), documents)


def _visible(archived: warc.Archived, documents: Iterable[Document]) -> str:
    text = "\n".join(f"{each.title or ''}\n{each.text}" for each in documents)
    media = (archived.media or "").lower()
    try:
        markup = decoded(archived.body, archived.media, markup="html" in media or "xml" in media)
    except SourceError:
        return text
    return f"{bare_text(markup)}\n{text}"


def _folded(words: str) -> str:
    return "".join(words.split())
