"""The scene of a passage: the regions it names and where on the globe the places it may name lie together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from garrison.naming.gazetteer import Candidate, named
from garrison.naming.place_abbreviations import abbreviated
from garrison.naming.place_containment import Container, agreement, stated
from garrison.naming.place_context import Context
from garrison.naming.proper_names import proper_names
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind, Span

# The globe is looked at in squares of so many degrees; a square and its neighbours are near.
_SQUARE = 1.5
# Places wider than this say little of what lies near them.
_WIDE_KM = 150.0
# So many namesakes of each name, and so many names of a passage, are put on the globe; so many places of one name read.
_NAMESAKES = 12
_MOST_NAMES = 400
_MOST_STATED = 8
# The lead: what stands in the first so many characters.
_LEAD = 200
_SMALLEST = 500
# A wide region counts as a town of so many people.
_WIDE_PEOPLE = 1_000_000
# What a place counts near which no other name may lie, beside one near which one surely does.
_ALONE = 0.2

Square = int
"""A square's row and column in one number, so that its neighbours are a sum away."""
_ROW = 1000
_AROUND = tuple(down * _ROW + right for down in (-1, 0, 1) for right in (-1, 0, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What the names of a passage say together.

    ``spans`` are the places of each plain form in the text, ``regions`` the forms that name each first-level region,
    ``squares`` the weight of all names by square, ``own`` that of each form, ``lead`` that of title and first lines.
    """

    text: str
    spans: Mapping[str, tuple[Span, ...]]
    regions: Mapping[Container, frozenset[str]]
    squares: Mapping[Square, float]
    own: Mapping[str, Mapping[Square, float]]
    lead: Mapping[Square, float]

    def near(self, place: Candidate, form: str) -> tuple[float, float]:
        """How many other names may lie near ``place``: in the whole passage, and in its title and lead."""
        if place.lat is None or place.lon is None:
            return 0.0, 0.0
        middle = _square(place.lat, place.lon)
        here = [square for step in _AROUND if (square := middle + step) in self.squares]
        if not here:
            return 0.0, 0.0
        own = self.own.get(form, {})
        total = lead = 0.0
        for square in here:
            mine = own.get(square, 0.0)
            total += self.squares[square] - mine
            lead += max(0.0, self.lead.get(square, 0.0) - mine)
        return math.log1p(max(0.0, total)), math.log1p(lead)

    def names_region(self, region: Container, form: str) -> bool:
        """Whether another name than ``form`` stands for a first-level region, in the passage or its title."""
        return bool(self.regions.get(region, frozenset()) - {form})

    def said_of(self, form: str) -> tuple[tuple[Container, ...], ...]:
        """What each place of a name in the passage says that it lies in, where it says anything."""
        return _said_of(self, form)


@lru_cache(maxsize=4096)
def _said_of(scene: Scene, form: str) -> tuple[tuple[Container, ...], ...]:
    spans = scene.spans.get(form, ())[:_MOST_STATED]
    return tuple(said for span in spans if (said := stated(scene.text, span.start, span.end)))


def agreements(place: Candidate, said: Iterable[tuple[Container, ...]]) -> tuple[float, float]:
    """The mean agreement of a candidate with everything said of its name in the passage: country, region."""
    pairs = [agreement(place, one) for one in said]
    if not pairs:
        return 0.0, 0.0
    return sum(country for country, _ in pairs) / len(pairs), sum(region for _, region in pairs) / len(pairs)


@lru_cache(maxsize=16)
def scene_of(context: Context) -> Scene:
    """The scene of a passage already weighed."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for span in context.names:
        spans[plain(span.of(context.text))].append(span)
    regions: dict[Container, set[str]] = defaultdict(set)
    squares: dict[Square, float] = defaultdict(float)
    own: dict[str, Mapping[Square, float]] = {}
    lead: dict[Square, float] = defaultdict(float)
    for form, where in list(spans.items())[:_MOST_NAMES]:
        written = where[0].of(context.text)
        for container in _regions(written, form):
            regions[container].add(form)
        own[form] = _spread(form)
        for square, weight in own[form].items():
            squares[square] += weight
    own = {form: _drawn(spread, squares) for form, spread in own.items()}
    squares.clear()
    for form, spread in own.items():
        for square, weight in spread.items():
            squares[square] += weight
            if spans[form][0].start < _LEAD:
                lead[square] += weight
    for span in proper_names(context.heading):
        written = span.of(context.heading)
        form = plain(written)
        for container in _regions(written, form):
            regions[container].add(form)
        for square, weight in _spread(form).items():
            lead[square] += weight
            if form not in own:
                squares[square] += weight
    named_ = {container: frozenset(forms) for container, forms in regions.items()}
    return Scene(
        context.text, {form: tuple(where) for form, where in spans.items()}, named_, dict(squares), own, dict(lead)
    )


def _drawn(spread: Mapping[Square, float], squares: Mapping[Square, float]) -> Mapping[Square, float]:
    """Where the places of a name lie, drawn to where the other names of the passage may lie.

    A second look at the same names: of several names with namesakes in many countries, those that lie together count.
    """
    if not spread:
        return spread
    drawn: dict[Square, float] = {}
    for square, weight in spread.items():
        support = 0.0
        for step in _AROUND:
            near = square + step
            if near in squares:
                support += squares[near] - spread.get(near, 0.0)
        drawn[square] = weight * (_ALONE + max(0.0, support))
    # What is left lies nowhere: a country or a wide region of that name.
    total = sum(drawn.values()) + _ALONE * max(0.0, 1.0 - sum(spread.values()))
    return {square: weight / total for square, weight in drawn.items()}


@lru_cache(maxsize=8192)
def _regions(written: str, form: str) -> tuple[Container, ...]:
    """The first-level regions that a name may stand for; none for one that a country has too."""
    short = abbreviated(written) if len(written) <= 5 else None
    pool = (short,) if short is not None else named(form)
    if any(place.kind is PlaceKind.COUNTRY for place in pool):
        return ()
    return tuple(
        Container(place.iso3, place.admin1)
        for place in pool
        if place.kind is PlaceKind.REGION and place.iso3 and place.admin1
    )


@lru_cache(maxsize=8192)
def _spread(form: str) -> Mapping[Square, float]:
    """Where the places of a name lie: squares with the share of its namesakes there, large ones counting for more.

    The share of a country or a wide region of that name lies nowhere, so that "the Middle East" is not sought in the
    quarter of Baltimore that is called so.
    """
    places = named(form)[:_NAMESAKES]
    narrow = [
        place
        for place in places
        if place.lat is not None and place.kind is not PlaceKind.COUNTRY and (place.radius_km or 0.0) <= _WIDE_KM
    ]
    total = sum(_size(place) for place in places)
    spread: dict[Square, float] = defaultdict(float)
    for place in narrow:
        spread[_square(place.lat or 0.0, place.lon or 0.0)] += _size(place) / total
    return spread


def _size(place: Candidate) -> float:
    people = _SMALLEST + place.population
    if place.kind in (PlaceKind.REGION, PlaceKind.SEA) and (place.radius_km is None or place.radius_km > _WIDE_KM):
        people = max(people, _WIDE_PEOPLE)
    return math.sqrt(people)


def _square(lat: float, lon: float) -> Square:
    return int(lat // _SQUARE) * _ROW + int(lon // _SQUARE)
