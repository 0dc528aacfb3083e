"""Kept rows: rows on the last day on which anything is said of them, as plain as they lie in the file of estimates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from garrison.ledger.columns import Family
from garrison.vocabulary import Actor, Asset, Estimate, Place, PlaceKind, Row


class KeptRow(NamedTuple):
    """A row on the last ``day`` (ordinal) that anything is said of it, as plain as it lies in the file.

    ``key`` is the row's; ``sized``, ``voices``, ``dispute``, ``outlying`` and ``dropped`` are what its estimate has
    that does not depend on the day asked for (nothing outlying is ``None``); ``stated`` what is stated, without the
    citations (:func:`row_of`), ``None`` where nothing of it is to be seen yet; ``posterior`` the probability of each
    cell on that day, as bytes. Ten thousand are read at once, so that objects are made only of what is asked for.
    """

    key: str
    day: int
    sized: bool
    voices: int
    dispute: Sequence[str] | None
    outlying: Sequence[str] | None
    dropped: str | None
    stated: Sequence[Any] | None
    posterior: bytes


def kept_row(remark: Estimate, day: int, posterior: bytes, row: Row | None) -> KeptRow:
    """A row to keep, of which ``remark`` is the estimate without what depends on the day asked for."""
    told = (remark.row, day, remark.sized, remark.voices, remark.dispute, remark.outlying or None, remark.dropped)
    return KeptRow(*told, None if row is None else plain_row(row), posterior)


def estimate_of(
    kept: KeptRow, as_of: str, low: float | None, median: float | None, high: float | None, presence: float
) -> Estimate:
    """The estimate of a kept row on a day, with these figures where it has a size."""
    key, _, sized, voices, dispute, outlying, dropped, _, _ = kept
    return Estimate(
        key,
        as_of,
        int(low) if sized and low is not None else None,
        round(median) if sized and median is not None else None,
        int(high) if sized and high is not None else None,
        presence,
        voices,
        (dispute[0], dispute[1]) if dispute else None,
        tuple(outlying) if outlying else (),
        dropped,
    )


def row_of(stated: Sequence[Any], estimate: Estimate) -> Row:
    """The row of which this is stated, with its estimate, and the voices and the dispute that it finds."""
    id, name, iso3, asset, component, low, high, claims, checked, first, last, *place = stated
    # By the order of the fields: ``replace`` looks each of them up by its name, ten thousand times over.
    return Row(
        id,
        _actor(name, iso3),
        _ASSETS[asset],
        _place(*place),
        component,
        (),
        low,
        high,
        claims,
        estimate.voices,
        checked,
        first,
        last,
        estimate.dispute is not None,
        estimate,
    )


Sheet = dict[Family, tuple[KeptRow, ...]]


def plain_row(row: Row) -> tuple[Any, ...]:
    """What is stated of a row, without the citations, as it lies in the file (:func:`row_of`)."""
    place = row.place
    named, found = (place.name, place.iso3, place.kind), (place.geonameid, place.lat, place.lon, place.radius_km)
    # Of a country, as most places are, nothing more is to be read.
    more = () if found == (None,) * 4 and not place.within else (*found, *place.within)
    counts = (row.claims, row.checked, row.first_cited, row.last_cited)
    return row.id, row.actor.name, row.actor.iso3, row.asset, row.component, row.low, row.high, *counts, *named, *more


_PLACE_KINDS = {each.value: each for each in PlaceKind}
_ASSETS = {each.value: each for each in Asset}


# The world has the same few hundred actors and countries ten thousand times over.
@lru_cache(maxsize=4096)
def _actor(name: str, iso3: str | None) -> Actor:
    return Actor(name, iso3)


@lru_cache(maxsize=4096)
def _place(name: str, iso3: str | None, kind: str | None, *found: Any) -> Place:
    named = (name, iso3, _PLACE_KINDS[kind] if kind else None)
    if not found:
        return Place(*named)
    geonameid, lat, lon, radius_km, *within = found
    return Place(*named, geonameid, lat, lon, radius_km, tuple(within))
