"""What speaks for each place that a name may stand for, as numbers that the weights are fitted to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from garrison.naming.gazetteer import Candidate, capital_of
from garrison.naming.place_containment import Container, agreement
from garrison.naming.place_scene import Scene, agreements
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind

FEATURES = (
    "unknown",
    "unknown_without_countries",
    "country",
    "country_people",
    "without_coordinates",
    "first_level_region",
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
    "region_with_city",
    "own_name",
    "capital",
    "nowhere",
    "country_said",
    "country_strength",
    "country_share",
    "country_most_said",
    "country_not_said",
    "people_country_not_said",
    "many_people_country_not_said",
    "listed_country_not_said",
    "in_country_stated",
    "in_region_stated",
    "in_country_stated_elsewhere",
    "in_region_stated_elsewhere",
    "region_said",
    "others_near",
    "lead_near",
    "kind_said",
    "other_kind_said",
    "sounds_alike",
    "outlet_country",
)
"""The features in the order of the numbers that ``features`` gives."""


_HALF_LOUD = 0.5


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
    abbreviation: bool = False


def features(question: Question, pool: Sequence[Candidate]) -> list[tuple[float, ...]]:
    """The numbers of each candidate, and last those of a place that the gazetteer does not have."""
    weights, scene = question.weights, question.scene
    top = max(weights.values(), default=0.0)
    total = sum(weights.values()) or 1.0
    # Where the passage says little of any country, it says little against the others.
    loud = top / (top + _HALF_LOUD)
    scale = top / loud if top else 1.0
    total /= loud or 1.0
    elsewhere = scene.said_of(question.form)
    cities = [place.population for place in pool if place.kind is PlaceKind.CITY]
    most = max(cities, default=0)
    people = sum(cities) + 1000.0 * len(cities)
    regions = {place.iso3 for place in pool if _level(place) == "first_level_region"}
    rows: list[tuple[float, ...]] = []
    for place in pool:
        kind, iso3, level = place.kind, place.iso3, _level(place)
        city = kind is PlaceKind.CITY
        digits = math.log10(1 + place.population) if city else 0.0
        weight = weights.get(iso3, 0.0) if iso3 else 0.0
        absent = loud * (iso3 is not None and not weight)
        near, lead = scene.near(place, question.form)
        in_country, in_region = agreement(place, question.said)
        also_country, also_region = agreements(place, elsewhere)
        region = bool(iso3 and place.admin1) and scene.names_region(Container(iso3 or "", place.admin1), question.form)
        rows.append(
            (
                0.0,
                0.0,
                float(level == "country"),
                math.log10(1 + place.population) / 10 if level == "country" else 0.0,
                float(place.lat is None),
                float(level == "first_level_region"),
                float(level == "lesser_region"),
                float(level == "listed_region"),
                float(level == "sea"),
                float(level == "site"),
                float(level == "site" and bool(cities)),
                float(question.abbreviation and level == "first_level_region"),
                digits / 7,
                max(0.0, digits - 5) / 2 if city else 0.0,
                float(city and place.population == most),
                math.log10((1000.0 + place.population) / people) / 3 if city else 0.0,
                float(city and iso3 in regions),
                float(_own_name(place.name) == question.form),
                float(city and iso3 is not None and _capital(iso3) == question.form),
                float(iso3 is None),
                weight / scale,
                math.log1p(weight),
                weight / total,
                loud * (weight > 0 and weight == top),
                absent,
                absent * digits / 7,
                absent * max(0.0, digits - 5) / 2,
                absent * (not city),
                in_country,
                in_region,
                also_country,
                also_region,
                float(region and level != "first_level_region"),
                near,
                lead,
                float(question.kind is kind) if question.kind else 0.0,
                float(question.kind is not kind) if question.kind else 0.0,
                float(place.likeness < 1),
                float(question.home is not None and question.home == iso3),
            )
        )
    rows.append(_unknown(question, top, total, scale))
    return rows


def _unknown(question: Question, top: float, total: float, scale: float) -> tuple[float, ...]:
    numbers = dict.fromkeys(FEATURES, 0.0)
    weight = question.weights.get(question.guess, 0.0) if question.guess else 0.0
    numbers["unknown"] = 1.0
    numbers["unknown_without_countries"] = float(top == 0)
    numbers["country_said"] = weight / scale
    numbers["country_strength"] = math.log1p(weight)
    numbers["country_share"] = weight / total
    numbers["country_most_said"] = top / (top + _HALF_LOUD) * (weight > 0 and weight == top)
    return tuple(numbers.values())


def _level(place: Candidate) -> str:
    """What sort of place a candidate is, as the features tell them apart."""
    if place.kind is PlaceKind.REGION:
        if place.admin1 is None:
            return "listed_region" if not place.population else "first_level_region"
        return "first_level_region" if place.population else "lesser_region"
    return {PlaceKind.COUNTRY: "country", PlaceKind.SEA: "sea", PlaceKind.BASE: "site", PlaceKind.POINT: "site"}.get(
        place.kind, "city"
    )


@lru_cache(maxsize=512)
def _capital(iso3: str) -> str:
    """The plain form of a country's capital."""
    return plain(capital_of(iso3) or "")


@lru_cache(maxsize=1 << 15)
def _own_name(name: str) -> str:
    return plain(name)
