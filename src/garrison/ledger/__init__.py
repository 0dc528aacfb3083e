"""Claims at rest: tables, migrations, recording and querying."""

from garrison.ledger.entry import (
    ClaimFilter,
    DocumentEntry,
    Judgement,
    ReadingEntry,
    Recorded,
    Stub,
    UnitEntry,
    Verdict,
    VersionEntry,
)
from garrison.ledger.ledger import Ledger

__all__ = [
    "ClaimFilter",
    "DocumentEntry",
    "Judgement",
    "Ledger",
    "ReadingEntry",
    "Recorded",
    "Stub",
    "UnitEntry",
    "Verdict",
    "VersionEntry",
]
