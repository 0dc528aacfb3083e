"""What must hold of every row."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.estimation import timeline
from garrison.estimation.answers import answered, quantiles
from garrison.estimation.grid import STEP, grid
from garrison.estimation.statements import Said, Sort, columns
from garrison.estimation.timeline import posteriors

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


def posterior(said, on: int = NOW):
    """The probability of each cell on that day."""
    asked = np.zeros(1, dtype=np.int64), np.array([on], dtype=np.int64)
    (block,) = posteriors(columns(said), asked)
    return block.posterior[block.day == on]


def ends(found, *shares):
    """The levels below which so much of a posterior lies, as log(1 + x) and not rounded to whole numbers."""
    return np.log1p(quantiles(found, shares)[0])


def below(found, u: float) -> float:
    """The probability of levels below ``u``, as log(1 + x); nothing there is a level of its own."""
    running = np.cumsum(found[0]) / found[0].sum()
    at = np.clip((u - grid().u[0]) / STEP + 0.5, 0, grid().size - 2)
    return float(np.interp(at, np.arange(grid().size), running))


def and_now(said, level: float):
    """What is said, and a voice more that gives this number today; ``None`` where it is nothing."""
    number = round(float(np.expm1(level)))
    return [*said, Said(day=NOW, sort=Sort.EXACT, low=number, high=number, voice=99)] if number else None


@settings(max_examples=80, deadline=None)
@given(rows, st.floats(1 / 3, 2 / 3))
def test_a_claim_in_the_middle_third_of_what_is_probable_widens_the_interval_by_at_most_one_cell(said, share):
    found = posterior(said)
    low, middle, high = ends(found, 0.05, 0.05 + 0.9 * share, 0.95)
    more = and_now(said, middle)
    if more is None:
        return
    new_low, new_high = ends(posterior(more), 0.05, 0.95)
    assert new_high - new_low <= high - low + STEP


@settings(max_examples=80, deadline=None)
@given(rows, st.floats(1 / 3, 2 / 3))
def test_with_a_claim_in_its_middle_third_an_interval_one_cell_wider_still_holds_90_percent(said, share):
    low, high = ends(posterior(said), 0.05, 0.95)
    more = and_now(said, low + share * (high - low))
    if more is None:
        return
    # Where the ends have a gulf between them, in which next to nothing is probable, they move far by next to nothing.
    after = posterior(more)
    under = below(after, low - STEP / 2) if low > 0 else 0.0
    assert below(after, high + STEP / 2) - under >= 0.895


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


@settings(max_examples=20, deadline=None)
@given(st.lists(rows, min_size=3, max_size=6))
def test_a_row_is_the_same_whatever_rows_are_worked_through_beside_it(several):
    made = columns([replace(each, row=row) for row, said in enumerate(several) for each in said])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(timeline, "STEPS", 8)
        apart = {(row, day): each for block in posteriors(made) for row, day, each in keyed(block)}
    together = {(row, day): each for block in posteriors(made) for row, day, each in keyed(block)}
    assert apart.keys() == together.keys()
    assert all(np.allclose(each, together[key], atol=1e-5) for key, each in apart.items())


def keyed(block):
    return zip(block.row.tolist(), block.day.tolist(), block.posterior, strict=True)
