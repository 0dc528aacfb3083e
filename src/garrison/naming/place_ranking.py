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
from garrison.naming.place_features import FEATURES, Question, features
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

    ``numbers`` are the features of each candidate in the order of the pool, the unknown place last.
    """

    pool: tuple[Candidate, ...]
    numbers: Sequence[tuple[float, ...]]
    ranked: tuple[tuple[Candidate | None, float], ...]
    guess: str | None = None

    @property
    def place(self) -> Place | None:
        """The likeliest place; ``None`` if that is one which the gazetteer does not have."""
        best = self.ranked[0][0]
        return as_place(best) if best is not None else None


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
    pool = list(named(form))
    short = abbreviated(name) if len(name) <= LONGEST_FORM else None
    if short is not None:
        pool.insert(0, short)
    weights = context.weights(at, without=mention or name)
    if sound and not any(c.iso3 is None or c.iso3 in weights for c in pool):
        pool += sounding(form)
    if not pool:
        return None
    if len(pool) == 1 and pool[0].kind is PlaceKind.COUNTRY:
        return Choice((pool[0],), (), ((pool[0], 1.0),))
    if not said and any(c.iso3 is None for c in pool):
        # A region of several countries or a sea is hardly ever meant to be a hamlet, whatever lies near.
        pool = [c for c in pool if c.iso3 is None or c.geonameid is None or c.population >= _HAMLET]
    del pool[_MOST:]
    home = home_of(outlet) if outlet else None
    guess = guessed(weights) or home
    question = Question(form, weights, scene_of(context), said, kind, home, guess, short is not None)
    numbers = features(question, pool)
    weighed = _weights()
    scores = [sum(map(mul, weighed, row)) for row in numbers]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    shares = [share / total for share in odds]
    order = sorted(range(len(shares)), key=lambda n: (-shares[n], n))
    places: tuple[Candidate | None, ...] = (*pool, None)
    return Choice(tuple(pool), numbers, tuple((places[n], shares[n]) for n in order), guess)


def guessed(weights: dict[str, float]) -> str | None:
    """The country that a passage is most about; ``None`` if it says too little."""
    iso3 = max(weights, key=lambda code: (weights[code], code)) if weights else None
    return iso3 if iso3 is not None and weights[iso3] >= ENOUGH else None


@cache
def _weights() -> tuple[float, ...]:
    fitted = {row["feature"]: float(row["weight"]) for row in reference_rows("place_weights.csv")}
    return tuple(fitted.get(name, 0.0) for name in FEATURES)  # a new feature counts nothing until it is fitted


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
