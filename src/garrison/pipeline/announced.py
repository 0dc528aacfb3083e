"""Announced moves and what became of them, from the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from garrison.estimation.announcements import EARLY, Announcement, Fate, announcements
from garrison.estimation.days import said_day
from garrison.ledger import ClaimFilter, Ledger
from garrison.ledger.days import asked_day, day_text, today
from garrison.vocabulary import Asset, Citation


def fates(
    ledger: Ledger,
    announced: Sequence[Citation],
    *,
    place: str | None = None,
    actor: str | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> dict[str, Announcement]:
    """What became of some planned and possible moves, by the ids of their claims.

    Args:
        ledger: an open ledger.
        announced: the claims.
        place: the country or site that all of them are about, if any.
        actor: the country or group whose forces all of them are about, if any.
        as_of: the day (ISO 8601, partial: its last day), today if ``None``; nothing said later counts.
        known: only what was known by this day.
        recorded: what this ledger held at this day or UTC time.

    Raises:
        UsageError: a place or date that is unknown.
    """
    if not announced:
        return {}
    # What decides was said no earlier than somewhat before the first of them.
    since = day_text(max(1, min(said_day(one) for one in announced) - EARLY))
    which = ClaimFilter(place=place, actor=actor, since=since, known=known, recorded=recorded, moving=True)
    said = {one.claim: one for one in (*announced, *ledger.claims(which))}
    day = asked_day(as_of, "the day") if as_of else today()
    return {each.citation.claim: each for each in announcements(list(said.values()), day)}


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
    which = ClaimFilter(place=place, actor=actor, asset=asset, known=known, recorded=recorded, moving=True)
    day = asked_day(as_of, "the day") if as_of else today()
    found = announcements(list(ledger.claims(which)), day)
    return tuple(each for each in found if fate in (None, each.fate))
