"""Furniture: what stands around an article and is no part of it: rights notices, comment forms, calls to readers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

import re2

RIGHTS_LIMIT = 900
COMMENTS_LIMIT = 250
CALL_LIMIT = 350
"""Characters beyond which a line is prose and no furniture of that sort."""


class Sort(Enum):
    """What a line is."""

    PROSE = "prose"
    RIGHTS = "rights"
    COMMENTS = "comments"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class _Patterns:
    any: Any  # re2 ships no types
    rights: Any
    comments: Any
    calls: Any
    credits: Any


def sort_of(line: str) -> Sort:
    """What a line (or paragraph) is, by its words alone."""
    line = line.strip()
    if not line or len(line) > RIGHTS_LIMIT:
        return Sort.PROSE
    patterns = _patterns()
    if not patterns.any.match(line):
        return Sort.PROSE
    if patterns.rights.match(line):
        return Sort.RIGHTS
    if len(line) <= COMMENTS_LIMIT and patterns.comments.match(line):
        return Sort.COMMENTS
    if len(line) <= CALL_LIMIT and patterns.calls.match(line):
        return Sort.CALL
    return Sort.PROSE


def is_credited(line: str) -> bool:
    """Whether a line ends or begins as the caption of a picture does: with whose picture it is."""
    line = line.strip()
    return len(line) <= 400 and _patterns().credits.match(line) is not None


def rights_in(lines: list[str]) -> str | None:
    """The rights notices among ``lines``, each once, as one text."""
    kept = dict.fromkeys(" ".join(line.split()) for line in lines if line.strip())
    return "\n".join(kept)[:2000] or None


@cache
def _patterns() -> _Patterns:
    rows = tomllib.loads(files("garrison.reading").joinpath("furniture.toml").read_text(encoding="utf-8"))

    def one_of(flags: str, *sorts: str) -> Any:
        return re2.compile(f"(?s{flags})" + "|".join(f"(?:{pattern})" for sort in sorts for pattern in rows[sort]))

    calls = ("calls", "calls_elsewhere")
    return _Patterns(
        any=one_of("i", "rights", "comments", *calls),
        rights=one_of("i", "rights"),
        comments=one_of("i", "comments"),
        calls=one_of("i", *calls),
        # A credit is told by its capital letters.
        credits=one_of("", "credits"),
    )
