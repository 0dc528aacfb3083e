"""Transitions: what a reported move does to a level on its day."""

from __future__ import annotations

from functools import lru_cache
from math import isnan

import numpy as np

from garrison.estimation.arrays import Floats, Masses, Whole
from garrison.estimation.drift import entry
from garrison.estimation.grid import grid
from garrison.estimation.parameters import Parameters
from garrison.estimation.statements import Sort


@lru_cache(maxsize=4096)
def transition(sort: Sort, low: float, high: float, wrong: float, parameters: Parameters) -> Masses:
    """The matrix from the cells before to the cells after a move; rows that sum to less than one are evidence against.

    Args:
        sort: one of the four moves.
        low: the smallest change stated, for a rise or a fall (``nan`` with ``high`` if open).
        high: the largest.
        wrong: the chance that the report is false.
        parameters: the model.
    """
    if sort is Sort.ARRIVAL:
        moved = _risen(parameters)
    elif sort is Sort.DEPARTURE:
        moved = _fallen(parameters)
    else:
        least = high if isnan(low) else low
        most = low if isnan(high) else high
        changes = np.unique(np.array([least, (least + most) / 2, most]))
        moved = np.mean([_shifted(change if sort is Sort.RISE else -change) for change in changes], axis=0)
    found: Masses = ((1.0 - wrong) * moved + wrong * np.eye(grid().size)).astype(np.float32)
    return found


def _risen(parameters: Parameters) -> Floats:
    n = len(grid().u)
    matrix = np.zeros((n + 1, n + 1))
    # At least one afterwards: what was not there has come.
    matrix[0, 1:] = entry(parameters)
    matrix[1:, 1:] = (1 - parameters.rising) * np.eye(n) + parameters.rising * _geometric(n, parameters.swing)
    return matrix


def _fallen(parameters: Parameters) -> Floats:
    n = len(grid().u)
    matrix = np.zeros((n + 1, n + 1))
    # What is not there cannot leave: only a false report keeps the atom.
    down = _geometric(n, parameters.swing)[::-1, ::-1]
    matrix[1:, 1:] = (1 - parameters.falling) * np.eye(n) + parameters.falling * (1 - parameters.emptied) * down
    matrix[1:, 0] = parameters.falling * parameters.emptied
    return matrix


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
    size = grid().size
    after = grid().x + change
    matrix = np.zeros((size, size))
    gone = after < 0.5
    positions = grid().positions(np.maximum(after, 1.0))
    cell: Whole = np.minimum(positions.astype(np.int64), size - 3)
    share = positions - cell
    rows = np.arange(size)
    matrix[rows, 1 + cell] = 1.0 - share
    matrix[rows, 2 + cell] += share
    matrix[gone] = 0.0
    matrix[gone, 0] = 1.0
    # More cannot leave than was there; but figures are soft, so the mass is lessened, not struck out.
    matrix[after < -0.25 * abs(change)] *= 0.2
    return matrix
