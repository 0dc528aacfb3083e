"""Evidence: from a claim or a row to the words that it rests on, in their context."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from garrison.ledger import DocumentEntry, Ledger, asking
from garrison.pipeline import picture
from garrison.pipeline.archived import archived_words
from garrison.publishing.evidence import Evidence, SetAside
from garrison.vocabulary import Citation, Document, DocumentPart, Obtained, Row

CONTEXT = 240
"""Characters at most that are shown on either side of a quotation."""
_SET_ASIDE: dict[str, SetAside] = {"rejected": "rejected", "merged": "same as"}
_STOPS = (". ", "! ", "? ", ".\n", "\n\n", ".” ", '." ')


@dataclass(frozen=True, slots=True)
class Why:
    """The answer to *why*: the row asked for, if one was, and the evidence, newest first; how much was left out."""

    row: Row | None
    evidence: tuple[Evidence, ...]
    left_out: int = 0


def why(ledger: Ledger, id: str, *, limit: int | None = None) -> Why:
    """The evidence behind a claim (its id or a unique beginning of it) or a row (``RUS/personnel/TJK``).

    Args:
        ledger: an open ledger.
        id: of the claim or row.
        limit: how many claims of a row at most, each voice's statement before others; all if ``None``.

    Raises:
        UsageError: no claim or row has this id, or several claims begin with it.
    """
    if "/" in id:
        row, citations = picture.row(ledger, id, limit=limit)
        return Why(row, evidence(ledger, citations), row.claims - len(citations))
    return Why(None, evidence(ledger, (ledger.claim(id),)))


def evidence(ledger: Ledger, citations: Iterable[Citation]) -> tuple[Evidence, ...]:
    """``citations`` with the words around their quotations; each document is fetched once."""
    entries: dict[str, DocumentEntry] = {}
    found = []
    asked = tuple(citations)
    aside = asking.set_aside(ledger.session, (one.claim for one in asked))
    for citation in asked:
        entry = entries.get(citation.document)
        if entry is None:
            entry = entries[citation.document] = ledger.document(citation.document)
        copy, bucket = archived_words(ledger, citation.claim), aside.get(citation.claim)
        set_aside = _SET_ASIDE[bucket] if bucket else None
        found.append(replace(_evidence(citation, entry), copy=copy, set_aside=set_aside))
    return tuple(found)


def _evidence(citation: Citation, entry: DocumentEntry) -> Evidence:
    document, version = entry.document, entry.version
    reading = next((one for one in entry.readings if one.counts), None)
    archived = version.location if version and version.obtained is Obtained.ARCHIVED else None
    kept = Evidence(
        citation,
        archived=archived,
        location=version.location if version else None,
        reader=reading.reader if reading else None,
        authors=document.authors if document else (),
        at=document.post.at if document and document.post else None,
        barrier=entry.barrier,
    )
    if document is None or not citation.verified:
        return kept
    return _in_context(kept, document)


def _in_context(kept: Evidence, document: Document) -> Evidence:
    text, quote = document.text, kept.citation.quote
    span = kept.citation.span
    if kept.citation.part is DocumentPart.HEADLINE:
        # A headline is its own context.
        at = document.part(DocumentPart.HEADLINE).find(quote)
        title = document.title or ""
        return replace(kept, before=title[:at], after=title[at + len(quote) :], stands="headline") if at >= 0 else kept
    start = span.start if span is not None and span.of(text) == quote else text.find(quote)
    if start < 0:
        return kept
    end = start + len(quote)
    return replace(
        kept,
        before=_before(text, start),
        after=_after(text, end),
        repeated=text.find(quote) != text.rfind(quote),
        page=document.page_of(start),
        stands="caption" if any(each.start <= start < each.end for each in document.captions) else "text",
    )


def _before(text: str, start: int) -> str:
    """The rest of the sentence that leads up to ``start`` and the sentence before it."""
    window = text[max(0, start - CONTEXT) : start]
    cuts = sorted(at + len(stop) for stop in _STOPS for at in _all(window, stop))
    if window.strip() and len(cuts) >= 2:
        return window[cuts[-2] :].lstrip()
    if start > CONTEXT:
        return window[window.find(" ") + 1 :]
    return window.lstrip()


def _after(text: str, end: int) -> str:
    """The rest of the sentence from ``end`` on and the sentence after it."""
    window = text[end : end + CONTEXT]
    cuts = sorted({at + len(stop.rstrip()) for stop in _STOPS for at in _all(window, stop)})
    if len(cuts) >= 2:
        return window[: cuts[1]].rstrip()
    if end + CONTEXT < len(text):
        return window[: window.rfind(" ")]
    return window.rstrip()


def _all(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
