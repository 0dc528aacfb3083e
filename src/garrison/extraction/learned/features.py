"""Features: what is known of an anchor, beside what the encoder reads in the words."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.triggers import Trigger
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
_SORTS, _ASSETS, _STATUSES, _HEDGES = tuple(Sort), tuple(Asset), tuple(Status), tuple(Hedge)
_NUMBERS, _FORMS_OF_ACTOR = tuple(Number), tuple(Form)
ODDS_WIDTH = len(Kind)
_FARTHEST_ODDS = 4.0
ANCHOR_WIDTH = sum(
    (
        len(_SORTS),
        len(_ASSETS) + 6 + len(_NUMBERS),  # the force word and how far its number is
        len(_STATUSES) + len(_HEDGES) + 2,
        7 + len(_STATUSES) + len(Measure) + len(_ASSETS),  # what the rules read
        16 + len(_FORMS_OF_ACTOR) + 1,
        ODDS_WIDTH,
    )
)


@dataclass(frozen=True, slots=True)
class Outline:
    """A passage made quick to measure: where its words and sentences begin."""

    scene: Scene
    words: tuple[int, ...]
    sentences: tuple[int, ...]
    triggers: tuple[int, ...]

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
        tuple(match.start() for match in re.finditer(r"\S+", scene.text)),
        tuple(sentence.start for sentence in scene.sentences),
        tuple(trigger.span.start for trigger in scene.triggers),
    )


def anchor_features(
    outline: Outline, anchor: Anchor, hint: Hint, marks: Mapping[str, int], weigh: Weigh
) -> tuple[Array, Array]:
    """What is known of an anchor, and which of the known ``marks`` the rules set on it.

    The last six features are the log odds that ``weigh`` gives the rules' readings of the anchor as each kind.
    """
    scene = outline.scene
    row: list[float] = _one_hot(_SORTS.index(anchor.sort), len(_SORTS))
    force = anchor.force
    row += _one_hot(_ASSETS.index(force.asset) if force else None, len(_ASSETS))
    gap = len(scene.between(anchor.number.span, force.span).split()) if force and anchor.number else None
    row += _one_hot(None if gap is None else min(gap, 4), 5)
    row.append(float(force is not None and force.ambiguous))
    row += _one_hot(_NUMBERS.index(force.number) if force else None, len(_NUMBERS))
    row += _one_hot(_STATUSES.index(status_at(anchor.span, scene.statuses)), 4)
    value = anchor.number.value if anchor.number else None
    row += _one_hot(_HEDGES.index(value.hedge) if value else None, len(_HEDGES))
    size = (value.low or value.high or 0) if value else 0
    row += [math.log10(1 + size) / 5, float(1900 <= size <= 2100)]
    kinds = {reading.claim.kind for reading in hint.readings}
    row += [float(kind in kinds) for kind in Kind] + [float(bool(kinds))]
    row += _read_as(hint)
    row += _triggers_beside(outline, anchor.span)
    found = anchor.found
    form = _FORMS_OF_ACTOR.index(found.form) if isinstance(found, ActorMention) else None
    row += _one_hot(form, len(_FORMS_OF_ACTOR))
    row.append(min(outline.sentence(anchor.span.start), 5) / 5)
    row += _odds(hint, weigh)
    flags = np.zeros(len(marks), dtype=np.float32)
    for mark in hint.marks:
        if mark in marks:
            flags[marks[mark]] = 1.0
    return np.asarray(row, dtype=np.float32), flags


def _odds(hint: Hint, weigh: Weigh) -> list[float]:
    found = dict.fromkeys(Kind, -_FARTHEST_ODDS)
    for reading in hint.readings:
        chance = weigh(reading.marks)
        odds = math.log(max(chance, 1e-6) / max(1 - chance, 1e-6))
        kind = reading.claim.kind
        found[kind] = max(found[kind], min(_FARTHEST_ODDS, odds))
    return list(found.values())


def _read_as(hint: Hint) -> list[float]:
    """The status, measure and class that the rules read."""
    claims = [reading.claim for reading in hint.readings]
    row = [float(any(claim.status is status for claim in claims)) for status in _STATUSES]
    row += [float(any(claim.measure is measure for claim in claims)) for measure in Measure]
    return row + [float(any(claim.asset is asset for claim in claims)) for asset in _ASSETS]


def _triggers_beside(outline: Outline, span: Span) -> list[float]:
    """The kinds of the nearest trigger on each side, and how near it is."""
    scene, at = outline.scene, bisect_left(outline.triggers, span.start)
    home = outline.sentence(span.start)
    row: list[float] = []
    for trigger in (
        next((t for t in reversed(scene.triggers[:at]) if not t.span.overlaps(span)), None),
        next((t for t in scene.triggers[at:] if not t.span.overlaps(span)), None),
    ):
        if trigger is None or outline.sentence(trigger.span.start) != home:
            row += [0.0] * 8
            continue
        row += _kinds(trigger)
        row.append(1 / (1 + abs(outline.word(trigger.span.start) - outline.word(span.start))))
    return row


def _kinds(trigger: Trigger) -> list[float]:
    kinds = trigger.kinds()
    return [float(kind in kinds) for kind in KINDS]


def _one_hot(index: int | None, width: int) -> list[float]:
    row = [0.0] * width
    if index is not None:
        row[index] = 1.0
    return row
