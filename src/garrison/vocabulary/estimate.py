"""Estimates: what the claims about a row make likely, beside what they state."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.vocabulary.posture import Citation

OUTLYING = 0.05


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim as the estimate of a row heard it.

    ``voice`` is whose word it is in the end, ``because`` why that is not the outlet's own, ``weight`` how much it
    adds to what that voice and its house said besides (0 to 1), ``right`` the probability that it is right, all
    heard (``None`` for moves, and for what feeds no level). ``part`` tells that it is about a site or a component.
    """

    citation: Citation
    voice: str
    because: str | None
    weight: float
    right: float | None
    part: bool = False

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
    they were asked for.
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

    @property
    def sized(self) -> bool:
        """Whether any claim gives a number."""
        return self.median is not None
