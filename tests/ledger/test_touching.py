"""Of which countries a picture may have changed."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.ledger import Ledger, columns, touching
from garrison.ledger.touching import touched
from garrison.pipeline.picture import posture
from garrison.pipeline.positions import positions
from garrison.vocabulary import Actor, Asset, Kind, Place, Status

COUNTRIES = {"TJK": "Tajikistan", "SYR": "Syria", "MLI": "Mali", "RUS": "Russia"}


def place(code):
    return Place(COUNTRIES[code], code)


@pytest.fixture(scope="session")
def tells(claim, reading):
    """A function that records in a ledger what an outlet said, and gives the tick before."""

    def told(ledger, day="2021-03-01", **fields):
        before = columns.last_change(ledger.session)[0]
        text = f"Herald of {day}: {sorted(map(str, fields.items()))}."
        ledger.record(reading(text, claim(text, **fields), published=day, outlet="Herald", data=text))
        return before

    return told


@pytest.fixture
def says(ledger, tells):
    """A function that records what an outlet said, and gives the tick before."""
    return partial(tells, ledger)


def test_a_claim_touches_the_countries_that_it_is_about(ledger, says):
    assert touched(ledger.session, says(number=5)) == {"TJK"}
    moved = says(kind=Kind.RELOCATE, origin=place("SYR"), place=place("MLI"), number=5)
    assert touched(ledger.session, moved) == {"SYR", "MLI"}
    assert touched(ledger.session, columns.last_change(ledger.session)[0]) == frozenset()


def test_a_strength_touches_the_country_whose_it_is(ledger, says):
    assert "RUS" in touched(ledger.session, says(kind=Kind.STRENGTH, place=None, number=900_000))


def test_a_unit_seen_elsewhere_touches_the_countries_that_it_was_in(ledger, says):
    unit = {"unit": "201st Base", "asset": Asset.UNIT}
    says(place=place("TJK"), day="2021-01-01", **unit)
    assert touched(ledger.session, says(place=place("SYR"), day="2021-06-01", **unit)) == {"TJK", "SYR"}


def test_a_judgement_touches_what_the_claim_was_about_and_is_now(ledger, says):
    says(place=place("TJK"), number=5)
    before = columns.last_change(ledger.session)[0]
    ledger.judge(next(ledger.claims()).claim, "correct", field="place", value="Mali (MLI)", by="me", because="misread")
    assert touched(ledger.session, before) == {"TJK", "MLI"}


def test_what_leaves_no_trace_touches_everything(ledger, says, monkeypatch):
    before = says(number=5)
    says(number=6, day="2021-04-01")
    monkeypatch.setattr(touching, "MANY", 1)
    assert touched(ledger.session, before) is None
    monkeypatch.undo()
    before = columns.last_change(ledger.session)[0]
    ledger.redact(next(ledger.claims()).document, because="a name")
    assert touched(ledger.session, before) is None


def test_names_of_units_touch_everything(ledger, says):
    before = says(number=5)
    ledger.import_units([{"id": "one", "names": "201st Base"}])
    assert touched(ledger.session, before) is None


sayings = st.fixed_dictionaries(
    {
        "place": st.sampled_from(list(COUNTRIES)),
        "origin": st.sampled_from([None, *COUNTRIES]),
        "actor": st.sampled_from([Actor("Russia", "RUS"), Actor("Mali", "MLI")]),
        "kind": st.sampled_from(list(Kind)),
        "status": st.sampled_from([Status.FACT, Status.FACT, Status.PLANNED, Status.DENIED]),
        "unit": st.sampled_from([None, "201st Base"]),
        "day": st.sampled_from(["2021-01-03", "2021-05-03", "2021-09-03"]),
        "number": st.sampled_from([None, 5, 70]),
    }
)


@given(before=st.lists(sayings, max_size=4), after=st.lists(sayings, min_size=1, max_size=2))
def test_a_country_that_is_not_touched_keeps_its_picture(tmp_path_factory, tells, before, after):
    with Ledger.open(tmp_path_factory.mktemp("touched") / "own.db") as ledger:

        def tell(each):
            there, origin = place(each["place"]), place(each["origin"]) if each["origin"] else None
            asset = Asset.UNIT if each["unit"] else Asset.PERSONNEL
            tells(ledger, **{**each, "place": there, "origin": origin, "asset": asset})

        def shown(code):
            picture = posture(ledger, place=code)
            rows = tuple(replace(row, stated=tuple(row.stated)) for row in (*picture.rows, *picture.own))
            return replace(picture, rows=rows, own=()), positions(ledger, place=code)

        for each in before:
            tell(each)
        pictures = {code: shown(code) for code in COUNTRIES}
        seq = columns.last_change(ledger.session)[0]
        for each in after:
            tell(each)
        changed = touched(ledger.session, seq)
        for code in COUNTRIES:
            assert code in changed or shown(code) == pictures[code]
