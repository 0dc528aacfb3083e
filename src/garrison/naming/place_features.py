"""What speaks for each place that a name may stand for, as numbers that the weights are fitted to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from garrison.naming.gazetteer import Candidate, capital_of
from garrison.naming.place_containment import Container, agreement
from garrison.naming.place_scene import Scene, Square, agreements, is_wide, square_of
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind

OF_THE_PLACE = (
    "country",
    "country_people",
    "without_coordinates",
    "first_level_region",
    "region_people",
    "lesser_region",
    "listed_region",
    "sea",
    "site",
    "site_named_as_town",
    "abbreviation",
    "people",
    "many_people",
    "most_people",
    "share_of_people",
    "share_of_all",
    "spellings",
    "most_spellings",
    "share_of_spellings",
    "region_with_city",
    "town_called_as_region",
    "town_called_as_country",
    "own_name",
    "capital",
    "nowhere",
    "sounds_alike",
)
"""What is known of a place among its namesakes, whatever the passage says."""

IN_THE_PASSAGE = (
    "country_said",
    "country_strength",
    "country_share",
    "country_most_said",
    "country_alone_said",
    "country_not_said",
    "people_country_not_said",
    "many_people_country_not_said",
    "listed_country_not_said",
    "capital_country_not_said",
    "spellings_country_not_said",
    "in_country_stated",
    "in_region_stated",
    "in_country_stated_elsewhere",
    "in_region_stated_elsewhere",
    "outside_country_stated",
    "outside_region_stated",
    "outside_region_stated_elsewhere",
    "region_said",
    "region_share",
    "others_near",
    "others_within",
    "lead_near",
    "kind_said",
    "other_kind_said",
    "outlet_country",
    "unknown",
    "unknown_without_countries",
    "unknown_where_stated",
    "unknown_where_others_gather",
)
"""What the passage says for a place; the last four are of a place that the gazetteer does not have."""

FEATURES = (*OF_THE_PLACE, *IN_THE_PASSAGE)
"""The features in the order of the numbers that ``Pool.rows`` and ``heard`` give."""

_HALF_LOUD = 0.5
_NOTHING = (0.0,) * len(OF_THE_PLACE)
# What nothing can be said of for a place that the gazetteer lacks: all but the first five and the last four.
_SILENT = (0.0,) * (len(IN_THE_PASSAGE) - 9)
# What a namesake counts among all kinds, beside a town of as many people: regions and countries are named more.
_LISTED_PEOPLE = 1_000_000
# A capital is known in at least so many spellings, whatever GeoNames has of it.
_SEAT_SPELLINGS = 80


@dataclass(frozen=True, slots=True)
class Question:
    """A name in its passage, with what its words and the passage say.

    ``form`` is its plain form, ``weights`` how strongly the passage speaks for each country, ``said`` what the words
    beside it say that it lies in, ``kind`` what they say that it is, ``home`` the outlet's country, ``guess`` the
    country of an unknown place here.
    """

    form: str
    weights: Mapping[str, float]
    scene: Scene
    said: tuple[Container, ...] = ()
    kind: PlaceKind | None = None
    home: str | None = None
    guess: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Facts:
    """What is asked of a place for every passage: its own part of features, and where it lies."""

    place: Candidate
    iso3: str | None
    city: bool
    people: float
    many_people: float
    spellings: float
    seat: bool
    square: Square | None
    wide: bool
    region: Container | None
    first_level: bool


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The places that a name may stand for, each with its numbers of ``OF_THE_PLACE``."""

    form: str
    abbreviation: Candidate | None
    places: tuple[Candidate, ...]
    rows: tuple[tuple[float, ...], ...]
    facts: tuple[_Facts, ...]


def pool_of(form: str, places: Sequence[Candidate], abbreviation: Candidate | None = None) -> Pool:
    """The pool of places that are called ``form`` or, one of them, abbreviated so."""
    levels = [_level(place) for place in places]
    cities = [place.population for place in places if place.kind is PlaceKind.CITY]
    most = max(cities, default=0)
    people = sum(cities) + 1000.0 * len(cities)
    all_people = sum(1000.0 + _weighty(place, level) for place, level in zip(places, levels, strict=True))
    seats = _seats(form, places)
    known = [max(place.spellings, _SEAT_SPELLINGS if place in seats else 0) for place in places]
    spelled = sum(2 + ways for place, ways in zip(places, known, strict=True) if place.kind is PlaceKind.CITY)
    most_spelled = max(known, default=0)
    regions = {place.iso3 for place, level in zip(places, levels, strict=True) if level == "first_level_region"}
    countries = {place.iso3 for place, level in zip(places, levels, strict=True) if level == "country"}
    rows: list[tuple[float, ...]] = []
    for place, level, ways in zip(places, levels, known, strict=True):
        city, iso3 = place.kind is PlaceKind.CITY, place.iso3
        digits = math.log10(1 + place.population) if city else 0.0
        own = _own_name(place.name)
        rows.append(
            (
                float(level == "country"),
                math.log10(1 + place.population) / 10 if level == "country" else 0.0,
                float(place.lat is None),
                float(level == "first_level_region"),
                math.log10(1 + place.population) / 7 if level == "first_level_region" else 0.0,
                float(level == "lesser_region"),
                float(level == "listed_region"),
                float(level == "sea"),
                float(level == "site"),
                float(level == "site" and bool(cities)),
                float(place is abbreviation),
                digits / 7,
                max(0.0, digits - 5) / 2 if city else 0.0,
                float(city and place.population == most),
                math.log10((1000.0 + place.population) / people) / 3 if city else 0.0,
                math.log10((1000.0 + _weighty(place, level)) / all_people) / 3,
                math.log10(1 + ways) / 2,
                float(city and ways == most_spelled and most_spelled > 0),
                math.log10((2 + ways) / spelled) if city else 0.0,
                float(city and iso3 in regions),
                float(city and bool(regions)),
                float(city and bool(countries)),
                float(own == form or (not countries and own.removesuffix(" city") == form)),
                float(place in seats),
                float(iso3 is None),
                float(place.likeness < 1),
            )
        )
    facts = tuple(_facts(place, level, seat=place in seats) for place, level in zip(places, levels, strict=True))
    return Pool(form, abbreviation, tuple(places), tuple(rows), facts)


def _facts(place: Candidate, level: str, *, seat: bool) -> _Facts:
    city = place.kind is PlaceKind.CITY
    digits = math.log10(1 + place.population) if city else 0.0
    return _Facts(
        place,
        place.iso3,
        city,
        digits / 7,
        max(0.0, digits - 5) / 2,
        math.log10(1 + place.spellings) / 2,
        seat,
        square_of(place),
        is_wide(place),
        Container(place.iso3, place.admin1) if place.iso3 and place.admin1 else None,
        level == "first_level_region",
    )


def heard(question: Question, pool: Pool) -> list[tuple[float, ...]]:
    """The numbers of ``IN_THE_PASSAGE`` of each place of the pool, and last those of one that it does not have."""
    weights, scene, form = question.weights, question.scene, question.form
    top = max(weights.values(), default=0.0)
    total = sum(weights.values()) or 1.0
    # Where the passage says little of any country, it says little against the others.
    loud = top / (top + _HALF_LOUD)
    scale = top / loud if top else 1.0
    total /= loud or 1.0
    elsewhere, said, kind = scene.said_of(form), question.said, question.kind
    own, alone = scene.own_of(form), len(weights) == 1
    rows: list[tuple[float, ...]] = []
    for facts in pool.facts:
        iso3, city, place = facts.iso3, facts.city, facts.place
        weight = weights.get(iso3, 0.0) if iso3 else 0.0
        absent = 0.0 if iso3 is None or weight else loud
        in_country = in_region = also_country = also_region = outside_country = 0.0
        near = within = lead = told = share = 0.0
        if facts.wide:
            within, lead = scene.within(place, own)
        elif facts.square is not None:
            near, lead = scene.near(facts.square, own)
        if said:
            in_country, in_region = agreement(place, said)
        if elsewhere:
            also_country, also_region = agreements(place, elsewhere)
        if said or elsewhere:
            outside_country = -min(0.0, in_country, also_country)
        if facts.region is not None and facts.region in scene.regions:
            told, share = scene.region_told(facts.region, form)
            if facts.first_level:  # it does not speak for itself
                told = 0.0
        rows.append(
            (
                weight / scale,
                math.log1p(weight) if weight else 0.0,
                weight / total,
                loud if weight > 0 and weight == top else 0.0,
                loud if weight > 0 and alone else 0.0,
                absent,
                absent * facts.people,
                absent * facts.many_people,
                0.0 if city else absent,
                absent if facts.seat else 0.0,
                absent * facts.spellings,
                in_country if in_country > 0 else 0.0,
                in_region if in_region > 0 else 0.0,
                also_country if also_country > 0 else 0.0,
                also_region if also_region > 0 else 0.0,
                outside_country,
                -in_region if in_region < 0 else 0.0,
                -also_region if also_region < 0 else 0.0,
                told,
                share,
                near,
                within,
                lead,
                1.0 if kind and kind is place.kind else 0.0,
                1.0 if kind and kind is not place.kind else 0.0,
                1.0 if question.home is not None and question.home == iso3 else 0.0,
                0.0,
                0.0,
                0.0,
                0.0,
            )
        )
    rows.append(_unknown(question, top, total, scale))
    return rows


def numbers(pool: Pool, said: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """All ``FEATURES`` of each place of the pool and of an unknown one, for fitting."""
    return [(*known, *told) for known, told in zip((*pool.rows, _NOTHING), said, strict=True)]


def _unknown(question: Question, top: float, total: float, scale: float) -> tuple[float, ...]:
    weight = question.weights.get(question.guess, 0.0) if question.guess else 0.0
    most = top / (top + _HALF_LOUD) if weight > 0 and weight == top else 0.0
    alone = most if len(question.weights) == 1 else 0.0
    said = weight / scale, math.log1p(weight), weight / total, most, alone
    stated, gathered = float(bool(question.said)), question.scene.gathered()
    return (*said, *_SILENT, 1.0, float(top == 0), stated, gathered)


def _level(place: Candidate) -> str:
    """What sort of place a candidate is, as the features tell them apart."""
    if place.kind is PlaceKind.REGION:
        if place.admin1 is None:
            return "listed_region" if not place.population else "first_level_region"
        return "first_level_region" if place.population else "lesser_region"
    return {PlaceKind.COUNTRY: "country", PlaceKind.SEA: "sea", PlaceKind.BASE: "site", PlaceKind.POINT: "site"}.get(
        place.kind, "city"
    )


def _seats(form: str, places: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The capitals of countries among the places of a name: the largest town of the name in each."""
    found: dict[str, Candidate] = {}
    for place in places:
        if place.kind is PlaceKind.CITY and place.iso3 and _capital(place.iso3) == form:
            largest = found.setdefault(place.iso3, place)
            found[place.iso3] = max(largest, place, key=lambda one: one.population)
    return tuple(found.values())


def _weighty(place: Candidate, level: str) -> int:
    """A place's people, or what it counts for where they are not known."""
    return place.population or (_LISTED_PEOPLE if level in ("listed_region", "sea") else 0)


@lru_cache(maxsize=512)
def _capital(iso3: str) -> str:
    """The plain form of a country's capital."""
    return plain(capital_of(iso3) or "")


@lru_cache(maxsize=1 << 15)
def _own_name(name: str) -> str:
    return plain(name)
