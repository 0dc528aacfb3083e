"""Claiming: a document to its claims, those of its text and those that only its headline makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import re2

from garrison.extraction.extractor import Extractor
from garrison.naming.actors import find_actors
from garrison.vocabulary import Claim, Document, DocumentPart, Quantity, Status

READ_LANGUAGE = "en"
"""The one language that is read for claims (ISO 639-1)."""
_INFINITIVE = re2.compile(
    r"(?i)^(?:[^\s:]+:\s+)?(?:[\w.’'\-]+\s+){1,4}to\s+(?:deploy|send|dispatch|withdraw|pull|move|redeploy|relocate|station|base|"
    r"reinforce|leave|cut|bring|transfer|add|double|triple|boost|increase|reduce|host|get|receive|join|return|expand)\b"
)
_ROUNDED = 0.1
"""The share by which a headline's figure may differ from the text's and still be the same, rounded."""


def claims_in(document: Document, extractor: Extractor) -> tuple[Claim, ...]:
    """The claims of ``document``; none where it is in a language that is not read.

    A headline repeats what its text says, shorter; what it says too is left to the text. Only what no sentence of the
    text says is a claim of the headline, whose span counts in the title (``DocumentPart.HEADLINE``). An entry of a live
    blog bears the headline of the whole blog, which is not its own.
    """
    if document.language not in (None, READ_LANGUAGE):
        return ()
    stated = extractor.claims(document)
    if not document.title or document.post is not None:
        return stated
    alone = Document(
        text=document.title, published=document.published, outlet=document.outlet, language=document.language
    )
    headed = [
        claim for claim in extractor.claims(alone) if _is_whole(claim, document.title) and not _is_said(claim, stated)
    ]
    return (*stated, *(_headlined(claim, document.title) for claim in headed))


def _headlined(claim: Claim, title: str) -> Claim:
    """A claim of a headline, which says "Russia to send" for "Russia will send"."""
    claim = replace(claim, part=DocumentPart.HEADLINE)
    return replace(claim, status=Status.PLANNED) if claim.status is Status.FACT and _INFINITIVE.match(title) else claim


def _is_whole(claim: Claim, title: str) -> bool:
    """Whether a headline's claim says whose force and where: without its article nothing else could tell.

    A force that is not named is not the country's in which it is, as it may be in the middle of an article.
    """
    places = {place.name for place in (claim.place, claim.origin) if place is not None}
    actors = {found.actor for found in find_actors(title) if found.span.of(title) not in places}
    return (claim.unit is not None or claim.actor in actors) and (claim.place is not None or claim.origin is not None)


def _is_said(claim: Claim, stated: Sequence[Claim]) -> bool:
    alike = [each for each in stated if each.asset is claim.asset or (claim.unit and each.unit == claim.unit)]
    if claim.quantity is None:
        return bool(alike)
    return any(each.quantity is not None and _agree(claim.quantity, each.quantity) for each in alike)


def _agree(headline: Quantity, text: Quantity) -> bool:
    """Whether two figures are the same but for rounding or the words around them."""
    ones = {bound for bound in (headline.low, headline.high) if bound}
    others = {bound for bound in (text.low, text.high) if bound}
    return any(abs(one - other) <= _ROUNDED * max(one, other) for one in ones for other in others)
