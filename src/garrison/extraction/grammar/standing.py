"""Standing: whether what is said of a force is a fact, planned, possible or denied."""

from __future__ import annotations

import re

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.driving import is_driving
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.whereabouts import Located
from garrison.extraction.grammar.words import words
from garrison.extraction.status import status_at
from garrison.vocabulary import Span, Status

_CONDITION = re.compile(r"(?:if|unless|should|were|provided|in case)\b", re.IGNORECASE)
_CONDITION_AFTER = re.compile(r",? (?:if|unless|provided|in case)\b (?!not\b)", re.IGNORECASE)
_NO = re.compile(r"\bno (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_BEFORE_NO = 40  # characters
_AIM = re.compile(r"(?<!managed )(?<!able )(?<!helped )(?<!helping )(?<!continued )\bto (?:help )?(?:finally )?$")
_BEFORE_AIM = 26  # characters
_BEING = re.compile(r"[^.;:,]{0,60}?\b(be)\s(?:[^.;:,\s]+\s){0,5}$")


def standing_of(scene: Scene, sentence: Span, body: Body, governed: Governed | None, located: Located) -> Status:
    """The status of what ``sentence`` says of ``body`` by the verb that governs it, if one does."""
    status = status_at(governed.trigger.span if governed else body.head, scene.statuses)
    if status is Status.FACT and _NO.search(scene.text, max(0, body.span.start - _BEFORE_NO), body.span.start):
        status = status_at(body.head, scene.statuses)
    if governed is None:
        # A force that is merely named with its place is there, whatever is planned for it.
        return status if status is Status.DENIED else _status_of_being(scene, body, located)
    if status is Status.FACT and is_driving(governed.trigger.form) and _is_aim(scene, governed):
        return Status.POSSIBLE
    if status is Status.FACT and governed.trigger.form in words("preparing"):
        return Status.PLANNED
    if status is Status.PLANNED and _is_conditional(scene, sentence, governed):
        return Status.POSSIBLE
    return status


def _is_aim(scene: Scene, governed: Governed) -> bool:
    """Whether somebody is only to be driven out: "an offensive to drive them from the town"."""
    start = governed.trigger.span.start
    return _AIM.search(scene.text, max(0, start - _BEFORE_AIM), start) is not None


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
