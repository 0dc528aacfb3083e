"""Candidates: where a passage may speak of a force (anchors), and what may fill the fields of its claims (options).

Both are overgenerated from what the normalisers find: the model decides. Options of one role that mean the same (the
same country, place name, unit or time) are one *entity* with several mentions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from garrison.extraction.grammar.exempt import is_exempt
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.triggers import Trigger
from garrison.extraction.periods import parse_period
from garrison.naming.actors import ActorMention
from garrison.naming.countries import country_of
from garrison.naming.forces import ForceMention
from garrison.naming.outlets import outlet_of
from garrison.naming.units import UnitMention, unit_key
from garrison.vocabulary import Actor, Asset, Attribution, Kind, Mention, Period, Place, Quantity, Span

__all__ = ["Anchor", "Option", "Role", "Sort", "anchors_of", "options_of"]


class Sort(StrEnum):
    """What an anchor is."""

    QUANTITY = "quantity"
    FORCE = "force"
    UNIT = "unit"
    ACTOR = "actor"
    MOVE = "move"


class Role(StrEnum):
    """A field of a claim that is filled by choosing among options."""

    ACTOR = "actor"
    PLACE = "place"
    WORDS = "words"
    UNIT = "unit"
    WHEN = "when"
    ORIGIN = "origin"
    SOURCE = "source"


Found = Mention[Quantity] | ForceMention | UnitMention | ActorMention | Trigger


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of text that a claim can be about; ``force`` is the force word it is, or that its number counts."""

    span: Span
    sort: Sort
    found: Found
    force: ForceMention | None = None
    number: Mention[Quantity] | None = None


Value = Actor | Place | ForceMention | str | Period | Attribution


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can fill a field: where it stands, what it is, and the entity that it shares with its equals.

    ``form`` says how it is given (an adjective, the title, the country of a place …); ``titled`` if ``span`` counts
    in the title and not in the text; an option that stands nowhere has the span of nothing.
    """

    span: Span
    value: Value
    entity: str
    form: str
    titled: bool = False


_NOWHERE = Span(0, 0)
_LONGEST_GAP = 7  # words between a number and the force word that it may count
_BREAKS = re.compile(r"[;:()\[\].!?\n]")
_MISSION = "mission"


def anchors_of(scene: Scene) -> tuple[Anchor, ...]:
    """Everything in the passage that a claim can be about, in the order of the text."""
    found: list[Anchor] = []
    exempt = {force.span for force in scene.forces if force.asset is Asset.PERSONNEL and is_exempt(scene, force.span)}
    for number in scene.quantities:
        counted = _counted(scene, number)
        if counted is None or counted.span not in exempt:
            found.append(Anchor(number.span, Sort.QUANTITY, number, counted, number))
    for force in scene.forces:
        if force.span not in exempt:
            found.append(Anchor(force.span, Sort.FORCE, force, force, _number_before(scene, force)))
    found.extend(Anchor(unit.span, Sort.UNIT, unit) for unit in scene.units)
    found.extend(Anchor(a.span, Sort.ACTOR, a) for a in scene.actors if a.compound is None)
    taken = {anchor.span for anchor in found if anchor.sort is Sort.FORCE}
    found.extend(Anchor(t.span, Sort.MOVE, t) for t in scene.triggers if t.span not in taken and _moves(t))
    return tuple(sorted(found, key=lambda anchor: (anchor.span, anchor.sort)))


def _moves(trigger: Trigger) -> bool:
    """Whether the words can say that a force moves or stays without naming it ("the drawdown", "intervened")."""
    return any(sense.kind is not None and sense.kind is not Kind.STRENGTH for sense in trigger.senses)


def _counted(scene: Scene, number: Mention[Quantity]) -> ForceMention | None:
    """The first force word after the number, within a noun phrase's reach."""
    at = bisect_left(scene.forces, number.span.start, key=lambda force: force.span.end)
    for force in scene.forces[at : at + 3]:
        if force.span.overlaps(number.span) or force.span.start >= number.span.end:
            gap = scene.between(number.span, force.span)
            return force if len(gap.split()) <= _LONGEST_GAP and not _BREAKS.search(gap) else None
    return None


def _number_before(scene: Scene, force: ForceMention) -> Mention[Quantity] | None:
    at = bisect_left(scene.quantities, force.span.end, key=lambda number: number.span.start)
    if not at:
        return None
    last = scene.quantities[at - 1]
    gap = scene.between(last.span, force.span)
    return last if len(gap.split()) <= _LONGEST_GAP and not _BREAKS.search(gap) else None


def options_of(scene: Scene, role: Role) -> tuple[Option, ...]:
    """Everything in the passage and around it that can fill ``role``."""
    return tuple(_OPTIONS[role](scene))


def _actors(scene: Scene) -> Iterator[Option]:
    for actor in scene.actors:
        form = f"{actor.form.value} compound" if actor.compound else actor.form.value
        yield Option(actor.span, actor.actor, actor.actor.id, form)
    for actor in scene.title_actors:
        yield Option(actor.span, actor.actor, actor.actor.id, "title", titled=True)
    for place in scene.places:
        yield from _country(place.value.iso3, place.span, "country of place")
    for place in scene.title_places:
        yield from _country(place.value.iso3, place.span, "country of title", titled=True)
    for unit in scene.units:
        yield from _country(unit.iso3, unit.span, "country of unit")
    outlet = outlet_of(scene.outlet) if scene.outlet else None
    if outlet is not None:
        yield from _country(outlet.country, _NOWHERE, "country of outlet", titled=True)


def _country(iso3: str | None, span: Span, form: str, *, titled: bool = False) -> Iterator[Option]:
    country = country_of(iso3) if iso3 else None
    if country is not None:
        yield Option(span, Actor(country.name, country.iso3), country.iso3 or country.name, form, titled)


def _places(scene: Scene) -> Iterator[Option]:
    for mentions, titled in ((scene.places, False), (scene.title_places, True)):
        for place in mentions:
            kind = place.value.kind.value if place.value.kind else "unknown"
            yield Option(place.span, place.value, _plain(place.value.name), "title" if titled else kind, titled)


def _words(scene: Scene) -> Iterator[Option]:
    for force in scene.forces:
        yield Option(force.span, force, _plain(force.span.of(scene.text)), "weak" if force.ambiguous else "plain")


def _units(scene: Scene) -> Iterator[Option]:
    before: UnitMention | None = None
    for unit in scene.units:
        short = before is not None and unit.sort != "mission" and _abbreviates(scene, unit, before)
        name = before.name if short and before is not None else unit.name
        yield Option(unit.span, name, unit_key(unit.name), "weak" if unit.weak else "plain")
        before = unit
    for actor in scene.actors:
        if actor.mission:
            name = actor.span.of(scene.text)
            yield Option(actor.span, name, unit_key(name), _MISSION)
    for actor in scene.title_actors:
        if actor.mission:
            yield Option(actor.span, actor.mission, unit_key(actor.mission), "title", titled=True)


def _abbreviates(scene: Scene, unit: UnitMention, before: UnitMention) -> bool:
    """Whether a unit is the one before in short: "the British Army Training Unit Kenya (BATUK)"."""
    in_brackets = scene.text[before.span.end : unit.span.start] == " (" and scene.text.startswith(")", unit.span.end)
    return in_brackets and unit_key(unit.name) == unit_key(before.name)


def _times(scene: Scene) -> Iterator[Option]:
    for period in scene.periods:
        value = period.value
        known = value.start or value.end
        entity = f"{value.start}/{value.end}" if known else _plain(value.text)
        yield Option(period.span, value, entity, "resolved" if known else "unresolved")


def _sources(scene: Scene) -> Iterator[Option]:
    for scope in scene.attributions:
        for source in scope.sources:
            role = source.role.value if source.role else "unknown"
            yield Option(scope.cue, source, _plain(source.name), role)


_OPTIONS: dict[Role, Callable[[Scene], Iterator[Option]]] = {
    Role.ACTOR: _actors,
    Role.PLACE: _places,
    Role.WORDS: _words,
    Role.UNIT: _units,
    Role.WHEN: _times,
    Role.ORIGIN: _places,
    Role.SOURCE: _sources,
}


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def ahead(period: Period, published: str | None) -> Period:
    """``period`` read forward from the day of publication, as in a plan ("in May")."""
    return parse_period(period.text, published, ahead=True) or period
