"""Pictures with estimates: beside what is stated, what the claims make likely; on one day, or month by month."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Unpack

from garrison.ledger import Ledger, columns, keys
from garrison.ledger.days import first_day, is_date, last_day, today
from garrison.pipeline.estimates import asked, batches, estimated, estimates, passes, row_estimates
from garrison.pipeline.filters import Filters
from garrison.pipeline.hearing import hearing
from garrison.vocabulary import Estimate, Picture, Row, UsageError

MONTHS = 1200


def with_estimates(ledger: Ledger, picture: Picture) -> Picture:
    """``picture`` with an estimate in every row, as of its day and by what was known then.

    The estimate sees through copies and knows how far figures exclude each other, so that the rows' voices and
    disputes are then those that it finds.
    """
    found = estimates(
        ledger,
        place=picture.place.name if picture.place else None,
        actor=(picture.actor.iso3 or picture.actor.name) if picture.actor else None,
        as_of=picture.as_of,
        known=picture.known,
        recorded=picture.recorded,
    )

    def of(rows: Sequence[Row]) -> tuple[Row, ...]:
        return tuple(_with(row, found.get(keys.split_row_key(row.id) or "")) for row in rows)

    return replace(picture, rows=of(picture.rows), own=of(picture.own), strengths=of(picture.strengths))


def _with(row: Row, estimate: Estimate | None) -> Row:
    """The row with its estimate, by which copies are no voices and no dispute."""
    if estimate is None:
        return row
    return replace(row, estimate=estimate, voices=estimate.voices, disputed=estimate.dispute is not None)


def row_estimate(ledger: Ledger, row: Row) -> tuple[Estimate, ...]:
    """The estimates of a row for the day it was last cited and for today; the last has every claim heard.

    Nothing where no claim says anything of its level.
    """
    days = sorted({min(last_day(row.last_cited), today()), today()})
    try:
        return row_estimates(ledger, row.id, days)[1]
    except UsageError:
        return ()


def monthly(ledger: Ledger, over: str, **filters: Unpack[Filters]) -> tuple[tuple[Estimate, ...], ...]:
    """The estimates at the end of every month of ``over`` (``2020-11..2026-02``) of each row that has a number.

    Raises:
        UsageError: the time is not two dates, or runs backward, or a place is unknown.
    """
    days = month_ends(over)
    question = replace(asked(ledger, **filters), day=days[-1])
    found: dict[str, tuple[Estimate, ...]] = {}
    for families in batches(columns.families(ledger.session, question)):
        found |= estimated(hearing(ledger, question, families), days, with_claims=None)
    return tuple(found[row] for row in sorted(found) if found[row][0].sized and passes(row, question))


def month_ends(over: str) -> list[int]:
    """The last days of the months of ``FROM..TO`` (ordinals); the last is the end of ``TO``.

    Raises:
        UsageError: not two dates in order.
    """
    first, dots, last = over.partition("..")
    if not dots or not is_date(first) or not is_date(last):
        raise UsageError(f"the time must be two dates with two dots between, such as 2020-11..2026-02, not {over!r}")
    start, end = first_day(first), last_day(last)
    if start > end:
        raise UsageError(f"the time runs backward: {over}")
    at = date.fromordinal(start)
    days = []
    while True:
        month_end = at.replace(day=calendar.monthrange(at.year, at.month)[1])
        days.append(min(month_end.toordinal(), end))
        if month_end.toordinal() >= end:
            return days
        if len(days) >= MONTHS:
            raise UsageError(f"{over} is more than {MONTHS} months; ask for less")
        at = date.fromordinal(month_end.toordinal() + 1)
