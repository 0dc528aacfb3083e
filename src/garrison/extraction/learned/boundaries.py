"""Boundaries: where the quotation of a claim may begin and end, and what is known of each such place.

A quotation begins at a word of the sentence up to its anchor, and ends at one from its anchor on. What speaks for a
word is what it is, what stands before and after it, how far from the anchor it lies, what the rule of the grammar would
do, and which of the words that the claim rests on (its actor, place, time …) it would take in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from garrison.extraction.grammar.scene import within
from garrison.extraction.learned.candidates import Role
from garrison.extraction.learned.passage import Passage
from garrison.vocabulary import Kind, Span

__all__ = ["BOUNDARY_WIDTH", "RESTS_ON", "Boundaries", "boundaries_of"]

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
_KINDS = tuple(Kind)
RESTS_ON = (Role.ACTOR, Role.PLACE, Role.WHEN, Role.UNIT, Role.ORIGIN)
_FARTHEST = 40  # words on either side of the anchor that are weighed
_WORD = re.compile(r"\S+")
_OPENING, _CLOSING = "“\"'‘(«—–-[", "”\"'’),.;:»—–-!?]"
_LISTED = tuple(
    line
    for line in files("garrison.extraction").joinpath("words/clause_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
_NUMBERS = {word: number for number, word in enumerate(_LISTED)}
_SHAPES = 6  # empty, figure, capitalised, -ed, -ing, -s
_SORTS = len(_LISTED) + _SHAPES
_PLAIN = _SORTS  # a word of no sort, a column beyond those of the features
_MARKS = (",", ";", ":", "(", ")", "—", "–", "-", "“", "”", '"', ".")
_STEPS = 8
_STEP_OF = np.minimum(_STEPS - 1, 1.5 * np.log2(np.arange(1, _FARTHEST + 2))).astype(np.int64)
_TAKEN_IN = re.compile(r"(,)|(;)|\b(?:and|but|that|which|who|while|as|said|after|before|if|when)\b")
_MOST_TAKEN_IN = 3  # commas, and the number that others are measured by
_RELATIONS = 5
_OWN = 1 + 2 * _SORTS + len(_MARKS)  # what a word has in itself, whatever the anchor
BOUNDARY_WIDTH = _OWN + _STEPS + 3 + 3 + _RELATIONS * (len(RESTS_ON) + 2)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The words of a sentence at which a quotation may begin (``lefts``, the anchor's first word last) and end
    (``rights``, the anchor's last word first), and a row of features for each."""

    lefts: tuple[Span, ...]
    rights: tuple[Span, ...]
    left_features: Array
    right_features: Array
    kind: Array


def boundaries_of(
    passage: Passage, anchor: int, kind: Kind, rule: Span, rests_on: Mapping[Role, Span]
) -> Boundaries | None:
    """Where the quotation of a claim may begin and end; ``None`` if the anchor stands in no word.

    Args:
        passage: the passage made ready.
        anchor: the number of the claim's anchor.
        kind: the claim's kind.
        rule: the quotation by the grammar's rule.
        rests_on: where the claim's fields stand in the text.
    """
    span = passage.anchors[anchor].span
    sentence = passage.scene.sentences[max(0, passage.outline.sentence(span.start))]
    words = _words_of(passage.scene.text, sentence)
    if not words.spans:
        return None
    first = min(int(np.searchsorted(words.ends, span.start, "right")), len(words.spans) - 1)
    last = int(np.searchsorted(words.starts, span.end)) - 1
    last = first if last < 0 else last
    lefts, rights = slice(max(0, first - _FARTHEST), first + 1), slice(last, last + _FARTHEST)
    carried = [rests_on.get(role) for role in RESTS_ON]
    carried = [each if each is not None and sentence.covers(each) else None for each in carried]
    carried += [_nearest_trigger(passage, sentence, span), _force(passage, anchor)]
    one_hot = np.zeros(len(_KINDS), dtype=np.float32)
    one_hot[_KINDS.index(kind)] = 1.0
    return Boundaries(
        words.spans[lefts],
        words.spans[rights],
        _left(words, lefts, span, rule, carried),
        _right(words, rights, span, rule, carried),
        one_hot,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a sentence, without the punctuation at their edges, and what each has in itself as a word at
    which a quotation begins (``left``) or ends (``right``); ``before_starts`` and ``before_ends`` count the commas,
    semicolons and conjunctions of the sentence before each word's start and end."""

    spans: tuple[Span, ...]
    starts: Indices
    ends: Indices
    left: Array
    right: Array
    before_starts: Indices
    before_ends: Indices


@lru_cache(maxsize=16)  # the sentences of a passage, each of which has several claims
def _words_of(text: str, sentence: Span) -> _Words:
    spans = []
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        word = match.group()
        start = match.start() + len(word) - len(word.lstrip(_OPENING))
        end = match.end() - (len(word) - len(word.rstrip(_CLOSING)))
        if start < end:
            spans.append(Span(start, end))
    taken_in = np.zeros((3, len(sentence) + 1), dtype=np.int64)
    for match in _TAKEN_IN.finditer(text, sentence.start, sentence.end):
        taken_in[(match.lastindex or 3) - 1, match.start() - sentence.start + 1] = 1
    starts, ends = (np.asarray(each, dtype=np.int64) for each in ([s.start for s in spans], [s.end for s in spans]))
    left, right = _in_themselves(text, spans)
    counts = taken_in.cumsum(1)
    before_starts, before_ends = (counts[:, edges - sentence.start] for edges in (starts, ends))
    return _Words(tuple(spans), starts, ends, left, right, before_starts, before_ends)


def _in_themselves(text: str, spans: Sequence[Span]) -> tuple[Array, Array]:
    """Whether a word is its sentence's first or last, of what sort it and its neighbour are, and what parts them."""
    sorts = [_sort(span.of(text)) for span in spans]
    left = np.zeros((len(spans), _OWN + 1), dtype=np.float32)
    right = np.zeros((len(spans), _OWN + 1), dtype=np.float32)
    if not spans:
        return left, right
    for table, beside in ((left, [_sort(""), *sorts[:-1]]), (right, [*sorts[1:], _sort("")])):
        for row, own, other in zip(table, sorts, beside, strict=True):
            row[1 + own if own != _PLAIN else -1] = 1.0
            row[1 + _SORTS + other if other != _PLAIN else -1] = 1.0
    left[0, 0] = right[-1, 0] = 1.0
    marks = 1 + 2 * _SORTS
    for number, (span, after) in enumerate(pairwise(spans)):
        gap = text[span.end : after.start]
        if gap != " ":
            left[number + 1, marks:_OWN] = right[number, marks:_OWN] = [mark in gap for mark in _MARKS]
    right[-1, marks + _MARKS.index(".")] = 1.0
    return left[:, :_OWN], right[:, :_OWN]


def _nearest_trigger(passage: Passage, sentence: Span, span: Span) -> Span | None:
    spans = (trigger.span for trigger in within(passage.scene.triggers, sentence))
    beside = [each for each in spans if sentence.covers(each) and not each.overlaps(span)]
    return min(beside, key=lambda other: max(other.start - span.end, span.start - other.end), default=None)


def _force(passage: Passage, anchor: int) -> Span | None:
    force = passage.anchors[anchor].force
    return force.span if force else None


def _left(words: _Words, part: slice, span: Span, rule: Span, carried: Sequence[Span | None]) -> Array:
    starts = words.starts[part]
    table = np.zeros((len(starts), BOUNDARY_WIDTH), dtype=np.float32)
    table[:, :_OWN] = words.left[part]
    _measure(table, np.arange(len(starts))[::-1], starts, rule.start)
    _take_in(table, words.before_starts[:, part.stop - 1 : part.stop] - words.before_starts[:, part])
    for at, each in zip(_related(), carried, strict=True):
        if each is None:
            continue
        if each.end <= span.start:
            table[:, at] = starts <= each.start
            table[:, at + 1] = starts > each.start
            table[:, at + 2] = starts == each.start
            table[:, at + 3] = 1.0
        table[:, at + 4] = each.start >= span.end
    return table


def _right(words: _Words, part: slice, span: Span, rule: Span, carried: Sequence[Span | None]) -> Array:
    ends = words.ends[part]
    table = np.zeros((len(ends), BOUNDARY_WIDTH), dtype=np.float32)
    table[:, :_OWN] = words.right[part]
    _measure(table, np.arange(len(ends)), ends, rule.end)
    _take_in(table, words.before_ends[:, part] - words.before_ends[:, part.start : part.start + 1])
    for at, each in zip(_related(), carried, strict=True):
        if each is None:
            continue
        if each.start >= span.end:
            table[:, at] = ends >= each.end
            table[:, at + 1] = ends < each.end
            table[:, at + 2] = ends == each.end
            table[:, at + 4] = 1.0
        table[:, at + 3] = each.end <= span.start
    return table


def _measure(table: Array, distances: Indices, edges: Indices, rule: int) -> None:
    """Enters how far from the anchor each word is, and where the rule's edge is."""
    table[np.arange(len(table)), _OWN + _STEP_OF[distances]] = 1.0
    at = _OWN + _STEPS
    table[:, at], table[:, at + 1], table[:, at + 2] = edges == rule, rule < edges, rule > edges


def _take_in(table: Array, counts: Indices) -> None:
    """Enters the commas, semicolons and conjunctions that a quotation takes in between each word and the anchor."""
    at = _OWN + _STEPS + 3
    table[:, at] = np.minimum(counts[0], _MOST_TAKEN_IN) / _MOST_TAKEN_IN
    table[:, at + 1] = counts[1] > 0
    table[:, at + 2] = counts[2] / _MOST_TAKEN_IN


def _related() -> range:
    """Where the features of each stretch that the claim rests on begin."""
    return range(_OWN + _STEPS + 6, BOUNDARY_WIDTH, _RELATIONS)


@lru_cache(maxsize=4096)
def _sort(word: str) -> int:
    """The number of a word's sort: listed, of a certain shape, or plain."""
    lower = word.lower()
    shape = len(_LISTED)
    if lower in _NUMBERS:
        return _NUMBERS[lower]
    if not word:
        return shape
    if word[0].isdigit():
        return shape + 1
    if word[0].isupper():
        return shape + 2
    return next(
        (shape + step for step, ending in enumerate(("ed", "ing", "s"), start=3) if lower.endswith(ending)), _PLAIN
    )
