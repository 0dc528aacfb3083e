"""What the endpoints answer, one model to an endpoint."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from garrison.server.models.parts import (
    ActorRef,
    Asked,
    ClaimOut,
    EstimateOut,
    HeardOut,
    JudgementOut,
    MoveOut,
    Part,
    Passage,
    PlaceRef,
    PositionOut,
    RowOut,
    Shape,
    SharedWords,
    Table,
)
from garrison.vocabulary import Asset, Hedge, Kind, Measure, PlaceKind, Status


class Health(Part):
    """Whether the server answers."""

    status: Literal["ok"]


class Tiles(Part):
    """The address of map tiles and who is to be credited for them."""

    url: str
    attribution: str | None


class Change(Part):
    """The newest change of the ledger."""

    seq: int
    at: str | None


class Counts(Part):
    """How much the ledger holds; ``waiting`` judgements wait for review."""

    documents: int
    claims: int
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


class WorldPlace(Part):
    """A place on the map, by the position that forces and moves refer to."""

    id: int
    name: str
    iso3: str | None
    kind: PlaceKind | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    shape: Shape | None
    contested: str | None


class WorldForce(Part):
    """A force on the map; ``actor`` and ``place`` are positions in the lists beside it."""

    row: str
    table: Table
    actor: int
    asset: Asset
    component: str | None
    place: int
    symbol: str
    words: str
    low: int | None
    high: int | None
    claims: int
    voices: int
    checked: int
    first_cited: str
    last_cited: str
    old: bool
    disputed: bool


class WorldMove(Part):
    """A recent arrival or departure."""

    claim: str
    kind: Kind
    actor: int
    asset: Asset
    place: int | None
    origin: int | None
    day: str
    words: str


class WorldCountry(Part):
    """A country with what is in it."""

    iso3: str
    name: str
    lat: float | None
    lon: float | None
    foreign: int
    home: int
    disputed: int
    arrivals: int
    departures: int


class World(Asked):
    """The map: every row with a place, and the moves of the last 92 days."""

    actors: list[ActorRef]
    places: list[WorldPlace]
    forces: list[WorldForce]
    moves: list[WorldMove]
    countries: list[WorldCountry]
    left_out: dict[str, int]


class ContestedArea(Part):
    """A contested area; with ``precise`` false its shape is a circle of rough reach, to be hatched, not outlined."""

    name: str
    un_iso3: str | None
    held_by: list[str]
    held_by_names: list[str]
    since: str | None
    basis: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    geometry: dict[str, Any] | None
    precise: bool


class ContestedAreas(Part):
    """The project's own table of contested areas."""

    items: list[ContestedArea]


class CountrySummary(Part):
    """A country with rows."""

    iso3: str
    name: str
    foreign: int
    home: int
    disputed: int
    last_cited: str | None


class Countries(Asked):
    """The countries that have rows."""

    items: list[CountrySummary]


class ActorSummary(Part):
    """An actor with rows, and the countries that they are in."""

    actor: ActorRef
    rows: int
    countries: list[str]
    disputed: int
    last_cited: str | None


class Actors(Asked):
    """The actors that have rows."""

    items: list[ActorSummary]


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


class Estimates(Asked):
    """Estimates of rows, matched by their ids."""

    items: list[EstimateOut]


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


class FieldReading(Part):
    """A field of a claim as it was read: its value, the words that it is from, and what they are taken to mean."""

    field: str
    label: str
    value: str | None
    source: str | None = Field(serialization_alias="from")
    meaning: str | None
    corrected: bool


class DocumentHead(Part):
    """The document that a claim is from."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    rights: str | None
    language: str | None


class Provenance(Part):
    """How the words came here and what read them; ``copy`` names the copy in the archive beside the ledger."""

    reader: str | None
    extractor: str
    authors: list[str]
    known: str
    known_basis: str
    recorded: str
    archived: str | None
    held: str | None = Field(serialization_alias="copy")


class Chance(Part):
    """How the estimate of a row hears a claim."""

    row: str
    weight: float
    right: float | None
    voice: str
    because: str | None


class Selector(Part):
    """A W3C Web Annotation text-quote selector."""

    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: str
    suffix: str


class ClaimPage(Part):
    """A claim with everything that it rests on."""

    claim: ClaimOut
    as_read: ClaimOut | None
    passage: Passage
    reading: list[FieldReading]
    document: DocumentHead
    provenance: Provenance
    probability: list[Chance]
    lineage: list[SharedWords]
    others: list[ClaimOut]
    judgements: list[JudgementOut]
    link: str | None
    selector: Selector
    footnote: str
    csl: dict[str, Any]


class DocumentSummary(Part):
    """A document of the ledger."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None
    url: str | None
    recorded: str
    claims: int
    redacted: str | None


class Documents(Part):
    """Documents, newest recorded first."""

    items: list[DocumentSummary]
    next: str | None


class VersionOut(Part):
    """A wording of a document: the hash of its bytes, how and when they were got."""

    sha256: str
    obtained: str
    obtained_at: str
    location: str | None
    known: str
    known_basis: str


class ReadingOut(Part):
    """A reading of a version; ``counts`` for the one that pictures use."""

    reader: str
    extractor: str
    recorded: str
    claims: int
    counts: bool


class PageStart(Part):
    """Where a numbered page begins in the text."""

    number: int
    start: int


class MarkedSpan(Part):
    """A stretch of the text and the claims that quote it; offsets in the whole text, in code points."""

    start: int
    end: int
    claims: list[str]


class DocumentPage(Part):
    """A document with its text, whole or as an excerpt from ``offset``; ``text`` is ``null`` where it is withheld."""

    id: str
    title: str | None
    outlet: str | None
    authors: list[str]
    published: str | None
    language: str | None
    rights: str | None
    url: str | None
    link: str | None
    known: str | None
    known_basis: str | None
    recorded: str
    whole: bool
    text: str | None
    offset: int
    length: int
    claims: list[ClaimOut]
    marks: list[MarkedSpan]
    captions: list[tuple[int, int]]
    pages: list[PageStart]
    versions: list[VersionOut]
    readings: list[ReadingOut]
    redacted: str | None
    because: str | None
    lineage: list[SharedWords]


class DisputedRow(Part):
    """A row in which two voices exclude each other, or a claim stands against the rest."""

    id: str
    row: RowOut | None
    estimate: EstimateOut | None
    sides: list[HeardOut]
    outlying: list[HeardOut]


class Disputes(Asked):
    """What the claims do not agree on, and denials by an actor of its own force."""

    rows: list[DisputedRow]
    denials: list[ClaimOut]


class Moves(Asked):
    """Announced moves, newest first."""

    items: list[MoveOut]
    next: str | None


class Suggestion(Part):
    """Something that a person may mean, and the page's path to it."""

    type: Literal["country", "actor", "unit", "site", "outlet"]
    id: str
    name: str
    detail: str
    path: str


class Suggestions(Part):
    """What a person may mean by the letters typed so far, best first."""

    items: list[Suggestion]
