"""Archived copies as citations name them."""

from __future__ import annotations

from garrison.ledger import Ledger, archiving


def archived_words(ledger: Ledger, claim: str) -> str | None:
    """The archived copy that a claim stands in, as a citation names it; ``None`` if there is none."""
    quoted = archiving.quoted_in(ledger.session, claim)
    if quoted is None or quoted.copy is None:
        return None
    copy = quoted.copy
    record = copy.place.record.strip("<>")
    return f"{copy.place.file}, {record}, received {copy.at[:10]}, sha256:{copy.sha256}"
