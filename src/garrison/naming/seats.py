"""Seats: names of buildings, commands, capitals and long-serving spokesmen that stand for a state's word."""

from __future__ import annotations

from functools import cache

from garrison.naming.lexicon import key, listed, reference_rows


def seats_in(text: str) -> frozenset[str]:
    """The codes of the states whose seat ``text`` names at whole words."""
    plain = f" {key(text)} "
    return frozenset(iso3 for name, iso3 in _seats() if f" {name} " in plain)


@cache
def _seats() -> tuple[tuple[str, str], ...]:
    return tuple((key(name), row["iso3"]) for row in reference_rows("seats.csv") for name in listed(row["names"]))
