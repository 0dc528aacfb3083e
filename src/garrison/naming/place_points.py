"""Points on the globe: coordinates written in a text, offsets from a place ("20 km north of Aleppo"), parts of one."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import re2

from garrison.naming.gazetteer import nearest
from garrison.naming.map_grid import from_mgrs
from garrison.vocabulary import Mention, Place, PlaceKind, Span

_DIGIT = re.compile(r"\d")
_KM_PER_DEGREE = 111.195
_MILE_KM = 1.609344
# The characters before a name in which an offset from it is looked for; offsets beyond this many km are none.
_BESIDE = 80
_FARTHEST_KM = 1500.0
# A direction is good for an eighth of the circle, a distance for its last digit: the point may be off by a quarter.
_OFF = 0.25
# A part lies about half way out from the middle, and is about as wide as half the whole.
_PART = 0.5
# A country further than this from a point is not the one it lies in.
_COUNTRY_KM = 100.0
_BEARINGS = {
    **{"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270},
    "northwest": 315,
}
_DEGREES = r"(\d{1,3})° ?(?:(\d{1,2})['′’] ?)?(?:(\d{1,2}(?:\.\d+)?)(?:[\"″”]|''|’’) ?)?"
_WAY = r"(?:north|south|east|west)(?:[ -]?(?:east|west))?"
_UNIT = r"(?:km|kms|kilomet(?:re|er)s?|miles?|mi)"


@cache
def _patterns() -> tuple[tuple[str, Any], ...]:
    decimal = r"([+-]?\d{1,2}\.\d+)"
    other = r"([+-]?\d{1,3}\.\d+)"
    return (
        ("decimal", re2.compile(rf"{decimal}()() ?, ?{other}()()")),
        ("lettered", re2.compile(rf"{decimal}(°?) ?([NS]),? ?{other}(°?) ?([EW])\b")),
        ("degrees", re2.compile(rf"{_DEGREES}([NS])[,;]? ?{_DEGREES}([EW])\b")),
        (
            "grid",
            re2.compile(r"\b(\d{1,2}[C-HJ-NP-X] ?[A-HJ-NP-Z]{2} ?(?:\d{5} \d{5}|\d{4} \d{4}|\d{3} \d{3}|\d{4,10}))\b"),
        ),
    )


# What each pattern needs, told more cheaply.
_NEEDS = {
    **dict.fromkeys(("decimal", "lettered"), re.compile(r"\d\.\d")),
    "degrees": re.compile("°"),
    "grid": re.compile(r"\d[C-HJ-NP-X] ?[A-HJ-NP-Z]{2} ?\d"),
}


def coordinates_in(text: str) -> tuple[Mention[Place], ...]:
    """The coordinates written in ``text``, decimal, in degrees or of the military grid, with their country.

    The radius follows from the digits written. Decimal numbers without N, S, E and W count from three decimals on.
    """
    if _DIGIT.search(text) is None:
        return ()
    found: list[Mention[Place]] = []
    for name, pattern in _patterns():
        for match in pattern.finditer(text) if _NEEDS[name].search(text) else ():
            start, end = match.span()
            before, after = text[start - 1 : start], text[end : end + 1]
            if before.isdigit() or before in (".", "-") or (after.isdigit() and after):
                continue
            point = _point(name, match.groups())
            if point is not None:
                found.append(Mention(Span(start, end), _place(match.group(), *point)))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)))


def _point(name: str, groups: tuple[str | None, ...]) -> tuple[float, float, float] | None:
    """The latitude, longitude and radius in km that the groups of a match give; ``None`` if they are none."""
    if name == "grid":
        return from_mgrs((groups[0] or "").replace(" ", ""))
    if name == "degrees":
        lat, lon = (_sexagesimal(*groups[at : at + 3]) for at in (0, 4))
        south, west = groups[3] == "S", groups[7] == "W"
        finest = 1 / 3600 if groups[2] else 1 / 60 if groups[1] else 1.0
    else:
        decimals = min(len((groups[at] or "").split(".")[1]) for at in (0, 3))
        if name == "decimal" and decimals < 3:
            return None
        lat, lon = float(groups[0] or 0), float(groups[3] or 0)
        south, west = groups[2] == "S", groups[5] == "W"
        finest = 10.0**-decimals
    lat, lon = -lat if south else lat, -lon if west else lon
    if abs(lat) > 90 or abs(lon) > 180:
        return None
    return lat, lon, max(0.05, finest * _KM_PER_DEGREE / 2)


def _sexagesimal(degrees: str | None, minutes: str | None, seconds: str | None) -> float:
    return float(degrees or 0) + float(minutes or 0) / 60 + float(seconds or 0) / 3600


@lru_cache(maxsize=1024)
def _place(words: str, lat: float, lon: float, radius: float) -> Place:
    town = nearest(lat, lon, _COUNTRY_KM)
    iso3 = town.iso3 if town is not None else None
    return Place(words, iso3, PlaceKind.POINT, None, round(lat, 5), round(lon, 5), round(radius, 3))


def at_coordinates(name: str) -> Place | None:
    """The point of a mention that is nothing but coordinates."""
    found = coordinates_in(name)
    return found[0].value if found and len(found[0].span) == len(name.strip()) else None


@cache
def _offset() -> Any:
    number = r"(\d{1,4}(?:[.,]\d{1,3})?)"
    aside = r"(?: \([^()]{1,30}\))?"
    relation = rf"(?:(?:to the |due )?({_WAY}) of|from|outside|off)"
    what = r"(?:(?:city|town|village|port|capital|coast|border|outskirts) (?:of |with )?)"
    return re2.compile(
        rf"(?i)(?:^|[^\pL\pN.,]){number}(?:[ -](?:to|or|–) ?\d+)?[ -]?({_UNIT}){aside} {relation} (?:the )?{what}?$"
    )


def offset_before(text: str, start: int) -> tuple[float, int | None, int] | None:
    """How far from the name at ``start`` the words before it say (km, bearing in degrees), and where they begin."""
    lead = text[max(0, start - _BESIDE) : start]
    if " of " not in lead[-30:] + " " and not lead.rstrip().endswith(("from", "outside", "off", "the", "of")):
        return None
    match = _offset().search(lead) if _DIGIT.search(lead) else None
    if match is None:
        return None
    said, unit, way = match.groups()
    km = float(said.replace(",", "")) * (_MILE_KM if unit.lower().startswith("mi") else 1.0)
    bearing = _BEARINGS[way.lower().replace(" ", "").replace("-", "")] if way else None
    return (km, bearing, max(0, start - _BESIDE) + match.start(1)) if 0 < km <= _FARTHEST_KM else None


def offset_within(name: str) -> tuple[int, float, int | None] | None:
    """Where in a mention that begins with an offset ("20 km north of Aleppo") its place begins, with the offset."""
    if _DIGIT.search(name, 0, 24) is None:
        return None
    for at, char in enumerate(name[:_BESIDE]):
        if char.isupper() and at and name[at - 1] == " ":
            found = offset_before(name, at)
            if found is not None:
                return at, *found[:2]
    return None


def set_off(place: Place, km: float, bearing: int | None) -> Place:
    """The point ``km`` from a place in a bearing; without one, the place with a radius that reaches as far."""
    if place.lat is None or place.lon is None:
        return place
    radius = place.radius_km or 0.0
    if bearing is None:
        return replace(place, kind=PlaceKind.POINT, geonameid=None, radius_km=round(radius + km, 1))
    lat, lon = moved(place.lat, place.lon, km, bearing)
    return replace(
        place,
        kind=PlaceKind.POINT,
        geonameid=None,
        lat=round(lat, 4),
        lon=round(lon, 4),
        radius_km=round(max(radius, _OFF * km), 1),
    )


def part_of(place: Place, direction: str) -> Place:
    """The part of a place that a word names ("eastern", "central"): its middle set off, its reach less."""
    way = direction.lower().replace(" ", "").replace("-", "").removesuffix("ern").removeprefix("far")
    if place.lat is None or place.lon is None or place.radius_km is None:
        return place
    if way == "central":
        return replace(place, radius_km=round(place.radius_km * _PART, 1), geonameid=None)
    if way not in _BEARINGS:
        return place
    lat, lon = moved(place.lat, place.lon, place.radius_km * _PART, _BEARINGS[way])
    return replace(
        place, lat=round(lat, 4), lon=round(lon, 4), radius_km=round(place.radius_km * _PART * 1.2, 1), geonameid=None
    )


def moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point ``km`` from (lat, lon) along a great circle that sets out in ``bearing`` degrees from the north."""
    phi, lam, theta, arc = (
        math.radians(lat),
        math.radians(lon),
        math.radians(bearing),
        math.radians(km / _KM_PER_DEGREE),
    )
    there = math.asin(
        max(-1.0, min(1.0, math.sin(phi) * math.cos(arc) + math.cos(phi) * math.sin(arc) * math.cos(theta)))
    )
    east = math.atan2(math.sin(theta) * math.sin(arc) * math.cos(phi), math.cos(arc) - math.sin(phi) * math.sin(there))
    return math.degrees(there), (math.degrees(lam + east) + 180) % 360 - 180
