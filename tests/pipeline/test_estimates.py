"""Estimates of the ledger's rows."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from garrison.estimation.filing import all_left
from garrison.ledger import Ledger
from garrison.ledger.days import last_day
from garrison.pipeline.announced import moves
from garrison.pipeline.copying import shared
from garrison.pipeline.disagreement import disagreements
from garrison.pipeline.estimated import month_ends, monthly, with_estimates
from garrison.pipeline.estimates import estimates, row_estimates
from garrison.pipeline.picture import posture
from garrison.vocabulary import Hedge, Kind, Measure, Place, Status, UsageError

TROOPS = "RUS/personnel/TJK"


@pytest.fixture
def says(ledger, claim, reading):
    """A function that records what an outlet said on a day."""

    def said(day, outlet="Herald", text=None, title=None, quote=None, **fields):
        text = text or f"{outlet} of {day} says so: {sorted(map(str, fields.items()))}."
        made = claim(text, quote, **fields)
        ledger.record(reading(text, made, published=day, outlet=outlet, title=title, data=f"{day}{outlet}{text}"))

    return said


def of(ledger, day, known=None, row=TROOPS):
    return estimates(ledger, as_of=day, known=known).get(row)


def heard_of(ledger, day, row=TROOPS):
    return row_estimates(ledger, row, [last_day(day)])[1][0].heard


def test_a_row_with_a_number_has_an_interval_around_it(ledger, says):
    says("2021-07-08", number=6840)
    found = of(ledger, "2021-07-15")
    assert found.low < 6840 < found.high
    assert found.presence > 0.95


def test_a_row_without_any_number_has_a_presence_and_no_size(ledger, says):
    says("2021-07-08")
    found = of(ledger, "2021-07-15")
    assert not found.sized
    assert found.low is None
    assert found.presence > 0.9


def test_what_is_planned_moves_nothing(ledger, says):
    says("2021-07-06", number=6840)
    before = of(ledger, "2021-07-15")
    planned = {"kind": Kind.DEPLOY, "status": Status.PLANNED, "measure": Measure.CHANGE}
    says("2021-07-08", "Courier", number=6000, hedge=Hedge.AT_MOST, **planned)
    after = of(ledger, "2021-07-15")
    assert (after.low, after.median, after.high) == (before.low, before.median, before.high)
    (announced,) = moves(ledger, as_of="2021-07-15")
    assert announced.fate == "open"


def test_a_reported_rise_lifts_the_estimate(ledger, says):
    says("2021-06-01", number=6840)
    before = of(ledger, "2021-07-20").median
    says("2021-07-08", "Courier", number=3000, kind=Kind.DEPLOY, measure=Measure.CHANGE)
    assert of(ledger, "2021-07-20").median > before + 1500


def test_a_site_bounds_its_country_from_below_and_the_country_caps_the_site(ledger, says):
    says("2021-07-06", number=400)
    says("2021-07-07", "Courier", number=900, hedge=Hedge.ABOUT, place=Place("Kulob", "TJK"))
    country = of(ledger, "2021-07-15")
    site = next(each for row, each in estimates(ledger, as_of="2021-07-15").items() if row.startswith(f"{TROOPS}/"))
    assert any(heard.part for heard in heard_of(ledger, "2021-07-15"))
    assert site.high <= country.high


def test_a_services_number_beside_the_whole_is_a_part_of_it(ledger, claim, reading):
    text = "The army has 150,000 soldiers in all, of whom 3,000 serve in the navy."
    whole = claim(text, "150,000 soldiers", number=150_000, kind=Kind.STRENGTH, place=None)
    part = claim(text, "3,000 serve", number=3000, kind=Kind.STRENGTH, place=None)
    ledger.record(reading(text, whole, part))
    found = of(ledger, "2021-07-15", row="RUS/personnel/strength")
    assert found.median > 100_000
    assert found.low > 10_000
    assert found.outlying == ()


def test_copies_of_a_story_are_one_voice_and_the_lineage_is_shown(ledger, says):
    story = (
        "Some 6,840 soldiers of the neighbour are stationed in the republic, a spokesman for the district told the "
        "agency on Thursday, and none of them will leave before the winter is over."
    )
    says("2021-07-06", "Courier", number=900)
    for day, outlet in enumerate(("Wire", "Herald", "Gazette"), 6):
        says(f"2021-07-0{day}", outlet, story, quote="6,840 soldiers", number=6840)
    heard = [each for each in heard_of(ledger, "2021-07-15") if each.citation.quantity.low == 6840]
    assert {each.voice for each in heard} == {"Wire"}
    assert sum(each.weight for each in heard) < 1.1
    (lineage,) = shared(ledger)
    assert [each.outlet for each in lineage] == ["Wire", "Herald", "Gazette"]


def test_voices_that_exclude_each_other_are_shown_with_both_sides(ledger, says):
    says("2021-07-06", number=6840)
    says("2021-07-07", "Courier", number=900)
    (row,) = disagreements(ledger, as_of="2021-07-15").rows
    assert {each.citation.outlet for each in row.sides} == {"Herald", "Courier"}


def test_an_actors_denial_of_its_own_force_observes_nothing_and_is_shown(ledger, says):
    says("2021-07-06", number=6840)
    before = of(ledger, "2021-07-15")
    says("2021-07-07", "Courier", status=Status.DENIED, source=("Russia's defence ministry",))
    after = of(ledger, "2021-07-15")
    assert after.presence == pytest.approx(before.presence)
    (denial,) = disagreements(ledger, as_of="2021-07-15").denials
    assert denial.outlet == "Courier"


def test_a_figure_that_a_later_edition_drops_is_no_longer_stated(ledger, says):
    for year, number in ((2021, 7000), (2022, 5000)):
        says(f"{year}-02-01", "Factbook", number=number, title="Russia: deployments")
    says("2023-02-01", "Factbook", place=Place("Armenia", "ARM"), number=3000, title="Russia: deployments")
    assert of(ledger, "2022-12-31").dropped is None
    assert of(ledger, "2023-03-01").dropped == "2023-02-01"
    assert of(ledger, "2023-03-01", known="2022-12-31").dropped is None


def test_a_picture_has_its_estimates_in_its_rows(ledger, says):
    says("2021-07-06", number=6840)
    picture = with_estimates(ledger, posture(ledger, place="Tajikistan", as_of="2021-07-15"))
    assert picture.rows[0].estimate == of(ledger, "2021-07-15", known=picture.known)


def test_a_series_has_every_month_and_narrows_where_something_is_said(ledger, says):
    says("2021-07-06", number=6840)
    (series,) = monthly(ledger, "2021-06..2022-06", actor="Russia")
    assert [each.as_of[:7] for each in series][:2] == ["2021-06", "2021-07"]
    assert len(series) == 13
    assert series[-1].high - series[-1].low > series[1].high - series[1].low


def test_a_row_is_estimated_alone_as_among_others(ledger, says):
    says("2021-07-06", number=6840)
    says("2021-07-06", number=300, place=Place("Armenia", "ARM"))
    _, (alone,) = row_estimates(ledger, TROOPS, [last_day("2021-07-15")])
    among = of(ledger, "2021-07-15")
    assert (alone.low, alone.median, alone.high) == (among.low, among.median, among.high)


@pytest.mark.parametrize("over", ["2021", "2021-07..", "2022..2021", "soon..later"])
def test_a_time_that_is_none_is_refused_in_words(over):
    with pytest.raises(UsageError):
        month_ends(over)


def test_when_the_last_have_left_the_row_is_likely_gone(ledger, says):
    says("2021-07-06", number=6840)
    moved = {"kind": Kind.WITHDRAW, "measure": Measure.CHANGE}
    says("2022-03-05", "Courier", "Russia withdrew some of its troops from Tajikistan", **moved)
    some = of(ledger, "2022-04-01").presence
    says("2022-03-06", "Wire", "The last Russian troops have left Tajikistan", **moved)
    assert of(ledger, "2022-04-01").presence < 0.2 < 0.4 < some


@pytest.mark.parametrize(
    ("words", "all_of_them"),
    [
        ("The last Russian troops left", True),
        ("Russia completed its withdrawal", True),
        ("withdrew all of its forces", True),
        ("withdrew troops", False),
        ("all combat brigades have left", False),
        ("almost all have left", False),
    ],
)
def test_words_tell_whether_all_have_left(words, all_of_them):
    assert all_left(words) is all_of_them


def test_a_claim_without_any_date_is_heard(ledger, claim, reading):
    text = "Russia has 6,840 troops in Tajikistan."
    ledger.record(reading(text, claim(text, number=6840), published=None))
    found = estimates(ledger)[TROOPS]
    assert found.low < 6840 < found.high


def test_an_empty_ledger_has_no_estimates(ledger):
    assert estimates(ledger) == {}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(
        st.tuples(st.integers(0, 48), st.integers(1, 20_000), st.sampled_from(("Herald", "Courier", "Wire"))),
        min_size=1,
        max_size=6,
    ),
    month=st.integers(0, 48),
)
def test_nothing_known_later_leaks_into_what_was_known_before(tmp_path_factory, claim, reading, said, month):
    known = f"{2019 + month // 12}-{month % 12 + 1:02}-28"

    def recorded(which):
        with Ledger.open(tmp_path_factory.mktemp("ledger") / "garrison.db") as ledger:
            for months, number, outlet in which:
                day = f"{2019 + months // 12}-{months % 12 + 1:02}-10"
                text = f"{outlet} counts {number} troops there in month {months}."
                ledger.record(reading(text, claim(text, number=number), published=day, outlet=outlet))
            found = estimates(ledger, as_of=known, known=known).get(TROOPS)
            return found and (found.low, found.median, found.high, found.dropped, found.voices)

    assert recorded(said) == recorded([each for each in said if each[0] <= month])
