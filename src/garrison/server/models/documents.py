"""Documents: the list, and one with its text."""

from __future__ import annotations

from garrison.server.models.parts import ClaimOut, Part, SharedWords


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
