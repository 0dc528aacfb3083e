"""Suggesting: what a person may mean by the first letters of a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from garrison.ledger import Ledger, asking, naming_index
from garrison.naming.countries import countries
from garrison.naming.lexicon import key
from garrison.pipeline.atlas import atlas

SUGGESTED = 12


class Sort(StrEnum):
    """What a name is a name of."""

    COUNTRY = "country"
    ACTOR = "actor"
    UNIT = "unit"
    SITE = "site"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Named:
    """Something with names: what it is, the id by which it is asked for, its name, and a word to tell it by.

    ``keys`` are its names in their plain form; ``weight`` is how much the ledger has of it.
    """

    sort: Sort
    id: str
    name: str
    detail: str
    keys: tuple[str, ...]
    weight: int


def named(ledger: Ledger) -> tuple[Named, ...]:
    """Everything in the ledger that has a name, and every country."""
    found = atlas(ledger)
    claims: dict[str, int] = {}
    actors: dict[str, tuple[str, int, bool]] = {}
    sites: dict[tuple[str, str], int] = {}
    for force in found.forces:
        row = force.row
        if row.place.iso3:
            claims[row.place.iso3] = claims.get(row.place.iso3, 0) + row.claims
        _, weight, _ = actors.get(row.actor.id, ("", 0, False))
        actors[row.actor.id] = (row.actor.name, weight + row.claims, row.actor.iso3 is not None)
        if row.place.iso3 is None or row.place.kind is None or row.place.kind.value != "country":
            at = (row.place.name, row.place.iso3 or "")
            sites[at] = sites.get(at, 0) + row.claims
    index = [
        Named(Sort.COUNTRY, one.iso3, one.name, "country", _keys((*one.names, one.iso3)), claims.get(one.iso3, 0))
        for one in countries()
    ]
    index += [
        Named(Sort.ACTOR, id, name, "forces of" if state else "armed group", _keys((name,)), weight)
        for id, (name, weight, state) in actors.items()
    ]
    index += [
        Named(Sort.SITE, name, name, f"site in {iso3}" if iso3 else "place", _keys((name,)), weight)
        for (name, iso3), weight in sites.items()
    ]
    moment = asking.moment(ledger.session, None, None)
    index += [
        Named(Sort.UNIT, name, name, "unit", _keys((name,)), weight)
        for name, weight in naming_index.units(ledger.session, moment)
    ]
    index += [
        Named(Sort.OUTLET, name, name, "outlet", _keys((name,)), weight)
        for name, weight in naming_index.outlets(ledger.session, moment)
    ]
    return tuple(index)


def _keys(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key(name).strip() for name in names if name))


def suggested(index: Iterable[Named], typed: str, limit: int = SUGGESTED) -> list[Named]:
    """What of ``index`` is called ``typed``, begins so, or has a word that does, in this order; much before little."""
    asked = " ".join(key(typed).split())
    if not asked:
        return []
    found = []
    for each in index:
        rank = min((_rank(name, asked) for name in each.keys), default=9)
        if rank < 9 and (each.weight or each.sort is Sort.COUNTRY):
            found.append((rank, -each.weight, each.name, each))
    return [each for *_, each in sorted(found, key=lambda one: one[:3])[:limit]]


def _rank(name: str, asked: str) -> int:
    if name == asked:
        return 0
    if name.startswith(asked):
        return 1
    return 2 if f" {asked}" in name or f"-{asked}" in name else 9
