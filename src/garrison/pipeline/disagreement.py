"""Disagreement: rows in dispute, claims that stand against the rest, and denials of one's own force."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.estimation.filing import own_denial
from garrison.ledger import ClaimFilter, Ledger
from garrison.pipeline.estimates import estimates
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
    rows = [
        Disagreement(each, each.dispute or (), tuple(one for one in each.outlying if not one.part))
        for each in found.values()
    ]
    which = ClaimFilter(
        place=place, actor=actor, asset=asset, status=Status.DENIED, known=known, recorded=recorded, until=as_of
    )
    denials = sorted(
        (each for each in ledger.claims(which) if own_denial(each)),
        key=lambda each: (each.published or each.known, each.claim),
        reverse=True,
    )
    return Disagreements(tuple(each for each in rows if each.sides or each.outlying), tuple(denials))
