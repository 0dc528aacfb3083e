"""Exercises: who holds one by its own words or by those before, where it is, what it is of, and what is none."""

import pytest

from garrison.extraction.grammar.exercise_words import held_in, names_in, no_drills
from garrison.extraction.grammar.extractor import drafts
from garrison.vocabulary import Document, Kind

START = "Sweden and Finland began war games on Monday with 4,000 soldiers near Umea. "


def held(text, title=None):
    """Who exercises where, with what, by the last sentence of ``text``."""
    found = [each.claim for each in drafts(Document(text, title))]
    last = text.rstrip(". ").rfind(". ") + 1
    return {
        (claim.actor and claim.actor.name, claim.place and claim.place.name, claim.asset.value)
        for claim in found
        if claim.kind is Kind.EXERCISE and claim.span is not None and claim.span.start >= last
    }


@pytest.mark.parametrize(
    ("text", "parties", "place"),
    [
        ("Troops waited. The annual drills by Poland and Latvia began near Adazi.", {"Poland", "Latvia"}, "Adazi"),
        (START + "The drills were held near Tapa.", {"Sweden", "Finland"}, "Tapa"),
        (START + "Gotland is to host part of the drills.", {"Sweden", "Finland"}, "Gotland"),
        (START + "Other activities of the exercise will be held on Crete.", {"Sweden", "Finland"}, "Crete"),
        (START + "Small numbers of French and German troops are also taking part.", {"France", "Germany"}, "Umea"),
        (START + "Kenya and Uganda are fielding more than 800 soldiers each.", {"Kenya", "Uganda"}, "Umea"),
    ],
)
def test_an_exercise_has_its_parties_and_its_place(text, parties, place):
    found = held(text)
    assert {actor for actor, _, _ in found} == parties
    assert {where for _, where, _ in found} == {place}


def test_the_title_says_who_holds_an_exercise_that_nobody_else_does():
    text = "The troops are tired. Crete will host part of the drills."
    found = held(text, "Spain, Greece launch war games after Turkish drills")
    assert {actor for actor, _, _ in found} == {"Spain", "Greece"}


@pytest.mark.parametrize(
    "text",
    [
        "The Algerian military conducted a live-fire ballistic missile drill.",
        "The Algerian military conducted a live-fire drill of an Iskander ballistic missile.",
    ],
)
def test_what_is_fired_in_a_drill_is_the_force(text):
    assert held(text) == {("Algeria", None, "missile")}


def test_training_before_a_deployment_is_an_exercise_and_no_deployment():
    found = drafts(Document("The pre-deployment training of 19 Battalion took place at Jaji."))
    assert {each.claim.kind for each in found} == {Kind.EXERCISE}


def test_the_name_of_an_exercise_is_neither_a_place_nor_a_base():
    assert held("Two thousand British soldiers took part in exercise Winter Camp near Tapa.") == {
        ("United Kingdom", "Tapa", "personnel")
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Exercise Blue Lagoon began.", "Blue Lagoon"),
        ("the exercise dubbed “Blue Lagoon”", "Blue Lagoon"),
        ("took part in exercise Winter Camp 2019", "Winter Camp 2019"),
        ("a military exercise Russia held", None),
        ("an exercise in Winter Camp", None),
    ],
)
def test_an_exercise_is_named_after_its_word(text, name):
    assert [span.of(text) for span in names_in(text)] == ([name] if name else [])


@pytest.mark.parametrize(
    "text",
    [
        "The company drills for oil in the Barents Sea.",
        "Militants exercise control in the north.",
        "All sides must exercise the utmost restraint.",
        "Soldiers of both sides exercised restraint near Tapa.",
        "Militants are exercising control near Gao.",
        "Two ships drilled for oil in the Barents Sea.",
    ],
)
def test_what_only_sounds_like_an_exercise_is_none(text):
    assert no_drills(text)
    assert held(text) == set()


def test_nobody_takes_part_in_what_is_no_exercise():
    assert held_in("He took part in the Afrin campaign.") == ()
    assert held("Syrian rebels took part in the Afrin campaign.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Tehran denounced the exercises as a threat to its forces in the Gulf.",
        "Serbia's president called the drills a warning to separatist forces in Kosovo.",
        "The drills were announced after a Greek patrol boat had been damaged in the Aegean Sea.",
        "Greek Marines exercise spokesman Nikos Adamos said so.",
    ],
)
def test_who_is_only_named_beside_an_exercise_takes_no_part(text):
    assert {actor for actor, _, _ in held(text)} <= {None}


def test_who_collides_with_something_beside_an_exercise_does_not_exercise_with_it():
    text = "Libya held huge drills off Sirte and a Libyan tug collided with a Maltese patrol boat."
    assert "warship" not in {asset for _, _, asset in held(text)}
    assert ("Malta", "Sirte", "warship") in held("Libya held huge drills off Sirte with a Maltese patrol boat.")
