"""Disagreement: rows in dispute, claims that stand against the rest, and denials of one's own force."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.estimation.filing import own_denial
from garrison.ledger import ClaimFilter, Ledger
from garrison.ledger.columns import family_of
from garrison.pipeline.estimates import asked, estimated, estimates
from garrison.pipeline.hearing import hearing
from garrison.vocabulary import Asset, Citation, Estimate, Heard, Status


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A row in which two voices exclude each other, or a claim is outlying, with its estimate."""

    estimate: Estimate
    sides: tuple[Heard, ...]
    outlying: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Rows in dispute or with outlying claims, and denials by an actor of its own force, newest first."""

    rows: tuple[Disagreement, ...]
    denials: tuple[Citation, ...]


def disagreements(
    ledger: Ledger,
    *,
    place: str | None = None,
    actor: str | None = None,
    asset: Asset | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> Disagreements:
    """What the claims do not agree on; the arguments are those of :func:`garrison.pipeline.estimates.estimates`."""
    found = estimates(ledger, place=place, actor=actor, asset=asset, as_of=as_of, known=known, recorded=recorded)
    unsettled = {row: each for row, each in found.items() if each.dispute or each.outlying}
    question = asked(ledger, place=place, actor=actor, asset=asset, as_of=as_of, known=known, recorded=recorded)
    # Only of these rows are the claims themselves needed.
    heard = hearing(ledger, question, {family_of(row) for row in unsettled})
    detailed = estimated(heard, [question.day], with_claims=set(unsettled))
    rows = [_disagreement(detailed[row][0]) for row in unsettled if row in detailed]
    denied = ClaimFilter(
        place=place, actor=actor, asset=asset, status=Status.DENIED, known=known, recorded=recorded, until=as_of
    )
    denials = sorted(
        (each for each in ledger.claims(denied) if own_denial(each)),
        key=lambda each: (each.published or each.known, each.claim),
        reverse=True,
    )
    return Disagreements(tuple(rows), tuple(denials))


def _disagreement(estimate: Estimate) -> Disagreement:
    own = {each.citation.claim: each for each in estimate.heard if not each.part}
    sides = tuple(own[claim] for claim in estimate.dispute or () if claim in own)
    return Disagreement(estimate, sides, tuple(own[claim] for claim in estimate.outlying if claim in own))
