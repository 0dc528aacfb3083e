"""Kinds: what kind of claim a force and its verb make, and where it is then."""

from __future__ import annotations

import re
from dataclasses import dataclass

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.enumerations import phrase_of
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.named import HEADQUARTERS
from garrison.extraction.grammar.pointing import came_from, is_pointed_to, is_there, own_country
from garrison.extraction.grammar.prepositions import prepositions
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.seats import is_anothers_base, named_in_a_list, places_that_are_one, seat_place
from garrison.extraction.grammar.surroundings import country_around
from garrison.extraction.grammar.triggers import Voice
from garrison.extraction.grammar.whereabouts import AROUND, FLIGHT, Located, places_of
from garrison.extraction.grammar.words import words
from garrison.vocabulary import Asset, Kind, Mention, Place, Span

ADDRESSED = "the unit's address"
"""The rule by which a unit is where its address is."""

_RELIEF = words("relieving") | words("relieved_by")

LOOSE = 6.0
"""The fit of a verb below which a unit's address says more."""

_ADDRESS = re.compile(r"^(?:,? ?(?:headquarters|hqs?|barracks|garrison))?(?:,\s+|\s+\(|\s+)(?:the )?$", re.IGNORECASE)
IS_AT = re.compile(
    r"\)?,? (?:(?:is|are|was|were|be|been|have|has|had|will|would|may|not|still|now|already|also|currently|all|both|"
    r"again|presently|temporarily|permanently|mostly) ){1,5}(?:back )?"
    r"(?:in|at|on|near|inside|outside|off|around|across|along|aboard|up at|down in|close to) (?:the |its |their )?"
)
"""What says plainly where a force is, between it and the place: "is still in"."""

_BEING = frozenset({"is", "are", "was", "were", "be", "been"})
_HOME = re.compile(r",?\s+(?:(?:back )?home|out of|back from|out from)\b")
_HOMEWARD = frozenset({Kind.DEPLOY, Kind.RELOCATE, Kind.WITHDRAW})
_HAVING = re.compile(
    r"(?<!\bto\s)\b(?:has|have|had|having|with|keeps?|kept|maintains?|maintained)(?:\s(?:also|now|still|currently|already|"
    r"only|all|its|their|the|an?|some|\w+ly)){0,3}\s$"
)
_THEREAFTER = re.compile(r"\s(?:already\s|now\s|currently\s|permanently\s|also\s|still\s|forward[\s-])?")
_OUT_OF = re.compile(r"\sout\sof\s")
_CRAFT = frozenset({Asset.UAV, Asset.COMBAT_AIRCRAFT, Asset.AIRCRAFT, Asset.HELICOPTER})
_MADE_OF = ("consist", "compris")
_PRESENCE = re.compile(
    r"\b(?:presence|garrison|contingent|detachment)\s(?:(?:in|on|at)\s(?:the\s)?(?:[A-Z][\w’'-]*\s){1,3})?$"
)
_LONGEST_PRESENCE = 60  # characters before such a verb in which its subject stands
_LONGEST_HAVING = 40  # characters before a force in which *has* may stand
_LONGEST_JOINT = 40  # characters between a unit and its address


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of a force: the kind of claim, its places, and the rule behind the kind.

    ``governed`` is the verb that says so, ``None`` where none does; ``block`` how well a reading
    fits that rules a claim out, 0 if there is none.
    """

    kind: Kind
    rule: str
    located: Located
    governed: Governed | None
    block: float


def said_of(
    scene: Scene, sentence: Span, body: Body, governed: Governed | None, block: float, memory: Memory
) -> Said | None:
    """What ``sentence`` says of ``body`` by the verb that governs it; ``None`` where that is no claim."""
    address = address_of(scene, sentence, body)
    seat = seat_place(scene, sentence, body)
    if (address is not None or seat is not None) and governed is not None and governed.fit < LOOSE:
        governed = None
    if address is not None and governed is not None and governed.trigger.form in words("relieved_by"):
        governed = None  # "the suspects were handed over to 42 Engineer Brigade, Akure"
    if governed is not None and governed.trigger.span.end <= body.span.start and _is_at(scene, sentence, body):
        governed = None
    kind, rule = _kind(scene, sentence, body, governed)
    if address is not None and governed is None:
        kind, rule, block = Kind.PRESENT, "a unit with its address", 0.0
    if kind is None:
        around = _among_others(scene, body) if governed is None else None
        if around is None:
            return None
        return Said(Kind.PRESENT, "a state's base", Located((around,), None, AROUND), governed, block)
    if kind is Kind.STRENGTH:
        return Said(kind, rule, Located((), None, ""), governed, block)
    located = places_of(scene, sentence, body, governed, kind, memory)
    if address is not None and (governed is None or (kind is Kind.PRESENT and located.is_borrowed)):
        located = Located((address,), None, ADDRESSED)
    if kind is Kind.PRESENT and governed is not None and governed.trigger.form in words("hosts") and not located.places:
        return None  # "the city is home to a battalion": a city that nobody has named
    if governed is not None and governed.trigger.form in _RELIEF and located.is_borrowed:
        return None  # "the new model replaced the old one"
    left = came_from(scene, sentence, governed) if governed is not None and kind in _HOMEWARD else None
    if left is not None:
        kind, rule = Kind.WITHDRAW, "home after a time there"
        located = Located((left,), None, "the place they came from")
    elif located.rule == FLIGHT:
        kind, rule = Kind.RELOCATE, "away to a named place"
    elif kind is Kind.DEPLOY and located.origin is not None and located.places:
        kind, rule = Kind.RELOCATE, "from one named place to another"
    return Said(kind, rule, located, governed, block)


def home_of(said: Said) -> Place | None:
    """The place of a claim whose country may be the force's own: where it came from, unless it returned."""
    located, governed = said.located, said.governed
    if said.kind is Kind.WITHDRAW and governed is not None and governed.trigger.form in words("homeward"):
        return None  # "the company returned from Kandahar": it was abroad
    origin = located.origin.value if located.origin is not None and said.kind is Kind.RELOCATE else None
    if origin is not None and origin.iso3 and governed is not None:
        returned = governed.trigger.form.startswith(("return", "redeploy", "with", "back", "pull"))
        return located.places[0].value if returned and located.places else origin
    return located.places[0].value if located.places else None


def _kind(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> tuple[Kind | None, str]:
    """The kind of claim, and the rule that says so; none where there is no claim."""
    if body.strong and (governed is None or governed.kind is Kind.STRENGTH) and not is_close(scene, sentence, body):
        return Kind.STRENGTH, "a force so many strong"
    if (body.asset_text or "").lower() == "people" and (governed is None or governed.voice is Voice.SUBJECT):
        return None, ""  # "200,000 people remain in the city"; but "200 people are to be sent to the mission"
    if governed is not None:
        form = governed.trigger.form
        left = governed.kind is Kind.PRESENT and form in words("leaving")
        if left and (body.asset is Asset.BASE or (body.quantity is None and not is_close(scene, sentence, body))):
            return None, ""  # "left the base at Manta"; but "left soldiers in Mali"
        if form in words("flying") and body.asset in _CRAFT and _OUT_OF.match(scene.text, body.span.end):
            return Kind.PRESENT, "flies them from a place"
        if governed.kind is Kind.DEPLOY and _HOME.match(scene.text, body.span.end):
            return Kind.WITHDRAW, "home, out or back, after the force"
        if (
            governed.kind is Kind.PRESENT
            and form in words("having")
            and not is_close(scene, sentence, body)
            and not is_pointed_to(scene, sentence, body, governed)
        ):
            if body.quantity is None:
                return None, ""
            return Kind.STRENGTH, f"“{form}” with no place"
        if (
            governed.kind is Kind.DEPLOY
            and form.split()[0] in words("sent_there")
            and _has_there(scene, body, governed)
        ):
            return Kind.PRESENT, "has them there"
        if governed.kind is Kind.STRENGTH and _is_what_a_presence_is(scene, sentence, governed):
            return Kind.PRESENT, "what a presence consists of"
        numbered = form in words("numbering") or body.strong
        if governed.kind is Kind.STRENGTH and numbered and is_close(scene, sentence, body):
            return Kind.PRESENT, "a number with its place"
        return governed.kind, f"the word “{governed.trigger.span.of(scene.text).strip()}”"
    if is_close(scene, sentence, body) or is_there(scene, body) or own_country(scene, sentence, body) is not None:
        return Kind.PRESENT, "a force named with its place"
    if places_that_are_one(scene, sentence, body):
        return Kind.PRESENT, "a place that is a base"
    return None, ""


def _among_others(scene: Scene, body: Body) -> Mention[Place] | None:
    """The country that the passage is about, where it speaks of another state's bases and not of where they are."""
    return country_around(scene, _own(body)) if is_anothers_base(body) else None


def _own(body: Body) -> frozenset[str]:
    """The states whose a force is by the words beside it."""
    actors = (body.actor, *body.others)
    return frozenset(actor.actor.iso3 for actor in actors if actor is not None and actor.actor.iso3)


def _is_what_a_presence_is(scene: Scene, sentence: Span, governed: Governed) -> bool:
    """Whether a force is what another somewhere consists of: "the British presence in Belize consists of a unit"."""
    at = governed.trigger.span.start
    if not governed.trigger.form.startswith(_MADE_OF):
        return False
    return _PRESENCE.search(scene.text, max(sentence.start, at - _LONGEST_PRESENCE), at) is not None


def _has_there(scene: Scene, body: Body, governed: Governed) -> bool:
    """Whether a force is had where it was sent ("has 300 police deployed to Mali"), and not to be ("to have …")."""
    start = phrase_of(body).start
    return _THEREAFTER.fullmatch(scene.text, phrase_of(body).end, governed.trigger.span.start) is not None and (
        _HAVING.search(scene.text[max(0, start - _LONGEST_HAVING) : start]) is not None
    )


def is_close(scene: Scene, sentence: Span, body: Body) -> bool:
    """Whether a place with its preposition follows the force, or those listed with it, closely."""
    end = max(phrase_of(body).end, body.tail)
    for where in prepositions(scene, sentence):
        if where.mention.span.start >= end and where.preposition in words("close"):
            gap = scene.text[end : where.mention.span.start]
            gap = gap.removeprefix(",") if body.unit is not None else gap
            return len(gap.split()) <= 6 and not any(mark in gap for mark in ",;:")
    return named_in_a_list(scene, sentence, body) is not None


def _is_at(scene: Scene, sentence: Span, body: Body) -> bool:
    """Whether the words after a force say plainly where it is, whatever was said before it: "… its base is in Gao"."""
    end = phrase_of(body).end
    following = within(scene.places, Span(end, sentence.end))
    if not following or IS_AT.fullmatch(scene.text, end, following[0].span.start) is None:
        return False
    return not _BEING.isdisjoint(scene.text[end : following[0].span.start].split())


def address_of(scene: Scene, sentence: Span, body: Body) -> Mention[Place] | None:
    """The place that follows a unit as its address ("33 Artillery Brigade, Bauchi")."""
    if body.unit is None or (body.head.end > body.unit.span.end and HEADQUARTERS not in body.marks):
        return None
    end = min(max(sentence.end, body.span.end), body.span.end + _LONGEST_JOINT)
    following = within(scene.places, Span(body.span.end, end))
    if following and _ADDRESS.match(scene.text[body.span.end : following[0].span.start]):
        return following[0]
    return None
