"""Named units in a sentence: the army named after them, the headquarters that stand for them, and lists of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.words import words
from garrison.naming.actors import ActorMention, Form
from garrison.naming.forces import ForceMention
from garrison.naming.units import UnitMention
from garrison.vocabulary import Asset, Span

HEADQUARTERS = "a unit's headquarters"
"""The mark of a headquarters that stands for its unit."""

_ARMY_JOINT = re.compile(r",?\s(?:of\s|from\s)?(?:the\s)?$")
_ARMIES = (
    *("army", "navy", "air force", "armed forces", "marines", "marine corps", "defence forces", "defense forces"),
    *("airborne forces", "airborne troops", "ground forces", "land forces", "naval infantry", "coast guard"),
)
_POSSESSIVES = frozenset({"'s ", "’s ", "' ", "’ "})
_TO_A_UNIT = re.compile(r"\b(?:to|at)\s(?:the\s)?$")
_BESIDE_A_BASE = re.compile(
    r"\b(?:on|near|outside|inside|beside|behind|opposite|against|around|towards?|in\sfront\sof|close\sto|next\sto)\s"
    r"(?:(?:the|an?|its|their)\s)?(?:[\w’'-]+\s){0,2}$"
)
_LONGEST_BESIDE = 44  # characters before a base in which stands what it is beside
_WITHOUT_A_SEAT = frozenset({"mission", "operation", "ship", "submarine"})
_OWNS = re.compile(r"(?:['’]s?)?\s")
_OF_THE = re.compile(r"(?:['’]s)?\s(?:[a-z]+\s){0,2}$")
_LONGEST_JOINT = 10  # characters between a unit and the army whose it is
LIST_JOINT = re.compile(
    r"(?:,|,? and|,? or|,? as well as|,? together with|,? along with|/)\s(?:also\s)?(?:(?:elements|units|parts) of\s)?"
    r"(?:the\s|its\s|their\s|[A-Z]\w+['’]s\s)?$"
)
_HEADQUARTERS = frozenset({"headquarters", "hq", "headquarter", "command post", "tactical headquarters"})
_SEATS = _HEADQUARTERS | {"barracks", "base", "main base", "home base", "garrison", "camp", "home"}
_DRAWN = re.compile(
    r",?\s?(?:all\s|mostly\s|mainly\s|largely\s|most\sof\sthem\s)?(?:drawn\s|deployed\s|detached\s|taken\s|"
    r"mobilised\s|mobilized\s|provided\s)?(?:from|by)\s(?:the\s)?(?:[A-Z][\w.]*['’]s\s)?"
)
_BASED = re.compile(
    r",?\s(?:(?:which|that)\sis\s)?(?:based|headquartered|stationed|located|garrisoned)\s(?:in|at|on|near)\s"
)
_ALSO_NAMED = re.compile(
    r"\s(?:in|on|at)\s(?:the\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?,\s(?:called\s|named\s|now\s)?the\s"
)
_OWN_SEAT = re.compile(
    r"\s(?:(?:rear|forward|main|home|tactical|training|logistics|operating|command|field|old|new|former|permanent)\s){1,2}"
)
KEEPS = re.compile(
    r",?\s(?:(?:which\s|that\s)?(?:also\s|still\s|now\s)?(?:has|have|had|keeps|kept|maintains|maintained|with)\s"
    r"(?:its|their)|whose|with|at\s(?:its|their))\s(?:[\w-]+\s){0,2}$"
)

_WHOSE = (
    r"\s(?:(?:the|its|their|an?|so-called|code-?named|called|tagged|mission|operation|peacekeeping|multinational|UN|U\.N\.|"
    r"EU|AU|(?:United|African|European)\s(?:Nations|Union)|[A-Z]\w*['’]s?)\s){0,4}[‘'“\"]?$"
)
_PART_OF = re.compile(r"\b(?:under|as\s(?:a\s)?part\sof|within|(?:attached|assigned)\sto)" + _WHOSE)
_ON_DUTY = re.compile(r"\b(?:with|in|for|to|in\ssupport\sof)" + _WHOSE)
_PARTED = re.compile(r"[;:—]|\.\s|\b(?:who|which|that|while|where|after|before|but)\b")
_MISSIONS = frozenset({"mission", "operation", "task force", "force"})


def without_acronyms(scene: Scene, units: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """``units`` without those that only abbreviate the one before: "the Interim Force in Lebanon (UNIFIL)"."""
    short = {
        after.span
        for before, after in pairwise(units)
        if scene.text[before.span.end : after.span.start] == " ("
        and scene.text[after.span.end : after.span.end + 1] == ")"
    }
    return tuple(unit for unit in units if unit.span not in short)


def army_after(scene: Scene, unit: UnitMention, actors: Sequence[ActorMention]) -> Span | None:
    """The army that is named right after a unit ("82 Division of the Nigerian Army", "7 Division, Nigerian Army")."""
    for actor in actors:
        if actor.span.start < unit.span.end:
            continue
        joint = scene.text[unit.span.end : actor.span.start]
        if len(joint) > _LONGEST_JOINT or not _ARMY_JOINT.fullmatch(joint):
            return None
        if actor.form is Form.SERVICE:
            return actor.span
        force = next(iter(within(scene.forces, Span(actor.span.start, actor.span.end + 24))), None)
        if force is not None and _names_army(scene, actor, force):
            return Span(actor.span.start, max(actor.span.end, force.span.end))
        return None
    return None


def _names_army(scene: Scene, actor: ActorMention, force: ForceMention) -> bool:
    """Whether an actor and a force word after it are an army's name, no force of its own ("Iraqi troops")."""
    joint = scene.text[actor.span.end : force.head.start]
    return (force.span.overlaps(actor.span) or not joint.strip() or bool(_OF_THE.fullmatch(joint))) and (
        force.span.of(scene.text).lower().endswith(_ARMIES)
    )


def mission_after(scene: Scene, sentence: Span, body: Body) -> UnitMention | None:
    """The mission or unit that a force serves with, named after the place: "200 police sent to Mali under MINUSMA"."""
    for unit in within(scene.units, Span(body.span.end, sentence.end)):
        gap = scene.text[body.span.end : unit.span.start]
        if _PARTED.search(gap):
            return None
        places = within(scene.places, Span(body.span.end, unit.span.start))
        forces = within(scene.forces, Span(body.span.end, unit.span.start))
        if any(not any(place.span.covers(force.span) for place in places) for force in forces):
            return None
        if commands_from(scene, gap.rstrip(), unit):
            return None
        if _PART_OF.search(gap) or (unit.sort in _MISSIONS and _ON_DUTY.search(gap)):
            return unit
    return None


def as_unit(body: Body) -> Body:
    """The unit that a force belongs to, as a force of its own: of "soldiers of 23 Brigade, Yola" the brigade."""
    unit = body.unit
    if unit is None or unit.span == body.head:
        return body
    span = Span(unit.span.start, max(unit.span.end, body.span.end))
    marks = frozenset({"body=unit", f"unit={unit.sort}"})
    own = replace(body, span=span, head=unit.span, quantity=None, strong=False, marks=marks)
    return replace(own, asset=class_of(unit), asset_text=unit.name, rule="a named unit")


def as_his_unit(body: Body) -> Body:
    """The unit that a single man belongs to, who is none himself: of "a soldier with 7 Division, Yola" the division."""
    if body.unit is None or body.asset is not Asset.PERSONNEL or body.quantity is not None:
        return body
    if (body.asset_text or "").lower() not in words("one_man"):
        return body
    return replace(body, asset=class_of(body.unit), asset_text=body.unit.name)


def is_recipient(scene: Scene, body: Body) -> bool:
    """Whether something goes to a unit, or happens at it or beside a base, so that no verb is about itself.

    So in "sent the notice to the 9th Brigade in Jos", "the course opened at 9 Brigade, Jos" and "landed near the base".
    """
    based = body.asset is Asset.BASE or is_garrison(body)
    if based or HEADQUARTERS in body.marks:
        start = min(body.span.start, body.actor.span.start) if body.actor is not None else body.span.start
        if _BESIDE_A_BASE.search(scene.text, max(0, start - _LONGEST_BESIDE), start):
            return True
    if body.unit is None or body.unit.sort in _WITHOUT_A_SEAT or not (based or body.asset is Asset.UNIT):
        return False
    start = min(body.span.start, body.unit.span.start)
    return _TO_A_UNIT.search(scene.text, max(0, start - _LONGEST_JOINT), start) is not None


def is_garrison(body: Body) -> bool:
    """Whether a force is a garrison that nobody counts."""
    return body.quantity is None and (body.asset_text or "").lower().endswith("garrison")


def is_army(scene: Scene, force: ForceMention) -> bool:
    """Whether a force is named by no more than the army or the service that it is: "the Russian navy"."""
    return force.span.of(scene.text).lower().endswith((*_ARMIES, "military"))


def owns_a_unit(scene: Scene, force: ForceMention, units: Sequence[UnitMention]) -> bool:
    """Whether an army is named only as the owner of the unit after it: "Nigerian Army 145 Battalion"."""
    if not is_army(scene, force):
        return False
    return any(
        unit.span.start > force.span.end and _OWNS.fullmatch(scene.text, force.span.end, unit.span.start)
        for unit in units
    )


def is_owner(scene: Scene, unit: UnitMention, units: Sequence[UnitMention]) -> bool:
    """Whether a unit is named as the owner of the next: "the PLA's 78th Group Army", "the district's 2nd Army"."""
    return any(
        after.span.start > unit.span.end and scene.text[unit.span.end : after.span.start] in _POSSESSIVES
        for after in units
    )


def without_unit(force: ForceMention, units: Sequence[UnitMention]) -> ForceMention:
    """The seat of a unit without the words that end its name: of "1st Armoured Division headquarters" the last."""
    if force.asset not in (Asset.BASE, Asset.UNIT) and force.term != "garrison":
        return force
    for unit in units:
        if unit.span.start <= force.span.start < unit.span.end < force.head.start:
            return replace(force, span=Span(unit.span.end + 1, force.span.end))
    return force


def commands_from(scene: Scene, gap: str, unit: UnitMention) -> bool:
    """Whether a unit after "under" is said to be somewhere itself: "a team of units under 21 Brigade based in Bama"."""
    led = unit.sort not in _WITHOUT_A_SEAT and gap.lower().endswith(("under", "under the"))
    return led and _BASED.match(scene.text, unit.span.end) is not None


def is_by_another_name(scene: Scene, unit: UnitMention, force: ForceMention) -> bool:
    """Whether a unit is the other name of the forces at a place: "French forces on Mayotte, the Détachement de …"."""
    if unit.sort in _WITHOUT_A_SEAT or force.asset is not Asset.PERSONNEL or unit.span.start <= force.span.end:
        return False
    return _ALSO_NAMED.fullmatch(scene.text, force.span.end, unit.span.start) is not None


def draws_from(gap: str) -> bool:
    """Whether the words between people and a unit say that they are of it: "300 airmen, drawn from the 8th Wing"."""
    return _DRAWN.fullmatch(gap) is not None


def is_seat(scene: Scene, unit: UnitMention, force: ForceMention) -> bool:
    """Whether a base is named by the unit before it: "the 14 Battalion rear base"."""
    return force.asset is Asset.BASE and bool(_OWN_SEAT.fullmatch(scene.text, unit.span.end, force.span.start))


def class_of(unit: UnitMention) -> Asset:
    """The class of a unit that is named alone; a numbered base is sent and moved like any formation."""
    return Asset.UNIT if unit.asset is Asset.BASE and unit.number is not None else unit.asset


def is_headquarters(force: ForceMention) -> bool:
    """Whether the words are a headquarters, which stands for its unit (guide, *asset*: a formation named as such)."""
    return force.asset is Asset.BASE and (force.term or "").lower() in _HEADQUARTERS


def keeps_seat(scene: Scene, unit: UnitMention, force: ForceMention) -> bool:
    """Whether a force word is the seat that a unit is said to have: "the 7th Brigade, which has its barracks in …"."""
    gap = scene.text[unit.span.end : force.span.start]
    return force.asset is Asset.BASE and (force.term or "").lower() in _SEATS and bool(KEEPS.fullmatch(gap))


def listed_units(scene: Scene, units: Sequence[UnitMention]) -> Mapping[Span, tuple[UnitMention, ...]]:
    """Per unit that is listed with others ("the 9th and the 11th Brigade"), all of the list; none for those alone."""
    runs: list[list[UnitMention]] = []
    for before, after in pairwise(units):
        if LIST_JOINT.fullmatch(scene.text, before.span.end, after.span.start):
            if runs and runs[-1][-1] is before:
                runs[-1].append(after)
            else:
                runs.append([before, after])
    return {unit.span: tuple(run) for run in runs for unit in run}
