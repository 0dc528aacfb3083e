"""The answer about one claim."""

from __future__ import annotations

from collections.abc import Iterable

from garrison.ledger import Ledger
from garrison.pipeline.claim_page import ClaimPage as Found
from garrison.publishing.citations import csl_item, footnote, link, quote_selector
from garrison.publishing.estimates import weight_words
from garrison.publishing.evidence import Evidence
from garrison.publishing.fields import fields_of
from garrison.publishing.lineages import SharedPassage
from garrison.publishing.wording import sources_words
from garrison.server.answering import claim_out, claims_out, judgement_out, share
from garrison.server.models.claims import Chance, ClaimPage, DocumentHead, FieldReading, Provenance, Selector
from garrison.server.models.parts import Passage, SharedWords


def claim_answer(ledger: Ledger, found: Found, excerpt: int | None) -> ClaimPage:
    """A claim with everything that it rests on; of each text no more than ``excerpt`` characters, ``None`` for all."""
    held, cited, entry = found.evidence, found.evidence.citation, found.entry
    document = entry.document
    read = found.as_read
    before = {each.name: each.value for each in fields_of(read, sources_words(read))} if read else {}
    shown = claim_out(cited, found.row)
    return ClaimPage(
        claim=shown.model_copy(update={"link": link(held)}),
        as_read=claim_out(read, found.row) if read else None,
        set_aside=held.set_aside,
        passage=passage(held, excerpt),
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
                holds=share(found.heard.holds),
                right=share(found.heard.right),
                voice=found.heard.voice,
                because=found.heard.because,
                counts=weight_words(found.heard),
            )
        ]
        if found.heard and found.row
        else [],
        lineage=shared_words(found.copies, excerpt),
        others=claims_out(ledger, found.others),
        judgements=[judgement_out(one) for one in found.judgements],
        link=link(held),
        selector=Selector(**quote_selector(held)),  # type: ignore[arg-type]  # its type is always the one there is
        footnote=footnote(held, 1),
        csl=csl_item(held),
    )


def passage(held: Evidence, excerpt: int | None) -> Passage:
    """A quotation in its context, of which no more is shown than ``excerpt`` leaves room for; ``None`` for all."""
    span, before, after = held.citation.span, held.before, held.after
    if excerpt is not None:
        room = max(0, excerpt - len(held.citation.quote)) // 2
        before, after = before[len(before) - min(room, len(before)) :], after[:room]
    return Passage(
        before=before,
        quote=held.citation.quote,
        after=after,
        start=span.start if span else None,
        end=span.end if span else None,
        page=held.page,
    )


def shared_words(found: Iterable[SharedPassage], excerpt: int | None) -> list[SharedWords]:
    """Documents that share passages, with no more than ``excerpt`` characters of each; ``None`` for all."""
    return [
        SharedWords(
            document=each.document,
            outlet=each.outlet,
            published=each.published,
            title=each.title,
            words=list(each.shared) if excerpt is None else _cut(each.shared, excerpt),
        )
        for each in found
    ]


def _cut(words: Iterable[str], excerpt: int) -> list[str]:
    kept = []
    for each in words:
        if excerpt <= 0:
            break
        kept.append(each[:excerpt])
        excerpt -= len(each)
    return kept
