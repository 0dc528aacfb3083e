"""Large families: what they were told is kept for a new claim to be added to it, and goes with what is redacted."""

import sqlite3
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from garrison.estimation import chains
from garrison.ledger import Ledger, columns, redaction
from garrison.ledger.redaction import estimates_beside
from garrison.pipeline import hearing, kept, making, packed_chains, told
from garrison.pipeline.estimates import estimates
from garrison.pipeline.kept_file import Store
from garrison.pipeline.roll import packed_roll, rolled, unpacked_rolls
from garrison.vocabulary import Hedge, Kind, LedgerError, Measure, Place, Status

from .conftest import alike, from_claims


@pytest.fixture(autouse=True)
def all_are_large(monkeypatch):
    """Every family is a large one, with a mark every four days; nothing is held in memory."""
    monkeypatch.setattr(making, "LARGE", 0)
    monkeypatch.setattr(chains, "STRIDE", 4)
    monkeypatch.setattr(packed_chains, "PIECE", 3)
    monkeypatch.setattr(told, "PART", 3)
    monkeypatch.setattr(told, "TAIL", 1)
    kept._HELD.clear()
    making._HELD.clear()


@pytest.fixture
def says(ledger, claim, reading):
    """A function that records what an outlet said on a day."""

    def said(day, outlet="Herald", **fields):
        text = f"{outlet} of {day} says so: {sorted(map(str, fields.items()))}."
        return ledger.record(reading(text, claim(text, **fields), published=day, outlet=outlet, data=f"{text}"))

    return said


def nearly(one, other):
    alike(one, other, share=5e-3, chance=1e-4)


def told_of(ledger):
    """What the file has of Russia's personnel in Tajikistan."""
    return Store(estimates_beside(ledger.path)).told(columns.Family("RUS", "personnel", "TJK"))


def test_a_new_claim_is_added_to_what_was_heard(ledger, says, monkeypatch):
    for month in range(1, 13):
        says(f"2020-{month:02}-10", ("Herald", "Courier", "Wire")[month % 3], number=6000 + month)
    estimates(ledger)
    read = []
    heard = columns.heard

    def counted(*args):
        found = list(heard(*args))
        read.append(len(found))
        return found

    monkeypatch.setattr(columns, "heard", counted)
    says("2021-03-10", "Courier", number=6500)
    found = estimates(ledger)
    assert read == [1]
    monkeypatch.setattr(columns, "heard", heard)
    nearly(found, from_claims(ledger))
    assert len(told_of(ledger).words) == 13


def test_only_the_parts_with_something_new_are_written_again(ledger, says, monkeypatch):
    for month in range(1, 13):
        says(f"2020-{month:02}-10", number=6000 + month)
    estimates(ledger)
    written = []

    def noted(*args, **more):
        written.append(told.packed(*args, **more))
        return written[-1]

    monkeypatch.setattr(making, "packed", noted)
    says("2021-03-10", "Courier", number=6500)
    estimates(ledger)
    (only,) = written
    assert len(only.parts) == 1
    assert len(only.before) == 4
    assert not only.gone
    making._HELD.clear()
    kept._HELD.clear()
    assert len(told_of(ledger).words) == 13


def test_nothing_is_added_to_parts_that_another_program_has_cut_otherwise(ledger, says):
    for month in range(1, 13):
        says(f"2020-{month:02}-10", number=6000 + month)
        estimates(ledger)
    with sqlite3.connect(estimates_beside(ledger.path)) as file:
        file.execute("DELETE FROM part WHERE number = (SELECT max(number) FROM part)")
    file.close()
    # What is held is of the same tick as what lies in the file.
    says("2021-03-10", "Courier", number=6500)
    nearly(estimates(ledger), from_claims(ledger))
    making._HELD.clear()
    assert told_of(ledger) is None
    says("2021-04-10", "Courier", number=6600)
    nearly(estimates(ledger), from_claims(ledger))
    assert len(told_of(ledger).words) == 14


def test_new_words_lie_in_parts_of_their_own_until_they_fill_one(ledger, says):
    says("2020-01-10", number=6000)
    estimates(ledger)
    for day in range(1, 15):
        says(f"2020-02-{day:02}", number=6000 + day)
        making._HELD.clear()
        nearly(estimates(ledger), from_claims(ledger))
        assert len(told_of(ledger).words) == 1 + day
    with sqlite3.connect(estimates_beside(ledger.path)) as file:
        parts = [told.unpacked_part(words) for (words,) in file.execute("SELECT words FROM part ORDER BY number")]
    assert [len(part) for part in parts] == [4, 4, 4, 1, 1, 1]
    assert [each.standing for part in parts for each in part] == sorted(
        each.standing for part in parts for each in part
    )


def test_parts_that_are_not_those_gone_on_from_are_not_mixed_with_others(ledger, says):
    for month in range(1, 13):
        says(f"2020-{month:02}-10", number=6000 + month)
    estimates(ledger)
    says("2021-02-10", "Courier", number=6400)
    estimates(ledger)
    with sqlite3.connect(estimates_beside(ledger.path)) as other:
        other.execute("UPDATE told SET at = 'another'")
    says("2021-03-10", "Courier", number=6500)
    nearly(estimates(ledger), from_claims(ledger))
    assert told_of(ledger) is None
    making._HELD.clear()
    says("2021-04-10", "Wire", number=6600)
    nearly(estimates(ledger), from_claims(ledger))
    assert len(told_of(ledger).words) == 15


def fields_of(roll):
    columns = {each.name: getattr(roll, each.name) for each in fields(roll) if each.name not in ("tells", "looked")}
    tells = {f"tells {each.name}": getattr(roll.tells, each.name) for each in fields(roll.tells)}
    return {name: [repr(one) for one in each.tolist()] for name, each in (columns | tells).items()}


def test_words_and_chains_are_read_as_they_were_written(ledger, says):
    says("2021-07-06", number=6840, source=("General Petrov",))
    says("2021-07-07", "Courier", number=900, hedge=Hedge.AT_LEAST, place=Place("Kulob", "TJK"))
    says("2021-08-07", "Courier", kind=Kind.WITHDRAW, measure=Measure.CHANGE, place=Place("Kulob", "TJK"))
    estimates(ledger)
    found = told_of(ledger)
    assert told.unpacked_words(told.packed_words(found.words)) == tuple(found.words)
    assert fields_of(unpacked_rolls([packed_roll(found.words.roll)])) == fields_of(rolled(found.words))
    again = packed_chains.unpacked_chains(
        packed_chains.packed_chains(found.chains), packed_chains.packed_pieces(found.chains)
    )
    assert list(again) == list(found.chains) == ["RUS/personnel/TJK", "RUS/personnel/TJK/kulob"]
    for row, chain in found.chains.items():
        assert (again[row].forward == chain.forward).all()
        assert (again[row].statements.day == chain.statements.day).all()


def test_of_a_family_of_many_documents_only_what_is_new_is_heard(ledger, says, monkeypatch):
    monkeypatch.setattr(hearing, "COMPARED", 3)
    for month in range(1, 13):
        says(f"2020-{month:02}-10", ("Herald", "Courier", "Wire")[month % 3], number=6000)
        estimates(ledger)
    monkeypatch.setattr(making, "heard", None)
    for day, outlet, claimed in (
        ("2021-01-10", "Wire", {"number": 6500}),
        ("2021-02-10", "Gazette", {"number": 6000}),
        ("2020-03-20", "Herald", {}),
        ("2021-03-10", "Courier", {"kind": Kind.DEPLOY, "measure": Measure.CHANGE, "number": 500}),
        ("2021-04-10", "Courier", {"kind": Kind.WITHDRAW, "measure": Measure.CHANGE}),
        ("2021-04-20", "Wire", {"status": Status.DENIED}),
        ("2021-05-20", "Wire", {"number": 5000}),
    ):
        says(day, outlet, **claimed)
        nearly(estimates(ledger), from_claims(ledger))
    assert estimates(ledger)["RUS/personnel/TJK"].voices == 4


def test_what_has_changed_of_chains_is_written_after_them_until_it_is_much(ledger, says, monkeypatch):
    monkeypatch.setattr(packed_chains, "PART", 0)
    monkeypatch.setattr(told, "PATCHES", 3)
    numbers = []
    for day in range(1, 29):
        says(f"2020-02-{day:02}", ("Herald", "Courier")[day % 2], number=6000 + day)
        estimates(ledger)
        held = next(iter(making._HELD.values()), None)
        numbers.append(held.patches if held else 0)
        if held:
            for row, chain in told_of(ledger).chains.items():
                for name in ("key", "weight", "right", "day", "forward", "backward"):
                    assert getattr(chain, name).tobytes() == getattr(held.chains[row], name).tobytes()
    assert set(numbers) == {0, 1, 2, 3}
    making._HELD.clear()
    says("2020-03-10", "Courier", number=6500)
    nearly(estimates(ledger), from_claims(ledger))


def test_a_copy_of_what_was_heard_before_is_known_without_reading_that_again(ledger, claim, reading, monkeypatch):
    wire = (
        "A column of some forty lorries came over the bridge on Tuesday morning, people in the valley said, and by "
        "the evening 6,840 soldiers had moved into the old barracks on the hill above the town."
    )
    for day, outlet in (("2021-07-06", "Herald"), ("2021-07-07", "Courier")):
        ledger.record(reading(wire, claim(wire, number=6840), published=day, outlet=outlet, data=outlet))
    assert estimates(ledger)["RUS/personnel/TJK"].voices == 1
    read = []
    texts = columns.texts

    def counted(session, editions):
        found = texts(session, editions)
        read.extend(found)
        return found

    monkeypatch.setattr(columns, "texts", counted)
    for held in (True, False):
        if not held:
            making._HELD.clear()
        read.clear()
        ledger.record(
            reading(wire, claim(wire, number=6840), published="2021-07-08", outlet=f"Wire {held}", data=f"{held}")
        )
        assert estimates(ledger)["RUS/personnel/TJK"].voices == 1
        assert len(read) == 1
    nearly(estimates(ledger), from_claims(ledger))


def test_a_judgement_and_a_corrected_page_are_heard(ledger, says, claim, reading):
    says("2021-07-06", number=6840)
    says("2021-07-07", "Courier", number=900)
    text = "Wire counts them again."
    for number, data in ((500, "first"), (6900, "second")):
        page = reading(
            text,
            claim(text, number=number),
            published="2021-07-09",
            outlet="Wire",
            data=data,
            url="https://w.example/1",
        )
        ledger.record(page)
        nearly(estimates(ledger), from_claims(ledger))
    (wrong,) = [each.claim for each in ledger.claims() if each.outlet == "Courier"]
    ledger.judge(wrong, "reject", by="Kim", because="misread")
    nearly(estimates(ledger), from_claims(ledger))


def test_what_another_program_redacts_is_neither_said_nor_kept_by_one_that_remembers_it(ledger, says):
    says("2021-07-06", number=6840)
    secret = says("2021-07-07", "Courier", number=900, place=Place("Kulob", "TJK"), unit="Quartz regiment")
    assert any("quartz" in row for row in estimates(ledger))
    remembered = dict(kept._HELD)
    with Ledger.open(ledger.path) as other:
        other.redact(secret.document, because="asked for")
    kept._HELD.update(remembered)
    assert not any("quartz" in row for row in estimates(ledger))
    assert b"quartz" not in estimates_beside(ledger.path).read_bytes().lower()
    nearly(estimates(ledger), from_claims(ledger))


def test_what_is_redacted_while_estimates_are_made_is_not_in_what_is_written(ledger, says, monkeypatch):
    says("2021-07-06", number=6840)
    secret = says("2021-07-07", "Courier", number=900, place=Place("Kulob", "TJK"), unit="Quartz regiment")
    put = Store.put
    waiting = [secret.document]

    def late(store, *args, **more):
        if waiting:
            with Ledger.open(ledger.path) as other:
                other.redact(waiting.pop(), because="asked for")
        return put(store, *args, **more)

    monkeypatch.setattr(Store, "put", late)
    assert not any("quartz" in row for row in estimates(ledger))
    assert b"quartz" not in estimates_beside(ledger.path).read_bytes().lower()


def test_the_estimates_go_even_where_the_ledger_cannot_be_rewritten_for_another_reader(ledger, says, monkeypatch):
    recorded = says("2021-07-06", number=6840)
    estimates(ledger)

    def busy(_):
        raise LedgerError("another process reads it")

    monkeypatch.setattr(redaction, "_rewrite", busy)
    with pytest.raises(LedgerError):
        ledger.redact(recorded.document, because="asked for")
    assert not estimates_beside(ledger.path).exists()


def test_what_a_killed_program_left_beside_the_file_goes_too(ledger, says):
    recorded = says("2021-07-06", number=6840)
    estimates(ledger)
    left = estimates_beside(ledger.path).with_name(estimates_beside(ledger.path).name + "-journal")
    left.write_bytes(b"Tajikistan")
    ledger.redact(recorded.document, because="asked for")
    assert not left.exists()


STATEMENTS = st.tuples(
    st.integers(0, 60),
    st.sampled_from(("Herald", "Courier", "Wire")),
    st.sampled_from((("Tajikistan", "TJK"), ("Kulob", "TJK"), ("Armenia", "ARM"))),
    st.sampled_from((None, 80, 900, 6840)),
    st.sampled_from((Hedge.EXACT, Hedge.AT_MOST, Hedge.AT_LEAST)),
    st.sampled_from(
        (
            (Kind.PRESENT, Status.FACT),
            (Kind.DEPLOY, Status.FACT),
            (Kind.WITHDRAW, Status.FACT),
            (Kind.PRESENT, Status.DENIED),
        )
    ),
    st.sampled_from((None, "Yearbook")),
    st.booleans(),
)


@pytest.mark.parametrize("compared", [hearing.COMPARED, 1])
@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=st.lists(STATEMENTS, min_size=2, max_size=14))
def test_however_claims_come_in_a_large_family_says_what_they_make(
    tmp_path_factory, claim, reading, monkeypatch, compared, said
):
    """Also where a family is of so many documents that copies are no longer looked for."""
    monkeypatch.setattr(hearing, "COMPARED", compared)
    with Ledger.open(tmp_path_factory.mktemp("ledger") / "garrison.db") as ledger:
        for number_of, (months, outlet, place, number, hedge, (kind, status), title, asks) in enumerate(said):
            day = f"{2019 + months // 12}-{months % 12 + 1:02}-10"
            text = f"{outlet} tells on {day} of {place[0]}, for the {number_of}th time."
            numbered = {"number": number, "hedge": hedge} if number and kind is Kind.PRESENT else {}
            measure = Measure.LEVEL if kind is Kind.PRESENT else Measure.CHANGE
            made = claim(text, place=Place(*place), kind=kind, status=status, measure=measure, **numbered)
            ledger.record(reading(text, made, published=day, outlet=outlet, title=title))
            if asks:
                estimates(ledger)
        nearly(estimates(ledger), from_claims(ledger))
