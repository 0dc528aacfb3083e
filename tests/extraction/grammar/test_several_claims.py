"""Sentences that make several claims: enumerations, which hold for each member, and what is told in passing."""

import pytest

from garrison.extraction.grammar.extractor import GrammarExtractor
from garrison.vocabulary import Document


def read(text):
    return [
        (claim.kind.value, claim.actor and claim.actor.name, claim.place and claim.place.name, claim.asset.value)
        for claim in GrammarExtractor().claims(Document(text, published="2018-12-20"))
    ]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Peacekeepers from Ghana, Nepal and Indonesia serve in southern Lebanon.", ["Ghana", "Nepal", "Indonesia"]),
        ("Neither Russia nor Iran has troops in Lebanon.", ["Russia", "Iran"]),
        (
            "Warships from the US, Britain and Australia are in the Gulf.",
            ["United States", "United Kingdom", "Australia"],
        ),
    ],
)
def test_each_of_the_listed_actors_has_the_force(text, actors):
    assert [actor for _, actor, _, _ in read(text)] == actors


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("American troops remain in Iraq as well as in Syria.", ["Iraq", "Syria"]),
        ("Syrian troops moved into Tel Tamer, Ain Issa and Umm al-Kayf.", ["Tel Tamer", "Ain Issa", "Umm al-Kayf"]),
        ("French soldiers are based in Gabon, and later in Senegal.", ["Gabon", "Senegal"]),
    ],
)
def test_the_force_is_in_each_of_the_listed_places(text, places):
    assert [place for _, _, place, _ in read(text)] == places


def test_a_comma_and_a_preposition_make_no_list():
    assert [place for _, _, place, _ in read("Nigerian troops arrived in Jaji, near Kaduna.")] == ["Jaji"]


def test_respectively_pairs_actors_with_places():
    text = "Canadian and German battlegroups are stationed in Latvia and Lithuania respectively."
    assert [(actor, place) for _, actor, place, _ in read(text)] == [("Canada", "Latvia"), ("Germany", "Lithuania")]


def test_a_verb_governs_all_the_forces_listed_before_it():
    text = "Sudan's army and the Rapid Support Forces are both present in El Obeid."
    assert {actor for _, actor, _, _ in read(text)} == {"Sudan", "Rapid Support Forces"}


def test_a_force_whose_place_is_told_in_passing_makes_two_claims():
    text = "If the 2,000 US troops stationed in Syria are withdrawn, the Kurds will be alone."
    assert {(kind, place) for kind, _, place, _ in read(text)} == {("present", "Syria"), ("withdraw", "Syria")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "HMS Trent, a patrol ship usually based in Gibraltar, has been sent to the Gulf of Guinea.",
            [("deploy", "the Gulf of Guinea"), ("present", "Gibraltar")],
        ),
        (
            "Uganda's 409 Brigade, with its base at Kotido, has been sent to the frontier with Turkana.",
            [("deploy", "the frontier with Turkana"), ("present", "Kotido")],
        ),
    ],
)
def test_what_is_inserted_and_what_the_main_verb_says_are_two_claims(text, said):
    assert sorted((kind, place) for kind, _, place, _ in read(text)) == said


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The 173rd Airborne Brigade, based in Vicenza, Italy, sent 600 paratroopers to Poland.", "United States"),
        ("The UAE has pulled most of its men out of Yemen, leaving a few hundred in Mukalla.", "United Arab Emirates"),
        ("Turkey said the SNA controls Afrin, where they have 5,000 men.", "Syrian National Army"),
        ("Canada leads the Nato battlegroup in Latvia, where it has about 1,900 troops.", "Canada"),
    ],
)
def test_a_force_is_of_whoever_the_sentence_speaks_of_and_not_of_the_place_before_it(text, actor):
    assert {whose for _, whose, _, asset in read(text) if asset == "personnel"} == {actor}
