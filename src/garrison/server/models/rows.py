"""A row: the claims it rests on, and its estimate through time."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from garrison.server.models.parts import Asked, ClaimOut, Part, RowOut
from garrison.vocabulary import Hedge, Kind, Measure, Status


class RowPage(Asked):
    """A row with the claims it rests on."""

    row: RowOut
    claims: list[ClaimOut]
    left_out: int


class Point(Part):
    """An estimate on a day; the three bounds are ``null`` where no claim gives a number."""

    day: str
    low: int | None
    median: int | None
    high: int | None
    presence: float


class Mark(Part):
    """A claim on the chart of a row; ``part``: it speaks of a site or a component of it."""

    claim: str
    day: str
    until: str | None
    low: int | None
    high: int | None
    hedge: Hedge | None
    words: str
    voice: str
    speaker: str
    status: Status
    kind: Kind
    measure: Measure
    checked: bool
    weight: float
    holds: float | None
    right: float | None
    outlying: bool
    disputed: bool
    part: bool
    because: str | None


class Series(Part):
    """A row through time: the estimate as a band, each claim as a mark."""

    id: str
    start: str = Field(serialization_alias="from")
    end: str = Field(serialization_alias="to")
    step: Literal["day", "week", "month"]
    known: str
    points: list[Point]
    marks: list[Mark]
