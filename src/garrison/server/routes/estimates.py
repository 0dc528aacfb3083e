"""What is estimated, what is disputed, and what became of announced moves."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from fastapi import APIRouter, Response

from garrison.estimation.announcements import Announcement, Fate
from garrison.ledger import Ledger, keys
from garrison.pipeline import announced, estimates, picture
from garrison.pipeline.disagreement import Opposed, disagreements, opposed_rows
from garrison.server import listing
from garrison.server.answering import (
    claim_out,
    claims_out,
    estimate_out,
    heard_out,
    moves_out,
    row_out,
)
from garrison.server.asked import CursorText, Limit, Room, What, When, answered
from garrison.server.models.estimates import DisputedRow, Disputes, Estimates, Moves
from garrison.server.models.parts import HeardOut
from garrison.server.refusing import BeingMadeError, TooLargeError
from garrison.server.routes.rows import table_of
from garrison.vocabulary import Estimate, Picture

ESTIMATED_CLAIMS = 50_000
"""How many claims an estimate hears at most in one request."""
KEPT_CLAIMS = 20 * ESTIMATED_CLAIMS
"""How many where what was heard of them is kept, which takes no longer."""

DISPUTED = 100
"""How many rows in dispute are shown of so large a ledger, those last cited first."""


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["estimates"])

    @routes.get("/estimates", response_model=Estimates)
    def estimated(what: What, when: When) -> Response:
        """What the claims of each row make likely: a median and the interval that holds the true size with 90 %."""
        asked = when.meant()
        with room.pool.reading() as ledger:
            if estimates.is_kept(ledger, **when.given()):
                awaited = estimates.number_awaited(ledger, **what.given())
                if awaited > ESTIMATED_CLAIMS and not room.estimating.in_vain(awaited):
                    room.estimating.start(awaited)
                    raise BeingMadeError(
                        f"the estimates of {awaited:,} claims are being made, which takes some minutes; "
                        "ask again then, or now for one country, actor or class"
                    )
            else:
                heard = estimates.number_heard(ledger, **what.given())
                most = KEPT_CLAIMS if estimates.is_heard(ledger, **when.given()) else ESTIMATED_CLAIMS
                if heard > most:
                    raise TooLargeError(f"{heard:,} claims would have to be heard; ask for one country, actor or class")
            found = estimates.estimates(ledger, **what.given(), **when.given())
        return answered(Estimates(**asked, items=[estimate_out(each) for each in found.values()]))

    @routes.get("/disputes", response_model=Disputes)
    def disputes(what: What, when: When) -> Response:
        """Rows in which voices exclude each other, claims that stand against the rest, denials of one's own force."""
        asked = when.meant()
        question: dict[str, Any] = {**what.given(), **when.given()}
        with room.pool.reading() as ledger:
            heard = estimates.number_heard(ledger, **what.given())
            if heard > ESTIMATED_CLAIMS:
                return answered(_plainly_disputed(ledger, asked, question))
            found = disagreements(ledger, **question)
            pictured = picture.posture(ledger, **question, listed=0)
            rows = {keys.split_row_key(row.id): row for row in _rows(pictured)}
            shown = []
            for each in found.rows:
                row = rows.get(each.estimate.row)
                shown.append(
                    DisputedRow(
                        id=row.id if row else each.estimate.row,
                        row=row_out(row, table_of(each.estimate.row), asked["as_of"]) if row else None,
                        estimate=estimate_out(each.estimate),
                        sides=[heard_out(one, each.estimate.row) for one in each.sides],
                        outlying=[heard_out(one, each.estimate.row) for one in each.outlying],
                    )
                )
            plain, left_out = _plain_besides(ledger, asked, question, {each.id for each in shown})
            denials = claims_out(ledger, found.denials)
            return answered(Disputes(**asked, rows=shown + plain, denials=denials, left_out=left_out))

    @routes.get("/moves", response_model=Moves)
    def moves(
        what: What,
        when: When,
        state: Fate | None = None,
        limit: Limit = 100,
        cursor_: CursorText = None,
    ) -> Response:
        """Announced moves, newest first, and what became of each."""
        asked = when.meant()
        with room.pool.reading() as ledger:

            def made(recorded: str | None) -> tuple[Announcement, ...]:
                times = {**when.given(), "recorded": recorded}
                return announced.moves(ledger, **what.given(), fate=state, **times)

            shown, more = listing.page(
                ledger,
                made,
                lambda each: each.citation.claim,
                after=cursor_,
                limit=limit,
                when=when,
                question=(what, state),
            )
            fates = {each.citation.claim: each for each in shown}
            items = moves_out(ledger, [each.citation for each in shown], fates)
        return answered(Moves(**asked, items=items, next=more))

    return routes


def _rows(found: Picture) -> tuple[Any, ...]:
    return (*found.rows, *found.own, *found.strengths)


def _plainly_disputed(ledger: Ledger, asked: dict[str, str], question: dict[str, Any]) -> Disputes:
    """Disputes by the simple rule, without an estimate: two voices whose figures exclude each other."""
    found, left_out = opposed_rows(ledger, DISPUTED, **question)
    shown = [_opposed(each, asked, None) for each in found]
    return Disputes(**asked, rows=shown, denials=[], left_out=left_out)


def _plain_besides(
    ledger: Ledger, asked: dict[str, str], question: dict[str, Any], known: Container[str]
) -> tuple[list[DisputedRow], int]:
    """Rows that tables and map call disputed, by the simple rule, and in which the estimate finds no dispute.

    The number is of those left out, beyond the most that are shown.
    """
    opposed, left_out = opposed_rows(ledger, DISPUTED, **question)
    found = [each for each in opposed if each.row.id not in known]
    likely = estimates.estimates(ledger, **question) if found else {}
    shown = [_opposed(each, asked, likely.get(keys.split_row_key(each.row.id) or each.row.id)) for each in found]
    return shown, left_out


def _opposed(each: Opposed, asked: dict[str, str], likely: Estimate | None) -> DisputedRow:
    key = keys.split_row_key(each.row.id) or each.row.id
    sides = [
        HeardOut(
            claim=claim_out(one, key), voice=one.voice, because=None, weight=1.0, holds=None, right=None, counts=None
        )
        for one in each.sides
    ]
    row = row_out(each.row, table_of(key), asked["as_of"])
    return DisputedRow(
        id=each.row.id, row=row, estimate=estimate_out(likely) if likely else None, sides=sides, outlying=[]
    )
