"""Contested areas: the state that the United Nations counts each to, and who holds it."""

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
    return _by_name().get(plain(name))


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
