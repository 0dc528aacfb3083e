"""Fields: how a claim was read, field by field, in words."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.publishing.wording import asset_words, bounds_words, date_words, quantity_words, verb_words
from garrison.vocabulary import Citation, Hedge, Measure, Period, Place, Quantity, Role

_MEASURES = {
    Measure.LEVEL: "how much is there in all",
    Measure.CHANGE: "how much comes, goes or is added",
}
_HEDGES = {
    Hedge.EXACT: "as a plain number",
    Hedge.ABOUT: "as an estimate",
    Hedge.AT_LEAST: "as a lower bound",
    Hedge.AT_MOST: "as an upper bound",
    Hedge.RANGE: "as a range",
    Hedge.VAGUE: "as a vague number",
}
_ROLES = {
    Role.GOVERNMENT: "a government",
    Role.FORCE: "an armed force",
    Role.MEDIA: "a medium",
    Role.ORGANISATION: "an organisation",
    Role.PRIVATE_PERSON: "a private person",
    Role.ANONYMOUS: "someone unnamed",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a claim: its name in the guide, a label, its value, the words it is from, and what they are taken for.

    ``value`` is ``None`` where the claim leaves the field open, ``words`` where they are the quotation's as a whole.
    """

    name: str
    label: str
    value: str | None
    words: str | None = None
    meaning: str | None = None


def fields_of(claim: Citation, sources: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of ``claim`` in the order of the guide; ``sources`` are those who say so, as they may be shown."""
    actor, quantity, when = claim.actor, claim.quantity, claim.when
    who = (f"country {actor.iso3}" if actor.iso3 else "no state") if actor else None
    roles = [_ROLES[role] for role in claim.roles if role is not None]
    said_by = " ← ".join(sources) or None
    return (
        Field("kind", "Kind", claim.kind.value, None, verb_words(claim.kind, claim.status)),
        Field("status", "Status", claim.status.value),
        Field("actor", "Whose force", actor.name if actor else None, None, who),
        Field("unit", "Unit", claim.unit, claim.unit),
        Field("asset", "Class", claim.asset.value, None, asset_words(claim.asset)),
        Field(
            "quantity",
            "Number",
            quantity_words(quantity) if quantity else None,
            quantity.text if quantity else None,
            _quantity(quantity) if quantity else None,
        ),
        Field("measure", "Measure", claim.measure.value, None, _MEASURES[claim.measure]),
        _place("place", "Place", claim.place),
        _place("origin", "From", claim.origin),
        Field(
            "when",
            "When",
            _days(when) if when else None,
            when.text if when else None,
            _period(when) if when else None,
        ),
        Field("source", "Said by", said_by, None, ", ".join(roles) or None),
    )


def _quantity(quantity: Quantity) -> str:
    return f"{bounds_words(quantity.low, quantity.high)}, {_HEDGES[quantity.hedge]}"


def _place(name: str, label: str, place: Place | None) -> Field:
    if place is None:
        return Field(name, label, None)
    parts = [place.kind.value if place.kind else "", ", ".join(part for part in place.within if part != place.name)]
    if place.lat is not None and place.lon is not None:
        reach = f" ± {place.radius_km:,.0f} km" if place.radius_km is not None else ""
        parts.append(f"{place.lat:.2f}, {place.lon:.2f}{reach}")
    country = f" ({place.iso3})" if place.iso3 else ""
    return Field(name, label, f"{place.name}{country}", place.name, "; ".join(part for part in parts if part) or None)


def _days(when: Period) -> str:
    start, end = date_words(when.start), date_words(when.end)
    if start and start == end:
        return start
    if start or end:
        return f"{start or 'earlier'} – {end or ('on' if when.open_end else 'not said')}"
    return "not dated"


def _period(when: Period) -> str | None:
    notes = [f"{when.start or '..'}/{when.end or '..'}"]
    if when.extent is not None:
        notes.append("throughout" if when.extent.value == "throughout" else "some day within")
    return ", ".join(notes)
