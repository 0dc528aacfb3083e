"""Seats: bases, headquarters and garrisons that a noun phrase names with their place, whatever verb follows.

"Drones hit the headquarters of the 4th Brigade in Tuluá": the verb is not about the brigade, but the phrase says where
it has its seat, which is then a facility (guide, *asset*); a headquarters that moves stands for its unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.enumerations import phrase_of
from garrison.extraction.grammar.named import HEADQUARTERS, KEEPS, LIST_JOINT, is_garrison
from garrison.extraction.grammar.place_lists import listed_up_to
from garrison.extraction.grammar.prepositions import prepositions
from garrison.extraction.grammar.scene import Scene, within
from garrison.naming.actors import Form
from garrison.naming.units import UnitMention
from garrison.vocabulary import Asset, Mention, Place, PlaceKind, Span

SEATED = "a unit's seat with its place"
"""The mark of a unit whose base, headquarters or garrison is named with its place."""

_AT = re.compile(
    r"(?:\s\([^()]{1,40}\))?(?:,?\s(?:(?:which|that)\s(?:is|was)\s)?(?:based|located|situated|sited|stationed))?"
    r",?\s(?:in|at|on|near|outside|inside)\s(?:the\s)?(?:[a-z]+\s(?:[a-z]+\s)?of\s)?"
)
_LONGEST_JOINT = 70  # characters between a seat and its place
_USED_AS = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|serv(?:e|es|ed|ing)|turn(?:s|ed|ing)?|convert(?:s|ed|ing)?|transform(?:s|ed|ing)?|"
    r"function(?:s|ed|ing)?|requisition(?:s|ed|ing)?|tak(?:e|es|en|ing)\sover|took\sover)\b[^.;:]{0,70}?\s(?:as|into)\s"
    r"(?:an?|its|their|the|one\sof\s(?:its|their|the))\s(?:[\w-]+\s){0,3}$"
)
_BASES = ("base", "bases", "airfield", "airfields")
_LONGEST_USE = 130  # characters before a base in which its place is put to use
_IS_ONE = re.compile(
    r"\s(?:is|was|were|are|remains?|remained|became|has\sbecome|had\sbecome|has\sbeen|had\sbeen)\s"
    r"(?:(?:still|once|long|also|now|then|already)\s)?(?:an?|the|its|their|one\sof\s(?:its|their|the))\s(?:[\w’'-]+\s){0,4}$"
)
_ARE_SOME = re.compile(
    r"\s(?:are|were|remain(?:ed)?|became)\s(?:(?:still|once|long|also|now|then|both|all)\s)*(?:[a-z-]+\s){0,2}"
)
_LISTS = re.compile(r"\s?(?:,|:|\(|–|—|-)\s?(?:namely\s|mainly\s|notably\s|including\s)?(?:in\s|at\s)?(?:the\s)?")


def seat_place(scene: Scene, sentence: Span, body: Body) -> Mention[Place] | None:
    """The place that the seat of a unit is named with ("the 7th Brigade post located in Oumé"); else none."""
    if body.unit is None or body.quantity is not None or not _is_seat(body) or _keeps(scene, body):
        return None
    return _place_after(scene, sentence, body.span.end)


def _keeps(scene: Scene, body: Body) -> bool:
    """Whether a unit is said to have the seat, and is meant: "the 7th Brigade, which has its base in Oumé"."""
    unit = body.unit
    return unit is not None and KEEPS.fullmatch(scene.text, unit.span.end, body.head.start) is not None


def _is_seat(body: Body) -> bool:
    return body.asset is Asset.BASE or HEADQUARTERS in body.marks or is_garrison(body)


def _place_after(scene: Scene, sentence: Span, end: int) -> Mention[Place] | None:
    following = within(scene.places, Span(end, min(sentence.end, end + _LONGEST_JOINT)))
    return following[0] if following and _AT.fullmatch(scene.text, end, following[0].span.start) else None


def as_facility(body: Body, *, seated: bool) -> Body:
    """``body`` as the base that it is where it is only named with its place, marked as ``seated`` if it is a unit's."""
    return replace(body, asset=Asset.BASE, marks=body.marks | {SEATED} if seated else body.marks)


def sharing_a_seat(scene: Scene, body: Body, units: Sequence[UnitMention]) -> tuple[Body, ...]:
    """A seat for each of the units that are named after it: "the garrisons of the 5th Brigade and the Border Guard"."""
    if body.unit is None or body.unit.span.start < body.head.end or not _is_seat(body):
        return (body,)
    run = [body.unit]
    for unit in units:
        if unit.span.start >= run[-1].span.end:
            if not LIST_JOINT.fullmatch(scene.text, run[-1].span.end, unit.span.start):
                break
            run.append(unit)
    span = Span(body.span.start, max(body.span.end, run[-1].span.end))
    return tuple(replace(body, span=span, unit=unit) for unit in run)


def places_that_are_one(scene: Scene, sentence: Span, body: Body) -> tuple[Mention[Place], ...]:
    """The places that are used as a base, or said to be one.

    So in "used the school in Bouna as a camp", "Kidal is a base" and "Bama and Gwoza were strongholds of the group".
    """
    if body.asset is not Asset.BASE or body.quantity is not None:
        return ()
    start = phrase_of(body).start
    before = within(scene.places, Span(sentence.start, start))
    if not before:
        return ()
    if len(before) > 1 and _ARE_SOME.fullmatch(scene.text, before[-1].span.end, start):
        options = [where for where in prepositions(scene, sentence) if where.mention in before]
        listed = listed_up_to(scene, options) if options and options[-1].mention == before[-1] else ()
        return listed if len(listed) > 1 else ()
    said = _IS_ONE.fullmatch(scene.text, before[-1].span.end, start) is not None
    said = said or _USED_AS.search(scene.text, max(sentence.start, start - _LONGEST_USE), start) is not None
    return (before[-1],) if said else ()


def is_anothers_base(body: Body) -> bool:
    """Whether bases are named by their state and nothing else: "missiles were aimed at Iranian bases"."""
    if body.asset is not Asset.BASE or body.quantity is not None or body.actor is None:
        return False
    actor = body.actor
    by_name = actor.form is Form.ADJECTIVE or (actor.form is Form.NAME and actor.span.end < body.head.start)
    return by_name and actor.actor.iso3 is not None and (body.asset_text or "").lower().endswith(_BASES)


def named_in_a_list(scene: Scene, sentence: Span, body: Body) -> Mention[Place] | None:
    """The first of the places that are listed as the bases before them: "three camps, Tessalit, Kidal and Gao"."""
    if body.asset is not Asset.BASE or not (body.asset_text or "").endswith("s"):
        return None
    end = phrase_of(body).end
    following = within(scene.places, Span(end, sentence.end))[:2]
    if len(following) < 2 or not _LISTS.fullmatch(scene.text, end, following[0].span.start):
        return None
    joint = scene.text[following[0].span.end : following[1].span.start].strip()
    listed = joint in {",", "and", ", and", "or"} and following[0].value.kind is not PlaceKind.COUNTRY
    within_it = following[1].value.kind is PlaceKind.COUNTRY and following[0].value.iso3 == following[1].value.iso3
    return following[0] if listed and not within_it else None
