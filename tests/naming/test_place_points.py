import pytest

from garrison.naming.map_grid import from_mgrs
from garrison.naming.place_points import coordinates_in, moved
from garrison.naming.places import find_places, resolve_place
from garrison.vocabulary import PlaceKind


@pytest.mark.parametrize(
    ("text", "words", "lat", "lon"),
    [
        ("A strike at 36.2012, 37.1612 hit a depot.", "36.2012, 37.1612", 36.2012, 37.1612),
        ("The post at 33.51° N, 36.29° E was left.", "33.51° N, 36.29° E", 33.51, 36.29),
        ("It sank at 33.9S, 18.4E.", "33.9S, 18.4E", -33.9, 18.4),
        ("Seen near 35°20′10″N 40°08′30″E.", "35°20′10″N 40°08′30″E", 35.3361, 40.1417),
        ("Guns in grid 31U DQ 48251 11932 fired.", "31U DQ 48251 11932", 48.8582, 2.2945),
    ],
)
def test_coordinates_in_a_text_are_a_point_with_their_exact_words(text, words, lat, lon):
    (found,) = (mention for mention in find_places(text) if mention.value.kind is PlaceKind.POINT)
    assert found.span.of(text) == words
    assert found.value.lat == pytest.approx(lat, abs=1e-3)
    assert found.value.lon == pytest.approx(lon, abs=1e-3)


def test_coordinates_get_the_country_of_the_nearest_town():
    assert coordinates_in("at 36.2012, 37.1612")[0].value.iso3 == "SYR"


def test_coordinates_far_out_at_sea_have_no_country():
    assert coordinates_in("at 0.00 N, 25.00 W")[0].value.iso3 is None


def test_the_radius_of_coordinates_follows_from_their_digits():
    coarse, fine = (coordinates_in(text)[0].value.radius_km for text in ("33.5° N, 36.2° E", "33.5138° N, 36.2765° E"))
    assert coarse == pytest.approx(5.56, abs=0.01)
    assert fine == pytest.approx(0.05)


@pytest.mark.parametrize(
    "text", ["rose by 4.55, 6.12 percent", "42° N of nothing", "95.1234, 37.1234", "00CAA1234", ""]
)
def test_other_numbers_are_no_coordinates(text):
    assert coordinates_in(text) == ()


def test_a_grid_square_that_does_not_exist_is_none():
    assert from_mgrs("61SUJ2348") is None
    assert from_mgrs("18SZZ2348") is None
    assert from_mgrs("18SUJ234") is None


def test_a_grid_square_south_of_the_equator_has_a_southern_latitude():
    lat, lon, _ = from_mgrs("56HLH3400051000")
    assert (lat, lon) == (pytest.approx(-33.86, abs=0.05), pytest.approx(151.21, abs=0.05))


def test_an_offset_is_a_point_with_room_for_what_a_distance_leaves_open():
    place = resolve_place("20 km north of Aleppo", "Tanks stood 20 km north of Aleppo on Monday.")
    assert (place.kind, place.iso3, place.geonameid) == (PlaceKind.POINT, "SYR", None)
    assert place.lat == pytest.approx(36.38, abs=0.01)
    assert place.radius_km >= 5


def test_an_offset_before_a_name_found_in_a_text_moves_its_point():
    text = "The column was about 30 miles (48 km) south-east of Mosul, Iraq."
    place = next(m.value for m in find_places(text) if "Mosul" in m.span.of(text))
    assert place.lat < 36.1
    assert place.lon > 43.3


def test_a_distance_without_a_direction_widens_the_radius_only():
    text = "A column was stopped 50 km from Sirte."
    (mention,) = find_places(text)
    assert mention.value.radius_km > 50
    assert mention.value.lat == pytest.approx(31.2, abs=0.1)


@pytest.mark.parametrize(
    ("part", "whole", "axis", "sign"),
    [
        ("eastern Ukraine", "Ukraine", "lon", 1),
        ("northern Mali", "Mali", "lat", 1),
        ("Syria's north-east", "Syria", "lon", 1),
        ("south-western Iraq", "Iraq", "lat", -1),
    ],
)
def test_a_part_lies_on_its_side_of_the_whole_and_is_smaller(part, whole, axis, sign):
    there, all_ = resolve_place(part, f"Troops in {part}."), resolve_place(whole, f"Troops in {whole}.")
    assert there.iso3 == all_.iso3
    assert there.kind is PlaceKind.REGION
    assert (getattr(there, axis) - getattr(all_, axis)) * sign > 0.5
    assert there.radius_km < all_.radius_km


def test_what_lies_off_a_country_is_its_waters():
    place = resolve_place("off Yemen", "Ships off Yemen fired on Monday.")
    assert (place.kind, place.iso3) == (PlaceKind.SEA, "YEM")


def test_a_point_moved_over_the_antimeridian_keeps_a_valid_longitude():
    lat, lon = moved(0.0, 179.9, 111.195, 90)
    assert lat == pytest.approx(0.0, abs=1e-6)
    assert lon == pytest.approx(-179.1, abs=1e-3)
