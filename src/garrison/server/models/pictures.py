"""The picture of a country or of an actor."""

from __future__ import annotations

from garrison.server.models.parts import ActorRef, Asked, ClaimOut, MoveOut, PlaceRef, PositionOut, RowOut


class PicturePage(Asked):
    """Who is in a country with what, or where an actor's forces are."""

    place: PlaceRef | None
    actor: ActorRef | None
    forces: list[RowOut]
    home: list[RowOut]
    strengths: list[RowOut]
    moves: list[ClaimOut]
    announced: list[MoveOut]
    possible: list[MoveOut]
    denied: list[ClaimOut]
    exercises: list[ClaimOut]
    left_out: dict[str, int]
    disagreements: list[str]
    contested: list[str]
    units: list[PositionOut]
