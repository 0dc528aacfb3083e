"""Chains: rows worked through, kept so that a new claim runs again only what it changes.

A row's chain has marks: every so many days with claims, what is known there by all that was said before and by all
that was said after. What is said of a day leaves what was known before it as it was, so that the forward pass begins at
the mark ahead of it. The backward pass ends at the first mark at which the posterior is what it was: what is known of
earlier days hangs on later ones by it alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Masses, Whole, distinct, one_of
from garrison.estimation.departures import at_first_report
from garrison.estimation.drift import LEAST, YEAR, Drift, drift, floored
from garrison.estimation.evidence import Steps, Table, evidence, moves, passed, rightness, tables
from garrison.estimation.grid import grid
from garrison.estimation.latest import by_model
from garrison.estimation.parameters import Parameters
from garrison.estimation.statements import MOVES, Sort, Statements
from garrison.estimation.timeline import before_all, posteriors, single_threaded
from garrison.estimation.transitions import Transition
from garrison.estimation.weighing import channels, figures, once, weights

_Column = TypeVar("_Column", Whole, Floats)
STRIDE = 32
# Where more statements than this are new or gone, the row is worked through as a whole.
FEW = 256
# A posterior that differs by no more probability than this is the same; so little do those of earlier days differ, too.
SAME = 1e-4


@dataclass(frozen=True, slots=True)
class Chain:
    """One row: its ``statements``, departures as first reported, with what came of them, and its marks.

    ``key`` tells statements apart and rises; ``weight`` is that of each (``nan``: not heard), ``right`` the probability
    that it is right rather than simply wrong (``nan``: a move, or not heard). ``day`` are the days of the marks, the
    last of them the last day of which anything is said; ``forward`` has the probability of each state by all that was
    said until then, ``backward`` the likelihood of all that was said after.
    """

    key: Whole
    statements: Statements
    weight: Floats
    right: Floats
    day: Whole
    forward: Masses
    backward: Masses


def chains(key: Whole, statements: Statements, assets: Sequence[str]) -> Iterator[tuple[int, Chain]]:
    """The chain of every row of which anything is said; ``assets`` has the class of row 0, row 1 …"""
    for model, chosen in by_model(statements.row, assets):
        own = statements.where(chosen)
        weight, right = np.full(len(own), np.nan), np.full(len(own), np.nan)
        dated = at_first_report(own, model)
        by_row = np.lexsort((key[chosen], own.row))
        edges = np.searchsorted(own.row[by_row], np.arange(len(assets) + 1))
        for block in posteriors(own, parameters=model, every=STRIDE):
            weight[block.statements], right[block.statements] = block.weight, block.right
            row, day = block.row[block.marks.step], block.day[block.marks.step]
            for starts in np.split(np.arange(len(row)), np.flatnonzero(np.diff(row)) + 1):
                number = int(row[starts[0]])
                mine = by_row[edges[number] : edges[number + 1]]
                yield (
                    number,
                    Chain(
                        key[chosen[mine]],
                        dated.where(mine),
                        weight[mine],
                        right[mine],
                        day[starts],
                        block.marks.forward[starts],
                        block.marks.backward[starts],
                    ),
                )


def continued(
    before: Chain, key: Whole, statements: Statements, parameters: Parameters, *, grown: bool = False
) -> Chain | None:
    """The chain of a row of which ``before`` is what is kept, now that ``statements`` are said of it.

    Args:
        before: the row as it was.
        key: what tells statements apart, rising.
        statements: all that is said of the row; voices and houses numbered as they were.
        parameters: the model.
        grown: the first of them are those that were said before, so that they need not be compared.

    Returns:
        ``None`` where so much has changed that the row has to be worked through as a whole.
    """
    statements = at_first_report(statements, parameters)
    change = _grown(before, statements, parameters) if grown else None
    change = change or _change(before, key, statements, parameters)
    if change is None:
        return None
    if change.first is None:
        return Chain(key, statements, change.weight, change.right, before.day, before.forward, before.backward)
    at = int(np.searchsorted(before.day, change.first)) - 1
    if at < 0:
        return None
    if at and at == len(before.day) - 1:
        # The last mark is there for the last day. Where another is near, that is the one to begin at, or marks pile up.
        between = (before.statements.day > before.day[at - 1]) & ~np.isnan(before.weight)
        at -= int(len(distinct(before.statements.day[between])) < STRIDE)
    with single_threaded():
        return _rerun(before, at, key, statements, change, parameters)


@dataclass(frozen=True, slots=True)
class _Change:
    """The weights and rightnesses that stay, and the ``first`` day on which anything is heard otherwise.

    From the day ``since`` on, the weights are those that hold now. Both columns are its own: what is reckoned anew is
    written into them.
    """

    heard: Flags
    weight: Floats
    right: Floats
    first: int | None
    since: int = 0


class _Before:
    """What was there before of elements with keys that rise: mostly some are added after all that were there."""

    def __init__(self, before: Whole, key: Whole) -> None:
        self._many = len(before)
        self._more = len(key) - len(before)
        self._at: Whole | None = None
        if self._more < 0 or (key[: self._many] != before).any():
            self._at = np.minimum(np.searchsorted(before, key), self._many - 1)

    def of(self, column: _Column) -> _Column:
        """An element of ``column`` for each key; where the key is new, any."""
        if self._at is not None:
            return column[self._at]
        return np.concatenate([column, np.repeat(column[-1:], self._more)])

    def stayed(self, same: Flags) -> Flags:
        """Which of those that were there before are the ``same``."""
        found = np.zeros(self._many, dtype=bool)
        if self._at is None:
            found[:] = same[: self._many]
        else:
            found[self._at[same]] = True
        return found


def _change(before: Chain, key: Whole, statements: Statements, parameters: Parameters) -> _Change | None:
    old = _Before(before.key, key)
    same = old.of(before.key) == key
    for name in ("day", "give", "sort", "low", "high", "voice", "house", "wrong"):
        # By their bytes, by which what is not given is the same, too.
        same &= old.of(getattr(before.statements, name)).view(np.int64) == getattr(statements, name).view(np.int64)
    stayed = old.stayed(same)
    new, gone = np.flatnonzero(~same), np.flatnonzero(~stayed)
    if len(new) + len(gone) > FEW:
        return None
    heard = once(statements, parameters)
    old_weight = old.of(before.weight)
    weight = np.where(same & heard, old_weight, np.nan)
    right = np.where(same & heard, old.of(before.right), np.nan)
    otherwise = statements.day[same & (heard == np.isnan(old_weight))]
    changed = np.concatenate([statements.day[new], before.statements.day[gone], otherwise])
    if not len(changed):
        return _Change(heard, weight, right, None)
    return _weighed(before, statements, (new, gone), _Change(heard, weight, right, int(changed.min())), parameters)


def _grown(before: Chain, statements: Statements, parameters: Parameters) -> _Change | None:
    """The change by statements added after all that were there; ``None`` where it may be more than that.

    A move may be one that was told of before; and a departure may now be of another day.
    """
    many, more = len(before.key), len(statements) - len(before.key)
    if more > FEW or (statements.sort[many:] >= MOVES[0]).any():
        return None
    if (statements.day[:many] != before.statements.day).any():
        return None
    unknown = np.full(more, np.nan)
    heard = np.append(~np.isnan(before.weight), np.ones(more, dtype=bool))
    weight, right = np.append(before.weight, unknown), np.append(before.right, unknown)
    if not more:
        return _Change(heard, weight, right, None)
    found = _Change(heard, weight, right, int(statements.day[many:].min()))
    return _weighed(before, statements, (np.arange(many, many + more), np.arange(0)), found, parameters)


def _weighed(
    before: Chain, statements: Statements, changed: tuple[Whole, Whole], found: _Change, parameters: Parameters
) -> _Change:
    """``found`` with the weights that the changes made other, and the first day of those."""
    first = found.first
    assert first is not None
    day, reach = statements.day, _reach(statements, parameters)
    # Who is of one house or says the same within the reach shares its weight: so far back weights may be other.
    window = np.flatnonzero(found.heard & (day >= first - 2 * reach))
    since = first - reach
    new, gone = changed
    said = [of.where(at) for of, at in ((statements, new), (before.statements, gone))]
    own, weight = statements.where(window), found.weight
    touched, needed = _touched(own, np.isnan(weight[window]), said, parameters)
    touched &= own.day >= since
    fresh = np.full(len(window), np.nan)
    fresh[needed] = weights(own.where(needed), parameters)
    sure, fresh = window[touched], fresh[touched]
    days = [np.array([first]), day[sure[np.abs(fresh - weight[sure]) > 1e-9]]]
    weight[sure] = fresh
    # What a voice said before, however long ago, has another after it now.
    voices = {each for of in said for each in zip(of.voice.tolist(), channels(of.sort).tolist(), strict=True)}
    for voice, kind in voices:
        its = np.flatnonzero(found.heard & (statements.voice == voice) & (day < first))
        its = its[channels(statements.sort[its]) == kind]
        earlier = its[day[its] < since]
        if len(earlier) == len(its) > 0:
            days.append(day[earlier].max(keepdims=True))
    return _Change(found.heard, weight, found.right, int(np.concatenate(days).min()), since)


def _touched(
    own: Statements, unknown: Flags, changed: Sequence[Statements], parameters: Parameters
) -> tuple[Flags, Flags]:
    """Which of a row's ``own`` statements may weigh otherwise for those that have ``changed``, and on which that hangs.

    Beside those of an ``unknown`` weight: what a voice said last before each and until then, what is said by its house,
    and who gives the same figure.
    """
    if sum(map(len, changed)) > _FEW:
        return np.ones(len(own), dtype=bool), np.ones(len(own), dtype=bool)
    channel, (low, high) = channels(own.sort), figures(own)
    numbered, touched = own.sort < Sort.FLOOR, unknown.copy()
    for each in changed:
        kind, figure = channels(each.sort), np.stack(figures(each), axis=1)
        for at, (day, voice, house) in enumerate(zip(each.day, each.voice, each.house, strict=True)):
            its = (own.voice == voice) & (channel == kind[at]) & (own.day <= day)
            touched |= its & (own.day >= own.day[its & (own.day < day)].max(initial=0))
            if house >= 0:
                touched |= own.house == house
            if each.sort[at] < Sort.FLOOR:
                same = numbered & (low == figure[at, 0]) & (high == figure[at, 1])
                touched |= same & (np.abs(own.day - day) <= 2 * parameters.echo)
    voices, houses = (distinct(of[touched]).tolist() for of in (own.voice, own.house))
    said = set(zip(low[touched & numbered].tolist(), high[touched & numbered].tolist(), strict=True))
    if len(voices) + len(houses) + len(said) > _FEW:
        return touched, np.ones(len(own), dtype=bool)
    needed = one_of(own.voice, voices) | one_of(own.house, [each for each in houses if each >= 0])
    for least, most in said:
        needed |= numbered & (low == least) & (high == most)
    return touched, needed


# So few are looked for one by one.
_FEW = 32


def _reach(statements: Statements, parameters: Parameters) -> int:
    """How many days before one of ``statements`` another may lie whose weight it bears on, beside those of its voice.

    A house reaches far, but most rows have no voices of one.
    """
    housed = bool((statements.house >= 0).any())
    return int(2 * max(parameters.together if housed else 0.0, parameters.echo)) + 1


def _rerun(
    before: Chain, at: int, key: Whole, statements: Statements, change: _Change, parameters: Parameters
) -> Chain:
    """The chain, worked through from mark ``at`` on."""
    day, mark = statements.day, int(before.day[at])
    weight, right = change.weight, change.right
    if mark < change.since - 1:
        window = np.flatnonzero(change.heard & (day > mark - _reach(statements, parameters)))
        weight[window[day[window] > mark]] = weights(statements.where(window), parameters)[day[window] > mark]
    later = day > mark
    right[later] = np.nan
    chosen = np.flatnonzero(change.heard & later)
    backward = before.backward[: at + 1].copy()
    if len(chosen):
        tail = _stretch(chosen, statements, weight, mark, parameters)
        found = _forward(tail, before.forward[at], parameters)
        likely, messages = _backward(tail, found, np.ones(grid().states, dtype=np.float32), right, parameters)
        marks = np.arange(len(tail.work.day))
        marks = marks[(marks % STRIDE == STRIDE - 1) | (marks == len(marks) - 1)]
        days, forwards, backwards = tail.work.day[marks], found[marks], messages[marks]
    else:
        likely = np.ones(grid().states, dtype=np.float32)
        days, forwards, backwards = day[:0], before.forward[:0], before.backward[:0]
    while _apart(before.forward[at], likely, backward[at]) > SAME:
        backward[at] = likely
        since = int(before.day[at - 1]) if at else None
        inside = change.heard & (day <= before.day[at]) & (True if since is None else day > since)
        stretch = _stretch(np.flatnonzero(inside), statements, weight, since, parameters)
        start = before.forward[at - 1] if at else before_all(parameters)
        likely, _ = _backward(stretch, _forward(stretch, start, parameters), likely, right, parameters)
        if at == 0:
            break
        at -= 1
    many = len(backward)
    return Chain(
        key,
        statements,
        weight,
        right,
        np.concatenate([before.day[:many], days]),
        np.concatenate([before.forward[:many], forwards]),
        np.concatenate([backward, backwards]),
    )


def _apart(forward: Masses, one: Masses, other: Masses) -> float:
    """How much probability lies otherwise at a mark by ``one`` and the ``other`` likelihood of what was said after."""
    first, second = forward * one, forward * other
    return float(np.abs(first / first.sum() - second / second.sum()).sum()) / 2


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some consecutive steps of one row with what happens at each; ``since`` is the day before them, if any."""

    work: Steps
    table: Table
    evidence: Masses
    days: Floats
    moves: dict[int, list[Transition]]
    since: int | None


def _stretch(
    chosen: Whole, statements: Statements, weight: Floats, since: int | None, parameters: Parameters
) -> _Stretch:
    order = chosen[np.argsort(statements.day[chosen], kind="stable")]
    own = statements.where(order)
    day, step = np.unique(own.day, return_inverse=True)
    work = Steps(np.zeros(1, np.int64), np.array([len(day)]), np.zeros_like(day), day, order, step.ravel())
    table = tables(own, parameters)
    days = passed(own, work)
    if since is not None:
        days[0] += day[0] - since
    return _Stretch(work, table, evidence(table, weight[order], work), days, moves(own, work, parameters), since)


def _forward(stretch: _Stretch, now: Masses, parameters: Parameters) -> Masses:
    found, gaps = np.empty_like(stretch.evidence), _gaps(stretch, parameters)
    for step, gap in enumerate(gaps):
        if step or stretch.since is not None:
            now = gap.forward(now)
        for move in stretch.moves.get(step, ()):
            now = move.forward(now)
        now = now * stretch.evidence[step]
        now /= now.sum()
        found[step] = now
    return found


def _backward(
    stretch: _Stretch, found: Masses, likely: Masses, right: Floats, parameters: Parameters
) -> tuple[Masses, Masses]:
    """The likelihood of a stretch and what comes after, seen before it, and seen from each of its steps.

    ``right`` is filled for what is said in it.
    """
    messages, gaps = np.empty_like(found), _gaps(stretch, parameters)
    for step in range(len(found) - 1, -1, -1):
        messages[step] = likely
        likely = likely * stretch.evidence[step]
        for move in reversed(stretch.moves.get(step, ())):
            likely = move.backward(likely)
        if step or stretch.since is not None:
            likely = gaps[step].backward(likely)
        likely /= likely.max()
        np.maximum(likely, np.float32(LEAST), out=likely)
    posterior = found * messages
    posterior /= posterior.sum(axis=1, keepdims=True)
    right[stretch.work.statements] = rightness(stretch.table, stretch.work, posterior)
    return likely, messages


class _Gap(NamedTuple):
    """The days before a step of one row: the ``matrix`` of a few whole days, else what they do to each wave."""

    passing: Drift
    matrix: Masses | None
    terms: Masses

    def forward(self, masses: Masses) -> Masses:
        """Probabilities of all states after it."""
        if self.matrix is not None:
            return floored(masses @ self.matrix)
        after: Masses = self.passing.forward(masses[None], self.terms)[0]
        return after

    def backward(self, likely: Masses) -> Masses:
        """The likelihood of what follows, seen before it."""
        if self.matrix is not None:
            return floored(self.matrix @ likely)
        earlier: Masses = self.passing.backward(likely[None], self.terms)[0]
        return earlier


def _gaps(stretch: _Stretch, parameters: Parameters) -> list[_Gap]:
    """What lies before each step; the terms of all gaps are made at once."""
    passing = drift(parameters)
    terms = passing.terms((stretch.days / YEAR).astype(np.float32))
    return [_Gap(passing, passing.crossing(days), terms[at, None]) for at, days in enumerate(stretch.days.tolist())]
