"""Attribution scopes: a stretch of text and on whose word it stands."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.vocabulary import Attribution, Span


@dataclass(frozen=True, slots=True)
class AttributionScope:
    """A stretch of text that stands on some people's word: who, innermost first, and the words that say so."""

    scope: Span
    sources: tuple[Attribution, ...]
    cue: Span
