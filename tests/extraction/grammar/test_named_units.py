"""Named units: whatever a formation is called and whatever it does, the plainest sentence says who was where."""

import pytest

from garrison.extraction.grammar.extractor import drafts
from garrison.vocabulary import Asset, Document, Kind, Status

UNITS = {
    "the 155th Brigade": ("155th Brigade", None),
    "the 3rd Infantry Division": ("3rd Infantry Division", "USA"),
    "Russia's 810th Naval Infantry Brigade": ("810th Naval Infantry Brigade", "RUS"),
    "the Ukrainian 47th Mechanised Brigade": ("47th Mechanised Brigade", "UKR"),
    "the Indian Army's 17 Mountain Division": ("17 Mountain Division", "IND"),
    "the 82 Division of the Nigerian Army": ("82 Division", "NGA"),
    "the 7 Division, Nigerian Army,": ("7 Division", "NGA"),
    "the 101st Airborne Division's 2nd Brigade Combat Team": (
        "101st Airborne Division's 2nd Brigade Combat Team",
        "USA",
    ),
    "the 2nd Battalion, 5th Marines,": ("2nd Battalion, 5th Marines", "USA"),
    "the 2nd Brigade of the 10th Mountain Division": ("2nd Brigade of the 10th Mountain Division", "USA"),
    "the 26th Marine Expeditionary Unit": ("26th Marine Expeditionary Unit", "USA"),
    "the US 2nd ABCT": ("2nd ABCT", "USA"),
    "China's 72nd Group Army": ("72nd Group Army", "CHN"),
    "the XVIII Airborne Corps": ("XVIII Airborne Corps", "USA"),
    "Iran's 65th Airborne Brigade": ("65th Airborne Brigade", "IRN"),
    "the Azov Brigade": ("Azov Brigade", "UKR"),
    "Israel's Golani Brigade": ("Golani Brigade", "ISR"),
    "Britain's 3 Para": ("3 Para", "GBR"),
    "No. 6 Squadron RAF": ("6 Squadron", "GBR"),
    "the USS Nimitz": ("USS Nimitz", "USA"),
    "the Gerald R. Ford Carrier Strike Group": ("Gerald R. Ford Carrier Strike Group", None),
    "the headquarters of the 15th Division": ("15th Division", None),
}
SAID = {
    "{} is in Norway.": (Kind.PRESENT, Status.FACT),
    "{} is still stationed in Norway.": (Kind.PRESENT, Status.FACT),
    "{} is based in Norway.": (Kind.PRESENT, Status.FACT),
    "{} has arrived in Norway.": (Kind.DEPLOY, Status.FACT),
    "{} was moved to Norway.": (Kind.DEPLOY, Status.FACT),
    "{} has been deployed to Norway.": (Kind.DEPLOY, Status.FACT),
    "{} is being sent to Norway.": (Kind.DEPLOY, Status.FACT),
    "{} is to deploy to Norway.": (Kind.DEPLOY, Status.PLANNED),
    "{} will be sent to Norway.": (Kind.DEPLOY, Status.PLANNED),
    "{} may be sent to Norway.": (Kind.DEPLOY, Status.POSSIBLE),
    "{} left Norway.": (Kind.WITHDRAW, Status.FACT),
    "{} has withdrawn from Norway.": (Kind.WITHDRAW, Status.FACT),
    "{} was pulled out of Norway.": (Kind.WITHDRAW, Status.FACT),
    "{} has returned home from Norway.": (Kind.WITHDRAW, Status.FACT),
    "{} was transferred from Gabon to Norway.": (Kind.RELOCATE, Status.FACT),
    "{} took part in an exercise in Norway.": (Kind.EXERCISE, Status.FACT),
    "{} is exercising in Norway.": (Kind.EXERCISE, Status.FACT),
    "Elements of {} have been deployed to Norway.": (Kind.DEPLOY, Status.FACT),
    "The last of {} have left Norway.": (Kind.WITHDRAW, Status.FACT),
    "The government has sent {} to Norway.": (Kind.DEPLOY, Status.FACT),
    "There are plans to bring {} home from Norway.": (Kind.WITHDRAW, Status.PLANNED),
}


def readings(text):
    return [draft.claim for draft in drafts(Document(text, published="2024-01-10"))]


CASES = [(unit, said) for unit in UNITS for said in SAID if not ("USS" in unit and said.startswith("Elements"))]


@pytest.mark.parametrize(("unit", "said"), CASES)
def test_who_was_where(unit, said):
    name, iso3 = UNITS[unit]
    kind, status = SAID[said]
    text = said.format(unit).replace(",.", ".")
    text = text[0].upper() + text[1:]
    found = [claim for claim in readings(text) if claim.unit == name and claim.place]
    assert [(c.kind, c.status, c.place.iso3) for c in found] == [(kind, status, "NOR")]
    assert found[0].asset is (Asset.WARSHIP if "USS" in name else Asset.UNIT)
    if iso3:
        assert found[0].actor.iso3 == iso3


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The 47th Mechanised Brigade and the 25th Airborne Brigade are in Pokrovsk.", 2),
        (
            "Ukraine sent the 47th Mechanised Brigade, the 25th Airborne Brigade and the 3rd Brigade to Pokrovsk.",
            3,
        ),
        ("The 47th Mechanised Brigade, together with the 25th Airborne Brigade, has left Pokrovsk.", 2),
    ],
)
def test_units_that_are_listed_are_all_there(text, units):
    found = [claim for claim in readings(text) if claim.asset is Asset.UNIT]
    assert len({claim.unit for claim in found}) == len(found) == units
    assert {claim.place.name for claim in found} == {"Pokrovsk"}
    assert {claim.actor.iso3 for claim in found} == {"UKR"}


@pytest.mark.parametrize(
    ("text", "unit", "place"),
    [
        ("Headquarters 81 Division Nigerian Army is located in Lagos.", "81 Division", "Lagos"),
        (
            "The 3rd Tank Brigade, which has its headquarters in Vyborg, is at full strength.",
            "3rd Tank Brigade",
            "Vyborg",
        ),
        ("The headquarters of the 15th Division was moved from Basra to Mosul in March.", "15th Division", "Mosul"),
        ("Soldiers met at the XVIII Airborne Corps headquarters, Wiesbaden.", "XVIII Airborne Corps", "Wiesbaden"),
    ],
)
def test_a_headquarters_stands_for_its_unit(text, unit, place):
    assert (unit, Asset.UNIT, place) in {(c.unit, c.asset, c.place and c.place.name) for c in readings(text)}


def test_a_number_of_marines_is_no_regiment():
    text = "Some 700 Marines of the 2nd Battalion, 7th Marines are in Darwin."
    assert [(c.unit, c.quantity.low, c.asset) for c in readings(text)] == [
        ("2nd Battalion, 7th Marines", 700, Asset.PERSONNEL)
    ]


@pytest.mark.parametrize(
    ("bracket", "unit"),
    [
        ("EUFOR stabilization force", "EUFOR"),
        ("EUTM, MINUSMA, Task Force Takuba", "EUTM, MINUSMA, Task Force Takuba"),
        ("Hanbit unit", "Hanbit unit"),
        ("7th Military Base", "7th Military Base"),
    ],
)
def test_a_bracket_of_a_register_names_the_mission_or_the_unit(bracket, unit):
    text = f"120 Kosovo (KFOR); 250 Mali ({bracket}); 300 Lebanon (UNIFIL) (2021)"
    assert unit in {claim.unit for claim in readings(text)}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Some 300 airmen, deployed from the 158th Fighter Wing, are at Incirlik.", "158th Fighter Wing"),
        ("The soldiers, mostly drawn from the 22 Battalion, are in Liberia.", "22 Battalion"),
    ],
)
def test_people_drawn_from_a_unit_are_of_it(text, unit):
    assert [(c.unit, c.asset) for c in readings(text)] == [(unit, Asset.PERSONNEL)]


def test_a_register_s_item_for_several_places_is_read_by_the_model_for_each_with_all_its_missions():
    from garrison.extraction.registry import extractor_named

    text = "250 Lebanon (UNIFIL); 420 Chad/Mali/Niger (EUTM, MINUSMA, Operation Barkhane); 130 Kosovo (KFOR) (2020)"
    claims = extractor_named("learned").claims(
        Document(text, title="Military deployments: Spain", published="2021-01-01")
    )
    joint = [claim for claim in claims if claim.unit == "EUTM, MINUSMA, Operation Barkhane"]
    assert {claim.place.iso3 for claim in joint} == {"TCD", "MLI", "NER"}
    assert {claim.quantity for claim in joint} == {None}
