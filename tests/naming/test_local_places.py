"""Places as local news names them: small towns with great namesakes, whose country nobody says."""

import pytest

from garrison.naming.places import find_places, resolve_place
from garrison.vocabulary import PlaceKind


def names(text):
    return [mention.span.of(text) for mention in find_places(text)]


@pytest.mark.parametrize(
    ("name", "text", "region"),
    [
        (
            "Rome",
            "Two people from Rome died near Utica. The driver came from Syracuse and lived in Albany.",
            "New York",
        ),
        ("Moscow", "Storms hit Moscow and Lewiston on Sunday. Power was out in Pullman.", "Idaho"),
        ("Mexico", "The fair in Troy draws visitors from Hannibal and Mexico, Missouri police said.", "Missouri"),
        (
            "Manchester",
            "A man from Manchester won. He bought the ticket in Bedford and works in Concord.",
            "New Hampshire",
        ),
        ("Newcastle", "A mine near Newcastle will shut. Workers from Maitland and Cessnock met.", "New South Wales"),
    ],
)
def test_a_small_town_is_told_by_the_towns_beside_it(name, text, region):
    place = resolve_place(name, text)
    assert region in place.within, place


@pytest.mark.parametrize(
    ("name", "text", "country"),
    [
        ("Moscow", "Moscow sent troops to Georgia in 2008, and Paris and Berlin objected.", "RUS"),
        ("Rome", "Leaders met in Rome. Paris and Berlin sent their ministers.", "ITA"),
        ("Paris", "Some 2,000 soldiers patrol Paris and Lyon.", "FRA"),
    ],
)
def test_a_capital_among_its_like_stays_one(name, text, country):
    assert resolve_place(name, text).iso3 == country


@pytest.mark.parametrize(
    "text",
    [
        "Critics of George H. W. Bush spoke. Bush was the first to do so.",
        "Marco Rubio, a senator, voted against it. The letter that Rubio had sent was short.",
        "The Liberal majority passed the bill.",
        "They met at the Oscars.",
        "The Transportation Department issued guidelines.",
        "Mayor Virginia Raggi spoke.",
        "The troops left, so. So they are gone.",
    ],
)
def test_surnames_bodies_and_openings_are_no_places(text):
    assert names(text) == []


def test_a_wide_region_is_not_sought_in_a_town_that_is_called_so():
    text = "Two batteries went to the Middle East in March. Lawmakers in Washington and Baltimore reacted."
    place = resolve_place("Middle East", text)
    assert (place.iso3, place.kind) == (None, PlaceKind.REGION)


@pytest.mark.parametrize("name", ["Europe", "Africa", "the Sahel", "the Pacific", "the Arctic", "Central Asia"])
def test_a_part_of_the_world_is_in_no_country_whatever_is_named_beside_it(name):
    text = f"The United States has sent 2,000 soldiers to {name}, officials in Washington and in Texas said."
    assert resolve_place(name, text).iso3 is None


def test_the_beginning_of_a_name_is_no_part_of_a_country():
    assert names("The South Carolina Department of Transportation will widen it.") == []
    assert names("Fighting goes on in the south.") == ["the south"]


def test_a_surname_that_the_passage_says_somebody_is_in_is_a_place():
    assert "Bolton" in names("Troops train in Bolton. The mayor, John Bolton, watched Bolton change.")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Police arrested Vernon Adkins, 40, of McKee.", "McKee"),
        ("Deputies held Donnie Ray Smith of London.", "London"),
        ("HOLLIDAY, Mo. — A man was hurt.", "HOLLIDAY"),
        ("They were stopped just outside of Mareeba.", "Mareeba"),
        ("A resident of Blakeney saw it.", "Blakeney"),
        ("Residents of Lexington spoke.", "Lexington"),
    ],
)
def test_where_local_news_says_that_somebody_is_from_is_a_place(text, place):
    assert place in names(text)
