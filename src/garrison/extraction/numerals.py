"""Numerals: the numbers that a text writes in digits and words, before anything is said of bounds.

Neighbouring number words are joined ("four hundred and fifty", "1.2 million", "tens of thousands"); each step looks at
a bounded stretch around what it found and none goes back, so time is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from garrison.extraction.number_words import LONGEST, Atom, Part, atoms_of, lexicon

LARGEST = 10**12
"""Numbers beyond this count no force; they are left out."""


class Form(Enum):
    """How a numeral is written."""

    DIGITS = "digits"
    WORDS = "words"
    VAGUE = "vague"
    FRACTION = "fraction"


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number as written, characters ``start`` to ``end``.

    ``low`` and ``high`` differ only in vague ones ("dozens"). ``coefficient`` times ``scale`` is the number, so that
    "three to four hundred" can lend its hundred to the three. A fraction has its numerator in ``low``, its
    denominator in ``high``. ``bare`` says that it is a run of digits and nothing else, as years and names are;
    ``whole`` is ``False`` for decimals that no word makes whole ("2.5").
    """

    start: int
    end: int
    low: int
    high: int
    form: Form
    coefficient: float
    scale: int = 1
    bare: bool = False
    whole: bool = True


_SPACES = "\u00a0\u2009\u202f"  # written between groups of digits
_GROUPED = re.compile(r"\d{1,3}(?:([,.'’])\d{3})(?:\1\d{3}){0,4}|\d{1,2}(?:,\d\d){1,4},\d{3}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,12}\.\d{1,6}", re.ASCII)
_SUFFIX = re.compile(r"(?:k|m|mn|mln|bn|tn)(?![^\W_])", re.IGNORECASE)
# "2m people" and "a 2m-strong army" are millions, "a 30m vessel" is not.
_MILLIONS = re.compile(r"\s*$|[\s-]strong\b|\s(?:[a-z]{2,20}s|people|men|women|personnel)\b")
_ARTICLE = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[\"'“‘(—–-]))(?:an?|another)(?: very)?[\s-]{1,2}$", re.IGNORECASE)
_A = re.compile(r"\ban?\s{1,2}$", re.IGNORECASE)
_DASHES = "-‐‑"
_GAP = 14


@cache
def _suffixes() -> dict[str, int]:
    return dict(lexicon("numerals")["suffixes"])


def numerals(text: str) -> list[Numeral]:
    """Every number in ``text``, left to right, none overlapping: counts, years, dates and names alike.

    Args:
        text: any string.
    """
    atoms = atoms_of(text)
    found = []
    index = 0
    while index < len(atoms):
        numeral, index = _numeral(text, atoms, index)
        if numeral is not None and numeral.high <= LARGEST:
            found.append(numeral)
    return found


def _gap(text: str, left: Atom, right: Atom) -> str | None:
    """What stands between two atoms, in lower case with single spaces; ``None`` if they are far apart."""
    if right.start - left.end > _GAP:
        return None
    gap = text[left.end : right.start]
    if gap in (" ", "-"):
        return gap
    if gap in _DASHES:
        return "-"
    squeezed = " ".join(gap.split()).lower()
    return f" {squeezed} " if squeezed else (" " if gap else "")


def _numeral(text: str, atoms: list[Atom], index: int) -> tuple[Numeral | None, int]:
    """The number that begins with the atom at ``index``, and the index of the first atom after it."""
    match atoms[index].kind:
        case Part.DIGITS:
            return _from_digits(text, atoms, index)
        case Part.VAGUE | Part.PAIRS:
            return _from_vague(text, atoms, index)
        case Part.PLURALS:
            return _from_plural(text, atoms, index)
        case Part.FRACTIONS:
            return _from_fraction(text, atoms, index)
        case Part.BOTH:
            atom = atoms[index]
            return Numeral(atom.start, atom.end, atom.value, atom.value, Form.WORDS, atom.value), index + 1
    return _from_words(text, atoms, index)


def _multiplier(atom: Atom) -> int | None:
    """What the atom multiplies by, if it can: "hundred", and "hundreds" after a number."""
    if atom.kind is Part.MULTIPLIERS:
        return atom.value
    if atom.kind is Part.PLURALS and atom.value != 40:
        return {20: 10, 24: 12}.get(atom.value, atom.value // 2)
    return None


def _multiplied(text: str, atoms: list[Atom], index: int) -> tuple[int, int]:
    """The product of the multipliers that follow the atom at ``index`` and the index of the last of them."""
    scale, largest = 1, LARGEST
    while index + 1 < len(atoms):
        factor = _multiplier(atoms[index + 1])
        gap = _gap(text, atoms[index], atoms[index + 1])
        if factor is None or gap not in (" ", "-", " of ") or scale * factor > largest:
            break
        if scale > 1 and factor <= scale and factor == 12:
            break
        scale *= factor
        index += 1
    return scale, index


def _from_digits(text: str, atoms: list[Atom], index: int) -> tuple[Numeral | None, int]:
    atom = atoms[index]
    start, end = atom.start, atom.end
    if end - start > LONGEST:
        return None, index + 1
    run = text[start:end]
    if run.isdigit():
        value: float = int(run)
        bare = True
        if len(run) <= 3:
            value, end, index = _spaced(text, atoms, index, run)
            bare = end == atom.end
    elif _GROUPED.fullmatch(run):
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if run.count(".") == 1 and following and following.start == end + 1 and _multiplier(following):
            value, bare = float(run), False  # "1.125 million"
        else:
            value, bare = int(re.sub(r"\D", "", run)), False
    elif _DECIMAL.fullmatch(run):
        value, bare = float(run), False
    else:
        return None, index + 1  # a clock time, a version, a list without spaces
    suffix = _SUFFIX.match(text, end, end + 4)
    scale, last = 1, index
    if suffix and (suffix.group() not in "mM" or _MILLIONS.match(text, suffix.end(), suffix.end() + 24)):
        scale, end = _suffixes()[suffix.group().lower()], suffix.end()
    else:
        scale, last = _multiplied(text, atoms, index)
        end = atoms[last].end if last > index else end
    number = round(value * scale)
    whole = abs(value * scale - number) < 1e-6 * max(1.0, number)
    return Numeral(start, end, number, number, Form.DIGITS, value, scale, bare and scale == 1, whole), last + 1


def _spaced(text: str, atoms: list[Atom], index: int, run: str) -> tuple[int, int, int]:
    """Digits in groups of three with spaces between ("10 000"): the number, its end, the index of the last group.

    An ordinary space joins only what ends in a nought and runs into no further sign, so that "12 155mm howitzers"
    stay twelve.
    """
    value, last, groups, plain = int(run), index, 0, False
    while last + 1 < len(atoms) and groups < 4:
        left, right = atoms[last], atoms[last + 1]
        between = text[left.end : right.start]
        if right.kind is not Part.DIGITS or right.end - right.start != 3 or len(between) != 1:
            break
        digits = text[right.start : right.end]
        if not digits.isdigit() or between not in f" {_SPACES}":
            break
        plain = plain or between == " "
        value, last, groups = value * 1000 + int(digits), last + 1, groups + 1
    end = atoms[last].end
    clean = text[end - 1] == "0" and re.match(r"[\w-]|\s?(?:mm|cm|kg|lb|km)\b", text[end : end + 4]) is None
    if not groups or run[0] == "0" or (plain and not clean):
        return int(run), atoms[index].end, index
    return value, end, last


def _from_words(text: str, atoms: list[Atom], index: int) -> tuple[Numeral | None, int]:
    first = atoms[index]
    start = first.start
    if first.kind is Part.UNITS and index + 1 < len(atoms) and atoms[index + 1].kind is Part.FRACTIONS:
        fraction = atoms[index + 1]
        if _gap(text, first, fraction) in (" ", "-"):  # "two-thirds"
            return Numeral(start, fraction.end, first.value, fraction.high, Form.FRACTION, first.value), index + 2
    article = _multiplier(first) is not None and _A.search(text[max(0, start - 6) : start])
    if article:
        start -= len(article.group())
    between = "between" in text[max(0, start - 24) : start].lower()
    total, current, scale, ceiling, last = 0, 0, 1, LARGEST * 10, index
    hundreds, tail, whole = False, True, True
    while True:
        atom = atoms[last]
        factor = _multiplier(atom)
        if factor is None:
            current, scale = current + atom.value, 1
        elif factor == 100:
            current, scale, hundreds = (current or 1) * 100, scale * 100, True
        elif factor == 12:
            current, scale = (current or 1) * 12, 12
        else:
            scale = scale * factor
            total, current, ceiling, hundreds = total + (current or 1) * factor, 0, factor, False
        following = _following(text, atoms, last, _Sum(current, ceiling, hundreds, between))
        if following is None:
            break
        if _multiplier(atoms[following]) is None:
            tail = False
        last = following
    number = total + current
    end = atoms[last].end
    half = _and_a_half(text, atoms, last)
    if half is not None and scale == 1:
        factor, last = half
        number, scale, end, whole = round((number + 0.5) * factor), factor, atoms[last].end, factor > 1
    scale = scale if number % scale == 0 and (tail or scale > 1) else 1
    vague = article and first.value == 12 and last == index
    form = Form.VAGUE if vague else Form.WORDS
    return Numeral(start, end, number, number, form, number / scale, scale, whole=whole), last + 1


class _Sum(NamedTuple):
    """A number in words as far as it is read.

    ``current`` is the part below the last thousand or million, ``ceiling`` what the next multiplier must be below,
    ``hundreds`` whether that part has its hundred, ``between`` whether an "and" divides two numbers.
    """

    current: int
    ceiling: int
    hundreds: bool
    between: bool


def _following(text: str, atoms: list[Atom], last: int, so_far: _Sum) -> int | None:
    """The index of the atom that goes on with the number whose last atom is at ``last``; ``None`` at its end."""
    if last + 1 >= len(atoms):
        return None
    atom, after = atoms[last], atoms[last + 1]
    gap = _gap(text, atom, after)
    if gap is None or gap not in (" ", "-", " and "):
        return None
    factor = _multiplier(after)
    ends = atom.kind in (Part.MULTIPLIERS, Part.PLURALS)
    if factor is not None:
        if gap == " and " or (after.kind is Part.PLURALS and ends and atom.kind is Part.PLURALS):
            return None
        fits = {
            100: 0 < so_far.current < 100 and not so_far.hundreds,
            12: 0 < so_far.current < 100 and so_far.ceiling > LARGEST,
        }.get(factor, factor < so_far.ceiling and (so_far.current > 0 or ends))
        return last + 1 if fits else None
    if after.kind not in (Part.UNITS, Part.TENS) or after.value == 0:
        return None
    if not ends:  # "twenty-three"
        fits = atom.kind is Part.TENS and after.kind is Part.UNITS and after.value < 10 and gap != " and "
        return last + 1 if fits else None
    if _multiplier(atom) == 12:
        return None
    if gap == " and " and (so_far.between or _begins_hundreds(text, atoms, last + 1)):
        return None
    return last + 1


def _begins_hundreds(text: str, atoms: list[Atom], index: int) -> bool:
    """Whether the small number at ``index`` goes on to a hundred, so that an "and" before it joins two numbers."""
    for step in (1, 2):
        if index + step >= len(atoms) or _gap(text, atoms[index + step - 1], atoms[index + step]) not in (" ", "-"):
            return False
        factor = _multiplier(atoms[index + step])
        if factor is not None:
            return factor in (12, 100)
    return False


def _and_a_half(text: str, atoms: list[Atom], last: int) -> tuple[int, int] | None:
    """For "two and a half thousand" the multiplier and its index; for "two and a half" 1 and the half's."""
    if last + 1 >= len(atoms) or atoms[last + 1].kind is not Part.FRACTIONS or atoms[last + 1].high != 2:
        return None
    if _gap(text, atoms[last], atoms[last + 1]) != " and a ":
        return None
    if last + 2 < len(atoms) and _gap(text, atoms[last + 1], atoms[last + 2]) == " ":
        return (_multiplier(atoms[last + 2]) or 1, last + 2 if _multiplier(atoms[last + 2]) else last + 1)
    return 1, last + 1


def _from_vague(text: str, atoms: list[Atom], index: int) -> tuple[Numeral | None, int]:
    atom = atoms[index]
    article = _ARTICLE.search(text[max(0, atom.start - 14) : atom.start])
    start = atom.start - (len(article.group()) if article else 0)
    scale, last = _multiplied(text, atoms, index)
    end = atoms[last].end
    if atom.kind is Part.PAIRS:
        if article is None:
            return None, index + 1  # "the couple", "the pair": two people
        form = Form.VAGUE if scale > 1 else Form.WORDS
        return Numeral(start, end, 2 * scale, 2 * scale, form, 2, scale), last + 1
    high = atom.high if scale == 1 else (100 if scale == 12 else 10 * scale) - 1
    return Numeral(start, end, atom.value * scale, high, Form.VAGUE, atom.value, scale), last + 1


def _from_plural(text: str, atoms: list[Atom], index: int) -> tuple[Numeral | None, int]:
    atom = atoms[index]
    low, high, last = atom.value, atom.high, index
    if index + 1 < len(atoms) and _gap(text, atom, atoms[index + 1]) == " of ":
        factor = _multiplier(atoms[index + 1])
        if factor is not None and factor >= 100 and atoms[index + 1].kind is Part.PLURALS:
            low, high, last = low * factor, (high + 1) * factor - 1, index + 1
    if low == 20:
        return None, index + 1  # "tens" alone
    return Numeral(atom.start, atoms[last].end, low, high, Form.VAGUE, low), last + 1


def _from_fraction(text: str, atoms: list[Atom], index: int) -> tuple[Numeral | None, int]:
    atom = atoms[index]
    article = _A.search(text[max(0, atom.start - 6) : atom.start])
    if index + 1 < len(atoms) and _gap(text, atom, atoms[index + 1]) in (" ", "-", " a ", " of a "):
        factor = _multiplier(atoms[index + 1])
        if factor is not None and factor % atom.high == 0 and atoms[index + 1].kind is Part.MULTIPLIERS:
            number = factor // atom.high
            start = atom.start - (len(article.group()) if article else 0)
            return Numeral(start, atoms[index + 1].end, number, number, Form.WORDS, number), index + 2
    if not article and atom.high != 2:
        return None, index + 1  # "the third ship"
    start = atom.start - (len(article.group()) if article else 0)
    return Numeral(start, atom.end, 1, atom.high, Form.FRACTION, 1), index + 1
