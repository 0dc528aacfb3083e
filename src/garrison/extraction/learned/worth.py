"""Worth: how likely a proposed claim is read right: the chances of panel and rules, and how its fields fared.

The panel says whether a claim stands at an anchor before its fields are filled. A unit for which no place was found, or
a claim that the rules read too, is worth less or more than that chance: a logistic model weighs these *grounds*. It is
fitted to passages which nothing else was fitted to, so that its answer is the confidence that users see.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from operator import mul

from garrison.extraction.learned.candidates import Sort
from garrison.vocabulary import Kind, Status

__all__ = ["GROUNDS", "Grounds", "Worth", "odds_of"]

_FARTHEST, _FARTHEST_LEAD = 5.0, 4.0
GROUNDS = (
    *("any", "odds", "odds of the kind", "odds by rule", "read by rule"),
    *(f"sort: {sort.value}" for sort in Sort),
    *(f"kind: {kind.value}" for kind in Kind),
    *(f"status: {status.value}" for status in Status),
    *("share of the status", "share of the class", "placed", "lead of the place", "owned", "lead of the actor"),
    *("unit", "unit without a place", "present without a place", "number"),
    *("place by rule", "actor by rule", "place in the sentence", "rival", "listed"),
    *("address", "seat", "officer", "exercise with its holder"),
)


def odds_of(chance: float) -> float:
    """The log odds of a chance, 0 to 1, within five."""
    clipped = min(max(chance, 1e-3), 1 - 1e-3)
    return max(-_FARTHEST, min(_FARTHEST, math.log(clipped / (1 - clipped))))


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for and against one proposal.

    ``chance``, ``of_kind`` and ``by_rule`` are chances, 0 to 1, of any claim at the anchor, of one of its kind, and of
    that by the rules (``None`` where they read none); the leads say by how much place and actor beat none, in log
    odds; ``rival`` is the highest chance at another anchor of the sentence, ``siblings`` how many proposals the anchor
    made. ``addressed``, ``seated``, ``officer`` and ``held`` say that the rules read a unit with its address, one
    at its seat, one in an officer's title, or who holds an exercise.
    """

    sort: Sort
    kind: Kind
    status: Status
    chance: float
    of_kind: float
    by_rule: float | None
    status_share: float
    asset_share: float
    place_lead: float | None
    actor_lead: float | None
    unit: bool
    number: bool
    place_by_rule: bool
    actor_by_rule: bool
    place_near: bool
    rival: float
    siblings: int
    addressed: bool = False
    seated: bool = False
    officer: bool = False
    held: bool = False

    @property
    def row(self) -> list[float]:
        """The grounds as numbers, one for each of ``GROUNDS``."""
        placed, owned = self.place_lead is not None, self.actor_lead is not None
        return [
            1.0,
            odds_of(self.chance),
            odds_of(self.of_kind),
            odds_of(self.by_rule) if self.by_rule is not None else 0.0,
            float(self.by_rule is not None),
            *_one_of(_SORTS, self.sort),
            *_one_of(_KINDS, self.kind),
            *_one_of(_STATUSES, self.status),
            self.status_share,
            self.asset_share,
            float(placed),
            min(_FARTHEST_LEAD, self.place_lead or 0.0),
            float(owned),
            min(_FARTHEST_LEAD, self.actor_lead or 0.0),
            float(self.unit),
            float(self.unit and not placed),
            float(self.kind is Kind.PRESENT and not placed),
            float(self.number),
            float(self.place_by_rule),
            float(self.actor_by_rule),
            float(self.place_near),
            self.rival,
            float(self.siblings > 1),
            float(self.addressed),
            float(self.seated),
            float(self.officer),
            float(self.held),
        ]

    @property
    def because(self) -> tuple[tuple[str, str], ...]:
        """What speaks for each field, in words; leads are log odds."""
        ruled = f"the rules read one too, with {self.by_rule:.2f}" if self.by_rule is not None else "no rule reads one"
        found = [
            ("claim", f"the model gives {self.chance:.2f} for a claim here; {ruled}"),
            ("kind", f"the model gives {self.of_kind:.2f} for {self.kind.value}"),
            ("status", f"the model gives {self.status_share:.2f} for {self.status.value}"),
        ]
        for field, lead, by_rule in (
            ("actor", self.actor_lead, self.actor_by_rule),
            ("place", self.place_lead, self.place_by_rule),
        ):
            if lead is not None:
                found.append((field, f"ahead of none by {lead:.1f}" + ("; the rules choose it too" if by_rule else "")))
        return tuple(found)


_SORTS, _KINDS, _STATUSES = tuple(Sort), tuple(Kind), tuple(Status)


def _one_of(known: tuple[object, ...], chosen: object) -> list[float]:
    row = [0.0] * len(known)
    row[known.index(chosen)] = 1.0
    return row


@dataclass(frozen=True, slots=True)
class Worth:
    """The fitted weights, one for each of ``GROUNDS``."""

    weights: tuple[float, ...]

    def of(self, grounds: Grounds) -> float:
        """The chance, 0 to 1, that a proposal with these grounds is read right."""
        total = sum(map(mul, self.weights, grounds.row))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    @classmethod
    def from_settings(cls, weights: Mapping[str, float]) -> Worth:
        """The weights by the names of ``GROUNDS``, as the model's settings hold them."""
        return cls(tuple(weights[name] for name in GROUNDS))

    def to_settings(self) -> dict[str, float]:
        """The weights by name."""
        return {name: round(weight, 4) for name, weight in zip(GROUNDS, self.weights, strict=True)}
