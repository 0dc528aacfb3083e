import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.extraction.dates import PartialDate, dated, easter, from_day, from_iso, in_order

DAYS = st.dates()


@pytest.mark.parametrize("text", ["2019", "2019-01", "2019-01-22", "0001-01-01", "9999-12-31", "2020-02-29"])
def test_a_partial_date_is_read_and_written_at_its_own_precision(text):
    assert from_iso(text).iso == text


@pytest.mark.parametrize("text", [None, "", "2019-13", "2021-02-29", "0000", "19", "2019-1-2", "May 2019", "٢٠١٩"])
def test_what_is_no_date_of_the_calendar_reads_as_none(text):
    assert from_iso(text) is None


def test_the_time_of_day_after_a_date_is_left_out():
    assert from_iso("2021-07-14T08:30:00Z") == PartialDate(2021, 7, 14)


def test_a_day_without_its_month_is_refused():
    with pytest.raises(ValueError, match="month"):
        PartialDate(2019, None, 5)


def test_a_partial_date_covers_its_days_from_first_to_last():
    assert PartialDate(2020, 2).first == datetime.date(2020, 2, 1)
    assert PartialDate(2020, 2).last == datetime.date(2020, 2, 29)
    assert PartialDate(2019).last_day.iso == "2019-12-31"


def test_arithmetic_that_leaves_the_calendar_gives_none():
    assert PartialDate(1, 1, 1).plus_days(-1) is None
    assert PartialDate(9999, 12).plus_months(1) is None
    assert PartialDate(2019).plus_days(1) is None
    assert dated(10000) is None


def test_months_are_counted_over_the_turn_of_the_year():
    assert PartialDate(2021, 11).plus_months(3) == PartialDate(2022, 2)
    assert PartialDate(2021, 2).plus_months(-3) == PartialDate(2020, 11)


@pytest.mark.parametrize(
    ("year", "day"),
    [(1999, "1999-04-04"), (2000, "2000-04-23"), (2008, "2008-03-23"), (2024, "2024-03-31"), (2038, "2038-04-25")],
)
def test_easter_falls_where_the_churches_of_the_west_keep_it(year, day):
    assert easter(year).iso == day


@given(st.integers(1, 9999))
def test_easter_is_always_a_sunday_of_spring(year):
    assert easter(year).first.weekday() == 6
    assert datetime.date(year, 3, 22) <= easter(year).first <= datetime.date(year, 4, 25)


@given(DAYS, st.integers(-5_000_000, 5_000_000))
def test_days_added_can_be_taken_away_again(day, days):
    there = from_day(day).plus_days(days)
    assert there is None or there.plus_days(-days) == from_day(day)


@given(DAYS, DAYS)
def test_days_are_in_order_when_the_calendar_says_so(one, other):
    assert in_order(from_day(one), from_day(other)) == (one <= other)
