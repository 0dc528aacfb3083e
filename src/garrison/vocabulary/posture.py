"""Posture: the picture that claims add up to, as rows, moves and unit positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from garrison.vocabulary.actor import Actor
from garrison.vocabulary.asset import Asset
from garrison.vocabulary.attribution import Role
from garrison.vocabulary.claim import Kind, Measure, Status
from garrison.vocabulary.document import DocumentPart, Span
from garrison.vocabulary.period import Period
from garrison.vocabulary.place import Place
from garrison.vocabulary.quantity import Quantity

if TYPE_CHECKING:
    from garrison.vocabulary.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim in the ledger, as a picture cites it.

    Dates are ISO 8601, partial where the source is. ``known`` is when the wording was first proven to exist,
    ``known_basis`` how (``stated``, ``archived``, ``fetched`` or ``recorded``); ``recorded`` when this ledger
    learned it. ``checked`` is ``True`` once a person has accepted or corrected the claim. ``verified`` is ``False``
    for a claim recorded without its text. ``voice`` names whose word it is. ``span`` is where the quotation stands in
    ``part`` of the document; ``roles`` are those of ``sources``, one each, empty where none is known.
    """

    claim: str
    document: str
    outlet: str | None
    voice: str
    title: str | None
    url: str | None
    published: str | None
    known: str
    known_basis: str
    recorded: str
    quote: str
    kind: Kind
    status: Status
    measure: Measure
    actor: Actor | None
    unit: str | None
    asset: Asset
    quantity: Quantity | None
    place: Place | None
    origin: Place | None
    when: Period | None
    sources: tuple[str, ...]
    confidence: float | None
    extractor: str
    checked: bool
    verified: bool
    span: Span | None = None
    roles: tuple[Role | None, ...] = ()
    part: DocumentPart = DocumentPart.TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """A force at a place: ``actor/asset/place`` with an optional component (mission, unit, police or troops).

    ``stated`` is each voice's newest statement of a level, newest first; ``low`` and ``high`` span their bounds
    (``None`` where open, both ``None`` where no voice gives a number: *present, size not stated*). ``claims``,
    ``voices`` and ``checked`` count what the row rests on; ``first_cited`` and ``last_cited`` are ISO dates.
    ``disputed`` when two voices exclude each other. ``estimate`` stands beside what is stated, where it was asked for.
    """

    id: str
    actor: Actor
    asset: Asset
    place: Place
    component: str | None
    stated: Sequence[Citation]
    low: int | None
    high: int | None
    claims: int
    voices: int
    checked: int
    first_cited: str
    last_cited: str
    disputed: bool
    estimate: Estimate | None = None

    @property
    def sized(self) -> bool:
        """Whether any voice gives a number."""
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Picture:
    """Who has what where: as of a day, as known on a day, as recorded by a day (ISO dates).

    ``rows`` are forces abroad and of armed groups, ``own`` the country's own forces there, ``strengths`` total sizes
    without a place. ``moves`` are movements stated as fact, ``announced`` the planned ones, ``possible`` and
    ``denied`` what their names say, ``exercises`` drills of any status; each is newest first.
    ``left_out`` counts what these five tables leave out, by their names; a table that is whole is not in it. Under
    ``unsure`` it counts the claims that no table counts: they were read too unsurely, and wait for a person.
    ``disagreements`` are the rows in which two voices exclude each other.
    """

    place: Place | None
    actor: Actor | None
    as_of: str
    known: str
    recorded: str
    rows: tuple[Row, ...]
    own: tuple[Row, ...]
    strengths: tuple[Row, ...]
    moves: tuple[Citation, ...]
    announced: tuple[Citation, ...]
    possible: tuple[Citation, ...]
    denied: tuple[Citation, ...]
    exercises: tuple[Citation, ...]
    left_out: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def disagreements(self) -> tuple[Row, ...]:
        """The rows in which two voices exclude each other."""
        return tuple(row for row in (*self.rows, *self.own, *self.strengths) if row.disputed)


@dataclass(frozen=True, slots=True)
class Position:
    """A contiguous run of a named unit or base at a place.

    ``tie`` is how the unit is tied to the place: ``site`` (based, stationed, headquartered there), ``operating``
    (active there) or ``unclear``. ``first_cited`` and ``last_cited`` are ISO dates, partial where only a month or a
    year is stated.
    """

    unit: str
    actor: Actor | None
    place: Place
    tie: str
    first_cited: str
    last_cited: str
    citations: tuple[Citation, ...]
