"""The map: the world on a day, the countries and actors in it, and the contested areas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, Response

from garrison.ledger.days import first_day
from garrison.naming.contested import Contested, contested_areas, contested_outline
from garrison.naming.countries import country_by_code
from garrison.pipeline.atlas import Atlas, atlas, is_old
from garrison.pipeline.forces import Force
from garrison.publishing.circles import circle
from garrison.publishing.wording import move_words
from garrison.server.answering import actor_ref, place_ref, row_symbol
from garrison.server.asked import Name, Room, When, answered
from garrison.server.models.world import (
    Actors,
    ActorSummary,
    ContestedArea,
    ContestedAreas,
    Countries,
    CountrySummary,
    World,
    WorldCountry,
    WorldForce,
    WorldMove,
    WorldPlace,
)
from garrison.vocabulary import Actor, Asset, Kind, Place, PlaceKind

_UNKNOWN = Actor("unknown")


def router(room: Room) -> APIRouter:
    """The endpoints."""
    routes = APIRouter(tags=["world"])

    @routes.get("/world", response_model=World)
    def world(when: When, actor: Name = None, asset: Asset | None = None) -> Response:
        """Every force with a place on a day, by country and site, and the arrivals and departures before it."""
        asked = when.meant()
        with room.pool.reading() as ledger:
            found = atlas(ledger, actor=actor, asset=asset, **when.given())
            return answered(drawn_world(found, asked))

    @routes.get("/contested", response_model=ContestedAreas)
    def contested() -> Response:
        """The project's own table of contested areas, with the outline or the rough reach of each."""
        return answered(ContestedAreas(items=[_area(each) for each in contested_areas()]))

    @routes.get("/countries", response_model=Countries)
    def countries(when: When) -> Response:
        """The countries that have rows."""
        asked = when.meant()
        with room.pool.reading() as ledger:
            found = atlas(ledger, **when.given())
        return answered(Countries(**asked, items=_countries(found.forces)))

    @routes.get("/actors", response_model=Actors)
    def actors(when: When) -> Response:
        """The actors that have rows with a place."""
        asked = when.meant()
        with room.pool.reading() as ledger:
            found = atlas(ledger, **when.given())
        return answered(Actors(**asked, items=_actors(found.forces)))

    return routes


def drawn_world(found: Atlas, asked: dict[str, str]) -> World:
    """The world as it is sent: actors and places once each, forces and moves by their positions."""
    actors: dict[str, tuple[int, Actor]] = {}
    places: dict[Place, int] = {}

    def of_actor(actor: Actor | None) -> int:
        one = actor or _UNKNOWN
        return actors.setdefault(one.id, (len(actors), one))[0]

    def of_place(place: Place) -> int:
        return places.setdefault(place, len(places))

    day = first_day(found.as_of)
    forces = [_force(each, of_actor(each.row.actor), of_place(each.row.place), day) for each in found.forces]
    moves = [
        WorldMove(
            claim=one.claim,
            kind=one.kind,
            actor=of_actor(one.actor),
            asset=one.asset,
            place=of_place(one.place) if one.place else None,
            origin=of_place(one.origin) if one.origin else None,
            day=day,
            words=move_words(one),
        )
        for day, one in found.moves
    ]
    drawn = [WorldPlace(id=at, **place_ref(place).model_dump()) for place, at in places.items()]
    return World(
        **asked,
        actors=[actor_ref(one) for _, one in actors.values()],
        places=drawn,
        forces=forces,
        moves=moves,
        countries=_drawn_countries(found),
        left_out={"moves": found.left_out},
    )


def _force(each: Force, actor: int, place: int, day: int) -> WorldForce:
    row = each.row
    return WorldForce(
        row=each.key,
        table="home" if each.home else "foreign",
        actor=actor,
        asset=row.asset,
        component=row.component,
        place=place,
        symbol=row_symbol(row),
        words=each.words,
        low=row.low,
        high=row.high,
        claims=row.claims,
        voices=row.voices,
        said_by=each.said_by,
        checked=row.checked,
        first_cited=row.first_cited,
        last_cited=row.last_cited,
        old=is_old(each.last_day, day),
        disputed=row.disputed,
    )


def _drawn_countries(found: Atlas) -> list[WorldCountry]:
    arrivals: dict[str, int] = {}
    departures: dict[str, int] = {}
    for _, one in found.moves:
        if one.kind is not Kind.WITHDRAW and one.place is not None and one.place.iso3:
            arrivals[one.place.iso3] = arrivals.get(one.place.iso3, 0) + 1
        left = one.origin or (one.place if one.kind is Kind.WITHDRAW else None)
        if one.kind is not Kind.DEPLOY and left is not None and left.iso3:
            departures[left.iso3] = departures.get(left.iso3, 0) + 1
    counted = {each.iso3: each for each in _countries(found.forces)}
    drawn = []
    for iso3 in sorted({*counted, *arrivals, *departures}):
        name = _country_name(iso3)
        where = place_ref(Place(name, iso3, PlaceKind.COUNTRY))
        summed = counted.get(iso3)
        drawn.append(
            WorldCountry(
                iso3=iso3,
                name=name,
                lat=where.lat,
                lon=where.lon,
                foreign=summed.foreign if summed else 0,
                home=summed.home if summed else 0,
                disputed=summed.disputed if summed else 0,
                arrivals=arrivals.get(iso3, 0),
                departures=departures.get(iso3, 0),
            )
        )
    return drawn


def _countries(forces: Iterable[Force]) -> list[CountrySummary]:
    grouped: dict[str, list[Force]] = {}
    for each in forces:
        if each.row.place.iso3:
            grouped.setdefault(each.row.place.iso3, []).append(each)
    found = []
    for iso3, group in grouped.items():
        found.append(
            CountrySummary(
                iso3=iso3,
                name=_country_name(iso3),
                foreign=sum(not each.home for each in group),
                home=sum(each.home for each in group),
                disputed=sum(each.row.disputed for each in group),
                last_cited=max(each.row.last_cited for each in group),
            )
        )
    return sorted(found, key=lambda each: each.name)


def _actors(forces: Iterable[Force]) -> list[ActorSummary]:
    grouped: dict[str, list[Force]] = {}
    for each in forces:
        grouped.setdefault(each.row.actor.id, []).append(each)
    found = []
    for group in grouped.values():
        codes = {each.row.place.iso3 for each in group if each.row.place.iso3}
        held = sorted((_country_name(iso3), iso3) for iso3 in codes)
        found.append(
            ActorSummary(
                actor=actor_ref(group[0].row.actor),
                rows=len(group),
                countries=[iso3 for _, iso3 in held],
                country_names=[name for name, _ in held],
                disputed=sum(each.row.disputed for each in group),
                last_cited=max(each.row.last_cited for each in group),
            )
        )
    return sorted(found, key=lambda each: each.actor.name.casefold())


def _country_name(iso3: str) -> str:
    country = country_by_code().get(iso3)
    return country.name if country else iso3


def _area(area: Contested) -> ContestedArea:
    outline = contested_outline(area.name)
    return ContestedArea(
        name=area.name,
        un_iso3=area.un_iso3,
        held_by=list(area.held_by),
        held_by_names=[_country_name(one) for one in area.held_by],
        since=area.since,
        basis=area.basis,
        lat=area.lat,
        lon=area.lon,
        radius_km=area.radius_km,
        geometry=_reach(area) if outline is None else {"type": "MultiPolygon", "coordinates": outline},
        precise=outline is not None,
    )


def _reach(area: Contested) -> dict[str, Any] | None:
    if area.lat is None or area.lon is None or area.radius_km is None:
        return None
    return circle(area.lat, area.lon, area.radius_km)
