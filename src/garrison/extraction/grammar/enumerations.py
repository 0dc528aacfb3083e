"""Enumerations: actors and forces that a sentence names side by side, so that what it says holds for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.words import words
from garrison.naming.actors import ActorMention
from garrison.vocabulary import Span

_JOINT = re.compile(
    r"\s*(?:,|,? and|,? or|,? as well as|,? along with|,? together with|,? backed by|,? supported by|,? plus)\s+"
    r"(?:(?:the|its|their|a|an|[A-Z][\w-]+['’]s|a number of|some|other)\s+)?"
)


def listed_before(scene: Scene, last: ActorMention, actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """The actors listed before ``last`` ("Britain and France, which both have …"), in order."""
    others: list[ActorMention] = []
    first = last
    for actor in reversed(actors):
        if actor.span.end > first.span.start:
            continue
        gap = scene.text[actor.span.end : first.span.start].strip().lower().removesuffix(" the")
        if gap not in words("listing") or actor.compound is not None:
            break
        others.append(actor)
        first = actor
    return tuple(reversed(others))


def listed_after(scene: Scene, first: ActorMention, actors: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """The actors listed after ``first`` ("by the United States and South Korea"), in order."""
    others: list[ActorMention] = []
    last = first
    for actor in actors:
        if actor.span.start < last.span.end:
            continue
        gap = scene.text[last.span.end : actor.span.start].strip().lower().removesuffix(" the")
        if gap not in words("listing") or actor.compound is not None:
            break
        others.append(actor)
        last = actor
    return tuple(others)


def phrase_of(body: Body) -> Span:
    """A force with the actors that are named before or after it ("troops from Chad and Niger")."""
    spans = [body.span, *(actor.span for actor in (body.actor, *body.others) if actor is not None)]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def listed_forces(scene: Scene, bodies: Sequence[Body]) -> Mapping[Span, Span]:
    """Per head of a force that is listed with others ("the army and 40 tanks"), from the first head to the last."""
    runs: list[list[Body]] = []
    for before, after in pairwise(bodies):
        if not _JOINT.fullmatch(scene.text, phrase_of(before).end, phrase_of(after).start):
            continue
        if runs and runs[-1][-1] is before:
            runs[-1].append(after)
        else:
            runs.append([before, after])
    return {body.head: Span(run[0].head.start, run[-1].head.end) for run in runs for body in run}
