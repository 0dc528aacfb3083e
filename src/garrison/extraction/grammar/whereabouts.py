"""Whereabouts: the places and the origin of a body's claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.enumerations import phrase_of
from garrison.extraction.grammar.governing import RELATIVE, Governed, inserted
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.ownership import is_left
from garrison.extraction.grammar.place_lists import is_of_a_part, listed_from, listed_up_to, named_as_held
from garrison.extraction.grammar.pointing import (
    asking_for,
    before_where,
    home_of_mission,
    host_of,
    in_name,
    own_country,
    place_before,
    two_countries,
)
from garrison.extraction.grammar.prepositions import Where, prepositions
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.seats import named_in_a_list, places_that_are_one, seat_place
from garrison.extraction.grammar.surroundings import country_of_place
from garrison.extraction.grammar.triggers import Voice
from garrison.extraction.grammar.words import either, words
from garrison.vocabulary import Kind, Mention, Place, Span

_THERE = re.compile(rf"\b(there|here|the (?:base|{either('areas')}))\b", re.IGNORECASE)
_TO_OBJECT = re.compile(r"^\s+(?:both |its |their |the )?(?:the )?(?:[a-z]+ of )?$")
_STRAIGHT_TO = re.compile(r"^\s+(?:(?:in)?to|towards?)\s+(?:the )?(?:[a-z]+ ){0,2}$")
_FOR = re.compile(
    r"^(?:\s(?:on|last|this|next|early|late)(?:\s\w+){1,3}?|\s(?:to|yester)day)?(?:,?\s(?:bound|headed|heading))?"
    r"\s(?:for|to)(?:\s(?:an?\s|the\s|its\s|their\s)?(?:[\w-]+\s){0,3}(?:tour|deployment|mission|patrol|rotation|stint|"
    r"cruise)\s(?:in|to|of|off))?\s(?:the\s)?$"
)
_AND_ON = re.compile(
    r"(?:\s(?:on|last|this|in|early|late)(?:\s\w+){1,3}?)?,?\sand\s(?:then\s|later\s|eventually\s)?"
    rf"(?:(?:has|have|had|was|were|been|since)\s)*{either('sent_on')}\s(?:back\s|on\s)?(?:in)?to\s(?:its\s|their\s|the\s)?"
    r"(?:[a-z]+\s){0,2}"
)
_INTO = re.compile(r"^\s+(?:back )?into\s+(?:the )?$")
_CLOSE = 4  # words between a force and the place that belongs to it
_OPENING = 4  # characters before a sentence's first name: "The "
_OWNED = re.compile(r"[’']s?\s+")

_POINTED, _REMEMBERED = "a word that points back to the last place", "the place of the claim before"

AROUND = "the country that the passage is about"
"""The rule for a state's bases that nothing else places: "missiles were aimed at Iranian bases"."""

_BORROWED = frozenset({"", _POINTED, _REMEMBERED, AROUND})


HOSTED = "the host is the subject"
"""The rule for a place that the sentence says to have the force ("Guam hosts two bases")."""

RIGHT_AFTER = "the place right after the force"
"""The rule for a place that follows the force at once ("US troops in Syria")."""

FLIGHT = "the place that a force falls back to"
"""The rule for "retreated to Shuwa": a force that leaves for a named place is moved there."""


@dataclass(frozen=True, slots=True)
class Located:
    """The places of a claim, its origin, and the rule that chose them."""

    places: tuple[Mention[Place], ...]
    origin: Mention[Place] | None
    rule: str

    @property
    def is_borrowed(self) -> bool:
        """Whether the force has no place of its own: none, or one that was named before."""
        return self.rule in _BORROWED

    def remembering(self, place: Mention[Place]) -> Located:
        """The same with a ``place`` that was named elsewhere."""
        return Located((place,), self.origin, _REMEMBERED)

    @property
    def is_adrift(self) -> bool:
        """Whether the force has no place of its own and no word that points to one."""
        return self.rule in _BORROWED and self.rule != _POINTED


def places_of(
    scene: Scene, sentence: Span, body: Body, governed: Governed | None, kind: Kind, memory: Memory
) -> Located:
    """The places and the origin of a body's claim; for "there", the place that it points back to."""
    found = _in_sentence(scene, sentence, body, governed, kind)
    itself = places_that_are_one(scene, sentence, body) if governed is None else ()
    if itself and found.rule != RIGHT_AFTER:
        return Located(itself, None, "the place that is the base")
    if found.places:
        return found
    theirs = own_country(scene, sentence, body)
    if theirs is not None:
        return Located((theirs,), found.origin, "the country of those named before")
    two = two_countries(scene, body)
    if two:
        return Located(two, found.origin, "the two countries named before")
    where = before_where(scene, sentence, body, governed)
    if where is not None:
        return Located((where,), found.origin, "the place before *where*")
    points = _THERE.search(scene.text, body.head.end, sentence.end)
    if points is not None:
        own = home_of_mission(body) if points.group(1).lower() == "the country" else None
        back = in_name(scene, body) or own or memory.place or place_before(scene, sentence, body.head.start)
        if back is not None:
            whole = country_of_place(back) if points.group(1).lower() == "the country" else None
            return Located((whole or back,), found.origin, _POINTED)
    own = in_name(scene, body) if kind is Kind.PRESENT else None
    if own is not None:
        return Located((own,), found.origin, "the place in the mission's name")
    asking = asking_for(scene, sentence, body, governed) if kind is Kind.DEPLOY else ()
    if asking:
        return Located(asking, found.origin, "the country that asks for the force")
    if memory.place is not None:
        return Located((memory.place,), found.origin, _REMEMBERED)
    return found


@dataclass(frozen=True, slots=True)
class _Search:
    """What the rules for places look at: the sentence's places after prepositions, and the force and its verb."""

    scene: Scene
    sentence: Span
    body: Body
    governed: Governed | None
    kind: Kind
    options: list[Where]

    @property
    def anchor(self) -> int:
        """Where both the force and its verb have been said; the verb alone for "served in Iraq with the regiment"."""
        if self.governed is None:
            return self.body.head.end
        if self.governed.voice is Voice.SUBJECT and self.governed.trigger.form in words("serving"):
            return self.governed.trigger.span.end
        return max(self.body.head.end, self.governed.trigger.span.end)

    @property
    def moves(self) -> bool:
        """Whether the force goes somewhere."""
        return self.kind in (Kind.DEPLOY, Kind.RELOCATE)

    def listed(self, first: Where) -> tuple[Mention[Place], ...]:
        """``first`` and the places listed with it."""
        return listed_from(self.scene, self.options, first)


def _in_sentence(scene: Scene, sentence: Span, body: Body, governed: Governed | None, kind: Kind) -> Located:
    """The places that the sentence itself gives the force, by the first rule that finds some."""
    options = [
        w
        for w in prepositions(scene, sentence)
        if (not w.mention.span.overlaps(body.head) or body.asset_text is None)
        and not is_of_a_part(scene, body.head.end, w.mention.span)
    ]
    search = _Search(scene, sentence, body, governed, kind, options)
    bare = _object(scene, options, governed)
    return (
        _of_host(search)
        or _of_presence(search)
        or (_of_object(search, bare) if bare is not None and _takes_place(search) else None)
        or (_right_after(search) if kind is Kind.PRESENT else None)
        or (_of_leaving(search) if kind is Kind.WITHDRAW else None)
        or _of_standing(search, bare)
    )


def _takes_place(search: _Search) -> bool:
    """Whether the verb's object can be where the force is, goes or leaves: "rotate through Estonia"."""
    return search.kind is not Kind.PRESENT or (
        search.governed is not None and search.governed.trigger.form in words("ranging")
    )


def _of_host(search: _Search) -> Located | None:
    """The host of a force, as the subject of the sentence or before a relative clause."""
    scene, governed = search.scene, search.governed
    if governed is None:
        return None
    if governed.trigger.form in words("hosts") and not governed.passive:
        before = [w for w in search.options if w.mention.span.end <= governed.trigger.span.start]
        if before:
            opening = before[0].mention.span
            gap = opening.start - search.sentence.start
            aside = inserted(scene.text[opening.end : governed.trigger.span.start])
            subject = aside or (scene.text[opening.end : opening.end + 1] == "," and gap <= _OPENING)
            listed = listed_up_to(scene, before)
            hosts = (before[0].mention,) if subject and before[0].mention not in listed else listed
            return Located(hosts, None, HOSTED)
    host = host_of(scene, search.sentence, search.body, governed)
    return Located((host,), None, HOSTED) if host is not None else None


def _of_presence(search: _Search) -> Located | None:
    """The places of which a presence is said: "Dabiq and Marea are still under Islamic State presence"."""
    if not (search.body.asset_text or "").lower().endswith("presence"):
        return None
    held = named_as_held(search.scene, search.options, phrase_of(search.body).start)
    return Located(held, None, "the places that have seen the presence") if held else None


def _of_object(search: _Search, bare: Where) -> Located:
    """The place that is the verb's object ``bare``, or the one that a force left it for."""
    reached = _headed_for(search.scene, search.options, bare) if search.kind is Kind.WITHDRAW else None
    if reached is not None:
        return Located((reached.mention,), bare.mention, FLIGHT)
    left = _left_behind(search.options, bare) if search.moves else None
    return Located(search.listed(bare), left, "the object of the verb")


def _right_after(search: _Search) -> Located | None:
    close = _close(search.scene, search.options, search.body) or _of_seat(search)
    return Located(search.listed(close), None, RIGHT_AFTER) if close is not None else None


def _of_seat(search: _Search) -> Where | None:
    """The place that a unit's seat is named with, or the first of those listed as bases."""
    asked = search.scene, search.sentence, search.body
    first = seat_place(*asked) or named_in_a_list(*asked)
    return next((where for where in search.options if where.mention == first), None)


def _of_leaving(search: _Search) -> Located | None:
    """Where a force leaves, or where it falls back to."""
    scene, governed = search.scene, search.governed
    sources = _sources(search)
    if sources:
        reached = _headed_for(scene, search.options, sources[0])
        if reached is not None:
            return Located((reached.mention,), sources[0].mention, FLIGHT)
        return Located(listed_from(scene, sources, sources[0]), None, "the place after *from*")
    targets = _targets(search)
    if targets and governed is not None and governed.voice is Voice.SUBJECT:
        gap = scene.text[governed.trigger.span.end : targets[0].mention.span.start]
        if _STRAIGHT_TO.match(gap):
            return Located(search.listed(targets[0]), None, FLIGHT)
    return None


def _of_standing(search: _Search, bare: Where | None) -> Located:
    """The place that a force goes to or is at, by the words between it, its verb and the place."""
    scene, body, anchor = search.scene, search.body, search.anchor
    sources = _sources(search) if search.moves else []
    origin = sources[0].mention if sources else None
    targets = _targets(search) if search.moves else []
    if targets:
        return Located(search.listed(targets[0]), origin, "the place after *to*")
    usable = [w for w in search.options if w.preposition in _wanted(search)]
    after = [w for w in usable if w.mention.span.start >= anchor and _near(scene, anchor, w)]
    if after:
        return Located(search.listed(after[0]), origin, "the nearest place after the force and its verb")
    inner = [w for w in usable if body.head.end <= w.mention.span.start < anchor]
    if inner:
        return Located(search.listed(inner[0]), origin, "a place between the force and its verb")
    if bare is not None:
        return Located(search.listed(bare), origin, "the object of the verb")
    before = [w for w in usable if w.mention.span.end <= body.head.start and w.preposition in words("close")]
    if before:
        return Located(search.listed(before[-1]), origin, "a place named before the force")
    return Located((), origin, "")


def _wanted(search: _Search) -> frozenset[str]:
    """The prepositions that say where a force of such a claim is."""
    if search.moves:
        return words("to") | words("at") - {"of", "by"}
    if search.kind is Kind.WITHDRAW:
        return words("at") | {"from"}
    if search.kind is Kind.EXERCISE:
        return words("at") - {"between"}  # "drills between Russia and Belarus"
    if search.kind is Kind.PRESENT and search.governed and search.governed.trigger.form.endswith(" from"):
        return words("at") | {"from"}  # "operate from Bagram"
    return words("at")


def _sources(search: _Search) -> list[Where]:
    """The places after *from* behind the force, but those that only say whose it is."""
    scene, body, governed = search.scene, search.body, search.governed
    whose = [actor.span for actor in (body.actor, *body.others) if actor and not is_left(scene, body, actor, governed)]
    found = [w for w in search.options if w.preposition == "from" and w.mention.span.start >= body.head.end]
    return [w for w in found if not any(w.mention.span.overlaps(span) for span in whose)]


def _targets(search: _Search) -> list[Where]:
    """The places after *to* behind the force."""
    behind = search.body.head.end
    return [w for w in search.options if w.preposition in words("to") and w.mention.span.start >= behind]


def _close(scene: Scene, options: list[Where], body: Body) -> Where | None:
    """The place that follows the force at once ("US troops in Syria, deployed there against …")."""
    end = phrase_of(body).end
    for where in options:
        if where.mention.span.start >= end:
            gap = RELATIVE.sub(" ", scene.text[end : where.mention.span.start])
            near = where.preposition in words("close") and len(gap.split()) <= _CLOSE
            return where if near and not any(mark in gap for mark in ",;:–") else None
    return None


def _object(scene: Scene, options: list[Where], governed: Governed | None) -> Where | None:
    """The place that is the verb's direct object ("left Afghanistan", "entered the town of Kursk")."""
    if governed is None or governed.trigger.form.endswith((" from", " of")):
        return None
    for where in options:
        if where.mention.span.start >= governed.trigger.span.end:
            if governed.trigger.form in words("touring"):
                return where  # "two tours of Mali with the regiment"
            gap = scene.text[governed.trigger.span.end : where.mention.span.start]
            if not _TO_OBJECT.match(gap) or _owns(scene, where, options):
                return None
            return _beyond(scene, options, where)
    return None


def _headed_for(scene: Scene, options: list[Where], left: Where) -> Where | None:
    """The place that a force left another for: "left Toulon for the Red Sea", "left Toulon and went to the Red Sea"."""
    for where in options:
        if where.mention.span.start >= left.mention.span.end:
            gap = scene.text[left.mention.span.end : where.mention.span.start]
            return where if _FOR.match(gap) or _AND_ON.fullmatch(gap) else None
    return None


def _left_behind(options: list[Where], reached: Where) -> Mention[Place] | None:
    """The place that a force left for the one that it reached: "returned to Russia from Hmeimim"."""
    behind = (w for w in options if w.preposition == "from" and w.mention.span.start > reached.mention.span.end)
    return next((where.mention for where in behind), None)


def _beyond(scene: Scene, options: list[Where], crossed: Where) -> Where:
    """The place that lies behind a border or river that is crossed ("crossed the border into Idlib")."""
    for where in options:
        if where.mention.span.start >= crossed.mention.span.end:
            return where if _INTO.match(scene.text[crossed.mention.span.end : where.mention.span.start]) else crossed
    return crossed


def _owns(scene: Scene, where: Where, options: list[Where]) -> bool:
    """Whether a place only says whose the force after it is ("sent Russia's 9th Division to Syria")."""
    owned = _OWNED.match(scene.text, where.mention.span.end)
    if owned is None:
        return bool(within(scene.units, Span(where.mention.span.end, where.mention.span.end + 2)))
    return all(each.mention.span.start != owned.end() for each in options)


def _near(scene: Scene, anchor: int, where: Where) -> bool:
    gap = scene.text[anchor : where.mention.span.start]
    return len(gap.split()) <= 25
