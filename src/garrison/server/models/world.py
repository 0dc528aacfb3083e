"""The map: its forces and moves, the countries and actors in it, and contested areas."""

from __future__ import annotations

from typing import Any

from garrison.server.models.parts import ActorRef, Asked, Part, Shape, Table
from garrison.vocabulary import Asset, Kind, PlaceKind


class WorldPlace(Part):
    """A place on the map, by the position that forces and moves refer to."""

    id: int
    name: str
    iso3: str | None
    kind: PlaceKind | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    shape: Shape | None
    contested: str | None


class WorldForce(Part):
    """A force; ``actor`` and ``place`` are positions in the lists beside it, ``said_by`` is its newest voice."""

    row: str
    table: Table
    actor: int
    asset: Asset
    component: str | None
    place: int
    symbol: str
    words: str
    low: int | None
    high: int | None
    claims: int
    voices: int
    said_by: str
    checked: int
    first_cited: str
    last_cited: str
    old: bool
    disputed: bool


class WorldMove(Part):
    """A recent arrival or departure."""

    claim: str
    kind: Kind
    actor: int
    asset: Asset
    place: int | None
    origin: int | None
    day: str
    words: str


class WorldCountry(Part):
    """A country with what is in it."""

    iso3: str
    name: str
    lat: float | None
    lon: float | None
    foreign: int
    home: int
    disputed: int
    arrivals: int
    departures: int


class World(Asked):
    """The map: every row with a place, and the moves of the last 92 days."""

    actors: list[ActorRef]
    places: list[WorldPlace]
    forces: list[WorldForce]
    moves: list[WorldMove]
    countries: list[WorldCountry]
    left_out: dict[str, int]


class ContestedArea(Part):
    """A contested area, to be hatched; ``geometry`` is its outline (``precise``), else a circle of rough reach."""

    name: str
    un_iso3: str | None
    held_by: list[str]
    held_by_names: list[str]
    since: str | None
    basis: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    geometry: dict[str, Any] | None
    precise: bool


class ContestedAreas(Part):
    """The project's own table of contested areas."""

    items: list[ContestedArea]


class CountrySummary(Part):
    """A country with rows."""

    iso3: str
    name: str
    foreign: int
    home: int
    disputed: int
    last_cited: str | None


class Countries(Asked):
    """The countries that have rows."""

    items: list[CountrySummary]


class ActorSummary(Part):
    """An actor with rows, and the countries that they are in: their codes, and their names in the same order."""

    actor: ActorRef
    rows: int
    countries: list[str]
    country_names: list[str]
    disputed: int
    last_cited: str | None


class Actors(Asked):
    """The actors that have rows."""

    items: list[ActorSummary]
