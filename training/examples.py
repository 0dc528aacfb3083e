"""Examples: annotated passages as the arrays that the network learns from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from alignment import Row, Truth, truths_of
from garrison.extraction.learned.candidates import Role
from garrison.extraction.learned.features import Weigh
from garrison.extraction.learned.pairs import PAIR_WIDTH
from garrison.extraction.learned.passage import Passage, passage_of
from garrison.extraction.learned.tokens import tokens_of
from garrison.vocabulary import Asset, Document, Kind, Measure, Status

Array = npt.NDArray[Any]
KINDS, STATUSES, MEASURES, ASSETS = tuple(Kind), tuple(Status), tuple(Measure), tuple(Asset)
RAREST_MARK = 4  # passages that a mark of the grammar must occur in


@dataclass(slots=True)
class Choice:
    """A truth's choice in one role: features per option, the entity of each, and which entities are right."""

    role: Role
    pairs: Array
    entities: Array
    right: frozenset[int]


@dataclass(slots=True)
class Lesson:
    """What is to be learned of one anchor and kind."""

    anchor: int
    kind: int
    status: int
    measure: int
    asset: int
    quote: tuple[int, int]
    choices: tuple[Choice, ...]


@dataclass(slots=True)
class Example:
    """One passage: what the network sees, and what it should say."""

    row: Row
    ids: Array
    text_start: int
    spans: Array
    features: Array
    marks: Array
    options: dict[Role, Array]
    lessons: tuple[Lesson, ...]
    kinds: Array


def document_of(row: Row) -> Document:
    """The document that a row of the annotators' form describes."""
    return Document(row["text"], row.get("title"), row.get("published"), row.get("outlet"))


def marks_of(passages: Iterable[Passage]) -> dict[str, int]:
    """The marks of the grammar that occur often enough to be learned from, numbered."""
    counts: Counter[str] = Counter()
    for passage in passages:
        counts.update({mark for hint in passage.hints for mark in hint.marks})
    return {mark: number for number, mark in enumerate(sorted(m for m, n in counts.items() if n >= RAREST_MARK))}


def example_of(row: Row, passage: Passage, marks: Mapping[str, int], weigh: Weigh) -> Example:
    """The example of an annotated passage that has an anchor; ``weigh`` gives the chance of a rule's reading."""
    truths, _ = truths_of(row["text"], row["claims"], passage.anchors, dict(passage.options), passage.hints)
    spans = _spans(passage.anchor_tokens())
    features, flags = passage.anchor_table(marks, weigh)
    kinds = np.zeros((len(passage.anchors), len(KINDS)), dtype=np.float32)
    tables = passage.pair_tables([truth.anchor for truth in truths])
    lessons = []
    for number, truth in enumerate(truths):
        kinds[truth.anchor, KINDS.index(truth.kind)] = 1.0
        lessons.append(_lesson(passage, truth, {role: table[:, number] for role, table in tables.items()}))
    options = {role: _spans(passage.option_tokens(role)) for role in Role}
    return Example(row, passage.ids, passage.offset, spans, features, flags, options, tuple(lessons), kinds)


def _spans(tokens: Sequence[tuple[int, int]]) -> Array:
    return np.asarray(tokens, dtype=np.int64).reshape(-1, 2)


def _lesson(passage: Passage, truth: Truth, tables: Mapping[Role, Array]) -> Lesson:
    choices = []
    for role, right in truth.choices.items():
        options = passage.options[role]
        names = sorted({option.entity for option in options})
        number = {name: index for index, name in enumerate(names)}
        entities = np.asarray([number[option.entity] for option in options], dtype=np.int64)
        pairs = tables.get(role, np.zeros((0, PAIR_WIDTH), dtype=np.float32))
        choices.append(Choice(role, pairs, entities, frozenset(number[name] for name in right)))
    return Lesson(
        truth.anchor,
        KINDS.index(truth.kind),
        STATUSES.index(truth.status),
        MEASURES.index(truth.measure),
        ASSETS.index(truth.asset),
        passage.at(truth.quote),
        tuple(choices),
    )


def passage_in(row: Row, tokenizer: Any) -> Passage:
    """The passage of ``row`` made ready."""
    document = document_of(row)
    return passage_of(document, tokens_of(document, tokenizer))


def passages_of(rows: Iterable[Row], tokenizer: Any) -> list[Passage]:
    """The passages of ``rows`` made ready."""
    return [passage_in(row, tokenizer) for row in rows]
