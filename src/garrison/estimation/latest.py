"""Latest: what is known of rows on the last day on which anything is said of them.

From there any later day follows by drift alone, so that a row is worked through when something new is said of it and
not when somebody asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from garrison.estimation.answers import Levels, levels
from garrison.estimation.arrays import Floats, Masses, Whole
from garrison.estimation.drift import YEAR, drift
from garrison.estimation.grid import grid
from garrison.estimation.parameters import Parameters, parameters_for
from garrison.estimation.statements import Statements
from garrison.estimation.timeline import posteriors


@dataclass(frozen=True, slots=True)
class Latest:
    """One element for each row that anything is said of, in their order: the last day and the posterior then.

    ``right`` is for each statement the probability that it is right (``nan``: a move, or not heard).
    """

    row: Whole
    day: Whole
    posterior: Masses
    right: Floats


def latest(statements: Statements, assets: Sequence[str]) -> Latest:
    """What ``statements`` say of each row on its last day; ``assets`` has the class of row 0, row 1 …"""
    right = np.full(len(statements), np.nan)
    rows, days, found = [], [], []
    for model, chosen in by_model(statements.row, assets):
        for block in posteriors(statements.where(chosen), parameters=model):
            right[chosen[block.statements]] = block.right
            last = np.flatnonzero(np.append(np.diff(block.row) != 0, True))
            rows.append(block.row[last])
            days.append(block.day[last])
            found.append(block.posterior[last])
    if not rows:
        return Latest(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, grid().size), np.float32), right)
    row = np.concatenate(rows)
    order = np.argsort(row)
    return Latest(row[order], np.concatenate(days)[order], np.concatenate(found)[order], right)


def by_model(rows: Whole, assets: Sequence[str]) -> list[tuple[Parameters, Whole]]:
    """The models that ``assets`` need, each with the positions among ``rows`` that are of its classes."""
    models = sorted({parameters_for(asset) for asset in assets}, key=lambda each: each.middle)
    of_row = np.array([models.index(parameters_for(asset)) for asset in assets], dtype=np.int64)
    return [(model, np.flatnonzero(of_row[rows] == number)) for number, model in enumerate(models)]


def drifted(day: Whole, posterior: Masses, on: int, assets: Sequence[str]) -> Levels:
    """The levels on day ``on`` of rows with these posteriors on their last ``day``, which is no later."""
    rows = np.arange(len(day))
    after = np.empty_like(posterior)
    for model, chosen in by_model(rows, assets):
        years = ((on - day[chosen]) / YEAR).astype(np.float32)
        after[chosen] = drift(model).forward(posterior[chosen], years)
    return levels(rows, np.full(len(day), on), after)
