"""What the grammar reads in sentences written for these tests."""

import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.extraction.grammar import GrammarExtractor
from garrison.extraction.registry import extractor_named
from garrison.vocabulary import Asset, Document, Kind, Measure, Status, UsageError
from garrison.vocabulary.guide_form import as_mapping

GOLD = Path(__file__).parents[4] / "shared" / "gold"
EXTRACTOR = GrammarExtractor()


def read(text, title=None, published="2021-07-08", outlet=None):
    return EXTRACTOR.claims(Document(text, title, published, outlet))


def one(text, **context):
    claims = read(text, **context)
    assert len(claims) == 1, [claim.quote for claim in claims]
    return claims[0]


def test_a_host_and_the_troops_it_hosts():
    claim = one("Tajikistan hosts about 7,000 troops from Russia's 201st Motor Rifle Division.")
    assert (claim.kind, claim.status, claim.measure) == (Kind.PRESENT, Status.FACT, Measure.LEVEL)
    assert claim.actor.iso3 == "RUS"
    assert claim.unit == "201st Motor Rifle Division"
    assert (claim.quantity.low, claim.quantity.high) == (7000, 7000)
    assert (claim.place.name, claim.place.iso3) == ("Tajikistan", "TJK")


def test_two_forces_under_one_verb_are_two_claims():
    claims = read("Russia will send up to 6,000 servicemen and more than a hundred tanks to Tajikistan.")
    assert {(c.asset, c.quantity.low, c.quantity.high) for c in claims} == {
        (Asset.PERSONNEL, None, 6000),
        (Asset.TANK, 100, None),
    }
    assert {c.status for c in claims} == {Status.PLANNED}
    assert {c.kind for c in claims} == {Kind.DEPLOY}


def test_the_quotation_is_an_exact_piece_of_the_text_and_its_span_finds_it():
    text = "Nothing here. Some 2,000 French soldiers were stationed in Gao in 2020. Nothing there."
    claim = one(text)
    assert claim.span.of(text) == claim.quote
    assert "2,000 French soldiers were stationed in Gao" in claim.quote


def test_a_force_that_leaves_a_place():
    claim = one("The last American troops left Afghanistan on 30 August, a general said.", published="2021-08-31")
    assert (claim.kind, claim.place.iso3) == (Kind.WITHDRAW, "AFG")
    assert (claim.when.start, claim.when.end) == ("2021-08-30", "2021-08-30")


def test_a_force_that_falls_back_to_a_named_place_is_moved_there():
    claim = one("Some 1,000 Afghan soldiers retreated into Tajikistan early on Monday.")
    assert (claim.kind, claim.place.iso3, claim.actor.iso3) == (Kind.RELOCATE, "TJK", "AFG")


def test_from_one_place_to_another_is_a_relocation_with_its_origin():
    claim = one("The United States moved 12 F-16 fighters from Aviano to Incirlik in March.")
    assert (claim.kind, claim.asset) == (Kind.RELOCATE, Asset.COMBAT_AIRCRAFT)
    assert (claim.origin.name, claim.place.name) == ("Aviano", "Incirlik")


def test_an_exercise_counts_once_for_each_participant():
    claims = read("Some 1,500 Russian and Uzbek troops began joint exercises on Friday at the Termez training ground.")
    assert {(c.kind, c.actor.iso3) for c in claims} == {(Kind.EXERCISE, "RUS"), (Kind.EXERCISE, "UZB")}


def test_a_list_of_places_is_one_claim_for_each():
    claims = read("German soldiers are stationed in Mali, Niger and Jordan.")
    assert {c.place.iso3 for c in claims} == {"MLI", "NER", "JOR"}


def test_a_register_of_deployments():
    text = (
        "250 Bosnia-Herzegovina (EUFOR); approximately 30-35,000 Cyprus; 130 Lebanon (UNIFIL); up to 5,000 Qatar (2024)"
    )
    claims = read(text, title="Turkey: Military deployments")
    assert [(c.place.iso3, c.unit, c.quantity.low, c.quantity.high) for c in claims] == [
        ("BIH", "EUFOR", 250, 250),
        ("CYP", None, 30000, 35000),
        ("LBN", "UNIFIL", 130, 130),
        ("QAT", None, None, 5000),
    ]
    assert {c.actor.iso3 for c in claims} == {"TUR"}
    assert {(c.when.start, c.when.end) for c in claims} == {("2024", "2024")}


def test_a_register_of_strengths():
    text = "approximately 12,500 personnel (11,000 Army; 1,000 Navy; 500 Air Force) (2023)"
    claims = read(text, title="Namibia: Military and security service personnel strengths")
    assert [c.quantity.low for c in claims] == [12500, 11000, 1000, 500]
    assert {(c.kind, c.place) for c in claims} == {(Kind.STRENGTH, None)}


def test_a_unit_and_its_address():
    text = "Other formations in the competition are 33 Artillery Brigade, Bauchi; and the 3 Division Garrison, Jos."
    claims = read(text, title="Nigerian Army opens shooting competition", outlet="Daily Trust")
    assert {(claim.kind, claim.unit, claim.place.name) for claim in claims} >= {
        (Kind.PRESENT, "33 Artillery Brigade", "Bauchi"),
    }


def test_who_says_so_is_kept_innermost_first():
    claim = one("The United States has 900 soldiers in Syria, Pentagon officials told Reuters.")
    assert [source.name for source in claim.source] == ["Pentagon officials", "Reuters"]


@pytest.mark.parametrize(
    "text",
    [
        "Five Nigerian soldiers were killed in an ambush near Bama on Sunday.",
        "Police arrested two hundred fans after the match in Turin.",
        "The army of ants marched across the kitchen floor of the old barracks hotel.",
        "The museum keeps three tanks that children may climb on.",
        "The minister told reporters that the budget would be ready in May.",
        "",
    ],
)
def test_what_is_no_claim_gives_none(text):
    assert not [c for c in read(text) if c.place is not None and c.quantity is not None and c.actor is not None]


def test_a_long_text_is_read_only_where_it_names_a_force_and_the_spans_still_fit():
    filler = "The mayor opened the new swimming pool and praised the weather. " * 60
    text = filler + "France has 1,500 soldiers in Chad. " + filler
    claim = one(text)
    assert claim.span.of(text) == claim.quote
    assert claim.actor.iso3 == "FRA"


def test_every_claim_says_which_rule_made_its_fields():
    explained = EXTRACTOR.explain(Document("France has 1,500 soldiers in Chad."))
    rules = dict(explained[0].because)
    assert rules["kind"] == "the word “has”"
    assert rules["asset"] == "a force word with its number before it"
    assert rules["actor"] == "the subject of the verb"


def test_claims_in_the_guides_form_name_exactly_its_fields():
    row = as_mapping(one("France has 1,500 soldiers in Chad."))
    assert row["confidence"] > 0.5
    assert row["quantity"] == {"text": "1,500", "low": 1500, "high": 1500, "hedge": "exact"}


def test_the_grammar_is_found_by_its_name_and_an_unknown_one_is_not():
    assert extractor_named("grammar").name == "grammar"
    with pytest.raises(UsageError, match="no extractor 'oracle'"):
        extractor_named("oracle")


PIECES = [
    "troops",
    "5,000",
    "Mali",
    " in ",
    "sent",
    "(",
    ")",
    ";",
    "Russia",
    "\n",
    "2020",
    "deployed",
    "’s ",
    "“",
    "201st",
    " ",
]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_no_text_breaks_it_and_every_quotation_is_in_its_place(text):
    for claim in read(text):
        assert claim.span.of(text) == claim.quote


@pytest.mark.parametrize(
    "unit",
    [
        "troops ",
        "5 Mali; ",
        "US troops in Syria and ",
        "(((",
        "2,000 ",
        "Russia sent ",
        "5,000 men of the 33 Artillery Brigade, Bauchi, ",
    ],
)
def test_hostile_repetition_is_read_through(unit):
    text = unit * (20_000 // len(unit))
    assert all(claim.span.of(text) == claim.quote for claim in read(text))


@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_accuracy_on_the_development_passages_stays_above_the_bar():
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    gold = score.load(GOLD / "dev.jsonl")
    found = {
        key: {"claims": [as_mapping(c) for c in read(r["text"], r["title"], r["published"], r["outlet"])]}
        for key, r in gold.items()
    }
    figures = score.summary(score.tally(gold, found, gold)[0])
    assert figures["found"]["f1"] >= 0.55
    assert figures["core"]["f1"] >= 0.35
    assert figures["units"]["f1"] >= 0.30


@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_the_seed_article_is_read():
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    row = json.loads((GOLD / "seed.jsonl").read_text(encoding="utf-8"))
    claims = [as_mapping(c) for c in read(row["text"], row["title"], row["published"], row["outlet"])]
    figures = score.summary(score.tally({"seed": row}, {"seed": {"claims": claims}}, ["seed"])[0])
    assert figures["found"]["f1"] >= 0.55
    assert not [c for c in claims if "©" in c["quote"] or "Akismet" in c["quote"] or "comment" in c["quote"]]
