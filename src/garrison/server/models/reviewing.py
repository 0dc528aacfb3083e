"""What review takes and answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from garrison.server.models.parts import ClaimOut, JudgementOut, Part, Passage
from garrison.vocabulary import Asset, Kind, Measure, Status

Words = Annotated[str, Field(min_length=1, max_length=500)]
Value = Annotated[str, Field(max_length=500)]


class Given(BaseModel):
    """A body that is taken: fields that are unknown are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Login(Given):
    """A token, to be kept in a cookie."""

    token: Annotated[str, Field(max_length=500)]


class Decision(Given):
    """A judgement to record, signed and reasoned."""

    claim: Words
    verdict: Literal["accept", "reject", "correct", "same-as"]
    field: Value | None = None
    value: Value | None = None
    same_as: Value | None = None
    by: Words
    because: Words


class Withdrawal(Given):
    """A judgement to take back, signed and reasoned."""

    by: Words
    because: Words


class ClaimFields(Given):
    """The fields of a claim, as a person writes them."""

    kind: Kind
    status: Status
    asset: Asset
    measure: Measure
    actor: Value | None = None
    unit: Value | None = None
    quantity: Value | None = None
    place: Value | None = None
    origin: Value | None = None
    when: Value | None = None


class MissedClaim(Given):
    """A claim that was missed: the words that make it (offsets in code points), its fields, and who adds it and why."""

    document: Words
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]
    fields: ClaimFields
    by: Words
    because: Words


class Judged(Part):
    """A judgement and the claim as it now stands."""

    judgement: JudgementOut
    claim: ClaimOut


class Added(Part):
    """The claim that was added."""

    claim: ClaimOut


class Alike(Part):
    """Claims that one may be the same as, the likeliest first."""

    items: list[ClaimOut]


class QueueNumbers(Part):
    """How many there are to review of each sort."""

    unchecked: int
    unsure: int
    waiting: int
    carried: int
    second: int


class QueueItem(Part):
    """Something to review: a claim in its passage, the judgement in question, and others about the claim."""

    claim: ClaimOut | None
    judgement: JudgementOut | None
    passage: Passage | None
    others: list[JudgementOut]


class Queue(Part):
    """What there is to review."""

    of: Literal["unchecked", "unsure", "waiting", "carried", "second"]
    items: list[QueueItem]
    next: str | None
    numbers: QueueNumbers


class Draft(Part):
    """The fields that an extractor sees in selected words; ``null`` where it sees none."""

    kind: Kind | None
    status: Status | None
    asset: Asset | None
    measure: Measure | None
    actor: str | None
    unit: str | None
    quantity: str | None
    place: str | None
    origin: str | None
    when: str | None
