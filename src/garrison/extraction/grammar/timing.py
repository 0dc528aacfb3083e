"""Timing: when a claim holds, by the time words of its sentence."""

from __future__ import annotations

import re

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import Trigger
from garrison.vocabulary import Mention, Period, Span

_SAID = re.compile(r",?\s+that\b|:")
_FARTHEST = 24  # words between a verb and its time
_DATELINE = re.compile(r"\s*[,)]?\s*(?:[-–—=.:]|\(\w+\)\s*[-–—])")
_DATELINE_REACH = 60  # characters from the start of the text in which a dateline stands


def when_of(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> tuple[Period | None, str]:
    """The time that the sentence gives for what the verb says, and the rule that chose it.

    A time belongs to the verb nearest to it; one that opens the sentence belongs to its first verb; one beside a verb
    of saying ("told reporters on Monday") is the time of the saying and no part of the claim.
    """
    anchor = governed.trigger.span if governed else body.head
    claimed = [t for t in within(scene.triggers, sentence) if any(s.kind is not None for s in t.senses)]
    best: tuple[float, Mention[Period]] | None = None
    for period in within(scene.periods, sentence):
        gap = scene.between(period.span, anchor)
        distance = _distance(scene, period.span, anchor)
        if ";" in gap or distance > _FARTHEST or _is_dateline(scene, period) or _is_of_saying(scene, period, sentence):
            continue
        opens = not scene.text[sentence.start : period.span.start].strip("“”\"' ")
        inside = body.span.start <= period.span.start <= max(body.span.end, anchor.end)
        if not opens and not inside and _belongs_elsewhere(scene, period, anchor, claimed, distance):
            continue
        if best is None or distance < best[0]:
            best = distance, period
    return (best[1].value, "the time nearest to the verb") if best else (None, "")


def _distance(scene: Scene, left: Span, right: Span) -> float:
    gap = scene.between(left, right)
    return len(gap.split()) + 1.5 * gap.count(",")


def _is_dateline(scene: Scene, period: Mention[Period]) -> bool:
    if period.span.start > _DATELINE_REACH:
        return False
    before = scene.text[: period.span.start]
    return before.upper() == before and bool(_DATELINE.match(scene.text, period.span.end))


def _is_of_saying(scene: Scene, period: Mention[Period], sentence: Span) -> bool:
    """Whether the time stands with a verb of saying, outside what is said."""
    for scope in scene.attributions:
        if not sentence.covers(scope.cue):
            continue
        if scope.scope.covers(period.span) and not _between_saying_and_said(scene, scope.cue, period.span):
            continue
        gap = scene.between(scope.cue, period.span)
        if len(gap.split()) <= 6 and not any(mark in gap for mark in ";:"):
            return True
    return False


def _between_saying_and_said(scene: Scene, cue: Span, period: Span) -> bool:
    """Whether the time stands right after the verb of saying and before what is said ("denied on Friday that …")."""
    if period.start < cue.end or scene.text[cue.end : period.start].strip():
        return False
    return bool(_SAID.match(scene.text, period.end))


def _belongs_elsewhere(
    scene: Scene, period: Mention[Period], anchor: Span, claimed: list[Trigger], distance: float
) -> bool:
    """Whether another verb, with a clause between it and ours, is nearer to the time."""
    for trigger in claimed:
        if trigger.span == anchor or _distance(scene, period.span, trigger.span) + 2 >= distance:
            continue
        between = scene.between(trigger.span, anchor)
        if re.search(r",|\b(?:and|but|which|who|where|while|after|before)\b", between):
            return True
    return False
