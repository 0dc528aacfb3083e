"""The desk: an open ledger with all that is asked of it, for use from Python."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from garrison.extraction.registry import extractor_named
from garrison.ledger import ClaimFilter, DocumentEntry, Ledger, Stub
from garrison.pipeline import claims_file, intake, picture, review
from garrison.pipeline import evidence as trails
from garrison.pipeline import positions as runs
from garrison.vocabulary import Citation, Claim, Document, Picture, Position

Source = str | os.PathLike[str]


class Desk:
    """An open ledger, a context manager. Open one with :func:`garrison.open`; ``ledger`` is the ledger itself."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger's file."""
        self.ledger.close()

    def read(
        self, *sources: Source, published: str | None = None, outlet: str | None = None, extractor: str = "learned"
    ) -> intake.Intake:
        """Read files and folders into the ledger; ``published`` and ``outlet`` fill what a file lacks."""
        names = [os.fspath(source) for source in sources]
        chosen = extractor_named(extractor)
        return intake.read(self.ledger, names, extractor=chosen, published=published, outlet=outlet)

    def record(self, file: Source, *, by: str | None = None) -> intake.Intake:
        """Record a file of claims made elsewhere, marked as claimed by ``by``, else by the file's name."""
        return claims_file.record(self.ledger, os.fspath(file), by=by)

    def posture(self, place: str | None = None, **question: Any) -> Picture:
        """Who is where with what; the keywords are those of :func:`garrison.pipeline.picture.posture`."""
        return picture.posture(self.ledger, place=place, **question)

    def units(self, name: str | None = None, **question: Any) -> tuple[Position, ...]:
        """Where named units and bases are; the keywords are those of :func:`garrison.pipeline.positions.positions`."""
        return runs.positions(self.ledger, name, **question)

    def claims(self, **which: Any) -> Iterator[Citation]:
        """The claims that pass; the keywords are the fields of :class:`garrison.ledger.ClaimFilter`."""
        return self.ledger.claims(ClaimFilter(**which))

    def documents(self, outlet: str | None = None, words: str | None = None) -> Iterator[DocumentEntry]:
        """The documents in the order of recording."""
        return self.ledger.documents(outlet=outlet, words=words)

    def why(self, id: str) -> trails.Why:
        """The evidence behind a claim or a row."""
        return trails.why(self.ledger, id)

    def judge(self, claim: str, verdict: str, what: str | None = None, *, by: str, because: str) -> str:
        """Record or withdraw a judgement as on the command line, and tell what was done."""
        return review.judged(self.ledger, claim, verdict, what, by=by, because=because)

    def redact(self, document: str, *, because: str) -> Stub:
        """Erase a document's text and quotations."""
        return self.ledger.redact(document, because=because)


def open(path: Source, *, create: bool = True, read_only: bool = False) -> Desk:
    """The ledger in the file ``path``, made if absent and ``create``.

    Raises:
        LedgerError: the file cannot be opened, is no ledger or is one of a newer version.
    """
    return Desk(Ledger.open(Path(path), create=create, read_only=read_only))


def extract(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    extractor: str = "learned",
) -> tuple[Claim, ...]:
    """The claims of ``text``, without a ledger.

    Args:
        text: English text.
        title: its title, which helps to resolve pronouns and places.
        published: its date (ISO 8601, partial allowed), by which "last year" is resolved.
        outlet: who published it.
        extractor: what reads the claims.
    """
    document = Document(text, title=title, published=published, outlet=outlet)
    return extractor_named(extractor).claims(document)
