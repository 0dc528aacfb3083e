import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from garrison.extraction.dates import from_iso, in_order
from garrison.extraction.periods import find_periods, parse_period
from garrison.extraction.time_words import lexicon
from garrison.vocabulary import Extent

WEDNESDAY = "2021-07-14"
GOLD = Path(__file__).parents[3] / "shared" / "gold"


def ends(words, published=WEDNESDAY, ahead=None):
    period = parse_period(words, published, ahead=ahead)
    return period and (period.start, period.end)


def found(text, published=WEDNESDAY):
    return [(m.value.text, m.value.start, m.value.end) for m in find_periods(text, published)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2019", "2019", "2019"),
        ("(2022)", "2022", "2022"),
        ("2019 est.", "2019", "2019"),
        ("July 2019", "2019-07", "2019-07"),
        ("22 Jan. 2019", "2019-01-22", "2019-01-22"),
        ("September 15, 2017", "2017-09-15", "2017-09-15"),
        ("the 5th of May 2020", "2020-05-05", "2020-05-05"),
        ("2019-01-22", "2019-01-22", "2019-01-22"),
        ("22.01.2019", "2019-01-22", "2019-01-22"),
        ("the 1990s", "1990", "1999"),
        ("2015-16", "2015", "2016"),
        ("the summer of 2016", "2016-06", "2016-08"),
        ("winter 2022-23", "2022-12", "2023-02"),
        ("Q3 2024", "2024-07", "2024-09"),
        ("the first half of 2022", "2022-01", "2022-06"),
        ("the first week of July 2021", "2021-07-01", "2021-07-07"),
        ("the last day of February 2020", "2020-02-29", "2020-02-29"),
        ("on the evening of October 16, 2016", "2016-10-16", "2016-10-16"),
        ("Easter 2024", "2024-03-31", "2024-03-31"),
    ],
)
def test_a_date_in_words_needs_no_date_of_publication(words, start, end):
    assert ends(words, None) == (start, end)


def test_a_day_in_figures_that_has_two_readings_gives_only_its_year():
    assert ends("3/4/2019") == ("2019", "2019")
    assert ends("22/01/2019") == ("2019-01-22", "2019-01-22")


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in 2016", "2016", "2016"),
        ("since 2014", "2014", None),
        ("from August", "2021-08", None),
        ("until 2024", None, "2024"),
        ("by 2030", None, "2030"),
        ("by the end of 2017", None, "2017-12-31"),
        ("by the end of March 2020", None, "2020-03-31"),
        ("by the middle of April 2025", None, "2025-04-15"),
        ("by mid-2018", None, "2018-06"),
        ("by the start of 2022", None, "2022-01"),
        ("before November", None, "2021-10-31"),
        ("after 1 November 2021", "2021-11-01", None),
        ("as of early 2024", "2024", "2024"),
        ("at the end of 2023", "2023-12", "2023-12"),
        ("between 2015 and 2018", "2015", "2018"),
        ("from 2003 to July 2021", "2003", "2021-07"),
        ("between June and December 2023", "2023-06", "2023-12"),
        ("from 27 January to 31 March", "2021-01-27", "2021-03-31"),
        ("from December to February 2014", "2013-12", "2014-02"),
        ("30 July – 10 August", "2021-07-30", "2021-08-10"),
        ("August 5-10", "2021-08-05", "2021-08-10"),
        ("until the accord was ended in November 2024", None, "2024-11"),
        ("since the shooting of 28 May", "2021-05-28", None),
        ("at the height of the war in 2011", "2011", "2011"),
    ],
)
def test_the_head_of_an_expression_decides_which_ends_are_given(words, start, end):
    assert ends(words) == (start, end)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("yesterday", "2021-07-13", "2021-07-13"),
        ("Wednesday", "2021-07-14", "2021-07-14"),
        ("on Friday", "2021-07-09", "2021-07-09"),
        ("last Tuesday", "2021-07-13", "2021-07-13"),
        ("by Friday", None, "2021-07-16"),
        ("last week", "2021-07-05", "2021-07-11"),
        ("this week", "2021-07-12", "2021-07-18"),
        ("over the weekend", "2021-07-10", "2021-07-11"),
        ("before the weekend", None, "2021-07-16"),
        ("last year", "2020", "2020"),
        ("next month", "2021-08", "2021-08"),
        ("three years ago", "2018", "2018"),
        ("a decade ago", "2011", "2011"),
        ("two months ago", "2021-05", "2021-05"),
        ("a fortnight ago", "2021-06-30", "2021-06-30"),
        ("in the past 30 days", "2021-06-14", "2021-07-14"),
        ("for the past two weeks", "2021-06-30", "2021-07-14"),
        ("within ten days", None, "2021-07-24"),
        ("by the end of the month", None, "2021-07-31"),
        ("last autumn", "2020-09", "2020-11"),
        ("since last November", "2020-11", None),
        ("before Christmas", None, "2021-12-25"),
        ("30 November", "2021-11-30", "2021-11-30"),
        ("in October", "2021-10", "2021-10"),
        ("in January", "2021-01", "2021-01"),
    ],
)
def test_relative_times_are_counted_from_publication(words, start, end):
    assert ends(words) == (start, end)


@pytest.mark.parametrize(
    "words", ["last week", "on Tuesday", "since February", "next month", "12 May", "two years ago"]
)
def test_relative_times_stay_unresolved_without_a_date_of_publication(words):
    assert ends(words, None) == (None, None)
    assert ends(words, "nonsense") == (None, None)


@pytest.mark.parametrize(
    "words", ["recently", "in the coming weeks", "for years", "until the enemy is gone", "on Fridays"]
)
def test_times_that_name_nothing_on_the_calendar_are_periods_with_unknown_ends(words):
    assert ends(words) == (None, None)


@pytest.mark.parametrize("words", ["", "bananas", "troops", "2,000 soldiers", "1st Brigade"])
def test_words_that_speak_of_no_time_are_no_period(words):
    assert parse_period(words, WEDNESDAY) is None


def test_a_plan_looks_ahead_where_a_fact_looks_back():
    assert ends("on Friday", ahead=True) == ("2021-07-16", "2021-07-16")
    assert ends("on Friday", ahead=False) == ("2021-07-09", "2021-07-09")
    assert ends("in August", ahead=False) == ("2020-08", "2020-08")


def test_open_ends_are_told_from_unknown_ones():
    since, by, until = (parse_period(words, None) for words in ("since 2014", "by 2014", "until 2014"))
    assert (since.open_end, since.extent) == (True, Extent.THROUGHOUT)
    assert (by.open_start, by.extent) == (False, Extent.WITHIN)
    assert (until.open_start, until.extent) == (True, Extent.THROUGHOUT)


def test_times_are_found_in_running_text_with_their_heads():
    text = "The force, there since 2014, lost a third of its men in May and will leave by the end of March 2022."
    assert found(text) == [
        ("since 2014", "2014", None),
        ("in May", "2021-05", "2021-05"),
        ("by the end of March 2022", None, "2022-03-31"),
    ]


def test_a_head_reaches_over_its_clause_to_the_date():
    text = "It was theirs until the accord between the two states was ended in November 2020."
    assert [(start, end) for _, start, end in found(text)] == [(None, "2020-11")]


@pytest.mark.parametrize(
    "text",
    [
        "About 2000 troops may march, and 1,999 men wait.",
        "Up to 2019 soldiers hold T-2000 tanks.",
        "Between 2000 and 2100 fighters left.",
        "They read the Sun; now they may go.",
        "On the 9th Brigade nothing is known.",
    ],
)
def test_counts_names_and_verbs_are_not_taken_for_times(text):
    assert found(text) == []


def test_a_number_after_a_month_is_a_count_where_the_month_stands_by_itself():
    assert found("In March 17 soldiers arrived.") == [("In March", "2021-03", "2021-03")]


LISTED = {*lexicon().months, *lexicon().weekdays, *lexicon().seasons, *lexicon().units, *lexicon().heads}
UNLISTED = (
    "last|next|this|past|the|of|to|and|-|–|,|.|(|)|31|5|30th|29|2019|1999|2100|1990s|31/12/2019|february|ago|a few|"
    "the end of|mid-|within|two|half|6 a.m.|yesterday|now|weekend|troops|war"
)
WORDS_OF_TIME = st.sampled_from([*sorted(LISTED), *UNLISTED.split("|")])
SALAD = st.lists(WORDS_OF_TIME, max_size=14).map(" ".join)
PUBLISHED = st.one_of(
    st.none(),
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(
        ["0001-01-01", "0001", "9999-12-31", "9999-12", "2020-02-29", "2021-02-29", "0000", "2021", "", "x"]
    ),
    st.text(max_size=12),
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), SALAD, SALAD.map(str.title)), PUBLISHED, st.sampled_from([None, True, False]))
@example("in the next 9999 centuries", "9999-12-31", None)
@example("9999 years ago", "0001-01-01", None)
@example("İ since İ 2014", "2020-01-01", None)
def test_any_words_under_any_date_give_ends_in_order_or_none(words, published, ahead):
    period = parse_period(words, published, ahead=ahead)
    for each in [period, *(mention.value for mention in find_periods(words, published, ahead=ahead))]:
        if each is not None and each.start is not None and each.end is not None:
            assert in_order(from_iso(each.start), from_iso(each.end))


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), SALAD, SALAD.map(str.title)), PUBLISHED)
def test_found_times_follow_one_another_and_read_the_same_by_themselves(text, published):
    before = 0
    for mention in find_periods(text, published):
        assert before <= mention.span.start < mention.span.end
        before = mention.span.end
        words = mention.span.of(text)
        assert parse_period(words, published) == mention.value
        assert mention.value.text == words


def gold(*names):
    if not all((GOLD / f"{name}.jsonl").exists() for name in names):
        pytest.skip(f"the annotated passages are not in {GOLD}")
    for name in names:
        for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").strip().split("\n"):
            row = json.loads(line)
            for claim in row["claims"]:
                if claim["when"]:
                    yield row, claim["when"]


def test_annotated_times_are_given_the_bounds_that_annotators_gave_them():
    read = [
        ends(when["text"], row["published"]) == (when["start"], when["end"]) for row, when in gold("train", "written")
    ]
    assert sum(read) >= 0.92 * len(read)


def test_annotated_times_are_found_in_their_passages_with_their_bounds():
    hits = []
    for row, when in gold("train", "written"):
        text, words = row["text"], when["text"]
        places = [i for i in range(len(text)) if text.startswith(words, i)]
        hits.append(
            any(
                m.span.start < place + len(words)
                and place < m.span.end
                and (m.value.start, m.value.end) == (when["start"], when["end"])
                for m in find_periods(text, row["published"])
                for place in places
            )
        )
    assert sum(hits) >= 0.85 * len(hits)
