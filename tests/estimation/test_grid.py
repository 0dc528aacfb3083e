import numpy as np

from garrison.estimation.drift import YEAR, drift, floored
from garrison.estimation.grid import STEP, folded, grid
from garrison.estimation.parameters import DEFAULT
from garrison.estimation.roundness import rounding_unit
from garrison.estimation.statements import Sort
from garrison.estimation.transitions import transition


def mass_at(level: float) -> np.ndarray:
    masses = np.zeros((1, grid().states), dtype=np.float32)
    masses[0, int(np.abs(np.log1p(grid().x) - np.log1p(level)).argmin())] = 1
    return masses


def mean_level(masses: np.ndarray) -> float:
    return float((folded(masses)[0] @ grid().x) / masses[0].sum())


def test_the_grid_has_an_atom_at_zero_and_cells_of_eight_per_cent_from_one_to_five_million():
    levels = grid().x
    assert levels[0] == 0
    assert np.isclose(levels[1], 1)
    assert levels[-1] >= 5_000_000
    assert np.allclose(np.diff(np.log1p(levels[1:])), STEP)


def test_drift_keeps_all_probability_and_its_adjoint_is_its_transpose():
    chance = np.random.default_rng(1)
    before = chance.random((1, grid().states), dtype=np.float32)
    before /= before.sum()
    likely = chance.random((1, grid().states), dtype=np.float32)
    years = np.array([1.7], dtype=np.float32)
    passing = drift(DEFAULT)
    after = passing.forward(before, passing.terms(years))
    assert np.isclose(after.sum(), 1, atol=1e-5)
    assert np.isclose(
        (after * likely).sum(), (before * passing.backward(likely, passing.terms(years))).sum(), rtol=1e-4
    )


def test_drift_over_two_gaps_is_the_drift_over_both():
    passing = drift(DEFAULT)
    half, whole = passing.terms(np.float32([0.5])), passing.terms(np.float32([1.0]))
    twice = passing.forward(passing.forward(mass_at(900), half), half)
    # What left and came back within the longer gap is counted as having stayed.
    assert np.abs(twice - passing.forward(mass_at(900), whole)).sum() < 0.01


def test_a_short_gap_by_its_matrix_is_the_drift_over_it():
    passing, gap = drift(DEFAULT), np.float32([9 / YEAR])
    matrix = passing.crossing(9)
    for level in (0, 1, 900, 5_000_000):
        before = mass_at(level)
        assert np.abs(floored(before @ matrix) - passing.forward(before, passing.terms(gap))).sum() < 1e-6
        assert np.abs(floored(before @ matrix.T) - passing.backward(before, passing.terms(gap))).max() < 1e-6


def test_a_gap_that_is_long_or_of_a_part_of_a_day_has_no_matrix_of_its_own():
    assert [drift(DEFAULT).crossing(days) is None for days in (0, 1, 31, 32, 7.5)] == [True, False, False, True, True]


def test_the_older_a_level_the_less_is_sure():
    passing = drift(DEFAULT)
    gaps = [passing.terms(np.float32([years])) for years in (0.1, 1, 10)]
    peaks = [passing.forward(mass_at(7000), terms)[:, 1:-1].max() for terms in gaps]
    assert peaks == sorted(peaks, reverse=True)


def test_seven_thousand_was_rounded_and_what_can_be_counted_was_not():
    assert rounding_unit(np.array([7000.0, 5000.0, 6840.0, 6841.0, 12.0, 2.0])).tolist() == [1000, 5000, 10, 1, 0, 0]


def test_a_stated_rise_moves_a_level_by_its_number_though_no_cell_lies_there():
    moved = transition(Sort.RISE, 500, 500, 0.0, DEFAULT).forward(mass_at(7000))
    assert np.isclose(moved.sum(), 1)
    assert np.isclose(mean_level(moved), mean_level(mass_at(7000)) + 500, rtol=0.002)


def test_a_fall_by_all_that_is_there_leaves_nothing():
    level = mean_level(mass_at(500))
    moved = transition(Sort.FALL, level, level, 0.0, DEFAULT).forward(mass_at(500))
    assert np.isclose(folded(moved)[0, 0], 1)


def test_what_has_left_has_lately_left_until_the_news_is_old():
    passing = drift(DEFAULT)
    left = transition(Sort.DEPARTURE, np.nan, np.nan, 0.0, DEFAULT).forward(mass_at(1))
    lately = [
        float(passing.forward(left, passing.terms(np.float32([days / YEAR])))[0, -1]) for days in (0, 20, 90, 400)
    ]
    assert lately == sorted(lately, reverse=True)
    assert lately[0] > 0.3
    assert lately[-1] < 0.01


def test_a_departure_reported_of_what_has_lately_left_is_no_surprise_and_of_what_never_was_it_is():
    departure = transition(Sort.DEPARTURE, np.nan, np.nan, 0.1, DEFAULT)
    lately = np.zeros((1, grid().states), dtype=np.float32)
    lately[0, -1] = 1
    assert np.isclose(departure.forward(lately).sum(), 1)
    assert departure.forward(mass_at(0)).sum() < 0.2


def test_a_fall_by_far_more_than_is_there_speaks_against_the_level():
    assert (transition(Sort.FALL, 5000, 5000, 0.0, DEFAULT).forward(mass_at(100))).sum() < 0.5


def test_an_arrival_means_at_least_one_afterwards():
    moved = transition(Sort.ARRIVAL, np.nan, np.nan, 0.0, DEFAULT).forward(mass_at(0))
    assert folded(moved)[0, 0] == 0
    assert np.isclose(moved.sum(), 1)


def test_a_departure_lowers_a_level_or_leaves_nothing_and_never_raises_it():
    before = mass_at(1000)
    moved = transition(Sort.DEPARTURE, np.nan, np.nan, 0.0, DEFAULT).forward(before)
    at = int(before.argmax())
    assert folded(moved)[0, 0] > 0.1
    assert folded(moved)[0, at + 1 :].sum() < 1e-6
    assert mean_level(moved) < mean_level(before)
