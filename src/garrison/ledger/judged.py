"""Judged claims: which judgements act on which claims of a reading, also when they were made about an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from garrison.ledger.correction import corrected
from garrison.ledger.entry import Verdict
from garrison.vocabulary import Claim

UNSURE = "unsure"  # where claims wait that were read with too little confidence for pictures


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim of a reading, with where its words and their meaning are kept."""

    id: str
    pk: int
    meaning_pk: int
    version_pk: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement in force, with the claim that it was made about as it was kept then."""

    pk: int
    verdict: Verdict
    field: str | None
    value: str | None
    same_as: str | None
    judged: KeptClaim


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim with its judgements applied."""

    kept: KeptClaim
    claim: Claim
    bucket: str | None
    checked: bool
    corrections: tuple[tuple[str, str], ...]


def heir(ruling: Ruling, claims: Sequence[KeptClaim]) -> KeptClaim | None:
    """The one among ``claims`` of a reading that ``ruling`` is about.

    The claim itself; else, within its version, the one with the same span and asset, and in another wording of the
    document the one with the same quotation and asset. Where several are left, those of the same kind, status,
    bounds and words go before the others; if that does not settle it, none.
    """
    judged = ruling.judged
    for kept in claims:
        if kept.id == judged.id:
            return kept
    old = judged.claim
    here = [
        kept
        for kept in claims
        if (kept.claim.asset, kept.claim.part) == (old.asset, old.part)
        and (
            (kept.version_pk == judged.version_pk and kept.claim.span is not None and kept.claim.span == old.span)
            or ((kept.version_pk != judged.version_pk or old.span is None) and kept.claim.quote == old.quote)
        )
    ]
    for same in (_said_alike, _meant_alike):
        if len(here) > 1:
            here = [kept for kept in here if same(kept.claim, old)] or here
    return here[0] if len(here) == 1 else None


def _said_alike(one: Claim, other: Claim) -> bool:
    return (one.kind, one.status, one.quantity) == (other.kind, other.status, other.quantity)


def _meant_alike(one: Claim, other: Claim) -> bool:
    return (one.actor, one.place, one.unit) == (other.actor, other.place, other.unit)


def judged(
    claims: Sequence[KeptClaim],
    rulings: Iterable[tuple[Ruling, KeptClaim]],
    merged: frozenset[int],
    sure: float = 0.0,
) -> list[JudgedClaim]:
    """Each of ``claims`` with the ``rulings`` that act on it, oldest first.

    Args:
        claims: the claims of one reading.
        rulings: judgements in force, each with its heir among ``claims``.
        merged: the judgements (by their keys) whose ``same_as`` claim counts in pictures, so that this one does not.
        sure: the confidence below which a claim that nobody has accepted or corrected stays out of pictures.
    """
    acting: dict[int, list[Ruling]] = {}
    for ruling, kept in rulings:
        acting.setdefault(kept.pk, []).append(ruling)
    return [_judged(kept, acting.get(kept.pk, ()), merged, sure) for kept in claims]


def _judged(kept: KeptClaim, rulings: Sequence[Ruling], merged: frozenset[int], sure: float) -> JudgedClaim:
    claim, checked = kept.claim, False
    bucket = UNSURE if claim.confidence is not None and claim.confidence < sure else None
    corrections: dict[str, str] = {}
    for ruling in rulings:
        match ruling.verdict:
            case Verdict.ACCEPT:
                bucket, checked = None, True
            case Verdict.REJECT:
                bucket, checked = "rejected", True
            case Verdict.CORRECT if ruling.field is not None and ruling.value is not None:
                # The newest correction of a field goes at the end, so that they apply in the order made.
                corrections.pop(ruling.field, None)
                corrections[ruling.field] = ruling.value
                checked = True
                bucket = None if bucket in ("rejected", UNSURE) else bucket
            case Verdict.SAME_AS if ruling.pk in merged:
                bucket = "merged"
    for field, value in corrections.items():
        claim = corrected(claim, field, value)
    return JudgedClaim(kept, claim, bucket, checked, tuple(corrections.items()))
