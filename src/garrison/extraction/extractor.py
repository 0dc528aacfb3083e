"""The protocol that every extractor follows."""

from __future__ import annotations

from typing import Protocol

from garrison.vocabulary import Claim, Document


class Extractor(Protocol):
    """Reads a document's posture claims.

    ``name`` and ``version`` go into every reading, so that a changed extractor makes a new reading and never
    overwrites an old one. ``sure`` is the confidence, 0 to 1, from which its claims are read right at least nine times
    in ten: claims below it are recorded, but stay out of pictures until a person accepts them.
    """

    name: str
    version: str
    sure: float

    def claims(self, document: Document) -> tuple[Claim, ...]:
        """The claims of ``document`` in the order of their quotations, each with the exact span of its quote."""
        ...
