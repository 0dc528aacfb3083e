"""Weighing: how much a statement adds to what its voice, and its voice's house, have said already."""

from __future__ import annotations

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Whole
from garrison.estimation.parameters import Parameters
from garrison.estimation.statements import MOVES, Sort, Statements


def weights(statements: Statements, parameters: Parameters) -> Floats:
    """The weight of each statement, 0 to 1; neither order nor copies matter.

    A voice counts once, with what it said last. What it said before counts as far as time has passed since, faster
    where the figure is another: a voice that repeats its figure has not looked again, or not much. Voices of one
    house share the weight of one, in part.
    """
    found = np.ones(len(statements))
    if not len(statements):
        return found
    channel = _channels(statements)
    low, high = _figure(statements)
    order = np.lexsort((high, low, statements.sort, statements.day, channel, statements.voice, statements.row))
    row, voice, day = statements.row[order], statements.voice[order], statements.day[order]
    kind, sort, low, high = channel[order], statements.sort[order], low[order], high[order]
    follows = (row[1:] == row[:-1]) & (voice[1:] == voice[:-1]) & (kind[1:] == kind[:-1])
    same = (low[1:] == low[:-1]) & (high[1:] == high[:-1]) & (sort[1:] == sort[:-1])
    after = (day[1:] - day[:-1]).astype(np.float64)
    afresh = -np.expm1(-after / np.where(same, parameters.again, parameters.anew))
    # Two figures of one voice for one day: both its word, half of it each, near enough; a copy adds nothing.
    afresh = np.where(~same & (after == 0), 0.5, afresh)
    ordered = np.ones(len(order))
    ordered[:-1] = np.where(follows & (kind[1:] < _MOVE), afresh, 1.0)
    found[order] = ordered
    return found * _leaning(statements, channel, parameters)


_MOVE = 3


def _channels(statements: Statements) -> Whole:
    """Numbers, parts and presences of one voice do not stand in for each other."""
    channel = np.zeros(len(statements), dtype=np.int64)
    channel[statements.sort == Sort.FLOOR] = 1
    channel[statements.sort >= Sort.PRESENT] = 2
    channel[statements.sort >= MOVES[0]] = _MOVE
    return channel


def _figure(statements: Statements) -> tuple[Floats, Floats]:
    return np.nan_to_num(statements.low, nan=-1.0), np.nan_to_num(statements.high, nan=-1.0)


def _leaning(statements: Statements, channel: Whole, parameters: Parameters) -> Floats:
    """Each statement's share of its house's word: one voice alone has all of it, n voices about 1/n each."""
    found = np.ones(len(statements))
    housed = np.flatnonzero((statements.house >= 0) & (channel < _MOVE))
    if not len(housed) or not parameters.lean:
        return found
    keys = np.stack([statements.row[housed], statements.house[housed], channel[housed]], axis=1)
    _, group = np.unique(keys, axis=0, return_inverse=True)
    order = np.lexsort((statements.day[housed], group.ravel()))
    starts = np.flatnonzero(np.diff(group.ravel()[order], prepend=-1))
    for first, last in zip(starts, [*starts[1:], len(order)], strict=True):
        members = housed[order[first:last]]
        if len(members) > 1:
            found[members] = _mates(statements.day[members], statements.voice[members], parameters) ** -parameters.lean
    return found


def _mates(day: Whole, voice: Whole, parameters: Parameters) -> Floats:
    """How many voices of the house, its own included, spoke within the time; ``day`` ascends."""
    names = np.unique(voice)
    if len(names) == 1:
        return np.ones(len(day))
    count = np.zeros(len(day))
    reach = int(parameters.together)
    for name in names:
        own = day[voice == name]
        count += np.searchsorted(own, day + reach, side="right") > np.searchsorted(own, day - reach, side="left")
    return count


def once(statements: Statements, parameters: Parameters) -> Flags:
    """Which statements to hear at all: of several reports of one move, the one with the middle figure.

    A move is reported by many; it took place once. Reports in one direction within ``event`` days of the one before
    are of one move; those with a number go before those without.
    """
    kept = np.ones(len(statements), dtype=bool)
    moves = np.flatnonzero(statements.sort >= MOVES[0])
    if len(moves) < 2:
        return kept
    upward = np.isin(statements.sort[moves], (Sort.ARRIVAL, Sort.RISE))
    low, high = _figure(statements)
    order = np.lexsort(
        (high[moves], low[moves], statements.sort[moves], statements.day[moves], upward, statements.row[moves])
    )
    moves, upward = moves[order], upward[order]
    row, day = statements.row[moves], statements.day[moves]
    another = np.ones(len(moves), dtype=bool)
    another[1:] = (row[1:] != row[:-1]) | (upward[1:] != upward[:-1]) | (np.diff(day) > parameters.event)
    starts = np.flatnonzero(another)
    kept[moves] = False
    for first, last in zip(starts, [*starts[1:], len(moves)], strict=True):
        kept[_spokesman(moves[first:last], statements)] = True
    return kept


def _spokesman(members: Whole, statements: Statements) -> int:
    numbered = members[np.isin(statements.sort[members], (Sort.RISE, Sort.FALL))]
    if not len(numbered):
        return int(members[0])
    low, high = _figure(statements)
    ranked = numbered[np.lexsort((statements.day[numbered], np.maximum(low, high)[numbered]))]
    return int(ranked[(len(ranked) - 1) // 2])
