"""Reconciliation: what several voices state of one force, side by side, and whether they exclude each other.

Simple on purpose: no figure is weighed or averaged. ``docs/decisions/storage.md`` names the rules; an estimate with its
likelihoods comes beside them later.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from garrison.vocabulary import Hedge, Quantity

# Statements further apart in time than this are a change, not a contradiction, and an old one no longer bounds.
CONTEMPORARY_DAYS = 366
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


def exclude_each_other(one: Quantity, other: Quantity) -> bool:
    """Whether no number has room in both."""
    (low, high), (other_low, other_high) = tolerated(one), tolerated(other)
    return low > other_high or other_low > high


def contemporary(stated: Sequence[tuple[int, Quantity]]) -> list[tuple[int, Quantity]]:
    """Those of the statements (with their days) that are not older than the newest by more than a year."""
    newest = max((day for day, _ in stated), default=0)
    return [(day, quantity) for day, quantity in stated if newest - day <= CONTEMPORARY_DAYS]


def disputed(stated: Sequence[tuple[int, Quantity]]) -> bool:
    """Whether two contemporary statements, each of another voice, exclude each other."""
    rooms = [tolerated(quantity) for _, quantity in contemporary(stated)]
    # Two exclude each other just when the highest low end is above the lowest high end.
    return bool(rooms) and max(low for low, _ in rooms) > min(high for _, high in rooms)


def span(stated: Sequence[tuple[int, Quantity]]) -> tuple[int | None, int | None]:
    """The least and greatest number among contemporary statements; an end is open only if every voice leaves it so."""
    quantities = [quantity for _, quantity in contemporary(stated)]
    numbers = [bound for each in quantities for bound in (each.low, each.high) if bound is not None]
    has_low = any(each.low is not None for each in quantities)
    has_high = any(each.high is not None for each in quantities)
    return (min(numbers) if has_low else None, max(numbers) if has_high else None)
