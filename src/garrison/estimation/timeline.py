"""The timeline: forward-backward over the days on which anything is said, for many rows at once.

Rows are independent. They are worked through in blocks, longest first, so that one step of the recursion serves all
rows of a block that are that long; the drift between days is a product in the cosine domain (:mod:`drift`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Masses, Whole
from garrison.estimation.drift import LEAST, YEAR, Drift, drift, entry
from garrison.estimation.grid import grid
from garrison.estimation.likelihoods import falsehood, mixed, right
from garrison.estimation.parameters import DEFAULT, Parameters
from garrison.estimation.statements import MOVES, Sort, Statements
from garrison.estimation.transitions import Transition, transition
from garrison.estimation.weighing import once, weights

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

# So many steps of a block are held in memory at once: two tables of 4 bytes times 190 cells each.
BLOCK = 80_000
_CHUNK = 60_000


@dataclass(frozen=True, slots=True)
class Block:
    """The posterior of some rows: one step for each of their days, in order of row and day.

    ``posterior`` has the probability of each cell, one row a step. ``statements`` are positions of the statements
    heard, ``step`` the step of each, ``right`` the posterior probability that it is right (``nan`` for moves).
    """

    row: Whole
    day: Whole
    posterior: Masses
    statements: Whole
    step: Whole
    right: Floats


@dataclass(frozen=True, slots=True)
class _Work:
    """A block before it is worked: its steps, and its statements by step."""

    starts: Whole
    lengths: Whole
    row: Whole
    day: Whole
    statements: Whole
    step: Whole


def posteriors(
    statements: Statements,
    asked: tuple[Whole, Whole] | None = None,
    parameters: Parameters = DEFAULT,
    prior_weights: Floats | None = None,
) -> Iterator[Block]:
    """The posterior of every row on every day on which something is said, or which is asked for.

    Args:
        statements: what is said; only what is given is known, so leave out what was published later.
        asked: rows and days to answer for besides, of equal length.
        parameters: the model.
        prior_weights: a further weight of each statement, 0 to 1.
    """
    heard = np.flatnonzero(once(statements, parameters))
    said = statements.where(heard)
    weight = weights(said, parameters)
    if prior_weights is not None:
        weight = weight * prior_weights[heard]
    for work in _blocks(said, asked):
        yield _solved(said, weight, heard, work, parameters)


def _blocks(said: Statements, asked: tuple[Whole, Whole] | None) -> Iterator[_Work]:
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
        yield _Work(new_starts, lengths[members], row[steps], day[steps], by_step[own], sorted_steps[own] + moved)


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


def _solved(said: Statements, weight: Floats, heard: Whole, work: _Work, parameters: Parameters) -> Block:
    own = said.where(work.statements)
    moving = own.sort >= MOVES[0]
    moves: dict[int, list[Transition]] = {}
    for position in np.flatnonzero(moving):
        moves.setdefault(int(work.step[position]), []).append(_move(own, int(position), parameters))
    table = _tables(own, parameters)
    with _threads().limit(limits=1, user_api="blas"):
        evidence = _evidence(table, weight[work.statements], work)
        chains = _Chains(work.starts, work.lengths, evidence, _years(own, moving, work), moves, drift(parameters))
        posterior = _backward(_forward(chains, parameters), chains)
    return Block(work.row, work.day, posterior, heard[work.statements], work.step, _right(table, work, posterior))


@cache
def _threads() -> ThreadpoolController:
    """The products are too small to share among threads, which would spend their time waiting for each other."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _move(own: Statements, position: int, parameters: Parameters) -> Transition:
    one = own.where(np.array([position]))
    return transition(Sort(int(one.sort[0])), float(one.low[0]), float(one.high[0]), float(one.wrong[0]), parameters)


@dataclass(frozen=True, slots=True)
class _Table:
    """The different statements of a block: log-likelihood, the share of it that is not error, and who says which.

    ``numbered`` are the positions of statements with a number and ``which`` their rows in ``likely`` and ``share``;
    ``plain`` those of presences and absences, which need no table: ``nothing`` and ``something`` hold their
    log-likelihood, and ``shares`` their share, for the atom and for all other cells.
    """

    likely: Masses
    share: Masses
    numbered: Whole
    which: Whole
    plain: Whole
    nothing: Floats
    something: Floats
    shares: Floats


def _tables(own: Statements, parameters: Parameters) -> _Table:
    numbered = np.flatnonzero(own.sort <= Sort.FLOOR)
    some = own.where(numbered)
    keys = np.stack([some.sort, *np.nan_to_num((some.low, some.high), nan=-1.0), some.give, some.wrong], axis=1)
    _, first, which = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    different = some.where(first)
    likely = np.empty((len(first), grid().size), dtype=np.float32)
    share = np.empty_like(likely)
    for start in range(0, len(first), _CHUNK // 8):
        part = slice(start, min(start + _CHUNK // 8, len(first)))
        few = different.where(np.arange(part.start, part.stop))
        likely[part] = mixed(right(few, parameters), few, parameters)
        share[part] = _not_error(likely[part], few, parameters)
    plain = np.flatnonzero((own.sort > Sort.FLOOR) & (own.sort < MOVES[0]))
    few = own.where(plain)
    there = (few.sort == Sort.PRESENT).astype(np.float64)
    logs = mixed(np.stack([1.0 - there, there], axis=1), few, parameters)
    shares = _not_error(logs, few, parameters).astype(np.float64)
    two = logs.astype(np.float64)
    return _Table(likely, share, numbered, which.ravel(), plain, two[:, 0], two[:, 1], shares)


def _not_error(likely: Masses, statements: Statements, parameters: Parameters) -> Masses:
    error = np.log(statements.wrong * falsehood(statements, parameters))[:, None]
    share: Masses = np.maximum(-np.expm1(error - likely), 0.0).astype(np.float32)
    return share


def _evidence(table: _Table, weight: Floats, work: _Work) -> Masses:
    """The likelihood of all that is said at each step, at most one."""
    total = np.zeros((len(work.row), grid().size), dtype=np.float32)
    for start in range(0, len(table.numbered), _CHUNK):
        some = table.numbered[start : start + _CHUNK]
        parts = table.likely[table.which[start : start + _CHUNK]]
        parts *= weight[some, None].astype(np.float32)
        steps = work.step[some]
        edges = np.flatnonzero(np.diff(steps, prepend=-1))
        total[steps[edges]] += np.add.reduceat(parts, edges, axis=0)
    for_nothing = weight[table.plain] * (table.nothing - table.something)
    total[:, 0] += np.bincount(work.step[table.plain], weights=for_nothing, minlength=len(total)).astype(np.float32)
    total -= total.max(axis=1, keepdims=True)
    np.exp(total, out=total)
    return total


def _years(own: Statements, moving: Flags, work: _Work) -> Masses:
    """The drift into each step: the time passed, and more of it where the day of a move is uncertain."""
    gaps = np.diff(work.day, prepend=work.day[0]).astype(np.float64)
    gaps[work.starts] = 0.0
    np.add.at(gaps, work.step[moving], own.give[moving])
    found: Masses = (gaps / YEAR).astype(np.float32)
    return found


def _forward(chains: _Chains, parameters: Parameters) -> Masses:
    size = grid().size
    found = np.empty_like(chains.evidence)
    prior = np.empty(size, dtype=np.float32)
    prior[0], prior[1:] = parameters.absent, (1 - parameters.absent) * entry(parameters)
    now = np.broadcast_to(prior, (len(chains.starts), size)).copy()
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


def _backward(found: Masses, chains: _Chains) -> Masses:
    """Turns the forward pass into the posterior, in place."""
    size = grid().size
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
        smoothed = found[here] * likely
        found[here] = smoothed / smoothed.sum(axis=1, keepdims=True)
    return found


def _right(table: _Table, work: _Work, posterior: Masses) -> Floats:
    """How probable it is, all heard, that each statement is right rather than simply wrong; ``nan`` for moves."""
    found = np.full(len(work.statements), np.nan)
    for start in range(0, len(table.numbered), _CHUNK):
        some = table.numbered[start : start + _CHUNK]
        share = table.share[table.which[start : start + _CHUNK]]
        found[some] = np.einsum("ij,ij->i", share, posterior[work.step[some]])
    absent = posterior[work.step[table.plain], 0].astype(np.float64)
    found[table.plain] = table.shares[:, 0] * absent + table.shares[:, 1] * (1.0 - absent)
    return found
