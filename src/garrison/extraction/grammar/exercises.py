"""Exercises: who holds one, by its own words or by what was said before, and whom or what it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.enumerations import listed_after
from garrison.extraction.grammar.exercise_words import EXERCISE
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import EXERCISE_HELD, FIRED, Trigger
from garrison.extraction.grammar.words import words
from garrison.naming.actors import ActorMention
from garrison.naming.forces import ForceMention
from garrison.vocabulary import Actor, Asset, Kind, Span

_PARTIES = re.compile(r"\s(?:[a-z]+ed\s)?(?:by|between|of|which|that)\s(?:both\s)?(?:the\s)?")
_OPPOSES = re.compile(
    r"(?:['’]s?\s[a-z-]+(?:\s[a-z-]+)?)?\s(?:(?:has|have|had|also|repeatedly|often|strongly)\s){0,3}(?:denounc|condemn|critici[sz]|protest|oppos|reject|"
    r"slam|blast|decr[iy]|call|describ|view|regard|see|saw|warn|complain|respond|react|demand)"
)
_OF_IT = re.compile(r"\s(?:(?:of|with)\s)?(?:(?:an?|its|the|several|two|new)\s)*")


def parties_after(scene: Scene, governed: Governed) -> tuple[ActorMention, ...]:
    """Those who hold an exercise by the words after it: "drills between X and Y", "the exercise that X and Y began"."""
    found = _PARTIES.match(scene.text, governed.trigger.span.end)
    if found is None:
        return ()
    after = [a for a in within(scene.actors, Span(found.end(), len(scene.text))) if a.compound is None]
    if not after or after[0].span.start != found.end():
        return ()
    return (after[0], *listed_after(scene, after[0], after))


def opposes(scene: Scene, actor: ActorMention) -> bool:
    """Whether an actor only says something of an exercise: "Tehran denounced the drills"."""
    return _OPPOSES.match(scene.text, actor.span.end) is not None


def is_exercise(scene: Scene, body: Body) -> bool:
    """Whether a body is an exercise of which no force is named, as in "Gotland will host the drills"."""
    return body.asset_text is None and EXERCISE.fullmatch(scene.text, body.head.start, body.head.end) is not None


def of_exercise(readings: Sequence[Governed]) -> list[Governed]:
    """The ``readings`` that an exercise can have of which no force is named: it is held, or hosted."""
    found = []
    for reading in readings:
        if reading.kind is Kind.PRESENT and reading.trigger.form in words("hosts"):
            found.append(replace(reading, kind=Kind.EXERCISE, fit=reading.fit + 1))
        elif reading.kind in (Kind.EXERCISE, None):
            found.append(reading)
    return found


def without_bare(drafts: Sequence[Reasoned]) -> tuple[Reasoned, ...]:
    """The ``drafts`` of a sentence without an exercise of nobody in particular whose people it names as well."""
    people = {
        draft.claim.actor
        for draft in drafts
        if draft.claim.kind is Kind.EXERCISE and draft.claim.asset is Asset.PERSONNEL and draft.claim.asset_text
    }
    return tuple(
        draft
        for draft in drafts
        if draft.claim.kind is not Kind.EXERCISE or draft.claim.asset_text or draft.claim.actor not in people
    )


def fired_in(scene: Scene, triggers: Sequence[Trigger], forces: Sequence[ForceMention]) -> tuple[Span, ...]:
    """The words that say who holds a drill of missiles or guns, of which the army that holds it is no further force."""
    return tuple(
        trigger.span
        for trigger in triggers
        if trigger.form == EXERCISE_HELD
        and any(
            force.asset in FIRED and _OF_IT.fullmatch(scene.text, trigger.span.end, force.span.start)
            for force in forces
            if force.span.start >= trigger.span.end
        )
    )


def parties_known(scene: Scene, body: Body, memory: Memory) -> tuple[Actor, ...]:
    """Those who hold "the exercise" of which a sentence names nobody: of the exercise before, or of the title."""
    if body.asset_text is not None or body.actor is not None:
        return ()
    return memory.parties or _in_title(scene)


def _in_title(scene: Scene) -> tuple[Actor, ...]:
    """The subject of a title that speaks of an exercise: "US, Manila launch war games after drills by China"."""
    title = scene.title or ""
    exercise = EXERCISE.search(title)
    named = [a for a in scene.title_actors if a.compound is None]
    if exercise is None or not named or named[0].span.end > exercise.start():
        return ()
    run = [named[0]]
    for actor in named[1:]:
        if title[run[-1].span.end : actor.span.start].strip().lower().removesuffix(" the") not in words("listing"):
            break
        run.append(actor)
    return tuple(dict.fromkeys(each.actor for each in run))
