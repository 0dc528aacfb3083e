"""Announced moves and what became of them, from the ledger."""

from __future__ import annotations

from garrison.estimation.announcements import Announcement, Fate, announcements
from garrison.ledger import ClaimFilter, Ledger
from garrison.ledger.days import asked_day, today
from garrison.vocabulary import Asset


def moves(
    ledger: Ledger,
    *,
    place: str | None = None,
    actor: str | None = None,
    asset: Asset | None = None,
    fate: Fate | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> tuple[Announcement, ...]:
    """Planned and possible moves, newest first, as they stood on a day.

    Args:
        ledger: an open ledger.
        place: a country or a site.
        actor: a country or group.
        asset: one class.
        fate: only those of which this became.
        as_of: the day (ISO 8601, partial: its last day), today if ``None``; nothing said later counts.
        known: only what was known by this day.
        recorded: what this ledger held at this day or UTC time.

    Raises:
        UsageError: a place or date that is unknown.
    """
    which = ClaimFilter(place=place, actor=actor, asset=asset, known=known, recorded=recorded)
    day = asked_day(as_of, "the day") if as_of else today()
    found = announcements(list(ledger.claims(which)), day)
    return tuple(each for each in found if fate in (None, each.fate))
