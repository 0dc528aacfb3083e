"""Sorts of characters: a text in which one letter stands for all of its sort, so that short patterns tell them apart.

Python's ``re`` knows no Unicode properties, and RE2, which does, takes ten times as long to hand its findings over.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CAPITAL = "A-ZÀ"
"""The inside of a character class for every capital letter of a ``sorted_out`` text."""

LETTER = "A-Za-zÀàʿʾ"
"""The same for every letter."""

MARK = "\u0300"
"""The same for every mark that is set on a letter."""

NUMBER = "0-9²"
"""The same for every numeral."""

_KEPT = "’‘ʿʾ‐‑"
_ODD = re.compile(r"[^\x00-\x7f]")


class _StandIns(dict[str, str]):
    """What stands for each character, worked out once."""

    def __missing__(self, char: str) -> str:
        category = unicodedata.category(char)
        if char in _KEPT:
            stands = char
        elif category == "Lu":
            stands = "À"
        else:
            stands = {"L": "à", "M": MARK, "N": "²"}.get(category[0], char)
        self[char] = stands
        return stands


_STAND_INS = _StandIns()


def sorted_out(text: str) -> str:
    """``text`` with one character for each of its own: ASCII, apostrophes and hyphens as they are, every other capital
    letter, letter, mark and numeral as one of its sort."""
    if text.isascii():
        return text
    for char in set(_ODD.findall(text)):
        stands = _STAND_INS[char]
        if stands != char:
            text = text.replace(char, stands)
    return text


@lru_cache(maxsize=4)
def whole_sorted_out(text: str) -> str:
    """The same, kept for the last few texts that are looked through more than once."""
    return sorted_out(text)
