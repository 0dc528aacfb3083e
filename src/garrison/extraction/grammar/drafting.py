"""Drafts: a body with its trigger and arguments as a claim, with the marks by which it is weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from garrison.extraction.attribution import sources_at
from garrison.extraction.grammar.bodies import bodies_of
from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.enumerations import listed_forces, phrase_of
from garrison.extraction.grammar.governing import Governed, blocking, governing, is_parted, predicate, readings_of
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.named import listed_units
from garrison.extraction.grammar.ownership import owner_of
from garrison.extraction.grammar.pointing import came_from, is_pointed_to, is_there
from garrison.extraction.grammar.prepositions import prepositions
from garrison.extraction.grammar.quoting import quote_of
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.timing import when_of
from garrison.extraction.grammar.triggers import Trigger, Voice
from garrison.extraction.grammar.whereabouts import FLIGHT, Located, places_of
from garrison.extraction.grammar.words import words
from garrison.extraction.joint_figures import holds_for_each
from garrison.extraction.periods import parse_period
from garrison.extraction.status import status_at
from garrison.vocabulary import Actor, Asset, Claim, Kind, Measure, Mention, Place, Span, Status

_TO_LEVEL = re.compile(r"\b(?:to|at|only|total of|bringing|leaving|left)\s+$", re.IGNORECASE)
_BEFORE_LEVEL = 16  # characters looked at before a number for "to" and the like
_ADDRESSED = "the unit's address"
OFFICER = "after an officer's title"
"""The mark of a force that is named in an officer's title, which is no claim (guide)."""

ADDRESS = f"{Kind.PRESENT.value} place: {_ADDRESSED}"
"""The mark of a unit that is named with its address."""

_CONDITION = re.compile(r"(?:if|unless|should|were|provided|in case)\b", re.IGNORECASE)
_CONDITION_AFTER = re.compile(r",? (?:if|unless|provided|in case)\b (?!not\b)", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:,? ?(?:headquarters|hqs?|barracks|garrison))?(?:,\s+|\s+\(|\s+)(?:the )?$", re.IGNORECASE)
_HOME = re.compile(r",?\s+(?:(?:back )?home|out of|back from|out from)\b")
_NO = re.compile(r"\bno (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_HOMEWARD = frozenset({Kind.DEPLOY, Kind.RELOCATE, Kind.WITHDRAW})
_BEFORE_NO = 40  # characters
_BEING = re.compile(r"[^.;:,]{0,60}?\b(be)\s(?:[^.;:,\s]+\s){0,5}$")
_IS_AT = re.compile(
    r"\)?,? (?:(?:is|are|was|were|be|been|have|has|had|will|would|may|not|still|now|already|also|currently|all|both|"
    r"again|presently|temporarily|permanently|mostly) ){1,5}(?:back )?"
    r"(?:in|at|on|near|inside|outside|off|around|across|along|aboard|up at|down in|close to) (?:the |its |their )?"
)
_LONGEST_JOINT = 40  # characters between a unit and its address
_LOOSE = 6.0  # the fit of a verb below which a unit's address says more
_OWN = frozenset(
    {"named in the phrase", "the unit's country", "the subject of the verb", "named after *by*", "whose it is by *its*"}
)
_BORROWED = frozenset({"", "a word that points back to the last place", "the place of the claim before"})
_OFFICES = (
    *("commander", "commanding", "goc", "general", "gen", "brig", "brigadier", "col", "colonel", "lt", "capt"),
    *("captain", "major", "maj", "spokesman", "officer", "head", "chief", "director", "soldier", "sergeant", "sgt"),
    "coordinator",
)
_OFFICER = re.compile(rf"\b(?:{'|'.join(_OFFICES)})\b[^;.]{{0,24}}$", re.IGNORECASE)


def drafts_of(scene: Scene, sentence: Span, used: frozenset[Span], memory: Memory) -> tuple[Reasoned, ...]:
    """Every reading of ``sentence`` as a claim, likely or not; ``used`` are numbers that a register has taken."""
    triggers = within(scene.triggers, sentence)
    found: list[Reasoned] = []
    previous: Governed | None = None
    bodies = bodies_of(scene, sentence)
    lists = listed_forces(scene, bodies)
    for body in _joined(scene, bodies, triggers):
        if body.quantity and body.quantity.span in used:
            continue
        readings = readings_of(scene, body, triggers, lists.get(body.head))
        governed = governing(readings)
        if governed is None and previous is not None and _coordinated(scene, previous, body):
            governed = replace(previous, fit=previous.fit - 1)
        if governed is not None:
            previous = governed
        block = blocking(readings)
        said = [governed]
        if governed is not None:
            further = predicate(scene, body, governed, readings)
            passing = Span(sentence.start, governed.trigger.span.start)
            seated = further is None and is_parted(scene, body, governed.trigger) and _is_close(scene, passing, body)
            said += [further] if further is not None else [None] if seated else []
        for each in sorted(said, key=lambda one: one.trigger.span.start if one is not None else 0):
            found.extend(_drafts(scene, sentence, body, each, block, memory))
    return tuple(found)


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
    gap = scene.between(governed.trigger.span, body.span)
    return len(gap.split()) <= 14 and not any(mark in gap for mark in ";:.")


def _drafts(
    scene: Scene, sentence: Span, body: Body, governed: Governed | None, block: float, memory: Memory
) -> list[Reasoned]:
    address = _address(scene, sentence, body)
    if address is not None and governed is not None and governed.fit < _LOOSE:
        governed = None
    kind, rule = _kind(scene, sentence, body, governed)
    if address is not None and governed is None:
        kind, rule, block = Kind.PRESENT, "a unit with its address", 0.0
    if kind is None:
        return []
    located = places_of(scene, sentence, body, governed, kind, memory)
    if address is not None and (governed is None or (kind is Kind.PRESENT and located.rule in _BORROWED)):
        located = Located((address,), None, _ADDRESSED)
    if kind is Kind.STRENGTH:
        located = Located((), None, "")
    if located.origin is not None and located.places and kind is Kind.DEPLOY:
        kind, rule = Kind.RELOCATE, "from one named place to another"
    left = came_from(scene, sentence, governed) if governed is not None and kind in _HOMEWARD else None
    if left is not None:
        kind, rule, located = (
            Kind.WITHDRAW,
            "home after a time there",
            Located((left,), None, "the place they came from"),
        )
    if located.rule == FLIGHT:
        kind, rule = Kind.RELOCATE, "away to a named place"
    place = located.places[0].value if located.places else None
    owner = owner_of(scene, sentence, body, governed, place, memory)
    status = status_at(governed.trigger.span if governed else body.head, scene.statuses)
    if status is Status.FACT and _NO.search(scene.text, max(0, body.span.start - _BEFORE_NO), body.span.start):
        status = status_at(body.head, scene.statuses)
    if governed is None and status is not Status.DENIED:
        # A force that is merely named with its place is there, whatever is planned for it.
        status = _status_of_being(scene, body, located)
    if status is Status.PLANNED and governed is not None and _is_conditional(scene, sentence, governed):
        status = Status.POSSIBLE
    when, when_rule = when_of(scene, sentence, body, governed)
    if when is not None and status is Status.PLANNED:
        when = parse_period(when.text, scene.published, ahead=True) or when
    quote = quote_of(scene, sentence, body, governed, located.places)
    quantity = body.quantity.value if body.quantity else None
    claim = Claim(
        quote=quote.of(scene.text),
        span=quote,
        kind=kind,
        status=status,
        asset=body.asset,
        measure=_measure(scene, body, kind),
        unit=body.unit.name if body.unit else owner.mission,
        asset_text=body.asset_text,
        quantity=quantity,
        origin=located.origin.value if located.origin else None,
        when=when,
        source=sources_at(quote, scene.attributions),
    )
    because = [("kind", rule), ("asset", body.rule)]
    because += [("actor", owner.rule)] if owner.rule else []
    because += [("place", located.rule)] if located.rule else []
    because += [("when", when_rule)] if when else []
    marks = _marks(scene, body, governed, claim, owner.rule, located, block)
    if owner.rule in _OWN:
        memory.actor, memory.mission = owner.actors[-1], owner.mission
    if located.rule and located.rule not in _BORROWED:
        memory.place = located.places[-1]
    over = len(located.places) * max(1, len(owner.actors))
    shared = quantity if over <= 1 or holds_for_each(quote.of(scene.text)) else None
    placed: tuple[Place | None, ...] = tuple(_own(each.value, owner.actors) for each in located.places) or (None,)
    whose: tuple[Actor | None, ...] = owner.actors or (None,)
    each_its_own = len(whose) == len(placed) > 1 and "respectively" in sentence.of(scene.text).lower()
    pairs = zip(whose, placed, strict=True) if each_its_own else product(whose, placed)
    return [
        Reasoned(replace(claim, actor=actor, place=where, quantity=shared), tuple(because), marks)
        for actor, where in pairs
    ]


def _status_of_being(scene: Scene, body: Body, located: Located) -> Status:
    """The status of "be" between a force and its place ("will be in Iraq by May"); fact where it is not said so."""
    if not located.places or located.places[0].span.start < body.span.end:
        return Status.FACT
    said = _BEING.match(scene.text, body.span.end, located.places[0].span.start)
    return status_at(Span(*said.span(1)), scene.statuses) if said else Status.FACT


def _is_conditional(scene: Scene, sentence: Span, governed: Governed) -> bool:
    """Whether what is planned hangs on an if-clause of its sentence ("… will station tanks, if the need arises")."""
    before = scene.text[sentence.start : governed.trigger.span.start]
    after = scene.text[governed.trigger.span.end : sentence.end]
    opens = _CONDITION.match(before.lstrip("“\"'"))
    return bool((opens and "," in before) or _CONDITION_AFTER.search(after))


def _own(place: Place, actors: tuple[Actor, ...]) -> Place:
    """``place`` in the actor's country where the words say that it is its own ("to its southern border")."""
    if actors and actors[0].iso3 and place.name.lower().startswith(("its ", "their ")):
        return replace(place, iso3=actors[0].iso3)
    return place


def _kind(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> tuple[Kind | None, str]:
    if body.strong and (governed is None or governed.kind is Kind.STRENGTH) and not _is_close(scene, sentence, body):
        return Kind.STRENGTH, "a force so many strong"
    if (body.asset_text or "").lower() == "people" and (governed is None or governed.voice is Voice.SUBJECT):
        return None, ""  # "200,000 people remain in the city"; but "200 people are to be sent to the mission"
    if governed is not None:
        form = governed.trigger.form
        left = governed.kind is Kind.PRESENT and form in words("leaving") and body.quantity is None
        if left and (body.asset is Asset.BASE or not _is_close(scene, sentence, body)):
            return None, ""  # "left the base at Manta"; but "left soldiers in Mali"
        if governed.kind is Kind.DEPLOY and _HOME.match(scene.text, body.span.end):
            return Kind.WITHDRAW, "home, out or back, after the force"
        if (
            governed.kind is Kind.PRESENT
            and form in words("having")
            and not _is_close(scene, sentence, body)
            and not is_pointed_to(scene, sentence, body, governed)
        ):
            if body.quantity is None:
                return None, ""
            return Kind.STRENGTH, f"“{form}” with no place"
        numbered = form in words("numbering") or body.strong
        if governed.kind is Kind.STRENGTH and numbered and _is_close(scene, sentence, body):
            return Kind.PRESENT, "a number with its place"
        return governed.kind, f"the word “{governed.trigger.span.of(scene.text).strip()}”"
    if _is_close(scene, sentence, body) or is_there(scene, body):
        return Kind.PRESENT, "a force named with its place"
    return None, ""


def _is_close(scene: Scene, sentence: Span, body: Body) -> bool:
    """Whether a place with its preposition follows the force closely."""
    end = phrase_of(body).end
    for where in prepositions(scene, sentence):
        if where.mention.span.start >= end and where.preposition in words("close"):
            gap = scene.text[end : where.mention.span.start]
            gap = gap.removeprefix(",") if body.unit is not None else gap
            return len(gap.split()) <= 6 and not any(mark in gap for mark in ",;:")
    return False


def _address(scene: Scene, sentence: Span, body: Body) -> Mention[Place] | None:
    """The place that follows a unit as its address ("33 Artillery Brigade, Bauchi")."""
    if body.unit is None or body.head.end > body.unit.span.end:
        return None
    end = min(max(sentence.end, body.span.end), body.span.end + _LONGEST_JOINT)
    following = within(scene.places, Span(body.span.end, end))
    if following and _ADDRESS.match(scene.text[body.span.end : following[0].span.start]):
        return following[0]
    return None


def _measure(scene: Scene, body: Body, kind: Kind) -> Measure:
    if kind in (Kind.PRESENT, Kind.STRENGTH, Kind.EXERCISE):
        return Measure.LEVEL
    if body.quantity is not None:
        start = body.quantity.span.start
        if _TO_LEVEL.search(scene.text[max(0, start - _BEFORE_LEVEL) : start]):
            return Measure.LEVEL
    return Measure.CHANGE


def _marks(
    scene: Scene,
    body: Body,
    governed: Governed | None,
    claim: Claim,
    actor_rule: str,
    located: Located,
    block: float,
) -> frozenset[str]:
    marks = set(body.marks)
    kind = claim.kind.value
    marks |= {f"kind={kind}", f"status={claim.status.value}", f"asset={claim.asset.value}"}
    marks.add(f"actor: {actor_rule or 'none'}")
    marks.add(f"{kind} place: {located.rule or 'none'}")
    marks.add(f"{kind} {'with' if claim.quantity else 'without'} number")
    if claim.quantity:
        marks.add(f"number {'with' if located.places else 'without'} place")
        marks.add(f"hedge={claim.quantity.hedge.value}")
    if claim.unit:
        marks.add(f"{kind} with unit")
    if claim.when:
        marks.add("with time")
    if claim.source:
        marks.add("with source")
    if located.origin:
        marks.add("with origin")
        if located.places and governed is not None and governed.fit >= _LOOSE + 1:
            marks.add("from one place to another, by its verb")
    if governed is None:
        marks.add("no verb")
        if located.places and _IS_AT.fullmatch(scene.text, phrase_of(body).end, located.places[0].span.start):
            marks |= {"is at its place", f"is at its place: {claim.asset.value}"}
    else:
        marks |= {f"verb={governed.trigger.form}", f"voice={governed.voice.value}", f"fit={int(governed.fit)}"}
    if "body=unit" in body.marks:
        marks |= _unit_marks(body, governed, located, actor_rule)
    if block > 0:
        marks.add("block: base" if body.asset is Asset.BASE else f"block={int(block)}")
    before = scene.text[max(0, body.span.start - 40) : body.span.start]
    lower = before.lower()
    if (any(office in lower for office in _OFFICES) or not before.isascii()) and _OFFICER.search(before):
        marks.add(OFFICER)
    return frozenset(marks)


def _unit_marks(body: Body, governed: Governed | None, located: Located, actor_rule: str) -> set[str]:
    """How a named unit stands to its verb and its place: most that are named do nothing that is a claim."""
    verb = "no verb" if governed is None else "its verb" if governed.fit >= _LOOSE + 1 else "a verb afar"
    place = "no place" if not located.rule else "a borrowed place" if located.rule in _BORROWED else "its place"
    marks = {f"unit with {verb} and {place}", f"unit with {'its own' if actor_rule in _OWN else 'another'} actor"}
    if body.unit is not None and not body.unit.weak:
        marks.add("unit by number or well known")
    seated = governed is not None and governed.trigger.form in words("seated")
    if seated and verb == "its verb" and place == "its place":
        marks.add("unit at its seat")
    return marks


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
