"""``--format geojson`` of claims and posture."""

import json

import pytest


@pytest.fixture
def ledger(garrison, lines, passage):
    """One document about Russia's troops in Tajikistan."""
    assert garrison("record", lines(passage())).status == 0


def test_claims_are_a_collection_of_areas_under_their_ids(garrison, ledger):
    collection = json.loads(garrison("claims", "--format", "geojson").out)
    assert collection["type"] == "FeatureCollection"
    (feature,) = collection["features"]
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["id"] == feature["properties"]["id"]


def test_rows_are_areas_marked_with_their_table_and_days(garrison, ledger):
    ran = garrison("posture", "Tajikistan", "--as-of", "2021-07-15", "--format", "geojson")
    (feature,) = json.loads(ran.out)["features"]
    assert feature["id"] == "RUS/personnel/TJK"
    assert feature["geometry"]["type"] == "Polygon"
    assert (feature["properties"]["table"], feature["properties"]["as_of"]) == ("forces", "2021-07-15")


def test_no_claims_make_an_empty_collection(garrison, ledger):
    ran = garrison("claims", "--place", "Mali", "--format", "geojson")
    assert json.loads(ran.out) == {"type": "FeatureCollection", "features": []}


def test_estimates_through_time_have_no_map_and_say_so(garrison, ledger):
    ran = garrison("posture", "Tajikistan", "--over", "2021-01..2021-06", "--format", "geojson")
    assert ran.status == 2
    assert "--over has no map" in ran.err
