"""What the server says of itself: what it is, what its ledger holds, on which days anything changed."""

from __future__ import annotations

from typing import Literal

from garrison.server.models.parts import Part
from garrison.vocabulary import Asset, Hedge, Kind, Status


class Health(Part):
    """Whether the server answers, and whether what is asked for most is made already."""

    status: Literal["ok"]
    ready: bool


class Tiles(Part):
    """The address of map tiles and who is to be credited for them."""

    url: str
    attribution: str | None


class Change(Part):
    """The newest change of the ledger."""

    seq: int
    at: str | None


class Counts(Part):
    """How much the ledger holds: ``unsure`` claims beside those that count; ``waiting`` judgements wait for review."""

    documents: int
    claims: int
    unsure: int
    rows: int
    waiting: int


class AssetClass(Part):
    """A class of force: its name, its words for people, and its symbol in the neutral frame."""

    id: Asset
    words: str
    symbol: str


class About(Part):
    """What this server is and what it lets one do."""

    version: str
    ledger: str
    today: str
    edit: bool
    shared: bool
    embargo_days: int
    excerpt_chars: int | None
    tiles: Tiles | None
    changed: Change
    counts: Counts
    first_day: str | None
    last_day: str | None
    assets: list[AssetClass]
    kinds: list[Kind]
    statuses: list[Status]
    hedges: list[Hedge]
    verdicts: list[str]
    fields: list[str]


class Day(Part):
    """A day and how many claims begin to hold, or become known, on it."""

    day: str
    claims: int


class Days(Part):
    """The days on which anything changed, oldest first; ``more``: thinned to the last of each month."""

    as_of: list[Day]
    known: list[Day]
    more: bool
