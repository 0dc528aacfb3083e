"""Exempt: people of a force whom a sentence names without saying that the force is anywhere (guide, *Not claims*).

Prisoners, the accused and recruits, former and fallen fighters, those whose families or bodies are spoken of ("families
of fighters have left"), and those who did what was done ("killed by fighters in Raqqa").
"""

from __future__ import annotations

import re
from functools import lru_cache

from garrison.extraction.grammar.scene import Scene
from garrison.vocabulary import Span

_HELD = frozenset({"captured", "detained", "imprisoned", "jailed", "captive", "holding", "detaining", "housing"})
_HELD_AFTER = re.compile(
    r"(?:\s(?:who|that)\s(?:are|were|is|was|have\sbeen|had\sbeen)|\s(?:are|were|is|was)|,)?"
    r"(?:\s(?:still|now|currently|already|being|all))*\s"
    r"(?:(?:held|captured|detained|imprisoned|jailed|arrested)\s(?:in|at|by|on|near|inside|during|last|after|while|captive|prisoner)\b"
    r"|in\s(?:custody|detention|prisons?|jails?|captivity)\b|behind\sbars\b)"
)
_TRIED = re.compile(
    r"(?:\sof\s(?:the\s)?(?:[\w-]+\s){0,4}?[\w-]+)?\s(?:is|are|was|were|(?:has|have|had)\sbeen)\s"
    r"(?:court-martial|tried\b|convicted\b|sentenced\b|charged\b|arraigned\b)"
)
_GONE = frozenset(
    {
        *("former", "ex", "retired", "defected", "fallen", "slain", "dead", "surrendered", "repentant", "wounded"),
        *("injured", "would-be", "off-duty"),
    }
)
_RECRUITED = frozenset({"recruit", "recruits", "recruited", "recruiting", "enlisted", "enlisting"})
_THEIRS = frozenset(
    {
        *("families", "family", "wives", "wife", "relatives", "widows", "widow", "children", "parents", "partners"),
        *("women", "mothers", "sons", "bodies", "deaths", "death", "killing", "killings", "murder", "murders"),
        *("trial", "trials", "names", "photographs"),
    }
)
_DONE = frozenset(
    {
        *("killed", "captured", "arrested", "detained", "attacked", "ambushed", "shot", "wounded", "injured", "seized"),
        *("kidnapped", "abducted", "beaten", "freed", "rescued", "destroyed", "hit", "struck", "executed", "tortured"),
        *("raped", "murdered", "beheaded", "hanged", "looted", "stopped", "questioned", "searched", "raided", "down"),
        *("shelled", "bombed", "targeted", "repelled", "intercepted", "foiled", "spotted", "stormed", "overrun"),
        *("harassed", "threatened", "mistreated", "fired", "planted", "laid", "downed", "dead"),
    }
)
_OWN = frozenset(
    {
        *("the", "a", "an", "its", "their", "his", "her", "these", "those", "some", "several", "many", "other", "more"),
        *("suspected", "alleged", "foreign", "local", "armed", "heavily", "masked", "allied", "of", "than", "and"),
        *("two", "three", "four", "five", "six", "dozens", "hundreds", "thousands", "tens", "about", "around", "at"),
        *("least", "young", "loyal"),
    }
)
"""What may stand before the noun inside its phrase, beside names, numbers and words with a hyphen."""
_BEFORE = 90  # characters looked at before a force
_LONGEST = 7  # words of its phrase before the noun
_WORD = re.compile(r"\d[\d,.]*|[\w’'-]+|[^\w\s]")


def is_exempt(scene: Scene, head: Span) -> bool:
    """Whether the people named at ``head`` are held, tried, gone or recruited, or it is of their kin or bodies."""
    if _HELD_AFTER.match(scene.text, head.end) or _TRIED.match(scene.text, head.end):
        return True
    own, ahead, last = _phrase(scene, head)
    if not _GONE.isdisjoint(own):
        return True
    return last in _HELD or last in _RECRUITED or (last == "of" and ahead in _THEIRS)


def is_doer(scene: Scene, head: Span) -> bool:
    """Whether those named at ``head`` did what was done to others: "killed by the rebels in Homs"."""
    _, ahead, last = _phrase(scene, head)
    return last == "by" and ahead in _DONE


@lru_cache(maxsize=256)
def _phrase(scene: Scene, head: Span) -> tuple[list[str], str, str]:
    """The words of the noun phrase before its noun at ``head``, and the two before them, in small letters."""
    words = _WORD.findall(scene.text, max(0, head.start - _BEFORE), head.start)
    at = len(words)
    while at and len(words) - at < _LONGEST and _is_own(words[at - 1], words[at - 2] if at > 1 else ""):
        at -= 1
    ahead, last = ["", "", *(word.lower() for word in words[max(0, at - 2) : at])][-2:]
    return [word.lower() for word in words[at:]], ahead, last


def _is_own(word: str, before: str) -> bool:
    """Whether a word is part of a noun phrase; "of" after a number's noun alone ("dozens of")."""
    low = word.lower()
    if low in ("of", "and"):
        return before.lower() in _OWN or (before[:1].isupper() and before.lower() not in _THEIRS)
    if low in _GONE:
        return True
    if low in _THEIRS or low in _DONE or low in _HELD:
        return False
    return low in _OWN or "-" in word or word[:1].isupper() or word[:1].isdigit()
