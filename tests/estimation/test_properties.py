"""What must hold of every row."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.estimation.answers import answered
from garrison.estimation.grid import STEP
from garrison.estimation.statements import Said, Sort, columns

NOW = 737_000
HEDGES = (Sort.EXACT, Sort.ABOUT, Sort.AT_LEAST, Sort.AT_MOST, Sort.RANGE, Sort.VAGUE)


@st.composite
def statements(draw) -> Said:
    sort = draw(st.sampled_from(list(Sort)))
    low = draw(st.integers(1, 50_000))
    high = draw(st.integers(low, 3 * low)) if sort in (Sort.RANGE, Sort.VAGUE) else low
    bounds = {"low": low, "high": high}
    if sort in (Sort.AT_LEAST, Sort.FLOOR):
        bounds["high"] = None
    elif sort is Sort.AT_MOST:
        bounds["low"] = None
    elif sort in (Sort.PRESENT, Sort.ABSENT, Sort.ARRIVAL, Sort.DEPARTURE):
        bounds = {}
    day = NOW - draw(st.integers(0, 1500))
    voice = draw(st.integers(0, 4))
    return Said(day=day, sort=sort, voice=voice, house=0 if voice < 2 else -1, **bounds)


def levels(said, on: int = NOW):
    found = answered(columns(said), np.zeros(1, dtype=np.int64), np.array([on], dtype=np.int64)).levels
    return np.log1p([found.low[0], found.median[0], found.high[0]])


rows = st.lists(statements(), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(said, chance):
    mixed = list(said)
    chance.shuffle(mixed)
    assert np.allclose(levels(said), levels(mixed), atol=0.02)


@settings(max_examples=60, deadline=None)
@given(rows, st.integers(0, 7))
def test_copies_do_not_matter(said, which):
    copied = [*said, said[which % len(said)], said[which % len(said)]]
    assert np.allclose(levels(said), levels(copied), atol=0.02)


def cells(u: float) -> float:
    """Where a level, as log(1 + x), lies on the grid: nothing is one cell below one."""
    return 0.0 if u < np.log1p(0.5) else 1.0 + (u - np.log(2.0)) / STEP


@settings(max_examples=80, deadline=None)
@given(rows, st.floats(1 / 3, 2 / 3))
def test_a_claim_in_the_middle_third_of_the_interval_widens_it_by_at_most_one_cell(said, share):
    low, _, high = levels(said)
    number = round(float(np.expm1(low + share * (high - low))))
    if number < 1:
        return
    more = Said(day=NOW, sort=Sort.EXACT, low=number, high=number, voice=99)
    new_low, _, new_high = levels([*said, more])
    # Ends are rounded outwards to whole numbers, which near one is more than a cell.
    rounding = cells(np.log1p(np.expm1(new_high) + 1)) - cells(new_high)
    rounding += cells(new_low) - cells(np.log1p(max(np.expm1(new_low) - 1, 0)))
    assert cells(new_high) - cells(new_low) <= cells(high) - cells(low) + 1 + rounding


@settings(max_examples=40, deadline=None)
@given(rows, st.integers(1, 1500))
def test_what_is_left_out_for_being_known_later_changes_nothing_known_before(said, before):
    known = NOW - before
    early = columns(said).where(columns(said).known <= known)
    if not len(early):
        return
    late = columns([*said, Said(day=NOW, sort=Sort.EXACT, low=9, high=9, voice=50)])
    asked = np.zeros(1, dtype=np.int64), np.array([known])
    one, other = answered(early, *asked).levels, answered(late.where(late.known <= known), *asked).levels
    assert (one.low[0], one.high[0]) == (other.low[0], other.high[0])
