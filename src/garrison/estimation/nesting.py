"""Nesting: what is said of a part says of the whole that it is no less."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from garrison.estimation.arrays import Whole
from garrison.estimation.statements import Sort, Statements, joined

_NUMBERED = (Sort.EXACT, Sort.ABOUT, Sort.AT_LEAST, Sort.RANGE, Sort.VAGUE)
_THERE = (Sort.PRESENT, Sort.AT_MOST, Sort.ARRIVAL, Sort.RISE)


def nested(statements: Statements, wholes: Mapping[int, int]) -> Statements:
    """``statements`` with what those about parts say of their wholes.

    A number for a site is a lower bound for its country, and one for a component for the total; a voice's bounds
    count once (:mod:`weighing`). A presence in a part is one in the whole. Nothing is summed, since parts may
    overlap, and no part is bounded by its whole here.

    Args:
        statements: columns.
        wholes: for the rows of parts, the row of the whole.
    """
    if not wholes or not len(statements):
        return statements
    parts = np.array(sorted(wholes), dtype=np.int64)
    whole = np.array([wholes[int(part)] for part in parts], dtype=np.int64)
    numbered = np.flatnonzero(np.isin(statements.row, parts) & np.isin(statements.sort, _NUMBERED))
    there = np.flatnonzero(np.isin(statements.row, parts) & np.isin(statements.sort, _THERE))
    bounds = _as(statements.where(numbered), Sort.FLOOR, parts, whole)
    # "None" of a part says nothing of the whole.
    bounds = bounds.where(bounds.low >= 1)
    return joined([statements, bounds, _as(statements.where(there), Sort.PRESENT, parts, whole)])


def _as(found: Statements, sort: Sort, parts: Whole, whole: Whole) -> Statements:
    rows = whole[np.searchsorted(parts, found.row)] if len(found) else found.row
    low = found.low if sort is Sort.FLOOR else np.full(len(found), np.nan)
    open_end = np.full(len(found), np.nan)
    kinds = np.full(len(found), int(sort), dtype=np.int64)
    return Statements(
        rows, found.day, found.give, found.known, kinds, low, open_end, found.voice, found.house, found.wrong
    )
