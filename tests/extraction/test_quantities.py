"""Quantities: bounds and hedges of words, and the counts of running text."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.extraction.quantities import find_quantities, parse_quantity
from garrison.vocabulary import Hedge

GOLD = Path(__file__).parents[3] / "shared" / "gold"


def _parsed(words: str) -> tuple[int | None, int | None, str] | None:
    quantity = parse_quantity(words)
    return quantity and (quantity.low, quantity.high, quantity.hedge.value)


def _texts(text: str) -> list[str]:
    return [mention.value.text for mention in find_quantities(text)]


def _bounds(text: str) -> list[tuple[int | None, int | None]]:
    return [(mention.value.low, mention.value.high) for mention in find_quantities(text)]


@pytest.mark.parametrize(
    ("words", "low", "high", "hedge"),
    [
        ("7,000", 7000, 7000, "exact"),
        ("a further 500", 500, 500, "exact"),
        ("two dozen", 24, 24, "exact"),
        ("700-strong", 700, 700, "exact"),
        ("both", 2, 2, "exact"),
        ("about 7,000", 7000, 7000, "about"),
        ("an estimated 500 or so", 500, 500, "about"),
        ("200-odd", 200, 200, "about"),
        ("~300", 300, 300, "about"),
        ("est. 10,000", 10_000, 10_000, "about"),
        ("about half a dozen", 6, 6, "about"),
        ("roughly half of the 7,500", 3750, 3750, "about"),
        ("half of the 7,500", 3750, 3750, "exact"),
        ("two-thirds of its 9,000", 6000, 6000, "exact"),
        ("more than a hundred", 100, None, "at_least"),
        ("No fewer than 48", 48, None, "at_least"),
        ("well over 5,000", 5000, None, "at_least"),
        ("40 or more", 40, None, "at_least"),
        ("1,000+", 1000, None, "at_least"),
        ("more operators in Syria than the 50", 50, None, "at_least"),
        ("at least several hundred", 300, None, "at_least"),
        ("up to six thousands", None, 6000, "at_most"),
        ("as many as about 400", None, 400, "at_most"),
        ("no more than four", None, 4, "at_most"),
        ("do not exceed 300,000", None, 300_000, "at_most"),
        ("fewer than a dozen", None, 12, "at_most"),
        ("3-4,000", 3000, 4000, "range"),
        ("3-400", 300, 400, "range"),
        ("200-225,000", 200_000, 225_000, "range"),
        ("5,000–6,000", 5000, 6000, "range"),
        ("500-1,000", 500, 1000, "range"),
        ("an estimated 20-25,000", 20_000, 25_000, "range"),
        ("three or four hundred", 300, 400, "range"),
        ("1.5 to 2 million", 1_500_000, 2_000_000, "range"),
        ("between a hundred and two hundred", 100, 200, "range"),
        ("from a low of 9,000 to a high of about 13,000", 9000, 13_000, "range"),
        ("two or three more", 2, 3, "range"),
        ("a dozen", 12, 12, "vague"),
        ("dozens", 24, 99, "vague"),
        ("a few hundred", 200, 999, "vague"),
    ],
)
def test_words_are_read_as_bounds_and_a_hedge(words: str, low: int | None, high: int | None, hedge: str) -> None:
    assert _parsed(words) == (low, high, hedge)


def test_words_without_a_number_are_no_quantity() -> None:
    for words in ("", "a", "an", "numerous", "large numbers of", "the same number"):
        assert parse_quantity(words) is None


def test_a_mention_covers_the_hedge_and_the_text_is_what_stands_there() -> None:
    text = "Tajikistan hosts about 7,000 troops, perhaps as many as 9,000 or so, and an estimated 30,000-strong army."
    assert _texts(text) == ["about 7,000", "perhaps as many as 9,000 or so", "an estimated 30,000"]
    assert all(mention.span.of(text) == mention.value.text for mention in find_quantities(text))


def test_spans_count_characters_whatever_stands_before() -> None:
    text = "«Müller» – 🚀 “at least 20” tanks"
    (mention,) = find_quantities(text)
    assert (mention.span.of(text), mention.value.hedge) == ("at least 20", Hedge.AT_LEAST)


@pytest.mark.parametrize(
    "text",
    [
        "in 2016 and since 2022",
        "The base was handed over (2023)",
        "from 2014 to 2018, in 2016-22",
        "on 5 July, on July 5, (Oct. 13), between 2 and 5 May, the 30 June 2021 deadline",
        "on 3 and 4 May",
        "LIMA 27 DEC 88",
        "at 18:05, at 06.40, at 3:30 a.m., at 6 pm, 1420 GMT",
        "$40 million, €3bn, US$ 120 million, 200 million dollars, EUR 560 million, 12,000 won",
        "12 percent, 7%, 82 per cent, two-thirds",
        "20 km, 300 miles, 105mm, 2,460 kg, six metres, 159,500 sq km, 20 and 30 km",
        "for two weeks, several months, a four-day exercise, 24 hours, three and a half years",
        "a 36-year-old, aged 34, men aged 18 to 25, in their 30s",
        "the 201st Motor Rifle Division, the 4th Guards, the twenty-second suspect",
        "S-400, T-72, Su-35, F-16s, AK-47, M1A1, TB2, Leopard 2A6, Leopard 2, Mirage 2000, Type 055",
        "144 Battalion, 16 Air Assault Brigade, 82 Division Enugu, Task Force 47, Sector 3, Base 101, 3 division Jos",
        "UN Resolution 2254, Article 5, No. 7, page 12, channel 16, Camp Two was quiet",
        "call +44 20, tel. 555 now, see p. 4 and note [4]",
        "no one knew, one of the men, one another, the one who left, at one time",
        "both in Iraq and Syria, both sides",
        "the game ended 3-1, open 24/7",
    ],
)
def test_numbers_that_count_nothing_are_not_found(text: str) -> None:
    assert _texts(text) == []


def test_a_count_before_a_calibre_or_a_type_is_found_alone() -> None:
    text = "12 155mm howitzers, 24 F-16s, 17 BMP-2s, eleven M777 guns, three Kilo-class boats and one Mi-35 helicopter"
    assert _bounds(text) == [(n, n) for n in (12, 24, 17, 11, 3, 1)]


def test_one_counts_only_before_a_noun() -> None:
    assert _texts("one battalion stayed; one of the men left; at least one stayed") == ["one", "at least one"]


def test_one_at_the_end_of_a_list_of_countries_counts() -> None:
    assert _texts("Latvia sent two, Romania one and Bulgaria a team") == ["two", "one"]


def test_a_change_from_one_level_to_another_is_two_counts() -> None:
    assert _texts("was cut from 4,500 to 2,500 and grew from 300 to 500") == ["4,500", "2,500", "300", "500"]


def test_a_year_between_two_levels_joins_neither() -> None:
    assert _texts("from 9,250 in 1992 to about 2,600 in 1999") == ["9,250", "about 2,600"]


def test_a_round_number_of_troops_may_look_like_a_year() -> None:
    assert _texts("Some 2000 soldiers came. They sent 2000 men in 2000.") == ["Some 2000", "2000"]


def test_battalion_tactical_groups_are_counted_and_battalions_by_number_are_not() -> None:
    assert _texts("10 battalion tactical groups of 35 Brigade") == ["10"]


def test_over_and_up_to_may_belong_to_the_verb() -> None:
    assert _texts("They handed over 20 tanks, which add up to 60, and over 30 guns") == ["20", "60", "over 30"]


def test_a_number_said_twice_is_one_count() -> None:
    assert _texts("twelve (12) tanks") == ["twelve (12)"]


def test_a_count_with_a_range_word_keeps_both_ends() -> None:
    assert _texts("between 5,000 and 6,000 troops, ranging from 10 to 20 posts") == [
        "between 5,000 and 6,000",
        "ranging from 10 to 20",
    ]


_WORDS = """one two hundred thousand million dozens few several half of the a an and or to more than between from up
about couple pair both km May 5th S-400 1 12 2016 3,000 10k 1e9 NaN inf - – , . ' ’ % $ ( ) [ ] + / : ٣ ² ½"""
_ALPHABET = st.one_of(
    st.sampled_from([*_WORDS.split(), "\u00a0", "\n"]), st.text(alphabet=st.characters(codec=None), max_size=3)
)


@given(st.lists(_ALPHABET, max_size=40), st.sampled_from(["", " ", " ", "-"]))
def test_any_text_gives_ordered_mentions_that_quote_it(parts: list[str], joint: str) -> None:
    text = joint.join(parts)
    mentions = find_quantities(text)
    assert all(mention.span.of(text) == mention.value.text for mention in mentions)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(mentions))
    quantity = parse_quantity(text)
    assert quantity is None or quantity.text == text.strip()


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_ends_of_a_range_in_full_digits_are_its_bounds(a: int, b: int) -> None:
    low, high = min(a, b) + 10**9, max(a, b) + 10**9 + 1
    assert _parsed(f"between {low:,} and {high:,}") == (low, high, "range")


@pytest.mark.parametrize(
    "unit", ["7", "-", "a hundred thousand and ", ",", "1,", "1-", "of ", "٣", "than the 5 ", "two-"]
)
def test_long_monotonous_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (20_000 // len(unit)) + " and 12 tanks"
    assert find_quantities(text)[-1].value.high == 12


def _gold(name: str) -> list[dict[str, Any]]:
    file = GOLD / f"{name}.jsonl"
    if not file.exists():
        pytest.skip(f"the annotated passages are not here: {file}")
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def test_98_percent_of_the_annotated_quantities_have_the_annotated_bounds_and_hedge() -> None:
    claims = [claim for name in ("train", "written") for row in _gold(name) for claim in row["claims"]]
    stated = [claim["quantity"] for claim in claims if claim["quantity"]]
    right = sum(_parsed(q["text"]) == (q["low"], q["high"], q["hedge"]) for q in stated)
    assert right / len(stated) >= 0.98


def test_96_percent_of_the_annotated_quantities_are_found_in_their_passages() -> None:
    found = stated = 0
    for row in [*_gold("train"), *_gold("written")]:
        mentions = find_quantities(row["text"])
        for claim in row["claims"]:
            gold, quote = claim["quantity"], row["text"].find(claim["quote"])
            if not gold:
                continue
            stated += 1
            end = quote + len(claim["quote"])
            starts = [at for at in range(quote, end) if row["text"].startswith(gold["text"], at)]
            found += any(
                mention.span.start < at + len(gold["text"]) and at < mention.span.end
                for at in starts
                for mention in mentions
                if (mention.value.low, mention.value.high) == (gold["low"], gold["high"])
            )
    assert found / stated >= 0.96
