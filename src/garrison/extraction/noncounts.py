"""Noncounts: numbers in a text that count nothing, told by the words around them.

Years, dates, clock times, money, shares, measures, ages, ordinals, and numbers that are part of a name ("T-72",
"144 Battalion", "Resolution 2254"). Every test looks at a bounded stretch of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from garrison.extraction.number_words import lexicon
from garrison.extraction.numerals import Form, Numeral

_CURRENCY = "$€£¥₦₹₽₴₪₩฿₺₱₫¢"
_CODE = re.compile(r"\b(?:USD|EUR|GBP|RUB|NGN|Rs\.?|RS|RMB|CNY|JPY|CHF|UAH|PLN|CFA|INR|PKR|Tk|SEK|NOK|DKK|ILS|TRY)$")
_DIALLED = re.compile(r"\+\d[\d\s().-]{0,20}$")
# The word takes in digits written against it, so that the M of "M777" is no metre.
_NEXT = re.compile(r"(?P<gap>[-‐‑ ]?\s{0,2})(?P<word>[^\W\d_]\w*(?:-\d\w*|[’'][a-z]+)?)")
_CAPITALISED = re.compile(r"[A-Z][\w'’-]*")
_BEFORE = 48
_AFTER = 32


@dataclass(frozen=True, slots=True)
class _Lexicon:
    measures: frozenset[str]
    coins: frozenset[str]
    hyphenated: frozenset[str]
    plain: frozenset[str]
    capital: frozenset[str]
    types: frozenset[str]
    echelons: frozenset[str]
    lower: frozenset[str]
    composed: tuple[str, ...]
    branches: frozenset[str]
    strong: frozenset[str]
    weak: frozenset[str]
    after_year: frozenset[str]
    months: frozenset[str]
    before_one: frozenset[str]
    after_one: frozenset[str]
    both: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    tables = lexicon("noncounts")
    return _Lexicon(
        measures=frozenset(word for words in tables["measures"].values() for word in words),
        coins=frozenset(tables["coins"]["nouns"]),
        hyphenated=frozenset(tables["hyphenated"]["nouns"]),
        plain=frozenset(tables["designators"]["plain"]),
        capital=frozenset(tables["designators"]["capital"]),
        types=frozenset(tables["designators"]["types"]),
        echelons=frozenset(tables["formations"]["echelons"]),
        lower=frozenset(tables["formations"]["lower"]),
        composed=tuple(f" {word}" for word in tables["formations"]["composed"]),
        branches=frozenset(tables["formations"]["branches"]),
        strong=frozenset(tables["years"]["strong"]),
        weak=frozenset(tables["years"]["weak"]),
        after_year=frozenset(tables["years"]["after"]),
        months=frozenset(tables["years"]["months"]),
        before_one=frozenset(tables["singles"]["before"]),
        after_one=frozenset(tables["singles"]["after"]),
        both=frozenset(tables["singles"]["both"]),
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words next to a number: up to four before it, and the one after it with what joins it to the number."""

    before: tuple[str, ...]
    joint: str
    after: str
    end: int

    @property
    def last(self) -> str:
        """The word before, as written; empty if there is none."""
        return self.before[-1] if self.before else ""


def surroundings(text: str, start: int, end: int) -> Surroundings:
    """What stands around characters ``start`` to ``end`` of ``text``."""
    window = text[max(0, start - _BEFORE) : start]
    before = tuple(window.split()[-4:])
    match = _NEXT.match(text, end, end + _AFTER)
    if match is None:
        return Surroundings(before, "", "", end)
    return Surroundings(before, match["gap"], match["word"], match.end())


def is_noncount(text: str, first: Numeral, last: Numeral, hedged: bool) -> bool:
    """Whether the number from ``first`` to ``last`` (the same, unless it is a range) counts nothing.

    Args:
        text: the text that both stand in.
        first: the numeral, or the lower end of a range.
        last: the numeral, or the upper end of a range.
        hedged: whether a word such as "about" or "up to" stands before it.
    """
    if first.form is Form.FRACTION or not (first.whole and last.whole):
        return True
    around = surroundings(text, first.start, last.end)
    if _is_measure(text, last, around):
        return True
    if first.form is Form.DIGITS:
        return (
            _touches_sign(text, first, last)
            or _is_money(text, first)
            or _is_year(text, first, last, around, hedged)
            or _is_date(text, first, last, around)
            or _is_name(text, first, last, around, hedged)
            or _is_label(text, first, last)
        )
    return _is_single(text, first, last, around, hedged) or _is_numbered_name(text, first, around, hedged)


def _is_measure(text: str, last: Numeral, around: Surroundings) -> bool:
    if text[last.end : last.end + 1] in ("%", "°", "‰", "′", "″", "½") or text.startswith(" %", last.end):
        return True
    word, lexicon_ = around.after, _lexicon()
    if not word:
        return False
    low = word.lower()
    if low == "per":
        return text.startswith(("cent", "mille"), around.end + 1)
    if low in ("a", "p"):
        return text[around.end : around.end + 2] == ".m"
    if low == "light":
        return text.startswith(" year", around.end)
    if low in lexicon_.coins and last.low >= 100:
        return True
    if low in lexicon_.measures:
        return not (word[0].isupper() and text[around.end : around.end + 1] == "-")  # "three Kilo-class boats"
    hyphen = around.joint[:1] in ("-", "‐", "‑") and around.joint != ""
    return hyphen and low in lexicon_.hyphenated


def _touches_sign(text: str, first: Numeral, last: Numeral) -> bool:
    """Whether signs or letters touch the digits that make them part of a type, a time, a chain or an address."""
    before, after = text[max(0, first.start - 2) : first.start], text[last.end : last.end + 3]
    if before:
        sign = before[-1]
        other = before[0] if len(before) == 2 else " "
        if sign.isalnum() or sign in "_/#@=\\+№^":
            return True
        if sign in ":.," and other.isdigit():
            return True
        if sign in "-‐‑" and other.isalnum():
            return True
        if sign == "–" and (other.isupper() or other.isdigit()):
            return True
        if sign in "'’" and last.end - first.start == 2:
            return True
        if sign == "[" and after[:1] == "]":
            return True
        if "+" in (window := text[max(0, first.start - 24) : first.start]) and _DIALLED.search(window):
            return True
    if not after:
        return False
    sign, other = after[0], after[1:2]
    if sign.isalpha():
        return not _is_run_on(text, last.end)
    if sign in "_/@\\=^":
        return True
    if sign in ":-‐‑–" and other.isdigit():
        return True
    return sign in "-‐‑" and other.isupper() and not after[2:3].isalpha()


def _is_run_on(text: str, end: int) -> bool:
    """Whether a whole lower-case word follows without its space ("300soldiers"), as in badly stripped pages."""
    match = re.compile(r"[a-z]+").match(text, end, end + 24)
    return match is not None and len(match.group()) >= 4 and match.group() not in _lexicon().measures


def _is_money(text: str, first: Numeral) -> bool:
    before = text[max(0, first.start - 6) : first.start].rstrip()
    return bool(before) and (before[-1] in _CURRENCY or _CODE.search(before) is not None)


def _is_date(text: str, first: Numeral, last: Numeral, around: Surroundings) -> bool:
    if not (first.bare and last.bare and last.high <= 99):
        return False
    months = _lexicon().months
    if last.high > 31:  # "24 JAN 91"
        return len(around.before) > 1 and around.last.lower() in months and around.before[-2].lstrip("(").isdigit()
    if around.after[:1].isupper() and around.after.lower() in months and around.joint != "":
        return True
    if around.after.lower() == "of" and (match := _NEXT.match(text, around.end, around.end + _AFTER)):
        return match["word"][:1].isupper() and match["word"].lower() in months
    words = [word.strip("([.,").lower() for word in around.before]
    if around.last.lstrip("([")[:1].isupper() and words[-1] in months and not around.last.endswith(","):
        return True
    if len(words) >= 3 and words[-3] in months and words[-1] in ("and", "to", "or", "-", "–"):  # "July 5 and 9"
        return words[-2].isdigit() and not (around.after.islower() and around.joint == " ")
    return False


def _is_year(text: str, first: Numeral, last: Numeral, around: Surroundings, hedged: bool) -> bool:
    """Whether a bare number from 1900 to 2099 (or a range that begins with one) is a year."""
    if not (first.bare and 1800 <= first.low < 2100 and first.end - first.start == 4):
        return False
    if text[first.start : last.end].startswith("0") or (last is not first and last.bare and last.high < 2100):
        return True
    if last is not first:
        return False
    words = _lexicon()
    after = around.after.lower()
    noun = bool(after) and around.joint == " " and after not in words.after_year and after not in words.months
    plural = noun and around.after.islower() and after.endswith(("s", "men", "troops", "personnel", "police", "people"))
    if hedged:
        return not noun and first.low % 50 != 0
    before = around.last.lower()
    month = before.rstrip(".,") in words.months
    day = before.rstrip(",").isdigit() and len(around.before) > 1
    if before.strip("(") in words.strong or month or day or before.endswith(("mid-", "(")) or not noun:
        return True
    if before.strip("(") in words.weak:
        return not (plural and first.low % 50 == 0)
    return first.low < 1900 and not plural


def _is_name(text: str, first: Numeral, last: Numeral, around: Surroundings, hedged: bool) -> bool:
    """Whether the digits number a formation ("144 Battalion") or follow a word that takes a number ("Article 5")."""
    if text[first.start] == "0" and first.end - first.start > 1:
        return True
    if not first.bare:
        return False
    if any(word.lower().lstrip("(") in ("aged", "age", "ages") for word in around.before[-2:]):
        return True  # "aged between 18 and 25"
    if hedged:
        return False
    return _takes_number(around) or (last.end - first.start <= 5 and _is_formation(text, around))


def _takes_number(around: Surroundings) -> bool:
    """Whether the word before takes a number after it ("Article", "Leopard")."""
    words, label = _lexicon(), around.last
    low = label.lower().lstrip("([\"'“‘")
    if low in words.plain or " ".join(around.before[-2:]).lower() in words.plain:
        return True
    if low in ("and", "or", "to", "&") and len(around.before) >= 3:  # "Sectors 3 and 4"
        number = around.before[-2].rstrip(",")
        return number.isdigit() and around.before[-3].lower().rstrip("s") in words.plain
    return label[:1].isupper() and (low in words.capital or low in words.types)


def _is_formation(text: str, around: Surroundings) -> bool:
    words = _lexicon()
    word, end = around.after, around.end
    if around.joint != " ":
        return False
    for _ in range(5):
        if word in words.echelons or word.capitalize() in words.lower:
            return not text.startswith(words.composed, end)  # "10 battalion tactical groups" are ten
        if word not in words.branches or (match := _NEXT.match(text, end, end + _AFTER)) is None:
            return False
        word, end = match["word"], match.end()
    return False


def _is_label(text: str, first: Numeral, last: Numeral) -> bool:
    """Whether it numbers a list's item at the beginning of a line: "12. As at 30 September"."""
    if not first.bare or first is not last or first.high > 999:
        return False
    line = text[max(0, first.start - 3) : first.start]
    if line.strip(" (") not in ("", "\n") or (line and "\n" not in line and first.start > 2):
        return False
    return re.match(r"[.)]\s+\S|\)", text[last.end : last.end + 4]) is not None


def _is_single(text: str, first: Numeral, last: Numeral, around: Surroundings, hedged: bool) -> bool:
    """Whether "one" or "both" stands as a pronoun or an idiom, not as the count of a noun that follows."""
    if first is not last or hedged:
        return False
    word, words = text[first.start : first.end].lower(), _lexicon()
    if word == "both":
        return around.joint != " " or not around.after.endswith("s") or around.after.lower() in words.both
    if word != "one":
        return False
    label = around.last.lstrip("\"'“‘(")
    if around.after == "" and text[first.end + 1 : first.end + 2].isdigit():  # "one 45-metre vessel"
        return False
    if around.after in ("", "and"):  # in a list: "Latvia two, Romania one"
        return not label[:1].isupper() or label.lower() in words.capital
    if label.lower() in words.before_one or around.joint == "":
        return True
    return around.after.lower() in words.after_one or around.joint[:1] in ("-", "‐", "‑")


def _is_numbered_name(text: str, first: Numeral, around: Surroundings, hedged: bool) -> bool:
    """Whether a capitalised number word ends a name: "Camp Two", "Air Force One"; not in headlines."""
    word = text[first.start : first.end]
    if hedged or first.form is Form.VAGUE or not word[0].isupper():
        return False
    label = around.last
    if not _CAPITALISED.fullmatch(label) or (word.isupper() and len(word) > 1):
        return False
    return not around.after[:1].isupper() or label.lower() in _lexicon().capital
