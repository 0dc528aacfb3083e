"""The timeline: forward-backward over the days on which anything is said, for many rows at once.

Rows are independent. They are worked through in blocks, longest first, so that one step of the recursion serves all
rows of a block that are that long; the drift between days is a product in the cosine domain (:mod:`drift`).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from garrison.estimation.arrays import Floats, Masses, Whole
from garrison.estimation.departures import at_first_report
from garrison.estimation.drift import LEAST, YEAR, Drift, Room, drift, entry, floored
from garrison.estimation.evidence import Steps, evidence, moves, passed, rightness, tables
from garrison.estimation.grid import CELLS, folded, grid
from garrison.estimation.parameters import DEFAULT, Parameters
from garrison.estimation.statements import Statements
from garrison.estimation.transitions import Transition
from garrison.estimation.weighing import once, weights

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

# So many steps are worked through at once: some three tables of 4 bytes times 190 cells each.
STEPS = 100_000
# In so many blocks, side by side where there are as many processors: numpy lets go of the interpreter in its loops.
BLOCKS = 2
# Set where the work is shared out among the processors already.
_SHARED = ContextVar("shared", default=False)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known at some steps of a block (``step``), apart from either side.

    ``forward`` has the probability of each state by all that was said up to the step, ``backward`` the likelihood of
    all that was said after it, at most one.
    """

    step: Whole
    forward: Masses
    backward: Masses


@dataclass(frozen=True, slots=True)
class Block:
    """The posterior of some rows: one step for each of their days; first the first day of each row, then the second.

    ``posterior`` has the probability of each cell, one row a step. ``statements`` are positions of the statements
    heard, ``step`` the step of each, ``weight`` its weight, ``right`` the posterior probability that it is right
    (``nan`` for moves). ``marks`` are empty unless asked for.
    """

    row: Whole
    day: Whole
    posterior: Masses
    statements: Whole
    step: Whole
    weight: Floats
    right: Floats
    marks: Marks


def posteriors(
    statements: Statements,
    asked: tuple[Whole, Whole] | None = None,
    parameters: Parameters = DEFAULT,
    prior_weights: Floats | None = None,
    *,
    every: int | None = None,
) -> Iterator[Block]:
    """The posterior of every row on every day on which something is said, or which is asked for.

    Args:
        statements: what is said; only what is given is known, so leave out what was published later.
        asked: rows and days to answer for besides, of equal length.
        parameters: the model.
        prior_weights: a further weight of each statement, 0 to 1.
        every: keep, every so many steps of a row and on its last, what is known of it from either side.
    """
    statements = at_first_report(statements, parameters)
    heard = np.flatnonzero(once(statements, parameters))
    said = statements.where(heard)
    weight = weights(said, parameters)
    if prior_weights is not None:
        weight = weight * prior_weights[heard]
    solved = partial(_solved, said, weight, heard, parameters, every)
    alone = processors() < BLOCKS or _SHARED.get()
    works = _blocks(said, asked, STEPS // BLOCKS)
    first = list(islice(works, 2))
    if len(first) < 2 or alone:
        yield from map(solved, chain(first, works))
        return
    with single_threaded(), ThreadPoolExecutor(BLOCKS, "garrison-timeline") as pool:
        waiting: deque[Future[Block]] = deque()
        for work in chain(first, works):
            waiting.append(pool.submit(solved, work))
            if len(waiting) == BLOCKS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def shared_out() -> Iterator[None]:
    """Another program works on the rest of what is asked: blocks are worked through one by one."""
    token = _SHARED.set(True)
    try:
        yield
    finally:
        _SHARED.reset(token)


def processors() -> int:
    """How many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _blocks(said: Statements, asked: tuple[Whole, Whole] | None, most: int) -> Iterator[Steps]:
    """The steps of rows, longest first, in blocks of at ``most`` so many, or of one row."""
    rows, days = (said.row, said.day) if asked is None else _both(said, asked)
    if not len(rows):
        return
    base = int(days.min())
    width = int(days.max()) - base + 1
    keys, inverse = np.unique(rows * width + (days - base), return_inverse=True)
    row, day = keys // width, keys % width + base
    starts = np.flatnonzero(np.diff(row, prepend=row[0] - 1))
    lengths = np.diff(np.append(starts, len(row)))
    step_of = inverse.ravel()[: len(said)]
    by_step = np.argsort(step_of, kind="stable")
    sorted_steps = step_of[by_step]
    first, last = np.searchsorted(sorted_steps, starts), np.searchsorted(sorted_steps, starts + lengths)
    order = np.argsort(-lengths, kind="stable")
    at = 0
    while at < len(order):
        # As many of the next longest rows as fit, at least one.
        many = max(1, int(np.searchsorted(np.cumsum(lengths[order[at:]]), most, side="right")))
        members = order[at : at + many]
        at += many
        steps = _runs(starts[members], lengths[members])
        own = _runs(first[members], (last - first)[members])
        new_starts = np.cumsum(lengths[members]) - lengths[members]
        moved = np.repeat(new_starts - starts[members], (last - first)[members])
        yield Steps(new_starts, lengths[members], row[steps], day[steps], by_step[own], sorted_steps[own] + moved)


def _both(said: Statements, asked: tuple[Whole, Whole]) -> tuple[Whole, Whole]:
    return np.concatenate([said.row, asked[0]]), np.concatenate([said.day, asked[1]])


def _runs(starts: Whole, lengths: Whole) -> Whole:
    """The numbers ``start, start + 1 …`` of each run, one after another."""
    total = int(lengths.sum())
    offsets = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
    found: Whole = offsets + np.arange(total)
    return found


@dataclass(frozen=True, slots=True)
class _Chains:
    """The hidden chains of a block, side by side: all their first steps, then all their second steps.

    At each depth as many rows are ``active``, longest first, and have these ``steps``. ``gap`` is the kind of drift
    before each step and ``terms`` what each kind does, ``alike`` the days of it where all of a depth have the same
    (else zero); ``moves`` are by depth, each with the row's place.
    """

    steps: Sequence[slice]
    active: Sequence[int]
    evidence: Masses
    gap: Whole
    terms: Masses
    alike: Sequence[float]
    moves: Mapping[int, Sequence[tuple[int, Transition]]]
    passing: Drift
    room: Room
    own_terms: Masses

    def __len__(self) -> int:
        return len(self.steps)

    def forward(self, masses: Masses, depth: int) -> Masses:
        """The probabilities of all states after the drift into a depth, one row each; they lie in ``room``."""
        matrix = self.passing.crossing(self.alike[depth])
        if matrix is not None:
            return floored(np.matmul(masses, matrix, out=self.room.states[: len(masses)]))
        return self.passing.forward(masses, self._terms(depth), self.room)

    def backward(self, likely: Masses, depth: int) -> Masses:
        """The likelihood of what follows, seen before the drift into a depth, one row each; it lies in ``room``."""
        matrix = self.passing.crossing(self.alike[depth])
        if matrix is not None:
            return floored(np.matmul(likely, matrix.T, out=self.room.states[: len(likely)]))
        return self.passing.backward(likely, self._terms(depth), self.room)

    def _terms(self, depth: int) -> Masses:
        own = self.own_terms[: self.active[depth]]
        return self.terms.take(self.gap[self.steps[depth]], axis=0, out=own, mode="clip")


def _solved(
    said: Statements, weight: Floats, heard: Whole, parameters: Parameters, every: int | None, work: Steps
) -> Block:
    own = said.where(work.statements)
    depth = np.arange(len(work.day)) - np.repeat(work.starts, work.lengths)
    # Side by side what happens at one depth lies in one piece.
    order = np.argsort(depth, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    aside = replace(work, row=work.row[order], day=work.day[order], step=place[work.step])
    table = tables(own, parameters)
    with single_threaded():
        likely = evidence(table, weight[work.statements], aside)
        at = place[_marked(work, depth, every)] if every is not None else np.zeros(0, dtype=np.int64)
        posterior, marks = _smoothed(_side_by_side(own, work, likely, order, parameters), at)
    del likely
    right = rightness(table, aside, posterior)
    own_weight = weight[work.statements]
    return Block(aside.row, aside.day, folded(posterior), heard[work.statements], aside.step, own_weight, right, marks)


def _smoothed(chains: _Chains, marked: Whole) -> tuple[Masses, Marks]:
    """The probability of each state at each step, all heard, and what is known apart at those that are ``marked``."""
    found = _forward(chains)
    marks = Marks(marked, found[marked], np.empty((len(marked), grid().states), dtype=np.float32))
    return _backward(found, chains, marks), marks


def _side_by_side(own: Statements, work: Steps, likely: Masses, order: Whole, parameters: Parameters) -> _Chains:
    """The chains of a block, of which ``order`` has the steps side by side."""
    active = np.searchsorted(-work.lengths, -np.arange(int(work.lengths[0])), side="left")
    start = np.cumsum(active) - active
    days = passed(own, work)[order]
    alike = np.minimum.reduceat(days, start)
    alike[np.maximum.reduceat(days, start) != alike] = 0.0
    row = np.repeat(np.arange(len(work.starts)), work.lengths)
    at_depth: dict[int, list[tuple[int, Transition]]] = {}
    for step, of_step in moves(own, work, parameters).items():
        place = int(row[step])
        at_depth.setdefault(step - int(work.starts[place]), []).extend((place, move) for move in of_step)
    passing = drift(parameters)
    lengths, gap = np.unique(days, return_inverse=True)
    terms = passing.terms((lengths / YEAR).astype(np.float32))
    room = Room(int(active[0]), passing)
    beside = (gap.ravel(), terms, alike.tolist(), at_depth, passing, room, np.empty_like(room.waves))
    steps = [slice(at, at + many) for at, many in zip(start.tolist(), active.tolist(), strict=True)]
    return _Chains(steps, active.tolist(), likely, *beside)


def _marked(work: Steps, depth: Whole, every: int) -> Whole:
    """Every so many steps of each row, and its last."""
    last = np.repeat(work.lengths, work.lengths) - 1
    return np.flatnonzero((depth % every == every - 1) | (depth == last))


def single_threaded() -> AbstractContextManager[object]:
    """The products are too small to share among threads, which would spend their time waiting for each other."""
    limited: AbstractContextManager[object] = _threads().limit(limits=1, user_api="blas")
    return limited


@cache
def _threads() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def before_all(parameters: Parameters) -> Masses:
    """The probability of each state before anyone has spoken."""
    prior = np.zeros(grid().states, dtype=np.float32)
    prior[0], prior[CELLS] = parameters.absent, (1 - parameters.absent) * entry(parameters)
    return prior


def _forward(chains: _Chains) -> Masses:
    found = np.empty_like(chains.evidence)
    now = np.broadcast_to(before_all(chains.passing.parameters), (chains.active[0], grid().states)).copy()
    for depth in range(len(chains)):
        steps = chains.steps[depth]
        if depth:
            now = chains.forward(now[: chains.active[depth]], depth)
        for at, move in chains.moves.get(depth, ()):
            now[at] = move.forward(now[at])
        now = np.multiply(now, chains.evidence[steps], out=found[steps])
        now /= np.add.reduce(now, axis=1, keepdims=True)
    return found


def _backward(found: Masses, chains: _Chains, marks: Marks) -> Masses:
    """Turns the forward pass into the posterior, in place; fills what ``marks`` has of later days."""
    mark_of = np.full(len(found), -1, dtype=np.int64)
    mark_of[marks.step] = np.arange(len(marks.step))
    # Of rows of which nothing is said any more, what follows is as likely from each state.
    after = np.ones((chains.active[0], grid().states), dtype=np.float32)
    least = np.float32(LEAST)
    for depth in range(len(chains) - 1, -1, -1):
        active = chains.active[depth]
        if depth + 1 < len(chains):
            later = chains.active[depth + 1]
            likely = after[:later]
            likely *= chains.evidence[chains.steps[depth + 1]]
            for at, move in reversed(chains.moves.get(depth + 1, ())):
                likely[at] = move.backward(likely[at])
            before = chains.backward(likely, depth + 1)
            np.divide(before, np.maximum.reduce(before, axis=1, keepdims=True), out=likely)
            np.maximum(likely, least, out=likely)
        here = chains.steps[depth]
        if len(marks.step):
            kept = np.flatnonzero(mark_of[here] >= 0)
            marks.backward[mark_of[here][kept]] = after[kept]
        smoothed = found[here]
        smoothed *= after[:active]
        smoothed /= np.add.reduce(smoothed, axis=1, keepdims=True)
    return found
