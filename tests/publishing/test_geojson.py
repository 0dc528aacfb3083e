import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garrison.publishing.circles import circle
from garrison.publishing.geojson import claim_feature, claims_map
from garrison.vocabulary import Place, PlaceKind


def rings(geometry):
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for part in parts for ring in part]


def twice_area(ring):
    return sum(a * d - c * b for (a, b), (c, d) in pairwise(ring))


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(1, 9_000))
def test_any_circle_is_closed_anticlockwise_and_within_the_world(lat, lon, radius):
    for ring in rings(circle(lat, lon, radius)):
        assert len(ring) >= 4
        assert ring[0] == ring[-1]
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
        assert twice_area(ring) >= 0


def test_a_circle_over_the_antimeridian_is_cut_in_two():
    geometry = circle(0, 179, 500)
    assert geometry["type"] == "MultiPolygon"
    assert len(rings(geometry)) == 2


def test_a_circle_around_a_pole_reaches_it():
    (ring,) = rings(circle(85, 20, 1_500))
    assert max(y for _, y in ring) == 90


def test_a_country_is_an_area(cited):
    feature = claim_feature(cited(place=Place("Tajikistan", "TJK")))
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["properties"]["radius_km"] > 100


def test_a_region_is_an_area_even_where_its_radius_is_small(cited):
    place = Place("Testland", "TJK", PlaceKind.REGION, None, 38.5, 68.8, 3.0)
    assert claim_feature(cited(place=place))["geometry"]["type"] == "Polygon"


def test_a_town_is_a_point_with_its_radius(cited):
    place = Place("Dushanbe", "TJK", PlaceKind.CITY, 1221874, 38.53575, 68.77905, 5.0)
    feature = claim_feature(cited(place=place))
    assert feature["geometry"] == {"type": "Point", "coordinates": [68.77905, 38.53575]}
    assert feature["properties"]["radius_km"] == 5.0
    assert feature["properties"]["geonameid"] == 1221874


def test_a_sea_known_by_name_only_is_an_area(cited):
    assert claim_feature(cited(place=Place("Baltic Sea")))["geometry"]["type"] == "Polygon"


@pytest.mark.parametrize("place", [None, Place("Qqaltunville")])
def test_what_has_no_place_on_the_map_has_a_null_geometry_and_its_words(cited, place):
    feature = claim_feature(cited(place=place))
    assert feature["geometry"] is None
    assert feature["properties"]["quote"]


def test_who_holds_a_contested_place_is_told_beside_the_state_it_counts_to(cited):
    properties = claim_feature(cited(place=Place("Crimea", "UKR")))["properties"]
    assert (properties["place_iso3"], properties["held_by"]) == ("UKR", "RUS")


def test_the_properties_have_a_name_that_a_person_can_read(cited):
    name = claim_feature(cited())["properties"]["name"]
    assert name.startswith("Russia, personnel, ")
    assert name.endswith("Tajikistan")


def test_claims_make_one_valid_collection_with_ids(cited):
    collection = json.loads("".join(claims_map([cited(), cited(claim="b")])))
    assert collection["type"] == "FeatureCollection"
    assert [feature["id"] for feature in collection["features"]] == [cited().claim, "b"]
    assert json.loads("".join(claims_map([]))) == {"type": "FeatureCollection", "features": []}
