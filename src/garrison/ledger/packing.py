"""Packing: claims and documents as columns, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, overload

from garrison.vocabulary import (
    Actor,
    Asset,
    Attribution,
    Citation,
    Claim,
    Document,
    DocumentPart,
    Extent,
    Hedge,
    Kind,
    Measure,
    Page,
    Period,
    Place,
    PlaceKind,
    Post,
    Quantity,
    Role,
    Span,
    Status,
)


def claim_columns(claim: Claim) -> dict[str, Any]:
    """What the text says: the columns of ``claim`` that its id rests on."""
    quantity, span = claim.quantity, claim.span
    return {
        "quote": claim.quote,
        "span_start": span.start if span else None,
        "span_end": span.end if span else None,
        "part": claim.part.value,
        "kind": claim.kind.value,
        "status": claim.status.value,
        "asset": claim.asset.value,
        "measure": claim.measure.value,
        "asset_text": claim.asset_text,
        "unit": claim.unit,
        "place": claim.place.name if claim.place else None,
        "origin": claim.origin.name if claim.origin else None,
        "quantity_text": quantity.text if quantity else None,
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "hedge": quantity.hedge.value if quantity else None,
        "when_text": claim.when.text if claim.when else None,
    }


def meaning_columns(claim: Claim) -> dict[str, Any]:
    """What the words are taken to mean: the columns of ``claim`` that a better reading may change."""
    when = claim.when
    return {
        "actor": claim.actor.name if claim.actor else None,
        "actor_iso3": claim.actor.iso3 if claim.actor else None,
        "place_iso3": claim.place.iso3 if claim.place else None,
        "place_found": _found(claim.place),
        "origin_iso3": claim.origin.iso3 if claim.origin else None,
        "origin_found": _found(claim.origin),
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "when_more": _more(when) if when else None,
        "sources": json.dumps([[who.name, who.role] for who in claim.source], ensure_ascii=False)
        if claim.source
        else None,
        "confidence": claim.confidence,
    }


def unpacked_claim(row: Mapping[str, Any]) -> Claim:
    """The claim in ``row``, which has the columns of both."""
    actor, when = row["actor"], row["when_text"]
    start = row["span_start"]
    return Claim(
        quote=row["quote"],
        span=None if start is None else Span(start, row["span_end"]),
        kind=_KINDS[row["kind"]],
        status=_STATUSES[row["status"]],
        asset=_ASSETS[row["asset"]],
        measure=_MEASURES[row["measure"]],
        actor=None if actor is None else _actor(actor, row["actor_iso3"]),
        unit=row["unit"],
        asset_text=row["asset_text"],
        quantity=None
        if row["hedge"] is None
        else unpacked_quantity(row["quantity_text"], row["low"], row["high"], row["hedge"]),
        place=_place(row["place"], row["place_iso3"], row["place_found"]),
        origin=_place(row["origin"], row["origin_iso3"], row["origin_found"]),
        when=None if when is None else _period(when, row["when_start"], row["when_end"], row["when_more"]),
        source=_sources(row["sources"]),
        confidence=row["confidence"],
        part=_PARTS[row["part"]],
    )


def document_columns(document: Document) -> dict[str, Any]:
    """The columns of ``document``, its text apart."""
    more = {
        "authors": document.authors,
        "captions": [[span.start, span.end] for span in document.captions],
        "pages": [[page.number, page.start] for page in document.pages],
        "post": [document.post.mark, document.post.at] if document.post else None,
    }
    return {
        "title": document.title,
        "published": document.published,
        "outlet": document.outlet,
        "url": document.url,
        "language": document.language,
        "rights": document.rights,
        "more": json.dumps(more, ensure_ascii=False) if any(more.values()) else None,
    }


def unpacked_document(row: Mapping[str, Any], text: str) -> Document:
    """The document whose columns are in ``row``, with its ``text``."""
    more = json.loads(row["more"]) if row["more"] else {}
    return Document(
        text=text,
        title=row["title"],
        published=row["published"],
        outlet=row["outlet"],
        url=row["url"],
        authors=tuple(more.get("authors", ())),
        language=row["language"],
        rights=row["rights"],
        captions=tuple(Span(*span) for span in more.get("captions", ())),
        pages=tuple(Page(*page) for page in more.get("pages", ())),
        post=Post(*more["post"]) if more.get("post") else None,
    )


def packed_citation(cited: Citation) -> str:
    """``cited`` as one string."""
    actor, quantity, when = cited.actor, cited.quantity, cited.when
    return json.dumps(
        (
            cited.claim,
            cited.document,
            cited.outlet,
            cited.voice,
            cited.title,
            cited.url,
            cited.published,
            cited.known,
            cited.known_basis,
            cited.recorded,
            cited.quote,
            cited.kind,
            cited.status,
            cited.measure,
            (actor.name, actor.iso3) if actor else None,
            cited.unit,
            cited.asset,
            (quantity.text, quantity.low, quantity.high, quantity.hedge) if quantity else None,
            (cited.place.name, cited.place.iso3, _found(cited.place)) if cited.place else None,
            (cited.origin.name, cited.origin.iso3, _found(cited.origin)) if cited.origin else None,
            (when.text, when.start, when.end, _more(when)) if when else None,
            cited.sources,
            cited.confidence,
            cited.extractor,
            cited.checked,
            cited.verified,
            (cited.span.start, cited.span.end) if cited.span else None,
            cited.roles,
            cited.part,
        ),
        ensure_ascii=False,
    )


def unpacked_citations(packed: Iterable[str]) -> list[Citation]:
    """The citations that :func:`packed_citation` made strings of: all at once, as a picture has a thousand."""
    return [_unpacked_citation(parts) for parts in json.loads(f"[{','.join(packed)}]")]


_TOGETHER = 8


class PackedCitations(Sequence[Citation]):
    """Citations unpacked when they are looked at, a few of the first at a time: most of a picture's are never shown."""

    __slots__ = ("_packed", "_unpacked")

    def __init__(self, packed: Sequence[str]) -> None:
        self._packed = packed
        self._unpacked: list[Citation] = []

    def _first(self, number: int) -> list[Citation]:
        """The first so many, and perhaps more."""
        if len(self._unpacked) < number:
            self._unpacked.extend(unpacked_citations(self._packed[len(self._unpacked) : number]))
        return self._unpacked

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> Citation: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Citation, ...]: ...
    def __getitem__(self, at: int | slice) -> Citation | tuple[Citation, ...]:
        if isinstance(at, int):
            at = range(len(self))[at]
            return self._unpacked[at] if at < len(self._unpacked) else unpacked_citations([self._packed[at]])[0]
        asked = range(len(self))[at]
        return tuple(self._first(asked.stop)[at]) if asked.step == 1 else tuple(self[each] for each in asked)

    def __iter__(self) -> Iterator[Citation]:
        # A few at a time, as whoever looks for something mostly finds it among the first.
        for start in range(0, len(self._packed), _TOGETHER):
            yield from self._first(start + _TOGETHER)[start : start + _TOGETHER]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, PackedCitations | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class SomeCitations(Sequence[Citation]):
    """So many citations, of which only some are at hand: looking at another is a fault of the program."""

    __slots__ = ("_number", "_packed")

    def __init__(self, number: int, packed: Mapping[int, str]) -> None:
        self._number = number
        self._packed = packed

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, at: int) -> Citation: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Citation, ...]: ...
    def __getitem__(self, at: int | slice) -> Citation | tuple[Citation, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(self._number)[at])
        return unpacked_citations([self._packed[at]])[0]


def _unpacked_citation(parts: Any) -> Citation:
    claim, document, outlet, voice, title, url, published, known, known_basis, recorded, quote = parts[:11]
    kind, status, measure, actor, unit, asset, quantity, place, origin, when, sources = parts[11:22]
    # A ledger filed before headlines carried claims has no part.
    confidence, extractor, checked, verified, span, roles, part = [*parts[22:], "text"][:7]
    return Citation(
        claim,
        document,
        outlet,
        voice,
        title,
        url,
        published,
        known,
        known_basis,
        recorded,
        quote,
        _KINDS[kind],
        _STATUSES[status],
        _MEASURES[measure],
        _actor(*actor) if actor else None,
        unit,
        _ASSETS[asset],
        unpacked_quantity(*quantity) if quantity else None,
        _place(*place) if place else None,
        _place(*origin) if origin else None,
        _period(*when) if when else None,
        tuple(sources) if sources else (),
        confidence,
        extractor,
        checked,
        verified,
        _span(*span) if span else None,
        tuple([_ROLES[role] for role in roles]) if roles else (),
        _PARTS[part],
    )


# Looking a member up by its value here takes a fifth of the time of calling the enum.
_KINDS = {each.value: each for each in Kind}
_STATUSES = {each.value: each for each in Status}
_MEASURES = {each.value: each for each in Measure}
_ASSETS = {each.value: each for each in Asset}
_HEDGES = {each.value: each for each in Hedge}
_PARTS = {each.value: each for each in DocumentPart}
_ROLES: dict[str | None, Role | None] = {None: None, **{each.value: each for each in Role}}


def _more(when: Period) -> str | None:
    """What is known of a period beyond its words and ends, packed; ``None`` if nothing."""
    more = (when.extent.value if when.extent else None, when.open_start, when.open_end)
    return json.dumps(more) if any(more) else None


def _found(place: Place | None) -> str | None:
    """What is known of a place beyond its words and country, packed; ``None`` if nothing."""
    if place is None:
        return None
    found = (
        place.kind.value if place.kind else None,
        place.geonameid,
        place.lat,
        place.lon,
        place.radius_km,
        place.within,
    )
    return json.dumps(found, ensure_ascii=False) if any(part not in (None, ()) for part in found) else None


# A picture has the same few actors, places and figures a thousand times over.
@lru_cache(maxsize=8192)
def _actor(name: str, iso3: str | None) -> Actor:
    return Actor(name, iso3)


@lru_cache(maxsize=8192)
def unpacked_quantity(text: str, low: int | None, high: int | None, hedge: str) -> Quantity:
    """The quantity with these parts."""
    return Quantity(text, low, high, _HEDGES[hedge])


@lru_cache(maxsize=8192)
def _span(start: int, end: int) -> Span:
    return Span(start, end)


@lru_cache(maxsize=8192)
def _place(name: str | None, iso3: str | None, found: str | None) -> Place | None:
    if name is None:
        return None
    if found is None:
        return Place(name, iso3)
    kind, geonameid, lat, lon, radius_km, within = json.loads(found)
    return Place(name, iso3, PlaceKind(kind) if kind else None, geonameid, lat, lon, radius_km, tuple(within))


def _period(text: str, start: str | None, end: str | None, more: str | None) -> Period:
    if more is None:
        return Period(text, start, end)
    extent, open_start, open_end = json.loads(more)
    return Period(text, start, end, Extent(extent) if extent else None, open_start, open_end)


def _sources(packed: str | None) -> tuple[Attribution, ...]:
    if packed is None:
        return ()
    return tuple(Attribution(name, Role(role) if role else None) for name, role in json.loads(packed))
