"""Dates of publication: as sources write them, to ISO 8601."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from importlib.resources import files

import re2

_MONTHS = {
    name: int(number)
    for number, names in tomllib.loads(
        files("garrison.reading").joinpath("months.toml").read_text(encoding="utf-8")
    ).items()
    for name in names
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
# RE2 knows the bounds of ASCII words only.
_BEGINS, _ENDS = r"(?:^|[^\pL\pN])", r"(?:[^\pL\pN]|$)"
_OF = r"(?:\s+(?:of|de|del|do|di))?"
_ISO = re2.compile(r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T\s].*)?$")
_COMPACT = re2.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.*)?$")
_DAY_FIRST = re2.compile(
    rf"(?i){_BEGINS}(\d{{1,2}})(?:st|nd|rd|th|er|\.|º|ª)?{_OF}[\s\-]+{_MONTH},?{_OF}[\s\-]+(\d{{4}}){_ENDS}"
)
_MONTH_FIRST = re2.compile(rf"(?i){_BEGINS}{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_ENDS}")
_YEAR_FIRST = re2.compile(rf"(?i){_BEGINS}(\d{{4}})\.?\s+{_MONTH}\s+(\d{{1,2}}){_ENDS}")
_SIGNED = re2.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]")
_MONTH_ONLY = re2.compile(rf"(?i)^\s*{_MONTH},?\s+(\d{{4}})\s*$")
_NUMBERS = re2.compile(r"^(\d{1,2})([/.\-])(\d{1,2})[/.\-](\d{4})(?:\D|$)")
_IN_TEXT = re2.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_URL = re2.compile(r"[/\-_](19[89]\d|20\d\d)[/\-_]{0,2}(0[1-9]|1[0-2]|[1-9])[/\-_]{0,2}([0-2]\d|3[01])(?:[/\-_.]|$)")
_URL_NAMED = re2.compile(
    r"(?i)[/\-_](19[89]\d|20\d\d)[/\-_](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/\-_](\d{1,2})[/\-_]"
)
_DIGITS = {
    ord(sign): str(number) for signs in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९") for number, sign in enumerate(signs)
}
_EARLIEST = 1900
_LATEST = 2999
_LONGEST = 100


def iso_day(words: str) -> str | None:
    """The date that ``words`` give, as precise as they are (``2021``, ``2021-07``, ``2021-07-08``), else ``None``.

    Times of day and zones are left out: the day is the one that the source writes. ``08/07/2021``, which may be July
    or August, is no date; with points between its numbers a date has its day first.
    """
    words = " ".join(words[:_LONGEST].translate(_DIGITS).split())
    if found := _ISO.match(words) or _COMPACT.match(words):
        return _written(*found.groups())
    if found := _DAY_FIRST.search(words):
        return _written(found.group(3), str(_MONTHS[found.group(2).lower()]), found.group(1))
    if found := _MONTH_FIRST.search(words):
        return _written(found.group(3), str(_MONTHS[found.group(1).lower()]), found.group(2))
    if found := _YEAR_FIRST.search(words):
        return _written(found.group(1), str(_MONTHS[found.group(2).lower()]), found.group(3))
    if found := _SIGNED.search(words):
        return _written(*found.groups())
    if found := _MONTH_ONLY.match(words):
        return _written(found.group(2), str(_MONTHS[found.group(1).lower()]), None)
    if found := _NUMBERS.match(words):
        first, sign, second, year = found.groups()
        if int(first) > 12 or first == second or (sign == "." and int(second) <= 12):
            return _written(year, second, first)
        return _written(year, first, second) if int(second) > 12 else None
    if found := _IN_TEXT.search(words):
        return _written(*found.groups())
    return None


def stamped_day(stamp: str) -> str | None:
    """The day of a PDF date (``D:20210708120000+05'00'``; ISO 32000-1, 7.9.4)."""
    return iso_day(stamp.removeprefix("D:")[:8])


def day_of_moment(stamp: str) -> str | None:
    """The day (UTC) of a moment in seconds or milliseconds since 1970, as some pages state theirs; else ``None``."""
    stamp = stamp.strip()
    # Ten digits reach from 2001 to 2286; no date is written so.
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) in (10, 13)):
        return None
    return datetime.fromtimestamp(int(stamp[:10]), UTC).date().isoformat()


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
