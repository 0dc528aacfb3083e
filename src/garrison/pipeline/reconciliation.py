"""Reconciliation: what several voices state of one force, side by side, and whether they exclude each other.

Simple on purpose: no figure is weighed or averaged. ``docs/decisions/storage.md`` names the rules; an estimate with its
likelihoods comes beside them later.
"""

from __future__ import annotations

from collections.abc import Sequence

from garrison.estimation.tolerance import tolerated
from garrison.vocabulary import Quantity

# Statements further apart in time than this are a change, not a contradiction, and an old one no longer bounds.
CONTEMPORARY_DAYS = 366


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


def opposed(stated: Sequence[tuple[int, Quantity]]) -> tuple[int, int] | None:
    """Which two of the statements (by their places) exclude each other most; ``None`` where none do."""
    if not disputed(stated):
        return None
    newest = max(day for day, _ in stated)
    recent = (at for at, (day, _) in enumerate(stated) if newest - day <= CONTEMPORARY_DAYS)
    rooms = [(*tolerated(stated[at][1]), at) for at in recent]
    highest, lowest = max(rooms, key=lambda each: (each[0], -each[2])), min(rooms, key=lambda each: (each[1], each[2]))
    one, other = sorted((highest[2], lowest[2]))
    return one, other


def span(stated: Sequence[tuple[int, Quantity]]) -> tuple[int | None, int | None]:
    """The least and greatest number among contemporary statements; an end is open only if every voice leaves it so."""
    quantities = [quantity for _, quantity in contemporary(stated)]
    numbers = [bound for each in quantities for bound in (each.low, each.high) if bound is not None]
    has_low = any(each.low is not None for each in quantities)
    has_high = any(each.high is not None for each in quantities)
    return (min(numbers) if has_low else None, max(numbers) if has_high else None)
