"""Bodies: the forces of a sentence, each with its number, unit and the actor named beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from garrison.extraction.grammar.named import (
    HEADQUARTERS,
    army_after,
    class_of,
    draws_from,
    is_headquarters,
    is_seat,
    keeps_seat,
)
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import EXERCISE_HELD, HOSTS, Trigger, Voice
from garrison.extraction.grammar.words import words
from garrison.naming.actors import ActorMention, Form
from garrison.naming.forces import ForceMention
from garrison.naming.units import UnitMention
from garrison.vocabulary import Asset, Kind, Mention, Quantity, Span

_LONGEST_PREMODIFIER = 7  # words between a number and the force that it counts
_FIGHTING_FORMS = frozenset({Form.GROUP, Form.SERVICE, Form.MISSION, Form.DEMONYM, Form.NAME})
_OF_THEM = re.compile(r"of (?:them|these|those|its|his|their|the (?:men|total|group|force|troops))\b")
_CLOCK = re.compile(r"\b(?:at|around|before|after|by)\s$", re.IGNORECASE)
_HOURS = 12  # up to which a bare number after "at" is an hour
_NOUN_KINDS = frozenset({Kind.WITHDRAW, Kind.DEPLOY, Kind.PRESENT, Kind.EXERCISE})
_BANDS = frozenset({Form.GROUP, Form.MISSION})
_BEING = re.compile(
    r"\s+(?:(?:may|might|could|will|would|must)\s+(?:not\s+|still\s+|also\s+)?be|is|are|was|were|ha(?:s|ve) been)\s+"
    r"(?:(?:still|not|no longer|now|also|already|again)\s+){0,2}(?:in|inside|near|at|around|across)\b"
)
_IS = frozenset({"is", "are", "was", "were"})
_SUFFERED = frozenset({Kind.WITHDRAW, Kind.DEPLOY})  # what is done with a group that stands for its force
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s*(?:\w+ly)?\s*$")
_APPOSITION = re.compile(r",\s*(?:an?|the|its|their)\b[\w\s-]{0,24}$")
_MODIFIED = re.compile(r"\s+([a-z]+)")


@dataclass(frozen=True, slots=True)
class Body:
    """A force as one noun phrase.

    ``span`` covers the number, the force words and the unit; ``head`` is what the phrase is about (force words, unit,
    a bare number, an actor's name or a noun such as *withdrawal*). ``actor`` is the one named inside or right beside
    the phrase, ``others`` those listed with it ("British and French troops"). ``marks`` say what sort of phrase it is.
    """

    span: Span
    head: Span
    asset: Asset
    asset_text: str | None
    rule: str
    quantity: Mention[Quantity] | None = None
    unit: UnitMention | None = None
    actor: ActorMention | None = None
    others: tuple[ActorMention, ...] = ()
    strong: bool = False
    marks: frozenset[str] = frozenset()


def bodies_of(scene: Scene, sentence: Span) -> tuple[Body, ...]:
    """The bodies of ``sentence``, in order."""
    units = within(scene.units, sentence)
    quantities = within(scene.quantities, sentence)
    actors = within(scene.actors, sentence)
    triggers = within(scene.triggers, sentence)
    armies = {unit.span: army for unit in units if (army := army_after(scene, unit, actors)) is not None}
    names = [*(unit.span for unit in units), *armies.values()]
    names += [trigger.span for trigger in triggers if trigger.form == EXERCISE_HELD]  # "held a large military exercise"
    forces = [force for force in within(scene.forces, sentence) if not any(name.covers(force.span) for name in names)]
    found: list[Body] = []
    taken: set[Span] = set()
    for force in forces:
        body = _counted(scene, force, forces, quantities, taken)
        body = _with_unit(scene, body, force, units, taken)
        if body.unit is not None:
            body = _with_army(body, armies)
        found.append(_with_actor(scene, body, actors))
    for unit in units:
        if unit.span not in taken:
            marks = frozenset({"body=unit", f"unit={unit.sort}"})
            body = Body(unit.span, unit.span, class_of(unit), unit.name, "a named unit", unit=unit, marks=marks)
            body = _unit_counted(scene, _with_army(body, armies), quantities, taken)
            found.append(_with_actor(scene, body, actors))
    found.extend(_bare_numbers(scene, sentence, quantities, actors, taken))
    found.extend(_moves_as_nouns(scene, triggers, forces, actors))
    found.extend(_actors_as_forces(scene, actors, triggers, found))
    return tuple(sorted(found, key=lambda body: body.head.start))


def _counted(
    scene: Scene,
    force: ForceMention,
    forces: list[ForceMention],
    quantities: tuple[Mention[Quantity], ...],
    taken: set[Span],
) -> Body:
    """The force with the number that counts it, before ("400 hardcore fighters") or after ("a force of 400")."""
    marks = {f"number={force.number.value}", f"term={force.term or 'type'}"}
    if force.ambiguous:
        marks.add("ambiguous")
    following = _MODIFIED.match(scene.text, force.span.end)
    if following:
        marks.add(f"next={following.group(1)}")
    body = Body(force.span, force.span, force.asset, force.span.of(scene.text), "a force word", marks=frozenset(marks))
    before = [q for q in quantities if q.span.end <= force.span.start and q.span not in taken]
    if before:
        number = before[-1]
        gap = scene.text[number.span.end : force.span.start]
        crossed = any(number.span.end <= f.span.start and f.span.end <= force.span.start for f in forces)
        if _is_modifier(_without_actors(scene, number.span.end, force.span.start)) and not crossed:
            taken.add(number.span)
            return replace(
                body,
                span=Span(number.span.start, force.span.end),
                quantity=number,
                strong=gap.strip().lower().startswith(("-strong", "strong")),
                rule="a force word with its number before it",
            )
    for number in quantities:
        if number.span in taken:
            continue
        if number.span.start >= force.span.end:
            if scene.text[force.span.end : number.span.start].strip().lower() in words("counted_after"):
                taken.add(number.span)
                return replace(
                    body,
                    span=Span(force.span.start, number.span.end),
                    quantity=number,
                    rule="a force word with its number after it",
                )
            break
        if number.span.overlaps(force.span):
            taken.add(number.span)
            return replace(body, quantity=number, rule="a force word with its number inside")
    return body


def _unit_counted(scene: Scene, body: Body, quantities: tuple[Mention[Quantity], ...], taken: set[Span]) -> Body:
    """A unit's own number ("the 3,000-strong Force Intervention Brigade")."""
    before = [q for q in quantities if q.span.end <= body.head.start and q.span not in taken]
    if not before:
        return body
    number = before[-1]
    gap = scene.text[number.span.end : body.head.start].strip().lower()
    if gap not in words("number_of_unit"):
        return body
    taken.add(number.span)
    return replace(
        body,
        span=Span(number.span.start, body.span.end),
        quantity=number,
        asset=Asset.PERSONNEL,
        strong="strong" in gap,
        rule="a named unit with its number before it",
    )


def _without_actors(scene: Scene, start: int, end: int) -> str:
    """The words between two places in the text without the actors that they list ("Russian and Uzbek")."""
    words_left: list[str] = []
    at = start
    for actor in within(scene.actors, Span(start, end)):
        joint = scene.text[at : actor.span.start]
        words_left.append(" " if at > start and joint.strip().lower() in words("listing") else joint)
        at = actor.span.end
    return "".join((*words_left, scene.text[at:end]))


def _is_modifier(gap: str) -> bool:
    """Whether the words between a number and a force only modify the force ("hardcore Isis")."""
    pieces = gap.replace("-", " ").split()
    if len(pieces) > _LONGEST_PREMODIFIER or any(mark in gap for mark in ";:()[].!?\n") or gap.count(",") > 1:
        return False
    lowered = [word.strip(",’'\"“”").lower() for word in pieces]
    if lowered[:1] == ["of"]:
        lowered = lowered[1:]
    return not any(word in words("function_words") for word in lowered)


def _with_army(body: Body, armies: Mapping[Span, Span]) -> Body:
    """The body with the army that is named after its unit: "82 Division of the Nigerian Army"."""
    army = armies.get(body.unit.span) if body.unit is not None and body.unit.span.end == body.span.end else None
    return body if army is None else replace(body, span=Span(body.span.start, army.end))


def _with_unit(scene: Scene, body: Body, force: ForceMention, units: tuple[UnitMention, ...], taken: set[Span]) -> Body:
    """The unit that the force belongs to: "troops from Russia's 201st Division", "82nd Airborne soldiers".

    A unit's headquarters is the unit, whatever word stands for it (guide, *asset*).
    """
    seat = is_headquarters(force)
    for unit in units:
        if unit.span in taken:
            continue
        gap = scene.between(body.span, unit.span).strip()
        pieces = gap.lower().split()
        if unit.span.start >= body.span.end:
            close = (
                bool(pieces)
                and pieces[0] in words("to_unit")
                and len(pieces) <= 6
                and _IS.isdisjoint(pieces)
                and not any(m in gap for m in ",;:.")
            )
            close = close or not gap or (seat and gap == ",") or draws_from(scene.between(body.span, unit.span))
        else:
            close = unit.span.end <= body.head.start and (not gap or bool(_APPOSITION.match(gap)))
        if not close and keeps_seat(scene, unit, force):
            close = seat = True
        close = close or is_seat(scene, unit, force)
        if close:
            taken.add(unit.span)
            if seat and unit.asset is Asset.UNIT:
                marks = frozenset({"body=unit", f"unit={unit.sort}", HEADQUARTERS})
                body = replace(body, asset=Asset.UNIT, marks=marks)
            span = Span(min(body.span.start, unit.span.start), max(body.span.end, unit.span.end))
            if unit.span.start >= body.span.end and pieces[:1] == ["in"] and _names_a_place(scene, body, unit):
                return replace(body, unit=unit)
            return replace(body, unit=unit, span=span)
    return body


def _names_a_place(scene: Scene, body: Body, unit: UnitMention) -> bool:
    """Whether the words between a force and its unit say where it is ("1,100 troops in Lebanon with UNIFIL")."""
    return bool(within(scene.places, Span(body.span.end, unit.span.start)))


def _with_actor(scene: Scene, body: Body, actors: tuple[ActorMention, ...]) -> Body:
    """The actor named in the phrase or right beside it ("Russian troops", "soldiers from Chad")."""
    inside = [a for a in actors if body.span.overlaps(a.span) and a.compound is None]
    if inside:
        nations = [a for a in inside if a.form is not Form.MISSION]
        return _with_listed(scene, replace(body, actor=(nations or inside)[-1]), actors)
    for actor in reversed(actors):
        if actor.span.end <= body.span.start:
            gap = scene.text[actor.span.end : body.span.start]
            pieces = gap.replace("’s", " 's").replace("'s", " 's").split()
            plain = not any(mark in gap for mark in ",;:.()") and not words("function_words") & {
                piece.lower() for piece in pieces
            }
            hosts = any(piece.lower() in HOSTS for piece in pieces)
            if len(pieces) <= 4 and plain and not hosts and actor.compound is None:
                return _with_listed(scene, replace(body, actor=actor), actors)
            break
    for actor in actors:
        if actor.span.start >= body.span.end:
            gap = scene.text[body.span.end : actor.span.start]
            pieces = gap.split()
            if 1 <= len(pieces) <= 4 and pieces[0].lower() in words("to_actor") and "," not in gap:
                return replace(body, actor=actor)
            break
    return body


def _with_listed(scene: Scene, body: Body, actors: tuple[ActorMention, ...]) -> Body:
    """``body`` with the actors listed before its own ("Syrian and Russian jets")."""
    return replace(body, others=listed_before(scene, body.actor, actors)) if body.actor else body


def listed_before(scene: Scene, last: ActorMention, actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """The actors listed before ``last`` ("Britain and France, which both have …"), in order."""
    others: list[ActorMention] = []
    first = last
    for actor in reversed(actors):
        if actor.span.end > first.span.start:
            continue
        gap = scene.text[actor.span.end : first.span.start].strip().lower().removesuffix(" the")
        if gap not in words("listing") or actor.compound is not None:
            break
        others.append(actor)
        first = actor
    return tuple(reversed(others))


def _bare_numbers(
    scene: Scene,
    sentence: Span,
    quantities: tuple[Mention[Quantity], ...],
    actors: tuple[ActorMention, ...],
    taken: set[Span],
) -> Iterator[Body]:
    """Numbers with no noun that they could count ("7,500 to Nigeria", "the 2,500 in Afghanistan")."""
    for number in quantities:
        if number.span in taken:
            continue
        rest = scene.text[number.span.end : sentence.end].lstrip()
        first = rest.split(maxsplit=1)[0].strip(",.;:)").lower() if rest else ""
        if first == "of" and not _OF_THEM.match(rest):
            continue
        if (
            number.value.low is not None
            and number.value.low <= _HOURS
            and _CLOCK.search(scene.text[max(0, number.span.start - 8) : number.span.start])
        ):
            continue
        follows_actor = any(0 <= a.span.start - number.span.end <= 1 for a in actors)
        if first in words("bare_followers") or follows_actor or not rest.strip('.,;: )”"'):
            marks = frozenset({"body=number", f"after={first[:12]}"})
            body = Body(
                number.span, number.span, Asset.PERSONNEL, None, "a number with no noun", quantity=number, marks=marks
            )
            yield _with_actor(scene, body, actors)


def _moves_as_nouns(
    scene: Scene, triggers: tuple[Trigger, ...], forces: list[ForceMention], actors: tuple[ActorMention, ...]
) -> Iterator[Body]:
    """Nouns of moving that name no force ("the US withdrawal from Syria"): personnel, with no words for it."""
    for trigger in triggers:
        if not any(s.voice is Voice.NOUN and s.kind in _NOUN_KINDS for s in trigger.senses):
            continue
        near = any(
            f.span.overlaps(trigger.span)
            or (f.span.start >= trigger.span.end and len(scene.between(trigger.span, f.span).split()) <= 6)
            or (f.span.end <= trigger.span.start and len(scene.between(f.span, trigger.span).split()) <= 1)
            for f in forces
        )
        if not near:
            marks = frozenset({"body=move", f"term={trigger.form}"})
            body = Body(trigger.span, trigger.span, Asset.PERSONNEL, None, "a noun of moving", marks=marks)
            yield _with_actor(scene, body, actors)


def _actors_as_forces(
    scene: Scene, actors: tuple[ActorMention, ...], triggers: tuple[Trigger, ...], bodies: list[Body]
) -> Iterator[Body]:
    """Actors that stand for their forces ("the SDF has pulled back", "Turkey intervened in Syria")."""
    used = {body.actor.span for body in bodies if body.actor}
    for actor in actors:
        if actor.form not in _FIGHTING_FORMS or actor.span in used or actor.compound is not None:
            continue
        if actor.form in _BANDS and _BEING.match(scene.text, actor.span.end):
            yield _with_listed(scene, _standing(actor), actors)
            continue
        for trigger in triggers:
            if trigger.span.start < actor.span.end:
                continue
            gap = scene.text[actor.span.end : trigger.span.start]
            if len(gap.split()) > 4 or any(mark in gap for mark in ",;:."):
                break
            suffers = frozenset({Kind.WITHDRAW}) if actor.form is Form.NAME else _SUFFERED
            driven = any(s.kind in suffers and s.voice is Voice.OBJECT for s in trigger.senses) and _PASSIVE.search(gap)
            if driven or any(s.kind is not None and s.voice is Voice.SUBJECT for s in trigger.senses):
                yield _with_listed(scene, _standing(actor), actors)
                break


def _standing(actor: ActorMention) -> Body:
    marks = frozenset({"body=actor", f"form={actor.form.value}"})
    rule = "an actor that stands for its force"
    return Body(actor.span, actor.span, Asset.PERSONNEL, None, rule, actor=actor, marks=marks)
