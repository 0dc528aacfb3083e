"""How simulated outlets put a number into words: hedged and rounded at the rates of the annotated passages."""

from __future__ import annotations

from math import floor, inf, log10

import numpy as np

from garrison.estimation.simulation.families import Family
from garrison.estimation.statements import Sort

# Of the 259 numbers in the annotated training passages.
HEDGES = {
    Sort.EXACT: 0.444,
    Sort.ABOUT: 0.382,
    Sort.RANGE: 0.054,
    Sort.VAGUE: 0.046,
    Sort.AT_LEAST: 0.043,
    Sort.AT_MOST: 0.031,
}
# One, two and three leading digits, of the 211 exact and approximate numbers from twenty up.
DIGITS = (0.57, 0.37, 0.06)
# What "a few", "dozens", "hundreds" … stand for (annotation guide).
_VAGUE = ((2, 9), (24, 99), (200, 999), (2_000, 9_999), (20_000, 99_999), (200_000, 999_999))


def worded(chance: np.random.Generator, believed: float, family: Family) -> tuple[Sort, float | None, float | None]:
    """The words for a number that an outlet believes: hedge and bounds."""
    sort = Sort(int(chance.choice(list(HEDGES), p=np.array(list(HEDGES.values())) / sum(HEDGES.values()))))
    digits = 1 + int(chance.choice(3, p=DIGITS))
    fives = family.fives and chance.random() < 0.4
    if believed < 1.5 or (believed < 20 and sort in (Sort.RANGE, Sort.VAGUE)):
        sort = Sort.EXACT
    if sort is Sort.AT_LEAST:
        return sort, max(1.0, rounded(believed * family.lower(chance), digits, fives, down=True)), None
    if sort is Sort.AT_MOST:
        return sort, None, rounded(believed * family.upper(chance), digits, fives)
    if sort is Sort.RANGE:
        width = chance.uniform(0.08, 0.3)
        low = rounded(believed * (1 - width), digits, fives)
        return sort, low, max(low, rounded(believed * (1 + width), digits, fives))
    if sort is Sort.VAGUE:
        low, high = min(_VAGUE, key=lambda each: 0.0 if each[0] <= believed <= each[1] else _apart(believed, each))
        return sort, float(low), float(high)
    number = max(1.0, rounded(believed, digits, fives))
    return sort, number, number


def _apart(number: float, bounds: tuple[int, int]) -> float:
    return min(abs(log10(number / bounds[0])), abs(log10(number / bounds[1]))) if number > 0 else inf


def rounded(number: float, digits: int, fives: bool = False, *, down: bool = False) -> float:
    """``number`` to so many leading digits, or to fives of the digit after them; what can be counted stays whole."""
    if number < 20:
        return float(floor(number) if down else round(number))
    unit = 10.0 ** (floor(log10(number)) - digits + 1)
    if fives and digits > 1:
        unit *= 5
    if digits == 1 and number / unit < 2:
        # Nobody says 1,000 of 1,400: there a second digit, or half of one.
        unit /= 2
    return float((floor if down else round)(number / unit) * unit)
