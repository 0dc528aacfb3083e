"""Transitions: what a reported move does to a level on its day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import isnan

import numpy as np

from garrison.estimation.arrays import Floats, Masses, Whole
from garrison.estimation.drift import entry
from garrison.estimation.grid import CELLS, grid
from garrison.estimation.parameters import Parameters
from garrison.estimation.statements import Sort


@dataclass(frozen=True, slots=True)
class Transition:
    """The matrix from the states before to the states after a move, and the chance that the report is false.

    Rows that sum to less than one are evidence against their level.
    """

    matrix: Masses
    wrong: float

    def forward(self, masses: Masses) -> Masses:
        """Probabilities of the cells after the move."""
        moved: Masses = masses @ self.matrix
        return np.float32(1 - self.wrong) * moved + np.float32(self.wrong) * masses

    def backward(self, likely: Masses) -> Masses:
        """The likelihood of what follows, seen before the move."""
        before: Masses = self.matrix @ likely
        return np.float32(1 - self.wrong) * before + np.float32(self.wrong) * likely


def transition(sort: Sort, low: float, high: float, wrong: float, parameters: Parameters) -> Transition:
    """What a reported move does.

    Args:
        sort: one of the four moves.
        low: the smallest change stated, for a rise or a fall (``nan`` with ``high`` if open).
        high: the largest.
        wrong: the chance that the report is false.
        parameters: the model.
    """
    if sort is Sort.ARRIVAL:
        return Transition(_risen(parameters), wrong)
    if sort is Sort.DEPARTURE:
        return Transition(_fallen(parameters), wrong)
    least, most = high if isnan(low) else low, low if isnan(high) else high
    sign = 1.0 if sort is Sort.RISE else -1.0
    return Transition(_changed(sign * least, sign * most), wrong)


@lru_cache(maxsize=256)
def _changed(least: float, most: float) -> Masses:
    changes = np.unique(np.array([least, (least + most) / 2, most]))
    matrix = sum(_shifted(float(change)) for change in changes) / len(changes)
    found: Masses = np.asarray(matrix, dtype=np.float32)
    return found


@lru_cache(maxsize=32)
def _risen(parameters: Parameters) -> Masses:
    n = len(grid().u)
    matrix = np.zeros((n + 2, n + 2))
    # At least one afterwards: what was not there has come.
    matrix[0, CELLS] = matrix[-1, CELLS] = entry(parameters)
    matrix[CELLS, CELLS] = (1 - parameters.rising) * np.eye(n) + parameters.rising * _geometric(n, parameters.swing)
    return matrix.astype(np.float32)


@lru_cache(maxsize=32)
def _fallen(parameters: Parameters) -> Masses:
    n = len(grid().u)
    matrix = np.zeros((n + 2, n + 2))
    # What is not there cannot leave: its row stays empty, and only a false report keeps the atom. That what has lately
    # left has left is true.
    matrix[-1, -1] = 1.0
    down = _geometric(n, parameters.swing)[::-1, ::-1]
    matrix[CELLS, CELLS] = (1 - parameters.falling) * np.eye(n) + parameters.falling * (1 - parameters.emptied) * down
    matrix[CELLS, -1] = parameters.falling * parameters.emptied
    return matrix.astype(np.float32)


def _geometric(n: int, swing: float) -> Floats:
    """From each cell upwards, ever less likely; what would leave the grid stays in its last cell."""
    steps = np.arange(n)
    weights = np.exp(-steps * grid().step / swing)
    matrix = np.zeros((n, n))
    for cell in range(n):
        matrix[cell, cell:] = weights[: n - cell]
    normal: Floats = matrix / matrix.sum(axis=1, keepdims=True)
    return normal


def _shifted(change: float) -> Floats:
    """Every level moved by ``change``, its mass split between the two neighbouring cells."""
    size, states = grid().size, grid().states
    after = grid().x + change
    matrix = np.zeros((states, states))
    gone = after < 0.5
    positions = grid().positions(np.maximum(after, 1.0))
    cell: Whole = np.minimum(positions.astype(np.int64), size - 3)
    share = positions - cell
    rows = np.arange(size)
    matrix[rows, 1 + cell] = 1.0 - share
    matrix[rows, 2 + cell] += share
    left = np.flatnonzero(gone)
    matrix[left] = 0.0
    matrix[left, -1] = 1.0
    # More cannot leave than was there; but figures are soft, so the mass is lessened, not struck out.
    matrix[np.flatnonzero(after < -0.25 * abs(change))] *= 0.2
    # What has lately left may be what the report is of; what comes, comes to nothing either way.
    matrix[-1] = matrix[0] if change > 0 else 0.0
    matrix[-1, -1] += float(change <= 0)
    return matrix
