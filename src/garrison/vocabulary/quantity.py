"""Quantities as bounds (guide, *quantity*): nothing is a point before the estimate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Hedge(StrEnum):
    """How a number is said."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated number: the words, the bounds (``None`` where open) and the hedge.

    ``exact`` and ``about`` have equal bounds, ``at_least`` only ``low``, ``at_most`` only ``high``, ``range`` and
    ``vague`` both with ``low <= high``.

    Raises:
        ValueError: bounds that do not fit the hedge.
    """

    text: str
    low: int | None
    high: int | None
    hedge: Hedge

    def __post_init__(self) -> None:
        low, high = self.low, self.high
        match self.hedge:
            case Hedge.EXACT | Hedge.ABOUT:
                fits = low is not None and low == high
            case Hedge.AT_LEAST:
                fits = low is not None and high is None
            case Hedge.AT_MOST:
                fits = low is None and high is not None
            case Hedge.RANGE | Hedge.VAGUE:
                fits = low is not None and high is not None and low <= high
        if not fits or (low is not None and low < 0) or (high is not None and high < 0):
            raise ValueError(f"bounds {low}..{high} do not fit the hedge {self.hedge}")
