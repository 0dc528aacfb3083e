"""Senders: units that send a part of themselves, which then has their name."""

from __future__ import annotations

import re

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.named import without_acronyms
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import Voice
from garrison.extraction.grammar.words import words
from garrison.naming.units import UnitMention
from garrison.vocabulary import Span

_SENDS = re.compile(
    r"(?:\s\([^()]{1,20}\))?,?(?:\s(?:has|have|had|will|would|to|also|since|then|now|already|\w+ly))*\s"
)
"""The words between a unit and what it does."""


def unit_that_sends(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> UnitMention | None:
    """The unit that sends a part of itself: "the 3rd Division has deployed elements to Gao"."""
    if governed is None or governed.voice is not Voice.OBJECT or governed.passive:
        return None
    verb = governed.trigger.span
    if body.head.start < verb.end or (body.asset_text or "").lower() not in words("parts"):
        return None
    before = without_acronyms(scene, within(scene.units, Span(sentence.start, verb.start)))
    sends = (
        bool(before)
        and not before[-1].weak
        and _SENDS.fullmatch(scene.text, before[-1].span.end, verb.start) is not None
    )
    return before[-1] if sends else None
