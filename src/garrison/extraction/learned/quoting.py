"""Quotations of learned claims: the stretch that an annotator would most likely take for the claim's words.

A small model gives each word of the sentence the chance that the quotation begins or ends there. Taken is not the
likeliest pair of ends but the stretch that most likely shares at least half its words with the right one (its token
F1 is at least 0.5), a tie going to the likelier ends: the ends of a clause are a matter of taste, its middle is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from garrison.extraction.grammar.body import Body
from garrison.extraction.grammar.governing import governing, readings_of
from garrison.extraction.grammar.quoting import quote_of
from garrison.extraction.grammar.scene import within
from garrison.extraction.learned.boundaries import boundaries_of
from garrison.extraction.learned.candidates import Option, Role
from garrison.extraction.learned.passage import Passage
from garrison.naming.actors import ActorMention
from garrison.vocabulary import Asset, Claim, Kind, Mention, Place, Span

__all__ = ["Ends", "by_rule", "quotation"]

Array = npt.NDArray[np.float32]
_LIKELIEST = 8  # ends weighed on either side
_SAME_ENDS = 0.3  # what it is worth that both ends are right, beside that half the words are


@dataclass(frozen=True)
class Ends:
    """The weights that say where quotations begin (``left``) and end (``right``), as ``training/quotes.py`` fits."""

    weights: Mapping[str, Array]

    def chances(self, side: str, features: Array, kind: Array) -> Array:
        """The chance of each of the words whose ``features`` are given, for a claim of ``kind``; they sum to one."""
        weight, width = self.weights[f"{side}.hidden.weight"], features.shape[1]
        hidden = _relu(
            features @ weight[:, :width].T + (weight[:, width:] @ kind + self.weights[f"{side}.hidden.bias"])
        )
        scores = hidden @ self.weights[f"{side}.score.weight"].T + features @ self.weights[f"{side}.direct.weight"].T
        raised: Array = np.exp(scores[:, 0] - scores.max())
        share: Array = raised / raised.sum()
        return share


def _relu(x: Any) -> Any:
    return np.maximum(x, 0.0)


def quotation(passage: Passage, anchor: int, kind: Kind, chosen: Mapping[Role, Sequence[Option]], ends: Ends) -> Span:
    """The stretch that carries the claim at an anchor, given the options that fill its fields."""
    rule = by_rule(passage, anchor, kind, chosen.get(Role.PLACE, ()), chosen.get(Role.ACTOR, ()))
    rests_on = {
        role: standing[0].span
        for role, options in chosen.items()
        if (standing := [option for option in options if not option.titled and len(option.span)])
    }
    words = boundaries_of(passage, anchor, kind, rule, rests_on)
    if words is None:
        return rule
    left = ends.chances("left", words.left_features, words.kind)
    right = ends.chances("right", words.right_features, words.kind)
    first, last = likeliest(left, right)
    return Span(words.lefts[first].start, words.rights[last].end)


def likeliest(left: Array, right: Array) -> tuple[int, int]:
    """The numbers of the first and the last word of the stretch that is likeliest to be taken for the right one.

    Args:
        left: the chance of each word up to the anchor's first, that the quotation begins there.
        right: the chance of each word from the anchor's last on, that it ends there.
    """
    starts, stops = np.argsort(-left)[:_LIKELIEST], np.argsort(-right)[:_LIKELIEST]
    # Words before the anchor, and after it, that each pair of ends takes in.
    before, after = len(left) - 1 - starts, stops
    chance = np.outer(left[starts], right[stops]).ravel()
    length = (before[:, None] + after + 1).ravel()
    both_before, both_after = np.minimum(before[:, None], before), np.minimum(after[:, None], after)
    shared = (both_before[:, None, :, None] + both_after[None, :, None, :]).reshape(len(length), len(length)) + 1
    alike = 4 * shared >= length[:, None] + length
    first, last = divmod(int((alike @ chance + _SAME_ENDS * chance).argmax()), len(after))
    return len(left) - 1 - int(before[first]), int(after[last])


def by_rule(passage: Passage, anchor: int, kind: Kind, places: Sequence[Option], actors: Sequence[Option]) -> Span:
    """The quotation by rule: as the grammar quotes it where it read the claim so, else grown from the anchor."""
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
