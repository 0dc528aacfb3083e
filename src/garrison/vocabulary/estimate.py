"""Estimates: what the claims about a row make likely, beside what they state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from garrison.vocabulary.posture import Citation

OUTLYING = 0.05


class Less(StrEnum):
    """Why a claim counts less than in full."""

    AGAIN = "again"
    HOUSE = "house"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim as the estimate of a row heard it.

    ``voice`` is whose word it is in the end, ``because`` why that is not the outlet's own, ``weight`` how much it
    adds to what that voice and its house said besides (0 to 1) and ``less`` why that is not all. All heard, ``right``
    is the probability that it is an honest report, if not an exact one, and ``holds`` that it is true as said, give or
    take what its words and its rounding leave open (both ``None`` for moves, and for what feeds no level). ``part``
    tells that it is about a site or a component.
    """

    citation: Citation
    voice: str
    because: str | None
    weight: float
    right: float | None
    part: bool = False
    holds: float | None = None
    less: Less | None = None

    @property
    def outlying(self) -> bool:
        """Whether the rest makes it improbable."""
        return self.right is not None and self.right < OUTLYING


@dataclass(frozen=True, slots=True)
class Estimate:
    """How much was there on a day (ISO date), by all that was known.

    ``low`` to ``high`` holds the level with 90 % probability, ``median`` halves it; all are ``None`` where no claim
    gives a number (*present, size not stated*). ``presence`` is the probability that anything was there. ``voices``
    counts those that state a level of it, copies seen through. ``dispute`` are the ids of two claims whose voices
    exclude each other, ``outlying`` those of claims that the rest makes improbable. ``dropped`` is the day of the
    edition, by the last to give a figure, that no longer states one. ``heard`` are the claims that it rests on, where
    they were asked for. ``by_records`` are the low end, median and high end that the records of outlets would make of
    it, where those were asked for: shown beside, never exported.
    """

    row: str
    as_of: str
    low: int | None
    median: int | None
    high: int | None
    presence: float
    voices: int = 0
    dispute: tuple[str, str] | None = None
    outlying: tuple[str, ...] = ()
    dropped: str | None = None
    heard: tuple[Heard, ...] = ()
    by_records: tuple[int, int, int] | None = None

    @property
    def sized(self) -> bool:
        """Whether any claim gives a number."""
        return self.median is not None
