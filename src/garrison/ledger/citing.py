"""Citing: claims as pictures cite them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, column, func, select

from garrison.ledger.correction import corrected
from garrison.ledger.packing import unpacked_claim
from garrison.ledger.session import Session
from garrison.ledger.tables import claim, document, edition, meaning, reading, row, standing, tick
from garrison.vocabulary import Citation, Span

_CHUNK = 500


def citations(session: Session, standings: Iterable[int]) -> Iterator[Citation]:
    """The citations of standing claims (by their keys), in the order given."""
    return (citation for _, citation in filed(session, standings))


def filed(session: Session, standings: Iterable[int]) -> Iterator[tuple[Mapping[str, Any], Citation]]:
    """Standing claims (by their keys) in the order given: the columns that say where each is filed, and its citation.

    The columns are those of ``standing`` with ``asset_key`` for its asset, the ``series`` of its edition, and the
    ``row_key`` and ``component_key`` of its row.
    """
    waiting = iter(standings)
    while chunk := list(islice(waiting, _CHUNK)):
        cited = session.plain(_CITED, {"chunk": json.dumps(chunk)})
        # Plain dictionaries: each row is looked into forty times.
        found = {each[0]: dict(zip(_NAMES, each, strict=True)) for each in cited}
        hidden = hidden_spans(session, {row["document_id"] for row in found.values()})
        for pk in chunk:
            yield found[pk], _held_back(_citation(found[pk]), hidden)


def cited(session: Session, standings: Sequence[int]) -> dict[int, Citation]:
    """The citations of standing claims by their keys."""
    return dict(zip(standings, citations(session, standings), strict=True))


def as_read(session: Session, standing_pk: int) -> Citation:
    """The citation of a standing claim as it was read, without the corrections that people made."""
    found = dict(session.execute(_CITED, {"chunk": json.dumps([standing_pk])}).one()._mapping)
    return _held_back(_citation(found, plain=True), hidden_spans(session, {found["document_id"]}))


def hidden_spans(session: Session, documents: Iterable[str]) -> dict[str, list[Span | None]]:
    """Where in documents (by their ids) claims stand that an embargo hides; documents without any are left out."""
    open_day = session.open_day
    if open_day is None:
        return {}
    found: dict[str, list[Span | None]] = {}
    asked = sorted(documents)
    for start in range(0, len(asked), _CHUNK):
        query = _HIDDEN.where(document.c.id.in_(asked[start : start + _CHUNK]), standing.c.known_day > open_day)
        for each in session.execute(query):
            span = None if each.span_start is None else Span(each.span_start, each.span_end)
            found.setdefault(each.id, []).append(span)
    return found


def _held_back(cited: Citation, hidden: Mapping[str, Sequence[Span | None]]) -> Citation:
    """``cited`` without the title of a document of which claims are hidden, and without words that make one too."""
    spans = hidden.get(cited.document)
    if spans is None:
        return cited
    told = any(span is None or cited.span is None or span.overlaps(cited.span) for span in spans)
    return replace(cited, title=None, quote="" if told else cited.quote)


def _citation(row: Mapping[str, Any], *, plain: bool = False) -> Citation:
    said = unpacked_claim(row)
    if row["corrections"] is not None and not plain:
        for field, value in json.loads(row["corrections"]):
            said = corrected(said, field, value)
    return Citation(
        claim=row["claim_id"],
        document=row["document_id"],
        outlet=row["outlet"],
        voice=row["voice"],
        title=row["title"],
        url=row["url"],
        published=row["published"],
        known=row["known"],
        known_basis=row["known_basis"],
        recorded=row["at"],
        quote=said.quote,
        kind=said.kind,
        status=said.status,
        measure=said.measure,
        actor=said.actor,
        unit=said.unit,
        asset=said.asset,
        quantity=said.quantity,
        place=said.place,
        origin=said.origin,
        when=said.when,
        sources=tuple(who.name for who in said.source),
        confidence=said.confidence,
        extractor=f"added by {row['made_by']}" if row["made_by"] else row["extractor"],
        checked=bool(row["checked"]),
        verified=bool(row["text_known"]),
        span=said.span,
        roles=tuple(who.role for who in said.source),
        part=said.part,
    )


_HIDDEN = (
    select(document.c.id, claim.c.span_start, claim.c.span_end)
    .join(edition, edition.c.document_pk == document.c.pk)
    .join(standing, standing.c.edition_pk == edition.c.pk)
    .join(claim, claim.c.pk == standing.c.claim_pk)
    .where(standing.c.fine == 1)
)
_chunk = func.json_each(bindparam("chunk")).table_valued(column("value"))
_CITED = (
    select(
        standing.c.pk.label("standing_pk"),
        standing.c.asset.label("asset_key"),
        *[standing.c[name] for name in ("actor_key", "place_key", "site_key", "origin_key", "said_day", "edition_pk")],
        *[standing.c[name] for name in ("voice_key", "known_day", "valid_start", "sort_day", "bounded", "weight")],
        standing.c.corrections,
        standing.c.checked,
        edition.c.series,
        row.c.key.label("row_key"),
        row.c.component_key,
        claim.c.id.label("claim_id"),
        *[each for each in claim.c if each.name not in ("pk", "id", "version_pk", "seq")],
        *[each for each in meaning.c if each.name not in ("pk", "reading_pk", "claim_pk", "position")],
        edition.c.voice,
        edition.c.known,
        edition.c.known_basis,
        reading.c.extractor,
        reading.c.text_known,
        reading.c.title,
        reading.c.published,
        reading.c.outlet,
        reading.c.url,
        document.c.id.label("document_id"),
        tick.c.at,
    )
    .select_from(_chunk)
    .join(standing, standing.c.pk == _chunk.c.value)
    .join(claim, claim.c.pk == standing.c.claim_pk)
    .join(meaning, meaning.c.pk == standing.c.meaning_pk)
    .join(edition, edition.c.pk == standing.c.edition_pk)
    .join(reading, reading.c.pk == edition.c.reading_pk)
    .join(document, document.c.pk == edition.c.document_pk)
    .join(tick, tick.c.seq == claim.c.seq)
    .join(row, row.c.pk == standing.c.row_pk, isouter=True)
)
_NAMES = tuple(_CITED.selected_columns.keys())


def rows_of(session: Session, claims: Iterable[str]) -> dict[str, str]:
    """The keys of the rows that claims (by their ids) state levels of, as of now; other claims are left out."""
    asked = sorted(set(claims))
    found: dict[str, str] = {}
    for start in range(0, len(asked), _CHUNK):
        found |= {
            each.id: each.key
            for each in session.execute(
                select(claim.c.id, row.c.key)
                .join(standing, standing.c.claim_pk == claim.c.pk)
                .join(row, row.c.pk == standing.c.row_pk)
                .where(claim.c.id.in_(asked[start : start + _CHUNK]), standing.c.until.is_(None))
            )
        }
    return found
