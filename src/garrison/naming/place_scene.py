"""The scene of a passage: the regions it names and where on the globe the places it may name lie together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from garrison.naming.gazetteer import Candidate, known, named
from garrison.naming.place_abbreviations import abbreviated
from garrison.naming.place_containment import Container, agreement, stated
from garrison.naming.place_context import Context, may_name
from garrison.naming.spelling import is_foreign, plain
from garrison.vocabulary import PlaceKind, Span

# The globe is looked at in squares of so many degrees; a square and its neighbours are near.
_SQUARE = 1.0
# Places wider than this say little of what lies near them.
_WIDE_KM = 150.0
# So many namesakes of each name, and so many names of a passage, are put on the globe; so many places of one name read.
_NAMESAKES = 12
_MOST_NAMES = 400
_MOST_STATED = 8
# The lead: what stands in the first so many characters.
_LEAD = 200
_SMALLEST = 500
# A wide region counts as a town of so many people, known in so many spellings.
_WIDE_PEOPLE, _WIDE_SPELLINGS = 1_000_000, 30
# What a place counts that has a name only as a variant of its own.
_VARIANT = 0.3
# What a place counts near which no other name may lie, beside one near which one surely does.
_ALONE = 0.2
# An abbreviation of a region is no longer than this.
_LONGEST_SHORT = 5
# How often a region counts as named that the title names.
_TITLE = 2
_KM_PER_DEGREE = 111.195

_NOWHERE: Mapping[int, float] = {}
_NONE_NEAR = (0.0, 0.0)
_NEVER: Mapping[str, int] = {}
Square = int
"""A square's row and column in one number, so that its neighbours are a sum away."""
_ROW = 1000
_AROUND = tuple(down * _ROW + right for down in (-1, 0, 1) for right in (-1, 0, 1))


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What the names of a passage say together.

    ``spans`` are the places of each plain form in the text, ``regions`` how often each form names each first-level
    region, ``squares`` the weight of all names by square, ``own`` that of each form, ``lead`` that of title and first
    lines.
    """

    text: str
    spans: Mapping[str, tuple[Span, ...]]
    regions: Mapping[Container, Mapping[str, int]]
    squares: Mapping[Square, float]
    own: Mapping[str, Mapping[Square, float]]
    lead: Mapping[Square, float]

    def own_of(self, form: str) -> Mapping[Square, float]:
        """The share of a form in the weights of the squares, which must not speak for itself."""
        return self.own.get(form, _NOWHERE)

    def near(self, middle: Square, own: Mapping[Square, float]) -> tuple[float, float]:
        """How many other names may lie about a square: in the whole passage, and in its title and lead."""
        known = self.squares
        squares = [square for step in _AROUND if (square := middle + step) in known]
        return self._sum(squares, own) if squares else _NONE_NEAR

    def within(self, place: Candidate, own: Mapping[Square, float]) -> tuple[float, float]:
        """How many other names may lie within the reach of a wide place."""
        return self._sum(_inside(self, place.lat or 0.0, place.lon or 0.0, place.radius_km or 0.0), own)

    def _sum(self, squares: Sequence[Square], own: Mapping[Square, float]) -> tuple[float, float]:
        total = lead = 0.0
        known, leads = self.squares, self.lead
        for square in squares:
            mine = own.get(square, 0.0)
            total += known[square] - mine
            if square in leads and leads[square] > mine:
                lead += leads[square] - mine
        return math.log1p(total) if total > 0.0 else 0.0, math.log1p(lead) if lead else 0.0

    def gathered(self) -> float:
        """How many names may lie together where most of the passage's names do, as a logarithm."""
        return _gathered(self)

    def region_told(self, region: Container, form: str) -> tuple[float, float]:
        """Whether other names than ``form`` stand for a first-level region in passage or title, and their share of all.

        The share is 0 to 1: of all the times that any first-level region is named but by ``form``.
        """
        forms = self.regions.get(region, _NEVER)
        times = sum(forms.values()) - forms.get(form, 0)
        if not times:
            return 0.0, 0.0
        return 1.0, times / max(times, _regions_named(self) - _regions_named_by(self, form))

    def said_of(self, form: str) -> tuple[tuple[Container, ...], ...]:
        """What each place of a name in the passage says that it lies in, where it says anything."""
        return _said_of(self, form)


@lru_cache(maxsize=256)
def _inside(scene: Scene, lat: float, lon: float, radius_km: float) -> tuple[Square, ...]:
    """The squares in which names may lie whose middles are within the reach of a wide place."""
    found: list[Square] = []
    squeeze = math.cos(math.radians(lat))
    reach = radius_km / _KM_PER_DEGREE
    for square, middle_lat, middle_lon in _middles(scene):
        north = middle_lat - lat
        if -reach <= north <= reach:
            east = (abs((middle_lon - lon + 180) % 360 - 180)) * squeeze
            if math.hypot(north, east) <= reach:
                found.append(square)
    return tuple(found)


@lru_cache(maxsize=16)
def _middles(scene: Scene) -> list[tuple[Square, float, float]]:
    """The squares in which names may lie, each with the latitude and longitude of its middle."""
    found: list[tuple[Square, float, float]] = []
    for square in scene.squares:
        row, column = divmod(square + _ROW // 2, _ROW)
        found.append((square, (row + 0.5) * _SQUARE, (column - _ROW // 2 + 0.5) * _SQUARE))
    return found


@lru_cache(maxsize=16)
def _gathered(scene: Scene) -> float:
    squares = scene.squares
    weight = squares.get
    # What lies in each square and those right and left of it, so that three such sums are all that lies near.
    beside = {at: weight(at - 1, 0.0) + here + weight(at + 1, 0.0) for at, here in squares.items()}
    three = beside.get
    most = 0.0
    for at, here in beside.items():
        up, down = at + _ROW, at - _ROW
        total = (
            here
            + (three(up) or weight(up - 1, 0.0) + weight(up + 1, 0.0))
            + (three(down) or weight(down - 1, 0.0) + weight(down + 1, 0.0))
        )
        most = max(most, total)
    return math.log1p(most)


@lru_cache(maxsize=16)
def _regions_named(scene: Scene) -> int:
    return sum(sum(forms.values()) for forms in scene.regions.values())


@lru_cache(maxsize=64)
def _regions_named_by(scene: Scene, form: str) -> int:
    return sum(forms.get(form, 0) for forms in scene.regions.values())


def is_wide(place: Candidate) -> bool:
    """Whether a place is so wide that little follows of what lies near its middle; countries are asked otherwise."""
    return place.kind not in (PlaceKind.CITY, PlaceKind.COUNTRY) and (place.radius_km or 0.0) > _WIDE_KM


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
    text = context.text
    spans: dict[str, list[Span]] = defaultdict(list)
    for span in context.names:
        spans[plain(text[span.start : span.end])].append(span)
    regions: dict[Container, dict[str, int]] = defaultdict(dict)
    squares: dict[Square, float] = defaultdict(float)
    own: dict[str, Mapping[Square, float]] = {}
    lead: dict[Square, float] = defaultdict(float)
    persons = context.persons
    for form, where in islice(spans.items(), _MOST_NAMES):
        written = where[0].of(text)
        is_known = known(form)
        for container in _regions(written, form) if is_known or len(written) <= _LONGEST_SHORT else ():
            regions[container][form] = len(where)
        if not is_known or not may_name(written, persons):
            own[form] = _NOWHERE
            continue
        own[form] = spread = _spread(form)
        for square, weight in spread.items():
            squares[square] += weight
    own = {form: _drawn(spread, squares) if spread else spread for form, spread in own.items()}
    squares.clear()
    for form, spread in own.items():
        if not spread:
            continue
        leads = spans[form][0].start < _LEAD
        for square, weight in spread.items():
            squares[square] += weight
            if leads:
                lead[square] += weight
    for span in context.heading_names:
        written = span.of(context.heading)
        form = plain(written)
        for container in _regions(written, form):
            regions[container][form] = regions[container].get(form, 0) + _TITLE
        for square, weight in _spread(form).items():
            lead[square] += weight
            if form not in own:
                squares[square] += weight
    where_ = {form: tuple(where) for form, where in spans.items()}
    return Scene(text, where_, dict(regions), dict(squares), own, dict(lead))


def _drawn(spread: Mapping[Square, float], squares: Mapping[Square, float]) -> Mapping[Square, float]:
    """Where the places of a name lie, drawn to where the other names of the passage may lie.

    A second look at the same names: of several names with namesakes in many countries, those that lie together count.
    """
    drawn: dict[Square, float] = {}
    mine = spread.get
    for square, weight in spread.items():
        support = 0.0
        for step in _AROUND:
            near = square + step
            if near in squares:
                support += squares[near] - mine(near, 0.0)
        drawn[square] = weight * (_ALONE + support if support > 0.0 else _ALONE)
    # What is left lies nowhere: a country or a wide region of that name.
    total = sum(drawn.values()) + _ALONE * max(0.0, 1.0 - sum(spread.values()))
    return {square: weight / total for square, weight in drawn.items()}


@lru_cache(maxsize=8192)
def _regions(written: str, form: str) -> tuple[Container, ...]:
    """The first-level regions that a name may stand for; none for one that a country has too."""
    short = abbreviated(written) if len(written) <= _LONGEST_SHORT else None
    if short is None and not known(form):
        return ()
    pool = (short,) if short is not None else named(form)
    if any(place.kind is PlaceKind.COUNTRY for place in pool):
        return ()
    return tuple(
        Container(place.iso3, place.admin1)
        for place in pool
        if place.kind is PlaceKind.REGION and place.population and place.iso3 and place.admin1
    )


@lru_cache(maxsize=8192)
def _spread(form: str) -> Mapping[Square, float]:
    """Where the places of a name lie: squares with the share of its namesakes there, large ones counting for more.

    The share of a country or a wide region of that name lies nowhere, so that "the Middle East" is not sought in the
    quarter of Baltimore that is called so.
    """
    places = named(form)[:_NAMESAKES]
    sizes = [_size(place, form) for place in places]
    total = sum(sizes)
    spread: dict[Square, float] = {}
    for place, size in zip(places, sizes, strict=True):
        lat, lon = place.lat, place.lon
        if lat is None or lon is None or place.kind is PlaceKind.COUNTRY or (place.radius_km or 0.0) > _WIDE_KM:
            continue
        square = _square(lat, lon)
        spread[square] = spread.get(square, 0.0) + size / total
    return spread


def _size(place: Candidate, form: str) -> float:
    """What a place counts among its namesakes: by its people, and by how many spellings its name is known in."""
    people, spellings = _SMALLEST + place.population, 1 + place.spellings
    if place.kind is PlaceKind.COUNTRY or is_wide(place):
        people, spellings = max(people, _WIDE_PEOPLE), _WIDE_SPELLINGS
    own = is_foreign(form) or plain(place.name) == form
    return math.sqrt(people * spellings) * (1.0 if own else _VARIANT)


def square_of(place: Candidate) -> Square | None:
    """The square of a place's middle; ``None`` for countries, of which other evidence speaks, and without one."""
    if place.lat is None or place.lon is None or place.kind is PlaceKind.COUNTRY:
        return None
    return _square(place.lat, place.lon)


def _square(lat: float, lon: float) -> Square:
    return int(lat // _SQUARE) * _ROW + int(lon // _SQUARE)
