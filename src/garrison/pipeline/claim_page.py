"""A claim's page: its words, how they were read, who repeats them, what others decided, how likely it is right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from garrison.ledger import ClaimFilter, DocumentEntry, Judgement, Ledger, Verdict, asking, citing, columns
from garrison.ledger.days import asked_day, day_text, first_day, is_date, today
from garrison.pipeline.estimates import row_estimates
from garrison.pipeline.evidence import evidence
from garrison.pipeline.hearing import shared_passages
from garrison.publishing.evidence import Evidence
from garrison.publishing.lineages import SharedPassage
from garrison.vocabulary import Citation, Heard, Span, UsageError

HEARD = 5_000
"""How many claims are weighed at most to tell how likely one is right."""
_COMPARED = 400
_COPIED_WITHIN_DAYS = 45


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A claim with everything it rests on.

    ``as_read`` is the claim before corrections, ``None`` without any. ``heard`` is how the estimate of its ``row``
    hears it. ``copies`` are other documents with the same passage. ``others`` are the document's other claims.
    """

    evidence: Evidence
    entry: DocumentEntry
    row: str | None
    as_read: Citation | None
    heard: Heard | None
    copies: tuple[SharedPassage, ...]
    others: tuple[Citation, ...]
    judgements: tuple[Judgement, ...]


def claim_page(
    ledger: Ledger, id: str, *, as_of: str | None = None, known: str | None = None, recorded: str | None = None
) -> ClaimPage:
    """The claim with this id or unique beginning of one, as the ledger stands.

    Args:
        ledger: an open ledger.
        id: the claim's id, or a beginning of it that is unique.
        as_of: the day for which it is weighed, today if ``None``.
        known: weigh it by what was known by this day.
        recorded: weigh it by what this ledger held then.

    Raises:
        UsageError: no such claim, or several.
    """
    cited = ledger.claim(id)
    standing_pk = asking.claim_named(ledger.session, cited.claim)[1]
    row = citing.rows_of(ledger.session, [cited.claim]).get(cited.claim)
    judgements = ledger.judgements(cited.claim)
    corrects = any(
        one.verdict is Verdict.CORRECT and one.withdrawn is None and one.applies_to == cited.claim for one in judgements
    )
    return ClaimPage(
        evidence(ledger, [cited])[0],
        ledger.document(cited.document),
        row,
        citing.as_read(ledger.session, standing_pk) if corrects else None,
        _heard(ledger, cited, row, as_of, known, recorded) if row else None,
        copies(ledger, cited.document, (cited,)),
        tuple(one for one in document_claims(ledger, cited.document) if one.claim != cited.claim),
        judgements,
    )


def document_claims(ledger: Ledger, document: str) -> tuple[Citation, ...]:
    """The claims of a document in the order of its text."""
    found = ledger.claims(ClaimFilter(document=document))
    return tuple(sorted(found, key=lambda one: (one.span or Span(0, 0), one.claim)))


def _heard(
    ledger: Ledger, cited: Citation, row: str, as_of: str | None, known: str | None, recorded: str | None
) -> Heard | None:
    if columns.family_size(ledger.session, columns.family_of(row)) > HEARD:
        return None
    day = asked_day(as_of, "the day") if as_of else today()
    try:
        found = row_estimates(ledger, row, [day], known=known, recorded=recorded)[1][0]
    except UsageError:
        return None
    return next((each for each in found.heard if each.citation.claim == cited.claim), None)


def copies(ledger: Ledger, document: str, cited: tuple[Citation, ...]) -> tuple[SharedPassage, ...]:
    """The passages that other documents share with those of ``document`` that the claims ``cited`` stand in.

    Looked at are documents of some weeks around with claims about the same actors.
    """
    spans = [one.span for one in cited if one.span is not None]
    if not spans:
        return ()
    near: dict[str, Citation] = {one.claim: one for one in cited}
    for actor in sorted({one.actor.id for one in cited if one.actor}):
        said = next(one.published for one in cited if one.actor and one.actor.id == actor)
        if not said or not is_date(said):
            continue
        around = (max(1, first_day(said) - _COPIED_WITHIN_DAYS), first_day(said) + _COPIED_WITHIN_DAYS)
        which = ClaimFilter(actor=actor, since=day_text(around[0]), until=day_text(around[1]))
        near |= {one.claim: one for one in islice(ledger.claims(which), _COMPARED)}
    found: dict[str, SharedPassage] = {}
    for lineage in shared_passages(ledger, list(near.values())):
        mine = [each for each in lineage.passages if each.document == document]
        if not any(each.paragraph.overlaps(span) for each in mine for span in spans):
            continue
        for each in lineage.passages:
            kept = ledger.document(each.document).document if each.document != document else None
            if kept is not None and each.document not in found:
                words = tuple(span.of(kept.text) for span in each.shared)
                about = (each.document, kept.outlet, kept.published, kept.title)
                found[each.document] = SharedPassage(*about, each.paragraph, words)
    return tuple(found.values())
