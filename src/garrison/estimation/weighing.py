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
    """Each statement's share of its house's word, and of its figure's: one voice alone has all, n about 1/n each.

    Outlets of one owner lean together. So do those that give one and the same figure within days of each other:
    where the copying leaves no trace in the words, it does in the number.
    """
    spoken = channel < _MOVE
    housed = np.flatnonzero(spoken & (statements.house >= 0))
    keys = np.stack([statements.row, statements.house, channel], axis=1)
    found = _shares(statements, housed, keys, parameters.together) ** -parameters.lean
    numbered = np.flatnonzero(statements.sort < Sort.FLOOR)
    keys = np.stack([statements.row, *(figure.astype(np.int64) for figure in _figure(statements))], axis=1)
    alike = _shares(statements, numbered, keys, parameters.echo) ** -parameters.herd
    # Who is of the house and says the same is not to be halved twice.
    return np.minimum(found, alike)


def _shares(statements: Statements, chosen: Whole, keys: Whole, reach: float) -> Floats:
    """How many voices with the same keys speak within ``reach`` days of each of the chosen; one for the others."""
    found = np.ones(len(statements))
    if not len(chosen):
        return found
    group = np.unique(keys[chosen], axis=0, return_inverse=True)[1].ravel()
    order = np.lexsort((statements.day[chosen], group))
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    for first, last in zip(starts, [*starts[1:], len(order)], strict=True):
        if last - first > 1:
            members = chosen[order[first:last]]
            found[members] = _mates(statements.day[members], statements.voice[members], int(reach))
    return found


def _mates(day: Whole, voice: Whole, reach: int) -> Floats:
    """How many voices, each one's own included, spoke within ``reach`` days; ``day`` ascends."""
    names = np.unique(voice)
    if len(names) == 1:
        return np.ones(len(day))
    count = np.zeros(len(day))
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
