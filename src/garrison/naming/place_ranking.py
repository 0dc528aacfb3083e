"""Ranking what a name may stand for, by the whole passage: one scored sum with its weights written out."""

from __future__ import annotations

import math
from functools import lru_cache

from garrison.naming.actors import find_actors
from garrison.naming.gazetteer import Candidate, named, sounding
from garrison.naming.outlets import outlet_of
from garrison.naming.place_context import Context
from garrison.naming.spelling import plain
from garrison.vocabulary import Place, PlaceKind

# What speaks for a candidate, in one unit. A place of our own tables recurs in the news, a first-level region less so;
# a town counts by the logarithm of its people, a city above 100,000 so much more that Paris in an American text is the
# one in France. The passage's countries count by their share of what it names; stated containment decides. Chosen by
# hand on the train and written passages, to be learned later.
_OURS = 3.6
_REGION = 2.6
_PER_DIGIT = 0.4
_PER_LARGE_DIGIT = 1.5
_LARGE = 5.0
_CONTEXT = 3.0
_ANYWHERE = 3.0
_CONTAINED = 6.0
_KIND = 1.0
_ADMIN1 = 1.0
_SOUND = -1.5
_OUTLET = 0.5
# Weaker than this, a town in a country that the passage does not name is less likely than a small place, unknown to
# the gazetteer, in one that it does.
_STRANGE = 2.0


def best_place(
    name: str,
    context: Context,
    at: int | None = None,
    *,
    mention: str | None = None,
    kind: PlaceKind | None = None,
    inside: str | None = None,
    outlet: str | None = None,
    sound: bool = True,
) -> Place | None:
    """The likeliest place for a bare name.

    Args:
        name: the name without words for its kind or part.
        context: the passage, weighed.
        at: the offset of the mention in the passage, if it stands there.
        mention: the whole mention, whose own words are not evidence; ``name`` by default.
        kind: the kind that the mention's words say, if any.
        inside: the country that the mention says it lies in, if any.
        outlet: the outlet's name; a country in it is the last resort.
        sound: whether names that only sound alike are taken where the passage's countries have none of that name.

    Returns:
        the place, or ``None`` if there is none that beats a stranger's chance.
    """
    form = plain(name)
    if not form:
        return None
    pool = [c for c in named(form) if c.kind is not PlaceKind.COUNTRY]
    weights = context.weights(at, without=mention or name)
    if sound and not any(c.iso3 is None or c.iso3 in weights for c in pool):
        pool += [c for c in sounding(form) if c.kind is not PlaceKind.COUNTRY]
    if not pool:
        return None
    home = home_of(outlet) if outlet else None
    top = max(weights.values(), default=0.0)
    scored = [
        (score(c, weights, top=top, kind=kind, inside=inside, text=context.text, home=home), -n, c)
        for n, c in enumerate(pool)
    ]
    best, _, chosen = max(scored)
    if chosen.kind is PlaceKind.CITY and weights and chosen.iso3 not in weights and best < _STRANGE:
        return None
    return as_place(chosen)


def score(
    candidate: Candidate,
    weights: dict[str, float],
    *,
    top: float,
    kind: PlaceKind | None,
    inside: str | None,
    text: str,
    home: str | None,
) -> float:
    """How likely a candidate is meant, in the unit of the weights above.

    Args:
        candidate: the place.
        weights: how strongly the passage speaks for each country.
        top: the greatest of the weights, 0 if there are none.
        kind: the kind that the mention's own words say ("base", "province"), if any.
        inside: the country that the mention says it lies in, if any.
        text: the passage, in which a first-level region named speaks for what lies in it.
        home: the outlet's country.
    """
    if candidate.kind is PlaceKind.CITY:
        digits = math.log10(1 + candidate.population)
        total = _PER_DIGIT * digits + _PER_LARGE_DIGIT * max(0.0, digits - _LARGE)
    else:
        total = _REGION if candidate.admin1 == candidate.name or candidate.population else _OURS
    if candidate.iso3 is None:
        total += _ANYWHERE
    elif top:
        total += _CONTEXT * weights.get(candidate.iso3, 0.0) / max(top, 1.0)
    if inside is not None:
        total += _CONTAINED if candidate.iso3 == inside else -_CONTAINED
    if kind is not None and candidate.kind is kind:
        total += _KIND
    if candidate.admin1 and candidate.admin1 != candidate.name and candidate.admin1 in text[:_READ]:
        total += _ADMIN1
    if candidate.likeness < 1:
        total += _SOUND
    if home is not None and candidate.iso3 == home:
        total += _OUTLET
    return total


# A region named further on than this many characters says little, and looking for it would take long.
_READ = 20_000


@lru_cache(maxsize=1024)
def home_of(outlet: str) -> str | None:
    """The country of an outlet's seat, else of a country named in its name; ``None`` if unknown."""
    known = outlet_of(outlet)
    if known is not None:
        return known.country
    return next((a.actor.iso3 for a in find_actors(outlet) if a.actor.iso3), None)


def as_place(candidate: Candidate) -> Place:
    """The place that a candidate is; a town's radius grows with its people, 2 km at least."""
    radius = candidate.radius_km
    if radius is None and candidate.lat is not None:
        radius = max(2.0, 0.02 * math.sqrt(candidate.population / 10))
    return Place(
        candidate.name,
        candidate.iso3,
        candidate.kind,
        candidate.geonameid,
        candidate.lat,
        candidate.lon,
        radius,
        tuple(part for part in (candidate.admin1, candidate.iso3) if part and part != candidate.name),
    )
