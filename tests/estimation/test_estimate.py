"""The estimate of one row, as an analyst would expect it."""

from datetime import date

import numpy as np
import pytest

from garrison.estimation.answers import answered, answered_by_class
from garrison.estimation.statements import Said, Sort, columns


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def exact(number: int, when: str, voice: int = 0, **more) -> Said:
    return Said(day=day(when), sort=Sort.EXACT, low=number, high=number, voice=voice, **more)


def about(number: int, when: str, voice: int = 0) -> Said:
    return Said(day=day(when), sort=Sort.ABOUT, low=number, high=number, voice=voice)


def estimate(*said: Said, on: str = "2021-07-15"):
    levels = answered(columns(said), np.zeros(1, dtype=np.int64), np.array([day(on)])).levels
    return float(levels.low[0]), float(levels.median[0]), float(levels.high[0]), float(levels.presence[0])


def width(*said: Said, on: str = "2021-07-15") -> float:
    low, _, high, _ = estimate(*said, on=on)
    return float(np.log1p(high) - np.log1p(low))


def test_the_interval_holds_a_number_just_stated_and_the_median_lies_near_it():
    low, median, high, presence = estimate(exact(6840, "2021-07-10"))
    assert low < 6840 < high
    assert median == pytest.approx(6840, rel=0.1)
    assert presence > 0.97


@pytest.mark.parametrize(("number", "asset"), [(600_000, "personnel"), (3, "personnel"), (3_500, "tank")])
def test_a_number_that_nobody_contests_is_not_taken_for_false_because_it_is_unusual(number, asset):
    said = columns([exact(number, "2021-07-10")])
    answer = answered_by_class(said, np.zeros(1, dtype=np.int64), np.array([day("2021-08-10")]), [asset])
    assert answer.right[0] > 0.6
    assert answer.levels.median[0] == pytest.approx(number, rel=0.35)


def test_an_old_figure_is_less_sure_than_a_new_one():
    figure = exact(6840, "2021-07-10")
    assert width(figure, on="2021-07-15") < width(figure, on="2022-07-15") < width(figure, on="2026-07-15")


def test_a_round_number_is_less_sure_than_one_that_was_counted():
    assert width(exact(6841, "2021-07-10")) < width(exact(7000, "2021-07-10"))


def test_several_voices_make_surer_than_one():
    one = about(6840, "2021-07-10")
    assert width(one, about(6700, "2021-07-01", 1), about(7010, "2021-07-02", 2)) < width(one)


def test_nobody_says_more_than_a_hundred_of_five_thousand():
    _, median, high, _ = estimate(Said(day=day("2021-07-10"), sort=Sort.AT_LEAST, low=100))
    assert 100 < median < 200
    assert high < 5000


def test_up_to_six_thousand_is_below_six_thousand_but_not_far():
    low, median, _, _ = estimate(Said(day=day("2021-07-10"), sort=Sort.AT_MOST, high=6000))
    assert 3000 < median < 6200
    assert low > 50


def test_a_range_and_a_vague_word_are_taken_between_their_ends():
    for sort, low, high in ((Sort.RANGE, 5000, 6000), (Sort.VAGUE, 2000, 9999)):
        _, median, _, _ = estimate(Said(day=day("2021-07-10"), sort=sort, low=low, high=high))
        assert low < median < high


def test_a_presence_without_a_number_says_that_something_is_there_and_not_how_much():
    low, _, high, presence = estimate(Said(day=day("2021-07-10"), sort=Sort.PRESENT))
    assert presence > 0.9
    assert high > 1000 * max(low, 1)


def test_a_denied_presence_makes_zero_likely_where_nobody_says_otherwise():
    *_, presence = estimate(exact(300, "2019-01-01"), Said(day=day("2021-07-10"), sort=Sort.ABSENT, voice=1))
    assert presence < 0.5


def test_what_is_still_said_a_month_after_the_last_have_left_does_not_bring_them_back_and_after_a_year_it_does():
    left = [
        exact(300, "2020-01-01"),
        Said(day=day("2020-05-28"), sort=Sort.DEPARTURE, voice=3, give=7),
        Said(day=day("2020-06-01"), sort=Sort.ABSENT, voice=1),
    ]
    gone, soon, later = (
        estimate(*left, *(Said(day=day(when), sort=Sort.PRESENT, voice=2) for when in heard), on="2021-07-15")[3]
        for heard in ([], ["2020-07-01"], ["2021-07-01"])
    )
    assert gone <= soon < 0.15
    assert later > 3 * soon


def test_departures_without_a_number_lower_the_estimate_and_raise_the_chance_of_nothing():
    before = estimate(exact(7000, "2021-05-01"))
    after = estimate(exact(7000, "2021-05-01"), Said(day=day("2021-06-01"), sort=Sort.DEPARTURE, voice=1, give=7))
    assert after[1] < before[1]
    assert after[3] < before[3]


def test_a_stated_rise_is_added_once_though_many_report_it():
    rises = [Said(day=day("2021-06-01") + n, sort=Sort.RISE, low=3000, high=3000, voice=n, give=7) for n in range(5)]
    once, often = estimate(exact(6840, "2021-05-01"), rises[0]), estimate(exact(6840, "2021-05-01"), *rises)
    assert once[1] == pytest.approx(9840, rel=0.12)
    assert often[1] == pytest.approx(once[1], rel=0.05)


def test_the_honest_minority_keeps_the_truth_inside_against_five_state_outlets():
    lies = [exact(40_000, "2021-07-01", voice, house=9) for voice in range(5)]
    low, _, high, _ = estimate(*lies, about(6840, "2021-07-01", 10), about(7100, "2021-07-03", 11))
    assert low < 7000 < high


def test_one_exaggeration_among_many_is_outlying():
    said = [about(number, "2021-07-01", voice) for voice, number in enumerate((6840, 7100, 6900, 7000, 95_000))]
    right = answered(columns(said), np.zeros(1, dtype=np.int64), np.array([day("2021-07-15")])).right
    assert right[4] < 0.05
    assert min(right[:4]) > 0.5


def test_a_later_day_is_answered_from_what_was_known_and_an_earlier_one_from_both_sides():
    said = [exact(4000, "2020-01-01"), exact(8000, "2022-01-01", 1)]
    _, median, _, _ = estimate(*said, on="2021-01-01")
    assert 3500 < median < 8500


@pytest.mark.parametrize(
    "said",
    [
        [exact(7000, "2021-07-10")],
        [Said(day=day("2021-07-10"), sort=Sort.AT_MOST, high=0)],
        [
            Said(day=day("2021-07-10"), sort=Sort.AT_MOST, high=10),
            Said(day=day("2021-07-10"), sort=Sort.AT_LEAST, low=500),
        ],
        [exact(number, "2021-07-10", voice) for voice, number in enumerate((3, 70, 1_000, 2_000_000, 90))],
        [exact(0, "2021-07-10"), exact(4_999_999, "2021-07-10", 1)],
        [exact(90_000_000, "2021-07-10")],
        [Said(day=1, sort=Sort.PRESENT), exact(12, "2021-07-10", 1)],
        [Said(day=day("2021-07-10"), sort=Sort.FALL, low=100, high=100, give=7)],
        [Said(day=day("2021-07-10"), sort=Sort.RISE, low=None, high=400, give=400)],
        [Said(day=day("2021-07-10"), sort=Sort.FLOOR, low=40)],
    ],
)
def test_odd_input_gives_a_sensible_row(said):
    low, median, high, presence = estimate(*said)
    assert 0 <= low <= median <= high
    assert 0 <= presence <= 1


def test_a_row_of_which_nothing_is_known_is_answered_by_the_prior_alone():
    low, _, high, presence = estimate()
    assert low == 0
    assert high > 1000
    assert 0.5 < presence < 1
