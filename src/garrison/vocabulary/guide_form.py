"""Claims in the JSON form of the guide, both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from garrison.vocabulary.actor import Actor
from garrison.vocabulary.asset import Asset
from garrison.vocabulary.attribution import Attribution
from garrison.vocabulary.claim import Claim, Kind, Measure, Status
from garrison.vocabulary.document import Span
from garrison.vocabulary.errors import ClaimError
from garrison.vocabulary.period import Period
from garrison.vocabulary.place import Place
from garrison.vocabulary.quantity import Hedge, Quantity

FIELDS = frozenset(
    {
        *("quote", "kind", "status", "actor", "actor_iso3", "unit", "asset", "asset_text", "quantity", "measure"),
        *("place", "place_iso3", "origin", "origin_iso3", "when", "source"),
    }
)
OPTIONAL = frozenset({"span", "confidence"})
_ISO3 = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_E = TypeVar("_E", bound=StrEnum)


def as_mapping(claim: Claim) -> dict[str, Any]:
    """``claim`` as a JSON-ready mapping with the guide's fields, and ``span`` and ``confidence`` where known."""
    quantity, when = claim.quantity, claim.when
    row: dict[str, Any] = {
        "quote": claim.quote,
        "kind": claim.kind.value,
        "status": claim.status.value,
        "actor": claim.actor.name if claim.actor else None,
        "actor_iso3": claim.actor.iso3 if claim.actor else None,
        "unit": claim.unit,
        "asset": claim.asset.value,
        "asset_text": claim.asset_text,
        "quantity": quantity
        and {"text": quantity.text, "low": quantity.low, "high": quantity.high, "hedge": quantity.hedge.value},
        "measure": claim.measure.value,
        "place": claim.place.name if claim.place else None,
        "place_iso3": claim.place.iso3 if claim.place else None,
        "origin": claim.origin.name if claim.origin else None,
        "origin_iso3": claim.origin.iso3 if claim.origin else None,
        "when": when and {"text": when.text, "start": when.start, "end": when.end},
        "source": [who.name for who in claim.source],
    }
    if claim.span is not None:
        row["span"] = [claim.span.start, claim.span.end]
    if claim.confidence is not None:
        row["confidence"] = claim.confidence
    return row


def from_mapping(row: Mapping[str, Any], text: str | None) -> Claim:
    """The claim that ``row`` describes in the guide's form, its quotation located in ``text``.

    Raises:
        ClaimError: a field that is missing, unknown or out of its range, or a quotation that is not in ``text``.
    """
    missing, unknown = FIELDS - row.keys(), row.keys() - FIELDS - OPTIONAL
    if missing or unknown:
        raise ClaimError(f"claim fields missing: {sorted(missing)}, unknown: {sorted(unknown)}")
    quote = row["quote"]
    if not isinstance(quote, str) or not quote:
        raise ClaimError("a claim needs a quotation: 'quote' must be a non-empty string")
    return Claim(
        quote=quote,
        span=_span(row, quote, text),
        kind=_member(Kind, row, "kind"),
        status=_member(Status, row, "status"),
        asset=_member(Asset, row, "asset"),
        measure=_member(Measure, row, "measure"),
        actor=_actor(row),
        unit=_words(row, "unit"),
        asset_text=_words(row, "asset_text"),
        quantity=_quantity(row["quantity"]),
        place=_place(row, "place"),
        origin=_place(row, "origin"),
        when=_period(row["when"]),
        source=_sources(row["source"]),
        confidence=_confidence(row.get("confidence")),
    )


def _span(row: Mapping[str, Any], quote: str, text: str | None) -> Span | None:
    if text is None:
        return None
    given = row.get("span")
    if given is not None:
        if not (isinstance(given, list) and len(given) == 2 and all(isinstance(n, int) for n in given)):
            raise ClaimError(f"'span' must be [start, end] in characters, not {given!r}")
        start, end = given
        if 0 <= start <= end and text[start:end] == quote:
            return Span(start, end)
    start = text.find(quote)
    if start < 0:
        raise ClaimError(f"the quotation is not an exact piece of the text: {quote[:80]!r}")
    return Span(start, start + len(quote))


def _member(kind: type[_E], row: Mapping[str, Any], field: str) -> _E:
    try:
        return kind(row[field])
    except ValueError:
        raise ClaimError(f"{field} is {row[field]!r}; it must be one of {', '.join(kind)}") from None


def _words(row: Mapping[str, Any], field: str) -> str | None:
    value = row[field]
    if value is not None and not isinstance(value, str):
        raise ClaimError(f"{field} must be a string or null, not {value!r}")
    return value or None


def _code(row: Mapping[str, Any], field: str) -> str | None:
    value = _words(row, field)
    if value is not None and not _ISO3.fullmatch(value):
        raise ClaimError(f"{field} must be an ISO 3166-1 alpha-3 code such as 'TJK', not {value!r}")
    return value


def _actor(row: Mapping[str, Any]) -> Actor | None:
    name, iso3 = _words(row, "actor"), _code(row, "actor_iso3")
    return Actor(name or iso3 or "", iso3) if name or iso3 else None


def _place(row: Mapping[str, Any], field: str) -> Place | None:
    name, iso3 = _words(row, field), _code(row, f"{field}_iso3")
    return Place(name or iso3 or "", iso3) if name or iso3 else None


def _quantity(value: Any) -> Quantity | None:
    if value is None:
        return None
    try:
        return Quantity(str(value["text"]), value["low"], value["high"], Hedge(value["hedge"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ClaimError(f"quantity {value!r}: {error}") from None


def _period(value: Any) -> Period | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or value.keys() != {"text", "start", "end"}:
        raise ClaimError(f"when must have exactly text, start and end, not {value!r}")
    for end in (value["start"], value["end"]):
        if end is not None and not _DATE.fullmatch(str(end)):
            raise ClaimError(f"when: {end!r} is not a date such as 2019, 2019-01 or 2019-01-22")
    return Period(str(value["text"]), value["start"], value["end"])


def _sources(value: Any) -> tuple[Attribution, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ClaimError(f"source must be a list of names, innermost first, not {value!r}")
    return tuple(Attribution(name) for name in value if name)


def _confidence(value: Any) -> float | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        raise ClaimError(f"confidence must be between 0 and 1, not {value!r}")
    return float(value)
