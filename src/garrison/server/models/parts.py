"""Parts that several answers share: actors, places, figures, rows, claims, judgements."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from garrison.vocabulary import Asset, DocumentPart, Hedge, Kind, Measure, PlaceKind, Role, Status

Shape = Literal["point", "area", "country"]
Table = Literal["foreign", "home", "strength"]


class Part(BaseModel):
    """A part of an answer. Every field is always there."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Fault(Part):
    """What was wrong with a request, for the person who made it."""

    code: str
    message: str
    hint: str | None = None


class Problem(Part):
    """The answer to a request that could not be met."""

    error: Fault


class Asked(Part):
    """The times that an answer is for: as of, as known on, and as recorded by (ISO dates)."""

    as_of: str
    known: str
    recorded: str


class ActorRef(Part):
    """Whose force it is; ``id`` is the code of a country, else the name, and ``unknown`` where none is said."""

    id: str
    name: str
    iso3: str | None


class PlaceRef(Part):
    """A place, never finer than the words.

    ``shape`` is how to draw it: ``point`` (known within 25 km), ``area`` (a circle of ``radius_km``), ``country``, or
    ``null`` where it has no coordinates. ``contested`` names the contested area that it is.
    """

    name: str
    iso3: str | None
    kind: PlaceKind | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    shape: Shape | None
    contested: str | None


class Figure(Part):
    """A stated number: as written, in plain words, and as bounds that are ``null`` where open."""

    text: str
    words: str
    low: int | None
    high: int | None
    hedge: Hedge


class Time(Part):
    """A stated time, its ends as partial ISO dates."""

    text: str
    start: str | None
    end: str | None


class Source(Part):
    """Someone who says so; a private person is described, not named."""

    name: str
    role: Role | None


class EstimateOut(Part):
    """What the claims of a row make likely: the ends of the 90 % interval and the median, and the presence (0 to 1).

    All three are ``null`` where no claim gives a number. It stands beside what is stated, never in its place.
    """

    row: str
    as_of: str
    low: int | None
    median: int | None
    high: int | None
    presence: float
    no_longer_stated: str | None
    outlying: list[str]
    disputed: list[str]


class Statement(Part):
    """A voice's newest statement in a row."""

    claim: str
    voice: str
    published: str | None
    words: str
    low: int | None
    high: int | None
    hedge: Hedge | None
    checked: bool


class RowOut(Part):
    """A force at a place: what its voices state, what it rests on, how fresh it is.

    ``id`` is for people, ``key`` is what estimates and claims name the row by; either is taken as the id of a row.
    ``symbol`` is a symbol identification code of 20 digits (MIL-STD-2525D, APP-6D). ``old`` is whether it was last
    cited over a year before the day asked for. ``stated`` are the newest eight of its voices' statements, on the row's
    own page all.
    """

    id: str
    key: str
    table: Table
    actor: ActorRef
    asset: Asset
    component: str | None
    place: PlaceRef
    symbol: str
    words: str
    low: int | None
    high: int | None
    claims: int
    voices: int
    checked: int
    first_cited: str
    last_cited: str
    age_days: int
    old: bool
    disputed: bool
    stated: list[Statement]
    estimate: EstimateOut | None


class ClaimOut(Part):
    """A claim: what is said, in which words, and on whose word.

    ``span`` is where the quotation stands in the text, or where ``part`` says so in the headline; in code points.
    ``confidence`` is how likely its extractor takes it to have read the text right, ``null`` where it does not say.
    """

    id: str
    document: str
    row: str | None
    sentence: str
    kind: Kind
    status: Status
    measure: Measure
    asset: Asset
    symbol: str
    actor: ActorRef | None
    unit: str | None
    quantity: Figure | None
    place: PlaceRef | None
    origin: PlaceRef | None
    when: Time | None
    quote: str
    part: DocumentPart
    span: tuple[int, int] | None
    title: str | None
    outlet: str | None
    voice: str
    published: str | None
    known: str
    known_basis: str
    recorded: str
    url: str | None
    link: str | None
    sources: list[Source]
    chain: list[str]
    extractor: str
    confidence: float | None
    checked: bool
    verified: bool


class MoveOut(Part):
    """A planned or possible move, what became of it (``open``, ``carried out`` …), and the claim that says so."""

    state: Literal["open", "carried out", "denied", "lapsed"] | None
    by: str | None
    claim: ClaimOut


class PositionOut(Part):
    """A run of a named unit or base at a place, with the claims that it rests on."""

    unit: str
    actor: ActorRef | None
    place: PlaceRef
    tie: Literal["site", "operating", "unclear"]
    first_cited: str
    last_cited: str
    claims: list[str]
    symbol: str


class JudgementOut(Part):
    """A person's decision about a claim; ``waiting`` where a newer reading no longer makes the claim."""

    id: str
    claim: str
    verdict: Literal["accept", "reject", "correct", "same-as"]
    field: str | None
    value: str | None
    same_as: str | None
    by: str
    because: str
    recorded: str
    applies_to: str | None
    carried_over: bool
    waiting: bool
    withdrawn: str | None
    withdrawn_by: str | None
    withdrawn_because: str | None


class HeardOut(Part):
    """A claim as the estimate of a row heard it.

    ``weight`` is how much it counts, ``holds`` how likely it is true as said, ``right`` how likely it is an honest
    report, if not an exact one (0 to 1; ``null`` for moves), ``counts`` the weight and its reason in words. None of
    them says whether the text was read right: that is the claim's own ``confidence``.
    """

    claim: ClaimOut
    voice: str
    because: str | None
    weight: float
    holds: float | None
    right: float | None
    counts: str | None


class Passage(Part):
    """A quotation in its context; ``start`` and ``end`` are offsets in the claim's ``part``, in code points."""

    before: str
    quote: str
    after: str
    start: int | None
    end: int | None
    page: int | None


class SharedWords(Part):
    """A document that shares passages with another, and the words they share."""

    document: str
    outlet: str | None
    published: str | None
    title: str | None
    words: list[str]


class ClaimList(Part):
    """Claims, and the cursor of the next page."""

    items: list[ClaimOut]
    next: str | None
    number: int | None = Field(
        description="How many there are in all; null beyond 1,000, or where counting takes long."
    )
    order: Literal["newest", "relevance"]
