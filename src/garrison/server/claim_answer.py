"""The answer about one claim."""

from __future__ import annotations

from collections.abc import Iterable

from garrison.ledger import Ledger
from garrison.pipeline.claim_page import ClaimPage as Found
from garrison.publishing.citations import csl_item, footnote, link, quote_selector
from garrison.publishing.evidence import Evidence
from garrison.publishing.fields import fields_of
from garrison.publishing.lineages import SharedPassage
from garrison.publishing.wording import sources_words
from garrison.server.answering import claim_out, claims_out, judgement_out
from garrison.server.models.pages import (
    Chance,
    ClaimPage,
    DocumentHead,
    FieldReading,
    Provenance,
    Selector,
)
from garrison.server.models.parts import Passage, SharedWords


def claim_answer(ledger: Ledger, found: Found) -> ClaimPage:
    """A claim with everything that it rests on."""
    held, cited, entry = found.evidence, found.evidence.citation, found.entry
    document = entry.document
    read = found.as_read
    before = {each.name: each.value for each in fields_of(read, sources_words(read))} if read else {}
    shown = claim_out(cited, found.row)
    return ClaimPage(
        claim=shown.model_copy(update={"link": link(held)}),
        as_read=claim_out(read, found.row) if read else None,
        passage=passage(held),
        reading=[
            FieldReading(
                field=each.name,
                label=each.label,
                value=each.value,
                source=each.words,
                meaning=each.meaning,
                corrected=read is not None and before.get(each.name) != each.value,
            )
            for each in fields_of(cited, sources_words(cited))
        ],
        document=DocumentHead(
            id=cited.document,
            title=cited.title,
            outlet=cited.outlet,
            published=cited.published,
            url=cited.url,
            rights=document.rights if document else None,
            language=document.language if document else None,
        ),
        provenance=Provenance(
            reader=held.reader,
            extractor=cited.extractor,
            authors=list(held.authors),
            known=cited.known,
            known_basis=cited.known_basis,
            recorded=cited.recorded,
            archived=held.archived,
            held=held.copy,
        ),
        probability=[
            Chance(
                row=found.row,
                weight=round(found.heard.weight, 4),
                right=None if found.heard.right is None else round(found.heard.right, 4),
                voice=found.heard.voice,
                because=found.heard.because,
            )
        ]
        if found.heard and found.row
        else [],
        lineage=shared_words(found.copies),
        others=claims_out(ledger, found.others),
        judgements=[judgement_out(one) for one in found.judgements],
        link=link(held),
        selector=Selector(**quote_selector(held)),  # type: ignore[arg-type]  # its type is always the one there is
        footnote=footnote(held, 1),
        csl=csl_item(held),
    )


def passage(held: Evidence) -> Passage:
    """A quotation in its context."""
    span = held.citation.span
    return Passage(
        before=held.before,
        quote=held.citation.quote,
        after=held.after,
        start=span.start if span else None,
        end=span.end if span else None,
        page=held.page,
    )


def shared_words(found: Iterable[SharedPassage]) -> list[SharedWords]:
    """Documents that share passages."""
    return [
        SharedWords(
            document=each.document,
            outlet=each.outlet,
            published=each.published,
            title=each.title,
            words=list(each.shared),
        )
        for each in found
    ]
