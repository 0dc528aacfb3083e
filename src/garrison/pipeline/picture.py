"""The picture: from the ledger's claims to who has what where."""

from __future__ import annotations

from garrison.ledger import Ledger
from garrison.vocabulary import Asset, Citation, Picture, Row


def posture(
    ledger: Ledger,
    *,
    place: str | None = None,
    actor: str | None = None,
    asset: Asset | None = None,
    unit: str | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> Picture:
    """Who is where with what: the claims that pass the filters, reconciled.

    Args:
        ledger: an open ledger.
        place: a country's name, adjective, code or common misspelling, or a site's name.
        actor: a country or group.
        asset: one class.
        unit: a mission or formation.
        as_of: the day it was so (ISO 8601, partial: its last day), today if ``None``.
        known: only what was known by this day.
        recorded: what this ledger held at this day or UTC time.

    Raises:
        UsageError: a place, actor or date that is unknown.
    """
    raise NotImplementedError


def row(
    ledger: Ledger, id: str, *, as_of: str | None = None, known: str | None = None, recorded: str | None = None
) -> tuple[Row, tuple[Citation, ...]]:
    """The row with this id (case and accents do not matter), with every claim it rests on, newest first.

    Raises:
        UsageError: no such row.
    """
    raise NotImplementedError
