"""Agents: who does what a verb says, and whom "it" and "its" point to."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.enumerations import listed_after, listed_before
from garrison.extraction.grammar.exercises import parties_after
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.scene import Scene, stands_for_a_place, within
from garrison.extraction.grammar.triggers import Voice
from garrison.extraction.grammar.words import either, words
from garrison.naming.actors import ActorMention, Form
from garrison.vocabulary import Kind, Span

_BY = re.compile(r"\bby\s+(?:the\s+)?$")
ITS = re.compile(r"\b(its|their)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
"""A pronoun before a force that says whose it is."""
_ARMY_SUBJECT = re.compile(
    r"\b(the|its|their)\s(?:[a-z]+\s)?"
    r"(?:army|military|navy|air force|armed forces|government|(?:defen[cs]e\s)?ministry|junta|cabinet)"
    r"(?:\s(?:has|have|had|since|also|later|then|now|already|will|would|is|was|had|to|[a-z]+ly))*\s$",
    re.IGNORECASE,
)
_LONGEST_SUBJECT = 70  # characters before a verb in which such a subject begins
_SAYS = re.compile(
    r" (?:says?|said|admits?|admitted|claims?|claimed|insists?|insisted|announced|announces|reckons?|adds|added)\b"
)
_WHICH = re.compile(r",? which\s")
_WHERE_IT = re.compile(r"\s(?:where|in\swhich)\s(?:it|they)\s(?:[^,;:]|,(?=\d))*$")
_OBLIQUE = re.compile(r"\b(?:with|against|about)\s(?:the\s)?$")
_BEFORE_OBLIQUE = 14
_CLAIMS = re.compile(
    r"['’]s?\s(?:[a-z]+\s)?(?:claims?|allegations?|accusations?|charges?|assertions?|suspicions?|fears?|warnings?|reports?)\s"
    r"that\s(?:it|they|he|she)\b"
)
"""The words after who claims something of somebody else: "Moscow denied Kyiv's claims that it was sending"."""
_AND = re.compile(r"\sand\s(?:also\s|then\s|later\s)?$")
_PRONOUN_OPENS = re.compile(r"[“\"'‘]?(?:But\s|And\s|However,\s)?(It|They|He|She)\s")
_OPENING = 12  # characters before an "its" that opens its sentence
_SUBJECT = 24  # characters before the subject of a sentence
_OF_ITSELF = re.compile(
    rf"(?:['’]s)?\s(?:[\w-]+\s){{0,4}}?{either('speaking')}\s(?:(?:on|late|last|this)\s)?(?:\w+day\s)?(?:that\s)?"
    r"(?:it|they|he|she)\b"
)
"""The words between who speaks and what he says that he, or his country, does."""
_PRONOUN = re.compile(r"\b(?:it|they|he|she|we)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Agent:
    """Those who do what the verb says, and the rule that found them."""

    mentions: tuple[ActorMention, ...]
    rule: str


def agent_of(
    scene: Scene, named: list[ActorMention], before: list[ActorMention], governed: Governed | None
) -> Agent | None:
    """Who does what the verb says, where that is not the force itself."""
    if governed is None:
        return None
    if governed.kind is Kind.EXERCISE:
        parties = parties_after(scene, governed)
        if parties:
            return Agent(parties, "named after the exercise")
    if governed.passive or governed.voice is Voice.NOUN:
        for actor in named:
            start = actor.span.start
            if start >= governed.trigger.span.end and _BY.search(scene.text[max(0, start - 12) : start]):
                return Agent((actor, *listed_after(scene, actor, named)), "named after *by*")
        return None
    if governed.voice is not Voice.OBJECT:
        return None
    agents = _subjects(scene, [a for a in before if a.span.end <= governed.trigger.span.start], governed)
    if agents and governed.trigger.form not in words("hosts"):
        return Agent((*listed_before(scene, agents[-1], named), agents[-1]), "the subject of the verb")
    return None


def _subjects(scene: Scene, ahead: list[ActorMention], governed: Governed) -> list[ActorMention]:
    """Those of the actors ``ahead`` of a verb that can be its subject, where some can.

    None is that stands after "with", nor whose force the verb before has for its object, nor who claims it of another.
    """
    verb = governed.trigger.span.start
    ahead = [a for a in ahead if _CLAIMS.match(scene.text, a.span.end) is None] or ahead
    able = [
        a
        for a in ahead
        if not _AND.fullmatch(scene.text, a.span.end, verb)
        or not _OBLIQUE.search(scene.text, max(0, a.span.start - _BEFORE_OBLIQUE), a.span.start)
    ]
    if len(able) > 1 and able[-1].form is Form.ADJECTIVE and _AND.search(scene.text, able[-1].span.end, verb):
        able = [a for a in able if a.form is not Form.ADJECTIVE] or able
    return able or ahead


def by_pronoun(scene: Scene, agent: ActorMention, governed: Governed | None) -> bool:
    """Whether a pronoun stands between an actor and the verb, so that somebody else is its subject.

    Who speaks of what "it" will do speaks of itself: "Germany's cabinet said it would move 35".
    """
    if governed is None:
        return False
    gap = scene.text[agent.span.end : governed.trigger.span.start]
    return bool(_PRONOUN.search(gap)) and not _OF_ITSELF.match(gap)


def by_army(scene: Scene, governed: Governed | None) -> re.Match[str] | None:
    """The words for an army or a government that a verb has for its subject, as in "the army has since sent …"."""
    if governed is None or governed.voice is not Voice.OBJECT or governed.passive:
        return None
    at = governed.trigger.span.start
    return _ARMY_SUBJECT.search(scene.text, max(0, at - _LONGEST_SUBJECT), at)


def subject_of_where(scene: Scene, sentence: Span, body: Body, named: list[ActorMention]) -> ActorMention | None:
    """Whom "it" means in "Canada leads the Nato battlegroup in Latvia, where it has …": no one whose force is named."""
    opens = _WHERE_IT.search(scene.text, sentence.start, body.head.start)
    if opens is None:
        return None
    heads = {force.span.start for force in within(scene.forces, sentence)}
    before = [a for a in named if a.span.end <= opens.start() and a.span.end + 1 not in heads]
    return before[-1] if before else None


def possessors(scene: Scene, sentence: Span, body: Body) -> tuple[ActorMention, ...]:
    """The actors that "its" or "their" right before a force points back to: "Uganda says its army …"."""
    found = ITS.search(scene.text, sentence.start, body.head.start)
    named = within(scene.actors, Span(sentence.start, found.start(1))) if found else ()
    before = [
        actor
        for actor in named
        if actor.compound is None and (_WHICH.match(scene.text, actor.span.end) or not stands_for_a_place(scene, actor))
    ]
    return (*listed_before(scene, before[-1], named), before[-1]) if before else ()


def subject_before(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> tuple[ActorMention, ...]:
    """The subject of the sentence before, for "its" that opens the next: "Caracas rejects this. Its army has …"."""
    active = governed is not None and governed.voice is Voice.OBJECT and not governed.passive
    opens = _PRONOUN_OPENS.match(scene.text, sentence.start, sentence.end) if active else None
    found = opens or ITS.search(scene.text, sentence.start, body.head.start) or by_army(scene, governed)
    if (
        found is None
        or found.group(1).lower() == "the"
        or found.start(1) - sentence.start > _OPENING
        or within(scene.actors, Span(sentence.start, found.start(1)))
    ):
        return ()
    at = bisect_left(scene.sentences, sentence.start, key=lambda each: each.start)
    if not at:
        return ()
    before = scene.sentences[at - 1]
    named = [a for a in within(scene.actors, before) if a.compound is None]
    subject = next((a for a in named if a.span.start - before.start <= _SUBJECT), None)
    if subject is None or stands_for_a_place(scene, subject):
        return ()
    return (subject, *listed_after(scene, subject, named))


def speaker_after(scene: Scene, body: Body, named: list[ActorMention]) -> ActorMention | None:
    """Who speaks after a force that is theirs: "1,500 of its soldiers live outside Gao, Berlin admits"."""
    return next((a for a in named if a.span.start >= body.head.end and _SAYS.match(scene.text, a.span.end)), None)
