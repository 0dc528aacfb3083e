import pytest

from garrison.naming.misspelling import meant, slips
from garrison.naming.places import find_places, resolve_place
from garrison.vocabulary import PlaceKind


def test_a_slip_is_one_letter_left_out_added_or_exchanged():
    found = set(slips("aleppo"))
    assert {"alepo", "aleppoo", "alepop", "aleppa", "alleppo"} <= found
    assert "balepo" not in found
    assert "aleppos and" not in found
    assert all(slip[0] == "a" for slip in found)


@pytest.mark.parametrize(
    ("form", "iso3", "meaning"),
    [
        ("kandahra", "AFG", "kandahar"),
        ("maiduguryi", "NGA", "maiduguri"),
        ("kandahra", "NGA", None),
        ("alpo", "SYR", None),
        ("х" * 8, "RUS", None),
        ("x" * 10_000, "SYR", None),
        ("", "SYR", None),
    ],
)
def test_what_a_misspelt_name_means_in_a_country(form, iso3, meaning):
    assert meant(form, iso3) == meaning


@pytest.mark.parametrize(
    ("text", "name", "geonameid"),
    [
        ("Troops withdrew from Kandahra in Afghanistan.", "Kandahra", 1138336),
        ("Libyan forces entered Bengahzi.", "Bengahzi", 88319),
        ("Soldiers are in Maiduguryi, Nigeria.", "Maiduguryi", 2331447),
    ],
)
def test_a_misspelt_town_is_found_in_the_country_of_the_passage_and_keeps_its_spelling(text, name, geonameid):
    found = next(mention.value for mention in find_places(text) if mention.span.of(text) == name)
    assert (found.name, found.geonameid, found.kind) == (name, geonameid, PlaceKind.CITY)


def test_a_name_that_is_as_near_to_two_places_of_the_country_stays_unknown():
    assert meant("balaklavaa", "UKR") == "balaklava"
    assert meant("balakliva", "UKR") is None  # Balaklava or Balakliya
    text = "Soldiers are in Balakliva, Ukraine."
    assert next(m.value.geonameid for m in find_places(text) if m.span.of(text) == "Balakliva") is None


def test_a_word_for_a_kind_or_a_direction_is_no_misspelt_name():
    assert resolve_place("Central", "French soldiers walked down Central.").geonameid is None
    assert resolve_place("Western", "French soldiers are in Western.").geonameid is None
