"""The forces of today, held in memory and made anew only where something new was said."""

import shutil

import pytest

from garrison.ledger import Ledger, columns, observing
from garrison.ledger.days import today
from garrison.pipeline import forces
from garrison.pipeline.atlas import atlas
from garrison.pipeline.picture import asked
from garrison.vocabulary import Asset, Hedge, Kind, Place, Status

KHATLON = Place("Khatlon", "TJK")


@pytest.fixture(autouse=True)
def forgotten():
    """Nothing held in memory, as in a program just begun."""
    forces._HELD.clear()


@pytest.fixture
def says(ledger, claim, reading):
    """A function that records what an outlet said on a day."""

    def said(day, outlet="Herald", into=ledger, **fields):
        text = f"{outlet} of {day}: {sorted(map(str, fields.items()))}."
        return into.record(reading(text, claim(text, **fields), published=day, outlet=outlet, data=text))

    return said


def from_all(ledger):
    """The forces as they are made from all rows with all their citations."""
    found = observing.observed(ledger.session, asked(ledger, as_of=None, known=None, recorded=None))
    return tuple(forces.force_of(each) for each in found)


def test_they_are_those_that_the_rows_with_all_their_citations_make(ledger, says):
    says("2021-03-01", number=7000)
    says("2021-04-01", outlet="Courier", number=2000)
    says("2021-05-01", outlet="Post", unit="201st Base", asset=Asset.UNIT, place=KHATLON)
    says("2021-05-02", outlet="Post", place=Place("Dushanbe", "TJK", lat=38.5, lon=68.8), number=50)
    says("2021-06-01", outlet="Post", place=Place("Dushanbe", "TJK"), asset=Asset.TANK)
    says("2021-07-01", kind=Kind.STRENGTH, number=900_000)
    assert forces.current(ledger, today()) == from_all(ledger)
    assert {each.words for each in forces.current(ledger, today())} > {"2,000; 7,000", "50"}
    assert "900,000" not in {each.words for each in atlas(ledger).forces}, "a strength is nowhere on the map"


def test_only_rows_of_which_something_was_said_are_made_anew(ledger, says, monkeypatch):
    says("2021-03-01", number=7000)
    says("2021-03-02", asset=Asset.TANK, number=30)
    before = forces.current(ledger, today())
    made = []
    monkeypatch.setattr(forces, "force_of", lambda each, real=forces.force_of: made.append(each.key) or real(each))
    assert forces.current(ledger, today()) == before
    assert made == []
    says("2021-04-01", outlet="Courier", asset=Asset.TANK, number=300, hedge=Hedge.AT_LEAST)
    assert forces.current(ledger, today()) == from_all(ledger) != before
    assert made[0] == "RUS/tank/TJK"
    assert made.count("RUS/personnel/TJK") == 1, "by the comparison alone"


def test_a_row_of_which_nothing_stands_any_more_goes(ledger, says):
    says("2021-03-01", number=7000)
    says("2021-03-02", asset=Asset.TANK, number=30)
    assert len(forces.current(ledger, today())) == 2
    tank = next(one for one in ledger.claims() if one.asset is Asset.TANK)
    judged = ledger.judge(tank.claim, "reject", by="me", because="misread")
    assert [each.key for each in forces.current(ledger, today())] == ["RUS/personnel/TJK"]
    ledger.withdraw(judged, by="me", because="was right")
    assert forces.current(ledger, today()) == from_all(ledger)
    ledger.redact(tank.document, because="a name")
    assert [each.key for each in forces.current(ledger, today())] == ["RUS/personnel/TJK"]


def test_what_is_said_of_a_day_to_come_is_seen_on_that_day(ledger, says, monkeypatch):
    says("2021-03-01", number=7000)
    says("2021-04-01", outlet="Courier", number=9000, when=("2090-06-01", "2090-06-01"))
    now = today()
    (force,) = forces.current(ledger, now)
    assert force.words == "7,000"
    then = now + 40_000
    monkeypatch.setattr("garrison.pipeline.picture.today", lambda: then)
    assert [each.words for each in forces.current(ledger, then)] == ["9,000; 7,000"]


def test_a_backup_put_back_is_another_ledger(tmp_path, says, claim, reading):
    path = tmp_path / "own.db"
    with Ledger.open(path) as ledger:
        says("2021-03-01", into=ledger, number=7000)
    shutil.copy(path, tmp_path / "backup.db")
    with Ledger.open(path) as ledger:
        says("2021-03-02", into=ledger, asset=Asset.TANK, number=30)
        assert len(forces.current(ledger, today())) == 2
    shutil.copy(tmp_path / "backup.db", path)
    with Ledger.open(path) as ledger:
        says("2021-03-03", into=ledger, asset=Asset.BASE, number=2)
        assert columns.last_change(ledger.session)[0] == 2
        assert [each.key for each in forces.current(ledger, today())] == ["RUS/base/TJK", "RUS/personnel/TJK"]


def test_a_ledger_that_hides_claims_has_an_atlas_of_its_own(tmp_path, says):
    path = tmp_path / "own.db"
    with Ledger.open(path) as ledger:
        says("2021-03-01", into=ledger, number=7000, place=KHATLON)
        assert len(atlas(ledger).forces) == 1
    with Ledger.open(path, read_only=True, embargo_days=36_500) as hiding:
        assert atlas(hiding).forces == ()


@pytest.mark.parametrize("status", [Status.PLANNED, Status.DENIED])
def test_claims_that_are_no_levels_make_no_force(ledger, says, status):
    says("2021-03-01", number=7000, status=status)
    assert forces.current(ledger, today()) == ()
