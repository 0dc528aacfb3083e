"""Lexicons: many names at once, found in a text as whole words in time proportional to its length."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from garrison.vocabulary import Mention, Span

S = TypeVar("S")
T = TypeVar("T")

_DROP = "\x00"
_HALVES = re.compile("[\ud800-\udfff]")
# What a folded text does not have, save for letters and marks that no other stands for, and doubled white space.
_ODD = re.compile(r"[^ -_a-~]")
_MOST_SWEEPS = 24
# A text no longer than this, such as a name, is sooner taken character by character than searched for what is odd.
_SHORT = 40
_GAP = re.compile(r"[ \x00]{2,}|\x00")
_SPACES = re.compile("   *")  # two or more: so written, the search leaps from one pair to the next
_APOSTROPHES = "‘’ʼʹ`´′ʻʿʾ"
_NO_DECOMPOSITION = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "đ": "d", "Đ": "D", "ð": "d", "ħ": "h", "ə": "e"}


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that works out each character once, one character for one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if char in _APOSTROPHES:
            folded = "'"
        elif char.isspace() or category.startswith("Z"):
            folded = " "
        elif category in {"Mn", "Me", "Cf", "Cc"}:
            folded = _DROP
        elif category == "Pd" or char == "−":
            folded = "-"
        elif category == "Cs":  # half a character, which no UTF-8 has
            folded = "\ufffd"
        elif code < 128:
            folded = char
        else:
            base = [part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)]
            folded = base[0] if len(base) == 1 else _NO_DECOMPOSITION.get(char, char)
            folded = _NO_DECOMPOSITION.get(folded, folded)
        self[code] = folded
        return folded


_FOLDING = _Folding()


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without diacritics, curly apostrophes, long dashes and doubled white space, and the way back."""

    text: str
    _cuts: tuple[int, ...]
    _shifts: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The span of the original text that characters ``start`` to ``end`` of the folded one come from."""
        if not self._cuts:
            return Span(start, end)
        return Span(self._origin(start), self._origin(end - 1) + 1 if end > start else self._origin(start))

    def _origin(self, at: int) -> int:
        found = bisect_right(self._cuts, at) - 1
        return at + self._shifts[found] if found >= 0 else at


def folded(text: str) -> Folded:
    """The folded form of ``text``: the same letters without their marks, in the same case."""
    if _is_folded(text):
        return Folded(text, (), ())
    plain = _translated(text)
    if _DROP not in plain and "  " not in plain:
        return Folded(plain, (), ())
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    length = last = 0
    for gap in (_GAP if _DROP in plain else _SPACES).finditer(plain):
        kept = plain[last : gap.start()] + (" " if " " in gap.group() else "")
        pieces.append(kept)
        length += len(kept)
        last = gap.end()
        cuts.append(length)
        shifts.append(last - length)
    pieces.append(plain[last:])
    return Folded("".join(pieces), tuple(cuts), tuple(shifts))


def _translated(text: str) -> str:
    """``text`` with every character folded, by as many sweeps as it has different ones that change: they are few."""
    if len(text) <= _SHORT:
        return text.translate(_FOLDING)
    if text.isascii():
        plain = text.replace("\n", " ").replace("\r", " ").replace("\t", " ").replace("`", "'")
        if plain.isprintable():
            return plain
    odd = set(_ODD.findall(text))
    if len(odd) > _MOST_SWEEPS:
        return text.translate(_FOLDING)
    # What becomes another of these characters goes last, so that nothing is folded twice.
    for char in sorted(odd, key=lambda char: _FOLDING[ord(char)] in odd):
        text = text.replace(char, _FOLDING[ord(char)])
    return text


@lru_cache(maxsize=8)
def folded_text(text: str) -> Folded:
    """Kept for the last few texts, in each of which many lexicons look."""
    return folded(text)


def key(name: str) -> str:
    """The form under which names are compared: folded, in lower case, without outer white space."""
    return lowered(_folded_name(name)).strip()


def _folded_name(name: str) -> str:
    if _is_folded(name):
        return name
    plain = _translated(name)
    return plain if _DROP not in plain and "  " not in plain else folded(name).text


def _is_folded(text: str) -> bool:
    """Whether a text is its own folded form, as most names are: ASCII without what is replaced or left out."""
    return text.isascii() and "  " not in text and _ODD.search(text) is None


def lowered(text: str) -> str:
    """``text`` in lower case, each character still one character (a few grow under ``str.lower``)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def scannable(text: str) -> str:
    """``text`` as RE2 can scan it: half characters (lone surrogates, which no UTF-8 has) replaced, one for one."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


class Lexicon(Generic[T]):
    """Names with what each stands for, to be found in texts as whole words.

    Diacritics, kinds of apostrophe, dash and white space never matter. Case matters for the names in ``exact`` and not
    for those in ``names``. A name given twice keeps its first value; at equal length an exact name goes before
    another. The automata are Aho and Corasick's (1975): the time to search grows with the text, not with the names.

    Args:
        names: pairs of a name and its value, found in any case.
        exact: pairs of a name and its value, found only in the case given.
    """

    def __init__(self, names: Iterable[tuple[str, T]] = (), exact: Iterable[tuple[str, T]] = ()) -> None:
        self._loose: dict[str, T] = {}
        self._exact: dict[str, T] = {}
        for name, value in names:
            self._loose.setdefault(key(name), value)
        for name, value in exact:
            self._exact.setdefault(_folded_name(name).strip(), value)
        self._loose.pop("", None)
        self._exact.pop("", None)
        self._loose_automaton = _automaton(self._loose)
        self._exact_automaton = _automaton(self._exact)

    def __len__(self) -> int:
        return len(self._loose) + len(self._exact)

    def get(self, name: str) -> T | None:
        """What the whole of ``name`` stands for; ``None`` if it is not in the lexicon."""
        plain = _folded_name(name).strip()
        found = self._exact.get(plain)
        return found if found is not None else self._loose.get(lowered(plain))

    def find(self, text: str) -> tuple[Mention[T], ...]:
        """The names in ``text``, leftmost and longest first, none overlapping another, in the order of the text."""
        plain = folded_text(text)
        return _apart(plain, sorted(self._spans(plain.text), key=_leftmost_longest))

    def _spans(self, plain: str) -> list[tuple[int, int, int, T]]:
        found = _whole_words(self._exact_automaton, plain, 0)
        if self._loose_automaton is not None:
            found += _whole_words(self._loose_automaton, lowered(plain), 1)
        return found


class JointLexicon(Generic[S, T]):
    """Two lexicons of names in the case given, whose names are found in one scan of a text.

    Args:
        first: pairs of a name and its value in the one.
        second: the same in the other, where a name of the first may stand again.
    """

    def __init__(self, first: Iterable[tuple[str, S]], second: Iterable[tuple[str, T]]) -> None:
        self._first: dict[str, S] = {}
        self._second: dict[str, T] = {}
        for name, value in first:
            self._first.setdefault(_folded_name(name).strip(), value)
        for name, other in second:
            self._second.setdefault(_folded_name(name).strip(), other)
        self._first.pop("", None)
        self._second.pop("", None)
        self._automaton = _automaton({name: name for name in (*self._first, *self._second)})

    def first(self, name: str) -> S | None:
        """What the whole of ``name`` stands for in the first lexicon; ``None`` if it is not there."""
        return self._first.get(_folded_name(name).strip())

    def find(self, text: str) -> tuple[tuple[Mention[S], ...], tuple[Mention[T], ...]]:
        """The names of either lexicon in ``text``, as ``Lexicon.find`` gives them."""
        plain = folded_text(text)
        spans = sorted(_whole_words(self._automaton, plain.text, 0), key=_leftmost_longest)
        first, second = self._first, self._second
        ours = [(start, end, rank, first[name]) for start, end, rank, name in spans if name in first]
        theirs = [(start, end, rank, second[name]) for start, end, rank, name in spans if name in second]
        return _apart(plain, ours), _apart(plain, theirs)


def _apart(plain: Folded, spans: Iterable[tuple[int, int, int, T]]) -> tuple[Mention[T], ...]:
    """What stands at ``spans`` of the folded text but those that overlap an earlier one, with its place in the text."""
    chosen: list[Mention[T]] = []
    end = 0
    for start, stop, _, value in spans:
        if start >= end:
            chosen.append(Mention(plain.span(start, stop), value))
            end = stop
    return tuple(chosen)


def _leftmost_longest(span: tuple[int, int, int, Any]) -> tuple[int, int, int]:
    return span[0], -span[1], span[2]


def _automaton(words: dict[str, T]) -> Any:
    """The automaton of ``words``, or ``None`` for none: the library refuses to search an empty one."""
    if not words:
        return None
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for word, value in words.items():
        automaton.add_word(word, (len(word), value))
    automaton.make_automaton()
    return automaton


def _whole_words(automaton: Any, plain: str, rank: int) -> list[tuple[int, int, int, Any]]:
    found: list[tuple[int, int, int, Any]] = []
    if automaton is None:
        return found
    around = f" {plain} "  # so that each name has a character before and after it
    for last, (size, value) in automaton.iter(plain):
        after = around[last + 2]
        if after.isalnum() or after == "_":
            continue
        start = last + 1 - size
        before = around[start]
        if not (before.isalnum() or before == "_"):
            found.append((start, last + 1, rank, value))
    return found


def reference_rows(file: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file in ``naming/reference``: lines that start with ``#`` are its header comment.

    Args:
        file: the file's name, such as ``countries.csv``; its first line that is no comment names the columns.

    Returns:
        one mapping of column to cell for each row, cells without outer white space, absent ones empty.

    Raises:
        ValueError: a row with more cells than there are columns.
    """
    import csv
    from importlib import resources

    text = resources.files("garrison.naming").joinpath("reference", file).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    columns, *rows = csv.reader(lines)
    for row in rows:
        if len(row) > len(columns):
            raise ValueError(f"{file}: more cells than columns in {row!r}; quote the cell that holds a comma")
        row.extend([""] * (len(columns) - len(row)))
    return tuple(dict(zip(columns, map(str.strip, row), strict=True)) for row in rows)


def listed(cell: str) -> tuple[str, ...]:
    """The items of a cell that holds several, separated by ``|``."""
    return tuple(item.strip() for item in cell.split("|") if item.strip())
