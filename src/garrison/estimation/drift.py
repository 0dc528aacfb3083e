"""Drift: how sure knowledge of a level grows unsure as days pass, by cosine transform.

On a grid uniform in log(1 + x) with reflecting ends, every symmetric spread is a product in the cosine domain. The
spread used is that of a Lévy process: a slow wander (Gaussian) and now and then a jump (two-sided exponential), so
that most old figures still hold and some are far off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from garrison.estimation.arrays import Floats, Masses
from garrison.estimation.grid import CELLS, grid
from garrison.estimation.parameters import Parameters

YEAR = 365.25
# Below this a mass is rounding error of the transform.
LEAST = 1e-12
_LEAST = np.float32(LEAST)
# Gaps of so many whole days at most are passed by a matrix that is kept.
SHORT = 31


@dataclass(frozen=True, slots=True)
class Drift:
    """What passes between two days: ``cosines`` (orthonormal DCT-II), ``exponent`` per year, and the atom's exchange.

    What has left has *lately* left until the news of it is old, which it grows at the rate ``settling`` (per year).
    """

    cosines: Masses
    exponent: Masses
    leaving: float
    coming: float
    settling: float
    parameters: Parameters
    ways: _Ways
    _crossings: dict[int, Masses] = field(default_factory=dict)

    def exchanged(self, years: Masses) -> tuple[Masses, Masses]:
        """The chances, over so many ``years``, that what is there has left and that what was not there has come."""
        both = self.leaving + self.coming
        share = -np.expm1(-both * years) / both
        return share * np.float32(self.leaving), share * np.float32(self.coming)

    def spread(self, masses: Masses, years: Masses) -> Masses:
        """``masses`` of the cells above zero (one row each) after so many ``years`` (one each)."""
        waves: Masses = masses @ self.cosines
        waves *= np.exp(years[:, None] * self.exponent) - 1
        after: Masses = waves @ self.cosines.T
        after += masses
        np.maximum(after, np.float32(LEAST), out=after)
        return after

    def news(self, years: Masses) -> tuple[Masses, Masses]:
        """How far it is news still that all have left: for those gone before so many ``years``, and those since."""
        passed = np.maximum(np.float32(self.settling) * years, np.float32(1e-9))
        return np.exp(-passed), -np.expm1(-passed) / passed

    def terms(self, years: Masses) -> Masses:
        """What gaps of so many ``years`` do to each wave: by what share it changes, one row a gap.

        They hang on nothing but the gap, so that who passes many has those of each length once.
        """
        left, come = self.exchanged(years)
        before, since = self.news(years)
        found: Masses = np.empty((len(years), self.ways.waves), dtype=np.float32)
        waves = found[:, : -len(_BESIDE)]
        np.multiply(years[:, None], self.exponent, out=waves)
        waves += np.log1p(-left)[:, None]
        np.exp(waves, out=waves)
        waves -= 1
        beside = (come, left * (1 - since), left * since, -come, (1 - come) * (1 - before), (1 - come) * before - 1)
        found[:, -len(_BESIDE) :] = np.stack(beside, axis=1)
        return found

    def forward(self, masses: Masses, terms: Masses, room: Room | None = None) -> Masses:
        """Probabilities of all states (one row each) after gaps with these :meth:`terms`."""
        return _passed(masses, terms, self.ways.there, self.ways.back, room)

    def backward(self, likely: Masses, terms: Masses, room: Room | None = None) -> Masses:
        """The likelihood of what follows, seen before gaps with these :meth:`terms`: the adjoint of :meth:`forward`."""
        return _passed(likely, terms, self.ways.back.T, self.ways.there.T, room)

    def crossing(self, days: float) -> Masses | None:
        """The matrix of a gap, from the states before to those after; ``None`` unless it is of a few whole days.

        It does what :meth:`forward` does, but that the outcome is yet to be :func:`floored`: a wave that is hardly
        damped is negative somewhere. Where rows have the same gap, or one row is alone, it takes less.
        """
        if not 0 < days <= SHORT or days != int(days):
            return None
        found = self._crossings.get(int(days))
        if found is None:
            found = self._crossings[int(days)] = self._crossing(int(days))
        return found

    def _crossing(self, days: int) -> Masses:
        terms = self.terms(np.array([days / YEAR], dtype=np.float32))[0].astype(np.float64)
        ways = self.ways
        cosines, exponent = _waves(self.parameters)
        terms[: len(exponent)] = np.exp(days / YEAR * exponent + np.log1p(-(terms[_LEFT_AT] + terms[_LATELY_AT]))) - 1
        there, back = ways.there.astype(np.float64), ways.back.astype(np.float64)
        there[CELLS, : len(exponent)], back[: len(exponent), CELLS] = cosines, cosines.T
        found: Masses = (np.eye(grid().states) + (there * terms) @ back).astype(np.float32)
        return found


class Room:
    """Memory in which many gaps are passed, so that none has to be asked for on the way.

    What is passed in it lies in it until the next gap is.
    """

    def __init__(self, rows: int, passing: Drift) -> None:
        self.waves = np.empty((rows, passing.ways.waves), dtype=np.float32)
        self.states = np.empty((rows, grid().states), dtype=np.float32)


def _passed(states: Masses, terms: Masses, there: Masses, back: Masses, room: Room | None) -> Masses:
    many = len(states)
    waves = np.matmul(states, there, out=None if room is None else room.waves[:many])
    waves *= terms
    found: Masses = np.matmul(waves, back, out=None if room is None else room.states[:many])
    # Only the change goes through the waves, and with it their rounding: what little a far cell has stays true.
    found += states
    return floored(found)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The way from states to waves (``there``) and ``back``; of what lies between, a gap changes each by itself.

    Beside the waves proper there are those of ``_BESIDE``, which are none: what passes from one state to another.
    """

    there: Masses
    back: Masses

    @property
    def waves(self) -> int:
        """How many waves there are."""
        return len(self.back)


# What comes where there was nothing; what leaves and is no news any more; what leaves and is; what was not there and
# does not stay so; what had lately left, of which the news is old; and what does not stay so.
_BESIDE = ("coming", "left", "lately", "absent", "settled", "news")
_LEFT_AT, _LATELY_AT = (_BESIDE.index(name) - len(_BESIDE) for name in ("left", "lately"))


def _ways(parameters: Parameters) -> _Ways:
    cosines, exponent = _waves(parameters)
    many = len(exponent)
    there = np.zeros((grid().states, many + len(_BESIDE)))
    back = np.zeros((many + len(_BESIDE), grid().states))
    there[CELLS, :many], back[:many, CELLS] = cosines, cosines.T
    level = slice(1, grid().size)
    ways: tuple[tuple[Any, Any], ...] = (([0, -1], level), (level, 0), (level, -1), (0, 0), (-1, 0), (-1, -1))
    for at, (source, goal) in enumerate(ways, start=many):
        there[source, at] = 1.0
        back[at, goal] = entry(parameters) if goal is level else 1.0
    return _Ways(there.astype(np.float32), back.astype(np.float32))


def floored(states: Masses) -> Masses:
    """``states`` (the last axis) without what waves leave of less than nothing, in place."""
    np.maximum(states, _LEAST, out=states)
    return states


@lru_cache(maxsize=32)
def drift(parameters: Parameters) -> Drift:
    """The drift that ``parameters`` describe."""
    cosines, exponent = _waves(parameters)
    return Drift(
        cosines=cosines.astype(np.float32),
        exponent=exponent.astype(np.float32),
        leaving=parameters.leaving,
        coming=parameters.coming,
        settling=YEAR / parameters.news,
        parameters=parameters,
        ways=_ways(parameters),
    )


def _waves(parameters: Parameters) -> tuple[Floats, Floats]:
    """The orthonormal cosines, and how fast each wave goes (per year)."""
    n = len(grid().u)
    index = np.arange(n)
    cosines: Floats = np.cos(np.pi * (index[:, None] + 0.5) * index / n) * np.sqrt(2.0 / n)
    cosines[:, 0] /= np.sqrt(2.0)
    omega = np.pi * index / (n * grid().step)
    jumps = parameters.jumps * (1.0 / (1.0 + (parameters.leap * omega) ** 2) - 1.0)
    exponent: Floats = jumps - 0.5 * (parameters.wander * omega) ** 2
    return cosines, exponent


def entry(parameters: Parameters) -> Floats:
    """How large a force is of which nobody has said anything, over the cells above zero."""
    weights: Floats = np.exp(-0.5 * ((grid().u - parameters.middle) / parameters.spread) ** 2) + 1e-4
    normal: Floats = weights / weights.sum()
    return normal
