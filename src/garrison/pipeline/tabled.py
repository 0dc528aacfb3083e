"""Tabled: the rows of today's world as they are shown, in one piece, so that a program just begun need not make them.

They lie beside the kept estimates, of one day and as of a tick; what was made anew since is taken from those.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from garrison.ledger.columns import Family, family_of
from garrison.ledger.days import day_text
from garrison.pipeline.kept_rows import plain_row, row_of
from garrison.vocabulary import Estimate, Row

Table = dict[Family, tuple[Row, ...]]
"""Rows with their estimates, by family."""


def tabled(rows: Sequence[Row]) -> Table:
    """Rows, each with an estimate, by family."""
    found: dict[Family, list[Row]] = {}
    for row in rows:
        assert row.estimate is not None
        found.setdefault(family_of(row.estimate.row), []).append(row)
    return {family: tuple(own) for family, own in found.items()}


def packed_table(table: Mapping[Family, Sequence[Row]], day: int, tick: tuple[int, str]) -> str:
    """A table of the day ``day`` (ordinal), as of a tick, as JSON."""
    families = [(*family, [(plain_row(row), _plain(row.estimate)) for row in rows]) for family, rows in table.items()]
    return json.dumps([day, *tick, families])


def unpacked_table(packed: str, day: int) -> tuple[tuple[int, str], Table] | None:
    """A table and the tick that it is as of; ``None`` if it is of another day than ``day``.

    Raises:
        ValueError: it is none.
    """
    of_day, seq, at, families = json.loads(packed)
    if of_day != day:
        return None
    as_of = day_text(day)
    table = {
        Family(actor, asset, place): tuple([row_of(stated, _estimate(told, as_of)) for stated, told in rows])
        for actor, asset, place, rows in families
    }
    return (seq, at), table


def _plain(estimate: Estimate | None) -> tuple[Any, ...]:
    assert estimate is not None
    figures = (estimate.low, estimate.median, estimate.high, estimate.presence)
    return estimate.row, *figures, estimate.voices, estimate.dispute, estimate.outlying or None, estimate.dropped


def _estimate(told: Sequence[Any], as_of: str) -> Estimate:
    key, low, median, high, presence, voices, dispute, outlying, dropped = told
    ends = (dispute[0], dispute[1]) if dispute else None
    more = tuple(outlying) if outlying else ()
    return Estimate(key, as_of, low, median, high, presence, voices, ends, more, dropped)
