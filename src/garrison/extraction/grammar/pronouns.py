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
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.triggers import Trigger, Voice
from garrison.extraction.grammar.words import either
from garrison.vocabulary import Asset, Kind, Span

POINTING = "a pronoun"
"""The rule by which a force is named by a pronoun."""

_PRONOUN = re.compile(
    r"(?:^|(?<=[\s“\"'‘(]))(?:(?P<one>[Ii]t)|(?P<us>[Ww]e(?=\s|['’](?:re|ve|ll|d)\s))"
    r"|(?P<many>[Tt]hey|[Tt]he rest|[Tt]he others|[Tt]he remainder"
    r"|(?:Most|Many|Some|Half|All|Both|Several|Others)(?: of them)?"
    r"|(?:[Mm]ost|[Mm]any|[Ss]ome|[Hh]alf|[Aa]ll|[Bb]oth) of (?:them|these|those)))(?=\s|['’])"
)
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
_IN_REACH = 4  # characters between the sentence that names a force and the one that points back to it


def pointed_back(scene: Scene, sentence: Span, triggers: Sequence[Trigger], memory: Memory) -> Iterator[Body]:
    """The forces of ``sentence`` that are pronouns with a verb that moves or places them."""
    if not triggers:
        return
    last = bool(memory.spoken) and sentence.start - memory.sentence.end <= _IN_REACH
    for found in _PRONOUN.finditer(scene.text, sentence.start, sentence.end):
        span = Span(*found.span())
        verb = next((each for each in triggers if each.span.start >= span.end), None)
        if verb is None:
            return
        between = scene.text[span.end : verb.span.start]
        if _AUXILIARIES.fullmatch(between) is None or not _moves(verb, between):
            continue
        if found["us"] is not None:
            speaker = speaking_for(scene, span.start)
            if speaker is not None:
                yield Body(span, span, Asset.PERSONNEL, None, POINTING, whose=(speaker,), marks=_MARKS)
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
                    marks=_MARKS,
                )


_MARKS = frozenset({"body=pronoun"})


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
