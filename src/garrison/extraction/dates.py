"""Partial dates and the calendar arithmetic on them, within the years 1 to 9999."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?", re.DOTALL)
DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year or a day: ISO 8601 at reduced precision.

    Raises:
        ValueError: no such day in the calendar, or a day without its month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        datetime.date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @property
    def iso(self) -> str:
        """The ISO 8601 form: ``2019``, ``2019-01`` or ``2019-01-22``."""
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    @property
    def first(self) -> datetime.date:
        """The first day that it covers."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The last day that it covers."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def last_day(self) -> PartialDate:
        """The last day that it covers, as a date of full precision."""
        return from_day(self.last)

    @property
    def to_month(self) -> PartialDate:
        """The same at the precision of a month at most."""
        return PartialDate(self.year, self.month)

    def plus_days(self, days: int) -> PartialDate | None:
        """The day so many days later (earlier if negative); ``None`` without a day or outside the calendar."""
        if self.day is None:
            return None
        try:
            return from_day(self.first + datetime.timedelta(days=days))
        except OverflowError:
            return None

    def plus_months(self, months: int) -> PartialDate | None:
        """The month so many months later; ``None`` without a month or outside the calendar."""
        if self.month is None:
            return None
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return dated(year, month + 1)


def dated(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """The partial date of these parts, or ``None`` if the calendar has none such."""
    if year is None:
        return None
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def from_day(day: datetime.date) -> PartialDate:
    """``day`` as a partial date of full precision."""
    return PartialDate(day.year, day.month, day.day)


def from_iso(text: str | None) -> PartialDate | None:
    """The partial date that ``text`` writes in ISO 8601 (a time of day after it is left out), or ``None``."""
    found = _ISO.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    return dated(year, month, day)


def in_order(start: PartialDate | None, end: PartialDate | None) -> bool:
    """Whether ``start`` can come before or with ``end``; an open end is always in order."""
    return start is None or end is None or (start.first <= end.last and start.first <= end.first)


def easter(year: int) -> PartialDate | None:
    """Easter Sunday of the Gregorian calendar in ``year``.

    Source: the anonymous Gregorian computus (Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8).
    """
    century, in_century = divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap_centuries - moon_shift + 15) % 30
    to_sunday = (32 + 2 * rest + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (year % 19 + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return dated(year, month, day + 1)
