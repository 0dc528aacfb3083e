import sqlite3
import subprocess
import sys
import zipfile

import pytest

from garrison.naming.gazetteer_building import build
from garrison.naming.gazetteer_packing import packed
from garrison.vocabulary import UsageError

LINES = (
    (
        "99900001",
        "Testopolis",
        "Testopolis",
        "Testburg,TST,https://example.org",
        "15.5",
        "32.5",
        "P",
        "PPL",
        "SD",
        "29",
    ),
    ("99900002", "Wadi Test Air Base", "Wadi Test Air Base", "", "15.8", "32.5", "S", "AIRB", "SD", "29"),
    ("99900003", "Test Hotel", "Test Hotel", "", "15.8", "32.5", "S", "HTL", "SD", "29"),
    ("170063", "Aleppo again", "Aleppo again", "", "36.2", "37.16", "P", "PPLA", "SY", "09"),
)


def line(number, name, plain, others, lat, lon, feature, code, country, admin1):
    cells = [number, name, plain, others, lat, lon, feature, code, country, "", admin1, "", "", "", "1234", "", "380"]
    return "\t".join([*cells, "Africa/Khartoum", "2024-01-01"])


@pytest.fixture
def dump(tmp_path):
    """A file in the form of allCountries.zip, with one line that is broken."""
    path = tmp_path / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("allCountries.txt", "\n".join([*(line(*cells) for cells in LINES), "broken"]) + "\n")
    return path


def looked_up(file, name):
    """What a fresh program finds under a name in a gazetteer file."""
    code = f"from garrison.naming.gazetteer import candidates; print([c.geonameid for c in candidates({name!r})])"
    environment = {"GARRISON_GAZETTEER": str(file), "PATH": "/usr/bin"}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)


def test_places_of_a_dump_are_added_to_the_packages_own(dump, tmp_path):
    target = tmp_path / "made" / "gazetteer.sqlite"
    shares = []
    built = build(dump, target, shares.append)
    assert (built.places, built.broken) == (2, 1)
    assert looked_up(target, "Testburg").stdout.strip() == "[99900001]"
    assert looked_up(target, "wadi test air base").stdout.strip() == "[99900002]"
    assert "266826" in looked_up(target, "Tripoli").stdout
    assert shares[-1] == 1.0


def test_places_that_the_package_has_and_features_of_no_use_are_left_out(dump, tmp_path):
    target = tmp_path / "gazetteer.sqlite"
    build(dump, target)
    assert looked_up(target, "Test Hotel").stdout.strip() == "[]"
    assert looked_up(target, "Aleppo again").stdout.strip() == "[]"


def test_an_unpacked_dump_is_taken_too(dump, tmp_path):
    with zipfile.ZipFile(dump) as packed:
        packed.extractall(tmp_path)
    assert build(tmp_path / "allCountries.txt", tmp_path / "gazetteer.sqlite").places == 2


def test_a_file_of_another_form_is_refused_and_leaves_nothing(tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("a,b,c\n")
    with pytest.raises(UsageError, match="not in the form"):
        build(other, tmp_path / "gazetteer.sqlite")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.txt"]


def test_a_missing_dump_is_said_to_be_missing(tmp_path):
    with pytest.raises(UsageError, match="there is no file"):
        build(tmp_path / "none.zip", tmp_path / "gazetteer.sqlite")


def test_a_gazetteer_that_is_none_is_named_in_the_message(tmp_path):
    bad = tmp_path / "bad.sqlite"
    bad.write_text("no database")
    assert "cannot be read" in looked_up(bad, "Aleppo").stderr


def test_a_built_gazetteer_has_packed_places(dump, tmp_path):
    target = tmp_path / "gazetteer.sqlite"
    build(dump, target)
    opened = sqlite3.connect(target)
    data = packed(opened, target)
    assert data is not None
    assert b"Testopolis" in data[-100:]
