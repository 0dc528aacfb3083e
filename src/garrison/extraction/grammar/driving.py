"""Driving out: verbs by which one force makes another leave, with what they drive before their "out of" or "from"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from garrison.extraction.grammar.words import either, words
from garrison.vocabulary import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_DRIVING = either("driving")
_PARTED = re.compile(
    rf"\b(?P<verb>{_DRIVING})\s"
    r"(?!(?:to|into|on|onto|in|by|at|for|back|out|away|off|from)\b)"
    r"(?:(?!(?:to|into|onto|by|at|for|who|which|that|while|after|before|when|where|but|said)\b)[\w’'-]+\s){1,7}?"
    r"(?P<out>back\sfrom|out\sof|out|away\sfrom|from)\b",
    re.IGNORECASE,
)
"""Such a verb, whom it drives, and the words that say that these leave: "pushed the last militants out of"."""
_NOUNS = frozenset({"force", "drive", "push", "sweep", "chase", "rout", "clear", "kick", "flush"})  # nouns, too
_VERBAL = re.compile(r"\b(?:to|will|would|could|can|may|might|must|should|helped|helps?|and|not|[Ww]e|they|\w+ly)\s$")
_BEFORE = 14  # characters looked at before a verb that may be a noun
_OUT = re.compile(r"\s(?:back\sfrom|out|away\sfrom|from)\b")
_STRAIGHT = re.compile(r"\s(?:out|from|back|away|off|in|by|last|on|this|earlier|after|when|during|once)\b|[.,;)]")


def driven_out(text: str) -> Iterator[re.Match[str]]:
    """Where ``text`` says that somebody is driven out by a verb that has him between itself and its "out of"."""
    lower = text.lower()
    if any(verb in lower for verb in _stems()):
        for found in _PARTED.finditer(text):
            noun = found["verb"].lower() in _NOUNS
            if not noun or _VERBAL.search(text, max(0, found.start() - _BEFORE), found.start()):
                yield found


@cache
def _stems() -> frozenset[str]:
    """What the verbs begin with, looked for first."""
    return frozenset(verb[:4] for verb in words("driving"))


def is_driving(form: str) -> bool:
    """Whether a trigger's ``form`` is a verb whose subject stays while its object leaves: "drove out", "ousted"."""
    return form.partition(" ")[0] in words("driving")


def takes_nobody(text: str, form: str, span: Span) -> bool:
    """Whether such a verb at ``span`` has no object after it, so that it may be a participle: "driven from Palmyra"."""
    if len(span) < len(form):
        return False
    return " " in form or span.end >= len(text) or _STRAIGHT.match(text, span.end) is not None


def is_driven(text: str, form: str, verb: Span, whom: Span) -> bool:
    """Whether somebody named after a verb of driving is its object: "drove Boko Haram from Bama"."""
    return len(verb) < len(form) and verb.end <= whom.start and _OUT.match(text, whom.end) is not None
