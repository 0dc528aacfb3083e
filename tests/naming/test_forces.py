import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.naming.forces import ForceMention, Number, find_forces, force_words, has_force
from garrison.vocabulary import Asset

GOLD = Path(__file__).parents[3] / "shared" / "gold"


def words(text: str) -> list[tuple[str, Asset]]:
    return [(mention.span.of(text), mention.asset) for mention in find_forces(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6,000 troops and 100 T-72 tanks", [("troops", Asset.PERSONNEL), ("T-72 tanks", Asset.TANK)]),
        ("active-duty soldiers", [("active-duty soldiers", Asset.PERSONNEL)]),
        ("special forces teams", [("special forces teams", Asset.UNIT)]),
        ("police officers", [("police officers", Asset.PERSONNEL)]),
        ("three battalions", [("battalions", Asset.UNIT)]),
        ("a carrier strike group", [("carrier strike group", Asset.UNIT)]),
        ("two forward operating bases", [("forward operating bases", Asset.BASE)]),
        ("armored vehicles", [("armored vehicles", Asset.ARMOURED_VEHICLE)]),
        ("armoured personnel carriers", [("armoured personnel carriers", Asset.ARMOURED_VEHICLE)]),
        ("self-propelled howitzers", [("self-propelled howitzers", Asset.ARTILLERY)]),
        ("HIMARS launchers", [("HIMARS launchers", Asset.ARTILLERY)]),
        ("S-400 launchers", [("S-400 launchers", Asset.AIR_DEFENCE)]),
        ("Iskander launchers", [("Iskander launchers", Asset.MISSILE)]),
        ("surface-to-air missiles", [("surface-to-air missiles", Asset.AIR_DEFENCE)]),
        ("anti-ship cruise missiles", [("anti-ship cruise missiles", Asset.MISSILE)]),
        ("transport aircraft", [("transport aircraft", Asset.AIRCRAFT)]),
        ("attack aircraft", [("attack aircraft", Asset.COMBAT_AIRCRAFT)]),
        ("Typhoon aircraft", [("Typhoon aircraft", Asset.COMBAT_AIRCRAFT)]),
        ("Mi-24 gunships", [("Mi-24 gunships", Asset.HELICOPTER)]),
        ("Heron drones", [("Heron drones", Asset.UAV)]),
        ("Kilo-class boats", [("Kilo-class boats", Asset.SUBMARINE)]),
        ("patrol vessels", [("patrol vessels", Asset.WARSHIP)]),
        ("army trucks", [("army trucks", Asset.VEHICLE)]),
        ("surveillance radars", [("surveillance radars", Asset.EQUIPMENT)]),
    ],
)
def test_force_words_have_the_class_and_the_extent_of_the_guide(text: str, found: list[tuple[str, Asset]]) -> None:
    assert words(text) == found


def test_fighters_are_people_unless_a_type_or_a_jet_is_named() -> None:
    assert words("300 fighters") == [("fighters", Asset.PERSONNEL)]
    assert words("twelve Su-35 fighters") == [("Su-35 fighters", Asset.COMBAT_AIRCRAFT)]
    assert words("twelve jet fighters") == [("jet fighters", Asset.COMBAT_AIRCRAFT)]
    (people,) = find_forces("300 fighters")
    assert people.ambiguous
    assert people.others == (Asset.COMBAT_AIRCRAFT,)


def test_a_type_before_a_formation_makes_it_hardware_only_for_guns_and_missiles() -> None:
    assert words("an S-300V battalion") == [("S-300V battalion", Asset.AIR_DEFENCE)]
    assert ("squadron", Asset.UNIT) in words("an F-16 squadron")


def test_common_words_are_a_force_only_after_a_number() -> None:
    assert words("Some 300 men of the garrison")[0] == ("men", Asset.PERSONNEL)
    assert words("The men were there") == []


def test_plural_singular_and_collective_are_told_apart() -> None:
    numbers = [mention.number for mention in find_forces("a soldier; two soldiers; the infantry")]
    assert numbers == [Number.SINGULAR, Number.PLURAL, Number.COLLECTIVE]


def test_words_of_two_paragraphs_are_not_one_mention() -> None:
    assert words("special\n\ntroops") == [("troops", Asset.PERSONNEL)]


def test_every_class_of_the_guide_has_force_words() -> None:
    assert {word.asset for word in force_words()} == set(Asset)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["special", "forces", "police", "T-72", "tanks", ",", "F-16", "300", "men", "\n"])))
def test_mentions_never_overlap_and_hold_their_heads(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find_forces(text)
    assert all(mention.span.covers(mention.head) for mention in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_without_error(text: str) -> None:
    assert all(mention.span.end <= len(text) for mention in find_forces(text))
    assert has_force(text) in {True, False}


@pytest.mark.parametrize(
    "text",
    [
        "6,000 troops",
        "The 144 Battalion is in Asa",
        "USS Nimitz is off Guam",
        "MINUSCA",
        "Operation Barkhane",
        "two S-400s",
        "some 300 men",
        "after the drawdown",
        "ARMORED VEHICLES",
        "Boko Haram",
    ],
)
def test_the_sieve_keeps_what_can_speak_of_a_force(text: str) -> None:
    assert has_force(text)


@pytest.mark.parametrize("text", ["", "Shares rose 3 percent.", "She won the match in three sets.", "12 people died."])
def test_the_sieve_drops_what_cannot(text: str) -> None:
    assert not has_force(text)


@pytest.mark.parametrize(
    "text",
    [
        "If this forces NASA to think again, so be it.",
        "Some three million Turks live in Germany.",
        "Salt trucks have been deployed on main roads.",
        "The partnership units are listed in New York.",
        "The chain has a presence in 130 Chinese cities.",
        "The airline is the largest carrier in the world.",
    ],
)
def test_words_of_civil_life_are_no_force(text: str) -> None:
    assert find_forces(text) == ()


def _claims(name: str) -> list[tuple[str, dict[str, str]]]:
    path = GOLD / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the annotated passages are kept outside the repository")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").strip().split("\n")]
    return [(row["text"], claim) for row in rows for claim in row["claims"] if claim["asset_text"]]


@pytest.mark.parametrize(("name", "share"), [("train.jsonl", 0.92), ("written.jsonl", 0.92), ("dev.jsonl", 0.88)])
def test_the_force_of_a_gold_claim_is_found_with_its_class(name: str, share: float) -> None:
    claims = _claims(name)
    right = 0
    for text, claim in claims:
        # A quotation may leave out the words for the force, which then stand elsewhere in the passage.
        first = text.find(claim["quote"]) if claim["asset_text"] in claim["quote"] else 0
        last = first + len(claim["quote"]) if claim["asset_text"] in claim["quote"] else len(text)
        words = re.finditer(re.escape(claim["asset_text"]), text[first:last])
        spans = [(first + word.start(), first + word.end()) for word in words]
        found = find_forces(text)
        right += any(_meant(mention, start, end, claim["asset"]) for mention in found for start, end in spans)
    assert right / len(claims) >= share


def _meant(mention: ForceMention, start: int, end: int, asset: str) -> bool:
    return mention.span.start < end and start < mention.span.end and mention.asset == asset
