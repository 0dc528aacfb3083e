"""Exercise words: what says that somebody holds, joins or ends an exercise, and what only looks like it."""

from __future__ import annotations

import re

from garrison.vocabulary import Span

_NOUN = r"(?:exercises?|drills?|man(?:oeuv|euv)(?:re|er)s?|war ?games?)"
EXERCISE = re.compile(rf"\b{_NOUN}\b", re.IGNORECASE)
"""An exercise, under whatever word."""

_HELD = re.compile(
    r"\b((?:tak(?:e|es|ing|en) part in|took part in|participat(?:e|es|ed|ing) in|join(?:s|ed|ing)?|h[eo]ld(?:s|ing)?|"
    r"conduct(?:s|ed|ing)?|stag(?:e|es|ed|ing)|beg[aiu]n(?:s|ning)?|start(?:s|ed|ing)?|launch(?:es|ed|ing)?|"
    r"run(?:s|ning)?|ran|kick(?:s|ed|ing)? off|carr(?:y|ies|ied|ying) out|embark(?:s|ed|ing)? (?:up)?on|"
    r"conclud(?:e|es|ed|ing)|end(?:s|ed|ing)?|finish(?:es|ed|ing)?|complet(?:e|es|ed|ing)|open(?:s|ed|ing)?|"
    r"organi[sz](?:e|es|ed|ing)|leads?|led|leading|practis(?:e|ed)|wrap(?:s|ped|ping)? up)"
    rf"\s+(?:(?!(?:and|or|but|that|which|who|to)\b)[\w’'-]+\s+){{0,5}}?{_NOUN})\b",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    rf"\b{_NOUN}(?:\s(?:[A-Z][\w’'-]*|\d{{1,4}})){{0,4}}\s"
    r"(?:has\s|have\s|had\s|will\s|was\s|were\s|officially\s|formally\s){0,3}"
    r"(opened|opens?|closed|closes?|launched|activated)\b",
    re.IGNORECASE,
)
# A name after "take part in" is that of an exercise or an operation.
_JOINED = re.compile(
    r"\b(?:[Tt]ak(?:e|es|ing|en)|[Tt]ook) part in (?:the )?(?!Operation)(?:[A-Z][\w’'-]*(?: (?=[A-Z\d])|\b)){1,4}"
    r"(?!\s(?:campaign|offensive|operation|battle|war|fighting|talks|summit|conference|election|parade|mission|assault|"
    r"siege|attack|raid)s?\b)"
)
_TAKES_PART = r"(?:tak(?:e|es|ing|en) part|took part|participat(?:e|es|ed|ing))"
# Those who take part in what the passage has named.
_TAKING_PART = re.compile(
    rf"\b({_TAKES_PART}|(?:is|are|was|were) fielding|train(?:s|ed|ing)? (?:with|alongside)|attended by)\b(?! in\b)",
    re.IGNORECASE,
)
_IN_IT = re.compile(rf"\b{_TAKES_PART} in (?:it|them)\b", re.IGNORECASE)
# "Exercise Winter Camp", "the exercise dubbed “Blue Lagoon”".
_NAMED = re.compile(
    r"(?:\bExercise\s[“\"‘']?|\bexercise\s(?:called|code-?named|dubbed|named|tagged)\s[“\"‘']?|\bexercise\s[“\"‘']|"
    r"\bexercise\s(?=[A-Z][\w’-]*\s(?:[A-Z]|\d)))"
    r"((?:[A-Z][\w’-]*|\d{1,4})(?:\s(?:[A-Z][\w’-]*|\d{1,4})){0,3})"
)
_MEETS = re.compile(r"\b(?:collided|clashed|collision|skirmish\w*)\swith\s(?:an?\s|the\s)?(?:[A-Z][\w-]+\s)?$")
_INTO = re.compile(
    r"\b(?:in|for|during|at|on|to|of|by|after|with|part)\s(?:(?!(?:and|or|but|that|which|who)\b)[\w’'-]+\s){0,5}$"
)
_WITH = re.compile(
    r"\b(?:with|by|for|of|between|among|involv\w+|includ\w+|featur\w+|br(?:ing|ought)\w*|compris\w+|encompass\w+|"
    r"attended|join\w*|participat\w+|part|saw|sees?|drew|draws|conducted|under)\b",
    re.IGNORECASE,
)
_USE = (
    *("control", "restraint", "self-restraint", "caution", "power", "powers", "authority", "influence", "patience"),
    *("right", "rights", "veto", "vetoes", "discretion", "leadership", "care", "vigilance", "command", "judgment"),
    *("judgement", "option", "options", "jurisdiction", "sovereignty", "leverage", "pressure"),
)
_WHICH = (
    *("its", "their", "his", "her", "the", "a", "an", "any", "some", "more", "great", "greater", "full", "strict"),
    *("due", "effective", "direct", "extreme", "utmost", "maximum", "considerable", "real"),
)
_NO_DRILL = re.compile(
    r"\bdrill(?:s|ed|ing)? for (?:oil|gas|water)\b|"
    rf"\bexercis(?:e|es|ed|ing) (?:(?:{'|'.join(_WHICH)}) ){{0,2}}(?:{'|'.join(_USE)})\b|"
    r"\b(?:exercise|drill) (?:spokes\w+|representatives?|directors?|planners?|coordinators?|schedules?|calendars?)\b|"
    rf"\bexercise of (?:{'|'.join((*_WHICH, *_USE))})\b",
    re.IGNORECASE,
)


def held_in(text: str) -> tuple[Span, ...]:
    """The words of ``text`` that say that somebody holds, joins or ends an exercise, in order."""
    found = [Span(*each.span(1)) for each in _HELD.finditer(text)]
    for pattern, group in ((_BEGUN, 1), (_JOINED, 0), (_TAKING_PART, 1), (_IN_IT, 0)):
        more = (Span(*each.span(group)) for each in pattern.finditer(text))
        found += [span for span in more if not any(span.overlaps(other) for other in found)]
    return tuple(sorted(found))


def takes_part(between: str, *, ahead: bool) -> bool:
    """Whether the words between a force and an exercise say that it takes part; a force ``ahead`` is named first."""
    return (_INTO if ahead else _WITH).search(between) is not None


def only_meets(between: str) -> bool:
    """Whether the words between an exercise and a force say that it was only run into: "collided with a tug"."""
    return _MEETS.search(between) is not None


def joined_in(text: str) -> tuple[Span, ...]:
    """Where a ``text`` that names no exercise says that somebody takes part in something with a name."""
    return tuple(Span(*each.span()) for each in _JOINED.finditer(text))


def names_in(text: str) -> tuple[Span, ...]:
    """The names of exercises: "Winter Camp" in "took part in exercise Winter Camp"."""
    return tuple(Span(*each.span(1)) for each in _NAMED.finditer(text)) if "xercise" in text else ()


def no_drills(text: str) -> tuple[Span, ...]:
    """The words that speak of no exercise at all: "exercised restraint", "drills for oil"."""
    if "xercis" not in text and "rill" not in text:
        return ()
    return tuple(Span(*each.span()) for each in _NO_DRILL.finditer(text))
