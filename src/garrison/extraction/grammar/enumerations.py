"""Enumerations: actors and forces that a sentence names side by side, so that what it says holds for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.scene import Scene, stands_for_a_place
from garrison.extraction.grammar.words import words
from garrison.naming.actors import ActorMention
from garrison.vocabulary import Span

_JOINT = re.compile(
    r"\s*(?:,|,? and|,? or|,? as well as|,? along with|,? together with|,? backed by|,? supported by|,? plus)\s+"
    r"(?:(?:the|its|their|a|an|[A-Z][\w-]+['’]s|a number of|some|other)\s+)?"
)


def listed_before(scene: Scene, last: ActorMention, actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """The actors listed before ``last`` ("Britain and France, which both have …"), in order."""
    run = [last]
    for actor in reversed(actors):
        if actor.span.end <= run[0].span.start:
            if not _are_joined(scene, actor, run[0]) and (
                actor.compound is not None or not _are_listed(scene, actor, run[0])
            ):
                break
            if scene.text[actor.span.end] == "," and len(run) == 1 and stands_for_a_place(scene, actor):
                break  # "In Iraq, Washington …"
            run.insert(0, actor)
    return tuple(run[:-1])


def listed_after(scene: Scene, first: ActorMention, actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """The actors listed after ``first`` ("by the United States and South Korea"), in order."""
    run = [first]
    for actor in actors:
        if actor.span.start >= run[-1].span.end:
            if actor.compound is not None or not _are_listed(scene, run[-1], actor):
                break
            run.append(actor)
    return tuple(run[1:])


def _are_listed(scene: Scene, before: ActorMention, after: ActorMention) -> bool:
    gap = scene.text[before.span.end : after.span.start].strip().lower().removesuffix(" the")
    return gap in words("listing")


def _are_joined(scene: Scene, before: ActorMention, after: ActorMention) -> bool:
    """Whether a hyphen joins two states, as in "the joint UK-US base"."""
    return scene.text[before.span.end : after.span.start] in {"-", "–"} and before.actor != after.actor


def phrase_of(body: Body) -> Span:
    """A force with the actors that are named before or after it ("troops from Chad and Niger")."""
    span = body.span
    actors = (*((body.actor,) if body.actor is not None else ()), *body.others)
    if not actors:
        return span
    start, end = min([actor.span.start for actor in actors]), max([actor.span.end for actor in actors])
    return Span(min(span.start, start), max(span.end, end))


def listed_forces(scene: Scene, bodies: Sequence[Body]) -> Mapping[Span, Span]:
    """Per head of a force that is listed with others ("the army and 40 tanks"), from the first head to the last."""
    runs: list[list[Body]] = []
    if len(bodies) < 2:
        return {}
    phrases = [phrase_of(body) for body in bodies]
    for (before, after), (left, right) in zip(pairwise(bodies), pairwise(phrases), strict=True):
        if not _JOINT.fullmatch(scene.text, left.end, right.start):
            continue
        if runs and runs[-1][-1] is before:
            runs[-1].append(after)
        else:
            runs.append([before, after])
    return {body.head: Span(run[0].head.start, run[-1].head.end) for run in runs for body in run}
