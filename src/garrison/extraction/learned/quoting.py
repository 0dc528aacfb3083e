"""Quotations of learned claims: the grammar's rule, given what the model chose."""

from __future__ import annotations

from collections.abc import Sequence

from garrison.extraction.grammar.bodies import Body
from garrison.extraction.grammar.governing import governing, readings_of
from garrison.extraction.grammar.quoting import quote_of
from garrison.extraction.grammar.scene import within
from garrison.extraction.learned.candidates import Option
from garrison.extraction.learned.passage import Passage
from garrison.naming.actors import ActorMention
from garrison.vocabulary import Asset, Claim, Kind, Mention, Place, Span

__all__ = ["quotation"]


def quotation(passage: Passage, anchor: int, kind: Kind, places: Sequence[Option], actors: Sequence[Option]) -> Span:
    """The stretch that carries the claim: as the rules quote it where they read it so, else grown from the anchor."""
    same = [
        reading.claim.span
        for reading in passage.hints[anchor].readings
        if reading.claim.kind is kind and reading.claim.span and _fits(reading.claim, places)
    ]
    if same:
        return same[0]
    scene, span = passage.scene, passage.anchors[anchor].span
    sentence = scene.sentences[max(0, passage.outline.sentence(span.start))]
    if not sentence.covers(span):
        return span
    words = passage.anchors[anchor].force
    whole = Span(min(span.start, words.span.start), max(span.end, words.span.end)) if words else span
    if not sentence.covers(whole):
        whole = span
    owner = next((mention for option in actors if (mention := _mention(passage, option)) is not None), None)
    body = Body(whole, span, Asset.PERSONNEL, None, "", actor=owner)
    governed = governing(readings_of(scene, body, within(scene.triggers, sentence)))
    where = tuple(Mention(o.span, o.value) for o in places if isinstance(o.value, Place) and not o.titled)
    return quote_of(scene, sentence, body, governed, where)


def _fits(claim: Claim, places: Sequence[Option]) -> bool:
    if claim.place is None or not places:
        return claim.place is None and not places
    return any(isinstance(option.value, Place) and option.value.name == claim.place.name for option in places)


def _mention(passage: Passage, option: Option) -> ActorMention | None:
    if option.titled:
        return None
    return next((actor for actor in within(passage.scene.actors, option.span) if actor.span == option.span), None)
