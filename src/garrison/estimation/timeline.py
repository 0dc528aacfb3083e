"""The timeline: forward-backward over the days on which anything is said, for many rows at once.

Rows are independent. They are worked through in blocks, longest first, so that one step of the recursion serves all
rows of a block that are that long; the drift between days is a product in the cosine domain (:mod:`drift`).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from garrison.estimation.arrays import Floats, Masses, Whole
from garrison.estimation.drift import LEAST, Drift, drift, entry
from garrison.estimation.evidence import Steps, evidence, moves, rightness, tables, years
from garrison.estimation.grid import CELLS, folded, grid
from garrison.estimation.parameters import DEFAULT, Parameters
from garrison.estimation.statements import Statements
from garrison.estimation.transitions import Transition
from garrison.estimation.weighing import once, weights

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

# So many steps are worked through at once: some four tables of 4 bytes times 190 cells each.
BLOCK = 40_000
# So many blocks at once, where there are as many processors: numpy lets go of the interpreter in its loops.
BLOCKS = 2


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
    """The posterior of some rows: one step for each of their days, in order of row and day.

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
    heard = np.flatnonzero(once(statements, parameters))
    said = statements.where(heard)
    weight = weights(said, parameters)
    if prior_weights is not None:
        weight = weight * prior_weights[heard]
    solved = partial(_solved, said, weight, heard, parameters, every)
    works = _blocks(said, asked)
    first = list(islice(works, 2))
    if len(first) < 2 or (os.cpu_count() or 1) < 2:
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


def _blocks(said: Statements, asked: tuple[Whole, Whole] | None) -> Iterator[Steps]:
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
        many = max(1, int(np.searchsorted(np.cumsum(lengths[order[at:]]), BLOCK, side="right")))
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
    """The hidden chains of a block: where each begins, how long it is, and what happens at each step."""

    starts: Whole
    lengths: Whole
    evidence: Masses
    years: Masses
    moves: dict[int, list[Transition]]
    passing: Drift

    def active(self, depth: int) -> int:
        """How many of the rows, longest first, have a step so deep."""
        return int(np.searchsorted(-self.lengths, -depth, side="left"))

    def moving(self, steps: Whole) -> list[tuple[int, int]]:
        """Which of ``steps`` have moves: position and step."""
        return [(at, step) for at, step in enumerate(steps.tolist()) if step in self.moves]


def _solved(
    said: Statements, weight: Floats, heard: Whole, parameters: Parameters, every: int | None, work: Steps
) -> Block:
    own = said.where(work.statements)
    table = tables(own, parameters)
    with single_threaded():
        likely = evidence(table, weight[work.statements], work)
        chains = _Chains(
            work.starts, work.lengths, likely, years(own, work), moves(own, work, parameters), drift(parameters)
        )
        found = _forward(chains, parameters)
        at = _marked(work, every) if every is not None else np.zeros(0, dtype=np.int64)
        marks = Marks(at, found[at], np.empty((len(at), grid().states), dtype=np.float32))
        posterior = _backward(found, chains, marks)
    right = rightness(table, work, posterior)
    own_weight = weight[work.statements]
    return Block(work.row, work.day, folded(posterior), heard[work.statements], work.step, own_weight, right, marks)


def _marked(work: Steps, every: int) -> Whole:
    """Every so many steps of each row, and its last."""
    depth = np.arange(len(work.day)) - np.repeat(work.starts, work.lengths)
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


def _forward(chains: _Chains, parameters: Parameters) -> Masses:
    size = grid().states
    found = np.empty_like(chains.evidence)
    now = np.broadcast_to(before_all(parameters), (len(chains.starts), size)).copy()
    for depth in range(int(chains.lengths[0])):
        active = chains.active(depth)
        steps = chains.starts[:active] + depth
        now = now[:active]
        if depth:
            now = chains.passing.forward(now, chains.years[steps])
        for at, step in chains.moving(steps) if chains.moves else ():
            for move in chains.moves[step]:
                now[at] = move.forward(now[at])
        now *= chains.evidence[steps]
        now /= now.sum(axis=1, keepdims=True)
        found[steps] = now
    return found


def _backward(found: Masses, chains: _Chains, marks: Marks) -> Masses:
    """Turns the forward pass into the posterior, in place; fills what ``marks`` has of later days."""
    size = grid().states
    mark_of = np.full(len(found), -1, dtype=np.int64)
    mark_of[marks.step] = np.arange(len(marks.step))
    likely = np.ones((0, size), dtype=np.float32)
    for depth in range(int(chains.lengths[0]) - 1, -1, -1):
        active, later = chains.active(depth), len(likely)
        if later:
            steps = chains.starts[:later] + depth + 1
            likely = likely * chains.evidence[steps]
            for at, step in chains.moving(steps) if chains.moves else ():
                for move in reversed(chains.moves[step]):
                    likely[at] = move.backward(likely[at])
            likely = chains.passing.backward(likely, chains.years[steps])
            likely /= likely.max(axis=1, keepdims=True)
            np.maximum(likely, np.float32(LEAST), out=likely)
        if active > later:
            likely = np.concatenate([likely, np.ones((active - later, size), dtype=np.float32)])
        here = chains.starts[:active] + depth
        kept = np.flatnonzero(mark_of[here] >= 0)
        marks.backward[mark_of[here[kept]]] = likely[kept]
        smoothed = found[here] * likely
        found[here] = smoothed / smoothed.sum(axis=1, keepdims=True)
    return found
