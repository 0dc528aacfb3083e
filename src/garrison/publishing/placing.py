"""Placing: where on a map a place is drawn, and as what; a region is never a bare dot."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from garrison.naming.contested import contested_area
from garrison.naming.gazetteer import candidates
from garrison.naming.place_ranking import as_place
from garrison.naming.place_resolution import known_area
from garrison.vocabulary import Place, PlaceKind

POINT_KM = 25.0
"""Within how many kilometres a town or a site must be known to be drawn as a point."""
POINTS = (PlaceKind.CITY, PlaceKind.BASE, PlaceKind.POINT)

Drawn = Literal["point", "area", "country"]


@lru_cache(maxsize=65536)
def whereabouts(place: Place) -> Place:
    """``place`` with coordinates: its own, else those of the region or sea of that name, else those of its country."""
    if place.lat is not None and place.lon is not None:
        return place
    for candidate in candidates(place.name):
        if candidate.lat is not None and candidate.kind not in POINTS and candidate.iso3 == place.iso3:
            return as_place(candidate)
    return known_area(place)


def drawn(where: Place) -> Drawn | None:
    """What to draw for a place that has been given its :func:`whereabouts`; ``None`` without coordinates."""
    if where.lat is None or where.lon is None:
        return None
    if where.kind is PlaceKind.COUNTRY:
        return "country"
    return "point" if where.kind in POINTS and (where.radius_km or 0.0) <= POINT_KM else "area"


def contested_name(place: Place) -> str | None:
    """The contested area that ``place`` is, by its name in the project's table; ``None`` for other places."""
    area = contested_area(place.name)
    return area.name if area is not None else None
