"""Weighing: how much a statement adds to what its voice, and its voice's house, have said already."""

from __future__ import annotations

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Whole, different_ones, filled, in_order, one_of
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
    channel = channels(statements.sort)
    low, high = figures(statements)
    order = _in_turn(statements, channel, low, high)
    row, voice, day = statements.row[order], statements.voice[order], statements.day[order]
    kind, sort, low, high = channel[order], statements.sort[order], low[order], high[order]
    follows = (row[1:] == row[:-1]) & (voice[1:] == voice[:-1]) & (kind[1:] == kind[:-1])
    at = np.flatnonzero(follows & (kind[1:] < _MOVE))
    same = (low[at + 1] == low[at]) & (high[at + 1] == high[at]) & (sort[at + 1] == sort[at])
    after = (day[at + 1] - day[at]).astype(np.float64)
    afresh = -np.expm1(-after / np.where(same, parameters.again, parameters.anew))
    ordered = np.ones(len(order))
    # Two figures of one voice for one day: both its word, half of it each, near enough; a copy adds nothing.
    ordered[at] = np.where(~same & (after == 0), 0.5, afresh)
    found[order] = ordered
    return found, *_leaning(statements, channel, parameters)


_MOVE = 3


def _in_turn(statements: Statements, channel: Whole, low: Floats, high: Floats) -> Whole:
    """The order of what each voice says in each row and channel, day by day; of one day by sort and figure."""
    turn = 4 * (statements.day - statements.day.min()) + channel
    order = in_order(statements.row, statements.voice, channel, statements.day)
    tied = np.ones(len(order) - 1, dtype=bool)
    for each in (turn, statements.voice, statements.row):
        tied &= np.diff(each[order]) == 0
    if tied.any():
        # Few are of one voice and one day: only those need their figures compared.
        inside = np.flatnonzero(np.append(tied, False) | np.append(False, tied))
        group = np.cumsum(np.append(True, ~tied))[inside]
        own = order[inside]
        order[inside] = own[np.lexsort((high[own], low[own], statements.sort[own], group))]
    return order


def channels(sort: Whole) -> Whole:
    """Numbers, parts and presences of one voice do not stand in for each other."""
    channel = np.zeros(len(sort), dtype=np.int64)
    channel[sort == Sort.FLOOR] = 1
    channel[sort >= Sort.PRESENT] = 2
    channel[sort >= MOVES[0]] = _MOVE
    return channel


def figures(statements: Statements) -> tuple[Floats, Floats]:
    """The bounds of each statement, -1 where it has none."""
    return filled(statements.low, -1.0), filled(statements.high, -1.0)


def _leaning(statements: Statements, channel: Whole, parameters: Parameters) -> tuple[Floats, Floats]:
    """Each statement's share of its house's word, and of its figure's: one voice alone has all, n about 1/n each.

    Outlets of one owner lean together. So do those that give one and the same figure within days of each other:
    where the copying leaves no trace in the words, it does in the number.
    """
    spoken = channel < _MOVE
    housed = np.flatnonzero(spoken & (statements.house >= 0))
    keys = (statements.row, statements.house, channel)
    house = _shared(_together(statements, housed, keys, parameters.together), parameters.lean)
    numbered = np.flatnonzero(statements.sort < Sort.FLOOR)
    low, high = figures(statements)
    alike = _shared(_together(statements, numbered, (statements.row, low, high), parameters.echo), parameters.herd)
    return house, alike


def _shared(many: Floats, lean: float) -> Floats:
    """The share of each of so ``many``; most are alone, and have all."""
    found = np.ones(len(many))
    several = np.flatnonzero(many > 1)
    found[several] = many[several] ** -lean
    return found


def _together(statements: Statements, chosen: Whole, keys: tuple[Whole | Floats, ...], reach: float) -> Floats:
    """How many voices with the same keys speak at about the same time as each of the chosen; one for the others.

    Time is cut into spans of twice the ``reach`` in two ways, half a span apart, and the larger count is taken: any
    two within reach are in one span of either.
    """
    found = np.ones(len(statements))
    if not len(chosen):
        return found
    unlike = [each for each in (key[chosen] for key in keys) if (each != each[0]).any()]
    alike = different_ones(*unlike)[1] if unlike else np.zeros(len(chosen), dtype=np.int64)
    voice = different_ones(statements.voice[chosen])[1]
    day = statements.day[chosen]
    for offset in (0, int(reach)):
        span = (day + offset) // max(1, int(2 * reach))
        order = in_order(alike, span, voice)
        another = np.ones(len(order), dtype=bool)
        another[1:] = (np.diff(alike[order]) != 0) | (np.diff(span[order]) != 0)
        fresh = another.copy()
        fresh[1:] |= np.diff(voice[order]) != 0
        group = np.cumsum(another) - 1
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
    upward = one_of(statements.sort[moves], (Sort.ARRIVAL, Sort.RISE))
    low, high = (filled(each[moves], -1.0) for each in (statements.low, statements.high))
    size = np.maximum(low, high)
    order = in_order(statements.row[moves], upward, statements.day[moves], statements.sort[moves], size)
    moves, upward, size = moves[order], upward[order], size[order]
    row, day = statements.row[moves], statements.day[moves]
    another = np.ones(len(moves), dtype=bool)
    another[1:] = (row[1:] != row[:-1]) | (upward[1:] != upward[:-1]) | (np.diff(day) > parameters.event)
    event = np.cumsum(another) - 1
    kept[moves] = False
    numbered = np.flatnonzero(one_of(statements.sort[moves], (Sort.RISE, Sort.FALL)))
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
