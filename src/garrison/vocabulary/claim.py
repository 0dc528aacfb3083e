"""Posture claims: one statement, in one document, of where a force is, goes or leaves, or how big it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from garrison.vocabulary.actor import Actor
from garrison.vocabulary.asset import Asset
from garrison.vocabulary.attribution import Attribution
from garrison.vocabulary.document import DocumentPart, Span
from garrison.vocabulary.period import Period
from garrison.vocabulary.place import Place
from garrison.vocabulary.quantity import Quantity


class Kind(StrEnum):
    """What the text says that the force does (guide, *What is a claim*)."""

    PRESENT = "present"
    DEPLOY = "deploy"
    WITHDRAW = "withdraw"
    RELOCATE = "relocate"
    EXERCISE = "exercise"
    STRENGTH = "strength"


class Status(StrEnum):
    """Whether it is stated as so, announced, possible, or stated not to be so (guide, *status*)."""

    FACT = "fact"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Measure(StrEnum):
    """Whether a number is the total there or the amount added, sent or taken away (guide, *measure*)."""

    LEVEL = "level"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Claim:
    """A posture claim; the fields follow the guide name for name.

    ``span`` is where ``quote`` stands in ``part`` of the document, its text as a rule and else its headline; ``None``
    only for a claim recorded from elsewhere without its text (*unverified*). ``unit`` is the named formation or
    service; ``source`` who says so, innermost first. ``confidence`` is the extractor's probability that the text was
    read right, 0 to 1, ``None`` if it gives none.
    """

    quote: str
    span: Span | None
    kind: Kind
    status: Status
    asset: Asset
    measure: Measure
    actor: Actor | None = None
    unit: str | None = None
    asset_text: str | None = None
    quantity: Quantity | None = None
    place: Place | None = None
    origin: Place | None = None
    when: Period | None = None
    source: tuple[Attribution, ...] = ()
    confidence: float | None = None
    part: DocumentPart = DocumentPart.TEXT
