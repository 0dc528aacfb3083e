"""The bounds that a head gives to the stretch it stands before: "since 2014", "by the end of March"."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.extraction.clock import Clock, Lean
from garrison.extraction.dates import PartialDate, dated, in_order
from garrison.extraction.parts import stretch_at
from garrison.extraction.relative_times import away, count, duration, unit
from garrison.extraction.stretches import Stretch
from garrison.extraction.time_words import Head, Words, lexicon

# How many words may stand between a head and the date that closes its clause ("until the accord ended in 2024").
_REACH = 12
_RANGE_MARKS = frozenset({"to", "until", "till", "through", "-", "–", "—"})
_OUTBREAKS = frozenset({"broke", "began", "ended", "erupted", "started", "resumed", "stopped", "spread"})
# Times by themselves this near to their head belong to it ("since Saturday's violence", "before the 2021 coup").
_NEAR = 3
CLAUSE_ENDS = frozenset({".", ",", ";", ":", "(", ")", '"', "“", "”", "?", "!"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds that words from some place on give; they stop before word number ``stop``."""

    start: PartialDate | None
    end: PartialDate | None
    stop: int
    role: Head | None = None

    @property
    def resolved(self) -> bool:
        """Whether the words fix at least one end."""
        return self.start is not None or self.end is not None


def _lean(role: Head | None, ahead: bool | None) -> Lean:
    if role is Head.SINCE or role is Head.OPENED:
        return Lean.PAST
    if ahead:
        return Lean.AHEAD
    if role is Head.UNTIL or role is Head.BEFORE or (role is Head.BY and ahead is None):
        return Lean.DEADLINE
    return Lean.NEAREST if ahead is None else Lean.PAST


def bounds_at(w: Words, i: int, clock: Clock, ahead: bool | None) -> Bounds | None:
    """The bounds that the words from ``i`` on give, with or without a head before the stretch."""
    vague = w.phrase(i, lexicon().vague_found)
    j = w.past(i, lexicon().head_adverbs, 2)
    for begin in dict.fromkeys((j, i)):
        head = w.phrase(begin, lexicon().heads)
        if head is None:
            continue
        role = Head(head[0])
        if w.strict and role is Head.OPENED and head[1] > begin + 1:
            continue
        phrase = " ".join(w.lower[begin : head[1]])
        bounds = _headed(w, head[1], role, phrase, clock.leaning(_lean(role, ahead)))
        if bounds is not None:
            return bounds
    within = _within(w, i, clock)
    if within is not None:
        return within
    if vague is not None:
        return Bounds(None, None, vague[1])
    stretch = stretch_at(w, i, clock.leaning(_lean(None, ahead)))
    if stretch is None:
        return None
    bounds = _joined(w, stretch, clock.leaning(_lean(None, ahead)), role=None)
    if w.strict and stretch.loose and bounds.stop == stretch.stop:
        return None
    return bounds


def _within(w: Words, i: int, clock: Clock) -> Bounds | None:
    """Deadlines counted from publication: "within ten days", "within the next two weeks"."""
    if w.at(i) != "within":
        return None
    j = i + 1
    while w.at(j) in {"the", "next", "a", "coming"} and j < i + 3 and not unit(w, j + 1):
        j += 1
    counted: tuple[int | None, int] | None = count(w, j) or ((None, j) if unit(w, j) else None)
    found = unit(w, counted[1]) if counted else None
    if counted is None or found is None:
        return None
    size, base, stop = found
    end = away(clock, counted[0], size, base) if counted[0] is not None else None
    return Bounds(None, end, stop, Head.BY)


def _headed(w: Words, i: int, role: Head, phrase: str, clock: Clock) -> Bounds | None:
    """The bounds under a head whose stretch should begin at ``i``."""
    stretch = stretch_at(w, i, clock)
    if stretch is not None and _fits(w, i, stretch, phrase):
        if stretch.kind == "day_part" and role in {Head.BEFORE, Head.AFTER}:
            # "Before dawn on Saturday" is some time on Saturday.
            again = stretch_at(w, i, clock.leaning(Lean.PAST)) or stretch
            return Bounds(again.start, again.end, again.stop, Head.WITHIN)
        if stretch.kind == "night":
            return Bounds(stretch.start, stretch.end, stretch.stop, Head.WITHIN)
        if stretch.kind in {"days", "years"} and role is Head.FROM:
            return Bounds(stretch.start, stretch.end, stretch.stop, role)
        if role is Head.BETWEEN:
            joined = _joined(w, stretch, clock, role)
            return (
                None if w.strict and joined.stop == stretch.stop and stretch.kind not in {"days", "years"} else joined
            )
        if role in {Head.SINCE, Head.FROM, Head.WITHIN, Head.THROUGHOUT, Head.OPENED}:
            joined = _joined(w, stretch, clock, role)
            if joined.stop > stretch.stop:
                return joined
        return _bounded(stretch, role)
    if role is Head.UNTIL and w.at(i) == "now":
        return Bounds(None, clock.published, i + 1, role)
    if role is Head.SINCE and (stop := duration(w, i)) is not None:
        counted, measured = count(w, i), unit(w, stop - 1)
        if counted is not None and counted[0] is not None and measured is not None:
            return Bounds(away(clock, -counted[0], measured[0], measured[1]), None, stop, role)
    if not w.strict and phrase == "for" and (stop := duration(w, i)) is not None:
        counted, measured = count(w, i), unit(w, stop - 1)
        if counted is None or counted[0] is None or measured is None or clock.lean is Lean.AHEAD:
            return Bounds(None, None, stop, Head.THROUGHOUT)
        # Of a force that is there, "for two years" says since when; of a plan, only how long.
        size, base, _ = measured
        start, end = away(clock, -counted[0], size, base), clock.month if base == "month" else clock.day
        return Bounds(start if end else None, end if start else None, stop, Head.THROUGHOUT)
    to_an_edge = role in {Head.BY, Head.UNTIL} and _names_an_edge(w, i)
    reaches = (to_an_edge or phrase in lexicon().reaching) and (stretch is None or stretch.kind != "year")
    return _reached(w, i, role, clock) if reaches else None


def _names_an_edge(w: Words, i: int) -> bool:
    """Whether "the end of" or the like stands at ``i``."""
    edge = w.phrase(i + 1, lexicon().edges) if w.at(i) == "the" else None
    return edge is not None and w.at(edge[1]) == "of"


def _fits(w: Words, i: int, stretch: Stretch, phrase: str) -> bool:
    """Whether a bare number under this head is a year in running text, not a count ("about 2000 troops")."""
    if not w.strict:
        return True
    if phrase in {"to", "c", "of", "post", "pre"} and stretch.loose:
        return False
    if stretch.kind == "ago":
        return phrase not in {"for", "at", "by", "to", "of"}
    if stretch.kind != "year" or not w.at(i).isdigit() or w.joined(stretch.stop):
        return True
    following = w.at(stretch.stop)
    if following in lexicon().counted:
        return False
    return phrase in lexicon().year_heads or not following[:1].isalpha() or following in lexicon().beyond


def _bounded(stretch: Stretch, role: Head) -> Bounds:
    """The bounds of ``stretch`` under a head."""
    start, end, stop = stretch.start, stretch.end, stretch.stop
    match role:
        case Head.WITHIN | Head.THROUGHOUT | Head.BETWEEN:
            return Bounds(start, end, stop, role)
        case Head.SINCE | Head.FROM | Head.OPENED:
            return Bounds(stretch.onset or start, None, stop, role)
        case Head.AFTER:
            return Bounds(stretch.deadline or end, None, stop, role)
        case Head.BY | Head.UNTIL:
            return Bounds(None, stretch.deadline or end, stop, role)
        case Head.BEFORE:
            return Bounds(None, stretch.deadline or _eve(stretch), stop, role)


def _eve(stretch: Stretch) -> PartialDate | None:
    """The last time before ``stretch``: "before November" ends on 31 October, "before summer" with its onset."""
    start = stretch.start
    if start is None or stretch.kind not in {"month", "year"} or start.day is not None:
        return start if stretch.kind == "season" else stretch.end
    return PartialDate(start.year, start.month or 1, 1).plus_days(-1)


def _joined(w: Words, one: Stretch, clock: Clock, role: Head | None) -> Bounds:
    """A stretch with the one up to which it runs, if any: "from 2003 to July 2021", "30 July – 10 August"."""
    alone = Bounds(one.start, one.end, one.stop, role)
    if role is Head.SINCE or role is Head.FROM or role is Head.OPENED:
        alone = _bounded(one, role)
    mark = w.at(one.stop)
    if mark not in _RANGE_MARKS and not (role is Head.BETWEEN and mark == "and"):
        return alone
    k = one.stop + 1
    if mark == "up" or w.at(k) in {"at", "around", "about"}:
        k += 1
    other = stretch_at(w, k, clock)
    if other is None or (other.loose and other.kind not in {"year", "month"}) or other.kind == "ago":
        return alone
    if w.strict and other.kind == "year" and w.at(other.stop) in lexicon().counted:
        return alone
    start, end = one.onset or one.start, other.deadline if other.kind == "edge" else other.end
    if start is None or end is None:
        return Bounds(None, None, other.stop, role or Head.BETWEEN)
    start, end = _same_run(one, start, other, end)
    if start is None or end is None or not in_order(start, end):
        return alone
    return Bounds(start, end, other.stop, Head.BETWEEN if role in {None, Head.BETWEEN, Head.WITHIN} else Head.FROM)


def _same_run(
    one: Stretch, start: PartialDate, other: Stretch, end: PartialDate
) -> tuple[PartialDate | None, PartialDate | None]:
    """The ends of a run with the year that one of them leaves out taken from the other."""
    if one.yearless is not None and end.month is not None:
        month, day = one.yearless
        later = (month, day) > (end.month, end.day or 32)
        return dated(end.year - later, month, day or None), end
    if other.yearless is not None and start.month is not None and end.month is not None:
        earlier = (end.month, end.day or 32) < (start.month, start.day or 1)
        return start, dated(start.year + earlier, end.month, end.day)
    if one.kind == other.kind and one.kind in {"day", "day_part"} and not in_order(start, end):
        return start.plus_days(-7), end
    return start, end


def _reached(w: Words, i: int, role: Head, clock: Clock) -> Bounds | None:
    """The bounds of a head whose date stands later in its clause: "since Manila ran it aground in 1999"."""
    if w.strict and w.at(i).endswith("ing") and w.at(i + 1) not in _OUTBREAKS:
        # "Before moving to Mali in 2022": the date is of the move.
        return None
    for k in range(i, min(i + _REACH, len(w))):
        if w.at(k) in CLAUSE_ENDS:
            return None
        head = w.phrase(k, lexicon().heads)
        inner = head[1] if head else k
        stretch = stretch_at(w, inner, clock)
        if stretch is not None and head is not None and head[0] != Head.WITHIN:
            # A time with a head of its own, "since the army left from 2014 on".
            return None
        if stretch is None or stretch.start is None or stretch.kind == "rolling":
            continue
        if head is None and ((k >= i + _NEAR and stretch.kind == "day") or (stretch.loose and stretch.kind != "year")):
            continue
        if w.strict and stretch.kind == "ago":
            return None
        if w.strict and stretch.kind == "year" and w.at(stretch.stop) in lexicon().counted:
            continue
        if role is Head.BEFORE:
            return Bounds(None, stretch.end, stretch.stop, role)
        return _bounded(stretch, role)
    return None
