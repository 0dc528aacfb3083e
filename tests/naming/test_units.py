import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from garrison.naming.formations import formations
from garrison.naming.units import UnitMention, find_units, unit_key
from garrison.vocabulary import Asset

GOLD = Path(__file__).parents[3] / "shared" / "gold"


def only(text: str) -> UnitMention:
    (found,) = find_units(text)
    return found


@pytest.mark.parametrize(
    ("text", "name", "sort", "number"),
    [
        ("Russia's 201st Motor Rifle Division left", "201st Motor Rifle Division", "division", "201"),
        ("the 144 Battalion in Asa", "144 Battalion", "battalion", "144"),
        ("near the 36th coastal-defence brigade", "36th coastal-defence brigade", "brigade", "36"),
        ("the 80th Group Army moved", "80th Group Army", "army", "80"),
        ("II Corps moved", "II Corps", "corps", "2"),
        ("the Second Field Army moved", "Second Field Army", "army", "2"),
        ("No. 617 Squadron moved", "617 Squadron", "squadron", "617"),
        ("near Task Force 50 there", "Task Force 50", "task force", "50"),
        ("at Infantry Battalion 54 now", "Infantry Battalion 54", "battalion", "54"),
        ("where Division 4 stays", "Division 4", "division", "4"),
        ("the Golani Brigade left", "Golani Brigade", "brigade", None),
        ("the Skövde Brigade left", "Skövde Brigade", "brigade", None),
        ("the 721/Makkasau Infantry Battalion left", "721/Makkasau Infantry Battalion", "battalion", "721"),
        ("27 Rajput, Leh", "27 Rajput", "regiment", "27"),
        ("under Operation Barkhane there", "Operation Barkhane", "mission", None),
        ("under Operation Quiet Harbour there", "Operation Quiet Harbour", "operation", None),
        ("the frigate Hessen left", "Hessen", "ship", None),
        ("troops of MINUSCA", "MINUSCA", "mission", None),
    ],
)
def test_formations_are_found_in_many_national_habits(text: str, name: str, sort: str, number: str | None) -> None:
    found = only(text)
    assert (found.name, found.sort, found.number) == (name, sort, number)
    assert found.span.of(text) == name


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("the Quds Force", "IRN"),
        ("the 82nd Airborne Division", "USA"),
        ("the USS Nimitz", "USA"),
        ("HMS Queen Elizabeth", "GBR"),
        ("the Bundeswehr", "DEU"),
        ("the 14 Brigade", None),
    ],
)
def test_a_formation_says_whose_it_is_where_its_name_does(text: str, iso3: str | None) -> None:
    assert only(text).iso3 == iso3


@pytest.mark.parametrize(
    "text",
    ["2nd Brigade of the 101st Airborne Division", "2nd Battalion, 7th Marines", "3rd Brigade, 4th Infantry Division"],
)
def test_a_formation_and_the_one_it_belongs_to_are_one_mention(text: str) -> None:
    assert only(f"The {text} left").name == text


def test_one_word_for_several_numbers_names_each_formation() -> None:
    names = [unit.name for unit in find_units("Light Infantry Battalions 551 and 552 remain")]
    assert names == ["Light Infantry Battalion 551", "Light Infantry Battalion 552"]
    names = [unit.name for unit in find_units("the 13th and 14th Brigades remain")]
    assert names == ["13th Brigade", "14th Brigade"]


def test_formations_of_equal_size_stay_apart() -> None:
    names = [unit.name for unit in find_units("from the 9 Brigade, 35 Artillery Brigade")]
    assert names == ["9 Brigade", "35 Artillery Brigade"]


def test_ships_and_numbered_bases_have_their_class() -> None:
    assert only("the USS Nimitz").asset is Asset.WARSHIP
    assert only("the 62nd base").asset is Asset.BASE
    assert only("the 14 Brigade").asset is Asset.UNIT


@pytest.mark.parametrize(
    "text",
    [
        "the Nigerian Army",
        "two battalions",
        "Russian troops",
        "the Syrian Democratic Forces",
        "in 2019 Battalion strength fell",
        "on 14 March brigade staff met",
        "the London Fire Brigade",
        "I command it",
        "Army 5,000",
    ],
)
def test_armies_groups_counts_and_dates_are_no_units(text: str) -> None:
    assert find_units(text) == ()


def test_names_do_not_cross_a_paragraph() -> None:
    assert [unit.name for unit in find_units("Camp Bastion\n\nGolani Brigade")] == ["Golani Brigade"]


@pytest.mark.parametrize(
    "names",
    [
        ("3 Div", "3rd Division", "Third Division", "3 Division", "the 3rd Division"),
        ("144 Bn", "144 Battalion", "144th Battalion"),
        ("II Corps", "2nd Corps"),
        ("Light Infantry Battalion 551", "551st Light Infantry Battalion"),
        ("2nd Brigade of the 101st Airborne Division", "2nd Brigade, 101st Airborne Division"),
        ("MNJTF", "Multinational Joint Task Force", "Multinational Joint Task Force (MNJTF)"),
        ("9th Armored Division", "9th Armoured Division"),
        ("82nd Airborne", "82d Airborne Division"),
    ],
)
def test_ways_to_write_one_name_have_one_key(names: tuple[str, ...]) -> None:
    assert len({unit_key(name) for name in names}) == 1


def test_different_formations_have_different_keys() -> None:
    names = ("3 Division", "3 Brigade", "13 Division", "3 Armoured Division", "USS Nimitz", "2nd Brigade, 3 Division")
    assert len({unit_key(name) for name in names}) == len(names)


@settings(deadline=None)
@given(st.text(min_size=1) | st.text("0123IVXdthsn ÐðĐ³٣ßſ'’,-()", min_size=1, max_size=8))
@example("0Ð")
@example("٣²ð’s,")
@example("h,0's")
@example("n(3’ſ")
def test_a_key_is_its_own_key(name: str) -> None:
    assert unit_key(unit_key(name)) == unit_key(name)


@settings(deadline=None)
@given(st.text())
def test_any_text_yields_spans_inside_it_in_order(text: str) -> None:
    found = find_units(text)
    assert all(0 <= unit.span.start < unit.span.end <= len(text) for unit in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_there_are_at_least_one_hundred_and_fifty_known_formations() -> None:
    assert len([known for known in formations() if known.sort != "mission"]) >= 150


STOP = {"the", "of", "a", "an", "in", "and", "near", "city", "province", "region", "town", "district"}


def _content(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = {re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word) for word in re.findall(r"[a-z0-9]+", plain)}
    return words - STOP or words


def _same(one: str, other: str) -> bool:
    a, b = _content(one), _content(other)
    return bool(a & b) and len(a & b) / len(a | b) >= 0.5


@pytest.mark.parametrize(("name", "share"), [("train.jsonl", 0.85), ("written.jsonl", 0.85), ("dev.jsonl", 0.75)])
def test_the_unit_of_a_gold_claim_is_found_in_its_passage(name: str, share: float) -> None:
    path = GOLD / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the annotated passages are kept outside the repository")
    named = found = 0
    for line in path.read_text(encoding="utf-8").strip().split("\n"):
        row = json.loads(line)
        units = find_units(row["text"])
        for claim in row["claims"]:
            if claim["unit"]:
                named += 1
                found += any(_same(claim["unit"], unit.name) for unit in units)
    assert found / named >= share
