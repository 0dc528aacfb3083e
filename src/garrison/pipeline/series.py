"""Series: a row through time, as a band of estimates with each claim as a mark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from garrison.ledger import Ledger
from garrison.ledger.days import UNDATED, asked_day, day_text, first_day, is_date, last_day, today, valid_days
from garrison.pipeline import picture
from garrison.pipeline.estimated import month_ends
from garrison.pipeline.estimates import row_estimates
from garrison.vocabulary import Citation, Estimate, Heard, UsageError

POINTS = 400
_LEAD_DAYS = 45


class Step(StrEnum):
    """How far the points of a series lie apart."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim on a row's chart: the day it is for and, where it is a stretch, ``until`` when (ISO dates), as heard."""

    heard: Heard
    day: str
    until: str | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class RowSeries:
    """The estimates of a row, oldest first, and its claims, oldest first."""

    row: str
    start: str
    end: str
    step: Step
    points: tuple[Estimate, ...]
    marks: tuple[Marked, ...]


def series(
    ledger: Ledger,
    id: str,
    *,
    start: str | None = None,
    end: str | None = None,
    step: Step = Step.MONTH,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> RowSeries:
    """A row through time, all by what was known on one day.

    Args:
        ledger: an open ledger.
        id: the row's id.
        start: the first day; somewhat before the row was first cited if ``None``.
        end: the last day; that of the picture if ``None``.
        step: how far points lie apart.
        as_of: the day of the picture, today if ``None``.
        known: only what was known by this day.
        recorded: what this ledger held at this day or UTC time.

    Raises:
        UsageError: no such row, a date that is none, a time that runs backward or takes more than 400 points.
    """
    row, _ = picture.row(ledger, id, as_of=as_of, known=known, recorded=recorded, limit=1)
    last = asked_day(end, "the end") if end else (asked_day(as_of, "the day") if as_of else today())
    if start:
        asked_day(start, "the start")
        first = first_day(start)
    else:
        first = min(first_day(row.first_cited) - _LEAD_DAYS, last)
    if first > last:
        raise UsageError(f"the time runs backward: {start} to {end or day_text(last)}")
    days = _days(first, last, step)
    if len(days) > POINTS:
        if start:
            raise UsageError(f"that takes {len(days):,} points, more than {POINTS}; ask for less time or longer steps")
        days = days[-POINTS:]
    key, points = row_estimates(ledger, id, days, known=known, recorded=recorded)
    disputed = set(points[-1].dispute or ())
    marks = [_marked(each, each.citation.claim in disputed) for each in points[-1].heard]
    return RowSeries(
        key,
        day_text(days[0]),
        day_text(days[-1]),
        step,
        points,
        tuple(sorted(marks, key=lambda mark: (mark.day, mark.heard.citation.claim))),
    )


def _days(first: int, last: int, step: Step) -> list[int]:
    if step is Step.MONTH:
        return month_ends(f"{day_text(first)}..{day_text(last)}")
    apart = 1 if step is Step.DAY else 7
    backward = range(last, first - 1, -apart)
    return list(reversed(backward))


def _marked(heard: Heard, disputed: bool) -> Marked:
    first, newest = stretch(heard.citation)
    start, end = day_text(first), day_text(newest)
    return Marked(heard, start, end if newest > first else None, disputed)


def stretch(citation: Citation) -> tuple[int, int]:
    """The first and the last day (ordinals) that a claim is for; the day it was said where it states no time."""
    dated = is_date(citation.published)
    said = last_day(citation.published if dated and citation.published else citation.known)
    first, newest = valid_days(citation.when, said, dated=dated)
    newest = first if newest == UNDATED else newest
    stated = citation.when is not None and citation.when.start is not None and is_date(citation.when.start)
    return (first, max(first, newest)) if stated else (newest, newest)
