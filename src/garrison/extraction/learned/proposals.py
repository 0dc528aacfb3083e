"""Proposals: anchors read as claims of a kind, their fields filled by what the panel makes of the options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from garrison.extraction.grammar.marking import ADDRESS, AT_HOME, HOLDER, OFFICER
from garrison.extraction.grammar.place_lists import is_of_a_part
from garrison.extraction.learned.candidates import Anchor, Option, Role, Sort, ahead
from garrison.extraction.learned.features import Weigh
from garrison.extraction.learned.fields import Fields
from garrison.extraction.learned.hints import Hint
from garrison.extraction.learned.passage import Passage
from garrison.extraction.learned.quoting import Ends, quotation
from garrison.extraction.learned.worth import Grounds
from garrison.naming.forces import ForceMention
from garrison.naming.units import unit_key
from garrison.vocabulary import Actor, Asset, Attribution, Claim, Kind, Measure, Period, Place, Quantity, Status

__all__ = ["Proposal", "Reading", "Verdict", "proposed"]

_TRUST = {Role.UNIT: 1.5}  # what the rules' choice adds, beyond what the panel has learned of it
_READY = {Role.ACTOR: 0.7, Role.PLACE: 0.7}  # by how much none must beat the likeliest for a field to stay empty
_FURTHER = {Role.ACTOR: 1.5, Role.PLACE: 1.5}  # by how much a second actor or place must beat none
_LISTED = -0.5  # … and one that the rules choose, too
_SURELY = -3.0  # … in a reading that is likely right
_SURE = 0.85  # the chance by rule from which it is


_Weighed = tuple[float, Option]
"""An option, after by how much it beats none in log odds."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the panel says of an anchor before its fields are filled; chances and shares from 0 to 1."""

    kind: Kind
    status: Status
    measure: Measure
    asset: Asset
    chance: float
    of_kind: float
    by_rule: float | None
    status_share: float
    asset_share: float
    rival: float


@dataclass(frozen=True)
class Reading:
    """One anchor as a claim of one kind: the passage's claim with that ``number`` to the panel."""

    passage: Passage
    anchor: int
    number: int
    fields: Fields
    weigh: Weigh

    @cached_property
    def origin(self) -> Option | None:
        """Where the force comes from, whatever the kind."""
        return _single(self, Role.ORIGIN)


@dataclass(frozen=True)
class Proposal:
    """A claim that may be right, and what speaks for and against it.

    Most are not worth it, so that the claim is put together when it is first asked for.
    """

    asset: Asset
    grounds: Grounds
    actor: Option | None
    place: Option | None
    rest: _Rest

    @cached_property
    def claim(self) -> Claim:
        """The claim itself."""
        whose = self.actor.value if self.actor and isinstance(self.actor.value, Actor) else None
        site = self.place.value if self.place and isinstance(self.place.value, Place) else None
        return replace(self.rest.claim, actor=whose, place=site)


@dataclass(frozen=True)
class _Rest:
    """What the proposals of an anchor share, whoever the actors and wherever the places: all but those."""

    reading: Reading
    verdict: Verdict
    ends: Ends
    owners: Sequence[Option]
    places: Sequence[Option]
    unit: Option | None

    @cached_property
    def claim(self) -> Claim:
        """The claim of nobody, nowhere."""
        reading, verdict, kind = self.reading, self.verdict, self.verdict.kind
        passage, anchor = reading.passage, reading.passage.anchors[reading.anchor]
        origin = _origin(reading, kind)
        when, words = _single(reading, Role.WHEN), _single(reading, Role.WORDS)
        period = when.value if when and isinstance(when.value, Period) else None
        if period is not None and verdict.status is Status.PLANNED:
            period = ahead(period, passage.scene.published)
        chosen = {
            role: [option]
            for role, option in ((Role.WHEN, when), (Role.UNIT, self.unit), (Role.ORIGIN, origin))
            if option is not None
        }
        ruling = {Role.ACTOR: self.owners, Role.PLACE: self.places, **chosen}
        quote = quotation(passage, reading.anchor, kind, ruling, self.ends)
        sources = [o.value for _, o in _several(reading, Role.SOURCE) if isinstance(o.value, Attribution)]
        return Claim(
            quote=quote.of(passage.scene.text),
            span=quote,
            kind=kind,
            status=verdict.status,
            asset=verdict.asset,
            measure=verdict.measure,
            unit=_unit(reading, self.unit),
            asset_text=_words(passage, anchor, words),
            quantity=_quantity(anchor),
            origin=origin.value if origin and isinstance(origin.value, Place) else None,
            when=period,
            source=tuple(sources),
        )


def _quantity(anchor: Anchor) -> Quantity | None:
    return anchor.number.value if anchor.sort is Sort.QUANTITY and anchor.number else None


def proposed(reading: Reading, ends: Ends, verdict: Verdict) -> list[Proposal]:
    """What an anchor proposes: a claim for each of its actors and places."""
    passage, kind = reading.passage, verdict.kind
    anchor, hint = passage.anchors[reading.anchor], passage.hints[reading.anchor]
    places = (
        _reached(reading, kind, _of_all(reading, _several(reading, Role.PLACE))) if kind is not Kind.STRENGTH else []
    )
    owners = _several(reading, Role.ACTOR)
    unit = _single(reading, Role.UNIT)
    rest = _Rest(reading, verdict, ends, [o for _, o in owners], [o for _, o in places], unit)
    has_unit, has_number = _unit(reading, unit) is not None, _quantity(anchor) is not None
    home = passage.outline.sentence(anchor.span.start)
    found: list[Proposal] = []
    nobody: list[_Weighed | None] = [None]
    for owner, where in _paired(hint, owners, places) or product(owners or nobody, places or nobody):
        actor, place = owner[1] if owner else None, where[1] if where else None
        grounds = Grounds(
            sort=anchor.sort,
            kind=kind,
            status=verdict.status,
            chance=verdict.chance,
            of_kind=verdict.of_kind,
            by_rule=verdict.by_rule,
            status_share=verdict.status_share,
            asset_share=verdict.asset_share,
            place_lead=where[0] if where else None,
            actor_lead=owner[0] if owner else None,
            unit=has_unit,
            number=has_number,
            addressed=ADDRESS in hint.marks,
            seated=ADDRESS not in hint.marks and not AT_HOME.isdisjoint(hint.marks),
            officer=OFFICER in hint.marks,
            held=kind is Kind.EXERCISE and HOLDER in hint.marks,
            place_by_rule=place is not None and place.entity in hint.chosen(Role.PLACE),
            actor_by_rule=actor is not None and actor.entity in hint.chosen(Role.ACTOR),
            place_near=place is not None and not place.titled and passage.outline.sentence(place.span.start) == home,
            rival=verdict.rival,
            siblings=max(1, len(owners)) * max(1, len(places)),
        )
        found.append(Proposal(verdict.asset, grounds, actor, place, rest))
    return found


def _origin(reading: Reading, kind: Kind) -> Option | None:
    return reading.origin if kind in (Kind.DEPLOY, Kind.RELOCATE, Kind.EXERCISE) else None


def _reached(reading: Reading, kind: Kind, places: list[_Weighed]) -> list[_Weighed]:
    """Of several places those that the force did not come from."""
    origin = _origin(reading, kind) if len(places) > 1 else None
    return [each for each in places if origin is None or each[1].entity != origin.entity]


def _of_all(reading: Reading, places: list[_Weighed]) -> list[_Weighed]:
    """The places without those of a part of the force alone: "34 batteries, including one in Kure"."""
    scene, end = reading.passage.scene, reading.passage.anchors[reading.anchor].span.end
    return [each for each in places if each[1].titled or not is_of_a_part(scene, end, each[1].span)]


def _paired(hint: Hint, owners: Sequence[_Weighed], places: Sequence[_Weighed]) -> list[tuple[_Weighed, _Weighed]]:
    """The actors with the places that the rules give each, of several on both sides ("… respectively"); else none."""
    if len(owners) < 2 or len(places) < 2:
        return []
    pairs = [(o, p) for o, p in product(owners, places) if (o[1].entity, p[1].entity) in hint.pairs]
    whose, where = {owner[1].entity for owner, _ in pairs}, {place[1].entity for _, place in pairs}
    return pairs if len(whose) == len(owners) and len(where) == len(places) else []


def _unit(reading: Reading, chosen: Option | None) -> str | None:
    """The unit chosen, unless rules that are likely right read one that is composed of several ("EUTM, MINUSMA")."""
    hint, offered = reading.passage.hints[reading.anchor], reading.passage.options[Role.UNIT]
    for each in hint.readings:
        name = each.claim.unit
        if name and unit_key(name) not in {o.entity for o in offered} and reading.weigh(each.marks) >= _SURE:
            return name
    return chosen.value if chosen and isinstance(chosen.value, str) else None


def _words(passage: Passage, anchor: Anchor, words: Option | None) -> str | None:
    if words is not None:
        return words.span.of(passage.scene.text)
    return anchor.span.of(passage.scene.text) if isinstance(anchor.found, ForceMention) else None


def _entities(reading: Reading, role: Role) -> dict[str, tuple[float, Option]]:
    """By how much each entity of a role (its mentions together) beats none, and its best mention."""
    known = reading.fields.of(role)
    if known is None:
        return {}
    options, lead = reading.passage.options[role], known.of(reading.number)
    _trust(reading, role, lead)
    return {entity: (value, options[known.best(reading.number, entity)]) for entity, value in lead.items()}


def _trust(reading: Reading, role: Role, lead: dict[str, float]) -> None:
    """Adds what the rules' choice is worth beyond what the panel has learned of it."""
    hint, worth = reading.passage.hints[reading.anchor], _TRUST.get(role, 0.0)
    if not hint.readings or not worth:
        return
    chosen = hint.chosen(role)
    for entity in lead:
        lead[entity] += worth if entity in chosen else -worth


def _single(reading: Reading, role: Role) -> Option | None:
    value, option = max(_entities(reading, role).values(), key=lambda pair: pair[0], default=(-1e4, None))
    return option if value > -_READY.get(role, 0.0) else None


def _several(reading: Reading, role: Role) -> list[tuple[float, Option]]:
    """The entities of a role that beat none, and by how much, in the order of the text; those alone that the rules
    choose, where their reading is likely right: who is sure and does not agree with them is wrong more often."""
    hint = reading.passage.hints[reading.anchor]
    sure = Hint(tuple(each for each in hint.readings if reading.weigh(each.marks) >= _SURE)).chosen(role)
    found = list(_entities(reading, role).values())
    found = [each for each in found if each[1].entity in sure] or found
    first = max((value for value, _ in found), default=0.0)
    further = dict.fromkeys(hint.chosen(role), _LISTED) | dict.fromkeys(sure, _SURELY)

    def least(value: float, option: Option) -> float:
        alone = -_READY.get(role, 0.0) if value == first else _FURTHER.get(role, 0.0)
        return min(alone, further.get(option.entity, alone))

    chosen = [each for each in found if each[0] > least(*each)]
    return sorted(chosen, key=lambda each: (each[1].titled, each[1].span))
