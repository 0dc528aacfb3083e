"""Named units and bases: the list, and one from when to when."""

from __future__ import annotations

from garrison.server.models.parts import ActorRef, Asked, ClaimOut, Part, PlaceRef, PositionOut


class UnitSummary(Part):
    """A named unit or base, and where it was last cited."""

    unit: str
    actor: ActorRef | None
    places: int
    claims: int
    first_cited: str
    last_cited: str
    last_place: PlaceRef
    symbol: str


class Units(Asked):
    """Named units and bases."""

    items: list[UnitSummary]
    next: str | None


class OrderOfBattle(Part):
    """What an imported order of battle has of a unit."""

    id: str
    names: list[str]
    parent: str | None
    relation: str | None
    dates: str | None
    source: str | None


class UnitPage(Asked):
    """Where a unit was from when to when, with its claims."""

    unit: str
    positions: list[PositionOut]
    claims: list[ClaimOut]
    order: OrderOfBattle | None
