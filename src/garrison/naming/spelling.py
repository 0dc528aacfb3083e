"""Spellings of place names: the forms under which two ways to write one name compare equal."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from hashlib import blake2b

from garrison.naming.lexicon import key

LONGEST = 100
"""Names longer than this many characters name no place."""

KEPT = frozenset(("LATIN", "CYRILLIC", "ARABIC", ""))
"""The scripts whose names the gazetteer has, each where a country writes so."""

_ARTICLES = frozenset(
    {"al", "el", "ar", "as", "ash", "at", "ad", "an", "az", "ez", "ed", "es", "esh", "et", "ul", "the"}
)
_PUNCTUATION = str.maketrans(dict.fromkeys("'`.\"") | dict.fromkeys("-/,()", " "))
# The order matters: digraphs before the letters they are made of.
_SOUNDS = (
    *(("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ph", "f"), ("ck", "k"), ("tz", "z")),
    *(("ts", "z"), ("ou", "u"), ("aw", "u"), ("oo", "u"), ("ee", "i"), ("iy", "i"), ("ey", "i"), ("ei", "i")),
    *(("ay", "i"), ("ai", "i"), ("ae", "a"), ("ch", "s"), ("q", "k"), ("c", "k"), ("w", "v"), ("y", "i")),
    *(("j", "i"), ("e", "a"), ("o", "u")),
)


@lru_cache(maxsize=1 << 16)
def plain(name: str) -> str:
    """``name`` in lower case without marks, apostrophes and hyphens, its words separated by single spaces."""
    if name.isascii() and name.isprintable():  # nothing to fold
        lower = name.lower()
        return lower if name.isalpha() else " ".join(lower.translate(_PUNCTUATION).split())
    return " ".join(key(name).translate(_PUNCTUATION).split())


@lru_cache(maxsize=1 << 12)
def script_of(name: str) -> str:
    """The script of a name's first letter, as Unicode calls it: ``LATIN``, ``CYRILLIC``; empty for one without any."""
    letter = next((char for char in name if char.isalpha()), "")
    if letter.isascii():
        return "LATIN" if letter else ""
    return unicodedata.name(letter, "").split(" ")[0].split("-")[0]


def is_foreign(name: str) -> bool:
    """Whether a name is written in other letters than Latin ones, as a place's own name is in its country."""
    return not name.isascii() and script_of(name) not in ("LATIN", "")


def skeleton(name: str) -> str:
    """The sound of ``name`` that common transliterations share: no articles, no doubled letters, close vowels alike.

    "Deir ez-Zor" and "Dayr az Zawr" are alike, and so are "Hmeimim" and "Khmeymim". Empty for names with fewer than
    four sounds left, which would be alike by chance.
    """
    words = [word for word in plain(name).split() if word not in _ARTICLES]
    sound = "".join(word.removesuffix("h") if len(word) > 3 else word for word in words)
    for written, heard in _SOUNDS:
        sound = sound.replace(written, heard)
    kept = [letter for at, letter in enumerate(sound) if not at or letter != sound[at - 1]]
    return "".join(kept) if len(kept) >= 4 else ""


def number_of(form: str) -> int:
    """A plain form or skeleton as a number of 40 bits, as the gazetteer's file keeps it."""
    return _from_bytes(blake2b(form.encode("utf-8", "replace"), digest_size=5).digest(), "big")


_from_bytes = int.from_bytes
