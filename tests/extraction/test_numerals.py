"""Numbers as written, in digits and in words."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.extraction.number_words import lexicon
from garrison.extraction.numerals import LARGEST, Form, numerals


def _only(words: str) -> tuple[str, int, int]:
    (numeral,) = numerals(words)
    return words[numeral.start : numeral.end], numeral.low, numeral.high


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("7,000", 7000),
        ("230000", 230_000),
        ("1,00,000", 100_000),
        ("10 000", 10_000),
        ("10\u00a0125", 10_125),
        ("4.000", 4000),
        ("10'000", 10_000),
        ("1.14 million", 1_140_000),
        ("1.125 million", 1_125_000),
        ("7 thousand", 7000),
        ("10k", 10_000),
        ("3bn", 3_000_000_000),
        ("1.5 lakh", 150_000),
        ("zero", 0),
        ("eleven", 11),
        ("FORTY-TWO", 42),
        ("twenty three", 23),
        ("a hundred", 100),
        ("four hundred and fifty", 450),
        ("twelve hundred", 1200),
        ("six thousands", 6000),
        ("five thousand two hundred and six", 5206),
        ("one thousand and twenty", 1020),
        ("two hundred and fifty thousand", 250_000),
        ("a hundred and two thousand", 102_000),
        ("one million two hundred thousand", 1_200_000),
        ("two dozen", 24),
        ("half a dozen", 6),
        ("half-dozen", 6),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("two and a half thousand", 2500),
        ("three lakh", 300_000),
        ("a pair", 2),
        ("a couple of hundred", 200),
    ],
)
def test_a_number_is_read_whole(words: str, number: int) -> None:
    assert _only(words) == (words, number, number)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("a few", 2, 9),
        ("several", 3, 9),
        ("a handful", 2, 9),
        ("a small number", 2, 9),
        ("dozens", 24, 99),
        ("a few dozen", 24, 99),
        ("scores", 40, 199),
        ("hundreds", 200, 999),
        ("a few hundred", 200, 999),
        ("several hundreds", 300, 999),
        ("several thousand", 3000, 9999),
        ("thousands", 2000, 9999),
        ("tens of thousands", 20_000, 99_999),
        ("hundreds of thousands", 200_000, 999_999),
    ],
)
def test_vague_words_have_the_bounds_of_the_guide(words: str, low: int, high: int) -> None:
    assert _only(words) == (words, low, high)
    assert numerals(words)[0].form is Form.VAGUE


def test_two_numbers_joined_by_and_stay_two() -> None:
    assert [n.low for n in numerals("five hundred and two hundred")] == [500, 200]
    assert [n.low for n in numerals("between a hundred and two thousand")] == [100, 2000]


def test_a_number_before_a_calibre_does_not_swallow_it() -> None:
    assert [n.low for n in numerals("12 155mm howitzers")] == [12, 155]
    assert [n.low for n in numerals("18 120 mm mortars")] == [18, 120]


def test_metres_are_not_millions() -> None:
    assert numerals("a 30m patrol vessel")[0].low == 30
    assert numerals("a 2m-strong army")[0].low == 2_000_000


def test_the_couple_and_the_third_ship_are_no_numbers() -> None:
    assert numerals("the couple watched the third ship and the tens of others") == []


def test_words_that_only_begin_like_numbers_are_no_numbers() -> None:
    assert numerals("someone oneself twofold tensions Sevenoaks fewer halfway onéà") == []


def test_numbers_beyond_a_million_million_are_left_out() -> None:
    assert numerals("9" * 400) == []
    assert numerals(f"{LARGEST + 1}") == []
    assert numerals("1e999 NaN infinity") == [n for n in numerals("1e999") if n.high <= LARGEST]


@given(st.integers(min_value=0, max_value=10**12))
def test_every_number_in_digits_is_read_back(number: int) -> None:
    assert [n.low for n in numerals(f"{number}")] == [number]
    assert [n.low for n in numerals(f"{number:,}")] == [number]


_TABLES = lexicon("numerals")
_SMALL, _TENS = list(_TABLES["units"]), [word for word in _TABLES["tens"] if word != "fourty"]


def _spelled(number: int) -> str:
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= scale:
            head, rest = f"{_spelled(number // scale)} {word}", number % scale
            return head if not rest else f"{head} {'and ' if rest < 100 else ''}{_spelled(rest)}"
    if number >= 100:
        return f"{_SMALL[number // 100]} hundred" + (f" and {_spelled(number % 100)}" if number % 100 else "")
    if number >= 20:
        return _TENS[number // 10 - 2] + (f"-{_SMALL[number % 10]}" if number % 10 else "")
    return _SMALL[number]


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_number_in_words_is_read_back(number: int) -> None:
    assert _only(_spelled(number)) == (_spelled(number), number, number)


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_numerals_of_any_text_stand_in_it_in_order(text: str) -> None:
    found = numerals(text)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
