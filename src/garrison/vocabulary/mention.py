"""Mentions: a stretch of text and what it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from garrison.vocabulary.document import Span

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Mention(Generic[T_co]):
    """Where a text speaks of something: the span of the words and the value they stand for."""

    span: Span
    value: T_co
