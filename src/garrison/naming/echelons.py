"""Echelons: how large a formation is, and the normal form under which two ways to write its name agree."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from garrison.naming.lexicon import folded, key, listed, reference_rows

_DIGITS = re.compile(r"0*(\d{1,5})(?:st|nd|rd|th|d)?")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_LEVEL = re.compile(r",(?: of)?(?: the)? |'s | of (?:the )?| / |; ", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\([^()]{0,40}\)")
_NO_LEVEL = 99
_ROUNDS = 5
_DROPPED = frozenset({"the", "no", "nr", "number", "u.s", "us", "and", "of", "for", "in", "s"})


@dataclass(frozen=True, slots=True)
class Echelon:
    """A size of formation: its word, the sort that it is of, and its code in APP-6(D) (11 team to 26 command)."""

    word: str
    plural: str
    short: tuple[str, ...]
    sort: str
    code: int | None
    bare: bool


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The words of ``unit_words.toml``: sets by name, abbreviations, ordinals and the like."""

    sets: dict[str, frozenset[str]]
    spellings: dict[str, str]
    ordinals: dict[str, int]
    acronyms: dict[str, str]
    contingents: dict[str, str]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]


@cache
def unit_words() -> UnitWords:
    """The words that decide where a formation's name begins and ends, and how its parts are spelled."""
    text = resources.files("garrison.naming").joinpath("reference", "unit_words.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    sets = {name: frozenset(words.split()) for name, words in tables.items() if isinstance(words, str)}
    return UnitWords(sets, tables["spellings"], tables["ordinals"], tables["acronyms"], tables["contingents"])


@cache
def echelons() -> tuple[Echelon, ...]:
    """Every echelon word of ``echelons.csv``."""
    return tuple(
        Echelon(
            row["word"],
            row["plural"],
            listed(row["short"]),
            row["sort"],
            int(row["code"]) if row["code"] else None,
            row["bare"] == "yes",
        )
        for row in reference_rows("echelons.csv")
    )


@cache
def echelon_by_word() -> dict[str, Echelon]:
    """Echelons by word, plural and abbreviation, in lower case."""
    index: dict[str, Echelon] = {}
    for echelon in echelons():
        for word in (echelon.word, echelon.plural):
            if word:
                index.setdefault(word, echelon)
    for echelon in echelons():
        for word in echelon.short:
            index.setdefault(word, echelon)
    return index


def unit_number(word: str) -> str | None:
    """The number that a word of a formation's name says: "3rd", "Third", "3", "III" are ``"3"``; else ``None``."""
    lower = _small(word)
    if digits := _DIGITS.fullmatch(lower):
        return digits.group(1)
    if lower in unit_words().ordinals:
        return str(unit_words().ordinals[lower])
    if word.isupper() and len(word) <= 6 and _ROMAN.fullmatch(lower):
        values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in lower]
        return str(sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)))
    return None


def _small(word: str) -> str:
    """A word in lower case and without marks; some letters ("Ð") have a folded form in lower case alone."""
    return word.lower() if word.isascii() else key(word.lower())


@lru_cache(maxsize=4096)
def unit_key(name: str) -> str:
    """The normal form of a formation's name: "3 Div", "3rd Division" and "Third Division" are all "3 division".

    Articles, ordinals' endings, abbreviations, spelling, the place of the number and the order of levels do not
    matter; a well-known formation has one key under all its names (``formations.csv``).
    """
    known = _known().get(_plain_key(name))
    return known if known is not None else _plain_key(name)


def echelon_code(name: str) -> int | None:
    """The code of the formation that ``name`` names, the smallest where several levels are named; ``None`` for none."""
    code = min(_level(part)[0] for part in _LEVEL.split(folded(name).text))
    return code if code != _NO_LEVEL else None


def _plain_key(name: str) -> str:
    # Odd spellings ("h,0's") come to rest in a second round only; nothing needs many.
    for _ in range(_ROUNDS):
        written, name = name, _rewritten(name)
        if name == written:
            break
    return name


def _rewritten(name: str) -> str:
    text = folded(name).text
    shorter = _PARENTHESIS.sub(" ", text)
    text = shorter if shorter.strip() else text
    levels = [_level(part) for part in _LEVEL.split(text)]
    # The smaller formation first, whichever way round the text has them; what names no size stays where it is.
    ranked = sorted((level for level in levels if level[1]), key=lambda level: level[0])
    return key(", ".join(words for _, words in ranked))


def _level(part: str) -> tuple[int, str]:
    numbers: list[str] = []
    words: list[str] = []
    code = _NO_LEVEL
    for found in _WORD.finditer(part.replace("-", " ")):
        word = found.group()
        number = unit_number(word) if not (words and len(word) == 1 and word.isalpha()) else None
        if number is not None:
            numbers.append(number)
            continue
        small = _small(word)
        lower = unit_words().spellings.get(small, small.removesuffix("'s"))
        if lower in _DROPPED:
            continue
        echelon = echelon_by_word().get(lower)
        if echelon is not None:
            lower = echelon.word
            code = echelon.code or code
        words.append(lower)
    return code, " ".join((*numbers, *words))


@cache
def _known() -> dict[str, str]:
    """The keys of the other names of well-known formations and missions, to the key of the first."""
    index: dict[str, str] = {}
    for row in (*reference_rows("formations.csv"), *_missions()):
        first = _plain_key(row["name"])
        for alias in listed(row["aliases"]):
            index.setdefault(_plain_key(alias.strip("?~")), first)
    for row in (*reference_rows("formations.csv"), *_missions()):
        index.pop(_plain_key(row["name"]), None)
    return index


def _missions() -> tuple[dict[str, str], ...]:
    return tuple(row for row in reference_rows("groups.csv") if row["kind"] == "mission")
