"""Days: partial ISO 8601 dates as day numbers, so that the ledger can compare and index them."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime

from garrison.vocabulary import Period, UsageError

# The day that a statement without any date is newest for: before every other.
UNDATED = 1


def first_day(text: str) -> int:
    """The number of the first day that ``text`` (``2021``, ``2021-07``, ``2021-07-08``, or with a time) covers."""
    return _bounds(text)[0]


def last_day(text: str) -> int:
    """The number of the last day that ``text`` covers."""
    return _bounds(text)[1]


def day_text(day: int) -> str:
    """The day as ``YYYY-MM-DD``."""
    return date.fromordinal(day).isoformat()


def today() -> int:
    """Today's number, in UTC."""
    return datetime.now(UTC).date().toordinal()


def asked_day(text: str, what: str) -> int:
    """The last day that a person's ``text`` covers.

    Raises:
        UsageError: ``text`` is no date; the message names ``what`` was asked.
    """
    try:
        return last_day(text)
    except ValueError:
        raise UsageError(f"{what} must be a date such as 2021, 2021-07 or 2021-07-15, not {text!r}") from None


def is_date(text: str | None) -> bool:
    """Whether ``text`` is a date, whole or partial."""
    if not text:
        return False
    try:
        _bounds(text)
    except ValueError:
        return False
    return True


def valid_days(when: Period | None, said: int, *, dated: bool = True) -> tuple[int, int]:
    """The first day a statement holds, and the day it is newest for, from its ``when`` and the day it was ``said``.

    A period that is over counts for its end, one that runs on for the day it was said. A time that could not be
    resolved ("before the war") is newest for the day before, so that a figure for now in the same text goes first.
    What an undated text says for no stated time is known to hold only since the text was known, and yet it is newer
    than nothing: it is newest for ``UNDATED``.
    """
    start = first_day(when.start) if when and when.start and is_date(when.start) else None
    end = last_day(when.end) if when and when.end and is_date(when.end) else None
    if start is None and end is None:
        resolved = when is None or when.open_start or when.open_end
        return said, UNDATED if not dated else said if resolved else said - 1
    if start is None:
        start = first_day(when.end) if when and when.end else said
    newest = end if end is not None and end < said else said if dated else start
    return start, max(start, newest)


def _bounds(text: str) -> tuple[int, int]:
    plain = text.strip()
    if len(plain) == 4:
        year = int(plain)
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if len(plain) == 7 and plain[4] == "-":
        year, month = int(plain[:4]), int(plain[5:])
        if not 1 <= month <= 12:
            raise ValueError(text)
        return date(year, month, 1).toordinal(), date(year, month, calendar.monthrange(year, month)[1]).toordinal()
    if len(plain) > 10:
        moment = datetime.fromisoformat(plain)
        day = (moment.astimezone(UTC) if moment.tzinfo else moment).date().toordinal()
    else:
        day = date.fromisoformat(plain).toordinal()
    return day, day
