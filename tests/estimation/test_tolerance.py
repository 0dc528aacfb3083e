"""The room that words leave, and who excludes whom."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.estimation.answers import answered
from garrison.estimation.disputes import disputes
from garrison.estimation.statements import BY_HEDGE, Said, Sort, columns
from garrison.estimation.tolerance import held, rooms, tolerated
from garrison.vocabulary import Hedge, Quantity

DAY = 737_000


def said(low, high=None, sort=Sort.EXACT, day=DAY, voice=0, house=-1):
    high = low if high is None and sort in (Sort.EXACT, Sort.ABOUT) else high
    return Said(day=day, sort=sort, low=low, high=high, voice=voice, house=house)


@given(st.integers(1, 2_000_000), st.integers(0, 4000), st.sampled_from(list(Hedge)))
def test_columns_leave_the_same_room_as_a_quantity(low, more, hedge):
    high = low if hedge in (Hedge.EXACT, Hedge.ABOUT) else low + more
    quantity = Quantity("", None if hedge is Hedge.AT_MOST else low, None if hedge is Hedge.AT_LEAST else high, hedge)
    least, most = rooms(columns([Said(day=1, sort=BY_HEDGE[hedge], low=quantity.low, high=quantity.high)]))
    assert (least[0], most[0]) == pytest.approx((max(tolerated(quantity)[0], 1.0), tolerated(quantity)[1]))


def test_an_absence_leaves_nothing_and_a_presence_anything_from_one():
    least, most = rooms(columns([Said(day=1, sort=Sort.ABSENT), Said(day=1, sort=Sort.PRESENT)]))
    assert (least.tolist(), most.tolist()) == ([0, 1], [0, np.inf])


def test_what_holds_as_said_and_what_does_not_add_up_around_the_estimate():
    both = columns([said(7000, sort=Sort.ABOUT), said(None, 5000, Sort.AT_MOST, voice=1)])
    upper, lower = held(both, ["personnel"])
    assert 0.05 < upper < 0.5
    assert 0.2 < lower < 0.8
    (alone,) = held(columns([said(7000, sort=Sort.ABOUT)]), ["personnel"])
    assert alone > upper


def test_an_absence_holds_as_far_as_nothing_is_there():
    heard = columns([Said(day=DAY, sort=Sort.ABSENT), said(500, day=DAY - 700, voice=1)])
    absent, _ = held(heard, ["personnel"])
    levels = answered(heard, np.array([0]), np.array([DAY])).levels
    assert absent == pytest.approx(1 - levels.presence[0], abs=1e-6)


def test_a_bound_is_no_surer_than_a_number():
    lone = np.array([0]), np.array([DAY])
    about = [said(7000, sort=Sort.ABOUT), said(7000, sort=Sort.ABOUT, voice=1, day=DAY - 2)]
    bounded = answered(columns([*about, said(None, 5000, Sort.AT_MOST, voice=2)]), *lone).levels
    numbered = answered(columns([*about, said(5000, sort=Sort.EXACT, voice=2)]), *lone).levels
    # "No more than 5,000" pulls lower than "5,000" does, and yet leaves room for the others.
    assert bounded.median[0] < numbered.median[0]
    assert bounded.high[0] > 7000
    assert bounded.low[0] < 5000


def test_a_figure_above_another_voices_bound_is_a_dispute():
    (found,) = disputes(columns([said(7000, sort=Sort.ABOUT), said(None, 5000, Sort.AT_MOST, voice=1)]))
    assert {found.one, found.other} == {0, 1}
    assert not disputes(columns([said(5200, sort=Sort.ABOUT), said(None, 5000, Sort.AT_MOST, voice=1)]))


def test_a_reported_move_explains_a_change_in_its_direction():
    figures = [said(7000), said(2000, day=DAY + 60, voice=1)]
    left = Said(day=DAY + 30, sort=Sort.DEPARTURE, voice=2)
    came = Said(day=DAY + 30, sort=Sort.ARRIVAL, voice=2)
    assert disputes(columns(figures))
    assert not disputes(columns([*figures, left]))
    assert disputes(columns([*figures, came]))


def test_an_absence_and_a_number_exclude_each_other():
    assert disputes(columns([said(500), Said(day=DAY + 20, sort=Sort.ABSENT, voice=1)]))
    gone = Said(day=DAY + 10, sort=Sort.DEPARTURE, voice=2)
    assert not disputes(columns([said(500), Said(day=DAY + 20, sort=Sort.ABSENT, voice=1), gone]))


def test_of_many_voices_the_pair_furthest_apart_is_named():
    many = [said(1000 + at, voice=at) for at in range(40)] + [said(9000, voice=50), said(4000, voice=51)]
    (found,) = disputes(columns(many))
    assert 40 in (found.one, found.other)
