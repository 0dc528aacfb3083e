"""Presences: verbs that say of a presence, a footprint or numbers somewhere that they grow or shrink."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from garrison.extraction.grammar.words import either
from garrison.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHANGING = re.compile(
    rf"\b(?:(?P<down>{either('shrinking')})|(?P<up>{either('growing')}))\s"
    r"(?:(?:the|an?|its|their|his|our|US|American|own|[a-z]+|[A-Z][\w-]+[’']s?)\s){0,4}?"
    r"(?:presence|footprint|foothold|deployment|garrisons?|contingents?|troop\s(?:levels?|numbers?|strength)|"
    r"force\slevels?|(?:the|its|their)\snumbers?(?=\s(?:of\s|(?:it\s|they\s)?(?:has\s|have\s)?deployed|stationed|based)))\b",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(r"(?:\b(?:the|an?|its|their|this|that)|[’']s?)\s$", re.IGNORECASE)
_BEFORE = 8  # characters looked at before the verb
_NOUNS = ("presence", "footprint", "foothold", "deployment", "garrison", "contingent", "level", "number", "strength")


def changing(text: str) -> Iterator[tuple[re.Match[str], Kind]]:
    """Where ``text`` says that a presence grows or shrinks, and the kind of claim that it makes."""
    if any(noun in text for noun in _NOUNS):
        for found in _CHANGING.finditer(text):
            if _QUALIFIED.search(text, max(0, found.start() - _BEFORE), found.start()):
                continue  # "NATO's enhanced forward presence"
            yield found, Kind.WITHDRAW if found["down"] else Kind.DEPLOY
