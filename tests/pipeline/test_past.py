"""Estimates of other days, by what was known then, from what is kept of the claims."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from garrison.ledger import Ledger, columns
from garrison.pipeline import apart, kept, making, past, stated, told
from garrison.pipeline import estimates as estimating
from garrison.pipeline.estimated import with_estimates
from garrison.pipeline.estimates import asked, estimates
from garrison.pipeline.kept_file import Store
from garrison.pipeline.picture import posture
from garrison.pipeline.world import world
from garrison.vocabulary import Attribution, Hedge, Kind, Measure, Place, Role, Status, UsageError

from .conftest import alike, from_claims

WIRE = (
    "A column of some forty lorries came over the bridge on Tuesday morning, people in the valley said, and by the "
    "evening {} soldiers had moved into the old barracks on the hill above the town."
)


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    """Nothing held in memory, words in small parts, few of them worked through at once."""
    monkeypatch.setattr(told, "PART", 3)
    monkeypatch.setattr(past, "TOGETHER", 4)
    for held in (kept._HELD, making._HELD, estimating._ANSWERED):
        held.clear()


def pictured(ledger, **when):
    """The rows of the picture made from the claims, each with its estimate."""
    made = with_estimates(ledger, posture(ledger, **when))
    rows = (*made.rows, *made.own, *made.strengths)
    return sorted((replace(row, stated=()) for row in rows), key=lambda row: row.id)


def plain(rows):
    """Rows without the figures of their estimates, which are as good as the same."""
    return [replace(row, estimate=None) for row in rows]


@pytest.fixture
def unread(monkeypatch):
    """Claims may not be read from the ledger any more; gives the number of those that are."""

    read = []
    heard = columns.heard

    def noted(*args):
        found = list(heard(*args))
        read.append(len(found))
        return found

    monkeypatch.setattr(columns, "heard", noted)
    return read


def test_another_day_is_answered_from_what_is_kept(ledger, claim, reading, unread):
    for year in range(2015, 2025):
        text = f"In {year} there were {6000 + year} soldiers."
        ledger.record(reading(text, claim(text, number=6000 + year), published=f"{year}-03-01", outlet=f"Post {year}"))
    estimates(ledger)
    unread.clear()
    for day in ("2016-01-01", "2020-01-01", "2023-06-01"):
        found = estimates(ledger, as_of=day, known=day)
        assert unread == []
        alike(found, from_claims(ledger, as_of=day, known=day))
        unread.clear()
    assert estimates(ledger, as_of="2010-01-01", known="2010-01-01") == {}


def told_of_two_places(ledger, claim, reading):
    """Claims of two families over some years, one of them of a page that was changed."""
    for year in range(2015, 2022):
        for place, code, number in (("Tajikistan", "TJK", 6000 + year), ("Armenia", "ARM", year)):
            text = f"In {year} there were {number} soldiers in {place}."
            made = claim(text, place=Place(place, code), number=number)
            url = {"url": "https://post.example/arm"} if code == "ARM" and year > 2019 else {}
            ledger.record(reading(text, made, published=f"{year}-03-01", outlet=f"Post {year}", data=text, **url))


def test_a_family_of_which_nothing_was_known_later_is_as_today(ledger, claim, reading, monkeypatch):
    for day, place, code, outlet, number in (
        ("2019-02-01", "Tajikistan", "TJK", "Herald", 6000),
        ("2019-03-01", "Tajikistan", "TJK", "Courier", 900),
        ("2019-04-01", "Kulob", "TJK", "Wire", 300),
        ("2019-02-01", "Armenia", "ARM", "Herald", 500),
        ("2021-02-01", "Armenia", "ARM", "Wire", 700),
        ("2019-02-01", "Belarus", "BLR", "Yearbook", 40),
    ):
        text = f"{outlet} of {day} counts {number} in {place}."
        title = "Forces" if outlet == "Yearbook" else None
        made = claim(text, place=Place(place, code), number=number)
        ledger.record(reading(text, made, published=day, outlet=outlet, title=title, data=text))
    estimates(ledger)
    read = []
    parts = Store.parts

    def noted(self, families):
        asked = list(families)
        read.extend(family.place for family in asked)
        return parts(self, asked)

    monkeypatch.setattr(Store, "parts", noted)
    for when, places in (
        ({"as_of": "2020-01-01", "known": "2020-01-01"}, {"ARM", "BLR"}),
        ({"as_of": "2019-03-15", "known": "2020-01-01"}, {"ARM", "BLR", "TJK"}),
        ({"as_of": "2019-03-15", "known": "2019-03-15"}, {"ARM", "BLR", "TJK"}),
        ({"as_of": "2022-01-01"}, {"BLR"}),
    ):
        read.clear()
        found = estimates(ledger, **when)
        assert set(read) == places
        alike(found, from_claims(ledger, **when))
        assert plain(world(ledger, **when)) == plain(pictured(ledger, **when))
    (site,) = world(ledger, as_of="2022-01-01", place="Kulob")
    assert site.id == "RUS/personnel/TJK/Kulob"


@pytest.fixture
def programs(monkeypatch):
    """A second program is asked however little there is to do; gives what it was asked."""
    begun = []
    ask = apart.Other.ask

    def noted(self, *given):
        begun.append(given)
        return ask(self, *given)

    monkeypatch.setattr(past, "APART", 1)
    monkeypatch.setattr(apart, "possible", lambda: True)
    monkeypatch.setattr(apart.Other, "ask", noted)
    return begun


def test_what_two_programs_make_is_what_the_claims_make(ledger, claim, reading, programs):
    told_of_two_places(ledger, claim, reading)
    estimates(ledger)
    when = {"as_of": "2019-06-01", "known": "2019-06-01"}
    found = estimates(ledger, **when)
    assert len(programs) == 1
    assert len(found) == 2
    alike(found, from_claims(ledger, **when))
    assert plain(world(ledger, **when)) == plain(pictured(ledger, **when))


@pytest.mark.parametrize("known", ["2019-06-01", "2021-06-01"])
def test_what_is_stated_on_another_day_is_what_the_claims_state(ledger, claim, reading, programs, monkeypatch, known):
    told_of_two_places(ledger, claim, reading)
    monkeypatch.setattr(past, "BATCH", 0)
    monkeypatch.setattr(stated, "FIRST", 1)
    monkeypatch.setattr(stated, "TOGETHER", 2)
    kept.refresh(ledger)
    for when in ({"as_of": known, "known": known}, {"place": "Tajikistan", "known": known}):
        soon = posture(ledger, later=True, **when)
        assert soon == posture(ledger, **when)
        assert soon.rows
    assert programs


@pytest.mark.parametrize("trouble", ["no such Python", "a ledger that went on", "an answer that fails"])
def test_what_the_second_program_leaves_the_first_makes(ledger, claim, reading, programs, monkeypatch, trouble):
    told_of_two_places(ledger, claim, reading)
    estimates(ledger)
    if trouble == "no such Python":
        monkeypatch.setattr(apart.sys, "executable", str(ledger.path.parent / "python"))
    elif trouble == "a ledger that went on":
        monkeypatch.setattr(columns, "last_change", lambda session, of=columns.last_change: (*of(session)[:1], "later"))
    else:
        monkeypatch.setattr(apart, "_PROGRAM", "raise SystemExit(3)")
    when = {"as_of": "2019-06-01", "known": "2019-06-01"}
    found = estimates(ledger, **when)
    assert len(programs) == 1
    monkeypatch.undo()
    alike(found, from_claims(ledger, **when))


def test_of_a_page_that_was_changed_since_the_wording_of_the_day_is_heard(ledger, claim, reading):
    text = "Wire counts them again."
    for number, day in ((500, "2021-07-09"), (6900, "2021-09-09")):
        page = reading(
            text, claim(text, number=number), published=day, outlet="Wire", data=day, url="https://w.example/1"
        )
        ledger.record(page)
    estimates(ledger)
    for day, most in (("2021-08-01", 900), ("2021-10-01", 9000)):
        found = estimates(ledger, as_of=day, known=day)
        alike(found, from_claims(ledger, as_of=day, known=day))
        assert found["RUS/personnel/TJK"].median < most


def test_copies_known_by_then_are_one_voice(ledger, claim, reading):
    for day, outlet in (("2021-07-06", "Herald"), ("2021-07-07", "Courier"), ("2021-08-07", "Wire")):
        text = WIRE.format("6,840")
        ledger.record(reading(text, claim(text, number=6840), published=day, outlet=outlet, data=outlet))
    estimates(ledger)
    for day in ("2021-07-06", "2021-07-20", "2021-09-01"):
        found = estimates(ledger, as_of=day, known=day)
        assert found["RUS/personnel/TJK"].voices == 1
        alike(found, from_claims(ledger, as_of=day, known=day))


SAID = st.tuples(
    st.integers(0, 40),
    st.sampled_from(("Herald", "Courier", "Wire")),
    st.sampled_from((("Tajikistan", "TJK"), ("Kulob", "TJK"), ("Armenia", "ARM"))),
    st.sampled_from((None, 80, 900, 6840)),
    st.sampled_from((Hedge.EXACT, Hedge.AT_MOST, Hedge.AT_LEAST)),
    st.sampled_from(
        (
            (Kind.PRESENT, Status.FACT),
            (Kind.PRESENT, Status.FACT),
            (Kind.DEPLOY, Status.FACT),
            (Kind.WITHDRAW, Status.FACT),
            (Kind.RELOCATE, Status.FACT),
            (Kind.PRESENT, Status.DENIED),
        )
    ),
    st.sampled_from((None, None, "Yearbook")),
    st.sampled_from((None, "the minister")),
    st.booleans(),
    st.sampled_from((None, None, 1, 2)),
)


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=st.lists(SAID, min_size=2, max_size=16), days=st.lists(st.integers(0, 45), min_size=2, max_size=2))
def test_what_was_known_on_any_day_is_what_its_claims_make_and_nothing_later(
    tmp_path_factory, claim, reading, said, days
):
    with Ledger.open(tmp_path_factory.mktemp("ledger") / "garrison.db") as ledger:
        for months, outlet, place, number, hedge, (kind, status), title, official, copied, page in said:
            day = f"{2019 + months // 12}-{months % 12 + 1:02}-10"
            text = WIRE.format(number or "many") if copied else f"{outlet} tells on {day} of {place[0]}."
            numbered = {"number": number, "hedge": hedge} if number and kind is Kind.PRESENT else {}
            measure = Measure.LEVEL if kind is Kind.PRESENT else Measure.CHANGE
            more = {"origin": Place("Armenia", "ARM")} if kind is Kind.RELOCATE else {}
            made = claim(text, place=Place(*place), kind=kind, status=status, measure=measure, **numbered, **more)
            if official:
                made = replace(made, source=(Attribution(official, Role.GOVERNMENT),))
            url = {"url": f"https://{outlet}.example/{page}"} if page else {}
            ledger.record(reading(text, made, published=day, outlet=outlet, title=title, data=f"{day}{text}", **url))
        now = estimates(ledger)
        for months in days:
            day = f"{2019 + months // 12}-{months % 12 + 1:02}-20"
            alike(estimates(ledger, as_of=day, known=day), from_claims(ledger, as_of=day, known=day))
            alike(estimates(ledger, as_of=day), from_claims(ledger, as_of=day))
            alike(estimates(ledger, known=day), from_claims(ledger, known=day))
            for when in (
                {"as_of": day, "known": day},
                {"as_of": day},
                {"known": day},
                {"place": "Kulob", "known": day},
            ):
                try:
                    asked(ledger, **when)
                except UsageError:
                    continue
                assert plain(world(ledger, **when)) == plain(pictured(ledger, **when))
        alike(now, from_claims(ledger))
