"""Drafts: what a sentence says of each of its forces, as claims with the marks by which they are weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from garrison.extraction.attribution import sources_at
from garrison.extraction.grammar.bodies import bodies_of
from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.clauses import is_aside
from garrison.extraction.grammar.decisions import DECIDED, LED
from garrison.extraction.grammar.enumerations import listed_forces, phrase_of
from garrison.extraction.grammar.exempt import is_doer, is_exempt
from garrison.extraction.grammar.exercise_words import only_meets, takes_part
from garrison.extraction.grammar.exercises import is_exercise, of_exercise, without_bare
from garrison.extraction.grammar.governing import (
    Governed,
    blocking,
    carries,
    governing,
    is_parted,
    moving,
    predicate,
    readings_of,
)
from garrison.extraction.grammar.kinds import ADDRESSED, address_of, home_of, is_close, said_of
from garrison.extraction.grammar.marking import marks_of
from garrison.extraction.grammar.memory import Memory, Spoken
from garrison.extraction.grammar.named import (
    HEADQUARTERS,
    as_his_unit,
    as_unit,
    is_garrison,
    is_recipient,
    listed_units,
    mission_after,
)
from garrison.extraction.grammar.ownership import owner_of
from garrison.extraction.grammar.pronouns import is_pronoun, pointed_back, spoken_of
from garrison.extraction.grammar.quoting import quote_of
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.seats import as_facility, seat_place
from garrison.extraction.grammar.senders import unit_that_sends
from garrison.extraction.grammar.standing import standing_of
from garrison.extraction.grammar.surroundings import country_around
from garrison.extraction.grammar.timing import when_of
from garrison.extraction.grammar.triggers import Trigger, Voice
from garrison.extraction.grammar.whereabouts import HOSTED, RIGHT_AFTER, Located
from garrison.extraction.grammar.words import words
from garrison.extraction.joint_figures import holds_for_each
from garrison.extraction.periods import parse_period
from garrison.vocabulary import Actor, Asset, Claim, Kind, Measure, Place, Span, Status

_TO_LEVEL = re.compile(r"\b(?:to|at|only|total of|bringing|leaving|left)\s+$", re.IGNORECASE)
_SPOKEN_OF = frozenset({Kind.WITHDRAW, Kind.PRESENT})
"""What is said of a force with no place, where the passage is about a country: "the withdrawal of the troops"."""
_STAYING = ("stay", "remain")
_STATIONED = ("stationed", "based", "deployed", "garrisoned")
_BEFORE_LEVEL = 16  # characters looked at before a number for "to" and the like


def drafts_of(scene: Scene, sentence: Span, used: frozenset[Span], memory: Memory) -> tuple[Reasoned, ...]:
    """Every reading of ``sentence`` as a claim, likely or not; ``used`` are numbers that a register has taken."""
    triggers = within(scene.triggers, sentence)
    found: list[Reasoned] = []
    previous: Governed | None = None
    bodies = bodies_of(scene, sentence)
    lists = listed_forces(scene, bodies)
    bodies = (*pointed_back(scene, sentence, triggers, memory), *_with_tails(bodies, lists))
    spoken: list[Spoken] = []
    for body in _joined(scene, bodies, triggers):
        people = body.asset is Asset.PERSONNEL and body.asset_text is not None  # "the drills were held in June"
        if (body.quantity and body.quantity.span in used) or (people and is_exempt(scene, body.head)):
            continue
        readings = readings_of(scene, body, triggers, lists.get(body.head))
        readings = of_exercise(readings) if is_exercise(scene, body) else readings
        governed = governing(readings)
        alone = governed is None and previous is not None and not is_recipient(scene, body)
        if alone and previous is not None and _coordinated(scene, previous, body):
            governed = replace(previous, fit=previous.fit - 1)
        if governed is not None:
            previous = governed
        elif people and is_doer(scene, body.head):
            continue
        if governed is not None and "body=unit" in body.marks and body.head.covers(governed.trigger.span):
            continue  # NATO's "enhanced forward presence": the noun makes the claim, under that name
        block = blocking(readings)
        said = [governed]
        if governed is not None:
            further = predicate(scene, body, governed, readings)
            passing = Span(sentence.start, governed.trigger.span.start)
            seated = further is None and is_parted(scene, body, governed.trigger) and is_close(scene, passing, body)
            said += [further] if further is not None else [None] if seated else []
            moved = moving(scene, body, governed, readings)
            if moved is not None:
                said = [moved, governed] if governed.trigger.form.startswith(_STATIONED) else [moved]
            if governed.kind is not Kind.PRESENT and None not in said and address_of(scene, passing, body) is not None:
                found.extend(_drafts(scene, sentence, as_unit(body), None, 0.0, memory))
        for each in sorted(said, key=lambda one: one.trigger.span.start if one is not None else 0):
            drafts = _drafts(scene, sentence, body, each, block, memory)
            if drafts:
                spoken.append(spoken_of(body, drafts))
            found.extend(drafts)
    told = [each.body for each in spoken]
    spoken += [spoken_of(body, ()) for body in bodies if body.asset_text is not None and body not in told]
    if spoken:
        memory.spoken, memory.sentence = tuple(spoken), sentence
    return without_bare(found)


def _with_tails(bodies: tuple[Body, ...], lists: Mapping[Span, Span]) -> tuple[Body, ...]:
    """The bodies, those that are listed with where the last of their list ends."""
    if not lists:
        return bodies
    tails: dict[Span, int] = {}
    for body in bodies:
        if body.head in lists:
            tails[lists[body.head]] = max(tails.get(lists[body.head], 0), phrase_of(body).end)
    return tuple(replace(body, tail=tails[lists[body.head]]) if body.head in lists else body for body in bodies)


def _joined(scene: Scene, bodies: Sequence[Body], triggers: Sequence[Trigger]) -> list[Body]:
    """The bodies, listed units each in the place of the one that stands nearest to the verb or to the place."""
    named = [body for body in bodies if body.unit is not None and "body=unit" in body.marks and body.quantity is None]
    lists = listed_units(scene, [body.unit for body in named if body.unit is not None])
    found: list[Body] = []
    for body in bodies:
        run = lists.get(body.head, ()) if body.unit is not None else ()
        members = [each for each in named if each.unit in run]
        if body not in members:
            found.append(body)
            continue
        best = governing([reading for each in members for reading in readings_of(scene, each, triggers)])
        ahead = best is not None and best.trigger.span.end <= members[0].head.start
        lead = members[0] if ahead else members[-1]
        actor = body.actor or members[0].actor or lead.actor
        span = Span(min(body.span.start, lead.span.start), max(body.span.end, lead.span.end))
        own = replace(lead, unit=body.unit, asset=body.asset, asset_text=body.asset_text, marks=body.marks)
        found.append(replace(own, span=span, actor=actor))
    return found


def _coordinated(scene: Scene, governed: Governed, body: Body) -> bool:
    """Whether ``body`` is listed with the force before it, under the same verb ("6,000 men and 100 tanks")."""
    if body.asset is Asset.BASE and carries(governed.trigger):
        return False
    gap = scene.between(governed.trigger.span, body.span)
    if is_aside(governed.trigger, scene.between(governed.trigger.span, body.head)):
        return False
    exercise, apart = governed.kind is Kind.EXERCISE, governed.voice is Voice.NOUN
    if exercise and (only_meets(gap) or (apart and not takes_part(gap, ahead=False))):
        return False
    return len(gap.split()) <= 14 and not any(mark in gap for mark in ";:.")


def _drafts(
    scene: Scene, sentence: Span, body: Body, governed: Governed | None, block: float, memory: Memory
) -> list[Reasoned]:
    """What a verb, or none, says of ``body``: a reading for each of its owners and places."""
    said = said_of(scene, sentence, body, governed, block, memory)
    if said is None:
        return []
    governed, located = said.governed, said.located
    if said.kind is Kind.PRESENT and located.rule == ADDRESSED:
        body = as_his_unit(body)
    if said.kind is Kind.PRESENT and located.places:
        seated = seat_place(scene, sentence, body) == located.places[0] and _says_where(governed)
        hosted = HEADQUARTERS in body.marks and located.rule == HOSTED  # "the island hosts the command's headquarters"
        if seated or hosted or (is_garrison(body) and located.rule == RIGHT_AFTER):
            body = as_facility(body, seated=seated)
    stays = governed is not None and governed.trigger.form.startswith(_STAYING) and len(body.span) > len("it")
    if is_pronoun(body) and said.kind is not Kind.WITHDRAW and located.is_adrift and not (stays and located.places):
        return []  # "They arrived": somewhere, but what that is a claim of is not said
    owner = owner_of(scene, sentence, body, governed, home_of(said), memory)
    if not located.places and owner.actors and said.kind in _SPOKEN_OF:
        around = country_around(scene, {actor.iso3 for actor in owner.actors if actor.iso3})
        if around is not None:
            located = located.remembering(around)
    if body.rule in (DECIDED, LED) and not _is_abroad(owner.actors, located, body):
        return []
    status = standing_of(scene, sentence, body, governed, located)
    when, when_rule = when_of(scene, sentence, body, governed)
    if when is not None and status is Status.PLANNED:
        when = parse_period(when.text, scene.published, ahead=True) or when
    quote = quote_of(scene, sentence, body, governed, located.places)
    unit = body.unit or mission_after(scene, sentence, body) or unit_that_sends(scene, sentence, body, governed)
    claim = Claim(
        quote=quote.of(scene.text),
        span=quote,
        kind=said.kind,
        status=status,
        asset=body.asset,
        measure=_measure(scene, body, said.kind),
        unit=unit.name if unit else owner.mission,
        asset_text=body.asset_text,
        quantity=body.quantity.value if body.quantity else None,
        origin=located.origin.value if located.origin else None,
        when=when,
        source=sources_at(quote, scene.attributions),
    )
    rules = {"kind": said.rule, "asset": body.rule, "actor": owner.rule, "place": located.rule, "when": when_rule}
    because = tuple((name, rule) for name, rule in rules.items() if rule or name in ("kind", "asset"))
    marks = marks_of(scene, body, governed, claim, owner, located, said.block)
    if owner.is_own:
        memory.actor, memory.mission = owner.actors[-1], owner.mission
        if said.kind is Kind.EXERCISE:
            memory.parties = owner.actors
    if not located.is_borrowed:
        memory.place = located.places[-1]
    each_its_own = "respectively" in sentence.of(scene.text).lower()
    shares = _shared_out(claim, owner.actors, located, each_its_own=each_its_own)
    return [Reasoned(each, because, marks) for each in shares]


def _is_abroad(actors: tuple[Actor, ...], located: Located, body: Body) -> bool:
    """Whether a force that nobody names is somebody's, and somewhere else than at home."""
    if not actors or not located.places or (body.rule == LED and located.is_borrowed):
        return False
    iso3 = located.places[0].value.iso3
    return iso3 is None or all(actor.iso3 != iso3 for actor in actors)


def _says_where(governed: Governed | None) -> bool:
    """Whether a seat is only named with its place, or said to lie there, and not said to be had or kept."""
    return governed is None or governed.trigger.form in words("seated")


def _shared_out(claim: Claim, actors: tuple[Actor, ...], located: Located, *, each_its_own: bool) -> Iterator[Claim]:
    """``claim`` for each of its actors and places, or for each actor the one place that is its own.

    A number of several is nobody's alone, unless the words say so.
    """
    placed: tuple[Place | None, ...] = tuple(_own(each.value, actors) for each in located.places) or (None,)
    whose: tuple[Actor | None, ...] = actors or (None,)
    alone = len(placed) * len(whose) == 1 or holds_for_each(claim.quote)
    paired = each_its_own and len(whose) == len(placed) > 1
    for actor, where in zip(whose, placed, strict=True) if paired else product(whose, placed):
        yield replace(claim, actor=actor, place=where, quantity=claim.quantity if alone else None)


def _own(place: Place, actors: tuple[Actor, ...]) -> Place:
    """``place`` in the actor's country where the words say that it is its own ("to its southern border")."""
    if actors and actors[0].iso3 and place.name.lower().startswith(("its ", "their ")):
        return replace(place, iso3=actors[0].iso3)
    return place


def _measure(scene: Scene, body: Body, kind: Kind) -> Measure:
    if kind in (Kind.PRESENT, Kind.STRENGTH, Kind.EXERCISE):
        return Measure.LEVEL
    if body.quantity is not None:
        start = body.quantity.span.start
        if _TO_LEVEL.search(scene.text[max(0, start - _BEFORE_LEVEL) : start]):
            return Measure.LEVEL
    return Measure.CHANGE


def claims_kept(drafts: Sequence[Reasoned]) -> tuple[Reasoned, ...]:
    """The drafts without those that say again what an earlier one said (guide, *What is a claim*)."""
    kept: dict[tuple[object, ...], Reasoned] = {}
    for draft in sorted(drafts, key=lambda d: -(d.claim.confidence or 0.0)):
        claim = draft.claim
        bounds = claim.quantity and (claim.quantity.low, claim.quantity.high)
        place = claim.place and claim.place.name
        noun = (claim.asset_text or "").casefold() if claim.kind is Kind.STRENGTH else ""
        key = (claim.kind, claim.asset, claim.actor, claim.unit, place, bounds, noun)
        kept.setdefault(key, draft)
    return tuple(sorted(kept.values(), key=lambda d: d.claim.span or Span(0, 0)))
