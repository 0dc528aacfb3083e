"""Decisions: moves that are decided, planned or called for with no word for the force ("his decision to withdraw")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import Trigger, Voice
from garrison.extraction.grammar.words import either, words
from garrison.naming.actors import ActorMention
from garrison.vocabulary import Asset, Span

DECIDED = "a move that is decided"
"""The rule by which a force is named by no more than somebody's decision to move it."""

LED = "a leader that stands for his country's force"
"""The rule by which a leader stands for the force that he sends or withdraws: "Putin invaded Ukraine"."""

_TO = re.compile(
    rf"(?P<noun>{either('decisions')})\s(?:(?:quickly|suddenly|unilaterally|abruptly|immediately|partially|rapidly|fully|"
    r"completely)\s)?to\s(?:(?:[a-z]+ly)\s)?$",
    re.IGNORECASE,
)
_BEFORE = 48  # characters before a verb in which such a noun and its adverbs stand
_WHOSE = re.compile(
    r"(?P<whose>[\w.-]+)[’']s?\s(?:[a-z-]+\s){0,3}$|\b(?P<her>her|my|your|everyone[’']s)\s(?:[a-z-]+\s){0,2}$"
)
_WHOSE_REACH = 40  # characters before the noun in which its possessor stands
_ENDS = re.compile(
    r"(?:\s(?:of|from|into|to|across|by|in|on|at|within|before|after|until|next|last|this|now|so|without|was|were|is|has|had|have|would|"
    r"will|could|came|and|as|despite|if|because|while|amid|immediately|completely|entirely|unilaterally|quickly|out|home)"
    r"\b|[.,;:)”\"’'?!–—]|\s[–—-]\s|$)"
)
"""What may follow a verb of moving that has no object but a place."""


def decided(
    scene: Scene, triggers: Sequence[Trigger], actors: Sequence[ActorMention]
) -> Iterator[tuple[Body, tuple[ActorMention, ...]]]:
    """The forces that only a decision to move them names, and the actors that can be whose it is, right before it."""
    for trigger in triggers:
        if trigger.form not in words("moving_alone") or not _is_alone(scene, trigger):
            continue
        start = trigger.span.start
        noun = _TO.search(scene.text, max(0, start - _BEFORE), start)
        if noun is None:
            continue
        span = Span(*noun.span("noun"))
        near = [a for a in actors if a.span.end <= span.start and span.start - a.span.end <= _WHOSE_REACH]
        whose = _WHOSE.search(scene.text, max(0, span.start - _WHOSE_REACH), span.start)
        if whose is not None and (
            whose["her"] or not any(a.span.start <= whose.start("whose") < a.span.end for a in near)
        ):
            continue  # the company's
        marks = frozenset({"body=move", f"term={noun['noun'].lower()}"})
        yield Body(span, span, Asset.PERSONNEL, None, DECIDED, marks=marks), tuple(near)


def is_decided(text: str, start: int, end: int) -> bool:
    """Whether a verb at ``end`` is what a decision is about that a later clause than the one at ``start`` tells of."""
    noun = _TO.search(text, max(start, end - _BEFORE), end)
    return noun is not None and ", " in text[start : noun.start()]


def _is_alone(scene: Scene, trigger: Trigger) -> bool:
    """Whether a verb of moving has no object but a place: "to leave Iraq", not "to pull back troops"."""
    end = trigger.span.end
    if _ENDS.match(scene.text, end):
        return True
    if scene.text[end : end + 2].strip()[:1].isupper():
        near = within(scene.places, Span(end, end + 2))
        return bool(near) and not within(scene.forces, Span(near[0].span.end, near[0].span.end + 2))
    return False


def is_led(trigger: Trigger, gap: str) -> bool:
    """Whether a leader does with his country's force what the verb after him says: "Putin has invaded Ukraine"."""
    return (
        trigger.form in words("by_leaders")
        and any(sense.voice is Voice.SUBJECT for sense in trigger.senses)
        and len(gap.split()) <= 4
    )
