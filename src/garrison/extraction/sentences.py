"""Sentences: where each one of a text begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from garrison.extraction.words import table, words
from garrison.vocabulary import Span

# One pass over the text; both quantifiers are possessive, so nothing is ever tried twice.
_STOPS = re.compile(r"[.!?…]++[\"'”’»)\]]*+|[\n\r\u2028\u2029\x0b\x0c\x85]")
_LINE_ENDS = "\n\r\u2028\u2029\x0b\x0c\x85"
_OPENERS = "\"'“‘«([—–-•*"
_BULLETS = "-–—•*·▪●"
_LONGEST_WORD = 24  # characters looked at before a stop; longer runs are no abbreviation
_LONGEST_SENTENCE = 1_500  # characters
_WRAPPED_LINE = 45  # characters: shorter lines of hard-wrapped text end a paragraph


@lru_cache(maxsize=4)  # of one text every normaliser asks
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` in order, trimmed; together they cover all of it that is not white space.

    A sentence ends at ``.``, ``!`` or ``?`` with the quotation marks that follow, at an empty line, and at a single
    line break unless the text is hard-wrapped there. Abbreviations, initials, decimals and ellipses do not end one;
    items parted by semicolons stay together. Takes time in proportion to the text.
    """
    wrapped = _is_hard_wrapped(text)
    spans: list[Span] = []
    start, line_start, length = 0, 0, len(text)
    for stop in _STOPS.finditer(text):
        at, end = stop.span()
        if text[at] in _LINE_ENDS:
            breaks = _ends_line(text, line_start, at, wrapped)
            line_start = end
        else:
            breaks = end == length or (text[end].isspace() and _ends_sentence(text, start, at, end))
            breaks = breaks or (end < length and _is_glued(text, at, end))
        if breaks:
            _add(spans, text, start, end)
            start = end
    _add(spans, text, start, length)
    return tuple(spans)


def windows(sentence: Span) -> Iterator[Span]:
    """``sentence``, or pieces of one too long to be any: what is looked at together stays bounded."""
    for start in range(sentence.start, sentence.end, _LONGEST_SENTENCE):
        yield Span(start, min(start + _LONGEST_SENTENCE, sentence.end))


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left < len(piece):
        spans.append(Span(start + left, start + len(piece.rstrip())))


def _ends_sentence(text: str, start: int, at: int, end: int) -> bool:
    """Whether the stop at ``at``, white space following at ``end``, ends the sentence that began at ``start``."""
    follow = end
    while follow < len(text) and text[follow] in " \t\xa0":
        follow += 1
    if follow == len(text) or text[follow] in _LINE_ENDS:
        return follow == len(text) or not _is_abbreviation(text, start, at, end, "")
    begins = follow
    while begins < min(follow + 3, len(text)) and text[begins] in _OPENERS:
        begins += 1
    first = text[begins] if begins < len(text) else ""
    if first.islower():
        # "Where? he asked" and "sent more …" go on, but a bullet ("• tanks") opens a line of its own.
        return False
    if text[at] in "!?":
        return True
    following = text[begins : begins + _LONGEST_WORD].split(maxsplit=1)
    return not _is_abbreviation(text, start, at, end, following[0] if following else "")


def _is_abbreviation(text: str, start: int, at: int, end: int, following: str) -> bool:
    """Whether the full stop at ``at`` belongs to a shortened word rather than to the sentence."""
    if text[at:end] != ".":
        return False
    head = text[max(start, at - _LONGEST_WORD) : at]
    word = head.split()[-1].lstrip("(\"'“‘[") if head.split() else ""
    if not word:
        return False
    ends = _abbreviations().get(word) or _abbreviations().get(word.rpartition("-")[2])
    if ends == "never":
        return True
    if ends == "number":
        return following[:1].isdigit()
    starter = following.rstrip(",.;:'’\"”").partition("'")[0].partition("’")[0] in words("sentence_starters.txt")
    if ends == "may":
        return bool(following) and not starter
    # Initials: "J. F. Kennedy", "J.F. Kennedy"; but "Plan B. The" and "vitamin C." end.
    initials = word.split(".")
    if all(len(part) == 1 and part.isupper() for part in initials):
        return following[:1].isupper() and not starter
    # "1. The first" at the head of a line or sentence is a numbered item.
    return word.isdigit() and len(word) <= 2 and not text[start : at - len(word)].strip()


def _is_glued(text: str, at: int, end: int) -> bool:
    """Whether a sentence ends though no space follows: "of the war.The army", "ended.”The"."""
    if text[at] != "." or at < 2 or end + 1 >= len(text):
        return False
    before, after = text[at - 2 : at], text[end : end + 2]
    return before.isalpha() and before.islower() and after[0].isupper() and after[1].islower()


def _ends_line(text: str, line_start: int, at: int, wrapped: bool) -> bool:
    """Whether the line break at ``at`` ends a sentence."""
    following = at + 1
    while following < len(text) and text[following] in " \t\xa0":
        following += 1
    if following == len(text) or text[following] in _LINE_ENDS or text[at] in "\x0c\u2029":
        return True
    line = text[max(line_start, at - 2 * _WRAPPED_LINE) : at].strip()
    if not line:
        return True
    first = text[following]
    if first in _BULLETS or line[-1] in ":;":
        return True
    if not wrapped:
        return not (first.islower() and line[-1] not in '.!?"”')
    return len(line) < _WRAPPED_LINE and not first.islower()


def _is_hard_wrapped(text: str) -> bool:
    """Whether most single line breaks of ``text`` stand within sentences."""
    inside = total = 0
    lines = text.splitlines()
    for line, following in pairwise(lines):
        if line.strip() and following.strip():
            total += 1
            inside += following.lstrip()[:1].islower()
    return total > 0 and inside >= 0.3 * total


@cache
def _abbreviations() -> dict[str, str]:
    return {row["word"]: row["ends"] for row in table("abbreviations.csv")}
