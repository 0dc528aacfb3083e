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
class Shift:
    """Where each state goes: to a few others (``to``, a row for each of them), ``share`` of it to each."""

    to: Whole
    share: Masses

    def forward(self, masses: Masses) -> Masses:
        """``masses`` of all states (one row) after it."""
        after = np.bincount(self.to.ravel(), weights=(self.share * masses).ravel(), minlength=grid().states)
        found: Masses = after.astype(np.float32).reshape(masses.shape)
        return found

    def backward(self, likely: Masses) -> Masses:
        """The likelihood of what follows (one row), seen before it."""
        found: Masses = np.einsum("ij,ij->j", self.share, likely[self.to])
        return found


@dataclass(frozen=True, slots=True)
class Transition:
    """From the states before to the states after a move: a matrix or a shift, and the chance that the report is false.

    What sums to less than one is evidence against its level.
    """

    way: Masses | Shift
    wrong: float

    def forward(self, masses: Masses) -> Masses:
        """Probabilities of the states (one row) after the move."""
        moved = self.way.forward(masses) if isinstance(self.way, Shift) else masses @ self.way
        return np.float32(1 - self.wrong) * moved + np.float32(self.wrong) * masses

    def backward(self, likely: Masses) -> Masses:
        """The likelihood of what follows (one row), seen before the move."""
        before = self.way.backward(likely) if isinstance(self.way, Shift) else self.way @ likely
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


@lru_cache(maxsize=4096)
def _changed(least: float, most: float) -> Shift:
    changes = sorted({least, (least + most) / 2, most})
    shifts = [_shifted(change) for change in changes]
    to, share = (np.concatenate([each[part] for each in shifts]) for part in (0, 1))
    return Shift(to.astype(np.int64), (share / len(changes)).astype(np.float32))


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


def _shifted(change: float) -> tuple[Floats, Floats]:
    """Every level moved by ``change``, its mass split between two neighbouring cells: which, and how much to each."""
    size, states = grid().size, grid().states
    after = grid().x + change
    positions = grid().positions(np.maximum(after, 1.0))
    cell = np.minimum(np.floor(positions), size - 3)
    to, share = np.zeros((2, states)), np.zeros((2, states))
    to[0, :size], to[1, :size] = 1 + cell, 2 + cell
    share[1, :size] = positions - cell
    share[0, :size] = 1.0 - share[1, :size]
    gone = np.flatnonzero(after < 0.5)
    to[0, gone], share[0, gone], share[1, gone] = states - 1, 1.0, 0.0
    # More cannot leave than was there; but figures are soft, so the mass is lessened, not struck out.
    share[:, np.flatnonzero(after < -0.25 * abs(change))] *= 0.2
    # What has lately left may be what the report is of; what comes, comes to nothing either way.
    if change > 0:
        to[:, -1], share[:, -1] = to[:, 0], share[:, 0]
    else:
        to[0, -1], share[0, -1] = states - 1, 1.0
    return to, share
