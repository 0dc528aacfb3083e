"""Triggers: the words that say what a force does, from ``triggers.csv``."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from garrison.extraction.grammar.driving import driven_out
from garrison.extraction.grammar.exercise_words import EXERCISE, held_in, joined_in, no_drills
from garrison.extraction.grammar.presences import changing
from garrison.extraction.grammar.words import either
from garrison.vocabulary import Asset, Kind, Span

if TYPE_CHECKING:
    from garrison.naming.lexicon import Lexicon


_HAVE = frozenset({"have", "has", "had", "having"})
_PARTICIPLE = re.compile(
    r"\s+(?:(?:not|never|also|already|now|since|just|recently|long|so far|yet|reportedly|quietly|both|each|"
    r"all)\s+){0,2}"
    r"(?!(?:hundred|armed|unarmed|manned|unmanned|mechani[sz]ed|motori[sz]ed|armou?red|limited|combined|united|retired|"
    r"experienced|skilled|trained|uniformed|increased|estimated|seven|ten|eleven|\w+teen|dozen|men|\w+men|open|even|"
    r"often|then|between)\b)"
    r"(?:\w+ed|\w+en|\w+wn|been|begun|brought|built|come|cut|dug|fled|flown|gone|held|kept|led|left|lent|lost|made|put|"
    r"risen|sailed|sent|set|shut|stood|sunk|won)\b",
    re.IGNORECASE,
)

_PLACING = frozenset({"in", "on", "at"})
_COUNT_OR_TIME = re.compile(
    r"\s+(?:least|most|response|support|order|(?:early |late |mid-)?(?:(?:19|20)\d\d|January|February|March|April|May|"
    r"June|July|August|September|October|November|December)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_TO_SOMEWHERE = re.compile(
    r"\s(?:(?:the|its|their|an?|peace\w*|(?:mission|operation|service|deployment|dut)\w*|in|to)\s)*[A-Z]"
)

OPERATES = re.compile(
    r"\b(?:operat(?:e|es|ed|ing)|work(?:s|ed|ing)?|sails?|sailing|"
    r"fl(?:y|ies|ying)\s(?:[\w-]+\s){0,3}?(?:drones?|missions|sorties|patrols|aircraft|planes|jets|F-\d\ds?))\b"
    r"[^.;]{0,40}\bout(?: of(?: the)?)?\s*$",
    re.IGNORECASE,
)
"""Words after which "out of" says from where a force works and not what it leaves."""

_BEFORE = 60  # characters looked at before "out of"


class Voice(StrEnum):
    """Where the force stands to the trigger."""

    SUBJECT = "subject"
    OBJECT = "object"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a trigger word; ``kind`` is ``None`` for words that rule a claim out (*killed*)."""

    kind: Kind | None
    voice: Voice


EXERCISE_HELD = "exercise held"
"""The form of words that say that somebody holds, joins or ends an exercise: "began annual military drills"."""

FIRED = frozenset({Asset.MISSILE, Asset.ARTILLERY})
"""What a drill is named after when it is fired there: "a live-fire missile drill"."""

DRIVEN = Sense(Kind.WITHDRAW, Voice.OBJECT)
"""What a verb of driving out says of its object."""

_HOLDING = (Sense(Kind.EXERCISE, Voice.SUBJECT), Sense(Kind.EXERCISE, Voice.OBJECT))

CHANGED_TO = "changed to"
"""The form of words that say to which number a force grew or shrank: "fell from 5,200 to 3,000"."""

_CHANGED_TO = re.compile(
    r"\b(?:(?P<down>f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|shr[aiu]nk(?:s|ing)?|dwindl(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|"
    r"(?:be(?:en|ing)? |was |were |is |are )(?:cut|reduced|lowered|trimmed|slashed|halved))|"
    r"r[io]s(?:e|es|en|ing)|gr[eo]w(?:s|n|ing)?|climb(?:s|ed|ing)?|swell(?:s|ed|ing)?|swollen|"
    r"(?:be(?:en|ing)? |was |were |is |are )?(?:increase[sd]?|raised|expanded))"
    r"(?:\s[a-z]+ly|\sback|\sagain)?(?:\sfrom\s(?:[a-z]+\s){0,3}[\d,.]+(?:\s[a-z]+){0,2})?\sto\s(?=(?:[a-z]+\s){0,3}\d)",
    re.IGNORECASE,
)
_PACT = re.compile(
    r"(?:\s(?:out|away|itself))?(?:\s(?:from|of))?\s(?:the|an?|its|this|that)\s(?:[\w-]+\s){0,5}?"
    rf"{either('pacts')}\b"
)
_NOUNS = frozenset({"ship", "host", "base", "bases", "post", "station", "move", "moves", "parachute"})  # nouns, too
_DRILLS = frozenset({"exercise", "exercises"})  # verbs, too
_ARTICLE = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|this|that|[a-z]+(?:ive|al|ary|ic))(?: (?-i:[A-Z]{2,4}))?|"
    r"(?-i:\b[A-Z][a-z]+(?:an|ish|ese|i|ch))) $",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?:\b(?:its|their|his|her|our|your|my)|['’]s?)\s+$", re.IGNORECASE)
_VERB_NEXT = re.compile(
    r"\s(?:[a-z]+ly\s)?(?:be|have|do|stay|remain|leave|withdraw|pull|get|keep|send|bring|help|take|make|see|continue|deploy|"
    r"put|move|go|come|give|let|need|look|try|work|start|begin|end|stop|win|lose|increase|reduce|cut|build|use|return|"
    r"invade|enter|cross|fight|defeat|attack|redeploy|pay|say|tell|ask|change|happen|want)\b"
)
"""A verb after "going to", which is then no motion: "going to withdraw"."""
_TO_NUMBER = re.compile(r"[tT][oO]\s(?:\w+\s){0,3}\d")  # looked for first
_LEAVES_DEAD = re.compile(r"\s(?:[\w,-]+\s){1,5}?(?:dead|wounded|injured|hurt|homeless|missing)\b")
_THERE_ARE = re.compile(r"\bthere (?:is|are|was|were|will be) (?:[\w-]+ ){1,5}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger in a text, with every sense that its words can have."""

    span: Span
    form: str
    senses: tuple[Sense, ...]

    def kinds(self) -> frozenset[Kind | None]:
        """The kinds of claim that the words can make."""
        return frozenset(sense.kind for sense in self.senses)


@cache
def _lexicon() -> Lexicon[tuple[Sense, ...]]:
    from garrison.naming.lexicon import Lexicon

    return Lexicon(_verbs().items())


@cache
def _verbs() -> dict[str, tuple[Sense, ...]]:
    """What each form of the table can mean."""
    text = files("garrison.extraction.grammar").joinpath("triggers.csv").read_text(encoding="utf-8")
    senses: dict[str, list[Sense]] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        kind = None if row["kind"] in {"block", "none"} else Kind(row["kind"])
        sense = Sense(kind, Voice(row["voice"]))
        for form in row["forms"].split("|"):
            known = senses.setdefault(form, [])
            if sense not in known and row["kind"] != "none":
                known.append(sense)
    return {form: tuple(known) for form, known in senses.items()}


def find_triggers(text: str) -> tuple[Trigger, ...]:
    """The trigger words of ``text``, longest first where they overlap, in order; no "has" that only forms a tense."""
    held: list[Trigger] = []
    exercises = EXERCISE.search(text) is not None
    if exercises or "part in" in text:
        spans = held_in(text) if exercises else joined_in(text)
        held += [Trigger(span, EXERCISE_HELD, _HOLDING) for span in spans]
    if _TO_NUMBER.search(text):
        held += [Trigger(Span(*each.span()), CHANGED_TO, _changing(each)) for each in _CHANGED_TO.finditer(text)]
    out: list[Span] = []
    for each in driven_out(text):
        held.append(Trigger(Span(*each.span("verb")), f"{each['verb'].lower()} out", (DRIVEN,)))
        out.append(Span(*each.span("out")))
    for each, kind in changing(text):
        verb = each["down"] or each["up"]
        start = each.start()
        held.append(Trigger(Span(start, start + len(verb)), verb.lower(), (Sense(kind, Voice.OBJECT),)))
    read = (Trigger(each.span, each.span.of(text).lower(), each.value) for each in _lexicon().find(text))
    read = (_as_noun(text, each) if exercises and each.form in _DRILLS else each for each in read)
    found = (each for each in (_without_preposition(text, trigger) for trigger in read) if each.senses)
    idle = no_drills(text)
    alone = [
        each
        for each in found
        if (each.form not in _HAVE or not _PARTICIPLE.match(text, each.span.end))
        and not any(each.span.overlaps(other.span) for other in held)
        and not any(span.covers(each.span) for span in idle)
        and not any(span.overlaps(each.span) for span in out)
        and not (_leaves(each) and _PACT.match(text, each.span.end))
        and not (each.form == "going to" and _VERB_NEXT.match(text, each.span.end))
        and not (each.form == "own" and _POSSESSIVE.search(text, max(0, each.span.start - _BEFORE), each.span.start))
        and not (each.form in _NOUNS and _ARTICLE.search(text, max(0, each.span.start - _BEFORE), each.span.start))
        and not (each.form == "left" and _LEAVES_DEAD.match(text, each.span.end))
        and not (each.form == "left" and _THERE_ARE.search(text, max(0, each.span.start - _BEFORE), each.span.start))
        and not (
            each.form.endswith("out of") and OPERATES.search(text, max(0, each.span.start - _BEFORE), each.span.end)
        )
    ]
    return tuple(sorted((*held, *alone), key=lambda each: each.span))


def _as_noun(text: str, trigger: Trigger) -> Trigger:
    """``trigger`` as a noun alone where an article or its like stands before it: "denounced the exercises"."""
    if not _ARTICLE.search(text, max(0, trigger.span.start - _BEFORE), trigger.span.start):
        return trigger
    return replace(trigger, senses=tuple(sense for sense in trigger.senses if sense.voice is Voice.NOUN))


def _leaves(trigger: Trigger) -> bool:
    return any(sense.kind is Kind.WITHDRAW for sense in trigger.senses)


def _changing(found: re.Match[str]) -> tuple[Sense, ...]:
    kind = Kind.WITHDRAW if found["down"] else Kind.DEPLOY
    return Sense(kind, Voice.SUBJECT), Sense(kind, Voice.OBJECT)


def _without_preposition(text: str, trigger: Trigger) -> Trigger:
    """``trigger``, without a last word that belongs to a number, time or people ("deployed at least 60")."""
    verb, _, last = trigger.form.rpartition(" ")
    trained = verb.endswith("training") and not _TO_SOMEWHERE.match(text, trigger.span.end)
    if not trained and (last not in _PLACING or not _COUNT_OR_TIME.match(text, trigger.span.end)):
        return trigger
    senses = _verbs().get(verb)
    start = trigger.span.start
    return Trigger(Span(start, start + len(verb)), verb, senses) if senses else trigger
