"""Ranking what a name may stand for, by the whole passage, with weights learned by ``tools/fit_places.py``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

from garrison.naming.actors import find_actors
from garrison.naming.gazetteer import Candidate, named, sounding
from garrison.naming.lexicon import reference_rows
from garrison.naming.outlets import OutletKind, outlet_of
from garrison.naming.place_abbreviations import LONGEST_FORM, abbreviated
from garrison.naming.place_containment import Container
from garrison.naming.place_context import Context
from garrison.naming.place_features import Pool, Question, Row, heard, numbers, pool_of
from garrison.naming.place_scene import scene_of
from garrison.naming.place_scores import Weights, scores
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
    """What a name may stand for.

    ``pool`` are the places weighed in the gazetteer's order, ``best`` is the likeliest, ``None`` if that is one which
    the gazetteer does not have, ``chance`` its probability. ``odds`` are those of each place, and last of an unknown
    one, against the best. ``asked`` and ``weighed`` are what was weighed; nothing where there was nothing to weigh.
    """

    pool: tuple[Candidate, ...]
    best: Candidate | None
    chance: float
    odds: Sequence[float] = (1.0,)
    guess: str | None = None
    asked: Question | None = None
    weighed: Pool | None = None

    @property
    def ranked(self) -> tuple[tuple[Candidate | None, float], ...]:
        """What the name may stand for, likeliest first, with the probability of each; ``None`` is an unknown place."""
        odds, total = self.odds, sum(self.odds)
        places: tuple[Candidate | None, ...] = (*self.pool, None)
        order = sorted(range(len(odds)), key=odds.__getitem__, reverse=True)
        return tuple((places[n], odds[n] / total) for n in order)

    @property
    def place(self) -> Place | None:
        """The likeliest place; ``None`` if that is one which the gazetteer does not have."""
        return as_place(self.best) if self.best is not None else None

    @property
    def heard(self) -> Sequence[Row]:
        """What the passage says for each place of the pool, and last for an unknown one."""
        return heard(self.asked, self.weighed) if self.asked is not None and self.weighed is not None else ()

    @property
    def numbers(self) -> Sequence[Row]:
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
        return Choice(exact, exact[0], 1.0)
    weights = context.weights(at, without=mention or name)
    alike = sound and not any(c.iso3 is None or c.iso3 in weights for c in exact)
    pool = _pool(form, short, alike, not said)
    if not pool.places:
        return None
    home = home_of(outlet) if outlet else None
    guess = guessed(weights) or home
    question = Question(weights, scene_of(context), said, kind, home, guess)
    scored = scores(question, pool, _weights())
    top = max(scored)
    odds = [math.exp(score - top) for score in scored]
    first = odds.index(1.0)
    best = pool.places[first] if first < len(pool.places) else None
    return Choice(pool.places, best, 1.0 / sum(odds), odds, guess, question, pool)


@lru_cache(maxsize=8192)
def _pool(form: str, short: Candidate | None, alike: bool, bare: bool) -> Pool:
    """The places that a name may stand for.

    Args:
        form: the plain form of the name.
        short: the region that it abbreviates, if any.
        alike: whether places whose names only sound so are taken, too.
        bare: whether nothing beside the name says what it lies in.
    """
    heard = sounding(form) if alike else ()
    if alike and not heard:
        return _pool(form, short, False, bare)
    places = [*((short,) if short is not None else ()), *named(form), *heard]
    if bare:
        if not any(c.iso3 is None for c in places):
            return _pool(form, short, alike, False)
        # A region of several countries or a sea is hardly ever meant to be a hamlet, whatever lies near.
        places = [c for c in places if c.iso3 is None or c.geonameid is None or c.population >= _HAMLET]
    del places[_MOST:]
    return pool_of(form, places, short)


_weight_and_code = itemgetter(1, 0)


def guessed(weights: dict[str, float]) -> str | None:
    """The country that a passage is most about; ``None`` if it says too little."""
    if not weights:
        return None
    iso3, weight = max(weights.items(), key=_weight_and_code)
    return iso3 if weight >= ENOUGH else None


@cache
def _weights() -> Weights:
    """The fitted weights; a new feature counts nothing until it is fitted."""
    return Weights.of({row["feature"]: float(row["weight"]) for row in reference_rows("place_weights.csv")})


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
