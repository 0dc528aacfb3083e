"""Dates of publication, as sources write them."""

import pytest

from garrison.reading.dates import day_in_url, iso_day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2021", "2021"),
        ("2021-07", "2021-07"),
        ("2021-07-08", "2021-07-08"),
        ("2021-7-8", "2021-07-08"),
        ("2021/07/08 10:11", "2021-07-08"),
        ("20210708", "2021-07-08"),
        ("2021-07-08T23:30:00-05:00", "2021-07-08"),
        ("8 July 2021", "2021-07-08"),
        ("Thursday, 8th of July, 2021", "2021-07-08"),
        ("July 8, 2021 at 4:05 pm", "2021-07-08"),
        ("Thu, 08 Jul 2021 10:00:00 GMT", "2021-07-08"),
        ("Sept. 3, 2020", "2020-09-03"),
        ("July 2021", "2021-07"),
        ("25/12/2020", "2020-12-25"),
        ("12/25/2020", "2020-12-25"),
        ("08.08.2021", "2021-08-08"),
        ("08.07.2021 10:15", "2021-07-08"),
        ("12.25.2021", "2021-12-25"),
        ("8 juillet 2021 à 10h15", "2021-07-08"),
        ("Donnerstag, 8. Juli 2021", "2021-07-08"),
        ("8 de julio de 2021", "2021-07-08"),
        ("1er août 2021", "2021-08-01"),
        ("8 июля 2021 г., 10:15", "2021-07-08"),
        ("8 липня 2021", "2021-07-08"),
        ("8 Temmuz 2021, Perşembe", "2021-07-08"),
        ("2021. július 8.", "2021-07-08"),
        ("2021年7月8日 10时", "2021-07-08"),
        ("2021년 7월 8일", "2021-07-08"),
        ("٨ يوليو ٢٠٢١", "2021-07-08"),
        ("8 تشرين الأول 2021", "2021-10-08"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(words, day):
    assert iso_day(words) == day


@pytest.mark.parametrize(
    "words",
    [
        "",
        "yesterday",
        "2021-02-30",
        "0001-01-01",
        "3 hours ago",
        "12",
        "May",
        "9999999",
        "8 listopada 2021",
        "mayor 8 2021",
        "10.30",
        "31.02.2021",
    ],
)
def test_what_is_no_date_is_none(words):
    assert iso_day(words) is None


def test_a_date_that_may_be_two_days_is_none():
    assert iso_day("08/07/2021") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2021/07/08/base", "2021-07-08"),
        ("https://a.example/news/2021-07-08-base.html", "2021-07-08"),
        ("https://a.example/story/20210708/base", "2021-07-08"),
        ("https://a.example/story/20847559", None),
        ("https://a.example/2021/07/08/2021/07/09", None),
        ("https://a.example/2021/07/", None),
    ],
)
def test_an_address_may_state_the_day(url, day):
    assert day_in_url(url) == day
