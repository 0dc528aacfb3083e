"""Homes: whether a force with no owner is the army of the country that it is in, or is abroad there."""

from __future__ import annotations

import re

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.triggers import Voice
from garrison.extraction.grammar.words import words
from garrison.naming.countries import country_of
from garrison.naming.units import UnitMention
from garrison.vocabulary import Actor, Place

_HOME_FORCE = re.compile(
    r"\b(?:army|soldiers?|troops|police\w*|officers|battalions?|brigades?|divisions?|regiment|garrison|barracks|navy|"
    r"air force|guards?|reservists|military|forces?|security|personnel|conscripts|cantonment)\b",
    re.IGNORECASE,
)
_FROM_ABROAD = ("multinational", "multi-national", "task force ", "battle group", "battlegroup", "regional command")
"""How the names of formations begin that are sent by several states or to another's country."""
_PLAIN = ("Infantry Division", "Infantry Brigade")
"""How the units of many armies are named, whose numbers alone make them known as one state's."""


def home_of_place(body: Body, place: Place | None) -> Actor | None:
    """The country of the place, for national forces that the text names no owner of."""
    if body.unit is None and not _HOME_FORCE.search(body.asset_text or ""):
        return None
    if body.unit is not None and body.unit.name.lower().startswith(_FROM_ABROAD):
        return None
    iso3 = place.iso3 if place else None
    country = country_of(iso3) if iso3 else None
    return Actor(country.name, country.iso3) if country else None


def is_abroad(body: Body, governed: Governed | None) -> bool:
    """Whether the verb says that a force is not at home: who trains to go there, tours it, or served there with it."""
    form = governed.trigger.form if governed is not None else ""
    numbered = body.unit is not None and body.unit.number is not None
    return form in words("preparing") or form in words("touring") or (not numbered and is_served_with(body, governed))


def is_served_with(body: Body, governed: Governed | None) -> bool:
    """Whether somebody served with the force: "toured Iraq with the regiment"."""
    if governed is None or governed.voice is not Voice.SUBJECT or governed.trigger.form not in words("serving"):
        return False
    return governed.trigger.span.end <= body.head.start


def is_namesake(scene: Scene, unit: UnitMention, governed: Governed | None, place: Place | None) -> bool:
    """Whether a passage that names no American means another army's: "the 4th Infantry Division based in Butuan"."""
    if place is None or (place.iso3 or "").lower() not in words("namesakes") or unit.iso3 != "USA":
        return False
    if not unit.name.endswith(_PLAIN):
        return False
    if governed is None or governed.trigger.form not in ("based", "headquartered"):
        return False
    return all(actor.actor.iso3 != "USA" for actor in (*scene.actors, *scene.title_actors))
