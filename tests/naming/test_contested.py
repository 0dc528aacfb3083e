"""Contested areas and their outlines."""

from __future__ import annotations

from itertools import pairwise

import pytest

from garrison.naming.contested import contested_area, contested_areas, contested_outline
from garrison.naming.lexicon import reference_rows
from garrison.naming.place_points import moved

AREAS = {area.name: area for area in contested_areas()}
OUTLINED = [row["name"] for row in reference_rows("contested_outlines.csv")]


def area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def inside(lat, lon, polygons):
    crossed = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in pairwise(ring):
            crossed += (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
    return crossed % 2 == 1


@pytest.mark.parametrize("name", OUTLINED)
def test_an_outline_lies_where_its_area_does(name):
    known, polygons = AREAS[name], contested_outline(name)
    assert inside(known.lat, known.lon, polygons)
    points = [point for polygon in polygons for ring in polygon for point in ring]
    reach = 4 * known.radius_km
    north, _ = moved(known.lat, known.lon, reach, 0)
    south, _ = moved(known.lat, known.lon, reach, 180)
    _, east = moved(known.lat, known.lon, reach, 90)
    _, west = moved(known.lat, known.lon, reach, 270)
    assert all(south < lat < north and west < lon < east for lon, lat in points)


@pytest.mark.parametrize("name", OUTLINED)
def test_rings_of_an_outline_are_closed_and_run_as_geojson_has_them(name):
    for outer, *holes in contested_outline(name):
        assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in (outer, *holes))
        assert area(outer) > 0
        assert all(area(hole) < 0 for hole in holes)


def test_an_area_without_an_outline_has_none():
    assert contested_outline("South Ossetia") is None


@pytest.mark.parametrize("name", ["the Golan Heights", "The Gaza Strip", "the Donbas"])
def test_an_area_is_known_with_its_article(name):
    assert contested_area(name) is contested_area(name[4:]) is not None
