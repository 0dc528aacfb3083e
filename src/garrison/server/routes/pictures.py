"""Countries and actors: who is there, whose forces are where."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from garrison.ledger import Ledger, asking, citing
from garrison.naming.contested import contested_areas
from garrison.pipeline import announced, picture, positions
from garrison.server.answering import (
    actor_ref,
    claims_out,
    moves_out,
    place_ref,
    position_out,
    row_out,
)
from garrison.server.asked import InPath, Name, Room, Times, When, answered
from garrison.server.models.pictures import PicturePage
from garrison.server.refusing import NotFoundError
from garrison.vocabulary import Asset, UsageError

LISTED = 30
"""How many moves, announcements, denials and exercises a page lists, each newest first; a search has all."""


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["pictures"])

    def page(when: Times, **question: Any) -> Response:
        when.meant()
        with room.pool.reading() as ledger:
            _look_up(ledger, question.get("place"), question.get("actor"))
            return answered(_page(ledger, when, question))

    @routes.get("/countries/{place}", response_model=PicturePage)
    def country(place: InPath, when: When, asset: Asset | None = None, unit: Name = None) -> Response:
        """Who is in a country or at a site, what moves, what is announced and denied, and which units are there."""
        return page(when, place=place, asset=asset, unit=unit)

    @routes.get("/actors/{actor}", response_model=PicturePage)
    def actor(actor: InPath, when: When, asset: Asset | None = None, unit: Name = None) -> Response:
        """Where the forces of a country or a group are."""
        return page(when, actor=actor, asset=asset, unit=unit)

    return routes


def _look_up(ledger: Ledger, place: str | None, actor: str | None) -> None:
    """Refuse a place or an actor of which nothing is known.

    Raises:
        NotFoundError: nobody knows it, and no claim is about it.
    """
    if place is not None:
        try:
            asking.somewhere(ledger.session, place)
        except UsageError as error:
            raise NotFoundError(str(error)) from None
    if actor is not None and not asking.is_someone(ledger.session, actor):
        raise NotFoundError(f"no country or group is called {actor!r}, and no claim in the ledger is about its forces")


def _page(ledger: Ledger, when: Times, question: dict[str, Any]) -> PicturePage:
    asked, times = when.meant(), when.given()
    found = picture.posture(ledger, **question, **times, listed=LISTED)
    place, actor = question.get("place"), question.get("actor")
    fates = announced.fates(ledger, (*found.announced, *found.possible), place=place, actor=actor, **times)
    runs = positions.positions(ledger, question["unit"], place=place, actor=actor, **times)
    tables = (found.moves, found.announced, found.possible, found.denied, found.exercises)
    rows = citing.rows_of(ledger.session, (one.claim for table in tables for one in table))
    return PicturePage(
        **asked,
        place=place_ref(found.place) if found.place else None,
        actor=actor_ref(found.actor) if found.actor else None,
        forces=[row_out(row, "foreign", asked["as_of"]) for row in found.rows],
        home=[row_out(row, "home", asked["as_of"]) for row in found.own],
        strengths=[row_out(row, "strength", asked["as_of"]) for row in found.strengths],
        moves=claims_out(ledger, found.moves, rows),
        announced=moves_out(ledger, found.announced, fates, rows),
        possible=moves_out(ledger, found.possible, fates, rows),
        denied=claims_out(ledger, found.denied, rows),
        exercises=claims_out(ledger, found.exercises, rows),
        left_out=dict(found.left_out),
        disagreements=[row.id for row in found.disagreements],
        contested=[
            each.name for each in contested_areas() if found.place is not None and each.un_iso3 == found.place.iso3
        ]
        if found.place is not None and found.place.iso3
        else [],
        units=[position_out(run) for run in runs],
    )
