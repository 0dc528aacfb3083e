"""The learned extractor: claims with exact evidence, from short and long, plain and hostile texts."""

import json
from pathlib import Path

import pytest

from garrison.extraction.learned import LearnedExtractor
from garrison.extraction.registry import extractor_named
from garrison.vocabulary import Asset, Document, Kind

READER = LearnedExtractor()
TEXT = "About 7,000 troops from Russia's 201st Motor Rifle Division are stationed in Tajikistan."
IDLE = "The harvest was late and the market stayed shut for a week. "


def claims(text, title=None, published="2021-07-08"):
    return READER.claims(Document(text, title, published))


def test_it_is_installed_under_its_name():
    assert extractor_named("learned").name == "learned"


def test_a_plain_statement_is_read_in_full():
    (claim,) = claims(TEXT)
    assert claim.kind is Kind.PRESENT
    assert claim.actor is not None
    assert claim.actor.iso3 == "RUS"
    assert claim.place is not None
    assert claim.place.name == "Tajikistan"
    assert claim.quantity is not None
    assert claim.quantity.low == claim.quantity.high == 7000


def test_every_quotation_is_the_text_at_its_span():
    path = Path(__file__).parents[3] / "training" / "passages" / "written.jsonl"
    rows = [json.loads(line) for line in path.open(encoding="utf-8")][::40]
    found = [(row["text"], claim) for row in rows for claim in claims(row["text"], row["title"], row["published"])]
    assert len(found) > 10
    assert all(claim.span.of(text) == claim.quote for text, claim in found)


def test_confidence_lies_between_nought_and_one():
    assert all(0 < claim.confidence <= 1 for claim in claims(TEXT))


def test_a_text_without_a_force_has_no_claim():
    assert claims(IDLE * 40) == ()


def test_a_statement_deep_in_a_long_document_is_read_with_its_place_in_the_whole():
    text = IDLE * 60 + TEXT + " " + IDLE * 60
    (claim,) = claims(text)
    assert claim.span.of(text) == claim.quote
    assert claim.span.start >= len(IDLE * 60)


def test_no_claim_is_doubled_where_windows_meet():
    numbers = [1000 + 37 * n for n in range(60)]
    text = " ".join(f"France has {n:,} soldiers in Chad. {IDLE}" for n in numbers)
    found = [claim.quantity.low for claim in claims(text) if claim.quantity]
    assert len(found) == len(set(found))
    assert len(found) >= 0.5 * len(numbers)


def test_a_list_of_countries_with_one_number_is_a_claim_each_without_it():
    found = claims("troops deployed: 5,100 Burkina Faso/Chad/Mali/Niger; 450 Estonia (NATO) (2020)", "France: Military")
    assert {claim.place.iso3: claim.quantity and claim.quantity.low for claim in found} == {
        **dict.fromkeys(("BFA", "TCD", "MLI", "NER")),
        "EST": 450,
    }


def test_services_of_the_same_size_are_two_claims():
    found = claims("35,000 troops (25,000 Army; 5,000 Navy; 5,000 Air Force) (2022)", "Oman: Military")
    assert [claim.quantity.low for claim in found] == [35_000, 25_000, 5_000, 5_000]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "troops " * 3000,
        "7,000 \u200btroops\u200b in \u202eTajikistan\u202c 🪖🪖",
        "قوات روسية 7,000 troops في سوريا",
        TEXT.upper(),
        "\x00 tanks \ufeff in Kyiv",
        "a" * 20_000 + " soldiers in Gao",
    ],
)
def test_hostile_text_is_read_without_a_fault(text):
    assert all(claim.span.of(text) == claim.quote for claim in claims(text))


def test_a_named_ship_is_read_once_whatever_it_is_called_before_its_name() -> None:
    found = LearnedExtractor().claims(Document("The submarine USS Florida is in the Red Sea, Central Command said."))
    assert [(claim.asset, claim.unit) for claim in found] == [(Asset.SUBMARINE, "USS Florida")]


def test_the_soldiers_of_a_unit_are_claimed_once_as_people():
    (claim,) = claims("Soldiers from the 10th Mountain Division are stationed at Fort Drum.")
    assert (claim.asset, claim.unit) == (Asset.PERSONNEL, "10th Mountain Division")


def test_a_unit_s_headquarters_is_claimed_once_as_a_base():
    (claim,) = claims("Drones struck the headquarters of the 4th Infantry Brigade in Tuluá.")
    assert (claim.asset, claim.unit, claim.kind) == (Asset.BASE, "4th Infantry Brigade", Kind.PRESENT)
    assert claim.place is not None
    assert claim.place.name == "Tuluá"
