"""Captives: people of a force who are held and are none any more (guide: prisoners are no claim), and their kin."""

from __future__ import annotations

import re

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.scene import Scene
from garrison.vocabulary import Asset

_HELD = ("captured", "detained", "imprisoned", "jailed", "captive", "holding", "detaining", "housing")
_HELD_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_HELD)})\s(?:(?:the|these|those|its|their|thousands\sof|hundreds\sof|dozens\sof|[A-Z][\w-]*)\s){{0,2}}$"
)
_HELD_AFTER = re.compile(
    r"(?:\s(?:who|that)\s(?:are|were|is|was|have\sbeen|had\sbeen)|\s(?:are|were|is|was)|,)?"
    r"(?:\s(?:still|now|currently|already|being|all))*\s"
    r"(?:(?:held|captured|detained|imprisoned|jailed|arrested)\s(?:in|at|by|on|near|inside|during|last|after|while|captive|prisoner)\b"
    r"|in\s(?:custody|detention|prisons?|jails?|captivity)\b|behind\sbars\b)"
)
_KIN = (
    "families",
    "family",
    "relatives",
    "wives",
    "wife",
    "widows",
    "children",
    "mothers",
    "parents",
    "women",
    "remains",
)
_KIN_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_KIN)})\sof\s(?:(?:the|these|its|their|dead|foreign|former|[A-Z][\w-]*)\s){{0,3}}$", re.IGNORECASE
)
_BEFORE = 40  # characters looked at before a force


def is_captive(scene: Scene, body: Body) -> bool:
    """Whether the people of a force are prisoners: "the two fighters captured in Syria", "holding the fighters".

    No more is said of a force by what its people's kin do: "families of the fighters have left".
    """
    if body.asset is not Asset.PERSONNEL or body.asset_text is None:  # "the drills were held in June"
        return False
    if _HELD_AFTER.match(scene.text, body.head.end):
        return True
    before = scene.text[max(0, body.span.start - _BEFORE) : body.span.start]
    if " of " in before and _KIN_BEFORE.search(before):
        return True
    return any(word in before for word in _HELD) and _HELD_BEFORE.search(before) is not None
