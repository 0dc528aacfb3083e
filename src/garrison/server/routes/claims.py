"""Claims: searching them, and one with everything that it rests on."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from garrison.ledger import paging
from garrison.pipeline.claim_page import claim_page
from garrison.server.answering import claims_out
from garrison.server.asked import CursorText, InPath, Limit, Room, Times, When, Which, answered, cursor, keys_of
from garrison.server.claim_answer import claim_answer
from garrison.server.models.claims import ClaimPage
from garrison.server.models.parts import ClaimList
from garrison.server.refusing import NotFoundError
from garrison.vocabulary import UsageError, WithheldError

_KEYS = {"newest": 4, "relevance": 5}


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["claims"])

    @routes.get("/claims", response_model=ClaimList)
    def search(
        which: Which,
        order: Annotated[Literal["newest", "relevance"], Query(description="relevance: with words only")] = "newest",
        limit: Limit = 50,
        cursor_: CursorText = None,
    ) -> Response:
        """Claims by the words of their quotations and by what they are about, newest first."""
        Times(None, which.known, which.recorded).meant()
        ranked = order == "relevance" and which.words is not None
        told: Literal["newest", "relevance"] = "relevance" if ranked else "newest"
        after = None
        if cursor_:
            seq, *found_keys = keys_of(cursor_, _KEYS[told], which, told)
            after = paging.Place(seq, tuple(found_keys))
        with room.pool.reading() as ledger:
            found = paging.page(ledger.session, which, limit, after, ranked=ranked)
            items = claims_out(ledger, found.claims, found.rows)
        more = cursor((found.after.seq, *found.after.keys), which, told) if found.after else None
        return answered(ClaimList(items=items, next=more, number=found.number, order=told))

    @routes.get("/claims/{id}", response_model=ClaimPage)
    def claim(id: InPath, when: When) -> Response:
        """A claim: its words in their passage, how they were read, who says so, how likely it is right."""
        when.meant()
        with room.pool.reading() as ledger:
            try:
                found = claim_page(ledger, id, **when.given())
            except WithheldError:
                raise
            except UsageError as error:
                raise NotFoundError(str(error)) from None
            return answered(claim_answer(ledger, found, room.settings.excerpt_chars))

    return routes
