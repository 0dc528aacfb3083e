"""Quantities: stretches of words that state a number, as bounds with a hedge (annotation guide, *quantity*).

The numerals come first, then what stands around them: hedges before ("up to"), the other end of a range ("3-4,000"),
followers ("or so"). Numbers that count nothing are left out of running text, see ``noncounts``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from garrison.extraction.noncounts import is_noncount
from garrison.extraction.number_words import lexicon
from garrison.extraction.numerals import LARGEST, Form, Numeral, numerals
from garrison.vocabulary import Hedge, Mention, Quantity, Span

_WINDOW = 48  # characters looked at on either side of a number
_FAR = 96  # and before a "than" that stands apart from its "more"
_OPENING = "([{\"'“‘«—–-/"
_DASHES = ("-", "‐", "‑", "–", "—", "−", "-to-")
_BOUNDS = (Hedge.AT_LEAST, Hedge.AT_MOST)


@dataclass(frozen=True, slots=True)
class _Hedges:
    """Hedge words by their last word, longest first; ``None`` marks words that say nothing of the bounds."""

    before: dict[str, tuple[tuple[tuple[str, ...], Hedge | None], ...]]
    after: re.Pattern[str]
    follower: dict[str, Hedge | None]
    cautious: frozenset[str]
    phrasal: dict[str, frozenset[str]]
    comparisons: dict[str, Hedge]
    determiners: frozenset[str]
    first: frozenset[str]
    filler: frozenset[str]
    portion: frozenset[str]


@cache
def _hedges() -> _Hedges:
    tables = lexicon("hedges")
    before: dict[str, list[tuple[tuple[str, ...], Hedge | None]]] = {}
    for name, phrases in tables["hedges"].items():
        for phrase in phrases:
            words = tuple(phrase.split())
            before.setdefault(words[-1], []).append((words, _named(name)))
    followers = {phrase: _named(name) for name, phrases in tables["followers"].items() for phrase in phrases}
    ordered = sorted(followers, key=len, reverse=True)
    alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,2}") for phrase in ordered)
    return _Hedges(
        before={word: tuple(sorted(found, key=lambda item: -len(item[0]))) for word, found in before.items()},
        after=re.compile(rf"\s?({alternatives})(?!\w|\s{{1,2}}than\b)", re.IGNORECASE),
        follower=followers,
        cautious=frozenset(tables["cautious"]["hedges"]),
        phrasal={phrase: frozenset(words) for phrase, words in tables["phrasal"].items()},
        comparisons={word: Hedge(name) for name in _BOUNDS for word in tables["comparisons"][name]},
        determiners=frozenset(tables["comparisons"]["determiners"]),
        first=frozenset(tables["joining"]["first"]),
        filler=frozenset(tables["joining"]["filler"]),
        portion=frozenset(tables["portions"]["filler"]),
    )


def _named(name: str) -> Hedge | None:
    return None if name == "none" else Hedge(name)


@dataclass(frozen=True, slots=True)
class _Expression:
    """A number with its surroundings, before it is judged to be a count: from ``start`` to ``end``."""

    start: int
    end: int
    low: int
    high: int
    hedge: Hedge
    first: Numeral
    last: Numeral
    hedged: bool

    def quantity(self, text: str) -> Quantity:
        low = None if self.hedge is Hedge.AT_MOST else self.low
        high = None if self.hedge is Hedge.AT_LEAST else self.high
        return Quantity(text[self.start : self.end], low, high, self.hedge)


def parse_quantity(words: str) -> Quantity | None:
    """The bounds and the hedge of a stretch of words that is a quantity; ``None`` if there is no number in it.

    Args:
        words: such as "up to six thousands", "3-4,000", "half of the 7,500", "dozens", "a further 500". Taken at its
            word: "2016" is 2,016. Of several numbers that belong together in no way the first is taken.

    Returns:
        The quantity, its ``text`` being ``words`` without surrounding space.
    """
    found = _expressions(words, strict=False)
    if not found:
        return None
    quantity = found[0].quantity(words)
    return Quantity(words.strip(), quantity.low, quantity.high, quantity.hedge)


def find_quantities(text: str) -> tuple[Mention[Quantity], ...]:
    """Every count in ``text`` with its span, hedge words included, left to right, none overlapping.

    Left out: years, dates, clock times, money, shares, measures of length, weight or time, ages, ordinals, and
    numbers that are part of a name. What only the caller's context can tell is returned: figures without a noun, an
    age between commas ("Stallworth, 29,"), sums of money without a currency ("boots 88 billion"), page references in
    brackets, counts of things that are no force.

    Args:
        text: running text of any length and script; time is proportional to its length.
    """
    return tuple(
        Mention(Span(found.start, found.end), found.quantity(text)) for found in _expressions(text, strict=True)
    )


def _expressions(text: str, strict: bool) -> list[_Expression]:
    numbers = numerals(text)
    found: list[tuple[_Expression, bool]] = []
    index, floor = 0, 0
    while index < len(numbers):
        expression, index = _expression(text, numbers, index, floor, strict)
        if expression is None:
            continue
        floor = expression.end
        counts = not strict or not is_noncount(text, expression.first, expression.last, expression.hedged)
        found.append((expression, counts))
    if strict:
        found = _without_partners(text, found)
    return [expression for expression, counts in found if counts]


def _without_partners(text: str, found: list[tuple[_Expression, bool]]) -> list[tuple[_Expression, bool]]:
    """Marks as no count what shares the unit of a following number that is none: "20 and 30 km", "3 and 4 May"."""
    for index in range(len(found) - 2, -1, -1):
        (left, counts), (right, right_counts) = found[index], found[index + 1]
        gap = right.start - left.end
        if not counts or right_counts or left.hedged or not 0 < gap <= 8 or right.first.form is Form.FRACTION:
            continue
        between = text[left.end : right.start].strip().lower()
        day = left.first.bare and right.first.bare and left.high <= 31
        if between in ("and", "or", "to", "-", "–", "&", "through", "until") or (between == "," and day):
            found[index] = (left, False)
    return found


def _expression(
    text: str, numbers: Sequence[Numeral], index: int, floor: int, strict: bool
) -> tuple[_Expression | None, int]:
    """The expression around the numeral at ``index`` and the index of the first numeral after it.

    ``floor`` is where the expression before it ends: hedges are not looked for beyond.
    """
    first = numbers[index]
    start, hedge, ranged = _before(text, first, floor)
    if first.form is Form.FRACTION:
        return _portion(text, numbers, index, (start, hedge), strict)
    low, high, last, index = first.low, first.high, first, index + 1
    vague = first.form is Form.VAGUE
    is_range = False
    if index < len(numbers):
        joined = _joined(text, first, numbers[index], ranged, strict)
        if joined is not None:
            low, high = joined
            last, index, is_range = numbers[index], index + 1, True
            vague = vague or last.form is Form.VAGUE
        elif _repeats(text, first, numbers[index]):
            last, index = numbers[index], index + 1
    end = last.end + (1 if last is not first and text[last.end : last.end + 1] == ")" and not is_range else 0)
    if ranged and not is_range:
        start = first.start
    follower = _hedges().after.match(text, end, end + _WINDOW)
    if follower is not None:
        after = _hedges().follower[" ".join(follower[1].lower().split())]
        end = follower.end()
        hedge = hedge if hedge in _BOUNDS or after is None else after
    hedged = hedge is not None or (follower is not None and _hedges().follower.get(follower[1].lower()) is not None)
    if hedge not in _BOUNDS:
        if is_range:
            hedge = Hedge.VAGUE if vague and first.low != first.high else Hedge.RANGE
        elif vague and (low != high or hedge is None):
            hedge = Hedge.VAGUE
    return _Expression(start, end, low, high, hedge or Hedge.EXACT, first, last, hedged), index


def _before(text: str, first: Numeral, floor: int) -> tuple[int, Hedge | None, bool]:
    """Where the hedge words before a numeral begin, what they say of it, and whether they announce a range."""
    start, hedge, ranged = first.start, None, False
    lexicon_ = _hedges()
    words: list[str] = []
    for _ in range(4):
        bottom = max(floor, start - _WINDOW)
        window = text[bottom:start]
        words = window.lower().split()
        if not words or words[-1].lstrip(_OPENING) not in lexicon_.before:
            break
        found = _phrase(words, first)
        if found is None:
            break
        count, said = found
        at = len(window)
        for word in window.split()[: -count - 1 : -1]:
            at = window.rfind(word, 0, at)
        opening = window[at:]
        start = bottom + at + len(opening) - len(opening.lstrip(_OPENING))
        if said is Hedge.RANGE:
            ranged = True
        elif hedge not in _BOUNDS and said is not None:
            hedge = said
    if start == first.start and words and (words[-1] == "than" or words[-1] in lexicon_.determiners):
        return _compared(text, first, floor)
    return start, hedge, ranged


def _phrase(words: list[str], first: Numeral) -> tuple[int, Hedge | None] | None:
    """The longest hedge that ``words`` end in: how many words it has and what it says."""
    lexicon_ = _hedges()
    for phrase, said in lexicon_.before[words[-1].lstrip(_OPENING)]:
        count = len(phrase)
        if count > len(words) or phrase[0] != words[-count].lstrip(_OPENING):
            continue
        if phrase[1:] != tuple(words[len(words) - count + 1 :]):
            continue
        name = " ".join(phrase)
        if first.high < 10 and name in lexicon_.cautious:
            return None
        if name in lexicon_.phrasal and len(words) > count and words[-count - 1] in lexicon_.phrasal[name]:
            return None
        return count, said
    return None


def _compared(text: str, first: Numeral, floor: int) -> tuple[int, Hedge | None, bool]:
    """The bound that "more … than the" makes, its two parts standing apart."""
    bottom = max(floor, first.start - _FAR)
    lexicon_ = _hedges()
    near = text[max(bottom, first.start - 16) : first.start].lower().split()
    if not near or (near[-1] != "than" and (near[-1] not in lexicon_.determiners or near[-2:-1] != ["than"])):
        return first.start, None, False
    window = text[bottom : first.start].lower()
    at = len(window)
    for word in reversed(window.split()):
        at = window.rfind(word, 0, at)
        if word.endswith((".", ";", "!", "?")):
            break
        if word in lexicon_.comparisons:
            return bottom + at, lexicon_.comparisons[word], False
    return first.start, None, False


def _joined(text: str, first: Numeral, last: Numeral, ranged: bool, strict: bool) -> tuple[int, int] | None:
    """The bounds, if the two numerals are the ends of one range."""
    if last.start - first.end > _WINDOW or last.form is Form.FRACTION:
        return None
    gap = text[first.end : last.start]
    sign = gap.strip()
    if strict and first.bare and 1900 <= first.low < 2100 and not last.bare:
        return None  # "from 9,250 in 1992 to about 2,600"
    digits = first.form is last.form is Form.DIGITS
    if sign in _DASHES:
        if sign != gap and (not digits or sign in ("—", "-to-")):
            return None
    else:
        words = gap.lower().split()
        lexicon_ = _hedges()
        if not words or words[0] not in lexicon_.first or not gap[0].isspace():
            return None
        if any(word not in lexicon_.filler for word in words[1:]):
            return None
        if words[0] == "and" and not ranged:
            return None
        # "cut from 4,500 to 5,000" tells two levels; only "ranging from" and the like tell one number.
        if strict and not ranged and text[max(0, first.start - 6) : first.start].lower().split()[-1:] == ["from"]:
            return None
    low, high = _shared_scale(first, last), last.high
    return (low, high) if low < high else None


def _shared_scale(first: Numeral, last: Numeral) -> int:
    """The lower end, with the multiplier or the thousands that only the upper end spells out ("3-4,000")."""
    if first.scale != 1 or first.form is Form.VAGUE:
        return first.low
    if last.scale > 1 and first.coefficient < last.coefficient:
        return round(first.coefficient * last.scale)
    if last.form is Form.DIGITS and last.scale == 1 and first.whole and 0 < first.low < 1000:
        if last.low >= 1000 and last.low % 100 == 0 and first.low * 1000 < last.low:
            return first.low * 1000
        if last.low < 1000 and last.low % 100 == 0 and first.low < 10 and first.low * 100 < last.low:
            return first.low * 100
    return first.low


def _repeats(text: str, first: Numeral, last: Numeral) -> bool:
    """Whether the second says the first again in brackets: "twelve (12)"."""
    if last.start - first.end > 3 or first.form is not Form.WORDS or last.form is not Form.DIGITS:
        return False
    same = first.low == last.low and text[first.end : last.start].strip() == "("
    return same and text[last.end : last.end + 1] == ")"


def _portion(
    text: str, numbers: Sequence[Numeral], index: int, said: tuple[int, Hedge | None], strict: bool
) -> tuple[_Expression | None, int]:
    """A fraction of a number: "roughly half of the 7,500" is 3,750; a fraction of nothing counted is no quantity."""
    fraction, (start, hedge) = numbers[index], said
    if index + 1 >= len(numbers) or numbers[index + 1].form is Form.FRACTION:
        return None, index + 1
    gap = text[fraction.end : min(numbers[index + 1].start, fraction.end + _WINDOW)].lower().split()
    if numbers[index + 1].start - fraction.end > _WINDOW or any(word not in _hedges().portion for word in gap):
        return None, index + 1
    if not gap or gap[0] not in ("of", "the", "its", "their"):
        return None, index + 1
    whole, following = _expression(text, numbers, index + 1, fraction.end, strict)
    if whole is None or whole.low < 10 or whole.high > LARGEST:
        return None, index + 1
    low = round(whole.low * fraction.low / fraction.high)
    high = round(whole.high * fraction.low / fraction.high)
    meant = hedge if hedge is not None and low == high else whole.hedge
    return _Expression(start, whole.end, low, high, meant, whole.first, whole.last, True), following
