"""The grammar extractor: document to claims, with the rule behind every field."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from garrison.extraction.attribution import sources_at
from garrison.extraction.grammar.arguments import (
    actor_of_body,
    place_before,
    places_of,
    prepositions,
    says_there,
    when_of,
)
from garrison.extraction.grammar.bodies import Body, bodies_of
from garrison.extraction.grammar.governing import Governed, governing
from garrison.extraction.grammar.listing import listed_claims
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import Scene, scene_of, within
from garrison.extraction.grammar.triggers import Voice
from garrison.extraction.status import status_at
from garrison.vocabulary import Claim, Document, Kind, Measure, Mention, Place, Span, Status

_TO_LEVEL = re.compile(r"\b(?:to|at|only|total of|bringing|leaving|left)\s+$", re.IGNORECASE)
_MOVES = frozenset({Kind.DEPLOY, Kind.WITHDRAW, Kind.RELOCATE})


class GrammarExtractor:
    """Reads claims by rule: deterministic, and able to explain itself."""

    name = "grammar"
    version = "1"

    def claims(self, document: Document) -> tuple[Claim, ...]:
        """The claims of ``document`` in the order of their quotations."""
        return tuple(reasoned.claim for reasoned in self.explain(document))

    def explain(self, document: Document) -> tuple[Reasoned, ...]:
        """The claims of ``document``, each with the rules that made its fields."""
        scene = scene_of(document.text, document.title, document.published, document.outlet)
        listed, used = listed_claims(scene)
        found = list(listed)
        for sentence in scene.sentences:
            found.extend(_sentence_claims(scene, sentence, frozenset(used)))
        return _without_repeats(tuple(sorted(found, key=lambda r: r.claim.span or Span(0, 0))))


def _sentence_claims(scene: Scene, sentence: Span, used: frozenset[Span]) -> list[Reasoned]:
    bodies = [b for b in bodies_of(scene, sentence) if not (b.quantity and b.quantity.span in used)]
    triggers = within(scene.triggers, sentence)
    found: list[Reasoned] = []
    for body in bodies:
        governed = governing(scene, body, triggers)
        found.extend(_body_claims(scene, sentence, body, governed))
    return found


def _body_claims(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> list[Reasoned]:
    if governed is not None and governed.kind is None:
        return []
    kind, rule = _kind(scene, sentence, body, governed)
    if kind is None:
        return []
    places, origin, place_rule = places_of(scene, sentence, body, governed, kind)
    if not places and kind is not Kind.STRENGTH:
        rest = scene.text[body.head.end : sentence.end]
        back = place_before(scene, body.head.start)
        if says_there(rest) and back is not None:
            places, place_rule = (back,), "a word that points back to the last place"
    if kind is Kind.STRENGTH:
        places, origin = (), None
    if origin is not None and places and kind is Kind.DEPLOY:
        kind, rule = Kind.RELOCATE, "from one named place to another"
    because = [("kind", rule), ("asset", body.rule)]
    actor, actor_rule = actor_of_body(scene, sentence, body, governed, places[0].value if places else None)
    if actor_rule:
        because.append(("actor", actor_rule))
    when, when_rule = when_of(scene, sentence, body, governed)
    if when:
        because.append(("when", when_rule))
    if places:
        because.append(("place", place_rule))
    at = governed.trigger.span if governed else body.head
    status = status_at(at, scene.statuses)
    quote = _quote(scene, sentence, body, governed, places)
    claim = Claim(
        quote=quote.of(scene.text),
        span=quote,
        kind=kind,
        status=status,
        asset=body.asset,
        measure=_measure(scene, body, kind),
        actor=actor,
        unit=body.unit.name if body.unit else (body.actor.mission if body.actor and body.actor.mission else None),
        asset_text=body.asset_text,
        quantity=body.quantity.value if body.quantity else None,
        origin=origin.value if origin else None,
        when=when,
        source=sources_at(quote, scene.attributions),
    )
    if not places:
        return [Reasoned(claim, tuple(because))]
    shared = replace(claim, quantity=None) if len(places) > 1 else claim
    return [Reasoned(replace(shared, place=place.value), tuple(because)) for place in places]


def _kind(scene: Scene, sentence: Span, body: Body, governed: Governed | None) -> tuple[Kind | None, str]:
    if body.strong and (governed is None or governed.kind is Kind.STRENGTH):
        return Kind.STRENGTH, "a force so many strong"
    if governed is not None and governed.kind is not None:
        kind = governed.kind
        if (
            kind is Kind.PRESENT
            and governed.trigger.form in {"have", "has", "had", "counts", "count", "counted", "fields", "field"}
            and not _located(scene, sentence, body)
        ):
            if body.quantity is None:
                return None, ""
            return Kind.STRENGTH, f"“{governed.trigger.form}” with no place"
        return kind, f"the word “{governed.trigger.span.of(scene.text)}”"
    if _located(scene, sentence, body) and (body.quantity or body.actor or body.unit):
        return Kind.PRESENT, "a force named with its place"
    return None, ""


def _located(scene: Scene, sentence: Span, body: Body) -> bool:
    """Whether a place with its preposition follows the force closely."""
    for where in prepositions(scene, sentence):
        if where.mention.span.start >= body.span.end and where.preposition in {
            "in",
            "at",
            "on",
            "near",
            "inside",
            "along",
            "across",
            "around",
            "outside",
        }:
            gap = scene.text[body.span.end : where.mention.span.start]
            return len(gap.split()) <= 4 and not any(mark in gap for mark in ",;:")
    return False


def _measure(scene: Scene, body: Body, kind: Kind) -> Measure:
    if kind in (Kind.PRESENT, Kind.STRENGTH, Kind.EXERCISE):
        return Measure.LEVEL
    if body.quantity is not None and _TO_LEVEL.search(
        scene.text[max(0, body.quantity.span.start - 16) : body.quantity.span.start]
    ):
        return Measure.LEVEL
    return Measure.CHANGE


def _quote(
    scene: Scene, sentence: Span, body: Body, governed: Governed | None, places: tuple[Mention[Place], ...]
) -> Span:
    """From the first to the last word that the claim rests on, within the sentence."""
    spans = [body.span]
    if governed:
        spans.append(governed.trigger.span)
    if body.actor and sentence.covers(body.actor.span):
        spans.append(body.actor.span)
    spans.extend(place.span for place in places if sentence.covers(place.span))
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _without_repeats(found: tuple[Reasoned, ...]) -> tuple[Reasoned, ...]:
    """The claims without those that say again what an earlier one said (guide, *What is a claim*)."""
    kept: dict[tuple[object, ...], Reasoned] = {}
    for reasoned in found:
        claim = reasoned.claim
        key = (
            claim.kind,
            claim.status,
            claim.asset,
            claim.actor,
            claim.unit,
            claim.place and claim.place.name,
            claim.quantity and (claim.quantity.low, claim.quantity.high),
        )
        kept.setdefault(key, reasoned)
    return tuple(kept.values())
