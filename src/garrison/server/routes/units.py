"""Named units and bases: where each is, and one from when to when."""

from __future__ import annotations

from fastapi import APIRouter, Response

from garrison.ledger import keys
from garrison.ledger.days import first_day, last_day
from garrison.pipeline import positions
from garrison.server import listing
from garrison.server.answering import (
    claims_out,
    position_out,
)
from garrison.server.asked import CursorText, Id, Limit, Name, Room, When, answered
from garrison.server.models.units import OrderOfBattle, UnitPage, Units, UnitSummary
from garrison.server.refusing import NotFoundError
from garrison.vocabulary import Position


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["units"])

    @routes.get("/units", response_model=Units)
    def units(
        when: When,
        q: Name = None,
        place: Name = None,
        actor: Name = None,
        limit: Limit = 200,
        cursor_: CursorText = None,
    ) -> Response:
        """Named units and bases, and where each was last cited."""
        asked = when.meant()
        with room.pool.reading() as ledger:

            def made(recorded: str | None) -> list[list[Position]]:
                times = {**when.given(), "recorded": recorded}
                return _by_unit(positions.positions(ledger, q, place=place, actor=actor, **times))

            shown, more = listing.page(
                ledger, made, _identity, after=cursor_, limit=limit, when=when, question=(q, place, actor)
            )
        return answered(Units(**asked, items=[_summary(runs) for runs in shown], next=more))

    @routes.get("/units/one", response_model=UnitPage)
    def unit(name: Id, when: When) -> Response:
        """Where a unit or base was from when to when, with the claims that say so."""
        asked = when.meant()
        with room.pool.reading() as ledger:
            runs = positions.positions(ledger, name, **when.given())
            if not runs:
                then = " on that day" if any(when.given().values()) else ""
                raise NotFoundError(f"no claim tells where a unit called {name!r} is{then}")
            cited = {one.claim: one for run in runs for one in run.citations}
            newest = sorted(cited.values(), key=lambda one: (one.published or one.known, one.claim), reverse=True)
            imported = ledger.unit_names().get(keys.unit_key(name))
            order = next((each for each in ledger.units() if each.id == imported), None)
            return answered(
                UnitPage(
                    **asked,
                    unit=runs[-1].unit,
                    positions=[position_out(run) for run in runs],
                    claims=claims_out(ledger, newest),
                    order=OrderOfBattle(
                        id=order.id,
                        names=[*order.names, *order.aliases],
                        parent=order.parent,
                        relation=order.relation,
                        dates=order.dates,
                        source=order.source,
                    )
                    if order
                    else None,
                )
            )

    return routes


def _by_unit(runs: tuple[Position, ...]) -> list[list[Position]]:
    grouped: dict[tuple[str, str | None], list[Position]] = {}
    for run in runs:
        grouped.setdefault(_identity([run]), []).append(run)
    return list(grouped.values())


def _identity(runs: list[Position]) -> tuple[str, str | None]:
    first = runs[0]
    return first.unit, first.actor.id if first.actor else None


def _summary(runs: list[Position]) -> UnitSummary:
    last = max(runs, key=lambda run: last_day(run.last_cited))
    shown = position_out(last)
    return UnitSummary(
        unit=last.unit,
        actor=shown.actor,
        places=len({(run.place.iso3, run.place.name) for run in runs}),
        claims=len({one.claim for run in runs for one in run.citations}),
        first_cited=min((run.first_cited for run in runs), key=first_day),
        last_cited=last.last_cited,
        last_place=shown.place,
        symbol=shown.symbol,
    )
