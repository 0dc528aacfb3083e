"""Pronouns: forces that are only pointed back to, as the subject of a verb ("They were sent back", "Most are in …")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.first_person import speaking_for
from garrison.extraction.grammar.governing import VERB_PHRASE
from garrison.extraction.grammar.memory import Memory, Spoken
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import Scene, within
from garrison.extraction.grammar.triggers import Trigger, Voice
from garrison.extraction.grammar.words import either
from garrison.naming.actors import GroupKind, group_of
from garrison.vocabulary import Actor, Asset, Kind, Span

POINTING = "a pronoun"
"""The rule by which a force is named by a pronoun."""

PRONOUN = frozenset({"body=pronoun"})
"""The mark of such a force."""

_PRONOUN = re.compile(
    r"(?:^|(?<=[\s“\"'‘(]))(?:(?P<one>[Ii]t)|(?P<group>[Tt]he (?:group|organi[sz]ation|movement))"
    r"|(?P<us>[Ww]e(?=\s|['’](?:re|ve|ll|d)\s))"
    r"|(?P<many>[Tt]hey|[Tt]he rest|[Tt]he others|[Tt]he remainder"
    r"|(?:Most|Many|Some|Half|All|Both|Several|Others)(?: of them)?"
    r"|(?:A|The) (?:(?:large|vast|great|overwhelming|small|tiny) )?(?:majority|minority|bulk|handful)"
    r"(?: of (?:them|these|those))?"
    r"|(?:[Mm]ost|[Mm]any|[Ss]ome|[Hh]alf|[Aa]ll|[Bb]oth) of (?:them|these|those)))(?=\s|['’])"
)
_PLACED = re.compile(
    r"(?:['’]re|['’]ve)?\s(?:(?:is|are|was|were|be|been|have|has|had|will|would|still|now|already|also|all|mostly|currently|"
    r"mainly|again|back|soon|both)\s){1,5}(?:(?P<there>there|here)\b(?!\s(?:is|are|was|were)\b)|"
    r"(?:in|at|on|near|inside|outside|around|across|along|off)\s(?:and\saround\s)?(?:the\s)?(?:[a-z]+\s(?:[a-z]+\s)?of\s)?)"
)
"""What says plainly where a pronoun's force is: "They are now in", "Most are in the town of"."""
_BEING = frozenset({"is", "are", "was", "were", "be", "been"})
_AUXILIARIES = re.compile(
    rf"(?:['’](?:re|ve|ll|d))?\s(?:[a-z]+ly\s|then\s|soon\s|since\s|later\s|first\s|both\s|all\s)*{VERB_PHRASE}*(?:[a-z]+ly\s)?"
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|got)\s(?:\w+ly\s|now\s|also\s|still\s|not\s|all\s|then\s|mostly\s)*$"
)
_CIVIL = re.compile(rf"\b{either('civil')}\b")
_MOVES = frozenset({Kind.WITHDRAW, Kind.DEPLOY, Kind.RELOCATE})
_STATES = _MOVES | {Kind.PRESENT}
_MANY = frozenset({"number=plural", "body=number", "body=pronoun"})
_EITHER = frozenset({"number=collective", "body=actor"})
_NEAR_BY = 300  # characters before "the group" in which it is named
_IN_REACH = 4  # characters between the sentence that names a force and the one that points back to it


def pointed_back(scene: Scene, sentence: Span, triggers: Sequence[Trigger], memory: Memory) -> Iterator[Body]:
    """The forces of ``sentence`` that are pronouns with a verb that moves or places them."""
    last = bool(memory.spoken) and sentence.start - memory.sentence.end <= _IN_REACH
    if not triggers and not last:
        return
    for found in _PRONOUN.finditer(scene.text, sentence.start, sentence.end):
        span = Span(*found.span())
        if not _is_placed(scene, span) and not _is_moved(scene, span, triggers):
            continue
        if found["us"] is not None:
            speaker = speaking_for(scene, span.start)
            if speaker is not None:
                yield Body(span, span, Asset.PERSONNEL, None, POINTING, whose=(speaker,), marks=PRONOUN)
        elif found["group"] is not None:
            group = _group_before(scene, span.start)
            if group is not None:
                yield Body(span, span, Asset.PERSONNEL, None, POINTING, whose=(group,), marks=PRONOUN)
        elif last and not _CIVIL.search(scene.text, memory.sentence.start, span.start):
            named = _antecedent(memory.spoken, many=found["one"] is None)
            if named is not None:
                force = named.body
                yield replace(
                    force,
                    span=span,
                    head=span,
                    rule=POINTING,
                    quantity=None,
                    actor=None,
                    others=(),
                    strong=False,
                    whose=named.actors,
                    marks=PRONOUN,
                )


def _is_placed(scene: Scene, pronoun: Span) -> bool:
    """Whether a place, or "there", follows a pronoun with nothing but a form of "be" between."""
    said = _PLACED.match(scene.text, pronoun.end)
    if said is None or _BEING.isdisjoint(said.group().split()):
        return False
    return said["there"] is not None or any(
        place.span.start <= said.end() for place in within(scene.places, Span(said.end() - len("the "), said.end() + 1))
    )


def _is_moved(scene: Scene, pronoun: Span, triggers: Sequence[Trigger]) -> bool:
    """Whether a verb follows a pronoun that says where its force is, goes or leaves."""
    verb = next((each for each in triggers if each.span.start >= pronoun.end), None)
    if verb is None:
        return False
    between = scene.text[pronoun.end : verb.span.start]
    return _AUXILIARIES.fullmatch(between) is not None and _moves(verb, between)


def _moves(verb: Trigger, between: str) -> bool:
    """Whether a verb after a pronoun says where the pronoun's force is, goes or leaves."""
    active = verb.form.partition(" ")[0].endswith("ing") or not _PASSIVE.search(between)
    return any(
        sense.kind in _STATES and (sense.voice is Voice.SUBJECT if active else sense.voice is not Voice.NOUN)
        for sense in verb.senses
    )


def _antecedent(spoken: Sequence[Spoken], *, many: bool) -> Spoken | None:
    """The first force of the sentence before that a pronoun can stand for, by its number."""
    return next((each for each in spoken if each.many is None or each.many is many), None)


def _group_before(scene: Scene, at: int) -> Actor | None:
    """The armed group that "the group" stands for: the only one named a little before."""
    near = within(scene.actors, Span(max(0, at - _NEAR_BY), at))
    groups = dict.fromkeys(each.actor for each in near if _is_armed(each.actor))
    return next(iter(groups)) if len(groups) == 1 else None


def _is_armed(actor: Actor) -> bool:
    group = group_of(actor.name) if actor.iso3 is None else None
    return group is not None and group.kind is GroupKind.ARMED_GROUP


def spoken_of(body: Body, claims: Sequence[Reasoned]) -> Spoken:
    """What a pronoun of the next sentence can stand for: the force ``body``, whose it is by its ``claims``."""
    actors = dict.fromkeys(each.claim.actor for each in claims if each.claim.actor is not None)
    return Spoken(body, tuple(actors), _is_many(body))


def _is_many(body: Body) -> bool | None:
    """Whether a force is several, so that "they" stands for it and not "it"; ``None`` if it may be both."""
    if (body.asset_text or "").endswith("s"):
        return True
    if body.strong or body.marks & _EITHER:
        return None
    return body.quantity is not None or bool(body.marks & _MANY)


def is_pronoun(body: Body) -> bool:
    """Whether a force is only pointed back to."""
    return body.rule == POINTING
