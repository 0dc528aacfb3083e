"""A claim with everything that it rests on."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from garrison.server.models.parts import ClaimOut, JudgementOut, Part, Passage, SharedWords


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
    """How the estimate of a row hears a claim: its weight, and how likely it is true as said, and an honest report."""

    row: str
    weight: float
    holds: float | None
    right: float | None
    voice: str
    because: str | None
    counts: str


class Selector(Part):
    """A W3C Web Annotation text-quote selector."""

    type: Literal["TextQuoteSelector"]
    exact: str
    prefix: str
    suffix: str


class ClaimPage(Part):
    """A claim with everything that it rests on.

    ``set_aside`` is why no picture counts it, where a person decided so: it was ``rejected``, or is the ``same as``
    another that counts.
    """

    claim: ClaimOut
    as_read: ClaimOut | None
    set_aside: Literal["rejected", "same as"] | None
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
