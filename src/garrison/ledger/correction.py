"""Corrections: a claim with one field set to what a person found right."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from garrison.ledger.days import is_date
from garrison.naming.countries import country_by_code, country_of
from garrison.vocabulary import (
    Actor,
    Asset,
    Claim,
    Hedge,
    Kind,
    Measure,
    Period,
    Place,
    Quantity,
    Status,
    UsageError,
)

FIELDS = ("kind", "status", "asset", "measure", "actor", "unit", "quantity", "place", "origin", "when")
_E = TypeVar("_E", bound=StrEnum)
_NUMBER = r"(\d[\d, ]*)"
_HEDGES = {
    Hedge.AT_LEAST: re.compile(rf"(?:at least|more than|over|>=?)\s*{_NUMBER}"),
    Hedge.AT_MOST: re.compile(rf"(?:at most|up to|no more than|fewer than|<=?)\s*{_NUMBER}"),
    Hedge.ABOUT: re.compile(rf"(?:about|around|some|~)\s*{_NUMBER}"),
    Hedge.RANGE: re.compile(rf"{_NUMBER}(?:\s*(?:-|–|to|\.\.)\s*){_NUMBER}"),
    Hedge.EXACT: re.compile(_NUMBER),
}


def corrected(claim: Claim, field: str, value: str) -> Claim:
    """``claim`` with ``field`` set to ``value`` as a person writes it; ``none`` empties a field.

    Args:
        claim: the claim as read.
        field: one of ``FIELDS``.
        value: a word of the guide for kind, status, asset, measure; a name for actor, unit; a name, optionally
            with a country in brackets (``Latakia (SYR)``), for place, origin; ``about 7,000``, ``up to 6000``,
            ``at least 100``, ``5000-7000`` for quantity; ``2019-01`` or ``2019-01/2020`` for when.

    Raises:
        UsageError: an unknown field, or a value that it cannot have.
    """
    value = value.strip()
    empty = value.lower() in ("none", "null", "")
    match field:
        case "kind":
            return replace(claim, kind=_member(Kind, field, value))
        case "status":
            return replace(claim, status=_member(Status, field, value))
        case "asset":
            return replace(claim, asset=_member(Asset, field, value))
        case "measure":
            return replace(claim, measure=_member(Measure, field, value))
        case "actor":
            return replace(claim, actor=None if empty else _actor(value))
        case "unit":
            return replace(claim, unit=None if empty else value)
        case "quantity":
            return replace(claim, quantity=None if empty else _quantity(value))
        case "place":
            return replace(claim, place=None if empty else _place(value))
        case "origin":
            return replace(claim, origin=None if empty else _place(value))
        case "when":
            return replace(claim, when=None if empty else _period(value))
    raise UsageError(f"{field!r} is no field that can be corrected; these can: {', '.join(FIELDS)}")


def _member(kind: type[_E], field: str, value: str) -> _E:
    try:
        return kind(value.lower())
    except ValueError:
        raise UsageError(f"{field} cannot be {value!r}; it is one of {', '.join(kind)}") from None


def _actor(value: str) -> Actor:
    country = country_of(value)
    return Actor(country.name, country.iso3) if country else Actor(value)


def _place(value: str) -> Place:
    name, bracket, inside = value.rstrip(")").partition("(")
    if bracket:
        country = country_by_code().get(inside.strip().upper()) or country_of(inside)
        if country is None:
            raise UsageError(f"{inside.strip()!r} in brackets is no country; write a place such as 'Latakia (SYR)'")
        return Place(name.strip(), country.iso3)
    country = country_of(value)
    return Place(country.name, country.iso3) if country else Place(value)


def _quantity(value: str) -> Quantity:
    plain = value.lower()
    for hedge, pattern in _HEDGES.items():
        if found := pattern.fullmatch(plain):
            numbers = [int(re.sub(r"[, ]", "", number)) for number in found.groups()]
            low = None if hedge is Hedge.AT_MOST else numbers[0]
            high = None if hedge is Hedge.AT_LEAST else numbers[-1]
            try:
                return Quantity(value, low, high, hedge)
            except ValueError:
                break
    raise UsageError(
        f"quantity cannot be {value!r}; write 7000, 'about 7000', 'up to 6000', 'at least 100' or 5000-7000"
    )


def _period(value: str) -> Period:
    start, slash, end = value.partition("/")
    bounds = [bound.strip() if bound.strip() not in ("", "..") else None for bound in (start, end if slash else start)]
    if any(bound is not None and not is_date(bound) for bound in bounds):
        raise UsageError(f"when cannot be {value!r}; write 2019, 2019-01, 2019-01-22, 2019/2020-03, 2019/.. or ../2019")
    return Period(value, bounds[0], bounds[1], open_start=bounds[0] is None, open_end=bounds[1] is None)
