"""Tokens: a document's text and its heading (title, day, outlet) as the encoder's tokens, with their characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from garrison.vocabulary import Document, Span

__all__ = ["FIRST", "LAST", "Tokens", "covered", "tokens_of"]

FIRST, LAST = 101, 102  # the marks that open and close a part, in the encoder's vocabulary
_LONGEST_HEADING = 48  # tokens


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids and the characters each covers, of the heading and of the text, without opening and closing marks."""

    heading: tuple[int, ...]
    heading_starts: tuple[int, ...]
    heading_ends: tuple[int, ...]
    text: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def within(self, span: Span) -> Tokens:
        """The heading with the tokens of a stretch of the text that begins and ends between words."""
        first, last = bisect_left(self.starts, span.start), bisect_right(self.ends, span.end)
        if not span.start and last - first == len(self.text):
            return self
        return replace(
            self,
            text=self.text[first:last],
            starts=tuple(start - span.start for start in self.starts[first:last]),
            ends=tuple(end - span.start for end in self.ends[first:last]),
        )


def tokens_of(document: Document, tokenizer: Any) -> Tokens:
    """The tokens of ``document``; ``tokenizer`` is one of the ``tokenizers`` library, which has no stubs."""
    heading = " . ".join(filter(None, (document.title, document.published, document.outlet)))
    head = tokenizer.encode(heading, add_special_tokens=False)
    body = tokenizer.encode(document.text, add_special_tokens=False)
    kept = _LONGEST_HEADING
    head_starts, head_ends = _edges(head.offsets[:kept])
    starts, ends = _edges(body.offsets)
    return Tokens(tuple(head.ids[:kept]), head_starts, head_ends, tuple(body.ids), starts, ends)


def _edges(offsets: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple([start for start, _ in offsets]), tuple([end for _, end in offsets])


def covered(span: Span, starts: Sequence[int], ends: Sequence[int]) -> tuple[int, int]:
    """The first and the last token that ``span`` touches; for an empty or uncovered span the nearest one, twice."""
    first = bisect_right(ends, span.start)
    last = bisect_left(starts, span.end) - 1
    first = min(first, max(0, len(starts) - 1))
    return first, max(first, min(last, len(starts) - 1))
