"""Filters: what of a ledger a question is about, as a person says it; one thing for all that ask for estimates."""

from __future__ import annotations

from typing import TypedDict

from garrison.vocabulary import Asset


class Filters(TypedDict, total=False):
    """What is asked for; whatever is left out or ``None`` narrows nothing.

    ``place`` is a country or a site, ``actor`` a country or group, ``asset`` one class. ``as_of`` is the day it was so
    (ISO 8601, partial: its last day), today if ``None``; ``known`` leaves out what was not known by this day;
    ``recorded`` is what this ledger held at this day or UTC time.
    """

    place: str | None
    actor: str | None
    asset: Asset | None
    as_of: str | None
    known: str | None
    recorded: str | None
