"""Documents: the list, and one with its text or an excerpt."""

from __future__ import annotations

from fastapi import APIRouter, Response

from garrison.ledger import DocumentEntry, documents
from garrison.pipeline.claim_page import copies, document_claims
from garrison.server.answering import claims_out
from garrison.server.asked import CursorText, InPath, Limit, Name, Room, answered, cursor, keys_of
from garrison.server.claim_answer import shared_words
from garrison.server.models.documents import (
    DocumentPage,
    Documents,
    DocumentSummary,
    MarkedSpan,
    PageStart,
    ReadingOut,
    VersionOut,
)
from garrison.server.models.parts import ClaimOut
from garrison.server.refusing import NotFoundError
from garrison.server.settings import Settings
from garrison.vocabulary import DocumentPart, UsageError

_LEAD = 80
"""How many characters an excerpt has before its first claim."""


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["documents"])

    @routes.get("/documents", response_model=Documents)
    def listing(outlet: Name = None, words: Name = None, limit: Limit = 50, cursor_: CursorText = None) -> Response:
        """Documents, newest recorded first; ``words`` are looked for in the titles."""
        before = keys_of(cursor_, 1, outlet, words)[0] if cursor_ else None
        with room.pool.reading() as ledger:
            found, after = documents.page(ledger.session, outlet, words, before, limit)
        more = cursor((after,), outlet, words) if after is not None else None
        return answered(Documents(items=[_summary(each) for each in found], next=more))

    @routes.get("/documents/{id}", response_model=DocumentPage)
    def document(id: InPath) -> Response:
        """A document with its claims marked in its text: whole, or on a shared server an excerpt."""
        with room.pool.reading() as ledger:
            try:
                entry = ledger.document(id)
            except UsageError as error:
                raise NotFoundError(str(error)) from None
            cited = document_claims(ledger, entry.id)
            claims = claims_out(ledger, cited)
            shared = shared_words(copies(ledger, entry.id, cited), room.settings.excerpt_chars) if cited else []
        return answered(_page(entry, claims, room.settings).model_copy(update={"lineage": shared}))

    return routes


def is_web(location: str | None) -> bool:
    """Whether ``location`` is a web address, and not where something lies on this machine."""
    return location is not None and location.startswith(("http://", "https://"))


def _summary(entry: DocumentEntry) -> DocumentSummary:
    document = entry.document
    return DocumentSummary(
        id=entry.id,
        title=document.title if document else None,
        outlet=document.outlet if document else None,
        published=document.published if document else None,
        language=document.language if document else None,
        url=document.url if document else None,
        recorded=entry.recorded,
        claims=entry.claims,
        redacted=entry.redacted,
    )


def _page(entry: DocumentEntry, claims: list[ClaimOut], settings: Settings) -> DocumentPage:
    excerpt = settings.excerpt_chars
    document = entry.document
    text = document.text if document else None
    offset, shown, length = 0, text, len(text or "")
    whole = text is not None and not entry.withheld
    if entry.withheld:
        text = shown = None
    if text is not None and excerpt is not None and length > excerpt:
        first = min((claim.span[0] for claim in claims if claim.span and claim.part is DocumentPart.TEXT), default=0)
        offset = max(0, min(first - _LEAD, length - excerpt))
        shown, whole = text[offset : offset + excerpt], False
    marks: dict[tuple[int, int], list[str]] = {}
    for claim in claims:
        if claim.span and claim.verified and claim.part is DocumentPart.TEXT:
            marks.setdefault(claim.span, []).append(claim.id)
    url = document.url if document else None
    return DocumentPage(
        id=entry.id,
        title=document.title if document else None,
        outlet=document.outlet if document else None,
        authors=list(document.authors) if document else [],
        published=document.published if document else None,
        language=document.language if document else None,
        rights=document.rights if document else None,
        url=url,
        link=url if is_web(url) else None,
        known=entry.known,
        known_basis=entry.known_basis,
        recorded=entry.recorded,
        whole=whole,
        text=shown,
        offset=offset,
        length=length,
        claims=claims,
        marks=[MarkedSpan(start=start, end=end, claims=ids) for (start, end), ids in sorted(marks.items())],
        captions=[(span.start, span.end) for span in document.captions] if document else [],
        pages=[PageStart(number=page.number, start=page.start) for page in document.pages] if document else [],
        versions=[
            VersionOut(
                sha256=each.sha256,
                obtained=each.obtained.value,
                obtained_at=each.obtained_at,
                location=each.location if not settings.shared or is_web(each.location) else None,
                known=each.known,
                known_basis=each.known_basis,
            )
            for each in entry.versions
        ],
        readings=[
            ReadingOut(
                reader=each.reader,
                extractor=each.extractor,
                recorded=each.recorded,
                claims=each.claims,
                counts=each.counts,
            )
            for each in entry.readings
        ],
        redacted=entry.redacted,
        because=entry.because,
        lineage=[],
    )
