"""Answers: from a posterior over the cells to what a person reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from garrison.estimation.arrays import Floats, Masses, Whole
from garrison.estimation.grid import grid
from garrison.estimation.parameters import DEFAULT, Parameters, parameters_for
from garrison.estimation.statements import Statements
from garrison.estimation.timeline import posteriors

INTERVAL = 0.90


@dataclass(frozen=True, slots=True)
class Levels:
    """Estimates, one element each: ``row`` and ``day``, the ends of the 90 % interval and the median, the presence.

    ``low`` is rounded down and ``high`` up to whole numbers; ``presence`` is the probability that anything is there.
    """

    row: Whole
    day: Whole
    low: Floats
    median: Floats
    high: Floats
    presence: Floats


def quantiles(posterior: Masses, shares: tuple[float, ...]) -> Floats:
    """The levels below which ``shares`` (0 to 1) of each row's probability lie; one column each."""
    u, step = grid().u, grid().step
    running = np.cumsum(posterior, axis=1, dtype=np.float64)
    running /= running[:, -1:]
    found = np.empty((len(posterior), len(shares)))
    for column, share in enumerate(shares):
        cell = np.minimum((running < share).sum(axis=1), grid().size - 1)
        before = np.where(cell > 0, np.take_along_axis(running, np.maximum(cell - 1, 0)[:, None], axis=1)[:, 0], 0.0)
        within = np.take_along_axis(running, cell[:, None], axis=1)[:, 0] - before
        part = np.clip((share - before) / np.maximum(within, 1e-300), 0.0, 1.0)
        level = np.expm1(u[np.maximum(cell - 1, 0)] + (part - 0.5) * step)
        found[:, column] = np.where(cell == 0, 0.0, level)
    return found


def levels(row: Whole, day: Whole, posterior: Masses) -> Levels:
    """The median and the 90 % interval of each posterior."""
    outside = (1 - INTERVAL) / 2
    low, median, high = quantiles(posterior, (outside, 0.5, 1 - outside)).T
    presence = 1.0 - posterior[:, 0].astype(np.float64)
    return Levels(row, day, np.floor(low + 0.5 - 1e-9), median, np.ceil(high - 0.5 + 1e-9), presence)


@dataclass(frozen=True, slots=True)
class Answer:
    """``levels`` in the order asked, and for each statement the probability that it is right (``nan``: not heard)."""

    levels: Levels
    right: Floats


def answered_by_class(statements: Statements, rows: Whole, days: Whole, assets: Sequence[str]) -> Answer:
    """As :func:`answered`, each row by the model of its class; ``assets`` has the class of row 0, row 1 …"""
    of_class = {asset: parameters_for(asset) for asset in set(assets)}
    models = sorted(set(of_class.values()), key=lambda each: each.middle)
    at_model = {asset: models.index(model) for asset, model in of_class.items()}
    model_of = np.array([at_model[asset] for asset in assets], dtype=np.int64)
    columns = [np.full(len(rows), np.nan) for _ in range(4)]
    right = np.full(len(statements), np.nan)
    for number, model in enumerate(models):
        mine = np.flatnonzero(model_of[rows] == number)
        own = np.flatnonzero(model_of[statements.row] == number)
        answer = answered(statements.where(own), rows[mine], days[mine], model)
        right[own] = answer.right
        found = answer.levels
        for column, values in zip(columns, (found.low, found.median, found.high, found.presence), strict=True):
            column[mine] = values
    return Answer(Levels(rows, days, *columns), right)


def answered(
    statements: Statements,
    rows: Whole,
    days: Whole,
    parameters: Parameters = DEFAULT,
) -> Answer:
    """The levels of ``rows`` on ``days`` (pairs, of equal length) that ``statements`` make likely.

    A row that no statement is about is answered by the prior alone. Statements about rows not asked for cost time.
    """
    right = np.full(len(statements), np.nan)
    columns = [np.full(len(rows), np.nan) for _ in range(4)]
    if not len(rows):
        for block in posteriors(statements, parameters=parameters):
            right[block.statements] = block.right
        return Answer(Levels(rows, days, *columns), right)
    base, last = int(days.min()), int(days.max())
    keys = rows * (last - base + 1) + (days - base)
    wanted, place = np.unique(keys, return_inverse=True)
    for block in posteriors(statements, (rows, days), parameters):
        right[block.statements] = block.right
        inside = (block.day >= base) & (block.day <= last)
        steps = np.flatnonzero(inside)
        steps = steps[np.isin(block.row[steps] * (last - base + 1) + (block.day[steps] - base), wanted)]
        if not len(steps):
            continue
        found = levels(block.row[steps], block.day[steps], block.posterior[steps])
        at = np.searchsorted(wanted, found.row * (last - base + 1) + (found.day - base))
        for column, values in zip(columns, (found.low, found.median, found.high, found.presence), strict=True):
            spread = np.full(len(wanted), np.nan)
            spread[at] = values
            mine = spread[place.ravel()]
            known = ~np.isnan(mine)
            column[known] = mine[known]
    return Answer(Levels(rows, days, *columns), right)
