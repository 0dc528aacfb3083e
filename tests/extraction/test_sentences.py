from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.extraction.sentences import sentences


def split(text):
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left. Nobody stayed! Why? It is late.", ["They left.", "Nobody stayed!", "Why?", "It is late."]),
        ("The U.S. Army left the U.S. The rest stayed.", ["The U.S. Army left the U.S.", "The rest stayed."]),
        ("Maj.-Gen. J. F. Roe and Lt. Col. A.B. Doe met.", ["Maj.-Gen. J. F. Roe and Lt. Col. A.B. Doe met."]),
        ("It is on St. John at 4 p.m. Friday. Rain.", ["It is on St. John at 4 p.m. Friday.", "Rain."]),
        ("About 3.5 million came. No. 2 is next.", ["About 3.5 million came.", "No. 2 is next."]),
        ("On Jan. 5 he said no. Then he left.", ["On Jan. 5 he said no.", "Then he left."]),
        ('"We go." He went. (Not far.) Good.', ['"We go."', "He went.", "(Not far.)", "Good."]),
        ('"Where to?" he asked. "Home…" she said.', ['"Where to?" he asked.', '"Home…" she said.']),
        ("They waited ... and waited. Then went.", ["They waited ... and waited.", "Then went."]),
        ("900 Chad; 1,050 Congo (2024); 12 Mali", ["900 Chad; 1,050 Congo (2024); 12 Mali"]),
        ("It was over.The army left.", ["It was over.", "The army left."]),
        ("Plan B. The end", ["Plan B.", "The end"]),
    ],
)
def test_sentences_end_at_stops_but_not_at_abbreviations(text, expected):
    assert split(text) == expected


def test_an_empty_line_always_ends_a_sentence():
    assert split("TROOPS MOVE\n\nthe army moved") == ["TROOPS MOVE", "the army moved"]


def test_lines_of_a_list_are_sentences_of_their_own():
    assert split("Sent:\n- 20 tanks\n- 4 guns\nAll arrived") == ["Sent:", "- 20 tanks", "- 4 guns", "All arrived"]


def test_lines_of_hard_wrapped_text_run_on():
    text = (
        "The brigade moved to the border with its tanks and\nguns on Monday and the rest of the division followed\n"
        "it there on Tuesday. Nobody knows\nwhy."
    )
    assert len(split(text)) == 2


def test_line_separators_of_press_releases_end_lines():
    assert split("KABUL, Afghanistan\u2028A force left.") == ["KABUL, Afghanistan", "A force left."]


@given(st.text(alphabet=st.sampled_from("aB1 .!?…\"'”)(\n\u2028;:-,U.S"), max_size=200) | st.text(max_size=200))
def test_sentences_are_in_order_and_cover_everything_but_white_space(text):
    spans = sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())
    assert all(span.of(text) == span.of(text).strip() and len(span) for span in spans)


@pytest.mark.parametrize("unit", [".", '."', "a.", "U.S. ", "\n", " \n", '"', "A", "- ", ". . "])
def test_a_long_run_of_anything_is_survived(unit):
    text = unit * (200_000 // len(unit))
    assert "".join(span.of(text) for span in sentences(text)).replace(" ", "").replace("\n", "") == text.replace(
        " ", ""
    ).replace("\n", "")
