"""Disputes: rows in which two voices exclude each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Whole, distinct, in_order, one_of
from garrison.estimation.drift import YEAR
from garrison.estimation.parameters import DEFAULT, Parameters
from garrison.estimation.statements import MOVES, Sort, Statements
from garrison.estimation.tolerance import rooms

# What was said so long before the newest statement is no longer a voice in the matter (days).
CURRENT = 366
# Of many voices those with the lowest and the highest figures are compared.
OUTERMOST = 8
_UP, _DOWN = (Sort.ARRIVAL, Sort.RISE), (Sort.DEPARTURE, Sort.FALL)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two statements, by position, that exclude each other; ``apart`` is how far, in log(1 + x)."""

    row: int
    one: int
    other: int
    apart: float


def disputes(statements: Statements, parameters: Parameters = DEFAULT) -> tuple[Dispute, ...]:
    """In each row the pair of current statements that lie furthest apart, where no level has room in both.

    Each voice is heard with what it said last. The room of the older statement is widened by what a force changes until
    the newer one, and a reported move in its direction between the two explains a change: neither is a contradiction.
    Voices of one house do not contradict each other.
    """
    found = []
    levels = (statements.sort < Sort.FLOOR) | (statements.sort == Sort.ABSENT)
    if not levels.any():
        return ()
    # All that matters are levels and moves of the last year: mostly few of what was ever said.
    lately = statements.day >= _newest(statements.row, statements.day, levels) - CURRENT
    late = np.flatnonzero(lately & (levels | (statements.sort >= MOVES[0])))
    statements, levels = statements.where(late), np.flatnonzero(levels[late])
    order = levels[in_order(statements.row[levels], statements.voice[levels], statements.day[levels])]
    row = statements.row[order]
    current = order[np.append((np.diff(row) != 0) | (np.diff(statements.voice[order]) != 0), True)]
    low, high = np.full(len(statements), np.nan), np.full(len(statements), np.nan)
    low[current], high[current] = map(np.log1p, rooms(statements.where(current)))
    moves = np.flatnonzero(statements.sort >= MOVES[0])
    moves = moves[in_order(statements.row[moves])] if len(moves) else moves
    starts = np.flatnonzero(np.diff(statements.row[current], prepend=-1))
    # Most rows are of one mind even before time is allowed for.
    apart = np.maximum.reduceat(low[current], starts) > np.minimum.reduceat(high[current], starts)
    rows = np.split(current, starts[1:])
    for own in (rows[at] for at in np.flatnonzero(apart).tolist()):
        at = int(statements.row[own[0]])
        first, last = np.searchsorted(statements.row[moves], (at, at + 1))
        worst = _worst(statements, own, (low, high), moves[first:last], parameters)
        if worst is not None:
            one, other, by = worst
            found.append(Dispute(at, int(late[one]), int(late[other]), by))
    return tuple(found)


def _newest(row: Whole, day: Whole, chosen: Flags) -> Whole:
    """The last of the days of those ``chosen`` of each one's row; of rows with none, one before all."""
    if (row == row[0]).all():
        of_all: Whole = np.where(chosen, day, 0).max(keepdims=True)
        return of_all
    newest = np.zeros(int(row.max()) + 1, dtype=np.int64)
    np.maximum.at(newest, row[chosen], day[chosen])
    return newest[row]


def _worst(
    statements: Statements, current: Whole, room: tuple[Floats, Floats], moves: Whole, parameters: Parameters
) -> tuple[int, int, float] | None:
    low, high = room
    if len(current) > 2 * OUTERMOST:
        lowest, highest = np.argsort(high[current], kind="stable"), np.argsort(-low[current], kind="stable")
        current = distinct(np.concatenate([current[lowest[:OUTERMOST]], current[highest[:OUTERMOST]]]))
    one, other = np.triu_indices(len(current), 1)
    one, other = current[one], current[other]
    house = statements.house
    free = (house[one] < 0) | (house[one] != house[other])
    one, other = one[free], other[free]
    day = statements.day
    older, newer = np.where(day[one] <= day[other], one, other), np.where(day[one] <= day[other], other, one)
    change = parameters.wander * np.sqrt((day[newer] - day[older]) / YEAR)
    below, above = low[newer] - high[older] - change, low[older] - high[newer] - change
    apart = np.maximum(below, above)
    apart[_explained(statements, older, newer, below > above, moves)] = 0.0
    if not len(apart) or apart.max() <= 0:
        return None
    worst = int(apart.argmax())
    return int(one[worst]), int(other[worst]), float(apart[worst])


def _explained(statements: Statements, older: Whole, newer: Whole, risen: Flags, moves: Whole) -> Flags:
    """Whether a move in the right direction is reported between the two of a pair."""
    up = moves[one_of(statements.sort[moves], _UP)]
    down = moves[one_of(statements.sort[moves], _DOWN)]
    first, last = statements.day[older], statements.day[newer]

    def between(which: Whole) -> Flags:
        day = np.sort(statements.day[which])
        found: Flags = np.searchsorted(day, last, side="right") > np.searchsorted(day, first, side="left")
        return found

    explained: Flags = np.where(risen, between(up), between(down))
    return explained
