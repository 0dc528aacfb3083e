import math

import pytest

from garrison.naming.lexicon import reference_rows
from garrison.naming.place_abbreviations import abbreviated
from garrison.naming.place_containment import Container, stated
from garrison.naming.place_context import context_of
from garrison.naming.place_features import FEATURES
from garrison.naming.place_ranking import choice
from garrison.naming.place_resolution import known_area
from garrison.naming.place_surroundings import readings_of
from garrison.naming.places import find_places, resolve_place
from garrison.vocabulary import Place, PlaceKind, Span


def reading(text, name, title=None, at=0):
    start = -1
    for _ in range(at + 1):
        start = text.index(name, start + 1)
    return readings_of([Span(start, start + len(name))], text, title)[0]


@pytest.mark.parametrize(
    ("text", "name", "region"),
    [
        ("A man was held in Paris, Texas, on Monday.", "Paris", "Texas"),
        ("A man was held in Paris on Monday.", "Paris", "Île-de-France"),
        ("LONDON, Ont. - A fire was put out.", "LONDON", "Ontario"),
        ("The Kentucky town of London is calm.", "London", "Kentucky"),
        ("Two held in Edmonton, Metcalfe County, Ky., on Monday.", "Edmonton", "Kentucky"),
    ],
)
def test_stated_containment_decides_between_namesakes(text, name, region):
    assert reading(text, name).place.within[0] == region


def test_a_name_keeps_the_sense_that_the_passage_gives_it_elsewhere():
    text = "A man was held in Paris, Texas. Police in Paris said so."
    assert reading(text, "Paris", at=1).place.within[0] == "Texas"


def test_a_country_and_a_region_of_one_name_are_told_apart():
    assert reading("Georgia and Alabama sent guardsmen to Atlanta.", "Georgia").place.iso3 == "USA"
    assert reading("Georgia and Armenia border Azerbaijan; Tbilisi is calm.", "Georgia").place.iso3 == "GEO"


def test_the_runners_up_are_kept_and_all_scores_are_a_probability():
    one = reading("Troops left Tripoli, Lebanon.", "Tripoli")
    assert one.place.iso3 == "LBN"
    assert "LBY" in {place.iso3 for place, _ in one.others}
    assert one.score > one.others[0][1]
    assert one.score + sum(score for _, score in one.others) <= 1 + 1e-9


def test_an_unknown_place_said_to_lie_in_a_known_one_has_its_reach_and_no_score():
    one = reading("The fire at Zzyzxopolis, Kentucky, was put out.", "Zzyzxopolis")
    assert (one.place.iso3, one.place.geonameid, one.score) == ("USA", None, 0.0)
    assert one.place.radius_km > 100


def test_an_unknown_place_keeps_its_words_and_gets_no_coordinates():
    one = reading("Hezbollah has sent 300 men to Qqaltun.", "Qqaltun")
    assert (one.place.name, one.place.iso3, one.place.lat, one.score) == ("Qqaltun", "LBN", None, 0.0)


def test_what_is_known_by_its_country_only_can_be_shown_with_the_countrys_reach():
    area = known_area(Place("Qqaltun", "LBN"))
    assert area.lat == pytest.approx(33.8, abs=0.1)
    assert area.radius_km > 40
    assert known_area(Place("Nowhere")).lat is None


@pytest.mark.parametrize(
    ("form", "region"),
    [("Ky.", "Kentucky"), ("KY", "Kentucky"), ("B.C.", "British Columbia"), ("N.S.W.", "New South Wales")],
)
def test_abbreviations_of_regions_are_known_in_their_case(form, region):
    assert abbreviated(form).name == region
    assert abbreviated(form.lower()) is None


def test_an_abbreviation_after_a_comma_is_found_as_a_place():
    text = "Three men were held in London, Ky. They were armed."
    assert next(m.span.of(text) for m in find_places(text)) == "London"
    assert {m.value.iso3 for m in find_places(text)} == {"USA"}


def test_what_lies_between_a_town_and_its_state_is_passed_over():
    text = "Edmonton, Metcalfe County, Ky."
    assert Container("USA", "Kentucky") in stated(text, 0, 8)


@pytest.mark.parametrize(
    ("name", "lat", "lon"), [("Russia", 60, 100), ("Canada", 60.1, -113.6), ("Egypt", 27, 30), ("Texas", 31.5, -99.3)]
)
def test_countries_and_states_lie_where_their_land_does(name, lat, lon):
    place = resolve_place(name, f"Troops in {name}.")
    assert (place.lat, place.lon) == (pytest.approx(lat, abs=0.5), pytest.approx(lon, abs=0.5))
    assert place.radius_km > 200


def test_the_adjective_of_a_region_of_several_countries_is_that_region():
    place = resolve_place("European", "European troops left.")
    assert (place.kind, place.iso3) == (PlaceKind.REGION, None)


def test_counties_are_known():
    place = resolve_place("Laurel County", "Two men were held in Laurel County, Kentucky.")
    assert (place.lat, place.lon) == (pytest.approx(37.1, abs=0.2), pytest.approx(-84.1, abs=0.2))


@pytest.mark.parametrize(
    "text",
    [
        "Mobile phones were seized.",
        "Reading is fun, said the teacher.",
        "Police also found guns.",
        "Officers spoke to Vladimir Ivanov. Vladimir had left.",
        "Xinhua reported the news.",
    ],
)
def test_words_persons_and_outlets_are_no_places(text):
    assert find_places(text) == ()


def test_a_word_that_is_a_town_is_a_place_beside_what_it_lies_in():
    text = "The plant in Mobile, Alabama, closed. Reading, England, is calm."
    assert {"Mobile", "Reading"} <= {m.span.of(text) for m in find_places(text)}


def test_each_feature_has_a_weight_and_each_weight_a_feature():
    from garrison.naming.lexicon import reference_rows

    assert [row["feature"] for row in reference_rows("place_weights.csv")] == list(FEATURES)


def test_scores_are_the_weighted_sums_of_the_features():
    text = (
        "Troops left Paris, Texas, for Damascus. In Syria, shells fell on Latakia, Syria, on Homs and on Tripoli; "
        "the Texas guard went home to Paris. Springfield, Ill., waited. Nobody in Xyzzyville saw the Sahel."
    )
    context = context_of(text, "Soldiers in Texas and Syria")
    fitted = {row["feature"]: float(row["weight"]) for row in reference_rows("place_weights.csv")}
    weights = [fitted.get(name, 0.0) for name in FEATURES]
    seen = 0
    for name in ("Paris", "Damascus", "Latakia", "Homs", "Tripoli", "Springfield", "Texas", "Sahel", "Ill"):
        for kind in (None, PlaceKind.CITY):
            at = text.find(name)
            said = stated(text, at, at + len(name))
            found = choice(name, context, at, kind=kind, said=said, outlet="Le Monde")
            assert found is not None
            scores = [sum(w * x for w, x in zip(weights, row, strict=True)) for row in found.numbers]
            odds = [math.exp(score - max(scores)) for score in scores]
            assert list(found.odds) == pytest.approx(odds, rel=1e-9)
            assert found.chance == pytest.approx(1 / sum(odds), rel=1e-9)
            seen += len(odds)
    assert seen > 100
