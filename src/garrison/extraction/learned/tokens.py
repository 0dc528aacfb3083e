"""Tokens: a document's text and its heading (title, day, outlet) as the encoder's tokens, with their characters."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from garrison.vocabulary import Document, Span

__all__ = ["FIRST", "LAST", "Tokens", "covered", "tokens_of"]

FIRST, LAST = 101, 102  # the marks that open and close a part, in the encoder's vocabulary
_LONGEST_HEADING = 48  # tokens
_RUN = re.compile(r"[^ \t\n\r]+")
_LONGEST_RUN = 32  # characters of words whose tokens are remembered


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
    ids, starts, ends = (each[:_LONGEST_HEADING] for each in _encoded(heading, tokenizer))
    return Tokens(ids, starts, ends, *_encoded(document.text, tokenizer))


def _encoded(text: str, tokenizer: Any) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The tokens of ``text`` with where they start and end.

    No token reaches over white space, nor does one depend on what stands beyond it: the same words, of which most of a
    text is made, need not be taken apart again.
    """
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _RUN.finditer(text):
        run, at = match.group(), match.start()
        numbers, begins, stops = (_pieces if len(run) <= _LONGEST_RUN else _pieces.__wrapped__)(run, tokenizer)
        ids += numbers
        if len(numbers) == 1:  # as for most
            starts.append(at + begins[0])
            ends.append(at + stops[0])
        else:
            starts += [at + begin for begin in begins]
            ends += [at + stop for stop in stops]
    return tuple(ids), tuple(starts), tuple(ends)


@lru_cache(maxsize=8192)
def _pieces(run: str, tokenizer: Any) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The tokens of a word with the marks about it, and where in it they start and end."""
    found = tokenizer.encode(run, add_special_tokens=False)
    return tuple(found.ids), tuple([start for start, _ in found.offsets]), tuple([end for _, end in found.offsets])


def covered(span: Span, starts: Sequence[int], ends: Sequence[int]) -> tuple[int, int]:
    """The first and the last token that ``span`` touches; for an empty or uncovered span the nearest one, twice."""
    first, last = bisect_right(ends, span.start), bisect_left(starts, span.end) - 1
    end = len(starts) - 1
    if first > end:
        first = max(0, end)
    return first, (last if last > first else first)
