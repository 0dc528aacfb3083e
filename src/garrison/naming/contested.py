"""Contested areas: the state that the United Nations counts each to, who holds it, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from garrison.naming.lexicon import listed, reference_rows
from garrison.naming.spelling import plain


@dataclass(frozen=True, slots=True)
class Contested:
    """An area, the code of the state that the United Nations counts it to, and its holders (codes or names).

    ``lat``, ``lon`` (degrees) and ``radius_km`` are its middle and its rough reach.
    """

    name: str
    un_iso3: str | None
    held_by: tuple[str, ...]
    since: str | None
    basis: str | None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


@cache
def contested_areas() -> tuple[Contested, ...]:
    """Every contested area of the table."""
    return tuple(dict.fromkeys(_by_name().values()))


def contested_area(name: str) -> Contested | None:
    """The contested area called ``name``; ``None`` if there is none."""
    form = plain(name)
    return _by_name().get(form) or _by_name().get(form.removeprefix("the "))


Ring = tuple[tuple[float, float], ...]


def contested_outline(name: str) -> tuple[tuple[Ring, ...], ...] | None:
    """The outline of a contested area of the table, to about a kilometre; ``None`` where only its reach is known.

    Polygons, each an outer ring that runs anticlockwise and its holes, of longitudes and latitudes in degrees.
    """
    return _outlines().get(name)


@cache
def _outlines() -> dict[str, tuple[tuple[Ring, ...], ...]]:
    """The outlines of ``contested_outlines.csv``, which says where they are from."""
    return {row["name"]: _polygons(row["outline"]) for row in reference_rows("contested_outlines.csv")}


def _polygons(wkt: str) -> tuple[tuple[Ring, ...], ...]:
    shapes = wkt.removeprefix("MULTIPOLYGON(((").removesuffix(")))").split(")),((")
    return tuple(tuple(_ring(ring) for ring in shape.split("),(")) for shape in shapes)


def _ring(points: str) -> Ring:
    pairs = (point.split(" ") for point in points.split(","))
    return tuple((float(lon), float(lat)) for lon, lat in pairs)


@cache
def _by_name() -> dict[str, Contested]:
    areas: dict[str, Contested] = {}
    for row in reference_rows("contested.csv"):
        area = Contested(
            row["name"],
            row["un_iso3"] or None,
            listed(row["held_by"]),
            row["since"] or None,
            row["basis"] or None,
            *(float(row[name]) if row[name] else None for name in ("lat", "lon", "radius_km")),
        )
        for name in (row["name"], *listed(row["aliases"])):
            areas.setdefault(plain(name), area)
    return areas
