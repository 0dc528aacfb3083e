"""Periods: when a force is, was or will be somewhere, at the precision that the words support."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Extent(StrEnum):
    """Whether the force was there throughout the period, or on some day within it."""

    THROUGHOUT = "throughout"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Period:
    """A stated time, its ends as partial ISO 8601 dates (``2019``, ``2019-01``, ``2019-01-22``).

    An end is ``None`` where it is open or unknown; ``open_start`` and ``open_end`` tell which (``True``: the words
    say it runs on, as in "since 2014"; ``False`` beside ``None``: unknown). ``extent`` is ``None`` where the words
    do not decide.
    """

    text: str
    start: str | None = None
    end: str | None = None
    extent: Extent | None = None
    open_start: bool = False
    open_end: bool = False
