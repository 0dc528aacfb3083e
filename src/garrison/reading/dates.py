"""Dates of publication: as sources write them, to ISO 8601."""

from __future__ import annotations

from datetime import date

import re2

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_ISO = re2.compile(r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T\s].*)?$")
_COMPACT = re2.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.*)?$")
_DAY_FIRST = re2.compile(rf"(?i)\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+{_MONTH},?[\s\-]+(\d{{4}})\b")
_MONTH_FIRST = re2.compile(rf"(?i)\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b")
_MONTH_ONLY = re2.compile(rf"(?i)^\s*{_MONTH},?\s+(\d{{4}})\s*$")
_NUMBERS = re2.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\b")
_IN_TEXT = re2.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_URL = re2.compile(r"[/\-_](19[89]\d|20\d\d)[/\-_]{0,2}(0[1-9]|1[0-2]|[1-9])[/\-_]{0,2}([0-2]\d|3[01])(?:[/\-_.]|$)")
_URL_NAMED = re2.compile(
    r"(?i)[/\-_](19[89]\d|20\d\d)[/\-_](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/\-_](\d{1,2})[/\-_]"
)
_EARLIEST = 1900
_LATEST = 2999
_LONGEST = 100


def iso_day(words: str) -> str | None:
    """The date that ``words`` give, as precise as they are (``2021``, ``2021-07``, ``2021-07-08``), else ``None``.

    Times of day and zones are left out: the day is the one that the source writes. ``08/07/2021``, which may be July
    or August, is no date.
    """
    words = " ".join(words[:_LONGEST].split())
    if found := _ISO.match(words) or _COMPACT.match(words):
        return _written(*found.groups())
    if found := _DAY_FIRST.search(words):
        return _written(found.group(3), str(_MONTHS[found.group(2).lower()]), found.group(1))
    if found := _MONTH_FIRST.search(words):
        return _written(found.group(3), str(_MONTHS[found.group(1).lower()]), found.group(2))
    if found := _MONTH_ONLY.match(words):
        return _written(found.group(2), str(_MONTHS[found.group(1).lower()]), None)
    if found := _NUMBERS.match(words):
        first, second, year = found.groups()
        if int(first) > 12 or first == second:
            return _written(year, second, first)
        return _written(year, first, second) if int(second) > 12 else None
    if found := _IN_TEXT.search(words):
        return _written(*found.groups())
    return None


def stamped_day(stamp: str) -> str | None:
    """The day of a PDF date (``D:20210708120000+05'00'``; ISO 32000-1, 7.9.4)."""
    return iso_day(stamp.removeprefix("D:")[:8])


def day_in_url(url: str) -> str | None:
    """The day that a path such as ``/2021/07/08/`` or ``/2021/jul/08/`` states; ``None`` for none or several."""
    # Doubled, since the slash after one day may be the one before the next.
    doubled = url[:2000].replace("/", "//")
    named = ((year, str(_MONTHS[month.lower()]), day) for year, month, day in _URL_NAMED.findall(url[:2000]))
    found = {_written(*parts) for parts in (*_URL.findall(doubled), *named)} - {None}
    return found.pop() if len(found) == 1 else None


def is_day(words: str) -> bool:
    """Whether ``words`` are a date to the day."""
    return len(words) == 10


def is_next_to(one: str, other: str) -> bool:
    """Whether two days (``2021-07-08``) are the same or one after the other."""
    return abs(date.fromisoformat(one).toordinal() - date.fromisoformat(other).toordinal()) <= 1


def _written(year: str, month: str | None, day: str | None) -> str | None:
    if not _EARLIEST <= int(year) <= _LATEST:
        return None
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
