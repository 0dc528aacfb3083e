"""Records of outlets on a ledger, and the second interval that they give."""

import pytest

from garrison.ledger.days import first_day
from garrison.pipeline.estimated import with_estimates
from garrison.pipeline.picture import posture
from garrison.pipeline.records import month_end_before, outlet_records, with_second_intervals
from garrison.vocabulary import Place

PLACES = (("Tajikistan", "TJK"), ("Armenia", "ARM"), ("Belarus", "BLR"), ("Moldova", "MDA"), ("Georgia", "GEO"))


@pytest.fixture
def told(ledger, claim, reading):
    """Two outlets that agree and one that says five times as much, month by month in five countries."""
    with ledger.recording():
        for month in range(1, 8):
            for size, place in enumerate(PLACES, 3):
                for day, (outlet, factor) in enumerate((("Herald", 1.0), ("Courier", 1.04), ("Trumpet", 5.0)), 10):
                    number = round((1000 * size + 13 * month) * factor)
                    text = f"{outlet} counts {number} soldiers of Russia in {place[0]} in month {month}."
                    made = claim(text, number=number, place=Place(*place))
                    ledger.record(reading(text, made, published=f"2021-{month:02}-{day}", outlet=outlet))
    return ledger


def test_records_rest_on_the_last_month_that_had_ended():
    assert month_end_before(first_day("2021-08-01")) == "2021-07-31"
    assert month_end_before(first_day("2021-08-31")) == "2021-07-31"
    assert month_end_before(first_day("2024-03-15")) == "2024-02-29"


def test_an_outlet_that_the_others_contradict_has_the_worse_record(told):
    found = outlet_records(told, known="2021-08-15")
    assert found.known_by == "2021-07-31"
    assert found.wrong["trumpet"] > 0.5 > 0.1 > found.wrong["herald"]


def test_what_was_known_later_does_not_change_earlier_records(told, claim, reading):
    before = outlet_records(told, known="2021-07-20")
    assert before.known_by == "2021-06-30"
    text = "Herald takes it all back: 90,000 soldiers of Russia are in Tajikistan."
    told.record(reading(text, claim(text, number=90_000), published="2021-07-05", outlet="Herald"))
    told.path.with_name(f"{told.path.name}.estimates").unlink()
    assert outlet_records(told, known="2021-07-20") == before


def test_records_give_a_second_interval_and_leave_the_first_as_it_is(told):
    picture = with_estimates(told, posture(told, place="Tajikistan", as_of="2021-08-15", known="2021-08-15"))
    found = outlet_records(told, known="2021-08-15")
    (row,) = with_second_intervals(told, picture, found).rows
    (first,) = picture.rows
    assert (row.estimate.low, row.estimate.median, row.estimate.high) == (
        first.estimate.low,
        first.estimate.median,
        first.estimate.high,
    )
    low, _, high = row.estimate.by_records
    assert low < 3100 < high
    assert high <= first.estimate.high
