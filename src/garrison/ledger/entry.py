"""What the ledger gives back: entries, filters and results, without any database in sight."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from garrison.vocabulary import Asset, Document, Kind, Obtained, Status

Outcome = Literal["new", "unchanged", "redacted"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a reading: ``new``, ``unchanged`` (known already) or ``redacted`` (was erased, stays so).

    ``document`` is the document's id, ``claims`` how many claims the reading has.
    """

    outcome: Outcome
    document: str
    claims: int


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims to give; a field that is ``None`` does not filter.

    ``place`` and ``actor`` are names, adjectives or codes; ``words`` is searched for in the quotations; ``since``
    and ``until`` bound the day of publication (ISO 8601, partial allowed); ``known`` and ``recorded`` ask for the
    claims as they were known, and as this ledger had them, on that day. ``moving``: only moves, of any status.
    ``as_of``: only what a picture of that day goes by: what was so by then, and what had been announced or denied.
    ``unsure``: only claims that wait for a person, read with too little confidence for pictures, or only the others.
    ``newest_first`` orders by publication.
    """

    place: str | None = None
    actor: str | None = None
    asset: Asset | None = None
    unit: str | None = None
    kind: Kind | None = None
    status: Status | None = None
    outlet: str | None = None
    document: str | None = None
    words: str | None = None
    checked: bool | None = None
    verified: bool | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    known: str | None = None
    recorded: str | None = None
    moving: bool = False
    unsure: bool | None = None
    newest_first: bool = True
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingEntry:
    """A reading in the ledger: by which reader and extractor, when recorded (UTC), with how many claims.

    ``counts`` is ``True`` for the newest reading of its version, the one that pictures use.
    """

    version: str
    reader: str
    extractor: str
    claimed_by: str | None
    text_known: bool
    recorded: str
    claims: int
    counts: bool


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """A wording of a document in the ledger; ``known`` and ``known_basis`` as in a citation."""

    sha256: str
    obtained: Obtained
    obtained_at: str
    location: str | None
    known: str
    known_basis: str


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document in the ledger, as the newest reading of its newest version has it.

    ``document`` is ``None`` for a stub left by redaction; ``redacted`` (when) and ``because`` are set then.
    ``claims`` counts the claims of the counting reading. ``withheld``: an embargo hides claims of it, so that text and
    title are kept back too. ``barrier`` is what seems to have come in place of the whole article: ``cookie notice``,
    ``paywall``.
    """

    id: str
    document: Document | None
    known: str | None
    known_basis: str | None
    recorded: str
    claims: int
    versions: tuple[VersionEntry, ...]
    readings: tuple[ReadingEntry, ...]
    redacted: str | None = None
    because: str | None = None
    withheld: bool = False
    barrier: str | None = None

    @property
    def version(self) -> VersionEntry | None:
        """The newest version."""
        return self.versions[-1] if self.versions else None


class Verdict(StrEnum):
    """What a person decides about a claim."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    SAME_AS = "same-as"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision about a claim, and where it stands now.

    ``claim`` is the claim that was judged, ``applies_to`` the claim that it acts on now: the same; another one when
    a newer reading replaced it (then ``carried_over``); ``None`` while it waits for review (``orphaned``).
    """

    id: str
    claim: str
    verdict: Verdict
    by: str
    because: str
    recorded: str
    field: str | None = None
    value: str | None = None
    same_as: str | None = None
    applies_to: str | None = None
    carried_over: bool = False
    withdrawn: str | None = None
    withdrawn_by: str | None = None
    withdrawn_because: str | None = None

    @property
    def orphaned(self) -> bool:
        """Whether it is in force but the claim it was about is gone: it waits for review."""
        return self.withdrawn is None and self.applies_to is None


@dataclass(frozen=True, slots=True)
class Stub:
    """What redaction leaves of a document: its id, the hashes of its versions, when and why."""

    document: str
    versions: tuple[str, ...]
    redacted: str
    because: str


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit of a known order of battle: names and aliases that resolve to it, its parent and the dates stated."""

    id: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    relation: str | None = None
    dates: str | None = None
    source: str | None = None
