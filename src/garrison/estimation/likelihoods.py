"""Likelihoods: how probable the words are, for each level that may be there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import lgamma

import numpy as np

from garrison.estimation.arrays import Floats, Masses, filled
from garrison.estimation.drift import YEAR, drift, entry
from garrison.estimation.grid import grid
from garrison.estimation.parameters import Parameters
from garrison.estimation.roundness import rounding_width
from garrison.estimation.statements import MOVES, Sort, Statements


def right(statements: Statements, parameters: Parameters) -> Floats:
    """The density of each statement's words if it is right, over the cells: one row a statement.

    Densities are per unit of log(1 + x) of the number said, so that they compare with those of false numbers. An
    uncertain day and the age of news are a drift before the words.
    """
    table = np.ones((len(statements), grid().size))
    for sort in Sort:
        chosen = np.flatnonzero(statements.sort == sort)
        if len(chosen) and sort not in MOVES:
            table[chosen] = _of_sort(sort, statements.where(chosen), parameters)
    numbered = np.flatnonzero(statements.sort <= Sort.FLOOR)
    if len(numbered):
        years = ((statements.give[numbered] + parameters.lag) / YEAR).astype(np.float32)
        table[numbered, 1:] = drift(parameters).spread(table[numbered, 1:].astype(np.float32), years)
    return table


def mixed(table: Floats, statements: Statements, parameters: Parameters) -> Masses:
    """The log-likelihood of each statement over the states, with the chance that it is simply wrong."""
    false = falsehood(statements, parameters)[:, None]
    wrong = statements.wrong[:, None]
    states = np.concatenate([table, lately(table[:, 0], statements, parameters)[:, None]], axis=1)
    found: Masses = np.log((1.0 - wrong) * states + wrong * false).astype(np.float32)
    return found


def lately(nothing: Floats, statements: Statements, parameters: Parameters) -> Floats:
    """The density of each statement's words where all have lately left, if it is right of its time.

    Some still say what they saw before, the others that there is ``nothing``. What it was they saw is not held.
    """
    former = np.where(statements.sort < Sort.FLOOR, parameters.former, 1.0)
    seen = np.where(statements.sort == Sort.ABSENT, 0.0, former)
    found: Floats = parameters.stale * seen + (1.0 - parameters.stale) * nothing
    return found


def falsehood(statements: Statements, parameters: Parameters) -> Floats:
    """The density of each statement's words if it is wrong, whatever the level.

    A number that is seldom true is seldom said, if it is false more often than other numbers are: else one that nobody
    contests would be taken for false because it is large.
    """
    unnumbered = np.where(statements.sort == Sort.ABSENT, parameters.denying, parameters.hearsay)
    low = np.where(np.isnan(statements.low), statements.high, statements.low)
    high = np.where(np.isnan(statements.high), statements.low, statements.high)
    middle = (np.log1p(filled(low, 0.0)) + np.log1p(filled(high, 0.0))) / 2
    true = np.interp(middle, grid().u, entry(parameters) / grid().step)
    numbered = np.minimum(parameters.anything, parameters.rarer * true)
    return np.where(statements.sort < Sort.FLOOR, numbered, unnumbered)


def _of_sort(sort: Sort, statements: Statements, parameters: Parameters) -> Floats:
    if sort is Sort.PRESENT:
        return _presence(len(statements), 0.0, 1.0)
    if sort is Sort.ABSENT:
        return _presence(len(statements), 1.0, 0.0)
    low = np.where(np.isnan(statements.low), statements.high, statements.low)
    high = np.where(np.isnan(statements.high), statements.low, statements.high)
    table = np.zeros((len(statements), grid().size))
    u = grid().u[None, :]
    first, last = np.log1p(low)[:, None], np.log1p(high)[:, None]
    if sort in (Sort.EXACT, Sort.ABOUT):
        table[:, 1:] = _peak(u - first, low, sort, parameters)
    elif sort is Sort.AT_LEAST:
        table[:, 1:] = bounds(parameters).above(u - first)
    elif sort is Sort.AT_MOST:
        table[:, 1:] = bounds(parameters).below(last - u)
    elif sort is Sort.FLOOR:
        table[:, 1:] = bounds(parameters).passed(u - first)
    elif sort is Sort.RANGE:
        width = np.maximum(last - first, _NARROWEST)
        end = bounds(parameters).passed
        table[:, 1:] = (end(u - first) - end(u - first - width)) / width
    else:
        inside = _step(u - first, parameters.soft) * _step(last - u, parameters.soft)
        table[:, 1:] = inside / (last - first + 4 * parameters.soft)
    # "None", and bounds that leave nothing, speak of the atom.
    nothing = last[:, 0] < np.log(1.5)
    table[nothing] = _presence(int(nothing.sum()), 1.0, 0.02) / grid().step
    if sort is Sort.FLOOR:
        table[nothing] = 1.0
    return table


def _presence(count: int, absent: float, present: float) -> Floats:
    table = np.full((count, grid().size), present)
    table[:, 0] = absent
    return table


def _peak(apart: Floats, numbers: Floats, sort: Sort, parameters: Parameters) -> Floats:
    """Student's t around the number: as wide as its hedge, its rounding and half a cell."""
    width = parameters.exact if sort is Sort.EXACT else parameters.about
    rounded = parameters.rounding * rounding_width(numbers)
    scale: Floats = np.sqrt(width**2 + rounded**2 + (grid().step / 2) ** 2)[:, None]
    return _students(apart, scale, parameters.tails)


def _students(apart: Floats, scale: Floats | float, tails: float) -> Floats:
    constant = np.exp(lgamma((tails + 1) / 2) - lgamma(tails / 2)) / np.sqrt(tails * np.pi)
    density: Floats = constant / scale * (1.0 + (apart / scale) ** 2 / tails) ** (-(tails + 1) / 2)
    return density


# A range narrower than this (in log(1 + x)) is as good as a number.
_NARROWEST = 0.02
# How finely, and how far out, what bounds say is tabulated.
_FINE, _FAR = 0.005, 12.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What bounds say, by how far the level lies on their good side (in log(1 + x), negative beyond them).

    Whoever says *up to* is as uncertain of the level as whoever gives a number: a bound is seen through the same error
    (Student's t), and lies beyond what its speaker believes by an exponential margin, since nobody says "more than
    100" of 5,000.
    """

    at: Floats
    cumulated: Floats
    lower: Floats
    upper: Floats

    def passed(self, inside: Floats) -> Floats:
        """How probable it is that the level lies on the good side."""
        return self._read(self.cumulated, inside)

    def above(self, inside: Floats) -> Floats:
        """The density of *at least*."""
        return self._read(self.lower, inside)

    def below(self, inside: Floats) -> Floats:
        """The density of *at most*."""
        return self._read(self.upper, inside)

    def _read(self, values: Floats, inside: Floats) -> Floats:
        found: Floats = np.interp(inside, self.at, values)
        return found


@lru_cache(maxsize=32)
def bounds(parameters: Parameters) -> Bounds:
    """What bounds say under ``parameters``."""
    at = np.arange(-_FAR, _FAR + _FINE / 2, _FINE)
    scale = float(np.hypot(parameters.edge, grid().step / 2))
    error = _students(at, scale, parameters.tails)
    error /= error.sum()

    def margin(mean: float) -> Floats:
        distances = np.arange(0.0, _FAR, _FINE)
        shares = np.exp(-distances / mean)
        found: Floats = np.convolve(error, shares / shares.sum())[: len(at)] / _FINE
        return found

    return Bounds(at, np.cumsum(error), margin(parameters.above), margin(parameters.below))


def _step(distance: Floats, edge: float) -> Floats:
    soft: Floats = 1.0 / (1.0 + np.exp(-np.clip(distance / edge, -40.0, 40.0)))
    return soft
