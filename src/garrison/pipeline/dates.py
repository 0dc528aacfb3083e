"""Dates as people give them and as the clock tells them, in ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from garrison.vocabulary import UsageError

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def iso_date(words: str) -> str:
    """``words`` if they are an ISO date, partial (``2021``, ``2021-07``) or whole.

    Raises:
        UsageError: they are not, or there is no such day.
    """
    if not _DATE.fullmatch(words):
        raise UsageError(f"{words!r} is not a date; write 2021, 2021-07 or 2021-07-15")
    try:
        datetime.fromisoformat(words + "0000-01-01"[len(words) :])
    except ValueError:
        raise UsageError(f"{words!r} is not a day of the calendar") from None
    return words
