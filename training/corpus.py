"""Corpus: the passages that are learned from, and the folds they fall into."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from alignment import Row, read
from plain import plain_passages

PASSAGES = Path(__file__).parent / "passages"
FOLDS = 5
PLAIN = 2500  # plain passages that are made


def rows_of(shared: Path | None) -> list[Row]:
    """The passages of this folder and plain ones, after the annotated real ones of ``shared`` where it has them."""
    rows = [row for path in sorted(PASSAGES.glob("*.jsonl")) for row in read(path)]
    real = shared / "gold" / "train.jsonl" if shared else None
    return [*(read(real) if real is not None and real.exists() else []), *rows, *plain_passages(PLAIN)]


def is_real(row: Row) -> bool:
    """Whether the passage is other people's text, and not one that was written for this."""
    return bool(row.get("corpus"))


def is_plain(row: Row) -> bool:
    """Whether the passage was made from frames (``plain.py``)."""
    return row["id"].startswith("plain-")


def fold_of(row: Row) -> int:
    """The fold of a passage, 0 to 4, by its id alone."""
    return _number(row) % FOLDS


def part_of(row: Row) -> int:
    """The part of a passage, 0 to 4, by its id alone but not by its fold: in every fold are passages of every part."""
    return _number(row) // FOLDS % FOLDS


def _number(row: Row) -> int:
    return int(hashlib.md5(row["id"].removesuffix("+").encode(), usedforsecurity=False).hexdigest(), 16)


def split(rows: Sequence[Row], fold: int) -> tuple[list[int], list[int]]:
    """The numbers of the rows outside the fold and of those in it."""
    inside = [index for index, row in enumerate(rows) if fold_of(row) == fold]
    outside = [index for index, row in enumerate(rows) if fold_of(row) != fold]
    return outside, inside
