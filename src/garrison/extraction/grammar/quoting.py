"""Quotations: the shortest stretch of a sentence that carries a claim."""

from __future__ import annotations

import re

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.triggers import Voice
from garrison.vocabulary import Mention, Place, Span

_LEFT_BREAK = re.compile(
    r"[,;:()—“”\"]\s|\s[–-]\s|\b(?:and|but|that|said|says|while|as|if|which|who|where|when)\s", re.IGNORECASE
)
_RIGHT_BREAK = re.compile(
    r"[,;:()—”“\"]|\s[–-]\s|\b(?:and|but|which|who|while|as|after|before|because|amid|said|says)\b|[.!?]\W*$"
)
_LONGEST_LEFT = 60  # characters that a quotation may grow by, to the left and to the right
_LONGEST_RIGHT = 45
_LONGEST_NAME = 90  # characters of a name before its abbreviation in brackets
_FEWEST = 5  # words up to which a quotation is widened past its clause
_REACH = 40  # characters that it is then widened by on either side


def quote_of(
    scene: Scene, sentence: Span, body: Body, governed: Governed | None, places: tuple[Mention[Place], ...]
) -> Span:
    """From the first to the last word that the claim rests on, grown to its clause where that is near."""
    spans = [body.span]
    if governed and sentence.covers(governed.trigger.span) and _joined(scene, body.span, governed.trigger.span, 16):
        spans.append(governed.trigger.span)
    if body.actor and sentence.covers(body.actor.span) and _joined(scene, body.span, body.actor.span, 6):
        spans.append(body.actor.span)
        spans.extend(other.span for other in body.others if sentence.covers(other.span))
    core = Span(min(s.start for s in spans), max(s.end for s in spans))
    for place in sorted(places, key=lambda each: len(scene.between(core, each.span))):
        reach = 12 if place.span.start >= core.end else 6
        if place not in scene.title_places and sentence.covers(place.span) and _joined(scene, core, place.span, reach):
            core = Span(min(core.start, place.span.start), max(core.end, place.span.end))
    if governed is None or core.end >= sentence.end:
        return core
    start = _before_bracket(scene, sentence, core)
    grown = Span(_grown_left(scene, sentence, start, governed), _grown_right(scene, sentence, core.end))
    return grown if len(grown.of(scene.text).split()) > _FEWEST else _widened(scene, sentence, grown)


def _before_bracket(scene: Scene, sentence: Span, core: Span) -> int:
    """Where ``core`` begins, or the name that its first word abbreviates: "the UN Mission in Mali (MINUSMA) has"."""
    opens = core.start - 1
    if scene.text[opens : core.start] != "(" or ")" not in core.of(scene.text):
        return core.start
    words = scene.text[max(sentence.start, opens - _LONGEST_NAME) : opens].rstrip()
    breaks = [found.end() for found in _LEFT_BREAK.finditer(words)]
    begin = breaks[-1] if breaks else 0 if opens - _LONGEST_NAME <= sentence.start else words.find(" ") + 1
    return opens - len(scene.text[max(sentence.start, opens - _LONGEST_NAME) : opens]) + begin


def _widened(scene: Scene, sentence: Span, short: Span) -> Span:
    """A quotation of too few words to stand alone ("rapid withdrawal"), with the words on both sides of it."""
    start, end = max(sentence.start, short.start - _REACH), min(sentence.end, short.end + _REACH)
    left = scene.text[start : short.start]
    right = scene.text[short.end : end]
    stop = max(left.rfind(mark) for mark in ";:“")
    start += stop + 1 if stop >= 0 else (left.find(" ") + 1 if start > sentence.start else 0)
    stops = [found for mark in ";:”" if (found := right.find(mark)) >= 0]
    cut = min(stops) if stops else (len(right) if end == sentence.end else max(right.rfind(" "), 0))
    words = scene.text[start : short.end + cut]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _joined(scene: Scene, left: Span, right: Span, reach: int) -> bool:
    """Whether two spans lie in one clause, at most ``reach`` words apart."""
    gap = scene.between(left, right)
    return ";" not in gap and len(gap.split()) <= reach


def _grown_left(scene: Scene, sentence: Span, start: int, governed: Governed) -> int:
    floor = max(sentence.start, start - _LONGEST_LEFT)
    before = scene.text[floor:start]
    breaks = [found.end() for found in _LEFT_BREAK.finditer(before)]
    if breaks:
        return floor + breaks[-1]
    if floor == sentence.start:
        return floor
    if governed.voice is Voice.OBJECT and not governed.passive:
        return floor + before.find(" ") + 1 if " " in before else start
    return start


def _grown_right(scene: Scene, sentence: Span, end: int) -> int:
    found = _RIGHT_BREAK.search(scene.text, end, min(sentence.end, end + _LONGEST_RIGHT))
    if found:
        return end + len(scene.text[end : found.start()].rstrip())
    if sentence.end - end <= _LONGEST_RIGHT:
        return sentence.end
    return end
