"""Number words: the digits and words of a text that numbers are made of, in one pass.

google-re2 finds them, in time linear in the text's length whatever the text is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

LONGEST = 40
"""Characters of a run of digits, signs included, that can still be a number."""


class Part(Enum):
    """The part that a word takes in a number: the table of ``words/numerals.toml`` that has it."""

    UNITS = "units"
    TENS = "tens"
    MULTIPLIERS = "multipliers"
    PLURALS = "plurals"
    VAGUE = "vague"
    PAIRS = "pairs"
    BOTH = "both"
    FRACTIONS = "fractions"
    DIGITS = "digits"


class Atom(NamedTuple):
    """A run of digits or a number word, characters ``start`` to ``end``, with its least and greatest value."""

    start: int
    end: int
    kind: Part
    value: int
    high: int


def lexicon(name: str) -> Mapping[str, Any]:
    """The tables of ``words/NAME.toml``; their values are lists, numbers and strings by the file's own layout."""
    return tomllib.loads(files("garrison.extraction.words").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def _words() -> dict[str, tuple[Part, int, int]]:
    tables = lexicon("numerals")
    found: dict[str, tuple[Part, int, int]] = {}
    for kind in Part:
        for word, value in tables.get(kind.value, {}).items():
            low, high = value if isinstance(value, list) else (value, value)
            found[word] = (kind, low, high)
    return found


@cache
def _pattern() -> Any:  # re2 has no types
    import re2

    options = re2.Options()
    options.case_sensitive = False
    options.encoding = re2.Options.Encoding.LATIN1
    words = sorted(_words(), key=len, reverse=True)
    alternatives = "|".join(word.replace(" ", r"\s") for word in words)
    return re2.compile(rf"[0-9](?:[0-9.,'?]*[0-9])?|\b(?:{alternatives})\b".encode(), options)


def atoms_of(text: str) -> list[Atom]:
    """The number words and runs of digits of ``text``, left to right. Runs of digits carry no value yet."""
    # One byte for each character keeps offsets equal and lets re2 scan at its own speed; what is no ASCII becomes "?".
    shadow = text.encode("ascii", "replace")
    words = _words()
    atoms = []
    for match in _pattern().finditer(shadow):
        start, end = match.span()
        if shadow[start] <= 0x39:
            atoms.extend(_digit_runs(text, start, end))
            continue
        if (start and text[start - 1].isalpha()) or (end < len(text) and text[end].isalpha()):
            continue  # a letter beyond ASCII goes on
        kind, low, high = words[" ".join(text[start:end].lower().split())]
        atoms.append(Atom(start, end, kind, low, high))
    return atoms


def _digit_runs(text: str, start: int, end: int) -> list[Atom]:
    """The run itself, cut where a sign beyond ASCII other than an apostrophe stands in it."""
    run = text[start:end]
    if run.isascii() or end - start > LONGEST:
        return [Atom(start, end, Part.DIGITS, 0, 0)]
    return [
        Atom(start + part.start(), start + part.end(), Part.DIGITS, 0, 0)
        for part in re.finditer(r"[0-9](?:[0-9.,'’]*[0-9])?", run)
    ]
