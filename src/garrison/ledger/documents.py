"""Documents as the ledger has them, with their versions and readings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from garrison.ledger.asking import document_named
from garrison.ledger.citing import hidden_spans
from garrison.ledger.entry import DocumentEntry, ReadingEntry, VersionEntry
from garrison.ledger.gathered import barrier_of
from garrison.ledger.keys import outlet_key
from garrison.ledger.packing import unpacked_document
from garrison.ledger.session import Session
from garrison.ledger.tables import body, document, edition, meaning, reading, tick, version
from garrison.vocabulary import Obtained


def documents(session: Session, outlet: str | None, words: str | None) -> Iterator[DocumentEntry]:
    """The documents in the order of recording, those from ``outlet`` and with ``words`` in their titles."""
    query = _chosen(outlet, words).order_by(document.c.pk)
    for pk in session.execute(query).scalars().all():
        yield entry(session, pk)


def _chosen(outlet: str | None, words: str | None) -> Select[tuple[int]]:
    query = select(document.c.pk)
    if outlet is not None or words is not None:
        query = query.join(edition, edition.c.document_pk == document.c.pk).where(
            edition.c.until.is_(None), edition.c.next_known_day.is_(None)
        )
    if outlet is not None:
        query = query.where(edition.c.voice_key == outlet_key(outlet))
    if words is not None:
        query = query.join(reading, reading.c.pk == edition.c.reading_pk).where(
            *(reading.c.title.icontains(word, autoescape=True) for word in words.split())
        )
    return query


def document_entry(session: Session, name: str) -> DocumentEntry:
    """The document with this id, unique beginning of one, or URL."""
    return entry(session, document_named(session, name)[0])


def entry(session: Session, document_pk: int) -> DocumentEntry:
    """The document with this key."""
    head = session.execute(_HEAD, {"document": document_pk}).one()
    if head.redacted_at is not None:
        hashes = session.execute(_HASHES, {"document": document_pk})
        bare = tuple(
            VersionEntry(row.sha256, Obtained(row.obtained), row.obtained_at, None, row.obtained_at, "recorded")
            for row in hashes
        )
        return DocumentEntry(
            head.id, None, None, None, head.at, 0, bare, (), redacted=head.redacted_at, because=head.because
        )
    editions = session.execute(_EDITIONS, {"document": document_pk}).all()
    readings = session.execute(_READINGS, {"document": document_pk}).all()
    counting = {row.reading_pk for row in editions}
    newest = next(row for row in editions if row.next_known_day is None)
    chosen = next(row for row in readings if row.pk == newest.reading_pk)
    shown = unpacked_document(dict(chosen._mapping), chosen.text)
    withheld = bool(hidden_spans(session, [head.id]))
    if withheld:
        shown = replace(shown, text="", title=None, captions=(), pages=())
    return DocumentEntry(
        id=head.id,
        document=shown,
        known=newest.known,
        known_basis=newest.known_basis,
        recorded=head.at,
        claims=chosen.claims,
        versions=tuple(_version(row) for row in editions),
        readings=tuple(
            ReadingEntry(
                version=row.sha256,
                reader=row.reader,
                extractor=row.extractor,
                claimed_by=row.claimed_by,
                text_known=row.text_known,
                recorded=row.at,
                claims=row.claims,
                counts=row.pk in counting,
            )
            for row in readings
        ),
        withheld=withheld,
        barrier=barrier_of(session, head.id),
    )


def _version(row: Any) -> VersionEntry:
    return VersionEntry(row.sha256, Obtained(row.obtained), row.obtained_at, row.location, row.known, row.known_basis)


_HEAD = (
    select(document, tick.c.at).join(tick, tick.c.seq == document.c.seq).where(document.c.pk == bindparam("document"))
)
_HASHES = select(version).where(version.c.document_pk == bindparam("document")).order_by(version.c.pk)
_EDITIONS = (
    select(edition, version.c.sha256, version.c.obtained, version.c.obtained_at, version.c.location)
    .join(version, version.c.pk == edition.c.version_pk)
    .where(edition.c.document_pk == bindparam("document"), edition.c.until.is_(None))
    .order_by(edition.c.known_day, version.c.obtained_at, version.c.sha256)
)
_READINGS = (
    select(
        reading,
        version.c.sha256,
        tick.c.at,
        body.c.text,
        select(func.count())
        .where(meaning.c.reading_pk == reading.c.pk)
        .correlate(reading)
        .scalar_subquery()
        .label("claims"),
    )
    .join(version, version.c.pk == reading.c.version_pk)
    .join(tick, tick.c.seq == reading.c.seq)
    .join(body, body.c.pk == reading.c.body_pk)
    .where(version.c.document_pk == bindparam("document"))
    .order_by(reading.c.pk)
)


def page(
    session: Session, outlet: str | None, words: str | None, before: int | None, limit: int
) -> tuple[list[DocumentEntry], int | None]:
    """At most ``limit`` documents, newest recorded first, from before the key ``before`` on, and where to go on."""
    query = _chosen(outlet, words).order_by(document.c.pk.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(document.c.pk < before)
    found = session.execute(query).scalars().all()
    more = found[limit - 1] if len(found) > limit else None
    return [entry(session, pk) for pk in found[:limit]], more
