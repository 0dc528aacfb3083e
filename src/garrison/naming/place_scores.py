"""Scores: the weighted sums of the features of what a name may stand for.

They are those of ``place_features``; but what does not change from mention to mention is weighed once, and what is not
there is not weighed at all, since a passage has many mentions of names with many namesakes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

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
    spoken_of, said, kind, home = question.weights, question.said, question.kind, question.home
    loudness = Loudness(spoken_of)
    countries: dict[str | None, float] = {}
    found: list[float] = []
    loud = loudness.loud
    every = zip(pool.facts, _own(pool, weights), _echoes(question.scene, pool, weights), strict=True)
    for facts, (own, unsaid), (also_country, also_region, beside, alone) in every:
        score = own
        place = facts.place
        iso3 = place.iso3
        if iso3 in spoken_of:
            if iso3 not in countries:
                countries[iso3] = _weighed(weights.country, loudness.of(iso3))
            score += countries[iso3]
        elif iso3 is not None:
            score += loud * unsaid
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
    country = _weighed(weights.country, loudness.of(question.guess))
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


@lru_cache(maxsize=256)
def _echoes(scene: Scene, pool: Pool, weights: Weights) -> Sequence[tuple[float, float, float, float]]:
    """What others say that each place lies in, what it scores for what lies near, and for both."""
    found: list[tuple[float, float, float, float]] = []
    told_, share_, near_, within_, lead_ = weights.beside
    for also_country, also_region, (told, share, near, within, lead) in echoes_of(scene, pool):
        beside = told_ * told + share_ * share + near_ * near + within_ * within + lead_ * lead
        stated = (
            _weighed(weights.stated, stated_in(0.0, 0.0, also_country, also_region))
            if also_country or also_region
            else 0.0
        )
        found.append((also_country, also_region, beside, stated + beside))
    return found
