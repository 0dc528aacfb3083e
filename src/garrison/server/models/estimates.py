"""What is estimated, what is disputed, and what became of announced moves."""

from __future__ import annotations

from garrison.server.models.parts import Asked, ClaimOut, EstimateOut, HeardOut, MoveOut, Part, RowOut


class Estimates(Asked):
    """Estimates of rows, matched by their ids."""

    items: list[EstimateOut]


class DisputedRow(Part):
    """A row in which two voices exclude each other, or a claim stands against the rest."""

    id: str
    row: RowOut | None
    estimate: EstimateOut | None
    sides: list[HeardOut]
    outlying: list[HeardOut]


class Disputes(Asked):
    """What the claims do not agree on, and denials by an actor of its own force.

    Of more claims than are heard at once the rows are those in which two figures exclude each other, without estimates
    and denials; the hundred last cited, and ``left_out`` more.
    """

    rows: list[DisputedRow]
    denials: list[ClaimOut]
    left_out: int


class Moves(Asked):
    """Announced moves, newest first."""

    items: list[MoveOut]
    next: str | None
