"""Days: for which day a claim speaks, and how uncertain that day is."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache

from garrison.vocabulary import Citation, Kind, Period

# A move reported without its time took place within about so many days of the report.
RECENT = 7.0


@lru_cache(maxsize=65536)
def first_day(text: str) -> int:
    """The first day of a partial ISO date (proleptic Gregorian ordinal)."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1).toordinal()


@lru_cache(maxsize=65536)
def last_day(text: str) -> int:
    """The last day of a partial ISO date (proleptic Gregorian ordinal)."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1]).toordinal()


def _parts(text: str) -> tuple[int, int | None, int | None]:
    """Year, month and day; a day that its month does not have is the month's last."""
    parts = [int(part) for part in text[:10].split("-")]
    year = min(max(parts[0], 1), 9999)
    month = min(max(parts[1], 1), 12) if len(parts) > 1 else None
    day = min(max(parts[2], 1), calendar.monthrange(year, month)[1]) if len(parts) > 2 and month else None
    return year, month, day


def said_day(citation: Citation) -> int:
    """The day on which a claim was published, else known."""
    return last_day(citation.published or citation.known)


def holding(citation: Citation) -> tuple[int, float]:
    """The day for which a claim holds, and how many days it may be off either way.

    A level said of a time that is over holds in the middle of it; one that runs on, or is said of no time, holds on
    the day it was said. A move took place somewhere in its time.
    """
    said = said_day(citation)
    moving = citation.kind in (Kind.DEPLOY, Kind.WITHDRAW, Kind.RELOCATE)
    when = citation.when
    if when is None or (when.start is None and when.end is None):
        return said, RECENT if moving else 0.0
    start, end = _bounds(when, said)
    if moving:
        end = min(end, said)
        start = min(start, end)
    elif start <= said <= end or when.open_end:
        return said, 0.0
    return (start + end) // 2, (end - start) / 2


def _bounds(when: Period, said: int) -> tuple[int, int]:
    end = last_day(when.end) if when.end else None
    start = first_day(when.start) if when.start else None
    if start is None:
        # "By the end of 2017": on that day.
        return (end, end) if end is not None else (said, said)
    if end is None:
        return start, max(start, said)
    return start, max(start, end)
