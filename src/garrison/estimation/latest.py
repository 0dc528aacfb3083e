"""Latest: from what is known of rows on the last day on which anything is said of them to any later day.

That is drift alone, so that a row is worked through when something new is said of it and not when somebody asks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from garrison.estimation.answers import Levels, levels
from garrison.estimation.arrays import Masses, Whole
from garrison.estimation.drift import YEAR, drift
from garrison.estimation.grid import folded, grid
from garrison.estimation.parameters import Parameters, parameters_for


def by_model(rows: Whole, assets: Sequence[str]) -> list[tuple[Parameters, Whole]]:
    """The models that ``assets`` need, each with the positions among ``rows`` that are of its classes."""
    of_class = {asset: parameters_for(asset) for asset in set(assets)}
    models = sorted(set(of_class.values()), key=lambda each: each.middle)
    number = {asset: models.index(model) for asset, model in of_class.items()}
    of_row = np.array([number[asset] for asset in assets], dtype=np.int64)
    return [(model, np.flatnonzero(of_row[rows] == at)) for at, model in enumerate(models)]


def drifted(day: Whole, posterior: Masses, on: int, assets: Sequence[str]) -> Levels:
    """The levels on day ``on`` of rows with these posteriors on their last ``day``, which is no later."""
    rows = np.arange(len(day))
    after = np.empty_like(posterior)
    for model, chosen in by_model(rows, assets):
        years = ((on - day[chosen]) / YEAR).astype(np.float32)
        states = np.zeros((len(chosen), grid().states), dtype=np.float32)
        states[:, :-1] = posterior[chosen]
        passing = drift(model)
        after[chosen] = folded(passing.forward(states, passing.terms(years)))
    return levels(rows, np.full(len(day), on), after)
