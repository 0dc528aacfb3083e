"""Pointing: places that a force is tied to by other words than a preposition.

A relative clause ("which has", "where"), a word that points back ("their country"), a request ("Poland wants …"), the
way home ("back after a year in Iraq"), or the name of a mission.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.enumerations import phrase_of
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.prepositions import JOIN, prepositions, qualifies
from garrison.extraction.grammar.scene import Scene, stands_for_a_place, within
from garrison.extraction.grammar.triggers import Voice
from garrison.extraction.grammar.words import either, words
from garrison.naming.actors import Form
from garrison.naming.countries import country_of
from garrison.naming.place_context import homes_of
from garrison.naming.place_owners import country_place
from garrison.vocabulary import Asset, Mention, Place, PlaceKind, Span

_NEAREST = 8  # places looked back at
_WHICH = re.compile(r",? (?:which|that)(?: also| still| now)? ")
_ALSO = re.compile(r"\s(?:(?:also|still|now|already|itself|alone)\s)?")
_OPENS = re.compile(r"(?:[“\"'‘]?(?:The|But|And)\s|(?:the\s)?[Ii]sland\sof\s|[Tt]he\stown\sof\s)?")
_ASKING = re.compile(rf"\b{either('asking')}\b")
_HAVING = re.compile(
    r",?(?:’s|'s)?\s(?:(?:government|leaders|officials|have|has|had|also|both|all|long|repeatedly|now|been|is|are)\s)*"
)
_WHERE = re.compile(r",?\s(?:where|in\swhich|to\swhich|at\swhich)\s")
_THERE = re.compile(
    r"(?:\s(?:who|which|that))?(?:\s(?:is|are|was|were))?(?:\s(?:still|now|already|currently|also|all|reportedly))*"
    rf"\s(?:there|here|(?:in|inside)\sthe\s{either('areas')})\b(?!\s(?:is|are|was|were)\b)"
)
_CLOSING = re.compile(r"[,;:–—](?!\d)")
_HOMEWARD = re.compile(r"\b(?:home|back|return(?:s|ed|ing)?)\b")
_AFTER_TIME = re.compile(
    r"\b(?:after|following)\s(?:(?:spending|serving)\s)?(?:an?\s|its\s|their\s|the\s|more\sthan\s|nearly\s|almost\s|about\s)*"
    r"(?:[\w-]+[\s-])?(?:days?|weeks?|months?|years?|yearlong|months?[-\s]long|tour|deployment|rotation|mission|stint)\b"
)
_LIES_IN = re.compile(r",?\s(?:in\s)?(?:the\s)?")
_LEADS = re.compile(
    r"\s(?:(?:tour|deployment|rotation|mission|stint|of\sduty)\s)*(?:in|at|off|with|to|on)\s(?:the\s)?(?:[a-z]+\sof\s)?"
)
_LONGEST_WAY_HOME = 90  # characters from the verb to "after"
_LONGEST_TO_TWO = 60  # characters between a force and the words that point back to two countries
_TWO_COUNTRIES = re.compile(
    r"\b(?:in|to|into|from|across|inside|between|over)\s(?:both(?:\sof\s(?:the|those|these))?|those(?:\stwo)?|these(?:\stwo)?|"
    r"the\stwo|each\sof\sthe\stwo)\scountries\b"
)
_THEIR_COUNTRY = re.compile(
    r"\b(?:in|into|to|from|across|inside|on|off)\s((?:their|his|her|its|our)\s(?:own\s)?(?:country|territory|soil))\b"
)


def host_of(scene: Scene, sentence: Span, body: Body, governed: Governed) -> Mention[Place] | None:
    """The place that a relative clause says to have a force ("Camp Lemonnier, which has a large US presence")."""
    if governed.trigger.form not in words("having") or governed.voice is not Voice.OBJECT:
        return None
    for where in prepositions(scene, sentence):
        place = where.mention
        if where.preposition is None and (
            _has_of_another(scene, place, body, governed) or _has_a_seat(scene, sentence, place, body, governed)
        ):
            return place
        if _WHICH.fullmatch(scene.text, place.span.end, governed.trigger.span.start):
            own = body.actor is None or body.actor.actor.iso3 == place.value.iso3
            return None if own and place.value.kind is PlaceKind.COUNTRY else place
    return None


def _has_of_another(scene: Scene, place: Mention[Place], body: Body, governed: Governed) -> bool:
    """Whether a country has the base of another, which is then in it: "Cyprus has a British base"."""
    if body.asset is not Asset.BASE or body.actor is None or body.actor.actor.iso3 in (None, place.value.iso3):
        return False
    return (
        place.value.kind is PlaceKind.COUNTRY
        and _ALSO.fullmatch(scene.text, place.span.end, governed.trigger.span.start) is not None
    )


def _has_a_seat(scene: Scene, sentence: Span, place: Mention[Place], body: Body, governed: Governed) -> bool:
    """Whether a town or an island opens the sentence that says that it has a base or a unit: "Akrotiri has a base"."""
    if body.asset not in (Asset.BASE, Asset.UNIT) or place.value.kind is PlaceKind.COUNTRY:
        return False
    opens = _OPENS.fullmatch(scene.text, sentence.start, place.span.start) is not None
    return opens and _ALSO.fullmatch(scene.text, place.span.end, governed.trigger.span.start) is not None


def is_pointed_to(scene: Scene, sentence: Span, body: Body, governed: Governed) -> bool:
    """Whether a clause or a word says where a force is that is had ("Gao, where it has 300", "has 300 men there")."""
    return (
        is_there(scene, body)
        or host_of(scene, sentence, body, governed) is not None
        or before_where(scene, sentence, body, governed) is not None
    )


def is_there(scene: Scene, body: Body) -> bool:
    """Whether a word right after a force points back to where it is ("300 soldiers are still there")."""
    return _THERE.match(scene.text, phrase_of(body).end) is not None


def came_from(scene: Scene, sentence: Span, governed: Governed) -> Mention[Place] | None:
    """The place that a force came home from: "arrived back in Lusaka after fourteen months in Birao"."""
    start = governed.trigger.span.start
    after = _AFTER_TIME.search(scene.text, start, min(sentence.end, start + _LONGEST_WAY_HOME))
    if after is None or not _HOMEWARD.search(scene.text, start, after.start()):
        return None
    for place in within(scene.places, Span(after.end(), sentence.end)):
        return place if _LEADS.fullmatch(scene.text, after.end(), place.span.start) else None
    return None


def own_country(scene: Scene, sentence: Span, body: Body) -> Mention[Place] | None:
    """The country that "their country" points back to: "Few Poles mind the American soldiers in their country"."""
    said = _THEIR_COUNTRY.search(scene.text, body.head.end, sentence.end)
    if said is None:
        return None
    named = within(scene.actors, Span(sentence.start, body.span.start))
    whose = [a.actor for a in named if a.actor.iso3 and (body.actor is None or a.actor.iso3 != body.actor.actor.iso3)]
    place = country_place(whose[-1].name) if whose else None
    return Mention(Span(*said.span(1)), place) if place is not None else None


def two_countries(scene: Scene, body: Body) -> tuple[Mention[Place], ...]:
    """The two countries that "those two countries" points back to, where two were named side by side before."""
    said = _TWO_COUNTRIES.search(scene.text, body.head.end, body.head.end + _LONGEST_TO_TWO)
    if said is None:
        return ()
    last = bisect_left(scene.places, body.head.start, key=lambda place: place.span.end)
    named = [each for each in scene.places[max(0, last - _NEAREST) : last] if each.value.kind is PlaceKind.COUNTRY]
    for first, second in reversed(tuple(pairwise(named))):
        if JOIN.match(scene.text[first.span.end : second.span.start]):
            return (first, second)
    return ()


def before_where(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> Mention[Place] | None:
    """The place whose relative clause the force stands in: "Estonia, where Britain keeps a battle group"."""
    start = min(body.span.start, governed.trigger.span.start) if governed is not None else body.span.start
    end = max(body.span.end, governed.trigger.span.end) if governed is not None else body.span.end
    for place in within(scene.places, Span(sentence.start, start)):
        opens = _WHERE.match(scene.text, place.span.end)
        if opens is not None and not _CLOSING.search(scene.text, opens.end(), end):
            return place
    return None


def asking_for(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> tuple[Mention[Place], ...]:
    """The countries that ask for the force of another: "Poland and Latvia have called for more American troops"."""
    asked = _ASKING.search(scene.text, sentence.start, body.span.start)
    if asked is None or (governed is not None and governed.trigger.span.start < asked.start()):
        return ()
    own = {actor.actor.iso3 for actor in (body.actor, *body.others) if actor is not None}
    found: list[Mention[Place]] = []
    for place in reversed(within(scene.places, Span(sentence.start, asked.start()))):
        gap = scene.text[place.span.end : found[-1].span.start if found else asked.start()]
        joined = JOIN.match(gap) if found else _HAVING.fullmatch(gap)
        if not joined or place.value.iso3 in own or place.value.kind is PlaceKind.CITY:
            break
        found.append(place)
    return tuple(reversed(found)) if own - {None} else ()


def in_name(scene: Scene, body: Body) -> Mention[Place] | None:
    """The place in a mission's own name ("the Interim Force in Lebanon")."""
    if body.unit is None or body.unit.sort != "mission":
        return None
    return next(iter(within(scene.places, body.unit.span)), None)


def home_of_mission(body: Body) -> Mention[Place] | None:
    """The country of a mission that is known to be in one alone, for "the country": Mali of MINUSMA."""
    if body.unit is None or body.unit.sort != "mission":
        return None
    known = {body.unit.name, *([body.actor.mission] if body.actor is not None and body.actor.mission else [])}
    homes = {iso3 for name in known for iso3 in homes_of(name)}
    country = country_of(homes.pop()) if len(homes) == 1 else None
    place = country_place(country.name) if country is not None else None
    return Mention(body.unit.span, place) if place is not None else None


def place_before(scene: Scene, sentence: Span, at: int) -> Mention[Place] | None:
    """The last place named before ``at``, for *there* and *the city*; a country that acts only of earlier sentences."""
    last = bisect_left(scene.places, at, key=lambda place: place.span.end)
    near = [place for place in reversed(scene.places[max(0, last - _NEAREST) : last]) if not qualifies(scene, place)]
    found = next((place for place in near if not _acts(scene, place)), None)
    if found is None and not scene.title_places:
        return next((place for place in near if place.span.end <= sentence.start), None)
    return _inside(scene, found) if found is not None else scene.title_places[-1]


def _inside(scene: Scene, place: Mention[Place]) -> Mention[Place]:
    """The finer place that is said to lie in ``place`` right before it ("Metele in northeast Nigeria"), else itself."""
    at = bisect_left(scene.places, place.span.start, key=lambda each: each.span.start) - 1
    if at < 0 or place.value.kind not in (PlaceKind.COUNTRY, PlaceKind.REGION):
        return place
    finer = scene.places[at]
    lies = _LIES_IN.fullmatch(scene.text, finer.span.end, place.span.start) is not None
    return finer if lies and finer.value.iso3 == place.value.iso3 and finer.value.iso3 else place


def _acts(scene: Scene, place: Mention[Place]) -> bool:
    """Whether a country's name says who does something, not where ("Russia has stationed 30 jets there")."""
    named = within(scene.actors, Span(place.span.start, place.span.start + 1))
    return any(not stands_for_a_place(scene, actor) for actor in named if actor.form is Form.NAME)
