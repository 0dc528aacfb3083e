"""Drift: how sure knowledge of a level grows unsure as days pass, by cosine transform.

On a grid uniform in log(1 + x) with reflecting ends, every symmetric spread is a product in the cosine domain. The
spread used is that of a Lévy process: a slow wander (Gaussian) and now and then a jump (two-sided exponential), so
that most old figures still hold and some are far off.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from garrison.estimation.arrays import Floats, Masses
from garrison.estimation.grid import CELLS, grid
from garrison.estimation.parameters import Parameters

YEAR = 365.25
# Below this a mass is rounding error of the transform.
LEAST = 1e-12


@dataclass(frozen=True, slots=True)
class Drift:
    """What passes between two days: ``cosines`` (orthonormal DCT-II), ``exponent`` per year, and the atom's exchange.

    ``entry`` is where a force that appears is found, summing to one. What has left has *lately* left until the news of
    it is old, which it grows at the rate ``settling`` (per year).
    """

    cosines: Masses
    exponent: Masses
    entry: Masses
    leaving: float
    coming: float
    settling: float

    def exchanged(self, years: Masses) -> tuple[Masses, Masses]:
        """The chances, over so many ``years``, that what is there has left and that what was not there has come."""
        both = self.leaving + self.coming
        share = -np.expm1(-both * years) / both
        return share * np.float32(self.leaving), share * np.float32(self.coming)

    def spread(self, masses: Masses, years: Masses) -> Masses:
        """``masses`` of the cells above zero (one row each) after so many ``years`` (one each)."""
        waves: Masses = masses @ self.cosines
        waves *= np.exp(years[:, None] * self.exponent)
        after: Masses = waves @ self.cosines.T
        np.maximum(after, np.float32(LEAST), out=after)
        return after

    def news(self, years: Masses) -> tuple[Masses, Masses]:
        """How far it is news still that all have left: for those gone before so many ``years``, and those since."""
        passed = np.maximum(np.float32(self.settling) * years, np.float32(1e-9))
        return np.exp(-passed), -np.expm1(-passed) / passed

    def forward(self, masses: Masses, years: Masses) -> Masses:
        """Probabilities of all states (one row each) after so many ``years``."""
        left, come = self.exchanged(years)
        before, since = self.news(years)
        after = np.empty_like(masses)
        gone = left * masses[:, CELLS].sum(axis=1)
        absent, lately = (1 - come) * masses[:, 0], (1 - come) * masses[:, -1]
        after[:, CELLS] = (1 - left)[:, None] * self.spread(masses[:, CELLS], years)
        after[:, CELLS] += (come * (masses[:, 0] + masses[:, -1]))[:, None] * self.entry
        after[:, 0] = absent + (1 - before) * lately + (1 - since) * gone
        after[:, -1] = before * lately + since * gone
        return after

    def backward(self, likely: Masses, years: Masses) -> Masses:
        """The likelihood of what follows, seen so many ``years`` before it: the adjoint of :meth:`forward`."""
        left, come = self.exchanged(years)
        before, since = self.news(years)
        earlier = np.empty_like(likely)
        left_by = left * (since * likely[:, -1] + (1 - since) * likely[:, 0])
        arrived = come * (likely[:, CELLS] @ self.entry)
        earlier[:, CELLS] = (1 - left)[:, None] * self.spread(likely[:, CELLS], years) + left_by[:, None]
        earlier[:, 0] = (1 - come) * likely[:, 0] + arrived
        earlier[:, -1] = (1 - come) * (before * likely[:, -1] + (1 - before) * likely[:, 0]) + arrived
        return earlier


@lru_cache(maxsize=32)
def drift(parameters: Parameters) -> Drift:
    """The drift that ``parameters`` describe."""
    u = grid().u
    n = len(u)
    index = np.arange(n)
    cosines = np.cos(np.pi * (index[:, None] + 0.5) * index / n) * np.sqrt(2.0 / n)
    cosines[:, 0] /= np.sqrt(2.0)
    omega = np.pi * index / (n * grid().step)
    jumps = parameters.jumps * (1.0 / (1.0 + (parameters.leap * omega) ** 2) - 1.0)
    return Drift(
        cosines=cosines.astype(np.float32),
        exponent=(jumps - 0.5 * (parameters.wander * omega) ** 2).astype(np.float32),
        entry=entry(parameters).astype(np.float32),
        leaving=parameters.leaving,
        coming=parameters.coming,
        settling=YEAR / parameters.news,
    )


def entry(parameters: Parameters) -> Floats:
    """How large a force is of which nobody has said anything, over the cells above zero."""
    weights: Floats = np.exp(-0.5 * ((grid().u - parameters.middle) / parameters.spread) ** 2) + 1e-4
    normal: Floats = weights / weights.sum()
    return normal
