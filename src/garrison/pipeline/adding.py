"""Adding: a claim from words that a person selected and fields that the person filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from garrison.extraction.registry import extractor_named
from garrison.ledger import Ledger
from garrison.ledger.correction import corrected
from garrison.naming.place_resolution import resolve_place
from garrison.vocabulary import Asset, Claim, Document, Kind, Measure, Place, Span, Status, UsageError

QUOTED = 2000
"""How many characters a quotation may have at most."""
_FIXED = ("kind", "status", "asset", "measure")


def added(
    ledger: Ledger,
    document: str,
    start: int,
    end: int,
    fields: Mapping[str, str | None],
    *,
    by: str,
    because: str,
) -> str:
    """Add the claim that the words from ``start`` to ``end`` of a document make, and return its id.

    Args:
        ledger: open for writing.
        document: its id, a unique beginning of it, or its URL.
        start: the first character of the quotation in the document's text.
        end: the character after the last one.
        fields: of the guide, each as a person corrects it (``garrison judge``); kind, status, asset and measure are
            needed, others are left open where they are ``None``.
        by: who adds it.
        because: why.

    Raises:
        UsageError: no such document, span, field or value; no name or reason; the claim is there already.
    """
    text = _text(ledger, document)
    span = _span(text.text, start, end)
    claim = Claim(span.of(text.text), span, Kind.PRESENT, Status.FACT, Asset.PERSONNEL, Measure.LEVEL)
    for name in _FIXED:
        if not fields.get(name):
            raise UsageError(f"say what {name} the claim is of")
    for name, value in fields.items():
        if value is not None and value.strip():
            claim = corrected(claim, name, value)
    claim = replace(claim, place=_located(claim.place, text), origin=_located(claim.origin, text))
    return ledger.add(document, claim, by=by, because=because)


def draft(ledger: Ledger, document: str, start: int, end: int) -> Claim | None:
    """The claim that the grammar sees in the selected words, if it sees one.

    Raises:
        UsageError: no such document or span.
    """
    text = _text(ledger, document)
    span = _span(text.text, start, end)
    # Apart from what stands around it, as the grammar saw none there before.
    selected = Document(
        span.of(text.text), title=text.title, published=text.published, outlet=text.outlet, language=text.language
    )
    found = extractor_named("grammar").claims(selected)
    return max(found, key=lambda each: len(each.quote), default=None)


def _text(ledger: Ledger, name: str) -> Document:
    entry = ledger.document(name)
    if entry.document is None or not entry.document.text:
        raise UsageError(f"the text of document {entry.id} is not held")
    return entry.document


def _span(text: str, start: int, end: int) -> Span:
    if not 0 <= start < end <= len(text):
        raise UsageError(f"the words must lie within the text, which has {len(text):,} characters")
    if end - start > QUOTED:
        raise UsageError(f"that is more than {QUOTED:,} characters; select the sentence that makes the claim")
    # Spaces at the edges of a selection are no part of the quotation.
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    last = end - (len(words) - len(words.rstrip()))
    if first >= last:
        raise UsageError("there are no words in what was selected")
    return Span(first, last)


def _located(place: Place | None, document: Document) -> Place | None:
    """``place`` with its coordinates, as a reader would find them in the text, where these are in its country."""
    if place is None:
        return None
    found = resolve_place(place.name, document.text, document.title, document.outlet)
    if place.iso3 is not None and found.iso3 != place.iso3:
        return place
    return found if found.iso3 or found.lat is not None else place
