"""Nesting: what is said of a part says of the whole that it is no less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from garrison.estimation.arrays import Whole, in_order, one_of
from garrison.estimation.statements import Sort, Statements, joined

_NUMBERED = (Sort.EXACT, Sort.ABOUT, Sort.AT_LEAST, Sort.RANGE, Sort.VAGUE)
_THERE = (Sort.PRESENT, Sort.AT_MOST, Sort.ARRIVAL, Sort.RISE)


def nested(statements: Statements, wholes: Sequence[tuple[int, int]]) -> tuple[Statements, Whole]:
    """``statements`` with what those about parts say of their wholes, and the position each one stems from.

    A number for a site is a lower bound for its country, and one for a component for the total; a voice's bounds
    count once (:mod:`weighing`). A presence in a part is one in the whole. Nothing is summed, since parts may
    overlap, and no part is bounded by its whole here.

    Args:
        statements: columns.
        wholes: rows of a part and of the whole it belongs to; a part may belong to several.
    """
    found, stems = [statements], [np.arange(len(statements))]
    if not wholes:
        return statements, stems[0]
    by_row = in_order(statements.row)
    row = statements.row[by_row]
    # "None" of a part says nothing of the whole.
    bounding = one_of(statements.sort, _NUMBERED) & (statements.low >= 1)
    showing = one_of(statements.sort, _THERE)
    for part, whole in wholes:
        first, last = np.searchsorted(row, (part, part + 1))
        own = by_row[first:last]
        bounds, there = own[bounding[own]], own[showing[own]]
        found += [_as(statements.where(bounds), Sort.FLOOR, whole), _as(statements.where(there), Sort.PRESENT, whole)]
        stems += [bounds, there]
    return joined(found), np.concatenate(stems)


def _as(found: Statements, sort: Sort, whole: int) -> Statements:
    many = len(found)
    return replace(
        found,
        row=np.full(many, whole, dtype=np.int64),
        sort=np.full(many, int(sort), dtype=np.int64),
        low=found.low if sort is Sort.FLOOR else np.full(many, np.nan),
        high=np.full(many, np.nan),
    )
