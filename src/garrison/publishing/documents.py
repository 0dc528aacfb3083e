"""The documents of a ledger as a listing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from garrison.ledger import DocumentEntry
from garrison.publishing.layout import Column, Line, table
from garrison.publishing.wording import counted, printable

COLUMNS = (
    *("id", "title", "outlet", "published", "language", "url", "known", "known_basis", "recorded", "claims"),
    *("versions", "sha256", "obtained", "location", "reader", "extractor", "claimed_by", "barrier"),
    *("redacted", "because"),
)
_COLUMNS = (Column("published", wraps=False), Column("outlet"), Column("title"), Column("claims"))


def entry_shape(entry: DocumentEntry) -> dict[str, Any]:
    """A document of the ledger, without its text; ``sha256`` and what follows are of its newest version."""
    document, version = entry.document, entry.version
    reading = next((one for one in entry.readings if one.counts), None)
    return {
        "id": entry.id,
        "title": document.title if document else None,
        "outlet": document.outlet if document else None,
        "published": document.published if document else None,
        "language": document.language if document else None,
        "url": document.url if document else None,
        "known": entry.known,
        "known_basis": entry.known_basis,
        "recorded": entry.recorded,
        "claims": entry.claims,
        "versions": len(entry.versions),
        "sha256": version.sha256 if version else None,
        "obtained": version.obtained.value if version else None,
        "location": version.location if version else None,
        "reader": reading.reader if reading else None,
        "extractor": reading.extractor if reading else None,
        "claimed_by": reading.claimed_by if reading else None,
        "barrier": entry.barrier,
        "redacted": entry.redacted,
        "because": entry.because,
    }


def table_of(entries: Sequence[DocumentEntry], width: int) -> Text:
    """Documents as a table, each with its id beneath to copy."""
    return table("", _COLUMNS, [Line(_cells(entry), entry.id) for entry in entries], width)


def _cells(entry: DocumentEntry) -> tuple[str, ...]:
    document = entry.document
    if document is None:
        return ((entry.redacted or "")[:10], "", f"redacted: {printable(entry.because or 'no reason given')}", "")
    title = printable(document.title or " ".join(document.text.split()[:10]) or "no title")
    other = f" [{document.language}]" if document.language not in (None, "en") else ""
    other += f" [{entry.barrier}]" if entry.barrier else ""
    published = (document.published or "undated")[:10]
    return (published, printable(document.outlet or "unknown"), title + other, counted(entry.claims, "claim"))
