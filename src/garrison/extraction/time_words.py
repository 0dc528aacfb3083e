"""The words of time, from ``calendar_words.toml``, and the words of a text as the period normaliser sees them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

# Every branch starts with a class of its own and takes what it can: linear on any text.
_WORD = re.compile(r"[0-9]+|[^\W\d_]+(?:['’][^\W\d_]+)?|\S")
_LONGEST = 24


class Head(StrEnum):
    """How the words before a time fix its bounds."""

    WITHIN = "within"
    THROUGHOUT = "throughout"
    SINCE = "since"
    FROM = "from"
    OPENED = "opened"
    AFTER = "after"
    BY = "by"
    UNTIL = "until"
    BEFORE = "before"
    BETWEEN = "between"


Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of ``calendar_words.toml``; phrases are filed under their first word, longest first."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    units: Mapping[str, tuple[int, str]]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    feasts: Mapping[str, tuple[int, int]]
    feast_phrases: Phrases
    heads: Phrases
    reaching: frozenset[str]
    reaching_words: frozenset[str]
    head_adverbs: Phrases
    count_adverbs: Phrases
    edges: Phrases
    counted: frozenset[str]
    beyond: frozenset[str]
    year_heads: frozenset[str]
    day_parts: frozenset[str]
    vague_found: Phrases
    vague_parsed: Phrases
    openers: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The words of time, read once."""
    text = (files("garrison.extraction") / "calendar_words.toml").read_text(encoding="utf-8")
    lists: dict[str, Any] = tomllib.loads(text)
    return Lexicon(
        months=lists["months"],
        weekdays=lists["weekdays"],
        seasons=lists["seasons"],
        units={word: (size, base) for word, (size, base) in lists["units"].items()},
        numbers=lists["numbers"],
        ordinals=lists["ordinals"],
        feasts={name: (month, day) for name, (month, day) in lists["feasts"].items()},
        feast_phrases=_phrases({name: name for name in lists["feasts"]}),
        heads=_phrases({phrase: role for role, phrases in lists["heads"].items() for phrase in phrases}),
        reaching=frozenset(lists["reaching"]["heads"]),
        reaching_words=frozenset(name.split()[0] for name in lists["reaching"]["heads"] + ["by", "through"]),
        head_adverbs=_phrases(dict.fromkeys(lists["adverbs"]["head"], "")),
        count_adverbs=_phrases(dict.fromkeys(lists["adverbs"]["count"], "")),
        edges=_phrases({phrase: edge for edge, phrases in lists["edges"].items() for phrase in phrases}),
        counted=frozenset(lists["counted"]["words"]),
        beyond=frozenset(lists["counted"]["beyond"]),
        year_heads=frozenset(lists["counted"]["heads"]),
        day_parts=frozenset(lists["day_parts"]["words"]),
        vague_found=_phrases(dict.fromkeys(lists["vague"]["found"], "")),
        vague_parsed=_phrases(dict.fromkeys(lists["vague"]["found"] + lists["vague"]["parsed"], "")),
        openers=frozenset(lists["vague"]["openers"]),
    )


def _phrases(meanings: Mapping[str, str]) -> Phrases:
    filed: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, meaning in meanings.items():
        first, *rest = (found.group().lower() for found in _WORD.finditer(phrase))
        filed.setdefault(first, []).append((tuple(rest), meaning))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in filed.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text as words, numbers and single marks, in lower case, with their places in the text.

    ``strict`` is whether the words are running text, in which "may" is a verb, rather than a time by themselves.
    """

    text: str
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    strict: bool

    def __len__(self) -> int:
        return len(self.lower)

    def at(self, i: int) -> str:
        """The word at ``i``, or an empty string outside the stretch."""
        try:
            return self.lower[i] if i >= 0 else ""
        except IndexError:
            return ""

    def joined(self, i: int) -> bool:
        """Whether nothing stands between the word at ``i`` and the one before it."""
        return 0 < i < len(self.lower) and self.ends[i - 1] == self.starts[i]

    def capital(self, i: int) -> bool:
        """Whether the word at ``i`` begins with a capital letter."""
        return self.text[self.starts[i]].isupper()

    def digits(self, i: int) -> int | None:
        """The number of one to four digits at ``i``, not part of a longer one ("12,000", "3.5")."""
        word = self.at(i)
        if not word.isascii() or not word.isdigit() or len(word) > 4:
            return None
        following = self.at(i + 1)
        if following in {",", "."} and self.joined(i + 1) and self.joined(i + 2) and self.at(i + 2).isdigit():
            return None
        return int(word)

    def phrase(self, i: int, phrases: Phrases) -> tuple[str, int] | None:
        """The meaning of the longest of ``phrases`` that begins at ``i``, and where it stops."""
        entries = phrases.get(self.at(i))
        if entries:
            for rest, meaning in entries:
                stop = i + 1 + len(rest)
                if self.lower[i + 1 : stop] == rest:
                    return meaning, stop
        return None

    def past(self, i: int, phrases: Phrases, at_most: int = 3) -> int:
        """The place after at most so many of ``phrases`` from ``i`` on."""
        for _ in range(at_most):
            found = self.phrase(i, phrases)
            if found is None:
                break
            i = found[1]
        return i


def words(text: str, start: int = 0, stop: int | None = None, *, strict: bool = False) -> Words:
    """The words of ``text`` from ``start`` to ``stop``; a word cut by either end is left out."""
    stop = len(text) if stop is None else stop
    found = [(m.group(), *m.span()) for m in _WORD.finditer(text, start, stop)]
    if found and found[0][1] == start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        del found[0]
    if found and found[-1][2] == stop < len(text) and text[stop].isalnum() and text[stop - 1].isalnum():
        del found[-1]
    return Words(
        text=text,
        # No word of time is long, and lowering may change the length of strange ones.
        lower=tuple([word.lower().replace("’", "'") if len(word) <= _LONGEST else "?" for word, _, _ in found]),
        starts=tuple([start for _, start, _ in found]),
        ends=tuple([end for _, _, end in found]),
        strict=strict,
    )
