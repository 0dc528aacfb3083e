"""Times told from the day of publication: "yesterday", "three years ago", "last week", "in the past 30 days"."""

from __future__ import annotations

from dataclasses import replace

from garrison.extraction.clock import Clock, Lean
from garrison.extraction.dates import PartialDate, dated
from garrison.extraction.stretches import Stretch, past_day_part
from garrison.extraction.time_words import Words, lexicon

_BACK = frozenset({"past", "last", "previous", "preceding"})
_FORTH = frozenset({"next", "coming", "following"})
_UNTOLD = frozenset({"same", "that", "those", "these"})
_VAGUE_COUNTS = frozenset({"few", "several", "many", "some", "couple", "recent", "number", "various"})
_WEEKS_TO_THE_DAY = 3


def day_beside(w: Words, i: int, clock: Clock) -> Stretch | None:
    """Days beside publication: "yesterday morning", "today", "last night", "overnight", "this afternoon"."""
    parts = lexicon().day_parts
    earlier = i + 1 if w.at(i) in {"earlier", "later", "late", "early"} else i
    shift = {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0}.get(w.at(earlier).removesuffix("'s"))
    if shift is not None:
        day = clock.days_away(shift)
        return Stretch(day, day, past_day_part(w, earlier + 1), loose=w.at(earlier) == "today", kind="day")
    if w.at(i) == "overnight" or (w.at(i) == "the" and w.at(i + 1) == "night" and w.at(i - 1) == "through"):
        stop = i + 1 if w.at(i) == "overnight" else i + 2
        return Stretch(clock.days_away(-1), clock.day, stop, kind="night")
    if w.at(earlier) == "this" and w.at(earlier + 1) in parts:
        return Stretch(clock.day, clock.day, earlier + 2, kind="day")
    if w.at(earlier) == "last" and w.at(earlier + 1) in {"night", "evening"}:
        day = clock.days_away(-1)
        return Stretch(day, day, earlier + 2, kind="day")
    if w.at(i) == "the" and w.at(i + 1) == "day" and w.at(i + 2) in {"before", "after"}:
        beside = {"yesterday": -2, "tomorrow": 2}.get(w.at(i + 3))
        day = clock.days_away(beside) if beside else None
        return Stretch(day, day, i + 4 if beside else i + 3, loose=not beside, kind="day")
    return None


def count(w: Words, i: int) -> tuple[int | None, int] | None:
    """A count of units ("three", "a dozen", "twenty-five", "half a"): the number, ``None`` if vague; and its end."""
    numbers = lexicon().numbers
    i = w.past(i, lexicon().count_adverbs, 2)
    if w.at(i) in {"a", "the"} and w.at(i + 1) in _VAGUE_COUNTS and w.at(i + 1) != "recent":
        j = i + 3 if w.at(i + 2) == "of" else i + 2
        return (2 if w.at(i + 1) == "couple" else None), j
    if w.at(i) in _VAGUE_COUNTS - {"number", "couple"}:
        return None, i + 1
    if w.at(i) == "a" and w.at(i + 1) in {"hundred", "dozen"}:
        return numbers[w.at(i + 1)], i + 2
    number = w.digits(i)
    if number is not None:
        return number, i + 1
    number = numbers.get(w.at(i))
    if number is None:
        return None
    unit = numbers.get(w.at(i + 2), 0)
    if 20 <= number <= 90 and w.at(i + 1) == "-" and 1 <= unit <= 9:
        return number + unit, i + 3
    return number, i + 1


def unit(w: Words, i: int) -> tuple[int, str, int] | None:
    """A unit of time at ``i``: how many of its base, the base (hour, day, month), and where it stops."""
    known = lexicon().units.get(w.at(i).removesuffix("'"))
    return (*known, i + 1) if known else None


def away(clock: Clock, number: int, size: int, base: str) -> PartialDate | None:
    """The date so many units from publication, as finely as such words are meant."""
    if base == "hour":
        return clock.days_away((1 if number > 0 else -1) * -(-abs(number) // 24))
    if base == "day":
        return clock.days_away(number * size)
    if size >= 12 and not (size == 12 and abs(number) == 1):
        return clock.years_away(number * size // 12)
    return clock.months_away(number * size)


def ago(w: Words, i: int, clock: Clock) -> Stretch | None:
    """Times before publication: "a decade ago", "three years ago", "two weeks ago"; unresolved: "a day later"."""
    counted = count(w, i)
    if counted is None:
        return None
    number, j = counted
    found = unit(w, j)
    if found is None:
        if not (w.at(j) == "and" and w.at(j + 1) == "a" and w.at(j + 2) == "half"):
            return None
        found = unit(w, j + 3)
        if found is None:
            return None
    size, base, j = found
    if w.at(j) == "and" and w.at(j + 1) == "a" and w.at(j + 2) == "half":
        j += 3
    if w.at(j) in {"earlier", "later", "before", "after", "afterwards", "previously", "beforehand"}:
        # Told from another event of the story, not from publication.
        return Stretch(None, None, j + 1, loose=w.at(j) in {"before", "after"}, kind="ago")
    if w.at(j) not in {"ago", "back", "since"} or (w.strict and w.at(j) != "ago"):
        return None
    if number is None:
        return Stretch(None, None, j + 1, kind="ago")
    date = away(clock, -number, size, base)
    if size == 7 and number > _WEEKS_TO_THE_DAY and date is not None:
        date = date.to_month
    return Stretch(date, date, j + 1, kind="ago")


def rolling(w: Words, i: int, clock: Clock) -> Stretch | None:
    """Stretches that end or begin with publication: "the past two weeks", "the last 30 days", "the coming months"."""
    j = i + 1 if w.at(i) in {"the", "these", "those"} else i
    direction = w.at(j)
    if direction not in {*_BACK, *_FORTH, "recent"}:
        return None
    counted = count(w, j + 1)
    plain = unit(w, j + 1)
    number, k = counted if counted and not plain else (1, j + 1)
    found = unit(w, k)
    if found is None:
        return None
    size, base, stop = found
    several = w.at(k).endswith("s") and w.at(k) != "s"
    if plain and (several or direction in {"recent", "coming"}):
        return Stretch(None, None, stop, kind="rolling")
    if plain and direction != "past" and not (direction == "last" and j > i):
        return None
    if number is None:
        return Stretch(None, None, stop, kind="rolling")
    if direction in _FORTH:
        return Stretch(_today(clock, size, base), _edge(clock, number, size, base), stop, kind="rolling")
    return Stretch(_edge(clock, -number, size, base), _today(clock, size, base), stop, kind="rolling")


def _today(clock: Clock, size: int, base: str) -> PartialDate | None:
    return clock.month if base == "month" else clock.day


def _edge(clock: Clock, number: int, size: int, base: str) -> PartialDate | None:
    if base == "month" and size == 12 and abs(number) == 1:
        return clock.months_away(number * size)
    return away(clock, number, size, base)


def hours_to(w: Words, i: int, clock: Clock) -> Stretch | None:
    """The last hours up to a time of day: "the 24 hours to 6 a.m."."""
    j = i + 1 if w.at(i) == "the" else i
    number = w.digits(j)
    if number is None or w.at(j + 1) != "hours" or w.at(j + 2) not in {"to", "until", "ending"}:
        return None
    stop = past_day_part(w, j + 2) if w.at(j + 2) not in {"to", "until"} else j + 3
    for k in range(stop, min(stop + 6, len(w))):
        if w.at(k) in {".", "a", "p", "m", "am", "pm"} or w.digits(k) is not None:
            stop = k + 1
        else:
            break
    return Stretch(away(clock, -number, 1, "hour"), clock.day, stop, kind="rolling")


def duration(w: Words, i: int) -> int | None:
    """Where a bare length of time that begins at ``i`` stops ("six months", "two more years")."""
    counted = count(w, i)
    if counted is None:
        return None
    j = counted[1]
    j = j + 1 if w.at(j) in {"more", "further", "or", "additional", "full"} else j
    j = j + 1 if w.at(j) == "-" else j
    found = unit(w, j)
    return found[2] if found else None


def calendar_unit(w: Words, i: int, clock: Clock) -> Stretch | None:
    """Units of the calendar beside publication: "last week", "this month", "next year", "that summer", "the year"."""
    part = w.at(i) if w.at(i) in {"earlier", "later"} else ""
    j = i + 1 if part else i
    which = w.at(j)
    if which == "the":
        j += 1
        which = w.at(j) if w.at(j) in {"current", "same", "following", "previous", "next", "coming", "past"} else "the"
        if which == "the":
            j -= 1
    if which not in {"this", "last", "next", "current", "the", "coming", *_BACK, *_UNTOLD, "following"}:
        return None
    named = w.at(j + 1).removesuffix("'s")
    month = lexicon().months.get(named)
    if month is not None and which != "the":
        if which not in {"last", "next", "this", "coming", "past"}:
            return Stretch(None, None, j + 2, loose=True)
        return _month_beside(which, month, j + 2, clock)
    shift = {"this": 0, "current": 0, "the": 0, "last": -1, "next": 1, "coming": 1}.get(which)
    if shift is None and named in {"day", "week", "weekend", "month", "year", "period", "time", "evening", "morning"}:
        return Stretch(None, None, j + 2, loose=True)
    if shift is None or (which == "the" and named not in {"week", "weekend", "month", "year", "decade", "century"}):
        return None
    stretch = _unit_beside(named, shift, j + 2, clock, which)
    if stretch is None or (w.at(j + 2) == "of" and which == "the"):
        return None
    if named == "week" and part and stretch.start is not None:
        # "Earlier this week" stops, and "later this week" begins, with the day of publication.
        return replace(stretch, end=clock.day) if part == "earlier" else replace(stretch, start=clock.day)
    if which == "the" and stretch.end is not None and named != "weekend":
        return replace(stretch, loose=True, deadline=stretch.end.last_day)
    return replace(stretch, loose=which == "the")


def _month_beside(which: str, month: int, stop: int, clock: Clock) -> Stretch:
    if which == "this":
        date = dated(clock.year, month)
    elif which in {"last", "past"}:
        date = Clock(clock.months_away(-1), Lean.PAST).month_named(month)
    else:
        date = Clock(clock.months_away(1), Lean.AHEAD).month_named(month)
    return Stretch(date, date, stop, kind="month")


def _unit_beside(named: str, shift: int, stop: int, clock: Clock, which: str) -> Stretch | None:
    start: PartialDate | None
    end: PartialDate | None
    deadline = None
    match named:
        case "week":
            start, end = clock.week(shift)
        case "weekend":
            start, end = _weekend(which, shift, clock)
            deadline = start and start.plus_days(-1)
        case "month":
            start = end = clock.months_away(shift)
        case "year":
            start = end = clock.years_away(shift)
        case "decade" if clock.year is not None:
            first = clock.year // 10 * 10 + 10 * shift
            start, end = dated(first), dated(first + 9)
        case "quarter" if clock.month is not None and clock.month.month is not None:
            here = clock.month.plus_months(3 * shift - (clock.month.month - 1) % 3)
            start, end = here, here and here.plus_months(2)
        case "quarter" | "decade":
            start = end = None
        case _:
            return None
    if start is None or end is None:
        start = end = None
    return Stretch(start, end, stop, deadline=deadline, kind=named)


def _weekend(which: str, shift: int, clock: Clock) -> tuple[PartialDate | None, PartialDate | None]:
    if which == "the" or shift < 0:
        lean = Lean.AHEAD if which == "the" and clock.lean in {Lean.AHEAD, Lean.DEADLINE} else Lean.PAST
        saturday = clock.leaning(lean).weekday(5)
    else:
        sunday = clock.week(shift)[1]
        saturday = sunday and sunday.plus_days(-1)
    return saturday, saturday and saturday.plus_days(1)
