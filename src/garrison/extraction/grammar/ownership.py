"""Ownership: whose force a body is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from garrison.extraction.grammar.agents import (
    ITS,
    agent_of,
    by_army,
    by_pronoun,
    possessors,
    speaker_after,
    subject_before,
    subject_of_where,
)
from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.driving import is_driving
from garrison.extraction.grammar.enumerations import listed_before
from garrison.extraction.grammar.exercises import opposes, parties_known
from garrison.extraction.grammar.first_person import of_ourselves
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.homes import home_of_place, is_abroad, is_namesake, is_served_with
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.scene import Scene, stands_for_a_place, within
from garrison.extraction.grammar.surroundings import country_around
from garrison.extraction.grammar.triggers import Voice
from garrison.extraction.grammar.words import words
from garrison.naming.actors import ActorMention, Form
from garrison.naming.countries import country_of
from garrison.naming.units import UnitMention
from garrison.vocabulary import Actor, Asset, Kind, Place, Span

_SOMEBODY = re.compile(
    r"\b[Tt]he\s(?:coalition|alliance|mission|rebels|militants|insurgents|militia|movement|allies)\s"
    r"(?:has\s|have\s|had\s|also\s|still\s|then\s|now\s|will\s|would\s)*$"
)
"""Somebody whose force it is by the verb, but whose name has not been said."""
_BACK = re.compile(
    r"\b(?:the|those|these|them|they|others?|another|more|its|their|his)\b[\w\s’'-]{0,24}$", re.IGNORECASE
)
_OF_A_STATE = re.compile(
    r"\b(?:army|soldiers?|police\w*|air force|navy|military|garrison|barracks|gendarmes|"
    r"government (?:forces|troops))\b",
    re.IGNORECASE,
)
_STATELY = frozenset({"NATO", "United Nations", "European Union", "African Union"})
_ON_TO = re.compile(r"\s+(?:in)?to\s")
_OWN = frozenset(
    {
        "named in the phrase",
        "the unit's country",
        "the subject of the verb",
        "named after *by*",
        "named after the exercise",
        "whose it is by *its*",
    }
)
_INCLUDING = re.compile(
    r",?\s(?:including|among\sthem|some\sof\sthem|most\sof\sthem|many\sof\sthem)\s(?:both\s|[a-z]+\s){0,3}"
)
_FROM = re.compile(r"\sfrom\s(?:the\s)?$", re.IGNORECASE)
_OF_THEM = re.compile(r"\sof\s(?:them|those|these)\b")
_BEFORE_BACK = 28  # characters before a force in which a word that points back is looked for
_NEAREST = 12  # actors looked back at


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose force it is, the mission that the naming words gave beside it, and the rule that found it."""

    actors: tuple[Actor, ...]
    mission: str | None
    rule: str

    @property
    def is_own(self) -> bool:
        """Whether the force has an actor of its own, and not one that was named before or elsewhere."""
        return self.rule in _OWN


def owner_of(
    scene: Scene, sentence: Span, body: Body, governed: Governed | None, place: Place | None, memory: Memory
) -> Owner:
    """Whose force ``body`` is, by the first rule that knows."""
    case = _Case(scene, sentence, body, governed, place, memory)
    return next((owner for rule in _RULES if (owner := rule(case)) is not None), _NOBODY)


@dataclass(frozen=True, eq=False)
class _Case:
    """A force whose owner is asked for, with what several rules look at."""

    scene: Scene
    sentence: Span
    body: Body
    governed: Governed | None
    place: Place | None
    memory: Memory

    @property
    def is_exercise(self) -> bool:
        """Whether an exercise is spoken of."""
        return self.governed is not None and self.governed.kind is Kind.EXERCISE

    @property
    def is_bare(self) -> bool:
        """Whether it is an exercise of which no force is named."""
        return self.is_exercise and self.body.asset_text is None

    @cached_property
    def named(self) -> list[ActorMention]:
        """The actors of the sentence."""
        actors = within(self.scene.actors, self.sentence)
        named = [a for a in actors if not stands_for_a_place(self.scene, a) and a.compound is None]
        foreign = [u for u in within(self.scene.units, self.sentence) if u.iso3 is not None] if named else []
        return [a for a in named if not any(_is_in_name(u, a) for u in foreign)]

    @cached_property
    def before(self) -> list[ActorMention]:
        """Those of them that stand before the force."""
        before = [a for a in self.named if a.span.end <= self.body.head.start]
        return [a for a in before if not opposes(self.scene, a)] if self.is_bare else before

    @cached_property
    def home(self) -> Actor | None:
        """The country of the place, for national forces at home that the text names no owner of."""
        return None if is_abroad(self.body, self.governed) else home_of_place(self.body, self.place)

    @property
    def is_numbered(self) -> bool:
        """Whether it is a unit with a number, which no armed group has."""
        return self.body.unit is not None and self.body.unit.number is not None

    @property
    def remembered(self) -> Owner | None:
        """The actor of the claim before."""
        actor = self.memory.actor
        return Owner((actor,), self.memory.mission, "the actor of the claim before") if actor is not None else None


def _pointed_back(case: _Case) -> Owner | None:
    return Owner(case.body.whose, None, "the actor of the claim before") if case.body.whose else None


def _by_contributor(case: _Case) -> Owner | None:
    contributor = _contributor(case.scene, case.sentence, case.body)
    return Owner((contributor.actor,), None, "the last actor named before") if contributor is not None else None


def _in_phrase(case: _Case) -> Owner | None:
    body = case.body
    if body.actor is None or is_left(case.scene, body, body.actor, case.governed):
        return None
    if body.actor.form is Form.MISSION and body.unit is not None and body.unit.iso3:
        return None  # "NIBATT 42 with UNAMID"
    mentions = sorted((*body.others, body.actor), key=lambda mention: mention.span)
    listed = dict.fromkeys(mention.actor for mention in mentions)
    return Owner(tuple(listed), body.actor.mission, "named in the phrase")


def _by_unit(case: _Case) -> Owner | None:
    unit = case.body.unit
    if unit is None or not unit.iso3 or is_namesake(case.scene, unit, case.governed, case.place):
        return None
    country = country_of(unit.iso3)
    return Owner((Actor(country.name, country.iso3),), None, "the unit's country") if country else None


def _ourselves(case: _Case) -> Owner | None:
    actor = of_ourselves(case.scene, case.sentence, case.body.span.start, case.governed)
    return Owner((actor,), None, "whose it is by *its*") if actor is not None else None


def _of_them(case: _Case) -> Owner | None:
    return case.remembered if _OF_THEM.match(case.scene.text, case.body.span.end) else None


def _driven_out(case: _Case) -> Owner | None:
    """Of those who are driven out: the group spoken of before, never who drives them."""
    governed = case.governed
    if governed is None or governed.kind is not Kind.WITHDRAW or case.body.asset_text is None:
        return None
    if not is_driving(governed.trigger.form):
        return None
    here = {mention.actor for mention in case.named}
    earlier = _last_before(case.scene, case.sentence.start)
    known = [case.memory.actor, earlier.actor if earlier is not None else None]
    group = next((actor for actor in known if actor and not actor.iso3 and actor not in here), None)
    return Owner((group,), None, "the last actor of the sentences before") if group is not None else _NOBODY


def _by_agent(case: _Case) -> Owner | None:
    agent = agent_of(case.scene, case.named, case.before, case.governed)
    if agent is None or _is_where(case, agent.mentions[-1]):
        return None
    subject = subject_of_where(case.scene, case.sentence, case.body, case.named)
    if subject is not None:
        return _of(subject, "the subject of the verb")
    if case.remembered is not None and by_pronoun(case.scene, agent.mentions[-1], case.governed):
        return case.remembered
    listed = dict.fromkeys(mention.actor for mention in agent.mentions)
    return Owner(tuple(listed), agent.mentions[-1].mission, agent.rule)


def _is_where(case: _Case, actor: ActorMention) -> bool:
    """Whether the subject is the place that has another's base: "Ascension Island has an RAF station and a depot"."""
    if case.place is None or case.body.asset not in (Asset.BASE, Asset.UNIT) or actor.form is not Form.NAME:
        return False
    return case.place.name == actor.span.of(case.scene.text)


def _by_its(case: _Case) -> Owner | None:
    own = possessors(case.scene, case.sentence, case.body) or subject_before(
        case.scene, case.sentence, case.body, case.governed
    )
    if not own:
        return None
    return Owner(tuple(dict.fromkeys(each.actor for each in own)), own[-1].mission, "whose it is by *its*")


def _by_exercise(case: _Case) -> Owner | None:
    if not case.is_exercise or any(actor.form is not Form.ADJECTIVE for actor in case.before):
        return None  # but "the Greek island of Corfu will host the drills"
    parties = parties_known(case.scene, case.body, case.memory)
    return Owner(parties, None, "the parties of the exercise before") if parties else None


def _by_state(case: _Case) -> Owner | None:
    known = case.memory.actor
    last = case.before[-1] if case.before else None
    if last is None and known is None:
        last = _last_before(case.scene, case.sentence.start)
    named = last.actor if last is not None else known
    state = _state(case.scene, case.body, case.governed, named, case.place)
    return Owner((state,), None, "the country of the place") if state is not None else None


def _back(case: _Case) -> Owner | None:
    if case.memory.actor is None:
        return None
    start = max(case.sentence.start, case.body.span.start - _BEFORE_BACK)
    return case.remembered if _BACK.search(case.scene.text[start : case.body.head.start]) else None


def _foreign(case: _Case) -> Owner | None:
    # Nobody's by name, least of all the country's that speaks of them.
    return _NOBODY if (case.body.asset_text or "").lower().startswith("foreign ") else None


def _works_from(case: _Case) -> bool:
    """Whether those who are the subject work from the base: "the RUF and its allies operate from bases in Liberia"."""
    governed = case.governed
    return case.body.asset is Asset.BASE and governed is not None and governed.voice is Voice.SUBJECT


def _named_before(case: _Case) -> Owner | None:
    if case.governed is not None and case.governed.trigger.form in words("hosts"):
        return None
    before = case.before
    if before and _works_from(case):
        all_of_them = (*listed_before(case.scene, before[-1], case.named), before[-1])
        return Owner(tuple(dict.fromkeys(each.actor for each in all_of_them)), None, "the last actor named before")
    if is_served_with(case.body, case.governed):
        before = [actor for actor in before if not _is_where(case, actor)]
    if case.home is not None and case.is_numbered:
        before = [actor for actor in before if actor.actor.iso3]  # "Boko Haram attacked 7 Division in Maiduguri"
    return _of(before[-1], "the last actor named before") if before else None


def _remembered(case: _Case) -> Owner | None:
    actor = case.memory.actor
    grouped = actor is not None and actor.iso3 is None and case.home is not None and case.is_numbered
    return None if grouped else case.remembered


def _by_speaker(case: _Case) -> Owner | None:
    if not ITS.search(case.scene.text, case.sentence.start, case.body.head.start):
        return None
    said = speaker_after(case.scene, case.body, case.named)
    return _of(said, "whose it is by *its*, named after") if said is not None else None


def _somebody(case: _Case) -> Owner | None:
    if case.governed is None:
        return None
    said = _SOMEBODY.search(case.scene.text, case.sentence.start, case.governed.trigger.span.start)
    return _NOBODY if said else None


def _at_home(case: _Case) -> Owner | None:
    titled = case.scene.title_actors
    groups = case.is_numbered and all(actor.actor.iso3 is None for actor in titled)
    if case.home is None or not (groups or not titled):
        return None
    return Owner((case.home,), None, "the country of the place")


def _named_earlier(case: _Case) -> Owner | None:
    earlier = _last_before(case.scene, case.sentence.start)
    return _of(earlier, "the last actor of the sentences before") if earlier is not None else None


def _titled(case: _Case) -> Owner | None:
    titled = case.scene.title_actors
    return _of(titled[0], "the first actor of the title") if titled else None


def _named_after(case: _Case) -> Owner | None:
    after = [a for a in case.named if a.span.start >= case.body.head.end]
    if after and _INCLUDING.fullmatch(case.scene.text, case.body.head.end, after[0].span.start):
        return None  # "500 fighters, including both Syrians and foreigners"
    return _of(after[0], "an actor named after") if after and not case.is_bare else None


_NOBODY = Owner((), None, "")
_RULES: tuple[Callable[[_Case], Owner | None], ...] = (
    *(_pointed_back, _by_contributor, _in_phrase, _by_unit, _ourselves, _of_them),
    *(_driven_out, _by_agent, _by_its, _by_exercise, _by_state, _back, _foreign),
    *(_named_before, _remembered, _by_speaker, _somebody),
    *(_at_home, _named_earlier, _titled, _named_after),
)
"""The rules, the surest first: by the words themselves, by the verb, by what was said before, by who is left."""


def _contributor(scene: Scene, sentence: Span, body: Body) -> ActorMention | None:
    """The country whose people serve with a mission: "Kenya has 3,600 soldiers serving with the mission in …"."""
    unit = body.unit
    if unit is None or body.actor is None or body.actor.span.start < body.head.end:
        return None
    if unit.sort != "mission" and body.actor.form is not Form.MISSION:
        return None
    nations = [
        a for a in within(scene.actors, Span(sentence.start, body.span.start)) if a.actor.iso3 and not a.compound
    ]
    return nations[-1] if nations and not stands_for_a_place(scene, nations[-1]) else None


def is_left(scene: Scene, body: Body, actor: ActorMention, governed: Governed | None) -> bool:
    """Whether the name after a force says where it leaves and not whose it is.

    So in "withdrew 300 soldiers from Iraq" and in "sent 500 soldiers from Germany to Poland".
    """
    if governed is None or not _FROM.search(scene.text, body.span.end, actor.span.start):
        return False
    return governed.kind in (Kind.WITHDRAW, Kind.RELOCATE) or bool(_ON_TO.match(scene.text, actor.span.end))


def _is_in_name(unit: UnitMention, actor: ActorMention) -> bool:
    """Whether a country is only part of the name of another's unit: "the Foreign Legion Detachment in Mayotte"."""
    return actor.form is Form.NAME and actor.actor.iso3 != unit.iso3 and unit.span.covers(actor.span)


def _of(mention: ActorMention, rule: str) -> Owner:
    return Owner((mention.actor,), mention.mission, rule)


def _last_before(scene: Scene, at: int) -> ActorMention | None:
    """The last actor named before ``at``, among the nearest few."""
    end = bisect_left(scene.actors, at, key=lambda actor: actor.span.start)
    for actor in reversed(scene.actors[max(0, end - _NEAREST) : end]):
        if actor.compound is None and not stands_for_a_place(scene, actor):
            return actor
    return None


def _state(
    scene: Scene, body: Body, governed: Governed | None, named: Actor | None, place: Place | None
) -> Actor | None:
    """The state whose "army" it is, where the last that was named is a group, which has none."""
    if named is None or named.iso3 or named.name in _STATELY:
        return None
    numbered = body.unit is not None and body.unit.number is not None
    if not numbered and not _OF_A_STATE.search(body.asset_text or "") and not by_army(scene, governed):
        return None
    iso3 = place.iso3 if place is not None and place.iso3 else None
    around = country_around(scene, ()) if iso3 is None else None
    country = country_of(iso3 or (around.value.iso3 if around is not None and around.value.iso3 else ""))
    return Actor(country.name, country.iso3) if country else None
