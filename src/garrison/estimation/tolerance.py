"""Tolerance: the levels that a stated number leaves room for, and how probable it is that they hold the true one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from garrison.estimation.arrays import Floats, Whole, filled, one_of
from garrison.estimation.grid import grid
from garrison.estimation.latest import by_model
from garrison.estimation.statements import Sort, Statements
from garrison.estimation.timeline import posteriors
from garrison.vocabulary import Hedge, Quantity

ABOUT = 0.10
TURNOVER = 0.05
TURNOVER_FROM = 100


def tolerated(quantity: Quantity) -> tuple[float, float]:
    """The interval that a stated number leaves room for.

    ``exact`` numbers have the room of their rounding, half a unit of their last digit that is not zero (7,000: 6,500
    to 7,500; 12: 12), at most 10 % either way; from a hundred on at least 5 %, as a force of that size changes by as
    much from month to month. ``about`` and ``vague`` ones, and ranges, have 10 % either way, or their rounding if
    that is more. Open ends stay open.
    """
    low = 0.0 if quantity.low is None else float(quantity.low)
    high = math.inf if quantity.high is None else float(quantity.high)
    match quantity.hedge:
        case Hedge.EXACT:
            room = min(_rounding(quantity.low or 0), ABOUT * low)
            if low >= TURNOVER_FROM:
                room = max(room, TURNOVER * low)
            return low - room, high + room
        case Hedge.ABOUT | Hedge.RANGE | Hedge.VAGUE:
            return low - max(ABOUT * low, _rounding(quantity.low or 0)), high * (1 + ABOUT)
    return low, high


def _rounding(number: int) -> float:
    """Half a unit of the last digit of ``number`` that is not zero; nothing for numbers not rounded to tens."""
    unit = 1
    while number and number % (unit * 10) == 0:
        unit *= 10
    return unit / 2 if unit > 1 else 0.0


def rooms(statements: Statements) -> tuple[Floats, Floats]:
    """The least and the greatest level that each statement leaves room for: :func:`tolerated` for columns.

    Of a part the number is a lower bound; of a presence anything from one up, of an absence nothing but zero.
    """
    low, high = filled(statements.low, 0.0), filled(statements.high, np.inf)
    exact, soft = statements.sort == Sort.EXACT, one_of(statements.sort, (Sort.ABOUT, Sort.RANGE, Sort.VAGUE))
    part = statements.sort == Sort.FLOOR
    rounding = np.zeros(len(low))
    for power in range(1, 8):
        rounding[(low > 0) & (low % 10**power == 0)] = 10**power / 2
    room = np.minimum(rounding, ABOUT * low)
    room = np.where(low >= TURNOVER_FROM, np.maximum(room, TURNOVER * low), room)
    room = np.where(soft, np.maximum(ABOUT * low, rounding), np.where(exact, room, 0.0))
    least = np.where(exact | soft, low - room, low)
    greatest = np.where(exact, high + room, np.where(soft, high * (1 + ABOUT), np.where(part, np.inf, high)))
    # Whatever is said to be there is at least one.
    least = np.where((greatest >= 1) & (statements.sort != Sort.ABSENT), np.maximum(least, 1.0), 0.0)
    return least, np.where(statements.sort == Sort.ABSENT, 0.0, greatest)


def held(statements: Statements, assets: Sequence[str]) -> Floats:
    """How probable it is, all heard, that the level is in the room of each statement on its day; ``nan``: not heard.

    Args:
        statements: columns.
        assets: the class of row 0, row 1 …
    """
    low, high = rooms(statements)
    found = np.full(len(statements), np.nan)
    for model, chosen in by_model(statements.row, assets):
        for block in posteriors(statements.where(chosen), parameters=model):
            own = chosen[block.statements]
            running = np.cumsum(block.posterior, axis=1, dtype=np.float64)
            under = np.where(low[own] > 0, _up_to(running, block.step, low[own] - 0.5), 0.0)
            found[own] = _up_to(running, block.step, high[own] + 0.5) - under
    return found


def _up_to(running: Floats, step: Whole, level: Floats) -> Floats:
    """The probability of levels up to ``level`` at each ``step``, by the running sums of its cells."""
    at = (np.log1p(np.minimum(np.maximum(level, 0.0), 1e12)) - grid().u[0]) / grid().step + 0.5
    cell = np.clip(np.floor(at), 0, grid().size - 2).astype(np.int64)
    part = np.clip(at - cell, 0.0, 1.0)
    found: Floats = running[step, cell] + part * (running[step, cell + 1] - running[step, cell])
    return found
