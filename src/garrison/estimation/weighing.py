"""Weighing: how much a statement adds to what its voice, and its voice's house, have said already."""

from __future__ import annotations

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Whole
from garrison.estimation.parameters import Parameters
from garrison.estimation.statements import MOVES, Sort, Statements


def weights(statements: Statements, parameters: Parameters) -> Floats:
    """The weight of each statement, 0 to 1; neither order nor copies matter."""
    again, house, figure = shares(statements, parameters)
    # Who is of the house and says the same is not to be halved twice.
    found: Floats = again * np.minimum(house, figure)
    return found


def shares(statements: Statements, parameters: Parameters) -> tuple[Floats, Floats, Floats]:
    """What weights are made of: what a voice that spoke again leaves a statement, its house, and its figure.

    A voice counts once, with what it said last. What it said before counts as far as time has passed since, faster
    where the figure is another: a voice that repeats its figure has not looked again, or not much. Voices of one
    house share the weight of one, in part.
    """
    found = np.ones(len(statements))
    if not len(statements):
        return found, found, found
    channel = channels(statements)
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
    return found, *_leaning(statements, channel, parameters)


_MOVE = 3


def channels(statements: Statements) -> Whole:
    """Numbers, parts and presences of one voice do not stand in for each other."""
    channel = np.zeros(len(statements), dtype=np.int64)
    channel[statements.sort == Sort.FLOOR] = 1
    channel[statements.sort >= Sort.PRESENT] = 2
    channel[statements.sort >= MOVES[0]] = _MOVE
    return channel


def _figure(statements: Statements) -> tuple[Floats, Floats]:
    return np.nan_to_num(statements.low, nan=-1.0), np.nan_to_num(statements.high, nan=-1.0)


def _leaning(statements: Statements, channel: Whole, parameters: Parameters) -> tuple[Floats, Floats]:
    """Each statement's share of its house's word, and of its figure's: one voice alone has all, n about 1/n each.

    Outlets of one owner lean together. So do those that give one and the same figure within days of each other:
    where the copying leaves no trace in the words, it does in the number.
    """
    spoken = channel < _MOVE
    housed = np.flatnonzero(spoken & (statements.house >= 0))
    keys = (statements.row, statements.house, channel)
    house = _together(statements, housed, keys, parameters.together) ** -parameters.lean
    numbered = np.flatnonzero(statements.sort < Sort.FLOOR)
    low, high = _figure(statements)
    alike = _together(statements, numbered, (statements.row, low, high), parameters.echo) ** -parameters.herd
    return house, alike


def _together(statements: Statements, chosen: Whole, keys: tuple[Whole | Floats, ...], reach: float) -> Floats:
    """How many voices with the same keys speak at about the same time as each of the chosen; one for the others.

    Time is cut into spans of twice the ``reach`` in two ways, half a span apart, and the larger count is taken: any
    two within reach are in one span of either.
    """
    found = np.ones(len(statements))
    if not len(chosen):
        return found
    own = [key[chosen] for key in keys]
    voice, day = statements.voice[chosen], statements.day[chosen]
    for offset in (0, int(reach)):
        span = (day + offset) // max(1, int(2 * reach))
        order = np.lexsort((voice, span, *own))
        columns = [each[order] for each in (span, *own)]
        another = np.ones(len(order), dtype=bool)
        another[1:] = np.any([each[1:] != each[:-1] for each in columns], axis=0)
        group = np.cumsum(another) - 1
        fresh = another.copy()
        fresh[1:] |= voice[order][1:] != voice[order][:-1]
        many = np.bincount(group, weights=fresh)[group]
        found[chosen[order]] = np.maximum(found[chosen[order]], many)
    return found


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
    low, high = (np.nan_to_num(each[moves], nan=-1.0) for each in (statements.low, statements.high))
    size = np.maximum(low, high)
    order = np.lexsort((size, statements.sort[moves], statements.day[moves], upward, statements.row[moves]))
    moves, upward, size = moves[order], upward[order], size[order]
    row, day = statements.row[moves], statements.day[moves]
    another = np.ones(len(moves), dtype=bool)
    another[1:] = (row[1:] != row[:-1]) | (upward[1:] != upward[:-1]) | (np.diff(day) > parameters.event)
    event = np.cumsum(another) - 1
    kept[moves] = False
    numbered = np.flatnonzero(np.isin(statements.sort[moves], (Sort.RISE, Sort.FALL)))
    with_number = np.zeros(int(event[-1]) + 1, dtype=bool)
    with_number[event[numbered]] = True
    # Of reports without a number the first speaks for all, of those with one the middle.
    first = np.flatnonzero(another)
    kept[moves[first[~with_number]]] = True
    if len(numbered):
        voice = statements.voice[moves]
        ranked = numbered[np.lexsort((day[numbered], voice[numbered], size[numbered], event[numbered]))]
        same = [np.diff(each[ranked], prepend=-1) == 0 for each in (event, size, voice)]
        ranked = ranked[~np.all(same, axis=0)]
        starts = np.flatnonzero(np.diff(event[ranked], prepend=-1))
        counts = np.diff(np.append(starts, len(ranked)))
        kept[moves[ranked[starts + (counts - 1) // 2]]] = True
    return kept
