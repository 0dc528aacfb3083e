"""Clauses: whether a verb in the sentence of a force is about somebody else, by the words between the two."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from garrison.extraction.grammar.decisions import is_decided
from garrison.extraction.grammar.driving import is_driving
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import Trigger
from garrison.extraction.grammar.words import either, words
from garrison.vocabulary import Span

_AGAINST = re.compile(rf"\b(?:to\s(?:help\s)?(?:[a-z]+ly\s)?{either('for_whom')}|against)\s(?:[\w’'-]+\s){{0,5}}$")
"""What stands before a force that another was sent to: "sent troops to confront the "."""
_OPENS_CLAUSE = re.compile(
    r"\b(?:after|before|until|as|when|while|if|because|since|once|although|though|whereas|unless)\s"
    r"(?:(?:the|its|their|his|an?|some|most|all|more|more\sthan|about|last|both|these|those)\s)*"
)
"""What opens a clause with a subject of its own, up to it."""
_PRONOUN = re.compile(r"(?:he|she|we|I)\s")  # "they" may well be the force
_ADJECTIVES = re.compile(
    r"(?:(?!(?:in|of|to|from|by|with|and|at|on|for|who|which|that|was|were|is|are|be|being)\s)[\w-]+\s){0,3}"
)
_NEAREST_SUBJECT = 24  # characters in which a clause names its subject
_BY_THEM = re.compile(r"\bby\s(?:(?:the|its|their|an?|some|several|local|other)\s)?(?:[\w-]+\s){0,4}$")
"""What stands before those who drive others out: "driven from Gao by the Malian army"."""
OF_ITSELF = re.compile(
    rf"\s(?:also\s|later\s|has\s|have\s|had\s|repeatedly\s)*{either('speaking')}\s(?:(?:on\s)?\w+day\s)?(?:that\s)?"
    r"(?:it|they|he|she)\b"
)
"""Words by which somebody says something of himself, after his name: "said that they"."""


def has_a_subject(scene: Scene, head: Span, trigger: Trigger) -> bool:
    """Whether a verb after a force stands in a later clause with a subject of its own: "… after the US withdrew"."""
    clauses = _clauses(scene)
    start = trigger.span.start
    if trigger.form in words("moving_alone") and is_decided(scene.text, head.end, start):
        return True  # "the troops are there, and the decision to withdraw …"
    first = bisect_left(clauses, (head.end, 0))
    return any(
        subject < start and "," not in scene.text[subject:start]
        for _, subject in clauses[first : bisect_left(clauses, (start, 0))]
    )


@lru_cache(maxsize=8)
def _clauses(scene: Scene) -> tuple[tuple[int, int], ...]:
    """Where clauses with a subject of their own open, and where their subjects begin."""
    found: list[tuple[int, int]] = []
    for opens in _OPENS_CLAUSE.finditer(scene.text):
        end = opens.end()
        near = Span(end, end + _NEAREST_SUBJECT)
        named = [each.span.start for each in within(scene.forces, near)[:1]]
        named += [each.span.start for each in within(scene.actors, near)[:1]]
        begin = end if _PRONOUN.match(scene.text, end) else min(named, default=-1)
        if begin == end or (begin > end and _ADJECTIVES.fullmatch(scene.text, end, begin)):
            found.append((opens.start(), begin))
    return tuple(found)


def is_aside(trigger: Trigger, between: str) -> bool:
    """Whether the words ``between`` a verb and a force make it one that the verb does not move.

    So in "sent troops to confront the militias", "sent troops against them" and "were driven from Gao by the army".
    """
    if ("to " in between or "against" in between) and _AGAINST.search(between):
        return True
    return is_driving(trigger.form) and _BY_THEM.search(between) is not None
