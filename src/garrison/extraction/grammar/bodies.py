"""Bodies: the forces of a sentence, each with its number, unit and the actor named beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.clauses import OF_ITSELF
from garrison.extraction.grammar.counting import bare_numbers, counted, counted_after, is_container, unit_counted
from garrison.extraction.grammar.decisions import LED, decided, is_led
from garrison.extraction.grammar.driving import is_driven, is_driving
from garrison.extraction.grammar.enumerations import listed_after, listed_before
from garrison.extraction.grammar.exercises import fired_in
from garrison.extraction.grammar.governing import MOVING, inserted
from garrison.extraction.grammar.named import (
    HEADQUARTERS,
    KEEPS,
    army_after,
    class_of,
    commands_from,
    draws_from,
    is_army,
    is_by_another_name,
    is_headquarters,
    is_owner,
    is_seat,
    keeps_seat,
    owns_a_unit,
    without_acronyms,
    without_unit,
)
from garrison.extraction.grammar.scene import Scene, stands_for_a_place, within
from garrison.extraction.grammar.seats import sharing_a_seat
from garrison.extraction.grammar.triggers import EXERCISE_HELD, Trigger, Voice
from garrison.extraction.grammar.words import either, words
from garrison.naming.actors import ActorMention, Form
from garrison.naming.forces import ForceMention
from garrison.naming.units import UnitMention
from garrison.vocabulary import Asset, Kind, Span

_FARTHEST = 250  # characters between an actor and its verb: something inserted, an aside, auxiliaries
_NEAR = 40  # characters after a verb in which its object is looked for
_BEFORE = 24  # characters before a noun of moving in which its owner is looked for
_FIGHTING_FORMS = frozenset({Form.GROUP, Form.SERVICE, Form.MISSION, Form.DEMONYM, Form.NAME, Form.CAPITAL})
_NOUN_KINDS = frozenset({Kind.WITHDRAW, Kind.DEPLOY, Kind.PRESENT, Kind.EXERCISE})
_CRAFT = frozenset({"ship", "submarine"})
_ELSEWHERE = frozenset({"of", "by", "for", "with"})
_POSSESSIVES = ("'s", "’s", "' ", "’ ")
_LEADING = words("to") | words("close")
_BANDS = frozenset({Form.GROUP, Form.MISSION})
_BEING = re.compile(
    r"\s+(?:(?:may|might|could|will|would|must)\s+(?:not\s+|still\s+|also\s+)?be|is|are|was|were|ha(?:s|ve) been)\s+"
    r"(?:(?:believed|thought|said|reported|known|understood|estimated)\s+to\s+be\s+)?"
    r"(?:(?:still|not|no longer|now|also|already|again)\s+){0,2}(?:in|inside|near|at|around|across)\b"
)
_BETWEEN_STRANGERS = frozenset(
    {"a", "an", "the", "its", "their", "his", "her", "this", "these", "those", "say", "believe", "think"}
)
"""Words that part an actor from a force that is not its own, beside the function words: "UN experts say 3,000 men"."""
_IS = frozenset({"is", "are", "was", "were"})
_LEAVES = frozenset({Kind.WITHDRAW, Kind.EXERCISE})  # what a capital does in its country's stead
_SUFFERED = frozenset({Kind.WITHDRAW, Kind.DEPLOY})  # what is done with a group that stands for its force
_FLIGHT = ("flee", "fled")
_PEOPLES = frozenset({"Kurds", "Tuaregs", "Druze"})  # names of peoples that stand for their fighters, too
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s*(?:\w+ly)?\s*$")
_STATIONS = {(Kind.PRESENT, Voice.OBJECT), (Kind.PRESENT, Voice.SUBJECT)}
_PERFECT = re.compile(r"\b(?:has|have|had)\s+(?:\w+ly\s+|also\s+|already\s+|now\s+)?$")
_ASIDE = re.compile(r"\([^()]{0,120}\)|^ of [A-Z]\w+ (?:states|nations|countries)\b")
_ATTENDING = re.compile(rf"\s(?:there\s)?of\s(?:[\w-]+\s){{0,4}}{either('attending')}\b(?!['’])")
_VERBAL = ("to ", "will ", "would ", "and ")  # what shows "pull out" to be no noun
_PERSONAL = re.compile(r"\b(?:his|her|my)\s(?:[a-z-]+\s)?$", re.IGNORECASE)
_AND_OTHER = re.compile(r",? (?:and|or) other (?:[a-z-]+ ){0,2}")
_APPOSITION = re.compile(r",\s*(?:an?|the|its|their)\b[\w\s-]{0,24}$")


def bodies_of(scene: Scene, sentence: Span) -> tuple[Body, ...]:
    """The bodies of ``sentence``, in order."""
    named = within(scene.units, sentence)
    units = without_acronyms(scene, named)
    short = {unit.span for unit in named} - {unit.span for unit in units}
    quantities = within(scene.quantities, sentence)
    actors = tuple(actor for actor in within(scene.actors, sentence) if actor.span not in short)
    triggers = within(scene.triggers, sentence)
    armies = {unit.span: army for unit in units if (army := army_after(scene, unit, actors)) is not None}
    names = [*(unit.span for unit in units), *armies.values()]
    # "held a large military exercise", "force them out"
    names += [trigger.span for trigger in triggers if trigger.form == EXERCISE_HELD or is_driving(trigger.form)]
    forces = [
        without_unit(force, units)
        for force in within(scene.forces, sentence)
        if not any(name.covers(force.span) for name in names) and not owns_a_unit(scene, force, units)
    ]
    found: list[Body] = []
    taken: set[Span] = set()
    drills = fired_in(scene, triggers, forces)
    for force in forces:
        if is_army(scene, force) and any(force.span.end <= drill.start for drill in drills):
            continue
        holds = is_container(scene, force, quantities, forces)
        if holds or _is_seat_of(scene, force, taken, found) or _attends(scene, force):
            continue
        body = counted(scene, force, forces, quantities, taken)
        body = body if body.quantity else counted_after(scene, body, force, triggers, quantities, taken)
        body = _with_unit(scene, body, force, units, taken)
        if body.unit is not None:
            body = _with_army(body, armies)
        for each in sharing_a_seat(scene, body, units):
            taken |= {each.unit.span} if each.unit is not None else set()
            found.append(_with_actor(scene, each, actors))
    for unit in units:
        if unit.span not in taken and not _heads_a_force(unit, forces) and not is_owner(scene, unit, units):
            marks = frozenset({"body=unit", f"unit={unit.sort}"})
            body = Body(unit.span, unit.span, class_of(unit), unit.name, "a named unit", unit=unit, marks=marks)
            body = unit_counted(scene, _with_army(body, armies), quantities, taken)
            found.append(_with_actor(scene, body, actors))
    numbers = bare_numbers(scene, sentence, quantities, actors, taken)
    found.extend(_with_actor(scene, body, actors) for body in numbers)
    found.extend(_moves_as_nouns(scene, triggers, forces, actors))
    for body, near in decided(scene, triggers, actors):
        found.append(_with_actor(scene, body, near))
    craft = [unit.span for unit in units if unit.sort in _CRAFT]
    afoot = tuple(actor for actor in actors if not any(span.covers(actor.span) for span in craft))
    found.extend(_actors_as_forces(scene, afoot, triggers, found))
    return tuple(sorted(found, key=lambda body: body.head.start))


def _is_seat_of(scene: Scene, force: ForceMention, taken: set[Span], before: Sequence[Body]) -> bool:
    """Whether a headquarters follows a unit whose people are named: "500 soldiers of the 1st Division headquarters".

    So also one that a unit without a name has: "the task force with headquarters in Katsina".
    """
    if not is_headquarters(force):
        return False
    last = before[-1] if before else None
    if last is not None and last.asset is Asset.UNIT and KEEPS.fullmatch(scene.text, last.span.end, force.span.start):
        return True
    return any(scene.text[span.end : force.span.start] == " " for span in taken)


def _attends(scene: Scene, force: ForceMention) -> bool:
    """Whether a presence is that of people who attend something: "the presence of ministers from Mali in Paris"."""
    return force.term == "presence" and _ATTENDING.match(scene.text, force.span.end) is not None


def _heads_a_force(unit: UnitMention, forces: Sequence[ForceMention]) -> bool:
    """Whether a unit's name only says whose a force is ("coast guard vessels")."""
    return any(
        unit.span.overlaps(force.span) and force.span.end > unit.span.end and force.asset is not Asset.BASE
        for force in forces
    )


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
        if unit.span in taken or is_owner(scene, unit, units):
            continue
        if body.quantity is None and is_by_another_name(scene, unit, force):
            taken.add(unit.span)
            return replace(body, asset=class_of(unit), unit=unit)
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
            close = close and not commands_from(scene, gap, unit)
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
    inside = [a for a in actors if body.span.overlaps(a.span) and a.compound is None and not _in_name(scene, body, a)]
    if inside:
        nations = [a for a in inside if a.form is not Form.MISSION]
        return _with_listed(scene, replace(body, actor=(nations or inside)[-1]), actors)
    for actor in reversed(actors):
        if actor.span.end <= body.span.start:
            gap = scene.text[actor.span.end : body.span.start]
            pieces = gap.replace("’s", " 's").replace("'s", " 's").split()
            plain = not any(mark in gap for mark in ",;:.()") and (
                words("function_words") | _BETWEEN_STRANGERS
            ).isdisjoint(piece.lower() for piece in pieces)
            hosts = any(piece.lower() in words("hosts") for piece in pieces)
            plain = plain or (bool(_AND_OTHER.fullmatch(gap)) and actor.form in (Form.ADJECTIVE, Form.GROUP))
            plain = plain and not _is_where(scene, actor, gap)
            if len(pieces) <= 4 and plain and not hosts and actor.compound is None:
                return _with_listed(scene, replace(body, actor=actor), actors)
            break
    for actor in actors:
        if actor.span.start >= body.span.end:
            gap = scene.text[body.span.end : actor.span.start]
            pieces = gap.lower().split()
            if 1 <= len(pieces) <= 4 and pieces[0] in words("to_actor") and "," not in gap and not _goes_on(pieces):
                others = listed_after(scene, actor, actors) if pieces[0] in ("from", "of") else ()
                return replace(body, actor=actor, others=others)
            break
    return body


def _is_where(scene: Scene, actor: ActorMention, gap: str) -> bool:
    """Whether a country's name before a force says where something is, not whose it is: "in Mali several hundred men".

    But "to US troops" and "in Iraq's army".
    """
    if gap.startswith(_POSSESSIVES) or actor.span.of(scene.text).isupper() or not stands_for_a_place(scene, actor):
        return False
    return bool(gap.strip()) or scene.text[actor.span.end + 1].isdigit()


def _goes_on(pieces: Sequence[str]) -> bool:
    """Whether the words after a force lead from what it consists of to a place: "a company of marines to Kabul"."""
    return pieces[0] == "of" and not _LEADING.isdisjoint(pieces)


def _in_name(scene: Scene, body: Body, actor: ActorMention) -> bool:
    """Whether a country's name is only part of the unit's: "the African Union mission in Somalia", "USS Georgia".

    So also in "Battle Group Poland".
    """
    if body.unit is None or not body.unit.span.covers(actor.span):
        return False
    named = body.unit.sort in _CRAFT or (body.unit.sort == "task force" and actor.form in (Form.NAME, Form.CAPITAL))
    named = named or (body.unit.iso3 is not None and actor.form is Form.NAME and actor.actor.iso3 != body.unit.iso3)
    return named or stands_for_a_place(scene, actor)


def _with_listed(scene: Scene, body: Body, actors: tuple[ActorMention, ...]) -> Body:
    """``body`` with the actors listed before its own ("Syrian and Russian jets"), but those with a force of their own.

    So in "Kurdish fighters and Turkish soldiers" the soldiers are Turkish alone.
    """
    if body.actor is None:
        return body
    others = listed_before(scene, body.actor, actors)
    own = [at for at, other in enumerate(others, start=1) if _has_force_words(scene, other)]
    return replace(body, others=others[own[-1] :] if own and body.asset_text is not None else others)


def _has_force_words(scene: Scene, actor: ActorMention) -> bool:
    """Whether a group is named by a word for its force ("Kurdish fighters")."""
    return actor.form is Form.GROUP and any(
        force.span.end == actor.span.end for force in within(scene.forces, actor.span)
    )


def _moves_as_nouns(
    scene: Scene, triggers: tuple[Trigger, ...], forces: list[ForceMention], actors: tuple[ActorMention, ...]
) -> Iterator[Body]:
    """Nouns of moving that name no force ("the US withdrawal from Syria"): personnel, with no words for it."""
    for trigger in triggers:
        if not any(s.voice is Voice.NOUN and s.kind in _NOUN_KINDS for s in trigger.senses):
            continue
        if trigger.form == "pull out" and scene.text[max(0, trigger.span.start - 6) : trigger.span.start].endswith(
            _VERBAL
        ):
            continue
        near = any(
            f.span.overlaps(trigger.span)
            or (f.span.start >= trigger.span.end and _moved(scene.between(trigger.span, f.span)))
            or (f.span.end <= trigger.span.start and len(scene.between(f.span, trigger.span).split()) <= 1)
            for f in forces
        )
        if not near and not _PERSONAL.search(scene.text, max(0, trigger.span.start - _BEFORE), trigger.span.start):
            marks = frozenset({"body=move", f"term={trigger.form}"})
            body = Body(trigger.span, trigger.span, Asset.PERSONNEL, None, MOVING, marks=marks)
            yield _with_actor(scene, body, actors)


def _moved(between: str) -> bool:
    """Whether a noun of moving may move the force after it ("withdrawal of its 300"), by the words between."""
    pieces = between.lower().split()
    return len(pieces) <= 6 and (len(pieces) <= 2 or not _ELSEWHERE.isdisjoint(pieces))


def _actors_as_forces(
    scene: Scene, actors: tuple[ActorMention, ...], triggers: tuple[Trigger, ...], bodies: list[Body]
) -> Iterator[Body]:
    """Actors that stand for their forces ("the SDF has pulled back", "Turkey intervened in Syria")."""
    used = {actor.span for body in bodies for actor in (body.actor, *body.others) if actor is not None}
    for actor in actors:
        if actor.span in used or actor.compound is not None:
            continue
        if actor.form is Form.LEADER:
            after = [each for each in triggers if each.span.start >= actor.span.end]
            if after and is_led(after[0], scene.text[actor.span.end : after[0].span.start]):
                yield replace(_standing(actor), rule=LED)
            continue
        if actor.form not in _FIGHTING_FORMS:
            continue
        if stands_for_a_place(scene, actor):
            continue
        if actor.form in _BANDS and _BEING.match(scene.text, actor.span.end):
            yield _with_listed(scene, _standing(actor), actors)
            continue
        if any(is_driven(scene.text, each.form, each.span, actor.span) for each in triggers if is_driving(each.form)):
            yield _with_listed(scene, _standing(actor), actors)
            continue
        for trigger in triggers:
            if trigger.span.start < actor.span.end:
                continue
            if trigger.span.start - actor.span.end > _FARTHEST:
                break
            gap = OF_ITSELF.sub("", _ASIDE.sub("", scene.text[actor.span.end : trigger.span.start]))
            if not inserted(gap) and (len(gap.split()) > 4 or any(mark in gap for mark in ",;:.")):
                continue
            if _is_told(scene, actor, trigger):
                break  # "Israel wants the UN force to pull back"
            stations = {(s.kind, s.voice) for s in trigger.senses} >= _STATIONS and trigger.kinds() == {Kind.PRESENT}
            if stations and _PERFECT.search(gap):
                break  # "Russia has stationed jets there"
            suffers = _SUFFERED if actor.form not in (Form.NAME, Form.CAPITAL) else frozenset({Kind.WITHDRAW})
            active = trigger.form.partition(" ")[0].endswith("ing")  # "is withdrawing"
            driven = not active and _PASSIVE.search(gap) is not None
            driven = driven and any(s.kind in suffers and s.voice is Voice.OBJECT for s in trigger.senses)
            does = (
                _LEAVES if actor.form is Form.CAPITAL and trigger.form not in words("intervening") else frozenset(Kind)
            )
            acts = any(s.kind in does and s.voice is Voice.SUBJECT for s in trigger.senses)
            people = actor.form is Form.DEMONYM or actor.span.of(scene.text) in _PEOPLES
            if acts and people and trigger.form.startswith(_FLIGHT):
                break  # "the Kurds fleeing Kirkuk": people, not a force
            if driven or (acts and not _takes_a_force(scene, trigger)):
                yield _with_listed(scene, _standing(actor), actors)
                break


def _is_told(scene: Scene, actor: ActorMention, trigger: Trigger) -> bool:
    """Whether somebody else stands between an actor and a verb, who is told to do what it says."""
    between = Span(actor.span.end, trigger.span.start)
    others = [each.span for each in within(scene.actors, between)] + [
        each.span for each in within(scene.units, between)
    ]
    if not others or not scene.text[others[-1].end : trigger.span.start].startswith(" to "):
        return False
    return scene.text[between.start : between.end].split(maxsplit=1)[0] not in words("listing")


def _takes_a_force(scene: Scene, trigger: Trigger) -> bool:
    """Whether a verb has a force for its object ("withdrew its 2,000 soldiers"), so that the subject is none itself."""
    if all(s.voice is not Voice.OBJECT for s in trigger.senses):
        return False
    after = Span(trigger.span.end, trigger.span.end + _NEAR)
    starts = [force.span.start for force in within(scene.forces, after)]
    starts += [number.span.start for number in within(scene.quantities, after)]
    if not starts:
        return False
    gap = scene.text[trigger.span.end : min(starts)].lower()
    return not any(mark in gap for mark in ",;:.") and words("function_words").isdisjoint(gap.split())


def _standing(actor: ActorMention) -> Body:
    marks = frozenset({"body=actor", f"form={actor.form.value}"})
    rule = "an actor that stands for its force"
    return Body(actor.span, actor.span, Asset.PERSONNEL, None, rule, actor=actor, marks=marks)
