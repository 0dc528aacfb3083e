"""A scene: a passage with everything that the normalisers find in it, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Protocol, TypeVar

from garrison.extraction.attribution import find_attributions
from garrison.extraction.attribution_scope import AttributionScope
from garrison.extraction.grammar.exercise_words import names_in
from garrison.extraction.grammar.quarters import quarters_of
from garrison.extraction.grammar.triggers import EXERCISE_HELD, FIRED, Trigger, find_triggers
from garrison.extraction.grammar.words import words
from garrison.extraction.periods import find_periods
from garrison.extraction.quantities import find_quantities
from garrison.extraction.sentences import sentences
from garrison.extraction.status import StatusScope, find_statuses
from garrison.naming.actors import ActorMention, Form, find_actors
from garrison.naming.forces import ForceMention, find_forces
from garrison.naming.lexicon import scannable
from garrison.naming.places import find_places
from garrison.naming.units import UnitMention, find_units
from garrison.vocabulary import Mention, Period, Place, PlaceKind, Quantity, Span

_OF_PLACES = (
    *("in", "from", "to", "into", "at", "near", "inside", "across", "outside", "around", "throughout", "within", "off"),
    *("over", "towards", "toward", "onto", "through", "neighbouring", "neighboring", "northern", "southern", "eastern"),
    *("western", "central", "between", "out of"),
)
_PLACE_BEFORE = re.compile(rf"\b(?:{'|'.join(_OF_PLACES)})\s+(?:the\s+)?$", re.IGNORECASE)
_LARGEST = 5_000_000  # people; no army has more
_COUNTED = re.compile(r"\s(?:(?:[A-Z][a-z]+|displaced|internally|local|innocent|more|other)\s)*([a-z]+)\b")
_CLOSING = tuple(",;:.)")  # what may follow a country that only says where a place lies
_WINDOW = 30  # characters looked at before a name


class Spanned(Protocol):
    """Anything that stands somewhere in a text."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...


S = TypeVar("S", bound=Spanned)


@dataclass(frozen=True, eq=False)
class Scene:
    """A passage and what its words name; every sequence is in the order of the text.

    What only a found force asks for (places, times, who says so, status) is looked for when it is first asked for.
    """

    text: str
    title: str | None
    published: str | None
    outlet: str | None
    sentences: tuple[Span, ...]
    forces: tuple[ForceMention, ...]
    units: tuple[UnitMention, ...]
    actors: tuple[ActorMention, ...]
    quantities: tuple[Mention[Quantity], ...]
    triggers: tuple[Trigger, ...]

    @cached_property
    def title_actors(self) -> tuple[ActorMention, ...]:
        """The actors that the title names."""
        return find_actors(self.title) if self.title else ()

    @cached_property
    def places(self) -> tuple[Mention[Place], ...]:
        """The places, resolved with the whole passage and its title in view."""
        found = find_places(self.text, self.title)
        units = [unit.span for unit in self.units]
        exercises = names_in(self.text)
        types = [force.span for force in self.forces if force.equipment is not None]  # "Grad rocket launchers"
        kept = [
            place
            for place in found
            if not any(_ends_unit(self.text, place, unit) or _runs_out_of(place, unit) for unit in units)
            and not any(type_.covers(place.span) for type_ in types)
            and not any(name.covers(place.span) for name in exercises)
        ]
        kept += quarters_of(self.text, self.units, kept)
        return tuple(sorted(kept, key=lambda place: place.span))

    @cached_property
    def title_places(self) -> tuple[Mention[Place], ...]:
        """The places that the title names."""
        return find_places(self.title) if self.title else ()

    @cached_property
    def periods(self) -> tuple[Mention[Period], ...]:
        """The times, resolved with the day of publication."""
        return find_periods(self.text, self.published)

    @cached_property
    def attributions(self) -> tuple[AttributionScope, ...]:
        """Which stretch stands on whose word."""
        return find_attributions(self.text, self.title)

    @cached_property
    def statuses(self) -> tuple[StatusScope, ...]:
        """Which stretch is planned, possible or denied."""
        return find_statuses(self.text)

    def between(self, left: Span, right: Span) -> str:
        """The words between two spans, whichever comes first; empty where they touch or overlap."""
        start, end = min(left.end, right.end), max(left.start, right.start)
        return self.text[start:end] if start < end else ""


def scene_of(text: str, title: str | None, published: str | None, outlet: str | None) -> Scene:
    """``text`` with what it names, half characters replaced by whole ones."""
    text, title = scannable(text), scannable(title) if title else None
    exercises = names_in(text)
    forces = tuple(force for force in find_forces(text) if not any(name.covers(force.span) for name in exercises))
    units = find_units(text)
    return Scene(
        text=text,
        title=title,
        published=published,
        outlet=outlet,
        sentences=sentences(text),
        forces=forces,
        units=units,
        actors=find_actors(text, leaders=True),
        quantities=tuple(number for number in find_quantities(text) if _may_count_a_force(text, number)),
        triggers=_without_names(text, _up_to_what_is_fired(find_triggers(text), forces), (*forces, *units)),
    )


def _ends_unit(text: str, place: Mention[Place], unit: Span) -> bool:
    """Whether what looks like a region is the end of a unit's name ("the 33rd Light Infantry Division")."""
    within_name = unit.start < place.span.start and place.span.end == unit.end
    return within_name and place.span.of(text).endswith(" Division")


def _runs_out_of(place: Mention[Place], unit: Span) -> bool:
    """Whether what looks like a place begins within a unit's name and ends behind it ("22 Brigade Garrison")."""
    return unit.start < place.span.start < unit.end < place.span.end


def _may_count_a_force(text: str, number: Mention[Quantity]) -> bool:
    """Whether a number is none of civilians ("600,000 refugees"), nor larger than any army."""
    if number.value.low is not None and number.value.low > _LARGEST:
        return False
    counted = _COUNTED.match(text, number.span.end)
    return counted is None or counted.group(1).lower() not in words("civil")


def _up_to_what_is_fired(triggers: Sequence[Trigger], forces: Sequence[ForceMention]) -> Sequence[Trigger]:
    """The ``triggers``, those of drills named after missiles or guns up to these: "conducted a live-fire"."""
    fired = [force.span for force in forces if force.asset in FIRED]
    return tuple(
        next(
            (
                replace(trigger, span=Span(trigger.span.start, span.start - 1))
                for span in fired
                if trigger.form == EXERCISE_HELD and trigger.span.covers(span)
            ),
            trigger,
        )
        for trigger in triggers
    )


def _without_names(
    text: str, triggers: Sequence[Trigger], named: Sequence[ForceMention | UnitMention]
) -> tuple[Trigger, ...]:
    """The triggers that are not part of a name, as in "members of the National Guard", "the special forces command"."""
    names = {at for name in named if " " in name.span.of(text) for at in range(name.span.start, name.span.end)}
    return tuple(
        each
        for each in triggers
        if each.span.start not in names or not (text[each.span.start].isupper() or each.form in words("bodies"))
    )


def within(items: Sequence[S], span: Span) -> tuple[S, ...]:
    """The ``items`` (in the order of the text) that begin inside ``span``."""
    if not items:
        return ()
    start = bisect_left(items, span.start, key=_start)
    end = bisect_left(items, span.end, lo=start, key=_start)
    return tuple(items[start:end])


_start = attrgetter("span.start")


def stands_for_a_place(scene: Scene, actor: ActorMention) -> bool:
    """Whether a country's name stands as a place ("in Syria"), not as an actor."""
    if actor.form not in {Form.NAME, Form.CAPITAL}:
        return False
    if actor.form is Form.CAPITAL and scene.text[actor.span.end : actor.span.end + 3].lstrip(" ")[:1] in {
        "-",
        "–",
        "—",
        "(",
    }:
        return True
    if _follows_its_place(scene, actor) or _is_in_place(scene, actor):
        return True
    before = scene.text[max(0, actor.span.start - _WINDOW) : actor.span.start]
    # What the pattern needs in any case is told sooner.
    if before.isascii() and not before.rstrip().lower().removesuffix("the").rstrip().endswith(_OF_PLACES):
        return False
    return _PLACE_BEFORE.search(before) is not None


def _is_in_place(scene: Scene, actor: ActorMention) -> bool:
    """Whether a capital's name is only part of a place's ("Kabul airport")."""
    if actor.form is not Form.CAPITAL or not scene.text[actor.span.end + 1 : actor.span.end + 2].islower():
        return False
    return any(place.span.covers(actor.span) and place.span != actor.span for place in within(scene.places, actor.span))


def _follows_its_place(scene: Scene, actor: ActorMention) -> bool:
    """Whether a country's name only says where the place before it lies ("based in Vicenza, Italy, …")."""
    start, end = actor.span.start, actor.span.end
    if scene.text[start - 2 : start] != ", " or scene.text[end : end + 1] not in _CLOSING:
        return False
    before = bisect_left(scene.places, start, key=lambda place: place.span.start) - 1
    if before < 0:
        return False
    place = scene.places[before]
    inside = place.value.iso3 == actor.actor.iso3 and place.value.kind is not PlaceKind.COUNTRY
    return inside and place.span.end == start - 2
