"""Words as columns."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.estimation.statements import Said, Sort
from garrison.estimation.voices import Spoken, Voice
from garrison.ledger.columns import Family, Stand
from garrison.pipeline import roll as rolls
from garrison.pipeline.roll import NONE, packed_roll, rolled, unpacked_rolls
from garrison.pipeline.words import Word


@st.composite
def words(draw):
    outlet = draw(st.sampled_from(["Herald", "Courier", "Gazette"]))
    figure = draw(st.sampled_from(["100", "200", "500 or more"]))
    document = draw(st.sampled_from(["one", "two", "three"]))
    official = draw(st.sampled_from([None, "the minister"]))
    day = draw(st.integers(1, 30))
    spoken = Spoken("claim", document, "2026-01-01", day, figure, Voice(outlet, outlet), official, 0)
    row = draw(st.sampled_from([None, "RUS/personnel/TJK", "RUS/personnel/TJK/Dushanbe"]))
    series = draw(st.sampled_from([None, "The Yearbook"]))
    family = Family("RUS", "personnel", draw(st.sampled_from(["TJK", "KGZ"])))
    standing, said = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    tells = draw(st.lists(st.sampled_from([("RUS/personnel/TJK", Said(3, Sort.EXACT, 80, 80))]), max_size=2))
    stand = Stand(outlet, 1, 1, 1, 1, draw(st.integers(1, 9)))
    bounds = draw(st.sampled_from([None, (80, None, "at_least")]))
    numbered, copied = draw(st.booleans()), draw(st.booleans())
    filing = (standing, 1, family, row, series, said, numbered, outlet, copied)
    return Word(*filing, spoken, tuple(tells), stand, draw(st.booleans()), False, bounds)


def columns(roll):
    every = [(roll, each.name) for each in fields(roll) if each.name != "tells"]
    every += [(roll.tells, each.name) for each in fields(roll.tells)]
    return [[repr(one) for one in getattr(of, name).tolist()] for of, name in every]


@given(st.lists(words()))
def test_copies_are_looked_for_among_words_whose_figure_another_outlet_gives(said):
    outlets = {
        each.spoken.figure: {one.outlet for one in said if one.spoken.figure == each.spoken.figure} for each in said
    }
    found = [at for at, each in enumerate(said) if len(outlets[each.spoken.figure]) > 1]
    assert rolled(said).several().tolist() == found


@given(st.lists(words()), st.lists(words(), max_size=4), st.lists(st.integers(0, 9), unique=True, max_size=4))
def test_a_roll_is_that_of_its_words_however_it_was_come_by(said, more, chosen):
    grown = rolled(said).with_more(rolled(more))
    assert columns(grown) == columns(rolled([*said, *more]))
    chosen = [at for at in chosen if at < len(grown)]
    some = unpacked_rolls([packed_roll(rolled(said)), packed_roll(rolled(more))]).where(
        np.array(chosen, dtype=np.int64)
    )
    assert columns(some) == columns(rolled([[*said, *more][at] for at in chosen]))


@given(st.lists(words()), st.lists(words(), max_size=4))
def test_long_rolls_are_read_one_by_one_to_the_same_words(said, more):
    packed = [packed_roll(rolled(said)), packed_roll(rolled(more))]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rolls, "_LONG", 0)
        assert columns(unpacked_rolls(packed)) == columns(rolled([*said, *more]))
        for cut in (packed[0][:-8], packed[0] + bytes(8)):
            with pytest.raises(ValueError, match=r"roll|buffer"):
                unpacked_rolls([cut])


@given(st.lists(words()))
def test_words_that_an_official_may_have_said_twice_are_found(said):
    def again(one, other):
        same = (one.spoken.official, one.spoken.figure) == (other.spoken.official, other.spoken.figure)
        return one is not other and same and abs(one.spoken.day - other.spoken.day) <= 7

    ascribed = [each for each in said if each.spoken.official]
    found = [at for at, each in enumerate(said) if each.spoken.official and any(again(each, one) for one in ascribed)]
    assert rolled(said).repeated().tolist() == found


@given(st.lists(words()))
def test_words_whose_series_states_their_row_again_are_found(said):
    days = {}
    for each in said:
        if each.row and each.series:
            days.setdefault((each.series, each.row), set()).add(each.said)
    found = [len(days.get((each.series, each.row), ())) > 1 for each in said]
    assert rolled(said).restated().tolist() == found


@given(st.lists(words()))
def test_a_roll_tells_rows_series_and_officials_apart(said):
    roll = rolled(said)
    assert roll.filed.tolist() == [each.row is not None for each in said]
    assert roll.serial.tolist() == [each.series is not None for each in said]
    assert [each != NONE for each in roll.official] == [each.spoken.official is not None for each in said]
    rows = [each.row for each in said]
    assert [[one == other for one in roll.row] for other in roll.row] == [
        [one == other for one in rows] for other in rows
    ]
