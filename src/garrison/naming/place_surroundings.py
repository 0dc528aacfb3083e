"""Where a place lies that the gazetteer lacks: most likely among the other places of its passage."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from garrison.naming.place_context import context_of
from garrison.naming.place_resolution import Reading, read
from garrison.naming.place_words import is_vague, search, words
from garrison.naming.settling import settled
from garrison.vocabulary import Place, PlaceKind, Span

# What is placed no wider than this can tell where others lie.
_NARROW_KM = 60.0
# Places as near as this to one another lie together; a place unknown but for them has this reach.
_TOGETHER_KM = 150.0
REACH_KM = 100.0
# What stands so many characters away in the text counts half.
_HALF_DISTANCE = 500.0
# What a place counts near which no other one lies, beside one for each that does.
_ALONE = 0.5
_EARTH_KM = 6371.0
_KINDS = frozenset((None, PlaceKind.CITY, PlaceKind.BASE, PlaceKind.POINT, PlaceKind.REGION))


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A place of the passage that is known, where it stands, and how many others lie near it."""

    at: int
    place: Place
    company: float


def readings_of(
    spans: Sequence[Span], text: str, title: str | None = None, outlet: str | None = None
) -> tuple[Reading, ...]:
    """The places that the words at ``spans`` of a text stand for, in the order of the spans."""

    def given() -> tuple[Reading, ...]:
        context = context_of(text, title)
        return surrounded(spans, [read(span.of(text), context, span.start, outlet) for span in spans])

    return tuple(settled(given, "places"))


def surrounded(spans: Sequence[Span], readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings of a passage, those of unknown places with the surroundings that they most likely lie in.

    Only what has a name of its own is put there, in the country that it is thought to lie in, and in the region that
    the words beside it say; the reach is then ``REACH_KM`` kilometres about the place of the passage near which most of
    the others lie and which stands nearest in the text.
    """
    if all(one.score for one in readings):
        return tuple(readings)
    anchors = _anchors(spans, readings)
    if not anchors:
        return tuple(readings)
    return tuple(
        replace(one, around=_around(span, one.place, anchors)) if not one.score and _is_named(one.place) else one
        for span, one in zip(spans, readings, strict=True)
    )


def _is_named(place: Place) -> bool:
    """Whether the words are a name of something that is no wider than the surroundings of a town."""
    bare = place.name[4:] if place.name[:4].lower() == "the " else place.name
    if not bare[:1].isupper() or place.kind not in _KINDS or bare.lower() in words("others", "nowhere"):
        return False
    return not is_vague(bare) and not search("border", bare)


def _anchors(spans: Sequence[Span], readings: Sequence[Reading]) -> list[_Anchor]:
    """The narrow places known in the passage, each with those of other names that lie near it."""
    known = [
        (span.start, one.place)
        for span, one in zip(spans, readings, strict=True)
        if one.score and one.place.lat is not None and one.place.iso3 and (one.place.radius_km or 0.0) <= _NARROW_KM
    ]
    different = list({(place.lat, place.lon): place for _, place in known}.values())
    company = {
        (place.lat, place.lon): sum(_km(place, other) <= _TOGETHER_KM for other in different) - 1 + _ALONE
        for place in different
    }
    return [_Anchor(at, place, company[place.lat, place.lon]) for at, place in known]


def _around(span: Span, unknown: Place, anchors: Sequence[_Anchor]) -> Place | None:
    """The surroundings of an unknown place; ``None`` where the passage knows no place in its country or region."""
    fit = [one for one in anchors if unknown.iso3 in (None, one.place.iso3)]
    if unknown.lat is not None:  # somewhere in the region or the country that the words beside it say
        region = unknown.within[:-1]
        fit = [one for one in fit if not region or region[0] in one.place.within]
    best = max(
        fit,
        key=lambda one: one.company * _HALF_DISTANCE / (_HALF_DISTANCE + abs(one.at - span.start)),
        default=None,
    )
    if best is None or (unknown.iso3 is None and best.company < 1):
        return None
    place = best.place
    return replace(
        unknown, iso3=place.iso3, lat=place.lat, lon=place.lon, radius_km=REACH_KM, within=place.within, geonameid=None
    )


def _km(one: Place, other: Place) -> float:
    """The great-circle distance between two places with coordinates."""
    p, q, r, s = (math.radians(degrees or 0.0) for degrees in (one.lat, one.lon, other.lat, other.lon))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
