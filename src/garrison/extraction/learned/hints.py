"""Hints: what the grammar makes of each anchor, for the model to weigh.

A reading by rule is matched to the anchor that it is about by its number, its words or its unit, inside its quotation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from garrison.extraction.grammar.deployments import ITEM
from garrison.extraction.grammar.drafting import drafts_of
from garrison.extraction.grammar.listing import listed_claims
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.learned.candidates import Anchor, Role, Sort
from garrison.naming.units import unit_key
from garrison.vocabulary import Claim

__all__ = ["Hint", "entities_of", "hints_of", "readings_of"]


@dataclass(frozen=True)
class Hint:
    """The readings by rule that are about one anchor."""

    readings: tuple[Reasoned, ...] = ()

    @cached_property
    def marks(self) -> frozenset[str]:
        """What the rules noted of these readings."""
        return frozenset().union(*(reading.marks for reading in self.readings))

    def chosen(self, role: Role) -> frozenset[str]:
        """The entities that the rules put into ``role``."""
        return self._chosen[role] if self.readings else _NOTHING

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The actors and places that the rules put into one claim."""
        return frozenset(
            (actor, place)
            for reading in self.readings
            for actor in entities_of(reading.claim, Role.ACTOR)
            for place in entities_of(reading.claim, Role.PLACE)
        )

    @cached_property
    def _chosen(self) -> dict[Role, frozenset[str]]:
        claims = [reading.claim for reading in self.readings]
        return {role: frozenset(entity for claim in claims for entity in entities_of(claim, role)) for role in Role}


_NOTHING: frozenset[str] = frozenset()


def readings_of(scene: Scene) -> tuple[Reasoned, ...]:
    """Every reading of the passage by rule, likely or not."""
    listed, used = listed_claims(scene)
    found = list(listed)
    memory = Memory()
    for sentence in scene.sentences:
        found.extend(drafts_of(scene, sentence, frozenset(used), memory))
    return tuple(found)


def hints_of(scene: Scene, anchors: Sequence[Anchor], readings: Sequence[Reasoned]) -> tuple[Hint, ...]:
    """Per anchor, the readings that are about it."""
    matched: list[list[Reasoned]] = [[] for _ in anchors]
    starts = [anchor.span.start for anchor in anchors]
    longest = max((len(anchor.span) for anchor in anchors), default=0)
    for reading in readings:
        span = reading.claim.span
        if span is None:
            continue
        for index in range(bisect_left(starts, span.start - longest), bisect_left(starts, span.end)):
            if span.overlaps(anchors[index].span) and _is_about(scene, reading, anchors[index]):
                matched[index].append(reading)
    return tuple(Hint(tuple(found)) for found in matched)


def _is_about(scene: Scene, reading: Reasoned, anchor: Anchor) -> bool:
    claim = reading.claim
    match anchor.sort:
        case Sort.QUANTITY:
            if claim.quantity is None:
                return _counts_jointly(scene, claim, anchor) or _opens_item(reading, anchor)
            return anchor.number is not None and claim.quantity == anchor.number.value
        case Sort.FORCE:
            return claim.asset_text is not None and _ends_in(anchor.span.of(scene.text), claim.asset_text)
        case Sort.UNIT:
            return claim.unit is not None and unit_key(claim.unit) == unit_key(anchor.span.of(scene.text))
        case Sort.MOVE:
            return claim.asset_text is None and "body=move" in reading.marks
        case Sort.ACTOR:
            return claim.asset_text is None and "body=actor" in reading.marks


def _ends_in(named: str, words: str) -> bool:
    """Whether ``named`` is a force by these ``words``, alone or after its unit's ("Infantry Brigade headquarters")."""
    return named == words or named.endswith(f" {words}")


def _counts_jointly(scene: Scene, claim: Claim, anchor: Anchor) -> bool:
    """Whether the anchor's number counts the claim's force together with others: "1,500 Russian and Uzbek troops"."""
    force = anchor.force
    return force is not None and claim.asset_text is not None and claim.asset_text == force.span.of(scene.text)


def _opens_item(reading: Reasoned, anchor: Anchor) -> bool:
    """Whether the number opens the register's item that several places share: "5,100 Chad/Mali (Operation …)"."""
    span = reading.claim.span
    return ITEM in reading.marks and span is not None and span.start == anchor.span.start


def entities_of(claim: Claim, role: Role) -> tuple[str, ...]:
    """What ``claim`` has in ``role``, as entities of options."""
    match role:
        case Role.ACTOR:
            return (claim.actor.id,) if claim.actor else ()
        case Role.PLACE | Role.ORIGIN:
            place = claim.place if role is Role.PLACE else claim.origin
            return (" ".join(place.name.lower().split()),) if place else ()
        case Role.WORDS:
            return (" ".join(claim.asset_text.lower().split()),) if claim.asset_text else ()
        case Role.UNIT:
            return (unit_key(claim.unit),) if claim.unit else ()
        case Role.WHEN:
            if claim.when is None:
                return ()
            known = claim.when.start or claim.when.end
            return (f"{claim.when.start}/{claim.when.end}" if known else " ".join(claim.when.text.lower().split()),)
        case Role.SOURCE:
            return tuple(" ".join(source.name.lower().split()) for source in claim.source)
