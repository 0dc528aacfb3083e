"""Departures: on which day all that is told of one took place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from garrison.estimation.arrays import Whole, one_of
from garrison.estimation.parameters import Parameters
from garrison.estimation.statements import Sort, Statements


def at_first_report(statements: Statements, parameters: Parameters) -> Statements:
    """``statements`` with every report of a departure on the day of the first report of it.

    What is reported has happened by then. That nothing is there, said within ``event`` days before others tell of the
    departure, is a report of it too. Were the departure a few days later, that word would stand alone against all that
    was said until then, and the departure, of what is not there, against that word.
    """
    leaving = np.flatnonzero(one_of(statements.sort, (Sort.DEPARTURE, Sort.FALL)))
    if not len(leaving):
        return statements
    leaving = leaving[np.lexsort((statements.day[leaving], statements.row[leaving]))]
    row, day = statements.row[leaving], statements.day[leaving]
    another = np.ones(len(leaving), dtype=bool)
    another[1:] = (row[1:] != row[:-1]) | (np.diff(day) > parameters.event)
    starts = np.flatnonzero(another)
    first = _gone(statements, row[starts], day[starts], int(parameters.event))
    moved = statements.day.copy()
    moved[leaving] = first[np.cumsum(another) - 1]
    return replace(statements, day=moved)


def _gone(statements: Statements, row: Whole, day: Whole, event: int) -> Whole:
    """The first day of those up to ``event`` before each ``day`` on which its ``row`` is said to be empty, else it."""
    empty = np.flatnonzero(statements.sort == Sort.ABSENT)
    if not len(empty):
        return day
    base = int(statements.day.min()) - event
    width = int(statements.day.max()) - base + 1
    said = np.sort(statements.row[empty] * width + statements.day[empty] - base)
    asked = row * width + day - base
    at = np.minimum(np.searchsorted(said, asked - event), len(said) - 1)
    found: Whole = np.where((said[at] >= asked - event) & (said[at] < asked), said[at] - row * width + base, day)
    return found
