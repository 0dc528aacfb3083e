"""Tokens: the words and marks of a text, with where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from garrison.vocabulary import Span

# Possessive quantifiers: nothing is tried twice.
_TOKEN = re.compile(r"[^\W_]++(?:(?:['’.\-–&/]|,(?=\d{3}))[^\W_]++)*+['’]?|[^\w\s]")


class Token(NamedTuple):
    """A word or a mark of the text; ``lower`` has straight apostrophes."""

    text: str
    lower: str
    start: int
    end: int
    is_word: bool
    is_capitalised: bool  # prefixes such as "al-" aside


def tokens_of(text: str, span: Span) -> list[Token]:
    """The words and marks of ``text`` within ``span``."""
    tokens = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        word, (start, end) = match.group(), match.span()
        lower, is_word, is_capitalised = _shape(word) if end - start <= _LONGEST_KEPT else _shape.__wrapped__(word)
        # A text has many: the class would be called through a function of Python's.
        tokens.append(_made(Token, (word, lower, start, end, is_word, is_capitalised)))
    return tokens


_made = tuple.__new__
_LONGEST_KEPT = 32  # characters of words that are remembered


@lru_cache(maxsize=16_384)
def _shape(word: str) -> tuple[str, bool, bool]:
    """A word in lower case, whether it is no mark, and whether it is capitalised."""
    lower = word.lower().replace("’", "'")
    first = word[0]
    capital = first.isupper() or (first in "aAeE" and lower[:3] in {"al-", "el-"} and word[3:4].isupper())
    return lower, first.isalnum(), capital


def tokens_within(text: str, tokens: Sequence[Token], span: Span) -> Sequence[Token]:
    """The words and marks of ``text`` within ``span``, where ``tokens`` are those of the whole text."""
    first = bisect_left(tokens, span.start, key=_START)
    last = bisect_left(tokens, span.end, lo=first, key=_START)
    if (first and tokens[first - 1].end > span.start) or (last > first and tokens[last - 1].end > span.end):
        return tokens_of(text, span)  # an edge cuts a word ("war.The"), which reads otherwise in two parts
    return tokens[first:last]


_START = attrgetter("start")
