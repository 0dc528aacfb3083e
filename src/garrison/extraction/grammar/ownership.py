"""Ownership: whose force a body is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.enumerations import listed_after, listed_before
from garrison.extraction.grammar.exercises import opposes, parties_after, parties_known
from garrison.extraction.grammar.first_person import of_ourselves
from garrison.extraction.grammar.governing import Governed
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.scene import Scene, stands_for_a_place, within
from garrison.extraction.grammar.surroundings import country_around
from garrison.extraction.grammar.triggers import Voice
from garrison.extraction.grammar.words import either, words
from garrison.naming.actors import ActorMention, Form
from garrison.naming.countries import country_of
from garrison.vocabulary import Actor, Kind, Place, Span

_BY = re.compile(r"\bby\s+(?:the\s+)?$")
_SOMEBODY = re.compile(
    r"\b[Tt]he\s(?:coalition|alliance|mission|rebels|militants|insurgents|militia|movement|allies)\s"
    r"(?:has\s|have\s|had\s|also\s|still\s|then\s|now\s|will\s|would\s)*$"
)
"""Somebody whose force it is by the verb, but whose name has not been said."""
_BACK = re.compile(
    r"\b(?:the|those|these|them|they|others?|another|more|its|their|his)\b[\w\s’'-]{0,24}$", re.IGNORECASE
)
_ITS = re.compile(r"\b(its|their)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_HOME_FORCE = re.compile(
    r"\b(?:army|soldiers?|troops|police\w*|officers|battalions?|brigades?|divisions?|regiment|garrison|barracks|navy|"
    r"air force|guards?|reservists|military|forces?|security|personnel|conscripts|cantonment)\b",
    re.IGNORECASE,
)
_OF_A_STATE = re.compile(
    r"\b(?:army|soldiers?|police\w*|air force|navy|military|garrison|barracks|gendarmes|"
    r"government (?:forces|troops))\b",
    re.IGNORECASE,
)
_ARMY_SUBJECT = re.compile(
    r"\b(the|its|their)\s(?:[a-z]+\s)?"
    r"(?:army|military|navy|air force|armed forces|government|(?:defen[cs]e\s)?ministry|junta|cabinet)"
    r"(?:\s(?:has|have|had|since|also|later|then|now|already|will|would|is|was|had|to|[a-z]+ly))*\s$",
    re.IGNORECASE,
)
_LONGEST_SUBJECT = 70  # characters before a verb in which such a subject begins
_STATELY = frozenset({"NATO", "United Nations", "European Union", "African Union"})
_SAYS = re.compile(
    r" (?:says?|said|admits?|admitted|claims?|claimed|insists?|insisted|announced|announces|reckons?|adds|added)\b"
)
_WHICH = re.compile(r",? which\s")
_ON_TO = re.compile(r"\s+(?:in)?to\s")
_WHERE_IT = re.compile(r"\s(?:where|in\swhich)\s(?:it|they)\s(?:[^,;:]|,(?=\d))*$")
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
_FROM_ABROAD = ("multinational", "multi-national", "task force ", "battle group", "battlegroup", "regional command")
"""How the names of formations begin that are sent by several states or to another's country."""
_OBLIQUE = re.compile(r"\b(?:with|against|about)\s(?:the\s)?$")
_BEFORE_OBLIQUE = 14
_AND = re.compile(r"\sand\s(?:also\s|then\s|later\s)?$")
_PRONOUN_OPENS = re.compile(r"[“\"'‘]?(?:But\s|And\s|However,\s)?(It|They|He|She)\s")
_FROM = re.compile(r"\sfrom\s(?:the\s)?$", re.IGNORECASE)
_OF_THEM = re.compile(r"\sof\s(?:them|those|these)\b")
_NEAREST = 12  # actors looked back at
_OPENING = 12  # characters before an "its" that opens its sentence
_SUBJECT = 24  # characters before the subject of a sentence
_OF_ITSELF = re.compile(
    rf"(?:['’]s)?\s(?:[\w-]+\s){{0,4}}?{either('speaking')}\s(?:(?:on|late|last|this)\s)?(?:\w+day\s)?(?:that\s)?"
    r"(?:it|they|he|she)\b"
)
"""The words between who speaks and what he says that he, or his country, does."""
_PRONOUN = re.compile(r"\b(?:it|they|he|she|we)\b", re.IGNORECASE)


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
    if body.whose:
        return Owner(body.whose, None, "the actor of the claim before")
    contributor = _contributor(scene, sentence, body)
    if contributor is not None:
        return Owner((contributor.actor,), None, "the last actor named before")
    if body.actor is not None and not is_left(scene, body, body.actor, governed):
        mentions = sorted((*body.others, body.actor), key=lambda mention: mention.span)
        listed = dict.fromkeys(mention.actor for mention in mentions)
        return Owner(tuple(listed), body.actor.mission, "named in the phrase")
    if body.unit is not None and body.unit.iso3:
        country = country_of(body.unit.iso3)
        if country:
            return Owner((Actor(country.name, country.iso3),), None, "the unit's country")
    ourselves = of_ourselves(scene, sentence, body.span.start, governed)
    if ourselves is not None:
        return Owner((ourselves,), None, "whose it is by *its*")
    if memory.actor is not None and _OF_THEM.match(scene.text, body.span.end):
        return Owner((memory.actor,), memory.mission, "the actor of the claim before")
    named = [a for a in within(scene.actors, sentence) if not stands_for_a_place(scene, a) and a.compound is None]
    before = [a for a in named if a.span.end <= body.head.start]
    if _is_exercise(governed) and body.asset_text is None:
        before = [a for a in before if not opposes(scene, a)]
    agent = _agent(scene, named, before, governed)
    subject = _subject_of_where(scene, sentence, body, named) if agent is not None else None
    if subject is not None:
        return _of(subject, "the subject of the verb")
    if agent is not None and memory.actor is not None and _by_pronoun(scene, agent.mentions[-1], governed):
        return Owner((memory.actor,), memory.mission, "the actor of the claim before")
    if agent is not None:
        listed = dict.fromkeys(mention.actor for mention in agent.mentions)
        return Owner(tuple(listed), agent.mentions[-1].mission, agent.rule)
    own = _possessor(scene, sentence, body) or _subject_before(scene, sentence, body, governed)
    if own:
        return Owner(tuple(dict.fromkeys(each.actor for each in own)), own[-1].mission, "whose it is by *its*")
    nobody = all(actor.form is Form.ADJECTIVE for actor in before)  # "the Greek island of Corfu will host the drills"
    parties = parties_known(scene, body, memory) if _is_exercise(governed) and nobody else ()
    if parties:
        return Owner(parties, None, "the parties of the exercise before")
    last = before[-1] if before else None if memory.actor is not None else _last_before(scene, sentence.start)
    state = _state(scene, body, governed, last.actor if last is not None else memory.actor, place)
    if state is not None:
        return Owner((state,), None, "the country of the place")
    if memory.actor is not None and _BACK.search(
        scene.text[max(sentence.start, body.span.start - 28) : body.head.start]
    ):
        return Owner((memory.actor,), memory.mission, "the actor of the claim before")
    if (body.asset_text or "").lower().startswith("foreign "):
        return Owner((), None, "")  # nobody's by name, least of all the country's that speaks of them
    hosted = governed is not None and governed.trigger.form in words("hosts")
    home = _home(scene, body, place)
    if home is not None and body.unit is not None and body.unit.number is not None:
        before = [actor for actor in before if actor.actor.iso3]  # "Boko Haram attacked 7 Division in Maiduguri"
        if memory.actor is not None and memory.actor.iso3 is None:
            memory = Memory(place=memory.place)
    if before and not hosted:
        return _of(before[-1], "the last actor named before")
    if memory.actor is not None:
        return Owner((memory.actor,), memory.mission, "the actor of the claim before")
    said = _speaker_after(scene, body, named) if _ITS.search(scene.text, sentence.start, body.head.start) else None
    if said is not None:
        return _of(said, "whose it is by *its*, named after")
    if governed is not None and _SOMEBODY.search(scene.text, sentence.start, governed.trigger.span.start):
        return Owner((), None, "")
    groups = (
        body.unit is not None
        and body.unit.number is not None
        and all(actor.actor.iso3 is None for actor in scene.title_actors)
    )
    if home is not None and (groups or not scene.title_actors):
        return Owner((home,), None, "the country of the place")
    earlier = _last_before(scene, sentence.start)
    if earlier is not None:
        return _of(earlier, "the last actor of the sentences before")
    if scene.title_actors:
        return _of(scene.title_actors[0], "the first actor of the title")
    if home is not None:
        return Owner((home,), None, "the country of the place")
    after = [a for a in named if a.span.start >= body.head.end]
    if after and not (_is_exercise(governed) and body.asset_text is None):
        return _of(after[0], "an actor named after")
    return Owner((), None, "")


def _speaker_after(scene: Scene, body: Body, named: list[ActorMention]) -> ActorMention | None:
    """Who speaks after a force that is theirs: "1,500 of its soldiers live outside Gao, Berlin admits"."""
    return next((a for a in named if a.span.start >= body.head.end and _SAYS.match(scene.text, a.span.end)), None)


def _possessor(scene: Scene, sentence: Span, body: Body) -> tuple[ActorMention, ...]:
    """The actors that "its" or "their" right before a force points back to: "Uganda says its army …"."""
    found = _ITS.search(scene.text, sentence.start, body.head.start)
    named = within(scene.actors, Span(sentence.start, found.start(1))) if found else ()
    before = [
        actor
        for actor in named
        if actor.compound is None and (_WHICH.match(scene.text, actor.span.end) or not stands_for_a_place(scene, actor))
    ]
    return (*listed_before(scene, before[-1], named), before[-1]) if before else ()


def _subject_before(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> tuple[ActorMention, ...]:
    """The subject of the sentence before, for "its" that opens the next: "Caracas rejects this. Its army has …"."""
    active = governed is not None and governed.voice is Voice.OBJECT and not governed.passive
    opens = _PRONOUN_OPENS.match(scene.text, sentence.start, sentence.end) if active else None
    found = opens or _ITS.search(scene.text, sentence.start, body.head.start) or _by_army(scene, governed)
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


def _subject_of_where(scene: Scene, sentence: Span, body: Body, named: list[ActorMention]) -> ActorMention | None:
    """Whom "it" means in "Canada leads the Nato battlegroup in Latvia, where it has …": no one whose force is named."""
    opens = _WHERE_IT.search(scene.text, sentence.start, body.head.start)
    if opens is None:
        return None
    heads = {force.span.start for force in within(scene.forces, sentence)}
    before = [a for a in named if a.span.end <= opens.start() and a.span.end + 1 not in heads]
    return before[-1] if before else None


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


def _is_exercise(governed: Governed | None) -> bool:
    return governed is not None and governed.kind is Kind.EXERCISE


def _agent(
    scene: Scene, named: list[ActorMention], before: list[ActorMention], governed: Governed | None
) -> _Agent | None:
    """Who does what the verb says, where that is not the force itself."""
    if governed is None:
        return None
    if _is_exercise(governed):
        parties = parties_after(scene, governed)
        if parties:
            return _Agent(parties, "named after the exercise")
    if governed.passive or governed.voice is Voice.NOUN:
        for actor in named:
            start = actor.span.start
            if start >= governed.trigger.span.end and _BY.search(scene.text[max(0, start - 12) : start]):
                return _Agent((actor, *listed_after(scene, actor, named)), "named after *by*")
        return None
    if governed.voice is not Voice.OBJECT:
        return None
    agents = _subjects(scene, [a for a in before if a.span.end <= governed.trigger.span.start], governed)
    if agents and governed.trigger.form not in words("hosts"):
        return _Agent((*listed_before(scene, agents[-1], named), agents[-1]), "the subject of the verb")
    return None


def _subjects(scene: Scene, ahead: list[ActorMention], governed: Governed) -> list[ActorMention]:
    """Those of the actors ``ahead`` of a verb that can be its subject, where some can.

    None is that stands after "with", nor whose force the verb before has for its object.
    """
    verb = governed.trigger.span.start
    able = [
        a
        for a in ahead
        if not _AND.fullmatch(scene.text, a.span.end, verb)
        or not _OBLIQUE.search(scene.text, max(0, a.span.start - _BEFORE_OBLIQUE), a.span.start)
    ]
    if len(able) > 1 and able[-1].form is Form.ADJECTIVE and _AND.search(scene.text, able[-1].span.end, verb):
        able = [a for a in able if a.form is not Form.ADJECTIVE] or able
    return able or ahead


def _by_pronoun(scene: Scene, agent: ActorMention, governed: Governed | None) -> bool:
    """Whether a pronoun stands between an actor and the verb, so that somebody else is its subject.

    Who speaks of what "it" will do speaks of itself: "Germany's cabinet said it would move 35".
    """
    if governed is None:
        return False
    gap = scene.text[agent.span.end : governed.trigger.span.start]
    return bool(_PRONOUN.search(gap)) and not _OF_ITSELF.match(gap)


def _home(scene: Scene, body: Body, place: Place | None) -> Actor | None:
    """The country of the place, for national forces that the text names no owner of."""
    if body.unit is None and not _HOME_FORCE.search(body.asset_text or ""):
        return None
    if body.unit is not None and body.unit.name.lower().startswith(_FROM_ABROAD):
        return None
    iso3 = place.iso3 if place else None
    country = country_of(iso3) if iso3 else None
    return Actor(country.name, country.iso3) if country else None


def _by_army(scene: Scene, governed: Governed | None) -> re.Match[str] | None:
    """The words for an army or a government that a verb has for its subject, as in "the army has since sent …"."""
    if governed is None or governed.voice is not Voice.OBJECT or governed.passive:
        return None
    at = governed.trigger.span.start
    return _ARMY_SUBJECT.search(scene.text, max(0, at - _LONGEST_SUBJECT), at)


def _state(
    scene: Scene, body: Body, governed: Governed | None, named: Actor | None, place: Place | None
) -> Actor | None:
    """The state whose "army" it is, where the last that was named is a group, which has none."""
    if named is None or named.iso3 or named.name in _STATELY:
        return None
    numbered = body.unit is not None and body.unit.number is not None
    if not numbered and not _OF_A_STATE.search(body.asset_text or "") and not _by_army(scene, governed):
        return None
    iso3 = place.iso3 if place is not None and place.iso3 else None
    around = country_around(scene, ()) if iso3 is None else None
    country = country_of(iso3 or (around.value.iso3 if around is not None and around.value.iso3 else ""))
    return Actor(country.name, country.iso3) if country else None
