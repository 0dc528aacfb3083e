"""Scores: the weighted sums of the features of what a name may stand for.

They are those of ``place_features``; but what does not change from mention to mention is weighed once, and what is not
there is not weighed at all, since a passage has many mentions of names with many namesakes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from garrison.naming.gazetteer import Candidate
from garrison.naming.place_containment import agreement
from garrison.naming.place_features import (
    FEATURES,
    IN_THE_PASSAGE,
    OF_THE_PLACE,
    Loudness,
    Pool,
    Question,
    Row,
    echoes_of,
    stated_in,
    unknown_of,
)
from garrison.naming.place_scene import Scene


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The weight of each feature, by the groups in which they are worked out."""

    place: Row
    country: Row
    unsaid: Row
    stated: Row
    beside: Row
    kind: float
    other_kind: float
    outlet: float
    unknown: Row

    @classmethod
    def of(cls, fitted: Mapping[str, float]) -> Weights:
        """The weights by the names of their features; one that is not there has none."""
        every = tuple(fitted.get(name, 0.0) for name in FEATURES)
        ours, told = every[: len(OF_THE_PLACE)], every[len(OF_THE_PLACE) :]
        at = IN_THE_PASSAGE.index
        first, second, third, last = (
            at(name) for name in ("country_not_said", "in_country_stated", "region_said", "unknown")
        )
        four = at("kind_said")
        kind, other_kind, outlet = told[four:last]
        groups = told[:first], told[first:second], told[second:third], told[third:four]
        return cls(ours, *groups, kind, other_kind, outlet, told[last:])


def _weighed(weights: Row, row: Row) -> float:
    total: float = sum(map(mul, weights, row))
    return total


def scores(question: Question, pool: Pool, weights: Weights) -> list[float]:
    """The score of each place of the pool, and last that of one that it does not have."""
    spoken_of, scene, said, kind, home, guess = question
    loudness = Loudness(spoken_of)
    heard, loud = loudness.of, loudness.loud
    countries: dict[str | None, float] = {None: 0.0}
    found: list[float] = []
    for place, unsaid, beside, alone, also_country, also_region in _settled(scene, pool, weights):
        iso3 = place.iso3
        if iso3 in countries:
            score = countries[iso3]
        elif iso3 in spoken_of:
            score = countries[iso3] = _weighed(weights.country, heard(iso3))
        else:
            score = loud * unsaid
        if said:
            row = stated_in(*agreement(place, said), also_country, also_region)
            score += _weighed(weights.stated, row) + beside
        else:
            score += alone
        if kind:
            score += weights.kind if kind is place.kind else weights.other_kind
        if home is not None and home == iso3:
            score += weights.outlet
        found.append(score)
    country = _weighed(weights.country, heard(guess))
    found.append(country + _weighed(weights.unknown, unknown_of(question, loudness)))
    return found


@lru_cache(maxsize=8192)
def _own(pool: Pool, weights: Weights) -> Sequence[tuple[float, float]]:
    """What each place of a pool scores whatever the passage says, and where it names others than its country, as a
    share of how loudly."""
    return [
        (_weighed(weights.place, row), _weighed(weights.unsaid, facts.unsaid))
        for row, facts in zip(pool.rows, pool.facts, strict=True)
    ]


# A place, what it scores where its country is not named as a share of how loudly others are, what it scores whatever
# stands beside the name, the same where nothing does, and what others say that it lies in.
_Settled = tuple[Candidate, float, float, float, float, float]


@lru_cache(maxsize=256)
def _settled(scene: Scene, pool: Pool, weights: Weights) -> Sequence[_Settled]:
    """What each place of a pool scores at every mention of the name in a passage."""
    found: list[_Settled] = []
    told_, share_, near_, within_, lead_ = weights.beside
    own = _own(pool, weights)
    for facts, (score, unsaid), (also_country, also_region, (told, share, near, within, lead)) in zip(
        pool.facts, own, echoes_of(scene, pool), strict=True
    ):
        beside = score + told_ * told + share_ * share + near_ * near + within_ * within + lead_ * lead
        alone = beside
        if also_country or also_region:
            alone += _weighed(weights.stated, stated_in(0.0, 0.0, also_country, also_region))
        found.append((facts.place, unsaid, beside, alone, also_country, also_region))
    return found
