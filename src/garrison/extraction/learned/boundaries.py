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

import numpy as np
import numpy.typing as npt

from garrison.extraction.learned.candidates import Role
from garrison.extraction.learned.passage import Passage
from garrison.vocabulary import Kind, Span

__all__ = ["BOUNDARY_WIDTH", "RESTS_ON", "Boundaries", "boundaries_of"]

Array = npt.NDArray[np.float32]
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
_MARKS = (",", ";", ":", "(", ")", "—", "–", "-", "“", "”", '"', ".")
_STEPS = 8
_CONJUNCTION = re.compile(r"\b(?:and|but|that|which|who|while|as|said|after|before|if|when)\b")
_RELATIONS = 5
BOUNDARY_WIDTH = 1 + 2 * (len(_LISTED) + _SHAPES) + len(_MARKS) + _STEPS + 3 + 3 + _RELATIONS * (len(RESTS_ON) + 2)


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
    text, span = passage.scene.text, passage.anchors[anchor].span
    sentence = passage.scene.sentences[max(0, passage.outline.sentence(span.start))]
    words = _words(text, sentence)
    if not words:
        return None
    first = next((i for i, word in enumerate(words) if word.end > span.start), len(words) - 1)
    last = max((i for i, word in enumerate(words) if word.start < span.end), default=first)
    lefts = tuple(words[max(0, first - _FARTHEST) : first + 1])
    rights = tuple(words[last : last + _FARTHEST])
    carried = [rests_on.get(role) for role in RESTS_ON]
    carried = [each if each is not None and sentence.covers(each) else None for each in carried]
    carried += [_nearest_trigger(passage, sentence, span), _force(passage, anchor)]
    known = {role: number for number, role in enumerate(Kind)}
    one_hot = np.zeros(len(known), dtype=np.float32)
    one_hot[known[kind]] = 1.0
    return Boundaries(
        lefts,
        rights,
        np.asarray([_left(text, words, i, first, span, rule, carried) for i in _numbers(words, lefts)], np.float32),
        np.asarray([_right(text, words, i, last, span, rule, carried) for i in _numbers(words, rights)], np.float32),
        one_hot,
    )


def _numbers(words: Sequence[Span], part: Sequence[Span]) -> range:
    start = words.index(part[0])
    return range(start, start + len(part))


def _words(text: str, sentence: Span) -> list[Span]:
    """The words of the sentence without the punctuation at their edges."""
    found = []
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        word = match.group()
        start = match.start() + len(word) - len(word.lstrip(_OPENING))
        end = match.end() - (len(word) - len(word.rstrip(_CLOSING)))
        if start < end:
            found.append(Span(start, end))
    return found


def _nearest_trigger(passage: Passage, sentence: Span, span: Span) -> Span | None:
    beside = [t.span for t in passage.scene.triggers if sentence.covers(t.span) and not t.span.overlaps(span)]
    return min(beside, key=lambda other: max(other.start - span.end, span.start - other.end), default=None)


def _force(passage: Passage, anchor: int) -> Span | None:
    force = passage.anchors[anchor].force
    return force.span if force else None


def _left(
    text: str,
    words: Sequence[Span],
    at: int,
    first: int,
    span: Span,
    rule: Span,
    carried: Sequence[Span | None],
) -> list[float]:
    word, before = words[at], words[at - 1] if at else None
    row = [float(at == 0), *_sort(word.of(text)), *_sort(before.of(text) if before else "")]
    row += _punctuation(text[before.end : word.start] if before else "")
    row += _distance(first - at)
    row += [float(word.start == rule.start), float(rule.start < word.start), float(rule.start > word.start)]
    row += _taken_in(text[word.start : words[first].start])
    for each in carried:
        if each is None:
            row += [0.0] * _RELATIONS
            continue
        stands = each.end <= span.start
        row += [float(stands and test) for test in (word.start <= each.start, word.start > each.start)]
        row += [float(stands and word.start == each.start), float(stands), float(each.start >= span.end)]
    return row


def _right(
    text: str,
    words: Sequence[Span],
    at: int,
    last: int,
    span: Span,
    rule: Span,
    carried: Sequence[Span | None],
) -> list[float]:
    word, after = words[at], words[at + 1] if at + 1 < len(words) else None
    row = [float(after is None), *_sort(word.of(text)), *_sort(after.of(text) if after else "")]
    row += _punctuation(text[word.end : after.start] if after else ".")
    row += _distance(at - last)
    row += [float(word.end == rule.end), float(rule.end < word.end), float(rule.end > word.end)]
    row += _taken_in(text[words[last].end : word.end])
    for each in carried:
        if each is None:
            row += [0.0] * _RELATIONS
            continue
        stands = each.start >= span.end
        row += [float(stands and test) for test in (word.end >= each.end, word.end < each.end)]
        row += [float(stands and word.end == each.end), float(each.end <= span.start), float(stands)]
    return row


@lru_cache(maxsize=4096)
def _sort(word: str) -> tuple[float, ...]:
    row = [0.0] * (len(_LISTED) + _SHAPES)
    lower = word.lower()
    shape = len(_LISTED)
    if lower in _NUMBERS:
        row[_NUMBERS[lower]] = 1.0
    elif not word:
        row[shape] = 1.0
    elif word[0].isdigit():
        row[shape + 1] = 1.0
    elif word[0].isupper():
        row[shape + 2] = 1.0
    else:
        for step, ending in enumerate(("ed", "ing", "s"), start=3):
            if lower.endswith(ending):
                row[shape + step] = 1.0
                break
    return tuple(row)


def _punctuation(between: str) -> list[float]:
    return [float(mark in between) for mark in _MARKS]


def _distance(words: int) -> list[float]:
    row = [0.0] * _STEPS
    row[min(_STEPS - 1, int(1.5 * np.log2(words + 1)))] = 1.0
    return row


def _taken_in(piece: str) -> list[float]:
    return [min(piece.count(","), 3) / 3, float(";" in piece), len(_CONJUNCTION.findall(piece)) / 3]
