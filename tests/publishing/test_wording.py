"""Figures and dates in words."""

import pytest

from garrison.publishing.wording import (
    bounds_words,
    date_words,
    move_words,
    printable,
    quantity_words,
    sources_words,
    stated_words,
)
from garrison.vocabulary import Asset, Hedge, Kind, Measure, Place, Quantity, Role


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity("7,000", 7000, 7000, Hedge.EXACT), "7,000"),
        (Quantity("some 7,000", 7000, 7000, Hedge.ABOUT), "about 7,000"),
        (Quantity("up to 6,000", None, 6000, Hedge.AT_MOST), "up to 6,000"),
        (Quantity("fewer than 50", None, 50, Hedge.AT_MOST), "fewer than 50"),
        (Quantity("more than a hundred", 100, None, Hedge.AT_LEAST), "more than 100"),
        (Quantity("at least 100", 100, None, Hedge.AT_LEAST), "at least 100"),
        (Quantity("between 5,000 and 7,000", 5000, 7000, Hedge.RANGE), "5,000–7,000"),
        (Quantity("dozens", 24, 99, Hedge.VAGUE), "24–99 (dozens)"),
    ],
)
def test_a_quantity_reads_as_it_was_hedged(quantity, words):
    assert quantity_words(quantity) == words


def test_open_bounds_say_that_no_size_is_stated():
    assert bounds_words(None, None) == "present, size not stated"
    assert bounds_words(100, None) == "at least 100"
    assert bounds_words(None, 6000) == "up to 6,000"


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2021-07-15", "15 July 2021"),
        ("2021-07", "July 2021"),
        ("2021", "2021"),
        ("2021-07-15T10:00:00+00:00", "15 July 2021"),
        (None, ""),
        ("2021-99", "2021-99"),
    ],
)
def test_a_partial_date_is_said_no_finer_than_it_is(date, words):
    assert date_words(date) == words


def test_a_row_states_each_wording_of_its_voices(row, cited):
    newer = cited(quantity=Quantity("up to 6,000", None, 6000, Hedge.AT_MOST))
    assert stated_words(row(stated=(newer, cited()))) == "up to 6,000; about 7,000"


def test_a_row_of_many_wordings_states_the_span_of_their_bounds(row, cited):
    said = tuple(cited(quantity=Quantity(str(n), n, n, Hedge.EXACT)) for n in (5000, 5500, 6000, 7000))
    assert stated_words(row(stated=said, low=5000, high=7000)) == "5,000–7,000"


def test_a_move_names_size_force_and_both_places(cited):
    move = cited(
        kind=Kind.DEPLOY,
        measure=Measure.CHANGE,
        quantity=Quantity("up to 6,000", None, 6000, Hedge.AT_MOST),
        origin=Place("Russia", "RUS"),
    )
    assert move_words(move) == "up to 6,000 personnel to Tajikistan from Russia"


def test_a_cut_to_a_level_says_what_is_left(cited):
    cut = cited(kind=Kind.WITHDRAW, quantity=Quantity("2,500", 2500, 2500, Hedge.EXACT))
    assert move_words(cut) == "personnel, leaving 2,500 in Tajikistan"


def test_a_private_person_is_described_unless_asked_for(cited):
    said = cited(sources=("A. Resident", "Interfax"), roles=(Role.PRIVATE_PERSON, Role.MEDIA))
    assert sources_words(said) == ("a private person", "Interfax")
    assert sources_words(said, private=True) == ("A. Resident", "Interfax")


def test_text_from_a_page_cannot_steer_the_terminal():
    assert printable("a\x1b[2Jb\nc\u202ed") == "a\N{REPLACEMENT CHARACTER}[2Jb c\N{REPLACEMENT CHARACTER}d"


def test_one_of_a_kind_is_said_in_the_singular(cited):
    base = cited(asset=Asset.BASE, quantity=Quantity("a base", 1, 1, Hedge.EXACT))
    assert move_words(base) == "1 base in Tajikistan"
