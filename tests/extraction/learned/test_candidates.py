"""Candidates: what a passage offers for claims and their fields."""

from garrison.extraction.grammar.scene import scene_of
from garrison.extraction.learned.candidates import Role, Sort, anchors_of, options_of

TEXT = "About 7,000 troops from Russia's 201st Division are stationed in Tajikistan, the defence ministry said."


def scene(text=TEXT, title=None, outlet=None):
    return scene_of(text, title, "2021-07-08", outlet)


def anchors(sort):
    return [anchor for anchor in anchors_of(scene()) if anchor.sort is sort]


def entities(role, **more):
    return {option.entity for option in options_of(scene(**more), role)}


def test_a_number_knows_the_force_word_that_it_counts():
    (number,) = anchors(Sort.QUANTITY)
    assert number.force is not None
    assert number.force.span.of(TEXT) == "troops"


def test_a_force_word_knows_the_number_before_it():
    assert any(anchor.number is not None for anchor in anchors(Sort.FORCE))


def test_a_named_unit_is_an_anchor():
    assert any("201st" in anchor.span.of(TEXT) for anchor in anchors(Sort.UNIT))


def test_an_actor_may_be_named_or_be_the_country_of_a_place():
    assert {"RUS", "TJK"} <= entities(Role.ACTOR)


def test_the_title_and_the_outlet_offer_actors():
    found = options_of(scene("Soldiers were sent north.", "Chad sends soldiers", "Vanguard"), Role.ACTOR)
    assert any(option.titled and option.entity == "TCD" for option in found)
    assert any(option.form == "country of outlet" for option in found)


def test_mentions_of_one_country_are_one_entity():
    found = options_of(scene("Russia said Russian troops left Moscow."), Role.ACTOR)
    assert len([option for option in found if option.entity == "RUS"]) >= 2


def test_a_passage_without_names_offers_no_place():
    assert entities(Role.PLACE, text="The soldiers have gone.") == set()
