"""A row: the claims it rests on, and its estimate through time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from garrison.ledger import keys
from garrison.pipeline import picture
from garrison.pipeline.series import Marked, Step, series
from garrison.publishing.tables import move_said
from garrison.publishing.wording import quantity_words, sources_words
from garrison.server.answering import claim_out, row_out, share
from garrison.server.asked import Date, Id, Room, When, answered
from garrison.server.models.parts import Table
from garrison.server.models.rows import Mark, Point, RowPage, Series
from garrison.server.refusing import NotFoundError
from garrison.vocabulary import UsageError


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["rows"])

    @routes.get("/row", response_model=RowPage)
    def row(
        id: Id,
        when: When,
        limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    ) -> Response:
        """A row with the claims it rests on, newest first; each voice's statement before others where some are cut."""
        asked = when.meant()
        with room.pool.reading() as ledger:
            try:
                found, cited = picture.row(ledger, id, **when.given(), limit=limit)
            except UsageError as error:
                raise NotFoundError(str(error)) from None
        key = keys.split_row_key(id) or id
        shown = row_out(found, table_of(key), asked["as_of"], most=None)
        claims = [claim_out(one, key) for one in cited]
        return answered(RowPage(**asked, row=shown, claims=claims, left_out=max(0, found.claims - len(claims))))

    @routes.get("/row/series", response_model=Series)
    def through_time(
        id: Id,
        when: When,
        start: Annotated[Date, Query(alias="from")] = None,
        end: Annotated[Date, Query(alias="to")] = None,
        step: Step = Step.MONTH,
    ) -> Response:
        """A row through time: the estimate as a band, and each claim as a mark."""
        asked = when.meant()
        with room.pool.reading() as ledger:
            if keys.split_row_key(id) is None:
                raise NotFoundError(f"there is no row {id!r}; rows are named actor/asset/place, as RUS/personnel/TJK")
            found = series(ledger, id, start=start, end=end, step=step, **when.given())
        return answered(
            Series(
                id=found.row,
                start=found.start,
                end=found.end,
                step=found.step.value,
                known=asked["known"],
                points=[
                    Point(
                        day=each.as_of,
                        low=each.low,
                        median=each.median,
                        high=each.high,
                        presence=round(each.presence, 4),
                    )
                    for each in found.points
                ],
                marks=[_mark(each) for each in found.marks],
            )
        )

    return routes


def table_of(key: str) -> Table:
    """The table that a row is of, by its key."""
    actor, _, place = key.partition(":")[0].split("/")[:3]
    if place == keys.STRENGTH_PLACE:
        return "strength"
    return "home" if actor == place else "foreign"


def _mark(each: Marked) -> Mark:
    heard, one = each.heard, each.heard.citation
    quantity = one.quantity
    chain = sources_words(one)
    return Mark(
        claim=one.claim,
        day=each.day,
        until=each.until,
        low=quantity.low if quantity else None,
        high=quantity.high if quantity else None,
        hedge=quantity.hedge if quantity else None,
        words=quantity_words(quantity) if quantity else move_said(one),
        voice=one.voice,
        speaker=chain[0] if chain else heard.voice,
        status=one.status,
        kind=one.kind,
        measure=one.measure,
        checked=one.checked,
        weight=round(heard.weight, 4),
        holds=share(heard.holds),
        right=share(heard.right),
        outlying=heard.outlying,
        disputed=each.disputed,
        part=heard.part,
        because=heard.because,
    )
