"""The queue: what there is for a person to review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from garrison.ledger import ClaimFilter, Judgement, Ledger, paging
from garrison.ledger.entry import Verdict
from garrison.pipeline.evidence import evidence
from garrison.publishing.evidence import Evidence
from garrison.vocabulary import UsageError

_OPINIONS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT)


class Wanting(StrEnum):
    """Why something is to be reviewed.

    ``unchecked``: nobody has looked at the claim. ``unsure``: nor is it in pictures, as it was read with too little
    confidence. ``waiting``: a judgement whose claim a newer reading no longer makes. ``carried``: a judgement that acts
    on the claim of a newer reading, which nobody has judged itself. ``second``: a claim that one person has judged.
    """

    UNCHECKED = "unchecked"
    UNSURE = "unsure"
    WAITING = "waiting"
    CARRIED = "carried"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Item:
    """Something to review: the claim in its passage (``None`` where it is gone), and the judgement in question."""

    evidence: Evidence | None
    judgement: Judgement | None
    others: tuple[Judgement, ...]


def unchecked(
    ledger: Ledger, which: ClaimFilter, limit: int, after: paging.Place | None
) -> tuple[list[Item], paging.Place | None]:
    """The claims among ``which`` that nobody has looked at, newest first, and where the next page begins.

    Raises:
        UsageError: a place, document or date that is unknown.
    """
    page = paging.page(ledger.session, replace(which, checked=False), limit, after)
    return [Item(each, None, ()) for each in evidence(ledger, page.claims)], page.after


def position(one: Judgement) -> tuple[int, int]:
    """Where a judgement stands among all, as whole numbers: by when it was made, and by its id where several were."""
    made = datetime.fromisoformat(one.recorded) - datetime.fromtimestamp(0, UTC)
    return made // timedelta(microseconds=1), int(one.id[:15], 16)


def judged(ledger: Ledger, wanting: Wanting, by: str | None = None) -> list[tuple[Judgement, tuple[Judgement, ...]]]:
    """The judgements to look at, by their :func:`position`, each with the others in force on its claim.

    Args:
        ledger: an open ledger.
        wanting: ``waiting``, ``carried`` or ``second``.
        by: for ``second``: who asks, whose own judgements need another's eyes.
    """
    in_force = [one for one in ledger.judgements() if one.withdrawn is None]
    by_claim: dict[str, list[Judgement]] = {}
    for one in in_force:
        by_claim.setdefault(one.applies_to or one.claim, []).append(one)
    match wanting:
        case Wanting.WAITING:
            found = [one for one in in_force if one.orphaned]
        case Wanting.CARRIED:
            # Until someone has judged the claim that it was carried to.
            found = [
                one
                for one in in_force
                if one.carried_over
                and not any(other.claim == one.applies_to for other in by_claim[one.applies_to or ""])
            ]
        case _:
            found = [group[-1] for group in by_claim.values() if _is_alone(group, by)]
    found.sort(key=position)
    return [
        (one, tuple(other for other in by_claim[one.applies_to or one.claim] if other.id != one.id)) for one in found
    ]


def _is_alone(group: Sequence[Judgement], by: str | None) -> bool:
    """Whether one person alone, and not the one who asks, has said what to think of a claim."""
    people = {one.by for one in group if one.verdict in _OPINIONS}
    return len(people) == 1 and by not in people and group[-1].applies_to is not None


def items(ledger: Ledger, found: Sequence[tuple[Judgement, tuple[Judgement, ...]]]) -> list[Item]:
    """Judgements with their claims in their passages."""
    made = []
    for one, others in found:
        try:
            shown = evidence(ledger, [ledger.claim(one.applies_to or one.claim)])[0]
        except UsageError:
            if ledger.session.open_day is not None:
                # Hidden for now, and what was decided about it with it.
                continue
            shown = None
        made.append(Item(shown, one, others))
    return made
