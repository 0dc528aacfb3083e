"""Copying: which documents of the ledger share passages."""

from __future__ import annotations

from garrison.ledger import ClaimFilter, Ledger
from garrison.pipeline.hearing import shared_passages
from garrison.publishing.lineages import SharedPassage


def shared(
    ledger: Ledger,
    *,
    place: str | None = None,
    actor: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> tuple[tuple[SharedPassage, ...], ...]:
    """The lineages among the documents with claims about a place or an actor, largest first.

    Raises:
        UsageError: a place or date that is unknown.
    """
    which = ClaimFilter(place=place, actor=actor, known=known, recorded=recorded)
    together: dict[frozenset[str], list[SharedPassage]] = {}
    for lineage in shared_passages(ledger, list(ledger.claims(which))):
        # Paragraphs that the same documents share are shown as one.
        passages = together.setdefault(frozenset(lineage.documents), [])
        for each in lineage.passages:
            document = ledger.document(each.document).document
            if document is not None:
                words = tuple(span.of(document.text) for span in each.shared)
                about = (each.document, document.outlet, document.published, document.title)
                passages.append(SharedPassage(*about, each.paragraph, words))
    return tuple(
        tuple(together[documents]) for documents in sorted(together, key=lambda each: (-len(each), sorted(each)))
    )
