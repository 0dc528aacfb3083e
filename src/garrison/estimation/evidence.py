"""Evidence: what is said on each step of a timeline, as a likelihood of the level of that day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from garrison.estimation.arrays import Floats, Masses, Whole, different_ones, filled
from garrison.estimation.grid import grid
from garrison.estimation.likelihoods import falsehood, mixed, right
from garrison.estimation.parameters import Parameters
from garrison.estimation.statements import MOVES, Sort, Statements
from garrison.estimation.transitions import Transition, transition

# So many statements at once, which fit the cache of a processor.
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of some rows, a row's in order of day, and the statements heard on each.

    ``starts`` and ``lengths`` tell where each row's steps lie; ``row`` and ``day`` have one element a step;
    ``statements`` are positions of statements by step, ``step`` the step of each.
    """

    starts: Whole
    lengths: Whole
    row: Whole
    day: Whole
    statements: Whole
    step: Whole


@dataclass(frozen=True, slots=True)
class Table:
    """The different statements of a block: log-likelihood, the share of it that is not error, and who says which.

    ``numbered`` are the positions of statements with a number and ``which`` their rows in ``likely`` and ``share``;
    ``plain`` those of presences and absences, which need no table: ``logs`` has their log-likelihood, and ``shares``
    their share, for the atom, for what is there and for what has lately left.
    """

    likely: Masses
    share: Masses
    numbered: Whole
    which: Whole
    plain: Whole
    logs: Floats
    shares: Floats


def tables(own: Statements, parameters: Parameters) -> Table:
    """What ``own`` say, each different statement once."""
    numbered = np.flatnonzero(own.sort <= Sort.FLOOR)
    some = own.where(numbered)
    bounds = [filled(each, -1.0) for each in (some.low, some.high)]
    first, which = different_ones(some.sort, *bounds, some.give, some.wrong)
    different = some.where(first)
    likely, share = _again(different, parameters) if 0 < len(first) <= _FEW else _numbers(different, parameters)
    plain = np.flatnonzero((own.sort > Sort.FLOOR) & (own.sort < MOVES[0]))
    few = own.where(plain)
    there = (few.sort == Sort.PRESENT).astype(np.float64)
    logs = mixed(np.stack([1.0 - there, there], axis=1), few, parameters)
    shares = _not_error(logs, few, parameters).astype(np.float64)
    return Table(likely, share, numbered, which, plain, logs.astype(np.float64), shares)


def _numbers(different: Statements, parameters: Parameters) -> tuple[Masses, Masses]:
    """The log-likelihood of each of ``different`` statements with a number, and the share of it that is not error."""
    likely = np.empty((len(different), grid().states), dtype=np.float32)
    share = np.empty_like(likely)
    for start in range(0, len(different), _CHUNK):
        part = slice(start, min(start + _CHUNK, len(different)))
        few = different.where(np.arange(part.start, part.stop))
        likely[part] = mixed(right(few, parameters), few, parameters)
        share[part] = _not_error(likely[part], few, parameters)
    return likely, share


# What so few statements say is held, of so many at most: days that are worked through again for a new one are mostly
# those of the time before.
_FEW, _MOST = 512, 4096


def _again(different: Statements, parameters: Parameters) -> tuple[Masses, Masses]:
    """As :func:`_numbers`, of a few statements, of which most were asked for before."""
    bounds = (filled(each, -1.0).tolist() for each in (different.low, different.high))
    columns = (different.sort.tolist(), *bounds, different.give.tolist(), different.wrong.tolist())
    kinds, held = list(zip(*columns, strict=True)), _held(parameters)
    found = {kind: said for kind in kinds if (said := held.get(kind)) is not None}
    new = [at for at, kind in enumerate(kinds) if kind not in found]
    if new:
        numbers = zip(*_numbers(different.where(np.array(new, dtype=np.int64)), parameters), strict=True)
        fresh = dict(zip((kinds[at] for at in new), numbers, strict=True))
        found |= fresh
        if len(held) > _MOST:
            held.clear()
        held |= fresh
    likely, share = zip(*(found[kind] for kind in kinds), strict=True)
    return np.stack(likely), np.stack(share)


@lru_cache(maxsize=8)
def _held(parameters: Parameters) -> dict[tuple[float, ...], tuple[Masses, Masses]]:
    """By sort, bounds and doubts of a statement, what was found that it says."""
    return {}


def _not_error(likely: Masses, statements: Statements, parameters: Parameters) -> Masses:
    error = np.log(statements.wrong * falsehood(statements, parameters))[:, None]
    share: Masses = np.maximum(-np.expm1(error - likely), 0.0).astype(np.float32)
    return share


def evidence(table: Table, weight: Floats, work: Steps) -> Masses:
    """The likelihood of all that is said at each step, at most one."""
    total = np.zeros((len(work.row), grid().states), dtype=np.float32)
    for start in range(0, len(table.numbered), _CHUNK):
        some = table.numbered[start : start + _CHUNK]
        parts = table.likely[table.which[start : start + _CHUNK]]
        parts *= weight[some, None].astype(np.float32)
        steps = work.step[some]
        # First those that are the first of their step, then the second: mostly there is one.
        edges = np.flatnonzero(np.diff(steps, prepend=-1))
        within = np.arange(len(steps)) - np.repeat(edges, np.diff(np.append(edges, len(steps))))
        several = int(within.max())
        if not several:
            # Each is alone in its step, but the first may be of a step that began before.
            total[steps[:1]] += parts[:1]
            total[steps[1:]] = parts[1:]
            continue
        for turn in range(several + 1):
            mine = np.flatnonzero(within == turn)
            total[steps[mine]] += parts[mine]
    nothing, something, lately = table.logs.T
    for state, log in ((0, nothing), (-1, lately)):
        more = weight[table.plain] * (log - something)
        total[:, state] += np.bincount(work.step[table.plain], weights=more, minlength=len(total)).astype(np.float32)
    total -= total.max(axis=1, keepdims=True)
    np.exp(total, out=total)
    return total


def passed(own: Statements, work: Steps) -> Floats:
    """The days of drift into each step: those passed, and more where the day of a move is uncertain."""
    moving = own.sort >= MOVES[0]
    gaps = np.diff(work.day, prepend=work.day[0]).astype(np.float64)
    gaps[work.starts] = 0.0
    np.add.at(gaps, work.step[moving], own.give[moving])
    return gaps


def moves(own: Statements, work: Steps, parameters: Parameters) -> dict[int, list[Transition]]:
    """The moves on each step that has any."""
    found: dict[int, list[Transition]] = {}
    moving = np.flatnonzero(own.sort >= MOVES[0])
    said = own.where(moving)
    first, which = different_ones(said.sort, filled(said.low, -1.0), filled(said.high, -1.0), said.wrong)
    few = [each[first].tolist() for each in (said.sort, said.low, said.high, said.wrong)]
    different = [
        transition(Sort(sort), low, high, wrong, parameters) for sort, low, high, wrong in zip(*few, strict=True)
    ]
    # Of moves on one day the order in which they were recorded tells nothing.
    order = np.lexsort((which, work.step[moving]))
    for step, at in zip(work.step[moving][order].tolist(), which[order].tolist(), strict=True):
        found.setdefault(step, []).append(different[at])
    return found


def rightness(table: Table, work: Steps, posterior: Masses) -> Floats:
    """How probable it is, all heard, that each statement is right rather than simply wrong; ``nan`` for moves."""
    found = np.full(len(work.statements), np.nan)
    for start in range(0, len(table.numbered), _CHUNK):
        some = table.numbered[start : start + _CHUNK]
        share = table.share[table.which[start : start + _CHUNK]]
        found[some] = np.einsum("ij,ij->i", share, posterior[work.step[some]])
    nothing, lately = (posterior[:, state][work.step[table.plain]].astype(np.float64) for state in (0, -1))
    chances = np.stack([nothing, 1.0 - nothing - lately, lately], axis=1)
    found[table.plain] = np.einsum("ij,ij->i", table.shares, chances)
    return found
