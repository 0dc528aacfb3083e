"""Marks: what of a reading speaks for or against its being a claim, as names that the weights know."""

from __future__ import annotations

import re

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.enumerations import phrase_of
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.kinds import ADDRESSED, IS_AT, LOOSE
from garrison.extraction.grammar.ownership import Owner
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.seats import SEATED
from garrison.extraction.grammar.whereabouts import Located
from garrison.extraction.grammar.words import words
from garrison.vocabulary import Asset, Claim, Kind

OFFICER = "after an officer's title"
"""The mark of a force that is named in an officer's title, which is no claim (guide)."""

AT_WORK = "a mission at work in its place"
"""The mark of a mission that is said to be at work somewhere: "UNIFIL has operated in the country since 1978"."""

HOLDER = "an exercise with its holder"
"""The mark of an exercise whose words say who holds it or takes part."""

ADDRESS = f"{Kind.PRESENT.value} place: {ADDRESSED}"
"""The mark of a unit that is named with its address."""

AT_ITS_SEAT = "unit at its seat"
"""The mark of a unit of which a verb says where it has its seat: "the Command, stationed in Owerri"."""

AT_HOME = frozenset({ADDRESS, SEATED, AT_ITS_SEAT})
"""The marks of units that the rules place by their address or their seat, whatever else is said of them."""

_OFFICES = (
    *("commander", "commanding", "goc", "general", "gen", "brig", "brigadier", "col", "colonel", "lt", "capt"),
    *("captain", "major", "maj", "spokesman", "officer", "head", "chief", "director", "soldier", "sergeant", "sgt"),
    "coordinator",
)
_OFFICER = re.compile(rf"\b(?:{'|'.join(_OFFICES)})\b[^;.]{{0,24}}$", re.IGNORECASE)


def marks_of(
    scene: Scene,
    body: Body,
    governed: Governed | None,
    claim: Claim,
    owner: Owner,
    located: Located,
    block: float,
) -> frozenset[str]:
    """The marks of a reading.

    Args:
        scene: the passage.
        body: the force.
        governed: the verb that governs it, if one does.
        claim: what is read, whoever the actor and wherever the place.
        owner: whose it is.
        located: its places.
        block: how well a reading fits that rules a claim out; 0 if there is none.
    """
    marks = set(body.marks)
    kind = claim.kind.value
    marks |= {f"kind={kind}", f"status={claim.status.value}", f"asset={claim.asset.value}"}
    marks.add(f"actor: {owner.rule or 'none'}")
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
        if located.places and governed is not None and governed.fit >= LOOSE + 1:
            marks.add("from one place to another, by its verb")
    if governed is None:
        marks.add("no verb")
        if located.places and IS_AT.fullmatch(scene.text, phrase_of(body).end, located.places[0].span.start):
            marks |= {"is at its place", f"is at its place: {claim.asset.value}"}
    else:
        marks |= {f"verb={governed.trigger.form}", f"voice={governed.voice.value}", f"fit={int(governed.fit)}"}
    if claim.kind is Kind.EXERCISE and owner.is_own and governed is not None and governed.fit >= LOOSE:
        marks.add(HOLDER)
    stands = _standing(governed, located)
    if "body=actor" in body.marks:
        marks.add(f"an actor with {stands}: {kind}")
    if "body=unit" in body.marks:
        marks |= _unit_marks(body, governed, owner, stands)
        if body.unit is not None and body.unit.sort == "mission" and _is_at_work(governed, located):
            marks.add(AT_WORK)
    if block > 0:
        marks.add("block: base" if body.asset is Asset.BASE else f"block={int(block)}")
    before = scene.text[max(0, body.span.start - 40) : body.span.start]
    lower = before.lower()
    if (any(office in lower for office in _OFFICES) or not before.isascii()) and _OFFICER.search(before):
        marks.add(OFFICER)
    return frozenset(marks)


def _standing(governed: Governed | None, located: Located) -> str:
    """How a force stands to its verb and its place."""
    verb = "no verb" if governed is None else "its verb" if governed.fit >= LOOSE + 1 else "a verb afar"
    place = "no place" if not located.rule else "a borrowed place" if located.is_borrowed else "its place"
    return f"{verb} and {place}"


def _is_at_work(governed: Governed | None, located: Located) -> bool:
    """Whether the verb says that a mission works where a place is named, or in "the country"."""
    return (
        governed is not None
        and governed.kind is Kind.PRESENT
        and governed.fit >= LOOSE
        and governed.trigger.form in words("at_work")
        and bool(located.places)
        and not located.is_adrift
    )


def _unit_marks(body: Body, governed: Governed | None, owner: Owner, stands: str) -> set[str]:
    """What there is beside a named unit: most that are named do nothing that is a claim."""
    marks = {f"unit with {stands}", f"unit with {'its own' if owner.is_own else 'another'} actor"}
    if body.unit is not None and not body.unit.weak:
        marks.add("unit by number or well known")
    if body.unit is not None and body.unit.sort == "mission":
        marks.add(f"mission with {stands}")
    seated = governed is not None and governed.trigger.form in words("seated")
    if seated and stands == "its verb and its place":
        marks.add(AT_ITS_SEAT)
    return marks
