"""Estimates kept beside the ledger from one question to the next."""

import shutil
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from garrison.ledger import Ledger
from garrison.ledger.redaction import estimates_beside
from garrison.pipeline import kept
from garrison.pipeline import tabled as tabling
from garrison.pipeline.estimated import with_estimates
from garrison.pipeline.estimates import estimates
from garrison.pipeline.picture import posture
from garrison.pipeline.world import world
from garrison.vocabulary import Hedge, Kind, Measure, Place, Status

from .conftest import alike, from_claims


@pytest.fixture
def says(ledger, claim, reading):
    """A function that records what an outlet said on a day."""

    def said(day, outlet="Herald", into=ledger, **fields):
        text = f"{outlet} of {day} says so: {sorted(map(str, fields.items()))}."
        title = fields.pop("title", None)
        made = claim(text, **fields)
        return into.record(reading(text, made, published=day, outlet=outlet, title=title, data=f"{day}{outlet}{text}"))

    return said


@pytest.fixture(autouse=True)
def forgotten():
    """Nothing held in memory, as in a program just begun."""
    kept.forget()


def test_kept_estimates_are_those_that_the_claims_make(ledger, says):
    says("2021-07-06", number=6840)
    says("2021-07-07", "Courier", number=900)
    says("2021-07-07", "Courier", number=900, hedge=Hedge.ABOUT, place=Place("Kulob", "TJK"))
    says("2021-08-01", number=300, place=Place("Armenia", "ARM"))
    says("2021-09-01", kind=Kind.WITHDRAW, measure=Measure.CHANGE, number=200, place=Place("Armenia", "ARM"))
    alike(estimates(ledger), from_claims(ledger))


def test_only_the_rows_of_which_something_new_is_said_are_made_anew(ledger, says):
    says("2021-07-06", number=6840)
    says("2021-07-06", number=300, place=Place("Armenia", "ARM"))
    assert kept.refresh(ledger) == 2
    assert kept.refresh(ledger) == 0
    says("2022-07-06", "Courier", number=500, place=Place("Armenia", "ARM"))
    assert kept.refresh(ledger) == 1
    alike(estimates(ledger), from_claims(ledger))


def test_what_is_kept_serves_a_program_that_begins_later(ledger, says):
    says("2021-07-06", number=6840)
    before = estimates(ledger)
    kept._HELD.clear()
    assert kept.refresh(ledger) == 0
    assert estimates(ledger) == before


def test_what_another_program_has_made_meanwhile_is_not_made_again(ledger, says):
    says("2021-07-06", number=6840)
    kept.refresh(ledger)
    older = dict(kept._HELD)
    says("2022-07-06", "Courier", number=500)
    kept._HELD.clear()
    assert kept.refresh(ledger) == 1
    made = estimates(ledger)
    kept._HELD.clear()
    kept._HELD.update(older)
    assert kept.behind(ledger) == 0
    assert kept.refresh(ledger) == 0
    assert estimates(ledger) == made


def test_a_newer_edition_without_the_figure_is_seen_in_the_row_that_it_leaves_out(ledger, says):
    says("2021-02-01", "Factbook", number=6840, title="Russia: deployments")
    assert estimates(ledger)["RUS/personnel/TJK"].dropped is None
    says("2023-02-01", "Factbook", number=300, place=Place("Armenia", "ARM"), title="Russia: deployments")
    assert estimates(ledger)["RUS/personnel/TJK"].dropped == "2023-02-01"
    alike(estimates(ledger), from_claims(ledger))


def test_a_redacted_document_is_no_longer_heard(ledger, says):
    says("2021-07-06", number=6840)
    recorded = says("2021-07-07", "Courier", number=900, place=Place("Armenia", "ARM"))
    assert set(estimates(ledger)) == {"RUS/personnel/ARM", "RUS/personnel/TJK"}
    ledger.redact(recorded.document, because="asked for")
    assert not estimates_beside(ledger.path).exists()
    assert set(estimates(ledger)) == {"RUS/personnel/TJK"}
    assert b"ARM" not in estimates_beside(ledger.path).read_bytes()


def test_a_judgement_is_heard(ledger, says):
    says("2021-07-06", number=6840)
    says("2021-07-07", "Courier", number=900)
    both = estimates(ledger)["RUS/personnel/TJK"]
    (wrong,) = [each.claim for each in ledger.claims() if each.outlet == "Courier"]
    ledger.judge(wrong, "reject", by="Kim", because="misread")
    assert estimates(ledger)["RUS/personnel/TJK"].median > both.median
    alike(estimates(ledger), from_claims(ledger))


def test_a_ledger_put_back_in_the_place_of_another_is_not_taken_for_it(tmp_path, ledger, says):
    says("2021-07-06", number=6840)
    backup = tmp_path / "backup.db"
    ledger.session.sql(f"VACUUM INTO '{backup}'")
    says("2021-07-07", number=900, place=Place("Armenia", "ARM"))
    path = ledger.path
    assert len(estimates(ledger)) == 2
    ledger.close()
    for each in path.parent.glob(f"{path.name}-*"):
        each.unlink()
    shutil.copy(backup, path)
    kept._HELD.clear()
    with Ledger.open(path) as again:
        assert set(estimates(again)) == {"RUS/personnel/TJK"}
        says("2021-07-08", "Wire", into=again, number=500, place=Place("Belarus", "BLR"))
        assert set(estimates(again)) == {"RUS/personnel/TJK", "RUS/personnel/BLR"}


def test_a_file_of_estimates_that_is_none_does_no_harm(ledger, says):
    says("2021-07-06", number=6840)
    estimates_beside(ledger.path).write_bytes(b"no database at all" * 100)
    alike(estimates(ledger), from_claims(ledger))


def test_estimates_of_another_model_are_not_used(ledger, says):
    says("2021-07-06", number=6840)
    right = estimates(ledger)
    with sqlite3.connect(estimates_beside(ledger.path)) as other:
        other.execute("UPDATE stand SET model = 'older'")
    kept._HELD.clear()
    assert kept.refresh(ledger) == 1
    assert estimates(ledger) == right


def test_a_question_about_a_place_has_the_rows_of_the_place(ledger, says):
    says("2021-07-06", number=6840)
    says("2021-07-06", number=900, place=Place("Kulob", "TJK"))
    says("2021-07-06", number=300, place=Place("Armenia", "ARM"))
    assert set(estimates(ledger, place="Armenia")) == {"RUS/personnel/ARM"}
    assert set(estimates(ledger, place="Kulob")) == {row for row in estimates(ledger) if "/TJK/" in row}
    assert estimates(ledger, place="Kulob") == {row: each for row, each in estimates(ledger).items() if "/TJK/" in row}


def test_a_part_of_a_ledger_of_which_nothing_is_kept_yet_does_not_wait_for_all_of_it(ledger, says, monkeypatch):
    for day in range(1, 6):
        says(f"2021-07-0{day}", number=6840)
    says("2021-07-06", number=300, place=Place("Armenia", "ARM"))
    monkeypatch.setattr("garrison.pipeline.estimates.BATCH", 0)
    assert kept.behind(ledger) == 6
    alone = estimates(ledger, place="Armenia")
    assert kept.behind(ledger) == 6
    whole = estimates(ledger)
    assert kept.behind(ledger) == 0
    alike(alone, {row: each for row, each in whole.items() if "/ARM" in row})
    assert estimates(ledger, place="Armenia").keys() == alone.keys()
    says("2021-07-07", number=6840)
    assert kept.behind(ledger) == 6


def test_a_file_of_an_older_version_of_the_program_is_made_anew(ledger, says):
    with sqlite3.connect(estimates_beside(ledger.path)) as file:
        file.execute("CREATE TABLE family (actor TEXT, asset TEXT, place TEXT, rows BLOB)")
        file.execute("INSERT INTO family VALUES ('RUS', 'personnel', 'MLI', '')")
    says("2021-07-06", number=6840)
    made = estimates(ledger)
    assert set(made) == {"RUS/personnel/TJK"}
    kept._HELD.clear()
    assert kept.refresh(ledger) == 0
    assert estimates(ledger) == made


def test_the_world_has_every_row_with_its_estimate_as_its_own_picture_has_it(ledger, says):
    says("2021-07-06", number=6840)
    says("2021-07-07", "Courier", number=900)
    says("2021-07-06", number=900, place=Place("Kulob", "TJK"))
    says("2021-07-06", kind=Kind.STRENGTH, number=300_000, place=None)
    rows = {row.id: row for row in world(ledger)}
    picture = with_estimates(ledger, posture(ledger))
    shown = {row.id: replace(row, stated=()) for row in (*picture.rows, *picture.own, *picture.strengths)}
    assert rows == shown


def shown(ledger):
    """The rows of the pictures that the claims make."""
    picture = with_estimates(ledger, posture(ledger))
    return {row.id: replace(row, stated=()) for row in (*picture.rows, *picture.own, *picture.strengths)}


def same_rows(rows, ledger):
    """Whether rows are those of the pictures, with as good as the same estimates; how many they are."""
    found, others = {row.id: row for row in rows}, shown(ledger)
    alike(*({id: row.estimate for id, row in each.items()} for each in (found, others)))
    assert {id: replace(row, estimate=None) for id, row in found.items()} == {
        id: replace(row, estimate=None) for id, row in others.items()
    }
    return len(rows)


@pytest.fixture
def tabled(ledger, says, monkeypatch):
    """A ledger of which today's rows are tabled, however few; gives how often they were made row by row."""
    made = []
    answer = kept._answer

    def noted(*args):
        made.append(args)
        return answer(*args)

    monkeypatch.setattr(kept, "TABLED", 0)
    says("2021-07-06", number=6840)
    says("2021-07-06", number=900, place=Place("Kulob", "TJK", lat=37.9, lon=69.8))
    says("2021-07-06", number=300, place=Place("Armenia", "ARM"))
    world(ledger)
    kept.forget()
    monkeypatch.setattr(kept, "_answer", noted)
    return made


def test_rows_that_were_tabled_serve_a_program_that_begins_later(ledger, tabled):
    rows = world(ledger)
    assert tabled == []
    assert world(ledger) is rows
    assert same_rows(rows, ledger) == 3


def test_of_tabled_rows_those_are_made_of_which_something_new_is_said(ledger, says, tabled):
    for begun in (False, True):
        says("2022-07-06", "Courier", number=500 + begun, place=Place("Armenia", "ARM"))
        says("2022-07-06", "Courier", number=70 + begun, place=Place("Belarus", "BLR"))
        if begun:
            kept.forget()
        rows = world(ledger)
        assert tabled == []
        assert same_rows(rows, ledger) == 4
        tabled.clear()


def test_rows_that_were_tabled_on_another_day_are_not_those_of_today(ledger, tabled, monkeypatch):
    monkeypatch.setattr(kept, "unpacked_table", lambda packed, day: tabling.unpacked_table(packed, day + 1))
    assert same_rows(world(ledger), ledger) == 3
    assert len(tabled) > 0


def test_a_table_that_is_none_does_no_harm(ledger, tabled):
    with sqlite3.connect(estimates_beside(ledger.path)) as other:
        other.execute("UPDATE note SET words = 'no rows'")
    assert same_rows(world(ledger), ledger) == 3


def test_a_family_that_is_no_more_is_not_in_the_table(ledger, tabled):
    (gone,) = [each.claim for each in ledger.claims() if each.place.name == "Armenia"]
    ledger.judge(gone, "reject", by="Kim", because="misread")
    assert {row.id for row in world(ledger)} == set(shown(ledger)) == {"RUS/personnel/TJK", "RUS/personnel/TJK/Kulob"}
    kept.forget()
    assert same_rows(world(ledger), ledger) == 2


def test_what_is_redacted_is_in_no_table(ledger, tabled):
    world(ledger)
    (secret,) = {each.document for each in ledger.claims() if each.place.name == "Armenia"}
    assert b"Armenia" in estimates_beside(ledger.path).read_bytes()
    ledger.redact(secret, because="asked for")
    assert "Armenia" not in repr(world(ledger))
    assert b"Armenia" not in estimates_beside(ledger.path).read_bytes()


STATEMENTS = st.tuples(
    st.integers(0, 60),
    st.sampled_from(("Herald", "Courier", "Wire")),
    st.sampled_from((("Tajikistan", "TJK"), ("Kulob", "TJK"), ("Armenia", "ARM"))),
    st.sampled_from((None, 80, 900, 6840)),
    st.sampled_from((Hedge.EXACT, Hedge.AT_MOST, Hedge.AT_LEAST)),
    st.sampled_from(((Kind.PRESENT, Status.FACT), (Kind.DEPLOY, Status.FACT), (Kind.PRESENT, Status.DENIED))),
    st.booleans(),
)


@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=st.lists(STATEMENTS, min_size=1, max_size=8))
def test_however_claims_come_in_what_is_kept_is_what_they_make(tmp_path_factory, claim, reading, said):
    with Ledger.open(tmp_path_factory.mktemp("ledger") / "garrison.db") as ledger:
        for number_of, (months, outlet, place, number, hedge, (kind, status), asks) in enumerate(said):
            day = f"{2019 + months // 12}-{months % 12 + 1:02}-10"
            text = f"{outlet} tells on {day} of {place[0]}, for the {number_of}th time."
            numbered = {"number": number, "hedge": hedge} if number and kind is Kind.PRESENT else {}
            measure = Measure.LEVEL if kind is Kind.PRESENT else Measure.CHANGE
            made = claim(text, place=Place(*place), kind=kind, status=status, measure=measure, **numbered)
            ledger.record(reading(text, made, published=day, outlet=outlet))
            if asks:
                estimates(ledger)
        alike(estimates(ledger), from_claims(ledger))


@settings(
    max_examples=10,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=st.lists(STATEMENTS, min_size=2, max_size=7, unique_by=lambda each: (each[0], each[1], each[2])))
def test_the_order_of_recording_does_not_matter(tmp_path_factory, claim, reading, said):
    def recorded(which):
        with Ledger.open(tmp_path_factory.mktemp("ledger") / "garrison.db") as ledger:
            for months, outlet, place, number, _, _, _ in which:
                day = f"{2019 + months // 12}-{months % 12 + 1:02}-10"
                text = f"{outlet} tells on {day} of {place[0]}: {number}."
                ledger.record(
                    reading(text, claim(text, place=Place(*place), number=number), published=day, outlet=outlet)
                )
            return estimates(ledger)

    alike(recorded(said), recorded(said[::-1]))
