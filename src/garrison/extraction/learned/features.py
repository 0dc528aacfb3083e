"""Features: what is known of an anchor, beside what the encoder reads in the words."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.triggers import Sense
from garrison.extraction.learned.candidates import Anchor, Sort
from garrison.extraction.learned.hints import Hint
from garrison.extraction.status import status_at
from garrison.naming.actors import ActorMention, Form
from garrison.naming.forces import Number
from garrison.vocabulary import Asset, Hedge, Kind, Measure, Span, Status

__all__ = ["ANCHOR_WIDTH", "KINDS", "ODDS_WIDTH", "Outline", "Weigh", "anchor_features", "outline_of"]

Array = npt.NDArray[np.float32]
Weigh = Callable[[frozenset[str]], float]
KINDS: tuple[Kind | None, ...] = (*Kind, None)
"""The kinds of claim that a trigger can make; ``None`` for words that rule a claim out."""
_KINDS, _SORTS, _ASSETS, _STATUSES, _HEDGES = tuple(Kind), tuple(Sort), tuple(Asset), tuple(Status), tuple(Hedge)
_NUMBERS, _MEASURES, _FORMS_OF_ACTOR = tuple(Number), tuple(Measure), tuple(Form)
ODDS_WIDTH = len(Kind)
_FARTHEST_ODDS = 4.0
_WORD = re.compile(r"\S+")

# Where each group of features begins in an anchor's row.
_SORT = 0
_ASSET = _SORT + len(_SORTS)
_GAP = _ASSET + len(_ASSETS)  # words between the number and the force word, four for more
_AMBIGUOUS = _GAP + 5
_NUMBER = _AMBIGUOUS + 1
_STATUS = _NUMBER + len(_NUMBERS)
_HEDGE = _STATUS + len(_STATUSES)
_SIZE = _HEDGE + len(_HEDGES)
_READ_AS = _SIZE + 2  # what the rules read: kinds, any, statuses, measures, classes
_BESIDE = _READ_AS + len(Kind) + 1 + len(_STATUSES) + len(_MEASURES) + len(_ASSETS)
_READ_KIND = len(Kind)  # from the first of these on
_READ_STATUS = _READ_KIND + 1
_READ_MEASURE = _READ_STATUS + len(_STATUSES)
_READ_CLASS = _READ_MEASURE + len(_MEASURES)
_FORM = _BESIDE + 2 * (len(KINDS) + 1)
_PLACE = _FORM + len(_FORMS_OF_ACTOR)  # how far down the passage
_ODDS = _PLACE + 1
ANCHOR_WIDTH = _ODDS + ODDS_WIDTH


_NO_TRIGGER = (0.0,) * (len(KINDS) + 1)


@dataclass(frozen=True, slots=True)
class Outline:
    """A passage made quick to measure: where its words, sentences and triggers begin, and which of ``KINDS`` each
    trigger can make."""

    scene: Scene
    words: tuple[int, ...]
    sentences: tuple[int, ...]
    triggers: tuple[int, ...]
    kinds: tuple[tuple[float, ...], ...]

    def word(self, at: int) -> int:
        """The number of words that begin before ``at``."""
        return bisect_left(self.words, at)

    def sentence(self, at: int) -> int:
        """The number of the sentence at ``at``."""
        return bisect_right(self.sentences, at) - 1


def outline_of(scene: Scene) -> Outline:
    """The outline of ``scene``."""
    return Outline(
        scene,
        tuple([match.start() for match in _WORD.finditer(scene.text)]),
        tuple(sentence.start for sentence in scene.sentences),
        tuple(trigger.span.start for trigger in scene.triggers),
        tuple([_kinds(trigger.senses) for trigger in scene.triggers]),
    )


@lru_cache(maxsize=256)  # few triggers differ in what they can mean
def _kinds(senses: tuple[Sense, ...]) -> tuple[float, ...]:
    kinds = {sense.kind for sense in senses}
    return tuple([float(kind in kinds) for kind in KINDS])


def anchor_features(
    outline: Outline, anchors: Sequence[Anchor], hints: Sequence[Hint], marks: Mapping[str, int], weigh: Weigh
) -> tuple[Array, Array]:
    """What is known of each anchor, and which of the known ``marks`` the rules set on it, a row each.

    The last six features are the log odds that ``weigh`` gives the rules' readings of the anchor as each kind.
    """
    table = [_row(outline, anchor, hint, weigh) for anchor, hint in zip(anchors, hints, strict=True)]
    flags = np.zeros((len(anchors), len(marks)), dtype=np.float32)
    for row, hint in zip(flags, hints, strict=True):
        if hint.readings:
            row[[marks[mark] for mark in hint.marks if mark in marks]] = 1.0
    return np.asarray(table, dtype=np.float32).reshape(-1, ANCHOR_WIDTH), flags


def _row(outline: Outline, anchor: Anchor, hint: Hint, weigh: Weigh) -> list[float]:
    scene, force = outline.scene, anchor.force
    row = [0.0] * ANCHOR_WIDTH
    row[_SORT + _SORTS.index(anchor.sort)] = 1.0
    if force is not None:
        row[_ASSET + _ASSETS.index(force.asset)] = 1.0
        row[_AMBIGUOUS] = float(force.ambiguous)
        row[_NUMBER + _NUMBERS.index(force.number)] = 1.0
        if anchor.number is not None:
            row[_GAP + min(len(scene.between(anchor.number.span, force.span).split()), 4)] = 1.0
    row[_STATUS + _STATUSES.index(status_at(anchor.span, scene.statuses))] = 1.0
    if anchor.number is not None:
        value = anchor.number.value
        size = value.low or value.high or 0
        row[_HEDGE + _HEDGES.index(value.hedge)] = 1.0
        row[_SIZE] = math.log10(1 + size) / 5
        row[_SIZE + 1] = float(1900 <= size <= 2100)
    if hint.readings:
        row[_READ_AS:_BESIDE] = _read_as(hint)
    row[_BESIDE:_FORM] = _triggers_beside(outline, anchor.span)
    if isinstance(anchor.found, ActorMention):
        row[_FORM + _FORMS_OF_ACTOR.index(anchor.found.form)] = 1.0
    row[_PLACE] = min(outline.sentence(anchor.span.start), 5) / 5
    row[_ODDS:] = _odds(hint, weigh)
    return row


def _odds(hint: Hint, weigh: Weigh) -> list[float]:
    if not hint.readings:
        return [-_FARTHEST_ODDS] * ODDS_WIDTH
    found = dict.fromkeys(_KINDS, -_FARTHEST_ODDS)
    for reading in hint.readings:
        chance = weigh(reading.marks)
        odds = math.log(max(chance, 1e-6) / max(1 - chance, 1e-6))
        kind = reading.claim.kind
        found[kind] = max(found[kind], min(_FARTHEST_ODDS, odds))
    return list(found.values())


def _read_as(hint: Hint) -> list[float]:
    """The kinds, statuses, measures and classes that the rules read."""
    row = [0.0] * (_BESIDE - _READ_AS)
    row[_READ_KIND] = 1.0
    for reading in hint.readings:
        claim = reading.claim
        row[_KINDS.index(claim.kind)] = 1.0
        row[_READ_STATUS + _STATUSES.index(claim.status)] = 1.0
        row[_READ_MEASURE + _MEASURES.index(claim.measure)] = 1.0
        row[_READ_CLASS + _ASSETS.index(claim.asset)] = 1.0
    return row


def _triggers_beside(outline: Outline, span: Span) -> list[float]:
    """The kinds of the nearest trigger on each side, and how near it is."""
    triggers, at = outline.scene.triggers, bisect_left(outline.triggers, span.start)
    home, own = outline.sentence(span.start), outline.word(span.start)
    before, after = at - 1, at
    while before >= 0 and triggers[before].span.overlaps(span):
        before -= 1
    while after < len(triggers) and triggers[after].span.overlaps(span):
        after += 1
    row: list[float] = []
    for number in (before, after):
        if not 0 <= number < len(triggers) or outline.sentence(outline.triggers[number]) != home:
            row += _NO_TRIGGER
            continue
        row += outline.kinds[number]
        row.append(1 / (1 + abs(outline.word(outline.triggers[number]) - own)))
    return row
