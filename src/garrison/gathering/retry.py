"""Retrying: how long to stay away from a host that failed or asked to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from garrison.gathering.manners import LONGEST_WAIT_S

FIRST_BACKOFF_S = 30.0
"""Seconds after the first failure in a row; each further one doubles them."""


def backoff_s(failures: int) -> float:
    """The seconds to stay away after so many failures in a row."""
    return float(min(FIRST_BACKOFF_S * 2 ** min(max(failures - 1, 0), 20), LONGEST_WAIT_S))


def wait_words(seconds: float) -> str:
    """A time to wait in words, rounded as one says it: ``40 seconds``, ``15 minutes``, ``2 hours``."""
    for unit, name in ((3600.0, "hour"), (60.0, "minute")):
        if seconds >= 1.5 * unit or seconds == unit:
            number = round(seconds / unit)
            return f"{number} {name}" + ("s" if number != 1 else "")
    number = max(1, round(seconds))
    return f"{number} second" + ("s" if number != 1 else "")


def retry_after_s(value: str | None, now: datetime) -> float | None:
    """The seconds that a ``Retry-After`` header asks for, as a number or as a date, at most a day; ``None`` if none."""
    words = (value or "").strip()
    if not words:
        return None
    if words.isdecimal() and words.isascii():
        return min(float(words[:9]), LONGEST_WAIT_S)
    try:
        when = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max((when - now).total_seconds(), 0.0), LONGEST_WAIT_S)
