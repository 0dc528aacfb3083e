"""Rechecking: when a page is asked for again, by its age and by what came of it before."""

from __future__ import annotations

from garrison.gathering.exchange import Fault, Missed
from garrison.ledger.gathered import Page

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
LONGEST_S = 7 * DAY_S
WATCHED_S = 30 * DAY_S
"""A page that has not changed for so long is asked for no more, until its feed says that it changed."""
_FIRST_TRY_S = 15 * 60.0
_MOST_FAILURES = {Fault.FORBIDDEN: 4, Fault.GONE: 2, Fault.BROKEN: 3, Fault.UNREACHABLE: 12}
_NEXT_TRY_S = {Fault.FORBIDDEN: LONGEST_S, Fault.GONE: DAY_S, Fault.BROKEN: DAY_S}


def next_check(page: Page, at: float, *, changed: bool) -> float | None:
    """When ``page``, which came at the time ``at``, is due again: the sooner the younger; ``None`` for never."""
    if page.listed_in is None:
        return None
    settled = at - (page.first_at if changed or page.changed_at is None else max(page.first_at, page.changed_at))
    age = max(0.0 if changed else settled, 0.0)
    if age > WATCHED_S:
        return None
    return at + min(max(age / 2, HOUR_S), LONGEST_S)


def next_try(page: Page, missed: Missed, at: float) -> tuple[float | None, int]:
    """When ``page``, which was missed at the time ``at``, is tried again (``None`` for never), and its failures."""
    if missed.fault is Fault.PUT_OFF:
        failures = page.failures
    else:
        failures = page.failures + 1
        if failures > _MOST_FAILURES[missed.fault]:
            return None, failures
    if page.listed_in is None:
        return None, failures
    wait = _NEXT_TRY_S.get(missed.fault, _FIRST_TRY_S * 2 ** min(failures, 8))
    return at + min(max(wait, missed.again_s or 0.0), LONGEST_S), failures
