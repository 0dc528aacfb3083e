"""Ranking what a name may stand for, by the whole passage, with weights learned by ``tools/fit_places.py``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import mul

from garrison.naming.actors import find_actors
from garrison.naming.gazetteer import Candidate, named, sounding
from garrison.naming.lexicon import reference_rows
from garrison.naming.outlets import OutletKind, outlet_of
from garrison.naming.place_abbreviations import LONGEST_FORM, abbreviated
from garrison.naming.place_containment import Container
from garrison.naming.place_context import Context
from garrison.naming.place_features import FEATURES, OF_THE_PLACE, Pool, Question, heard, numbers, pool_of
from garrison.naming.place_scene import scene_of
from garrison.naming.spelling import plain
from garrison.vocabulary import Place, PlaceKind

# A guess at the country of an unknown name needs this much evidence.
ENOUGH = 0.1
# So many candidates are weighed: our own tables' first, then the most populous.
_MOST = 40
# The most people of a hamlet.
_HAMLET = 15_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name may stand for, likeliest first, with the probability of each; ``None`` is an unknown place.

    ``pool`` are the places weighed in the gazetteer's order, ``heard`` what the passage says for each of them, and last
    for an unknown place; nothing where there was nothing to weigh.
    """

    pool: tuple[Candidate, ...]
    ranked: tuple[tuple[Candidate | None, float], ...]
    guess: str | None = None
    weighed: Pool | None = None
    heard: Sequence[tuple[float, ...]] = ()

    @property
    def place(self) -> Place | None:
        """The likeliest place; ``None`` if that is one which the gazetteer does not have."""
        best = self.ranked[0][0]
        return as_place(best) if best is not None else None

    @property
    def numbers(self) -> Sequence[tuple[float, ...]]:
        """The features of each place in the order of the pool, those of an unknown place last."""
        return numbers(self.weighed, self.heard) if self.weighed is not None else ()


def choice(
    name: str,
    context: Context,
    at: int | None = None,
    *,
    mention: str | None = None,
    kind: PlaceKind | None = None,
    said: tuple[Container, ...] = (),
    outlet: str | None = None,
    sound: bool = True,
) -> Choice | None:
    """What a bare name may stand for.

    Args:
        name: the name without words for its kind or part.
        context: the passage, weighed.
        at: the offset of the mention in the passage, if it stands there.
        mention: the whole mention, whose own words are not evidence; ``name`` by default.
        kind: the kind that the mention's words say, if any.
        said: what the mention or the words beside it say that it lies in, if anything.
        outlet: the outlet's name; its country speaks a little for places there.
        sound: whether names that only sound alike are taken where the passage's countries have none of that name.

    Returns:
        the candidates with their probabilities; ``None`` if the gazetteer has none.
    """
    form = plain(name)
    if not form:
        return None
    exact = named(form)
    short = abbreviated(name) if len(name) <= LONGEST_FORM else None
    if len(exact) == 1 and short is None and exact[0].kind is PlaceKind.COUNTRY:
        return Choice(exact, ((exact[0], 1.0),))
    weights = context.weights(at, without=mention or name)
    alike = sound and not any(c.iso3 is None or c.iso3 in weights for c in exact)
    pool, ours = _pool(form, short, alike, not said)
    if not pool.places:
        return None
    home = home_of(outlet) if outlet else None
    guess = guessed(weights) or home
    said_for = heard(Question(form, weights, scene_of(context), said, kind, home, guess), pool)
    told = _weights()[1]
    scores = [own + sum(map(mul, told, row)) for own, row in zip(ours, said_for, strict=True)]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    order = sorted(range(len(odds)), key=lambda n: (-odds[n], n))
    places: tuple[Candidate | None, ...] = (*pool.places, None)
    return Choice(pool.places, tuple((places[n], odds[n] / total) for n in order), guess, pool, said_for)


@lru_cache(maxsize=8192)
def _pool(form: str, short: Candidate | None, alike: bool, bare: bool) -> tuple[Pool, tuple[float, ...]]:
    """The places that a name may stand for, and what each and an unknown one score whatever the passage says.

    Args:
        form: the plain form of the name.
        short: the region that it abbreviates, if any.
        alike: whether places whose names only sound so are taken, too.
        bare: whether nothing beside the name says what it lies in.
    """
    places = [*((short,) if short is not None else ()), *named(form), *(sounding(form) if alike else ())]
    if bare and any(c.iso3 is None for c in places):
        # A region of several countries or a sea is hardly ever meant to be a hamlet, whatever lies near.
        places = [c for c in places if c.iso3 is None or c.geonameid is None or c.population >= _HAMLET]
    del places[_MOST:]
    pool = pool_of(form, places, short)
    known = _weights()[0]
    return pool, (*(sum(map(mul, known, row)) for row in pool.rows), 0.0)


def guessed(weights: dict[str, float]) -> str | None:
    """The country that a passage is most about; ``None`` if it says too little."""
    iso3 = max(weights, key=lambda code: (weights[code], code)) if weights else None
    return iso3 if iso3 is not None and weights[iso3] >= ENOUGH else None


@cache
def _weights() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The fitted weights of what is known of a place, and of what the passage says of it."""
    fitted = {row["feature"]: float(row["weight"]) for row in reference_rows("place_weights.csv")}
    every = tuple(fitted.get(name, 0.0) for name in FEATURES)  # a new feature counts nothing until it is fitted
    return every[: len(OF_THE_PLACE)], every[len(OF_THE_PLACE) :]


@lru_cache(maxsize=1024)
def home_of(outlet: str) -> str | None:
    """The country of an outlet's seat, else of a country named in its name; ``None`` if unknown."""
    known = outlet_of(outlet)
    if known is not None:
        return known.country
    return next((a.actor.iso3 for a in find_actors(outlet) if a.actor.iso3), None)


_WORLDWIDE = frozenset((OutletKind.AGENCY, OutletKind.MONITOR, OutletKind.OFFICIAL))


def readers_of(outlet: str) -> str | None:
    """The country that an outlet writes for; ``None`` for agencies and monitors, which report on others."""
    known = outlet_of(outlet)
    return None if known is not None and known.kind in _WORLDWIDE else home_of(outlet)


@lru_cache(maxsize=8192)
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
