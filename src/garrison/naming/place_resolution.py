"""Resolving a place: from the words of a mention and its passage to a country, and coordinates where there are any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from garrison.naming.actors import Form
from garrison.naming.countries import country_by_code
from garrison.naming.gazetteer import Candidate, named, neighbours
from garrison.naming.misspelling import meant
from garrison.naming.place_containment import Container, stated
from garrison.naming.place_context import WHEREABOUTS, Context, context_of
from garrison.naming.place_owners import country_place, ground, of_adjective, sides_of
from garrison.naming.place_points import at_coordinates, offset_within, part_of, set_off
from garrison.naming.place_ranking import Choice, as_place, choice, guessed, readers_of
from garrison.naming.place_words import (
    is_vague,
    kind_of,
    pattern,
    search,
    speaking_words,
    word_before,
    word_names,
    words,
)
from garrison.naming.spelling import KEPT, LONGEST, plain, script_of
from garrison.vocabulary import Place, PlaceKind

# A base or an airport called after a town lies this near to it.
_NEAR_TOWN_KM = 20.0
# So near in degrees a site lies at the town that it is called after; so many people make that town the likelier.
_AT_TOWN = 0.2
_NAMESAKE_TOWN = 10_000
# How far out "off Yemen" may be.
_OFFSHORE_KM = 100.0
_WAYS = frozenset(("north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest"))
# So many runners-up are kept.
_OTHERS = 3
# What "its" may stand for, one mention before.
_OWNERS = frozenset((Form.NAME, Form.CAPITAL, Form.METONYM, Form.ADJECTIVE))
_ENDS_OF_SENTENCES = (". ", "? ", "! ", "\n", ".\u201d ", '." ')
_POSSESSIVES = frozenset(("its", "their"))
_JOINED = re.compile(r",? (?:and|or|&) (?:the )?")
_CONTAINERS = (", ", " in the ", " in ", " at ", " along the ", " along ", "/")


def resolve_place(name: str, text: str, title: str | None = None, outlet: str | None = None) -> Place:
    """The place that ``name`` stands for in its passage.

    Args:
        name: the mention as written: "Latakia", "Nimroz province", "the Tajik-Afghan border", "eastern Ukraine".
        text: the passage it stands in, all of which is weighed.
        title: the document's title, weighed less.
        outlet: the outlet's name; a country in it is the last resort.

    Returns:
        the place under its name as written, with country, kind and coordinates where they are known; the guide's
        rule for borders (the country on whose side the force is, else the one named first) and for contested places.
    """
    at = text.find(name)
    return resolve(name, context_of(text, title), at if at >= 0 else None, outlet)


@dataclass(frozen=True, slots=True)
class Reading:
    """The place that a mention stands for, with how sure that is.

    ``score`` is the probability of the place among those of its name, 0 where only its country is guessed. ``choices``
    are the names that were looked up, in their order, and ``chosen`` is the one that settled it. ``around`` is where a
    place that is not known most likely lies, for maps (``place_surroundings``).
    """

    place: Place
    score: float
    choices: tuple[Choice, ...] = ()
    chosen: Choice | None = None
    around: Place | None = None

    @property
    def others(self) -> tuple[tuple[Place, float], ...]:
        """The next likeliest places of the name, with their probabilities."""
        ranked = self.chosen.ranked[1 : 1 + _OTHERS] if self.chosen is not None else ()
        return tuple((as_place(candidate), chance) for candidate, chance in ranked if candidate is not None)

    @property
    def area(self) -> Place:
        """The place with where it lies, if only by its surroundings or with the whole reach of its country."""
        return self.around or known_area(self.place)


def resolve(name: str, context: Context, at: int | None = None, outlet: str | None = None) -> Place:
    """As ``resolve_place``, for a mention at offset ``at`` of a passage already weighed."""
    return read(name, context, at, outlet).place


def read(name: str, context: Context, at: int | None = None, outlet: str | None = None) -> Reading:
    """As ``resolve``, with the score and the runners-up."""
    if not name.strip() or len(name) > LONGEST:
        return Reading(Place(name), 0.0)
    country = of_adjective(name) or at_coordinates(name)
    if country is not None:
        return Reading(called(country, name), 1.0)
    words_ = _Words(name, context, at, outlet)
    offset = offset_within(name)
    if offset is not None:
        inner = words_.whole(name[offset[0] :])
        found = set_off(_town(inner, words_.choices), *offset[1:]) if inner is not None else None
    elif name[:4].lower() == "off ":
        inner = words_.whole(name[4:])
        found = _offshore(inner) if inner is not None else None
    else:
        found = words_.whole(name)
    likeness = 1.0
    if found is None:
        unknown = words_.container() or words_.guess()
        found, likeness = words_.misspelt(unknown.iso3) if not words_.choices else None, 1.0 - 1.0 / len(name)
        if found is None:
            return Reading(called(unknown, name), 0.0, tuple(words_.choices))
    chosen: Choice | None = None
    for one in words_.choices:
        if one.best is not None and one.best.iso3 == found.iso3:
            chosen = one
    chance = chosen.chance if chosen is not None else 1.0
    return Reading(called(found, name), chance * likeness, tuple(words_.choices), chosen)


def called(place: Place, name: str) -> Place:
    """``place`` under a name as written."""
    if place.name == name:
        return place
    where = place.geonameid, place.lat, place.lon, place.radius_km, place.within
    return Place(name, place.iso3, place.kind, *where)  # sooner than by dataclasses.replace


def known_area(place: Place) -> Place:
    """``place`` or, where no more than its country is known, with the middle and the reach of that country."""
    if place.lat is not None or place.iso3 is None:
        return place
    country = country_by_code().get(place.iso3)
    area = country_place(country.name) if country is not None else None
    return replace(place, lat=area.lat, lon=area.lon, radius_km=area.radius_km) if area is not None else place


@dataclass(frozen=True, slots=True)
class _Words:
    """One mention being read in its passage."""

    mention: str
    context: Context
    at: int | None
    outlet: str | None
    choices: list[Choice] = field(default_factory=list)

    def whole(self, name: str) -> Place | None:
        """The place of ``name``, the mention or a part of it, by the first reading that fits."""
        name = name.strip()
        bare = name[4:] if name[:4].lower() == "the " else name
        spoken = not speaking_words().isdisjoint(bare.lower().replace("-", " ").split())
        if spoken and is_vague(bare):
            return self._quarter(bare) if bare[:1].isupper() else None
        exact = self._best(name, sound=False)
        if exact is None and name != bare:
            exact = self._best(bare, sound=False)
        if exact is not None and (not spoken or exact.kind is not PlaceKind.CITY or " " in bare):
            return exact
        if spoken and search("border", bare):
            return self._border(bare)
        return ground(bare) or self._joined(bare) or self._contained(bare) or self._part(bare)

    def _quarter(self, name: str) -> Place | None:
        """A bare direction with a capital ("the South-East"): a region so named where the passage plays, or none."""
        iso3 = self._scene()
        regions = (c for c in named(plain(name)) if c.iso3 == iso3 and c.kind is PlaceKind.REGION)
        return next((as_place(c) for c in regions), None)

    def _scene(self) -> str | None:
        """The country that the passage is most about where the mention stands, else that of the outlet's readers."""
        own = self.mention[:4].lower() == "its " or self.mention[:6].lower() == "their "
        return (
            (self._possessor() if own else None)
            or guessed(self.context.weights(self.at, without=self.mention))
            or (readers_of(self.outlet) if self.outlet else None)
        )

    def _possessor(self) -> str | None:
        """The country that "its" or "their" means: the one named last before, most likely."""
        before = [a for a in self.context.actors if a.span.end <= (self.at or 0) and a.form in _OWNERS]
        return before[-1].actor.iso3 if before else None

    def _joined(self, name: str) -> Place | None:
        """Several places in one mention ("Chongjin, Hamhung and Musudan"): the country of the first, if it has one."""
        names = name[next((at for at, char in enumerate(name) if char.isupper()), 0) :]
        parts = [part for piece in names.split(", ") for part in _JOINED.split(piece) if part]
        if len(parts) < 2 or len(parts) == name.count(", ") + 1 or not all(part[0].isupper() for part in parts):
            return None
        found = [place for part in parts if (place := self._best(part, sound=False)) is not None]
        if len(found) * 2 < len(parts):
            return None
        first = found[0]
        wide = len({place.iso3 for place in found}) > 1
        return (
            Place(name, first.iso3, PlaceKind.REGION) if wide else replace(first, kind=PlaceKind.REGION, geonameid=None)
        )

    def _best(
        self, name: str, kind: PlaceKind | None = None, inside: Container | None = None, *, sound: bool = True
    ) -> Place | None:
        """The likeliest place of a bare name, if that is one that the gazetteer has."""
        if name.islower() and self.mention[:4].lower() == "the ":
            return None  # "the countryside" is no town of that name
        said: tuple[Container, ...] = (inside,) if inside is not None else ()
        if not said and self.at is not None:
            said = stated(self.context.text, self.at, self.at + len(self.mention))
        found = choice(
            name,
            self.context,
            self.at,
            mention=self.mention,
            kind=kind,
            said=said,
            outlet=self.outlet,
            sound=sound,
        )
        if found is None:
            return None
        self.choices.append(found)
        town = _town_of(found) if kind is None else None
        return as_place(town) if town is not None else found.place

    def _border(self, name: str) -> Place | None:
        """A border: on whose side the force is, as the passage tells, else the country named first."""
        match = search("border word", name)
        before = match.group(1).strip() if match else name
        beyond = (match.group(2) or "").strip() if match else ""
        sides = sides_of(before)
        stated = len(sides) >= 2 or (sides and beyond) or "'s" in before or "’s" in before or "side of" in before
        if sides and stated:
            return Place(name, sides[0], PlaceKind.BORDER)
        both = sides_of(beyond) if not sides and pattern("border of or between").search(name) else []
        if len(both) >= 2:
            return Place(name, both[0], PlaceKind.BORDER)
        outer = self.whole(beyond) if beyond and not sides else None
        if outer is not None and self._first_of_two():
            return Place(name, outer.iso3, PlaceKind.BORDER)
        other = sides[0] if sides else (outer.iso3 if outer else None)
        if before.lower().split(" ")[0] in _POSSESSIVES:
            owner = self._possessor()
            if owner is not None and (other is None or owner in neighbours(other)):
                return Place(name, owner, PlaceKind.BORDER)
        if other is None:
            return None
        return Place(name, self._across(other) or other, PlaceKind.BORDER)

    def _first_of_two(self) -> bool:
        """Whether the words go on with the other side: "the border of Tajikistan" *with Afghanistan*."""
        if self.at is None or pattern("border of or between").search(self.mention) is None:
            return False
        return pattern("other side").match(self.context.text, self.at + len(self.mention)) is not None

    def _across(self, other: str) -> str | None:
        """The neighbour of ``other`` that the sentence alone names so far, else the one that the passage is about."""
        beside = neighbours(other)
        if self.at is not None:
            start = max(self.context.text.rfind(mark, 0, self.at) for mark in _ENDS_OF_SENTENCES)
            # Where something is says more than whose it is: "Chinese troops are in Osh, near the Afghan border".
            last = (item for item in self.context.evidence if start < item.at < self.at and item.sort in WHEREABOUTS)
            here = {item.iso3 for item in last if word_before(self.context.text, item.at) != "with"} & set(beside)
            if len(here) == 1:
                return here.pop()
            # "The frontiers with Turkey and with Iran": Turkey is another's other side.
            told = (a for a in self.context.actors if start < a.span.start < self.at)
            said = {a.actor.iso3 for a in told if word_before(self.context.text, a.span.start) != "with"} & set(beside)
            if len(said) == 1 and (alone := said.pop()) is not None:
                return alone
        near = {iso3: weight for iso3, weight in self.context.weights(self.at).items() if iso3 in beside}
        return max(near, key=lambda iso3: (near[iso3], iso3)) if near else None

    def _contained(self, name: str) -> Place | None:
        """ "Kawo, Kaduna", "the embassy in the capital, Kabul", "line along the Dniester": the last part says where."""
        for mark in _CONTAINERS:
            head, found, tail = name.rpartition(mark)
            if not found or not head or not tail[:1].isupper():
                continue
            outer = self.whole(tail)
            if outer is None or outer.iso3 is None:
                continue
            region = outer.within[0] if len(outer.within) > 1 else outer.name
            container = Container(outer.iso3, region if outer.kind is PlaceKind.REGION else None)
            inner = self._best(head, inside=container) if head[:1].isupper() else None
            if inner is not None and inner.iso3 == outer.iso3:
                return inner
            return replace(outer, kind=_said_kind(head) or outer.kind)
        return None

    def _part(self, name: str) -> Place | None:
        """A name with the words for its part or its kind: "eastern Ukraine", "Nimroz province", "port of Tartus"."""
        owner, _, owned = name.replace("’s ", "'s ").rpartition("'s ")
        if owner[:1].isupper() and _direction(owned):
            whole = self.whole(owner)
            if whole is not None:
                return replace(part_of(whole, _direction(owned)), kind=PlaceKind.REGION)
        part = search("part", name)
        core = part.group(1).strip() if part else ""
        if core and core != name and core[:1].isupper():
            inner = self.whole(core)
            if inner is not None:
                inner = part_of(inner, _direction(name[: -len(core)]))
                return replace(inner, kind=PlaceKind.REGION) if inner.kind is PlaceKind.COUNTRY else inner
        for which, core_at, type_at in (("type at end", 1, 2), ("type at start", 2, 1)):
            match = search(which, name)
            if match and match.group(core_at)[:1].isupper():
                return self._typed(name, match.group(core_at), kind_of(match.group(type_at)))
        return self._best(name)

    def _typed(self, name: str, core: str, kind: PlaceKind | None) -> Place | None:
        """A name and a word for its kind; the whole may have an entry of its own ("Bagram air base")."""
        country = country_place(core.removesuffix("'s").removesuffix("’s"))
        if country is not None:
            return replace(country, kind=kind or PlaceKind.REGION)
        found = self._best(name, kind) or self._best(core, kind)
        if found is None or kind is None or found.kind is kind:
            return found
        radius = None if found.lat is None else max(found.radius_km or 0.0, _NEAR_TOWN_KM)
        return replace(found, kind=kind, radius_km=radius)

    def misspelt(self, iso3: str | None) -> Place | None:
        """The place that an unknown name means if it is misspelt: the only one of some size that is written nearly so
        in the country of which the passage speaks here."""
        name = self.mention[4:] if self.mention[:4].lower() == "the " else self.mention
        if iso3 is None or not name.istitle() or not _letters_only(name):
            return None
        form = meant(plain(name), iso3)
        place = self._best(form) if form is not None else None
        return place if place is not None and place.iso3 == iso3 else None

    def container(self) -> Place | None:
        """An unknown place of which the words beside it say what it lies in: somewhere there, with its whole reach."""
        said = stated(self.context.text, self.at, self.at + len(self.mention)) if self.at is not None else ()
        if len({one.iso3 for one in said}) != 1:
            return None
        region = said[0].admin1 if len(said) == 1 else None
        country = country_by_code().get(said[0].iso3)
        for name in filter(None, (region, country and country.name)):
            for one in named(plain(name)):
                if one.iso3 == said[0].iso3 and one.kind in (PlaceKind.REGION, PlaceKind.COUNTRY):
                    return replace(as_place(one), kind=_said_kind(self.mention), geonameid=None)
        return None

    def guess(self) -> Place:
        """An unknown or unnamed place: the country that the passage is most about where it stands."""
        name = self.mention
        bare = name[4:] if name[:4].lower() == "the " else name
        if bare.lower() in words("others", "nowhere"):
            return Place(name)
        if script_of(name) not in KEPT:
            return Place(name)  # of these letters the gazetteer has no names, and so cannot tell a strange one
        kind = PlaceKind.BORDER if search("border", name) else _said_kind(bare)
        return Place(name, self._scene(), kind)


def _letters_only(name: str) -> bool:
    """Whether a mention is one name and no word for a kind, a direction or anything that is never a name."""
    lower = name.lower()
    if not lower.isalpha() or lower in speaking_words() or lower in words("others", "never"):
        return False
    return lower not in words("others", "organisations") and lower not in word_names()


def _direction(lead: str) -> str:
    """The direction that the words before a name say, "north-eastern" for "the far north-eastern part of"."""
    found = [word for word in lead.lower().replace("-", " ").split() if word.removesuffix("ern") in _WAYS]
    return "".join(found[:2])


def _town_of(found: Choice) -> Candidate | None:
    """The town of some size that a site is called after and lies at, which a bare name means: it says no site."""
    site = found.best
    if site is None or site.kind not in (PlaceKind.BASE, PlaceKind.POINT) or site.lat is None or site.lon is None:
        return None
    for one in found.pool:
        if one.kind is PlaceKind.CITY and one.iso3 == site.iso3 and one.population >= _NAMESAKE_TOWN:
            north, east = (one.lat or 0.0) - site.lat, (one.lon or 0.0) - site.lon
            if max(abs(north), abs(east)) < _AT_TOWN:
                return one
    return None


def _town(place: Place, choices: Sequence[Choice]) -> Place:
    """The town of the same name in a region: distances are told from towns."""
    for one in reversed(choices):
        for candidate, _ in one.ranked:
            if candidate is not None and candidate.kind is PlaceKind.CITY and candidate.iso3 == place.iso3:
                return as_place(candidate) if place.kind is PlaceKind.REGION else place
    return place


def _offshore(place: Place) -> Place:
    """The waters off a place: how far off is not said."""
    radius = None if place.radius_km is None else place.radius_km + _OFFSHORE_KM
    return replace(place, kind=PlaceKind.SEA, geonameid=None, radius_km=radius)


def _said_kind(name: str) -> PlaceKind | None:
    match = search("type at end", name)
    return kind_of(match.group(2)) if match else None
