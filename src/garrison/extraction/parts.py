"""Parts of stretches ("the end of", "early", "the first week of", "the evening of"), and the choice among them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from garrison.extraction.clock import Clock
from garrison.extraction.dates import PartialDate, dated, from_day
from garrison.extraction.relative_times import ago, calendar_unit, day_beside, hours_to, rolling
from garrison.extraction.stretches import (
    Stretch,
    clock_time,
    day_at,
    day_month,
    feast_day,
    month_day,
    numeric,
    season,
    weekday,
    year_stretch,
)
from garrison.extraction.time_words import Words, lexicon

_DEEPEST = 3
_PART_WORDS = frozenset({"earlier", "later", "early", "late"})
Reading = Callable[[Words, int, Clock, int], Stretch | None]


def stretch_at(w: Words, i: int, clock: Clock, depth: int = 0) -> Stretch | None:
    """What the words from ``i`` on name on the calendar, by the first reading that fits; ``None`` if nothing."""
    if i >= len(w) or depth > _DEEPEST:
        return None
    if w.lower[i] == "the" and not (w.at(i + 1)[:1].isdigit() or w.at(i + 1).removesuffix("'s") in _after_the()):
        return None
    for reading in _readings(w.lower[i]):
        stretch = reading(w, i, clock, depth)
        if stretch is not None:
            return stretch
    return None


@cache
def _after_the() -> frozenset[str]:
    """The words, figures aside, that can follow the article of a time; most articles are not of a time."""
    lists = lexicon()
    words = {*lists.ordinals, *lists.day_parts, *lists.seasons, *lists.units, *lists.feast_phrases, *lists.edges}
    words |= {*lists.numbers, *lists.count_adverbs, *_PART_WORDS, "weekend", "very", "q"}
    words |= {"last", "next", "past", "previous", "preceding", "coming", "following", "same", "current", "recent"}
    return frozenset(words | {"few", "several", "many", "couple", "number"})


def may_begin(word: str) -> bool:
    """Whether a stretch of the calendar can begin with ``word`` (in lower case)."""
    return bool(_readings(word))


def _readings(word: str) -> tuple[Reading, ...]:
    table = _table()
    if word in table:
        return table[word]
    if word[0].isdigit():
        return table["0"]
    plain = word.removesuffix("'s")
    return table.get(plain) or table.get(plain.removesuffix("s"), ()) if plain != word or word[-1] == "s" else ()


@cache
def _table() -> dict[str, tuple[Reading, ...]]:
    """The readings to try, in order, by the word that a stretch begins with; "0" stands for figures."""
    lists = lexicon()
    counts = {"0", "a", "an", "the", *lists.numbers, *lists.count_adverbs, "several", "many", "some", "few"}
    beside = {"this", "last", "next", "coming", "past", "following"}
    parts = {*lists.day_parts, "early", "late", "mid"}
    edges = {"the", "about", "very", *lists.edges}
    tables: tuple[tuple[Reading, set[str]], ...] = (
        (lambda w, i, clock, depth: numeric(w, i), {"0"}),
        (lambda w, i, clock, depth: day_month(w, i, clock), {"0", "the"}),
        (lambda w, i, clock, depth: month_day(w, i, clock), {*lists.months}),
        (lambda w, i, clock, depth: _year_end(w, i), {"year", "end"}),
        (lambda w, i, clock, depth: year_stretch(w, i), {"0", "the"}),
        (lambda w, i, clock, depth: weekday(w, i, clock), {*lists.weekdays, *beside}),
        (_day_part, {"0", "the", *parts}),
        (
            lambda w, i, clock, depth: day_beside(w, i, clock),
            {"yesterday", "today", "tomorrow", "tonight", "overnight", "the", "this", "last", *_PART_WORDS},
        ),
        (lambda w, i, clock, depth: hours_to(w, i, clock), {"0", "the"}),
        (_week_of, {"the", *lists.ordinals}),
        (_share, {"the", "q", *lists.ordinals}),
        (
            lambda w, i, clock, depth: rolling(w, i, clock),
            {"the", "these", "those", "recent", "previous", "preceding", *beside},
        ),
        (lambda w, i, clock, depth: season(w, i, clock), {*lists.seasons, "the", "that", "previous", "same", *beside}),
        (
            lambda w, i, clock, depth: calendar_unit(w, i, clock),
            {"the", "that", "those", "these", "current", "same", "previous", "preceding", *beside, *_PART_WORDS},
        ),
        (lambda w, i, clock, depth: feast_day(w, i, clock), {"the", *lists.feast_phrases}),
        (_edge, edges),
        (lambda w, i, clock, depth: ago(w, i, clock), counts),
        (lambda w, i, clock, depth: _ordinal_day(w, i, clock), {"0", "the"}),
    )
    table: dict[str, tuple[Reading, ...]] = {}
    for reading, beginnings in tables:
        for word in beginnings:
            table[word] = (*table.get(word, ()), reading)
    return table


def _ordinal_day(w: Words, i: int, clock: Clock) -> Stretch | None:
    """A day of the month by its ordinal alone: "the 9th"."""
    j = i + 1 if w.at(i) == "the" else i
    day = day_at(w, j)
    if day is None or day[1] == j + 1 or (w.strict and w.at(i - 1) != "on") or w.at(day[1]) == "-":
        return None
    following = w.at(day[1])
    if following not in {"", ".", ",", ";", ")"} and following not in lexicon().beyond:
        # "on the 9th Brigade" names a unit.
        return None
    date = clock.day_numbered(day[0])
    return Stretch(date, date, day[1], loose=True, kind="day")


def _day_part(w: Words, i: int, clock: Clock, depth: int) -> Stretch | None:
    """A part or hour of a day with its day: "dawn on Saturday", "the evening of October 16", "6 a.m. on Monday"."""
    j = i + 1 if w.at(i) == "the" else i
    if w.at(j) == "early" and w.at(j + 1) == "hours":
        stop: int | None = j + 2
    elif w.at(j) in {"early", "late", "mid"} and w.at(j + 1) in lexicon().day_parts:
        stop = j + 2
    elif w.at(j) in lexicon().day_parts:
        stop = j + 1
    else:
        stop = clock_time(w, j)
    if stop is None:
        return None
    k = stop + 1 if w.at(stop) in {"on", "of", ",", "between"} else stop
    day = stretch_at(w, k, clock, depth + 1)
    if day is not None and day.kind in {"day", "days"} and w.at(k) not in {"the"}:
        return replace(day, kind="day_part")
    if w.at(j) in {"dawn", "daybreak", "sunrise"} and j == i and w.at(j + 1) != "of":
        return Stretch(clock.day, clock.day, stop, loose=True, kind="day_part")
    return None


def _year_end(w: Words, i: int) -> Stretch | None:
    """The end of a year in short: "end-2023", "year-end 2023", "late-2023"."""
    if w.at(i) == "year" and w.at(i + 1) == "-" and w.at(i + 2) == "end":
        j = i + 3
    elif w.at(i) == "end" and w.at(i + 1) == "-":
        j = i + 2
    else:
        return None
    year = year_stretch(w, j)
    if year is None or year.end is None:
        return None
    date = dated(year.end.year, 12)
    return Stretch(date, date, year.stop, deadline=date and date.last_day, kind="edge")


def _edge(w: Words, i: int, clock: Clock, depth: int) -> Stretch | None:
    """The beginning, middle or end of a stretch: "the end of June", "mid-2018", "early next year", "late April"."""
    j = i + 1 if w.at(i) in {"the", "about"} else i
    j = j + 1 if w.at(j) in {"very", "first"} and w.at(j + 1) != "-" else j
    found = w.phrase(j, lexicon().edges)
    if found is None:
        return None
    edge, k = found
    short = w.at(k) != "of"
    if w.at(k) in {"of", "-", "in"}:
        k += 1
    elif edge != "same" and w.at(j) not in {"mid", "end", "start"}:
        return None
    whole = stretch_at(w, k, clock, depth + 1)
    if whole is None and w.at(k) in {"month", "year", "week"} and edge != "same":
        # "Before end of month."
        whole = _bare_unit(w, k, clock)
    if whole is None or (edge == "same" and whole.kind in {"ago", "rolling"}):
        return None
    if w.at(j) == "mid":
        edge = "middle"
    return _cut(whole, edge, short, w.at(k))


def _bare_unit(w: Words, i: int, clock: Clock) -> Stretch | None:
    start, end = {
        "month": (clock.month, clock.month),
        "year": (clock.years_away(0), clock.years_away(0)),
        "week": clock.week(0),
    }[w.at(i)]
    return Stretch(start, end, i + 1, kind=w.at(i))


def _cut(whole: Stretch, edge: str, short: bool, named: str) -> Stretch:
    """The part of ``whole`` at that edge; early and late parts keep its bounds, as the words draw no line."""
    start, end = whole.start, whole.end
    if edge == "same" or start is None or end is None or whole.kind in {"day", "day_part"}:
        return replace(whole, loose=False)
    if edge == "start":
        first = start if start.month else dated(start.year, 1)
        return Stretch(first, first, whole.stop, kind="edge")
    if edge == "end":
        month = end.to_month if end.month else dated(end.year, 12)
        if end.day or named == "the":
            month = end.last_day
        return Stretch(month, month, whole.stop, deadline=end.last_day, kind="edge")
    middle = _middle(start, end)
    onset = middle if not short else None
    return Stretch(start, end, whole.stop, onset=onset, deadline=middle, yearless=whole.yearless, kind="middle")


def _middle(start: PartialDate, end: PartialDate) -> PartialDate | None:
    if start.day is not None or start != end:
        return end
    return dated(start.year, start.month, 15) if start.month else dated(start.year, 6)


def _week_of(w: Words, i: int, clock: Clock, depth: int) -> Stretch | None:
    """Numbered weeks and days of a month: "the first week of July", "the last day of October"."""
    j = i + 1 if w.at(i) == "the" else i
    if w.at(j) == "week" and w.at(j + 1) in {"of", "beginning", "ending", "starting"}:
        return _week_with(w, j, clock, depth)
    number = lexicon().ordinals.get(w.at(j))
    named = w.at(j + 1)
    if number is None or named not in {"week", "day"} or w.at(j + 2) not in {"of", "in"}:
        return None
    whole = stretch_at(w, j + 3, clock, depth + 1)
    if whole is None or whole.kind not in {"month", "year"}:
        return None
    if whole.start is None or whole.end is None:
        return Stretch(None, None, whole.stop, kind="week")
    first, last = from_day(whole.start.first), whole.end.last_day
    start: PartialDate | None
    end: PartialDate | None
    length = 7 if named == "week" else 1
    if number < 0:
        start, end = last.plus_days(1 - length), last
    else:
        start, end = first.plus_days((number - 1) * length), first.plus_days(number * length - 1)
    if start is None or end is None:
        start = end = None
    return Stretch(start, end, whole.stop, kind="week" if length > 1 else "day")


def _week_with(w: Words, i: int, clock: Clock, depth: int) -> Stretch | None:
    """The week of a day: "the week of 5 May", "the week ending 9 August"."""
    day = stretch_at(w, i + 2, clock, depth + 1)
    if day is None or day.kind != "day":
        return None
    start, end = Clock(day.start).week(0)
    if w.at(i + 1) != "of" and day.start is not None:
        start, end = (
            (day.start.plus_days(-6), day.start) if w.at(i + 1) == "ending" else (day.start, day.start.plus_days(6))
        )
    return Stretch(start if end else None, end if start else None, day.stop, kind="week")


def _share(w: Words, i: int, clock: Clock, depth: int) -> Stretch | None:
    """Quarters and halves: "the first half of 2022", "the third quarter of last year", "Q3 2024"."""
    j = i + 1 if w.at(i) == "the" else i
    if w.at(j) == "q" and w.joined(j + 1) and w.at(j + 1) in {"1", "2", "3", "4"}:
        number, share, k = int(w.at(j + 1)), "quarter", j + 2
    else:
        number, share, k = lexicon().ordinals.get(w.at(j), 0), w.at(j + 1), j + 2
        if share not in {"half", "quarter"} or not -1 <= number <= (2 if share == "half" else 4) or number == 0:
            return None
    k = k + 1 if w.at(k) == "of" else k
    whole = stretch_at(w, k, clock, depth + 1)
    if whole is None or whole.start is None or whole.start.day is not None or whole.start != whole.end:
        return None
    if whole.start.month is not None:
        last = whole.start.last_day
        first_half, second_half = (1, 15), (16, last.day)
        low, high = first_half if number == 1 else second_half
        if share == "quarter":
            return None
        start, end = dated(last.year, last.month, low), dated(last.year, last.month, high)
        return Stretch(start, end, whole.stop, kind="week")
    length = 6 if share == "half" else 3
    number = 12 // length if number < 0 else number
    start = dated(whole.start.year, (number - 1) * length + 1)
    end = start and start.plus_months(length - 1)
    return Stretch(start, end, whole.stop, kind="season", deadline=end and end.last_day)
