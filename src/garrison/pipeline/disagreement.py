"""Disagreement: rows in dispute, claims that stand against the rest, and denials of one's own force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Unpack

from garrison.estimation.filing import own_denial
from garrison.ledger import ClaimFilter, Ledger, observing
from garrison.ledger.columns import family_of
from garrison.ledger.keys import split_row_key
from garrison.pipeline import forces, picture
from garrison.pipeline.estimates import asked, estimated, estimates, number_heard
from garrison.pipeline.filters import Filters
from garrison.pipeline.hearing import hearing
from garrison.pipeline.reconciliation import disputed, opposed
from garrison.vocabulary import Citation, Estimate, Heard, Row, Status


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


@dataclass(frozen=True, slots=True)
class Opposed:
    """A row in dispute by the simple rule, with the two statements that exclude each other most."""

    row: Row
    sides: tuple[Citation, ...]


def opposed_rows(ledger: Ledger, most: int, **filters: Unpack[Filters]) -> tuple[tuple[Opposed, ...], int]:
    """Rows in dispute by the simple rule, last cited first, at most so many; and how many are left out.

    Two voices' figures exclude each other; copies are not seen through. For ledgers too large to estimate all rows of.

    Raises:
        UsageError: a place or date that is unknown.
    """
    question = picture.asked(ledger, **filters)
    session = ledger.session
    seen: dict[str, observing.Observed] = {}
    if question.current and session.open_day is None:
        passing = (each for each in forces.current(ledger, question.day) if forces.passes(each, question))
        found = [(each.last_day, each.key) for each in passing if each.row.disputed]
    else:
        seen = {each.key: each for each in observing.observed(session, question) if disputed(each.figures)}
        found = [(each.last_day, key) for key, each in seen.items()]
    shown = [key for _, key in sorted(found, key=lambda each: (-each[0], each[1]))[:most]]
    if not seen:
        rows = (observing.row_named(session, key) for key in shown)
        made = (observing.observed(session, replace(question, row_pk=row_pk)) for row_pk in rows)
        seen = {each.key: each for of_row in made for each in of_row}
    return tuple(_opposed(seen[key]) for key in shown if key in seen), len(found) - len(shown)


def _opposed(observed: observing.Observed) -> Opposed:
    pair = opposed(observed.figures) or ()
    numbered = [one for one in observed.stated if one.quantity is not None]
    return Opposed(picture.row_of(observed), tuple(numbered[at] for at in pair))


def disagreements(ledger: Ledger, **filters: Unpack[Filters]) -> Disagreements:
    """What the claims do not agree on; the arguments are those of :func:`garrison.pipeline.estimates.estimates`."""
    found = estimates(ledger, **filters)
    unsettled = {row: each for row, each in found.items() if each.dispute or each.outlying}
    question = asked(ledger, **filters)
    # Only of these rows are the claims themselves needed.
    heard = hearing(ledger, question, {family_of(row) for row in unsettled})
    detailed = estimated(heard, [question.day], with_claims=set(unsettled))
    rows = [_disagreement(detailed[row][0]) for row in unsettled if row in detailed]
    denied = ClaimFilter(
        place=filters.get("place"),
        actor=filters.get("actor"),
        asset=filters.get("asset"),
        status=Status.DENIED,
        known=filters.get("known"),
        recorded=filters.get("recorded"),
        until=filters.get("as_of"),
    )
    denials = sorted(
        (each for each in ledger.claims(denied) if own_denial(each)),
        key=lambda each: (each.published or each.known, each.claim),
        reverse=True,
    )
    return Disagreements(tuple(rows), tuple(denials))


def in_dispute(
    ledger: Ledger, heard: int, most: int, **filters: Unpack[Filters]
) -> tuple[tuple[str | None, Citation], ...]:
    """The claims of all of this, each with the id or key of its row; denials of one's own force have none.

    Args:
        ledger: an open ledger.
        heard: of how many claims at most rows are estimated; of more it is the rows in dispute by the simple rule.
        most: how many of these rows.
        filters: those of :func:`garrison.pipeline.picture.posture`.

    Raises:
        UsageError: a place or date that is unknown.
    """
    found: dict[tuple[str | None, str], Citation] = {}
    denials: tuple[Citation, ...] = ()
    about = {name: filters.get(name) for name in ("place", "actor", "asset")}
    if number_heard(ledger, **about) <= heard:  # type: ignore[arg-type]  # the three that it takes
        unsettled = disagreements(ledger, **filters)
        denials = unsettled.denials
        for each in unsettled.rows:
            for one in (*each.sides, *each.outlying):
                found[each.estimate.row, one.citation.claim] = one.citation
    known = {row for row, _ in found}
    for plain in opposed_rows(ledger, most, **filters)[0]:
        key = split_row_key(plain.row.id) or plain.row.id
        if key not in known:
            found |= {(key, one.claim): one for one in plain.sides}
    return (*((row, one) for (row, _), one in found.items()), *((None, one) for one in denials))


def _disagreement(estimate: Estimate) -> Disagreement:
    own = {each.citation.claim: each for each in estimate.heard if not each.part}
    sides = tuple(own[claim] for claim in estimate.dispute or () if claim in own)
    return Disagreement(estimate, sides, tuple(own[claim] for claim in estimate.outlying if claim in own))
