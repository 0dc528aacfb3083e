"""Drift: how sure knowledge of a level grows unsure as days pass, by cosine transform.

On a grid uniform in log(1 + x) with reflecting ends, every symmetric spread is a product in the cosine domain. The
spread used is that of a Lévy process: a slow wander (Gaussian) and now and then a jump (two-sided exponential), so
that most old figures still hold and some are far off.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from garrison.estimation.arrays import Floats, Masses
from garrison.estimation.grid import CELLS, grid
from garrison.estimation.parameters import Parameters

YEAR = 365.25
# Below this a mass is rounding error of the transform.
LEAST = 1e-12
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
    _ways: _Ways
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
        """What of a gap depends on nothing but its ``years``, one row each; who passes many gaps has it beforehand."""
        left, come = self.exchanged(years)
        before, since = self.news(years)
        found: Masses = np.stack([years, np.log1p(-left), left, come, before, since], axis=1)
        return found

    def forward(self, masses: Masses, terms: Masses, change: Masses | None = None) -> Masses:
        """Probabilities of all states (one row each) after gaps with these :meth:`terms`.

        ``change`` is what :meth:`change` makes of them, for who passes the same gaps forward and backward.
        """
        _, _, left, come, before, since = terms.T
        ways = self._ways
        waves = masses @ ways.there
        # The first wave is the sum of all cells.
        gone = left * waves[:, 0] * ways.flat
        waves *= self.change(terms) if change is None else change
        after = self._changed(masses, waves, ways.back)
        after[:, 0] = (1 - come) * masses[:, 0] + (1 - since) * gone
        lately = (1 - come) * masses[:, -1]
        after[:, 0] += (1 - before) * lately
        after[:, -1] = before * lately + since * gone
        return after

    def backward(self, likely: Masses, terms: Masses, change: Masses | None = None) -> Masses:
        """The likelihood of what follows, seen before gaps with these :meth:`terms`: the adjoint of :meth:`forward`."""
        _, _, left, come, before, since = terms.T
        ways = self._ways
        waves = likely @ ways.there_backward
        waves *= self.change(terms) if change is None else change
        waves[:, 0] += left * (since * likely[:, -1] + (1 - since) * likely[:, 0]) * ways.flat
        arrived = waves[:, _COMING].copy()
        earlier = self._changed(likely, waves, ways.back_backward)
        earlier[:, 0] = (1 - come) * likely[:, 0] + arrived
        earlier[:, -1] = (1 - come) * (before * likely[:, -1] + (1 - before) * likely[:, 0]) + arrived
        return earlier

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
        _, _, left, come, before, since = terms.tolist()
        cosines, exponent = _waves(self.parameters)
        matrix = np.zeros((grid().states, grid().states))
        matrix[CELLS, CELLS] = (1 - left) * (cosines * np.exp(days / YEAR * exponent)) @ cosines.T
        matrix[0, CELLS] = matrix[-1, CELLS] = come * entry(self.parameters)
        matrix[CELLS, 0], matrix[CELLS, -1] = left * (1 - since), left * since
        matrix[0, 0] = 1 - come
        matrix[-1, 0], matrix[-1, -1] = (1 - come) * (1 - before), (1 - come) * before
        return matrix.astype(np.float32)

    def change(self, terms: Masses, out: Masses | None = None) -> Masses:
        """By what share each wave of what stays changes: hardly any, or to nothing (-1). And what of it has come."""
        waves: Masses = np.multiply(terms[:, :1], self._ways.exponent, out=out)
        waves += terms[:, 1:2]
        np.exp(waves, out=waves)
        waves -= 1
        waves[:, _COMING] = terms[:, 3]
        return waves

    def _changed(self, states: Masses, waves: Masses, back: Masses) -> Masses:
        """``states`` after the cells above zero have changed by what has these ``waves``."""
        found: Masses = waves @ back
        # Only the change goes through the waves, and with it their rounding: what little a far cell has stays true.
        found += states
        return floored(found)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways from states to waves and back, forward in time and backward, as wide as the states: nothing is cut out.

    Beside the waves there is one that is no wave, of what has ``_COMING``: forward in time what was not there, which
    comes back as a force that has just appeared; backward how likely such a force is. ``exponent`` is that of each wave
    (zero for what is none), ``flat`` the first wave of cells that are all one.
    """

    there: Masses
    back: Masses
    there_backward: Masses
    back_backward: Masses
    exponent: Masses
    flat: float


_COMING = -2


def _ways(parameters: Parameters) -> _Ways:
    cosines, exponent = _waves(parameters)
    many = len(exponent)
    shape = (grid().states, grid().states)
    there, back, there_backward, back_backward = (np.zeros(shape) for _ in range(4))
    there[CELLS, :many] = there_backward[CELLS, :many] = cosines
    back[:many, CELLS] = back_backward[:many, CELLS] = cosines.T
    there[0, _COMING] = there[-1, _COMING] = 1.0
    back[_COMING, CELLS] = there_backward[CELLS, _COMING] = entry(parameters)
    return _Ways(
        there.astype(np.float32),
        back.astype(np.float32),
        there_backward.astype(np.float32),
        back_backward.astype(np.float32),
        np.append(exponent, (0.0, 0.0)).astype(np.float32),
        float(np.sqrt(many)),
    )


def floored(states: Masses) -> Masses:
    """``states`` (the last axis) without what waves leave of less than nothing, in place."""
    np.maximum(states, np.float32(LEAST), out=states)
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
        _ways=_ways(parameters),
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
