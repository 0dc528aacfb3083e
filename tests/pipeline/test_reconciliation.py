from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.pipeline.reconciliation import disputed, exclude_each_other, span, tolerated
from garrison.vocabulary import Hedge, Quantity


def q(text, low, high, hedge=Hedge.EXACT):
    return Quantity(text, low, high, hedge)


@pytest.mark.parametrize(
    ("quantity", "room"),
    [
        (q("7,000", 7000, 7000), (6500, 7500)),
        (q("12", 12, 12), (12, 12)),
        (q("50", 50, 50), (45, 55)),
        (q("441", 441, 441), (418.95, 463.05)),
        (q("about 650", 650, 650, Hedge.ABOUT), (585, 715)),
        (q("up to 6,000", None, 6000, Hedge.AT_MOST), (0, 6000)),
        (q("more than 100", 100, None, Hedge.AT_LEAST), (100, math.inf)),
    ],
)
def test_a_number_leaves_room_by_its_rounding_and_its_hedge(quantity, room):
    assert tolerated(quantity) == pytest.approx(room)


@pytest.mark.parametrize(
    ("one", "other", "excluded"),
    [
        (q("7,000", 7000, 7000), q("about 6,500", 6500, 6500, Hedge.ABOUT), False),
        (q("7,000", 7000, 7000), q("5,000", 5000, 5000), True),
        (q("up to 6,000", None, 6000, Hedge.AT_MOST), q("7,000", 7000, 7000), True),
        (q("more than 100", 100, None, Hedge.AT_LEAST), q("5,000", 5000, 5000), False),
        (q("two", 2, 2), q("three", 3, 3), True),
        (q("dozens", 24, 99, Hedge.VAGUE), q("100", 100, 100), False),
    ],
)
def test_two_numbers_exclude_each_other_when_no_number_has_room_in_both(one, other, excluded):
    assert exclude_each_other(one, other) is exclude_each_other(other, one) is excluded
    assert disputed([(1, one), (2, other)]) is excluded


quantities = st.one_of(
    st.builds(lambda n: q(str(n), n, n), st.integers(0, 10**6)),
    st.builds(lambda n: q(str(n), n, n, Hedge.ABOUT), st.integers(0, 10**6)),
    st.builds(lambda n: q(str(n), n, None, Hedge.AT_LEAST), st.integers(0, 10**6)),
    st.builds(lambda n: q(str(n), None, n, Hedge.AT_MOST), st.integers(0, 10**6)),
)


@given(st.lists(st.tuples(st.integers(1, 100), quantities), max_size=6))
def test_a_row_is_disputed_just_when_two_of_its_voices_exclude_each_other(stated):
    pairs = [(one, other) for _, one in stated for _, other in stated]
    assert disputed(stated) is any(exclude_each_other(one, other) for one, other in pairs)


@given(quantities)
def test_every_number_agrees_with_itself(quantity):
    assert not exclude_each_other(quantity, quantity)


def test_a_span_is_open_only_where_every_voice_leaves_it_open():
    at_least, at_most = q("100+", 100, None, Hedge.AT_LEAST), q("<6000", None, 6000, Hedge.AT_MOST)
    assert span([(1, at_least)]) == (100, None)
    assert span([(1, at_most)]) == (None, 6000)
    assert span([(1, at_least), (1, at_most)]) == (100, 6000)
    assert span([(1, at_least), (1, q("7000", 7000, 7000))]) == (100, 7000)
    assert span([]) == (None, None)
