"""Prepositions: the places of a sentence as arguments, each with the preposition that governs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import OPERATES, Voice
from garrison.extraction.grammar.words import words
from garrison.extraction.words import words as common_words
from garrison.vocabulary import Mention, Place, PlaceKind, Span

_PREPOSITION = re.compile(
    r".*\b(from|to|into|in|at|on|near|inside|along|across|outside|around|throughout|within|off|over|towards?|onto|"
    r"through|for|of|by|above|under|between|beyond|beside)\s+((?:[\w’'-]+\s+){0,4})$",
    re.IGNORECASE | re.DOTALL,
)
JOIN = re.compile(
    r"^\s*(?:/|,|both|,\s+(?:in|at)|(?:,\s*)?(?:and|or|as well as|but also|along with)"
    r"(?:\s+(?:also|then|later))?(?:\s+(?:in|at|to|into|on|near|off))?)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_ACTS = re.compile(r"\s(?:is|was|has|had|will|would|wants?|plans?|says?|said|[a-z]+ed)\b(?![^.;]{0,40},)")
"""What follows a capital that acts after an opening place: "In Iraq, Washington is …"."""
_SIDE = re.compile(r"(?:(?:north|south)(?:-?(?:east|west))?|east|west)(?:ern)? of ", re.IGNORECASE)
_NOUN_AFTER = re.compile(r" ([a-z]+)\b")
_GOVERNMENT = re.compile(r"\s(?:government|regime|administration|authorities|junta|leadership)\b")
_AFTER_FROM = re.compile(r"\b(?:from|to|in|into|across|inside)\s+(?:the\s+)?$", re.IGNORECASE)
_STRAIGHT = re.compile(r"\b(?:from|to|into|inside)\s+$", re.IGNORECASE)
_BEFORE_NAME = 12  # characters looked at before a country's name for a preposition


@dataclass(frozen=True, slots=True)
class Where:
    """A place as an argument, with the preposition before it."""

    mention: Mention[Place]
    preposition: str | None


@lru_cache(maxsize=8)
def prepositions(scene: Scene, sentence: Span) -> tuple[Where, ...]:
    """The places of ``sentence``, each with the preposition that governs it; list items share the first one's."""
    found: list[Where] = []
    for place in within(scene.places, sentence):
        if qualifies(scene, place):
            continue
        before = scene.text[max(sentence.start, place.span.start - 70) : place.span.start]
        word = _preposition(before)
        if word is None and found:
            gap = scene.text[found[-1].mention.span.end : place.span.start]
            if JOIN.match(gap) and not (gap == ", " and _ACTS.match(scene.text, place.span.end)):
                word = found[-1].preposition
        if word is None and _SIDE.match(scene.text, place.span.start):
            word = "near"  # "30 launchers north of Belgorod"
        found.append(Where(place, word))
    return tuple(found)


def _preposition(before: str) -> str | None:
    """The last preposition of the words before a place; "in" for "in the town of", "from" for "out of"."""
    found = _PREPOSITION.match(before)
    if found is None:
        return None
    word = found.group(1).lower()
    if word == "of" and before[: found.start(1)].lower().endswith("out "):
        return "at" if OPERATES.search(before) else "from"
    if word == "of":
        outer = _preposition(before[: found.start(1)])
        return outer if outer is not None else word
    return word


def qualifies(scene: Scene, place: Mention[Place]) -> bool:
    """Whether a country's name only qualifies the noun after it ("US troops", "the UK government")."""
    if place.value.kind is not PlaceKind.COUNTRY:
        return place.value.kind is PlaceKind.CITY and _GOVERNMENT.match(scene.text, place.span.end) is not None
    named = within(scene.units, Span(place.span.end + 1, place.span.end + 3))
    if named and scene.text[named[0].span.start - 1] != "(":  # but "the UN Mission in Liberia (UNMIL)"
        return True  # "in the U.S. 5th Fleet area of operations"
    following = _NOUN_AFTER.match(scene.text, place.span.end)
    if following is None or following.group(1) in words("after_place") or following.group(1).endswith("ly"):
        return False
    word = following.group(1)
    before = max(0, place.span.start - _BEFORE_NAME)
    if _STRAIGHT.search(scene.text, before, place.span.start) and not place.span.of(scene.text).isupper():
        return False  # "flown to Kuwait overnight"; but "from US bases"
    if word == "bases" and _AFTER_FROM.search(scene.text, before, place.span.start):
        return True  # "moved to US bases in Poland", where it is no verb
    acts = word.endswith("ed") or word in common_words("finite_verbs.txt")
    if acts and _AFTER_FROM.search(scene.text, before, place.span.start):
        return False  # "the withdrawal from Syria worried them", where the place ends the subject
    verbs = within(scene.triggers, Span(*following.span(1)))
    return not any(sense.voice is not Voice.NOUN for verb in verbs for sense in verb.senses)
