"""Readings: which bytes were read by what, and the claims that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from garrison.vocabulary.claim import Claim
from garrison.vocabulary.document import Document


class Obtained(StrEnum):
    """How the bytes of a version were got."""

    FILE = "file"
    FETCHED = "fetched"
    ARCHIVED = "archived"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a document: ``sha256`` of the bytes received (hex), how, when (ISO 8601, UTC) and from where."""

    sha256: str
    obtained: Obtained
    obtained_at: str
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A version as one reader and one extractor understood it.

    ``reader`` and ``extractor`` are names with versions (``html 1``, ``grammar 3``, ``recorded by R. Analyst``).
    ``claimed_by`` is set for claims made elsewhere: the file or tool that they came from. ``text_known`` is
    ``False`` when claims were recorded without the text of their document. ``sure`` is the extractor's confidence, 0 to
    1, below which a claim waits for a person before pictures count it.
    """

    document: Document
    version: Version
    reader: str
    extractor: str
    claims: tuple[Claim, ...]
    claimed_by: str | None = None
    text_known: bool = True
    sure: float = 0.0
