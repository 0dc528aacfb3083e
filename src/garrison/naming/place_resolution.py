"""Resolving a place: from the words of a mention and its passage to a country, and coordinates where there are any."""

from __future__ import annotations

import math
from dataclasses import replace

from garrison.naming.actors import Form, find_actors
from garrison.naming.countries import Country, country_by_code, country_of
from garrison.naming.gazetteer import Candidate, capital_of, named, neighbours, sounding
from garrison.naming.place_context import Context, context_of
from garrison.naming.place_words import pattern, type_kinds, words
from garrison.naming.spelling import LONGEST, plain
from garrison.vocabulary import Place, PlaceKind

# What speaks for a candidate, in one unit. A place of our own tables recurs in the news, a first-level region less so; a
# town counts by the logarithm of its people; the passage's countries by their share of what it names; stated containment decides.
_OURS = 3.6
_REGION = 2.6
_PER_DIGIT = 0.4
_CONTEXT = 3.0
_CONTAINED = 6.0
_KIND = 1.0
_ADMIN1 = 1.0
_SOUND = -1.5
_ANYWHERE = 3.0
_OUTLET = 0.5
# A guess at the country of an unknown name needs this much evidence.
_ENOUGH = 0.25
# Weaker than this, a town found by its name only is less likely than a small place in the country the passage is of.
_STRANGE = 2.0


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
    context = context_of(text, title)
    at = text.find(name)
    return resolve(name, context, at if at >= 0 else None, outlet)


def resolve(name: str, context: Context, at: int | None, outlet: str | None = None) -> Place:
    """As ``resolve_place``, for a mention at offset ``at`` of a passage already weighed."""
    if not name.strip() or len(name) > LONGEST:
        return Place(name)
    found = _whole(name, context, at, outlet) or _guess(name, context, at, outlet)
    return replace(found, name=name)


def _whole(name: str, context: Context, at: int | None, outlet: str | None) -> Place | None:
    """The place of the whole mention, by the first reading that fits."""
    whole = name.strip()
    bare = whole.removeprefix("the ").removeprefix("The ")
    country = _country(bare)
    if country is not None:
        return _country_place(country)
    if pattern("vague").search(bare):
        return None
    exact = _best(name, whole, None, None, context, at, outlet, sound=False)
    if exact is None and whole != bare:
        exact = _best(name, bare, None, None, context, at, outlet, sound=False)
    if exact is not None and (exact.kind is not PlaceKind.CITY or " " in bare):
        return exact
    if pattern("border").search(bare):
        return _border(bare, context, at)
    return _ground(bare) or _contained(name, bare, context, at, outlet) or _part(name, bare, context, at, outlet)


def _country(name: str) -> Country | None:
    """The country of a name proper: no adjective, no misspelling."""
    if not name[:1].isupper():
        return None
    for actor in find_actors(name):
        if actor.form is Form.NAME and actor.span.start == 0 and actor.span.end == len(name) and actor.actor.iso3:
            return country_by_code().get(actor.actor.iso3)
    form = plain(name)
    for candidate in named(form):
        if candidate.kind is PlaceKind.COUNTRY and candidate.iso3:
            return country_by_code().get(candidate.iso3)
    return None


def _country_place(country: Country) -> Place:
    for candidate in named(plain(country.name)):
        if candidate.kind is PlaceKind.COUNTRY and candidate.iso3 == country.iso3:
            return _place(candidate)
    return Place(country.name, country.iso3, PlaceKind.COUNTRY)


def _ground(name: str) -> Place | None:
    """A country's soil, airspace, capital: "Syrian territory", "the Afghan capital"."""
    match = pattern("ground").search(name)
    if not match:
        return None
    owner = match.group(1).strip().removesuffix("'s").removesuffix("’s")
    found = find_actors(owner)
    if len(found) != 1 or len(found[0].span) < len(owner) - 1 or found[0].actor.iso3 is None:
        return None
    iso3 = found[0].actor.iso3
    if name.endswith("capital") and (capital := capital_of(iso3)):
        for candidate in named(plain(capital)):
            if candidate.iso3 == iso3 and candidate.kind is PlaceKind.CITY:
                return _place(candidate)
    country = country_by_code().get(iso3)
    return _country_place(country) if country else None


def _border(name: str, context: Context, at: int | None) -> Place | None:
    """A border: on whose side the force is, as the passage tells, else the country named first."""
    match = pattern("border word").search(name)
    before = (match.group(1) if match else name).strip()
    beyond = (match.group(2) or "").strip() if match else ""
    sides = [actor.actor.iso3 for actor in find_actors(before.replace("-", " ")) if actor.actor.iso3]
    if not sides:
        sides = [iso3 for iso3 in (_short_country(word) for word in before.replace("-", " ").split()) if iso3]
    if len(sides) >= 2 or (sides and beyond):
        return Place(name, sides[0], PlaceKind.BORDER)
    if sides and ("'s" in before or "’s" in before or "side of" in before):
        return Place(name, sides[0], PlaceKind.BORDER)
    other = sides[0] if sides else _iso3_of(beyond, context, at)
    if other is None:
        return None
    own = _across(other, context, at)
    return Place(name, own or other, PlaceKind.BORDER)


def _across(other: str, context: Context, at: int | None) -> str | None:
    """The neighbour of ``other`` that the passage is about."""
    weights = context.weights(at)
    beside = neighbours(other)
    nearest = {iso3: weight for iso3, weight in weights.items() if iso3 in beside}
    return max(nearest, key=lambda iso3: (nearest[iso3], iso3)) if nearest else None


def _short_country(word: str) -> str | None:
    """The country of a clipped adjective, as in "the Pak-Afghan border"."""
    if not word[:1].isupper() or len(word) < 3:
        return None
    country = country_of(word)
    if country is not None:
        return country.iso3
    places = [c for c in named(plain(word)) if c.kind is PlaceKind.REGION and c.iso3]
    if places:
        return places[0].iso3
    clipped = {c.iso3 for c in country_by_code().values() if any(a.startswith(word) for a in c.adjectives)}
    return clipped.pop() if len(clipped) == 1 else None


def _iso3_of(name: str, context: Context, at: int | None) -> str | None:
    if not name:
        return None
    place = _whole(name, context, at, None)
    return place.iso3 if place else None


def _contained(name: str, bare: str, context: Context, at: int | None, outlet: str | None) -> Place | None:
    """ "Kawo, Kaduna"; "the embassy in the capital, Kabul"; "left bank of the Dniester": the last part says where."""
    for mark in (", ", " in the ", " in ", " at ", " along the ", " along ", "/"):
        head, found, tail = bare.rpartition(mark)
        if not found or not tail[:1].isupper() or not head:
            continue
        outer = _whole(tail, context, at, outlet)
        if outer is None or outer.iso3 is None:
            continue
        inner = _best(name, head, None, outer.iso3, context, at, outlet) if head[:1].isupper() else None
        if inner is not None and inner.iso3 == outer.iso3:
            return inner
        return replace(outer, kind=_said_kind(head) or outer.kind)
    return None


def _part(name: str, bare: str, context: Context, at: int | None, outlet: str | None) -> Place | None:
    """A name with the words for its part or its kind: "eastern Ukraine", "Nimroz province", "port of Tartus"."""
    part = pattern("part").search(bare)
    core = (part.group(1) if part else "").strip()
    if core and core != bare and core[:1].isupper():
        inner = _whole(core, context, at, outlet)
        if inner is not None:
            kind = PlaceKind.REGION if inner.kind in (PlaceKind.COUNTRY, None) else inner.kind
            return replace(inner, kind=kind)
    ended, begun = pattern("type at end").search(bare), pattern("type at start").search(bare)
    if ended and ended.group(1)[:1].isupper():
        kind = _kind_of(ended.group(2))
        return _typed(name, ended.group(1), bare, kind, context, at, outlet)
    if begun and begun.group(2)[:1].isupper():
        kind = _kind_of(begun.group(1))
        return _typed(name, begun.group(2), bare, kind, context, at, outlet)
    return _best(name, bare, None, None, context, at, outlet)


def _typed(
    name: str, core: str, bare: str, kind: PlaceKind | None, context: Context, at: int | None, outlet: str | None
) -> Place | None:
    """A name and a word for its kind; the whole may have an entry of its own ("Bagram air base")."""
    country = _country(core.removesuffix("'s").removesuffix("’s"))
    if country is not None:
        return replace(_country_place(country), kind=kind or PlaceKind.REGION)
    found = _best(name, bare, kind, None, context, at, outlet) or _best(name, core, kind, None, context, at, outlet)
    if found is None:
        return None
    if kind is not None and found.kind is not kind:
        # A base or an airport near its town: the town's coordinates with room around them.
        found = replace(
            found, kind=kind, radius_km=max(found.radius_km or 0.0, 20.0) if found.lat is not None else None
        )
    return found


def _kind_of(type_word: str) -> PlaceKind | None:
    last = type_word.lower().replace("-", " ").removesuffix(" of").split()
    kinds = type_kinds()
    return kinds.get(" ".join(last)) or (kinds.get(last[-1]) if last else None)


def _said_kind(name: str) -> PlaceKind | None:
    match = pattern("type at end").search(name)
    return _kind_of(match.group(2)) if match else None


def _best(
    mention: str,
    name: str,
    kind: PlaceKind | None,
    inside: str | None,
    context: Context,
    at: int | None,
    outlet: str | None,
    *,
    sound: bool = True,
) -> Place | None:
    """The highest-scored candidate for ``name``; ``None`` if there is none that beats a stranger's chance."""
    form = plain(name)
    if not form:
        return None
    weights = context.weights(at, without=mention)
    top = max(weights.values(), default=0.0)
    pool = [c for c in named(form) if c.kind is not PlaceKind.COUNTRY]
    if sound and not any(c.iso3 is None or weights.get(c.iso3) for c in pool):
        pool += [c for c in sounding(form) if c.kind is not PlaceKind.COUNTRY]
    if not pool:
        return None
    home = country_of(outlet) if outlet else None
    scored = [
        (score(c, weights, top, kind, inside, context.text, home.iso3 if home else None), -n, c)
        for n, c in enumerate(pool)
    ]
    best, _, chosen = max(scored)
    if chosen.kind is PlaceKind.CITY and chosen.iso3 not in weights and weights and best < _STRANGE:
        return None
    return _place(chosen)


def score(
    candidate: Candidate,
    weights: dict[str, float],
    top: float,
    kind: PlaceKind | None,
    inside: str | None,
    text: str,
    home: str | None,
) -> float:
    """How likely a candidate is meant, in the unit of the weights above.

    Args:
        candidate: the place.
        weights: how strongly the passage speaks for each country; ``top``: the greatest of them.
        kind: the kind that the mention's own words say ("base", "province"), if any.
        inside: the country that the mention says it lies in, if any.
        text: the passage, in which a first-level region named speaks for what lies in it.
        home: the outlet's country.
    """
    if candidate.kind is PlaceKind.CITY:
        total = _PER_DIGIT * math.log10(1 + candidate.population)
    else:
        total = _REGION if candidate.admin1 == candidate.name or candidate.population else _OURS
    if candidate.iso3 is None:
        total += _ANYWHERE
    elif top:
        total += _CONTEXT * weights.get(candidate.iso3, 0.0) / max(top, 1.0)
    if inside is not None:
        total += _CONTAINED if candidate.iso3 == inside else -_CONTAINED
    if kind is not None:
        total += _KIND if candidate.kind is kind else 0.0
    if candidate.admin1 and candidate.admin1 != candidate.name and candidate.admin1 in text:
        total += _ADMIN1
    if candidate.likeness < 1:
        total += _SOUND
    if home is not None and candidate.iso3 == home:
        total += _OUTLET
    return total


def _guess(name: str, context: Context, at: int | None, outlet: str | None) -> Place:
    """An unknown or unnamed place: the country that the passage is most about where it stands."""
    kind = _said_kind(name.removeprefix("the ")) or (PlaceKind.BORDER if pattern("border").search(name) else None)
    if name.lower().removeprefix("the ") in words("others", "nowhere"):
        return Place(name)
    weights = context.weights(at, without=name)
    if weights:
        iso3 = max(weights, key=lambda code: (weights[code], code))
        if weights[iso3] >= _ENOUGH:
            return Place(name, iso3, kind)
    home = country_of(outlet) if outlet else None
    return Place(name, home.iso3 if home else None, kind)


def _place(candidate: Candidate) -> Place:
    within = tuple(filter(None, (candidate.admin1 if candidate.admin1 != candidate.name else None, candidate.iso3)))
    radius = candidate.radius_km
    if radius is None and candidate.lat is not None:
        radius = max(2.0, 0.02 * math.sqrt(candidate.population))
    return Place(
        candidate.name,
        candidate.iso3,
        candidate.kind,
        candidate.geonameid,
        candidate.lat,
        candidate.lon,
        radius,
        within,
    )
