"""What the ledger knows of the archive: which answers it holds, where, and for which versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select

from garrison.gathering.archive import Place
from garrison.ledger.identity import canonical_url, hashed
from garrison.ledger.packing import unpacked_document
from garrison.ledger.session import Session
from garrison.ledger.tables import archived, claim, document, meaning, page, reading, version
from garrison.vocabulary import DocumentPart


@dataclass(frozen=True, slots=True)
class Copy:
    """An archived copy: the address, when it was received (UTC), the hash of its body and its place."""

    page: str
    sha256: str
    url: str
    at: str
    place: Place


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim with its quotation and the reader that its newest reading was made with; ``copy`` if one is archived.

    ``post`` is the mark of the live blog's entry that it stands in, if it does.
    """

    claim: str
    quote: str
    part: DocumentPart
    start: int | None
    end: int | None
    reader: str
    post: str | None
    url: str | None
    copy: Copy | None


def keep(session: Session, copy: Copy) -> None:
    """Remember ``copy``."""
    place = copy.place
    values = {"page_id": copy.page, "sha256": copy.sha256, "url": copy.url, "at": copy.at, "file": place.file}
    values |= {"start": place.start, "length": place.length, "answer": place.answer}  # type: ignore[dict-item]  # numbers
    values |= {"answer_length": place.answer_length, "record": place.record}  # type: ignore[dict-item]  # numbers
    session.execute(_NEW, values)


def whole(session: Session) -> dict[str, int]:
    """Up to where each file of the archive is known to consist of whole records."""
    return {row.file: row.end for row in session.execute(_WHOLE)}


def copy_of(session: Session, sha256: str, page_id: str | None = None) -> Copy | None:
    """The first archived copy of the bytes with this hash, one from the page itself if there is."""
    rows = [_copy(row) for row in session.execute(_OF_BYTES, {"sha256": sha256})]
    own = [each for each in rows if each.page == page_id]
    return next(iter(own or rows), None)


def copies_of(session: Session, document_id: str) -> list[Copy]:
    """Every archived copy of a document: of its address, and of the bytes of its versions.

    An entry of a live blog is in every copy of the blog, also in those that were taken for what other entries said.
    """
    values = {"document": document_id, "addresses": _addresses(session, document_id)}
    return [_copy(row) for row in session.execute(_OF_DOCUMENT, values)]


def _addresses(session: Session, document_id: str) -> list[str]:
    """The ids of the pages at the addresses that a document was read with."""
    urls = session.execute(_URLS, {"document": document_id}).scalars()
    return [hashed("url", canonical_url(url)) for url in urls]


def forget(session: Session, document_id: str) -> None:
    """Forget a document's copies and what is remembered of its address."""
    ours = select(archived.c.pk).where(_belongs)
    values = {"document": document_id, "addresses": _addresses(session, document_id)}
    session.execute(delete(archived).where(archived.c.pk.in_(ours)), values)
    session.execute(delete(page).where(page.c.id == document_id))


def quoted(session: Session) -> Iterator[Quoted]:
    """Every claim read from text, in the order of recording, with the archived copy of its version."""
    for row in session.execute(_QUOTED).all():
        yield _quoted(session, row)


def quoted_in(session: Session, claim_id: str) -> Quoted | None:
    """The claim with this id as :func:`quoted` has it."""
    row = session.execute(_QUOTED.where(claim.c.id == claim_id)).first()
    if row is None:
        return None
    return _quoted(session, row)


def _quoted(session: Session, row: Any) -> Quoted:
    found = copy_of(session, row.sha256, row.document_id)
    document = unpacked_document(row._mapping, "")
    return Quoted(
        claim=row.id,
        quote=row.quote,
        part=DocumentPart(row.part),
        start=row.span_start,
        end=row.span_end,
        reader=row.reader,
        post=document.post.mark if document.post else None,
        url=row.url,
        copy=found,
    )


def _copy(row: Any) -> Copy:
    place = Place(row.file, row.start, row.length, row.answer, row.answer_length, row.record)
    return Copy(row.page_id, row.sha256, row.url, row.at, place)


_NEW = insert(archived)
_WHOLE = select(archived.c.file, func.max(archived.c.start + archived.c.length).label("end")).group_by(archived.c.file)
_OF_BYTES = select(archived).where(archived.c.sha256 == bindparam("sha256")).order_by(archived.c.pk)
_hashes = (
    select(version.c.sha256)
    .join(document, document.c.pk == version.c.document_pk)
    .where(document.c.id == bindparam("document"))
)
_belongs = or_(
    archived.c.page_id == bindparam("document"),
    archived.c.page_id.in_(bindparam("addresses", expanding=True)),
    archived.c.sha256.in_(_hashes),
)
_URLS = (
    select(reading.c.url)
    .distinct()
    .join(version, version.c.pk == reading.c.version_pk)
    .join(document, document.c.pk == version.c.document_pk)
    .where(document.c.id == bindparam("document"), reading.c.url.is_not(None))
)
_OF_DOCUMENT = select(archived).where(_belongs).order_by(archived.c.pk)
_newest = (
    select(func.max(meaning.c.reading_pk)).where(meaning.c.claim_pk == claim.c.pk).correlate(claim).scalar_subquery()
)
_QUOTED = (
    select(
        claim.c.id,
        claim.c.quote,
        claim.c.span_start,
        claim.c.span_end,
        claim.c.part,
        version.c.sha256,
        document.c.id.label("document_id"),
        reading.c.reader,
        *(reading.c[name] for name in ("title", "published", "outlet", "url", "language", "rights", "more")),
    )
    .join(version, version.c.pk == claim.c.version_pk)
    .join(document, document.c.pk == version.c.document_pk)
    .join(reading, reading.c.pk == _newest)
    .where(reading.c.text_known)
    .order_by(claim.c.pk)
)
