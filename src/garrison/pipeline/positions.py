"""Positions: where named units and bases are, as contiguous runs at a place."""

from __future__ import annotations

from garrison.ledger import Ledger
from garrison.vocabulary import Position


def positions(
    ledger: Ledger,
    name: str | None = None,
    *,
    place: str | None = None,
    actor: str | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> tuple[Position, ...]:
    """The positions of named units and bases, by unit and first cited.

    Args:
        ledger: an open ledger.
        name: a unit's name or alias, in any of its spellings; all units if ``None``.
        place: a country or site.
        actor: a country or group.
        as_of: leave out what is first cited after this day.
        known: only what was known by this day.
        recorded: what this ledger held at this day or UTC time.
    """
    raise NotImplementedError
