"""Quarters: the barracks and parts of a town that a unit's address names and no gazetteer has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from garrison.extraction.grammar.words import words
from garrison.naming.units import UnitMention
from garrison.vocabulary import Mention, Place, PlaceKind, Span

_ADDRESS = re.compile(
    r",\s(?:(?:the\s)?[A-Z][a-z]+\sArmy,\s)?(?:the\s)?"
    r"([A-Z][a-z’'-]+(?:\s(?:[A-Z][a-z’'-]+|[Bb]arracks|[Cc]antonment|[Cc]amp)){0,2}),\s"
)
_NO_QUARTER = ("Army", "Navy", "Force", "Forces", "Police", "Command", "Corps")
_RADIUS = 15.0  # km from the middle of its town in which a quarter may lie


def quarters_of(text: str, units: Sequence[UnitMention], places: Sequence[Mention[Place]]) -> Iterator[Mention[Place]]:
    """The quarters named between a unit and its town, one of ``places``: "35 Artillery Brigade, Alamala, Abeokuta"."""
    addresses = [found for unit in units if (found := _ADDRESS.match(text, unit.span.end)) is not None]
    if not addresses:
        return  # what the places are is asked only where it matters
    towns = {place.span.start: place.value for place in places if place.value.kind is not PlaceKind.COUNTRY}
    for found in addresses:
        town = towns.get(found.end())
        if town is None or found.start(1) in towns:
            continue
        name = found[1]
        if name.endswith(_NO_QUARTER) or name.split()[0].lower() in words("ranks"):
            continue
        radius = max(_RADIUS, town.radius_km or 0.0)
        place = replace(town, name=name, geonameid=None, radius_km=radius, within=(town.name, *town.within))
        yield Mention(Span(*found.span(1)), place)
