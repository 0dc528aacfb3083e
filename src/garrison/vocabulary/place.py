"""Places: where a force is, goes to or leaves, never finer than the words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What sort of place the words name."""

    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    BASE = "base"
    BORDER = "border"
    SEA = "sea"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written, with what is known of it.

    ``iso3`` is the country it lies in (guide, *place_iso3*), ``None`` for seas and regions of several countries.
    ``lat`` and ``lon`` are degrees (WGS 84), ``radius_km`` the uncertainty around them; all ``None`` where the name
    is not resolved. ``within`` names what it lies in, smallest first.
    """

    name: str
    iso3: str | None = None
    kind: PlaceKind | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    within: tuple[str, ...] = ()
