"""Claims made elsewhere, by hand or by another tool: JSON lines in the form of the guide, into the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from garrison.ledger import Ledger
from garrison.pipeline.dates import now
from garrison.pipeline.intake import Intake, Notice, remarks
from garrison.pipeline.passages import json_object, passage
from garrison.pipeline.sources import located, pieces
from garrison.reading import Failure
from garrison.vocabulary import Claim, ClaimError, Document, Obtained, Reading, UsageError, Version
from garrison.vocabulary.guide_form import from_mapping


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a claims file: the document, whether its text is known, its claims, and those refused."""

    id: str
    document: Document
    text_known: bool
    claims: tuple[Claim, ...]
    refused: tuple[str, ...]


def record(ledger: Ledger, file: str, *, by: str | None = None, into: Intake | None = None) -> Intake:
    """Record the claims file ``file`` in ``ledger``, marked as claimed by ``by`` (else by the file's name).

    A claim that breaks the guide is refused and reported with its line; the line's other claims are kept.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    intake = into if into is not None else Intake()
    source = by or (Path(file).name if file != "-" else "standard input")
    with ledger.recording():
        for entry, where in _entries(file):
            if isinstance(entry, Failure):
                intake.failed.append(entry)
                continue
            intake.failed.extend(Failure(where, f"claim refused: {reason}") for reason in entry.refused)
            if entry.refused and not entry.claims:
                continue
            try:
                intake.keep(ledger, _reading(entry, source, where))
            except ClaimError as error:
                intake.failed.append(Failure(where, str(error)))
                continue
            intake.notices.extend(Notice(where, reason) for reason in remarks(entry.document))
    return intake


def _entries(file: str) -> Iterator[tuple[Entry | Failure, str]]:
    for found in located([file]):
        for piece in [found] if isinstance(found, Failure) else pieces(found, lines=True):
            if isinstance(piece, Failure):
                yield piece, piece.where
                continue
            try:
                yield entry(piece.data), piece.where
            except (ClaimError, UsageError) as error:
                yield Failure(piece.where, str(error)), piece.where


def entry(line: bytes) -> Entry:
    """The line of a claims file that ``line`` holds.

    Raises:
        ClaimError: it is no JSON object with an id and a list of claims.
        UsageError: its date is no date.
    """
    row = json_object(line)
    claims = row.get("claims")
    if not isinstance(claims, list):
        raise ClaimError("'claims' must be a list (empty where the text has none)")
    if not row.get("id"):
        raise ClaimError("'id' is missing: it names the document from which the claims come")
    document = passage(row)
    text = document.text or None
    if text is None and document.url is None:
        # Without text or address nothing tells two documents of one outlet and day apart but the id given.
        document = replace(document, url=f"id:{row['id']}")
    kept: list[Claim] = []
    refused: list[str] = []
    for number, claim in enumerate(claims, 1):
        try:
            kept.append(_claim(claim, text))
        except ClaimError as error:
            refused.append(f"number {number}: {error}")
    return Entry(str(row["id"]), document, text is not None, tuple(kept), tuple(refused))


def _claim(row: Any, text: str | None) -> Claim:
    if not isinstance(row, Mapping):
        raise ClaimError(f"a claim must be an object, not {row!r:.80}")
    return from_mapping(row, text)


def _reading(entry: Entry, source: str, where: str) -> Reading:
    # The same passage with other claims is another reading of it, so the claims are part of the extractor's version.
    claims = hashlib.sha256(repr(entry.claims).encode()).hexdigest()[:8]
    document = entry.document
    wording = json.dumps([document.text, entry.id, document.title, document.published, document.outlet, document.url])
    return Reading(
        document=document,
        version=Version(
            hashlib.sha256(wording.encode()).hexdigest(), Obtained.RECORDED, now(), f"{where} ({entry.id})"
        ),
        reader="claims file 1",
        extractor=f"recorded from {source} {claims}",
        claims=entry.claims,
        claimed_by=source,
        text_known=entry.text_known,
    )
