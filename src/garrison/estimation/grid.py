"""The grid on which a hidden level lives: an atom at zero, then cells uniform in log(1 + x), then *lately left*."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from garrison.estimation.arrays import Floats, Masses

STEP = 0.08
LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Grid:
    """Cell 0 is *nothing there*; cell ``1 + i`` is centred on ``u[i]`` = log(1 + x), from one upwards.

    While a row is worked through it has one state more, the last: *nothing there, but only lately*, of which people
    still say what they saw before. It is nothing there to whoever asks (:func:`folded`).
    """

    u: Floats
    step: float

    @property
    def size(self) -> int:
        """How many cells there are, the atom included."""
        return len(self.u) + 1

    @property
    def states(self) -> int:
        """How many states a row is in while it is worked through: the cells and *lately left*."""
        return self.size + 1

    @property
    def x(self) -> Floats:
        """The level that each cell stands for, the atom's zero first."""
        return np.concatenate(([0.0], np.expm1(self.u)))

    def positions(self, x: Floats) -> Floats:
        """Where levels ``x`` (0 or more) lie, in fractional cells above zero: 0.0 is the cell of one."""
        found: Floats = np.clip((np.log1p(np.maximum(x, 1.0)) - self.u[0]) / self.step, 0.0, len(self.u) - 1.0)
        return found


@cache
def grid() -> Grid:
    """The one grid: from one to five million in steps of 0.08, which is eight per cent."""
    cells = int(np.ceil((np.log1p(LARGEST) - np.log(2.0)) / STEP)) + 1
    return Grid(u=np.log(2.0) + STEP * np.arange(cells), step=STEP)


# Where the states have what lies above zero.
CELLS = slice(1, -1)


def folded(states: Masses) -> Masses:
    """The probability of each cell, of that of each state (the last axis): what has lately left is not there."""
    cells: Masses = states[..., :-1].copy()
    cells[..., 0] += states[..., -1]
    return cells
