"""Words as columns."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from garrison.estimation.voices import Spoken, Voice
from garrison.ledger.columns import Family
from garrison.pipeline.roll import rolled
from garrison.pipeline.words import Word


@st.composite
def words(draw):
    outlet = draw(st.sampled_from(["Herald", "Courier", "Gazette"]))
    figure = draw(st.sampled_from(["100", "200", "500 or more"]))
    document = draw(st.sampled_from(["one", "two", "three"]))
    official = draw(st.sampled_from([None, "the minister"]))
    spoken = Spoken("claim", document, "2026-01-01", 1, figure, Voice(outlet, outlet), official, 0)
    row = draw(st.sampled_from([None, "RUS/personnel/TJK", "RUS/personnel/TJK/Dushanbe"]))
    series = draw(st.sampled_from([None, "The Yearbook"]))
    family = Family("RUS", "personnel", draw(st.sampled_from(["TJK", "KGZ"])))
    standing, said = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    return Word(standing, 1, family, row, series, said, draw(st.booleans()), outlet, draw(st.booleans()), spoken, ())


@given(st.lists(words()))
def test_copies_are_looked_for_among_words_whose_figure_another_outlet_gives(said):
    outlets = {
        each.spoken.figure: {one.outlet for one in said if one.spoken.figure == each.spoken.figure} for each in said
    }
    found = [at for at, each in enumerate(said) if len(outlets[each.spoken.figure]) > 1]
    assert rolled(said).several().tolist() == found


@given(st.lists(words()), st.lists(words()), st.integers(0, 5))
def test_a_roll_with_more_words_is_the_roll_of_all(said, more, many):
    grown, whole = rolled(said).with_more(many, more), rolled([*said[:many], *more])
    assert len(grown) == len(said[:many]) + len(more)
    for column in fields(whole):
        assert getattr(grown, column.name).tolist() == getattr(whole, column.name).tolist()


@given(st.lists(words()))
def test_a_roll_tells_rows_series_and_officials_apart(said):
    roll = rolled(said)
    assert roll.filed.tolist() == [each.row is not None for each in said]
    assert roll.serial.tolist() == [each.series is not None for each in said]
    assert roll.ascribed.tolist() == [each.spoken.official is not None for each in said]
    rows = [each.row for each in said]
    assert [[one == other for one in roll.row] for other in roll.row] == [
        [one == other for one in rows] for other in rows
    ]
