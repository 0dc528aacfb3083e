"""Packing: claims and documents as columns, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from garrison.vocabulary import (
    Actor,
    Asset,
    Attribution,
    Claim,
    Document,
    Extent,
    Hedge,
    Kind,
    Measure,
    Page,
    Period,
    Place,
    PlaceKind,
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
    more = (when.extent.value if when.extent else None, when.open_start, when.open_end) if when else None
    return {
        "actor": claim.actor.name if claim.actor else None,
        "actor_iso3": claim.actor.iso3 if claim.actor else None,
        "place_iso3": claim.place.iso3 if claim.place else None,
        "place_found": _found(claim.place),
        "origin_iso3": claim.origin.iso3 if claim.origin else None,
        "origin_found": _found(claim.origin),
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "when_more": json.dumps(more) if more and any(more) else None,
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
        kind=Kind(row["kind"]),
        status=Status(row["status"]),
        asset=Asset(row["asset"]),
        measure=Measure(row["measure"]),
        actor=None if actor is None else Actor(actor, row["actor_iso3"]),
        unit=row["unit"],
        asset_text=row["asset_text"],
        quantity=None
        if row["hedge"] is None
        else Quantity(row["quantity_text"], row["low"], row["high"], Hedge(row["hedge"])),
        place=_place(row["place"], row["place_iso3"], row["place_found"]),
        origin=_place(row["origin"], row["origin_iso3"], row["origin_found"]),
        when=None if when is None else _period(when, row["when_start"], row["when_end"], row["when_more"]),
        source=_sources(row["sources"]),
        confidence=row["confidence"],
    )


def document_columns(document: Document) -> dict[str, Any]:
    """The columns of ``document``, its text apart."""
    more = {
        "authors": document.authors,
        "captions": [[span.start, span.end] for span in document.captions],
        "pages": [[page.number, page.start] for page in document.pages],
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
    )


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
