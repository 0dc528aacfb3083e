"""What speaks for each place that a name may stand for, as numbers that the weights are fitted to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from garrison.naming.gazetteer import Candidate, capitals
from garrison.naming.place_containment import Container, agreement
from garrison.naming.place_scene import Scene, Square, agreements, is_wide, square_of
from garrison.naming.spelling import is_foreign, plain
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

Row = tuple[float, ...]
"""Numbers of features, in their order."""

_HALF_LOUD = 0.5
_NO_COUNTRY = (0.0,) * 5
_NOTHING = (0.0,) * len(OF_THE_PLACE)
# The classes of tuples would be called through functions of Python's, once for each of many places.
_made = tuple.__new__
_LEVELS = {PlaceKind.COUNTRY: "country", PlaceKind.SEA: "sea", PlaceKind.BASE: "site", PlaceKind.POINT: "site"}
_LISTED = frozenset(("listed_region", "sea"))
# What a namesake counts among all kinds, beside a town of as many people: regions and countries are named more.
_LISTED_PEOPLE = 1_000_000
# A capital is known in at least so many spellings, whatever GeoNames has of it.
_SEAT_SPELLINGS = 80


class Question(NamedTuple):
    """A name in its passage, with what its words and the passage say.

    ``weights`` are how strongly the passage speaks for each country, ``said`` what the words
    beside it say that it lies in, ``kind`` what they say that it is, ``home`` the outlet's country, ``guess`` the
    country of an unknown place here.
    """

    weights: Mapping[str, float]
    scene: Scene
    said: tuple[Container, ...] = ()
    kind: PlaceKind | None = None
    home: str | None = None
    guess: str | None = None


class Facts(NamedTuple):
    """What is asked of a place for every passage: where it lies, and what the passage says against it, as a share of
    how loudly it names others, where it does not name its country."""

    place: Candidate
    unsaid: Row
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
    rows: tuple[Row, ...]
    facts: tuple[Facts, ...]


def pool_of(form: str, places: Sequence[Candidate], abbreviation: Candidate | None = None) -> Pool:
    """The pool of places that are called ``form`` or, one of them, abbreviated so."""
    seats = _seats(form, places)
    levels: list[str] = []
    weighty: list[float] = []
    known: list[int] = []
    regions: set[str | None] = set()
    countries: set[str | None] = set()
    cities = most = people = most_spelled = spelled = 0
    for place in places:
        level, ways, size = _level(place), place.spellings, place.population
        if ways < _SEAT_SPELLINGS and seats and place in seats:
            ways = _SEAT_SPELLINGS
        if level == "city":
            cities += 1
            people += size
            most = max(most, size)
            spelled += 2 + ways
        elif level == "first_level_region":
            regions.add(place.iso3)
        elif level == "country":
            countries.add(place.iso3)
        most_spelled = max(most_spelled, ways)
        levels.append(level)
        known.append(ways)
        weighty.append(1000.0 + (size or (_LISTED_PEOPLE if level in _LISTED else 0)))
    everyone, all_people = people + 1000.0 * cities, sum(weighty)
    # The file has names in other letters where the country writes so: they are as much a place's own as the Latin one.
    native = is_foreign(form)
    rows: list[Row] = []
    facts: list[Facts] = []
    rival = 1.0 if cities else 0.0
    for place, level, weight, ways in zip(places, levels, weighty, known, strict=True):
        iso3, own = place.iso3, _own_name(place.name)
        all_digits = math.log10(1 + place.population)
        ours = native or own == form or (not countries and own.removesuffix(" city") == form)
        share_of_all, spellings = math.log10(weight / all_people) / 3, math.log10(1 + place.spellings) / 2
        ways_ = spellings if ways == place.spellings else math.log10(1 + ways) / 2
        without = 1.0 if place.lat is None else 0.0
        mine, nowhere = 1.0 if ours else 0.0, 1.0 if iso3 is None else 0.0
        alike = 1.0 if place.likeness < 1 else 0.0
        short = 1.0 if place is abbreviation else 0.0
        if level == "city":
            size, digits, many = place.population, all_digits / 7, max(0.0, all_digits - 5) / 2
            seat = 1.0 if seats and place in seats else 0.0
            row: Row = (
                *(0.0, 0.0, without, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, short, digits, many),
                1.0 if size == most else 0.0,
                math.log10((1000.0 + size) / everyone) / 3,
                share_of_all,
                ways_,
                1.0 if ways == most_spelled and ways else 0.0,
                math.log10((2 + ways) / spelled),
                1.0 if iso3 in regions else 0.0,
                1.0 if regions else 0.0,
                1.0 if countries else 0.0,
                *(mine, seat, nowhere, alike),
            )
            unsaid: Row = (1.0, digits, many, 0.0, seat, spellings)
        else:
            row = (
                *((1.0, all_digits / 10) if level == "country" else (0.0, 0.0)),
                without,
                *((1.0, all_digits / 7) if level == "first_level_region" else (0.0, 0.0)),
                1.0 if level == "lesser_region" else 0.0,
                1.0 if level == "listed_region" else 0.0,
                1.0 if level == "sea" else 0.0,
                *((1.0, rival) if level == "site" else (0.0, 0.0)),
                *(short, 0.0, 0.0, 0.0, 0.0, share_of_all, ways_, 0.0, 0.0, 0.0, 0.0, 0.0, mine, 0.0, nowhere, alike),
            )
            unsaid = (1.0, 0.0, 0.0, 1.0, 0.0, spellings)
        rows.append(row)
        region = _made(Container, (iso3, place.admin1)) if iso3 and place.admin1 else None
        first_level = level == "first_level_region"
        facts.append(_made(Facts, (place, unsaid, square_of(place), is_wide(place), region, first_level)))
    return Pool(form, abbreviation, tuple(places), tuple(rows), tuple(facts))


class Loudness:
    """How loudly the passage of a question speaks, by which what it says for each country is measured."""

    __slots__ = ("_alone", "_scale", "_total", "_weights", "loud", "top")

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights, self._alone = weights, len(weights) == 1
        self.top = max(weights.values(), default=0.0)
        # Where the passage says little of any country, it says little against the others.
        self.loud = self.top / (self.top + _HALF_LOUD)
        self._scale = self.top / self.loud if self.top else 1.0
        self._total = (sum(weights.values()) or 1.0) / (self.loud or 1.0)

    def of(self, iso3: str | None) -> Row:
        """The first five features of a place in a country, or of an unknown one there."""
        weight = self._weights.get(iso3, 0.0) if iso3 else 0.0
        if not weight:
            return _NO_COUNTRY
        most = self.loud if weight == self.top else 0.0
        alone = self.loud if self._alone else 0.0
        return weight / self._scale, math.log1p(weight), weight / self._total, most, alone


# What a passage says of a place wherever the name stands in it, whatever the mention: what others say that it lies in
# (``agreements``), country and region, and the five features of regions named and of the names that lie near.
Echo = tuple[float, float, tuple[float, float, float, float, float]]


def echoes_of(scene: Scene, pool: Pool) -> list[Echo]:
    """What a passage says of each place of the pool of one of its names."""
    form = pool.form
    elsewhere, own, regions = scene.said_of(form), scene.own_of(form), scene.regions
    found: list[Echo] = []
    for place, _, square, wide, region, first_level in pool.facts:
        near = within = lead = told = share = also_country = also_region = 0.0
        if wide:
            within, lead = scene.within(place, own)
        elif square is not None:
            near, lead = scene.near(square, own)
        if elsewhere:
            also_country, also_region = agreements(place, elsewhere)
        if region is not None and region in regions:
            told, share = scene.region_told(region, form)
            if first_level:  # it does not speak for itself
                told = 0.0
        found.append((also_country, also_region, (told, share, near, within, lead)))
    return found


def stated_in(in_country: float, in_region: float, also_country: float, also_region: float) -> Row:
    """The seven features of what the words beside the name, here and elsewhere, say that a place lies in."""
    return (
        max(0.0, in_country),
        max(0.0, in_region),
        max(0.0, also_country),
        max(0.0, also_region),
        max(0.0, -in_country, -also_country),
        max(0.0, -in_region),
        max(0.0, -also_region),
    )


def unknown_of(question: Question, loudness: Loudness) -> Row:
    """The last four features, of a place that the gazetteer does not have."""
    return 1.0, float(loudness.top == 0), float(bool(question.said)), question.scene.gathered()


def heard(question: Question, pool: Pool) -> list[Row]:
    """The numbers of ``IN_THE_PASSAGE`` of each place of the pool, and last those of one that it does not have."""
    weights, said, kind, home = question.weights, question.said, question.kind, question.home
    loudness = Loudness(weights)
    rows: list[Row] = []
    for (place, unsaid, *_), (also_country, also_region, beside) in zip(
        pool.facts, echoes_of(question.scene, pool), strict=True
    ):
        iso3 = place.iso3
        absent = 0.0 if iso3 is None or iso3 in weights else loudness.loud
        here = agreement(place, said)
        rows.append(
            (
                *loudness.of(iso3),
                *(absent * share for share in unsaid),
                *stated_in(*here, also_country, also_region),
                *beside,
                1.0 if kind and kind is place.kind else 0.0,
                1.0 if kind and kind is not place.kind else 0.0,
                1.0 if home is not None and home == iso3 else 0.0,
                *(0.0,) * 4,
            )
        )
    silent = (0.0,) * (len(IN_THE_PASSAGE) - 9)
    rows.append((*loudness.of(question.guess), *silent, *unknown_of(question, loudness)))
    return rows


def numbers(pool: Pool, said: Sequence[Row]) -> list[Row]:
    """All ``FEATURES`` of each place of the pool and of an unknown one, for fitting."""
    return [(*known, *told) for known, told in zip((*pool.rows, _NOTHING), said, strict=True)]


def _level(place: Candidate) -> str:
    """What sort of place a candidate is, as the features tell them apart."""
    kind = place.kind
    if kind is PlaceKind.CITY:
        return "city"
    if kind is PlaceKind.REGION:
        if place.admin1 is None:
            return "listed_region" if not place.population else "first_level_region"
        return "first_level_region" if place.population else "lesser_region"
    return _LEVELS[kind]


def _seats(form: str, places: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The capitals of countries among the places of a name: the largest town of the name in each."""
    owners = _capitals().get(form)
    if owners is None:
        return ()
    found: dict[str | None, Candidate] = {}
    for place in places:
        if place.kind is PlaceKind.CITY and place.iso3 in owners:
            largest = found.setdefault(place.iso3, place)
            found[place.iso3] = max(largest, place, key=lambda one: one.population)
    return tuple(found.values())


@cache
def _capitals() -> Mapping[str, frozenset[str]]:
    """The countries whose capital has a plain form for its name."""
    found: dict[str, frozenset[str]] = {}
    for iso3, name in capitals().items():
        form = plain(name)
        found[form] = found.get(form, frozenset()) | {iso3}
    return found


@lru_cache(maxsize=1 << 15)
def _own_name(name: str) -> str:
    return plain(name)
