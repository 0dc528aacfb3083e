"""Stretches of the calendar named by themselves: days, months, years, seasons, weekdays, feasts and their parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from garrison.extraction.clock import Clock, Lean, feast
from garrison.extraction.dates import PartialDate, dated
from garrison.extraction.time_words import Words, lexicon

_DASHES = frozenset({"-", "–", "—", "/"})
_TO = frozenset({"to", "until", "till", "through", "and", "or", "-", "–", "—"})
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
# Months whose full name is as short as an abbreviation.
_SHORT_NAMES = frozenset({"may", "june", "july"})
_TIME_ZONES = frozenset({"gmt", "utc", "local", "time", "hours", "h", "hrs", "z"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """What some words name on the calendar; the words run up to, not including, number ``stop``.

    ``onset`` and ``deadline`` are the bounds under "since" and "by" where they differ from ``start`` and ``end``.
    ``yearless`` is the month and day (0 for none) of a first end that took its year from the clock. ``loose`` marks
    words that in running text name a time only after a preposition.
    """

    start: PartialDate | None
    end: PartialDate | None
    stop: int
    onset: PartialDate | None = None
    deadline: PartialDate | None = None
    yearless: tuple[int, int] | None = None
    loose: bool = False
    kind: str = ""


def year_at(w: Words, i: int) -> int | None:
    """The year of four digits at ``i``."""
    number = w.digits(i)
    if number is None or len(w.at(i)) != 4 or not _FIRST_YEAR <= number <= _LAST_YEAR:
        return None
    return number


def day_at(w: Words, i: int) -> tuple[int, int] | None:
    """The day of the month at ``i`` ("5", "5th"), and where it stops."""
    number = w.digits(i)
    if number is None or not 1 <= number <= 31 or len(w.at(i)) > 2:
        return None
    ordinal = w.joined(i + 1) and w.at(i + 1) in {"st", "nd", "rd", "th"}
    return number, i + 2 if ordinal else i + 1


def month_at(w: Words, i: int) -> tuple[int, int] | None:
    """The month (1 to 12) named at ``i``, and where its name stops."""
    word = w.at(i)
    month = lexicon().months.get(word) or lexicon().months.get(word.removesuffix("'s"))
    if month is None or (w.strict and not w.capital(i)):
        return None
    short = len(word) <= 4 and word not in _SHORT_NAMES
    return month, i + 2 if short and w.at(i + 1) == "." and w.joined(i + 1) else i + 1


def related_year(w: Words, i: int, clock: Clock) -> tuple[int | None, int] | None:
    """The year that follows a month or day: "2019", ", 2019", "of this year", "last year"; and where it stops."""
    j = i + 1 if w.at(i) in {",", "of"} else i
    year = year_at(w, j)
    if year is not None:
        return None if w.strict and w.at(j + 1) in lexicon().counted else (year, j + 1)
    j = i + 1 if w.at(i) == "of" else i
    if w.at(j) == "the":
        j += 1
    if w.at(j + 1) != "year":
        return None
    shift = {"this": 0, "same": None, "that": None, "last": -1, "next": 1, "following": None, "previous": None}
    if w.at(j) not in shift:
        return None
    away = shift[w.at(j)]
    year = clock.year + away if away is not None and clock.year is not None else None
    return year, j + 2


def _span(
    start: PartialDate | None,
    end: PartialDate | None,
    stop: int,
    kind: str,
    yearless: tuple[int, int] | None = None,
) -> Stretch:
    if start is None or end is None:
        return Stretch(None, None, stop, kind=kind)
    return Stretch(start, end, stop, yearless=yearless, kind=kind)


def _day(month: int, day: int, year: tuple[int | None, int] | None, stop: int, clock: Clock) -> Stretch:
    """The stretch of one day, its year given (perhaps unresolved) or taken from the clock."""
    if year is not None:
        date = dated(year[0], month, day)
        return Stretch(date, date, year[1], kind="day")
    date = clock.day_named(month, day)
    return Stretch(date, date, stop, yearless=(month, day), kind="day")


def day_month(w: Words, i: int, clock: Clock) -> Stretch | None:
    """Days before their month: "5 May", "the 5th of May 2020", "3 to 5 July", "2 and 5 May"."""
    j = i + 1 if w.at(i) == "the" else i
    first = day_at(w, j)
    if first is None or (w.joined(j) and w.at(j - 1) in {",", ".", "-", "$"}):
        return None
    number, j = first
    last = number
    if w.at(j) in _TO or w.at(j) in _DASHES:
        k = j + 2 if w.at(j + 1) == "the" else j + 1
        second = day_at(w, k)
        if second is None:
            return None
        last, j = second
    j = j + 1 if w.at(j) in {"of", "-"} else j
    month = month_at(w, j)
    if month is None or (w.strict and w.at(j) == "may" and not w.capital(j)):
        return None
    j = month[1]
    end = _day(month[0], last, related_year(w, j, clock), j, clock)
    if last == number:
        return end
    if end.end is None or last < number:
        return Stretch(None, None, end.stop, kind="day")
    start = dated(end.end.year, month[0], number)
    return _span(start, end.end, end.stop, "days", end.yearless and (month[0], number))


def month_day(w: Words, i: int, clock: Clock) -> Stretch | None:
    """A month before its days or year: "August 5-10", "May 1st 2021", "June 2019", "June-July 2024", "March"."""
    month = month_at(w, i)
    if month is None:
        return None
    j = month[1]
    day = day_at(w, j) if not (w.strict and w.at(i - 1) == "in" and related_year(w, j + 1, clock) is None) else None
    if day is not None:
        return _month_days(w, day, month[0], clock)
    if w.at(j) in _DASHES and (second := month_at(w, j + 1)):
        year = related_year(w, second[1], clock)
        end = dated(year[0], second[0]) if year else clock.month_named(second[0])
        start = end and dated(end.year if month[0] <= second[0] else end.year - 1, month[0])
        return _span(start, end, year[1] if year else second[1], "month")
    year = related_year(w, j, clock)
    if year is not None:
        date = dated(year[0], month[0])
        return Stretch(date, date, year[1], kind="month")
    if w.strict and len(w.at(i)) <= 4 and w.at(i) not in _SHORT_NAMES:
        return None
    date = clock.month_named(month[0])
    return Stretch(date, date, j, yearless=(month[0], 0), loose=w.at(i) in {"may", "march"}, kind="month")


def _month_days(w: Words, first: tuple[int, int], month: int, clock: Clock) -> Stretch:
    number, j = first
    last = number
    if w.at(j) in _TO or w.at(j) in _DASHES:
        second = day_at(w, j + 1)
        if second is not None and number < second[0] and not month_at(w, second[1]):
            last, j = second
    end = _day(month, last, related_year(w, j, clock), j, clock)
    if last == number:
        return end
    start = dated(end.end.year, month, number) if end.end else None
    return _span(start, end.end, end.stop, "days", end.yearless and (month, number))


def numeric(w: Words, i: int) -> Stretch | None:
    """A day in figures: "2019-01-22", "22.01.2019", "22/01/2019"; one that has two readings only gives its year."""
    mark = w.at(i + 1)
    if mark not in {"-", "/", "."} or w.at(i + 3) != mark or not all(w.joined(i + k) for k in range(1, 5)):
        return None
    parts = [w.at(i), w.at(i + 2), w.at(i + 4)]
    if not all(part.isascii() and part.isdigit() and len(part) in {1, 2, 4} for part in parts):
        return None
    one, two, three = (int(part) for part in parts)
    if len(parts[0]) == 4:
        date = dated(one, two, three)
    elif len(parts[2]) != 4 or len(parts[1]) == 4:
        return None
    elif mark != "/" or one > 12 or one == two:
        date = dated(three, two, one)
    elif two > 12:
        date = dated(three, one, two)
    else:
        date = dated(three)
    return Stretch(date, date, i + 5, kind="day") if date else None


def year_stretch(w: Words, i: int) -> Stretch | None:
    """Years: "2019", "2015-16", "1990–2003", "the 1990s", "2019 est."."""
    j = i + 1 if w.at(i) == "the" else i
    year = year_at(w, j)
    if year is None or (w.joined(j) and w.at(j - 1) not in {"(", "[", "'", '"', "-", "–", "—", "/", ":", ";"}):
        return None
    if w.joined(j) and w.at(j - 1) == "-" and not w.at(j - 2).isdigit() and w.at(j - 2) not in {"mid", "pre", "post"}:
        return None
    after = w.at(j + 1)
    if w.joined(j + 1) and after in {"s", "'s"} and (after == "s" or year % 10 == 0) and year % 10 == 0:
        return Stretch(dated(year), dated(year + 9), j + 2, kind="year")
    if j != i:
        return None
    if after in _DASHES and w.joined(j + 1) and w.joined(j + 2):
        later = year_at(w, j + 2)
        if later is None and len(w.at(j + 2)) == 2 and w.digits(j + 2) is not None:
            later = year // 100 * 100 + (w.digits(j + 2) or 0)
            later = later if w.at(j + 3) not in {"-", "/"} else None
        if later is not None and year < later <= _LAST_YEAR:
            return Stretch(dated(year), dated(later), j + 3, kind="years")
    if w.joined(j + 1) and (after not in {",", ".", ")", "]", ";", ":", "'s", "'", '"', "”", "?", "!", *_DASHES}):
        return None
    stop = j + 1
    if after in {"est", "estimate", "estimated"}:
        stop = j + 3 if w.at(j + 2) == "." else j + 2
    known = 1900 <= year <= 2099
    return Stretch(dated(year), dated(year), stop, loose=not (known and _alone(w, j, stop)), kind="year")


def _alone(w: Words, i: int, stop: int) -> bool:
    """Whether the year at ``i`` stands by itself, as in "(2022)", and is not a count or part of a name."""
    return w.at(i - 1) in {"", "(", "[", ",", ";", ":", "."} and w.at(stop) in {"", "(", ")", "]", ",", ";", ":", "."}


def season(w: Words, i: int, clock: Clock) -> Stretch | None:
    """Seasons: "the summer of 2016", "autumn 2023", "last spring", "winter 2022-23"."""
    j = i
    if w.at(j) in {"the", "this", "that"}:
        j += 1
    which = w.at(j) if w.at(j) in {"last", "next", "coming", "following", "previous", "past", "same"} else ""
    j = j + 1 if which else j
    month = lexicon().seasons.get(w.at(j))
    if month is None:
        return None
    named = w.at(i) in {"this", "that"} or bool(which)
    k = j + 2 if w.at(j + 1) == "of" else j + 1
    year = year_stretch(w, k)
    if year is not None and year.start is not None:
        return _season(year.start.year, month, year.stop)
    again = related_year(w, j + 1, clock)
    if again is not None:
        return _season(again[0], month, again[1])
    if w.at(j + 1) == "of" or (w.at(j) == "fall" and w.strict and not named):
        return None
    if w.at(i) == "that" or which in {"following", "previous", "same"}:
        return Stretch(None, None, j + 1, loose=True)
    first = clock.month_named(month, 3)
    here = clock.month
    if here is not None and named:
        if w.at(i) == "this":
            first = dated(here.year, month)
        elif which in {"last", "past"}:
            before = here.plus_months(-3)
            first = before and Clock(before, Lean.PAST).month_named(month)
        else:
            after = here.plus_months(1)
            first = after and Clock(after, Lean.AHEAD).month_named(month)
    stretch = _season(first.year if first else None, month, j + 1)
    return replace(stretch, loose=not named)


def _season(year: int | None, month: int, stop: int) -> Stretch:
    start = dated(year, month)
    return _span(start, start and start.plus_months(2), stop, "season")


def weekday(w: Words, i: int, clock: Clock) -> Stretch | None:
    """Weekdays, alone or beside a date: "Tuesday", "last Friday", "Monday 2 October", "Tuesday night", "Fridays"."""
    which = w.at(i) if w.at(i) in {"last", "next", "this", "coming", "past", "following"} else ""
    j = i + 1 if which else i
    name = w.at(j).removesuffix("'s")
    number = lexicon().weekdays.get(name)
    if number is None:
        plural = lexicon().weekdays.get(name.removesuffix("s"))
        if plural is not None and len(name) > 5 and (w.capital(j) or not w.strict):
            return Stretch(None, None, j + 1, loose=True)
        return None
    short = len(name) <= 5
    if w.strict and not w.capital(j):
        return None
    j += 1
    if short and w.at(j) == "." and w.joined(j):
        j += 1
    k = past_day_part(w, j)
    k = k + 1 if w.at(k) in {",", "("} else k
    beside = day_month(w, k, clock) or month_day(w, k, clock)
    if beside is not None and beside.kind == "day":
        stop = beside.stop + 1 if w.at(k - 1) == "(" and w.at(beside.stop) == ")" else beside.stop
        return replace(beside, stop=stop)
    if short and w.strict:
        return None
    day = clock.weekday(number)
    if clock.day is not None and which:
        if which in {"last", "past"}:
            day = Clock(clock.days_away(-1), Lean.PAST).weekday(number)
        elif which == "this":
            day = clock.weekday(number) if clock.lean is Lean.PAST else clock.leaning(Lean.AHEAD).weekday(number)
        elif which == "following":
            day = None
        else:
            day = Clock(clock.days_away(1), Lean.AHEAD).weekday(number)
    return Stretch(day, day, past_day_part(w, j), kind="day")


def past_day_part(w: Words, i: int) -> int:
    """The place after a part of the day and a time of day, if any stand at ``i``."""
    if w.at(i) in lexicon().day_parts:
        i += 1
    for _ in range(2):
        j = i + 1 if w.at(i) in {",", "at", "around", "about", "from"} else i
        j = j + 1 if w.at(j) in {"around", "about"} else j
        stop = clock_time(w, j)
        if stop is None or j == i:
            break
        i = stop
    return i


def clock_time(w: Words, i: int) -> int | None:
    """Where a time of day that begins at ``i`` stops ("6 a.m.", "12:30 p.m.", "1400 GMT", "noon")."""
    if w.at(i) in {"noon", "midnight", "midday", "dawn", "dusk"}:
        return i + 1
    if w.digits(i) is None:
        return None
    j = i + 1
    clear = False
    if w.at(j) in {":", "."} and w.joined(j) and w.joined(j + 1) and w.digits(j + 1) is not None:
        j, clear = j + 2, w.at(j) == ":"
    if w.at(j) in {"am", "pm"}:
        return j + 1
    if w.at(j) in {"a", "p"} and w.at(j + 1) == "." and w.at(j + 2) == "m":
        return j + 4 if w.at(j + 3) == "." else j + 3
    while w.at(j) in _TIME_ZONES and j < i + 6:
        j, clear = j + 1, True
    return j if clear else None


def feast_day(w: Words, i: int, clock: Clock) -> Stretch | None:
    """Feasts: "Christmas", "New Year's Eve", "Easter 2024", "the new year"."""
    j = i + 1 if w.at(i) == "the" else i
    name_stop = w.phrase(j, lexicon().feast_phrases)
    if name_stop is None:
        return None
    month, day = lexicon().feasts[name_stop[0]]
    stop = name_stop[1]
    year = related_year(w, stop, clock)
    if not day and month:
        date = dated(year[0], month) if year else clock.month_named(month)
    elif year is not None:
        date = feast(year[0], month, day) if year[0] is not None else None
    else:
        date = clock.day_named(month, day) if clock.day else None
    return Stretch(date, date, year[1] if year else stop, loose=year is None, kind="feast")
