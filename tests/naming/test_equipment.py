from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.naming.equipment import equipment_of, find_equipment
from garrison.naming.lexicon import reference_rows
from garrison.vocabulary import Asset


@pytest.mark.parametrize(
    ("words", "name", "asset"),
    [
        ("T-72", "T-72", Asset.TANK),
        ("T-72B3s", "T-72", Asset.TANK),
        ("Leopard 2A6", "Leopard 2", Asset.TANK),
        ("M1A1", "M1 Abrams", Asset.TANK),
        ("BTR-82A", "BTR-82A", Asset.ARMOURED_VEHICLE),
        ("Bradleys", "M2 Bradley", Asset.ARMOURED_VEHICLE),
        ("HIMARS", "HIMARS", Asset.ARTILLERY),
        ("PzH 2000", "PzH 2000", Asset.ARTILLERY),
        ("S-300PMU2", "S-300", Asset.AIR_DEFENCE),
        ("SAMP/T", "SAMP/T", Asset.AIR_DEFENCE),
        ("Iskander-M", "Iskander", Asset.MISSILE),
        ("DF-21D", "DF-21", Asset.MISSILE),
        ("F16", "F-16", Asset.COMBAT_AIRCRAFT),
        ("Su-30MK2", "Su-30", Asset.COMBAT_AIRCRAFT),
        ("F-15C/D", "F-15", Asset.COMBAT_AIRCRAFT),
        ("KC-135R", "KC-135", Asset.AIRCRAFT),
        ("Mi-171Sh", "Mi-17", Asset.HELICOPTER),
        ("Black Hawks", "UH-60", Asset.HELICOPTER),
        ("MQ-9 Reapers", "MQ-9", Asset.UAV),
        ("Shahed-136", "Shahed-136", Asset.UAV),
        ("Type 052D", "Type 052", Asset.WARSHIP),
        ("Kilo-class", "Kilo-class", Asset.SUBMARINE),
    ],
)
def test_a_designation_with_its_variants_and_plurals_names_its_type(words: str, name: str, asset: Asset) -> None:
    kind = equipment_of(words)
    assert kind is not None
    assert (kind.name, kind.asset) == (name, asset)


def test_words_that_are_no_designation_name_no_type() -> None:
    assert equipment_of("troops") is None
    assert equipment_of("T-72 tanks") is None
    assert equipment_of("") is None


def test_one_letter_and_a_number_need_their_hyphen() -> None:
    assert find_equipment("A 10-year deal and an F 16 form") == ()


def test_the_tail_of_a_longer_designation_is_not_another_type() -> None:
    assert find_equipment("the XX-T-72 form") == ()


def test_a_name_that_is_an_ordinary_word_is_marked_weak() -> None:
    (found,) = find_equipment("the Bradley family")
    assert found.weak
    (found,) = find_equipment("an M2 Bradley")
    assert not found.weak


def test_there_are_at_least_four_hundred_types_each_with_a_class_and_a_kind() -> None:
    rows = (*reference_rows("equipment.csv"), *reference_rows("ships.csv"))
    assert len(rows) >= 400
    assert all(Asset(row["asset"]) and row["kind"] and row["full"] and len(row["origin"]) == 3 for row in rows)


def test_every_name_in_the_files_is_found_as_itself() -> None:
    for row in reference_rows("equipment.csv"):
        kind = equipment_of(row["name"])
        assert kind is not None, row["name"]
        assert kind.asset == row["asset"], row["name"]


@settings(deadline=None)
@given(st.text())
def test_any_text_yields_spans_inside_it_in_order(text: str) -> None:
    found = find_equipment(text)
    assert all(0 <= mention.span.start < mention.span.end <= len(text) for mention in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
