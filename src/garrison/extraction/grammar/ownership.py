"""Ownership: whose force a body is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from garrison.extraction.grammar.bodies import Body, listed_before
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import HOSTS, Voice
from garrison.extraction.grammar.words import words
from garrison.naming.actors import ActorMention, Form
from garrison.naming.countries import country_of
from garrison.vocabulary import Actor, Kind, Place, Span

_PLACE_BEFORE = re.compile(
    r"\b(?:in|from|to|into|at|near|inside|across|outside|around|throughout|within|off|over|towards?|onto|through|"
    r"neighbou?ring|northern|southern|eastern|western|central|between)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s+(?:the\s+)?$")
_BACK = re.compile(
    r"\b(?:the|those|these|them|they|others?|another|more|its|their|his)\b[\w\s’'-]{0,24}$", re.IGNORECASE
)
_HOME_FORCE = re.compile(
    r"\b(?:army|soldiers?|troops|police\w*|officers|battalions?|brigades?|divisions?|regiment|garrison|barracks|navy|"
    r"air force|guards?|reservists|military|forces?|security|personnel|conscripts|cantonment)\b",
    re.IGNORECASE,
)
_WINDOW = 30  # characters looked at before a name
_NEAREST = 12  # actors looked back at
_PRONOUN = re.compile(r"\b(?:it|they|he|she|we)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose force it is, the mission that the naming words gave beside it, and the rule that found it."""

    actors: tuple[Actor, ...]
    mission: str | None
    rule: str


def owner_of(
    scene: Scene, sentence: Span, body: Body, governed: Governed | None, place: Place | None, memory: Memory
) -> Owner:
    """Whose force ``body`` is, by the first rule that knows."""
    if body.actor is not None and not _is_left(scene, body, body.actor, governed):
        listed = dict.fromkeys((*(other.actor for other in body.others), body.actor.actor))
        return Owner(tuple(listed), body.actor.mission, "named in the phrase")
    if body.unit is not None and body.unit.iso3:
        country = country_of(body.unit.iso3)
        if country:
            return Owner((Actor(country.name, country.iso3),), None, "the unit's country")
    named = [a for a in within(scene.actors, sentence) if not stands_for_a_place(scene, a) and a.compound is None]
    before = [a for a in named if a.span.end <= body.head.start]
    agent = _agent(scene, named, before, governed)
    if agent is not None and memory.actor is not None and _by_pronoun(scene, agent.mentions[-1], governed):
        return Owner((memory.actor,), memory.mission, "the actor of the claim before")
    if agent is not None:
        listed = dict.fromkeys(mention.actor for mention in agent.mentions)
        return Owner(tuple(listed), agent.mentions[-1].mission, agent.rule)
    if memory.actor is not None and _BACK.search(
        scene.text[max(sentence.start, body.span.start - 28) : body.head.start]
    ):
        return Owner((memory.actor,), memory.mission, "the actor of the claim before")
    hosted = governed is not None and governed.trigger.form in HOSTS
    if before and not hosted:
        return _of(before[-1], "the last actor named before")
    if memory.actor is not None:
        return Owner((memory.actor,), memory.mission, "the actor of the claim before")
    home = _home(scene, body, place)
    if home is not None and not scene.title_actors:
        return Owner((home,), None, "the country of the place")
    earlier = _last_before(scene, sentence.start)
    if earlier is not None:
        return _of(earlier, "the last actor of the sentences before")
    if scene.title_actors:
        return _of(scene.title_actors[0], "the first actor of the title")
    if home is not None:
        return Owner((home,), None, "the country of the place")
    after = [a for a in named if a.span.start >= body.head.end]
    if after:
        return _of(after[0], "an actor named after")
    return Owner((), None, "")


def _is_left(scene: Scene, body: Body, actor: ActorMention, governed: Governed | None) -> bool:
    """Whether the name after a force says where it leaves and not whose it is ("withdrew 300 soldiers from Iraq")."""
    leaves = governed is not None and governed.kind in (Kind.WITHDRAW, Kind.RELOCATE)
    return leaves and scene.text[body.span.end : actor.span.start].lstrip().lower().startswith("from")


def _of(mention: ActorMention, rule: str) -> Owner:
    return Owner((mention.actor,), mention.mission, rule)


def _last_before(scene: Scene, at: int) -> ActorMention | None:
    """The last actor named before ``at``, among the nearest few."""
    end = bisect_left(scene.actors, at, key=lambda actor: actor.span.start)
    for actor in reversed(scene.actors[max(0, end - _NEAREST) : end]):
        if actor.compound is None and not stands_for_a_place(scene, actor):
            return actor
    return None


@dataclass(frozen=True, slots=True)
class _Agent:
    """Those who do what the verb says, and the rule that found them."""

    mentions: tuple[ActorMention, ...]
    rule: str


def _agent(
    scene: Scene, named: list[ActorMention], before: list[ActorMention], governed: Governed | None
) -> _Agent | None:
    """Who does what the verb says, where that is not the force itself."""
    if governed is None:
        return None
    if governed.passive or governed.voice is Voice.NOUN:
        for index, actor in enumerate(named):
            start = actor.span.start
            if start >= governed.trigger.span.end and _BY.search(scene.text[max(0, start - 12) : start]):
                return _Agent(_listed_after(scene, named[index:]), "named after *by*")
        return None
    if governed.voice is not Voice.OBJECT:
        return None
    agents = [a for a in before if a.span.end <= governed.trigger.span.start]
    if agents and governed.trigger.form not in HOSTS:
        return _Agent((*listed_before(scene, agents[-1], named), agents[-1]), "the subject of the verb")
    return None


def _listed_after(scene: Scene, actors: list[ActorMention]) -> tuple[ActorMention, ...]:
    """The first of ``actors`` and those listed after it ("by the United States and South Korea")."""
    listed = [actors[0]]
    for actor in actors[1:]:
        gap = scene.text[listed[-1].span.end : actor.span.start].strip().lower().removesuffix(" the")
        if gap not in words("listing"):
            break
        listed.append(actor)
    return tuple(listed)


def _by_pronoun(scene: Scene, agent: ActorMention, governed: Governed | None) -> bool:
    """Whether a pronoun stands between an actor and the verb, so that somebody else is its subject."""
    if governed is None:
        return False
    return bool(_PRONOUN.search(scene.text[agent.span.end : governed.trigger.span.start]))


def _home(scene: Scene, body: Body, place: Place | None) -> Actor | None:
    """The country of the place, for national forces that the text names no owner of."""
    if body.unit is None and not _HOME_FORCE.search(body.asset_text or ""):
        return None
    iso3 = place.iso3 if place else None
    country = country_of(iso3) if iso3 else None
    return Actor(country.name, country.iso3) if country else None


def stands_for_a_place(scene: Scene, actor: ActorMention) -> bool:
    """Whether a country's name stands as a place ("in Syria"), not as an actor."""
    if actor.form not in {Form.NAME, Form.CAPITAL}:
        return False
    if actor.form is Form.CAPITAL and scene.text[actor.span.end : actor.span.end + 3].lstrip(" ")[:1] in {
        "-",
        "–",
        "—",
        "(",
    }:
        return True
    return bool(_PLACE_BEFORE.search(scene.text[max(0, actor.span.start - _WINDOW) : actor.span.start]))
