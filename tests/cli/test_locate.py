"""``garrison locate`` and ``garrison gazetteer build``: no ledger."""

import json
import zipfile

TEXT = "Troops left Tripoli, Lebanon, for Homs and Qqaltunville."


def mention(words):
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def test_mentions_are_answered_in_their_order_with_coordinates_and_score(garrison, lines):
    ran = garrison("locate", lines({"id": "a", "text": TEXT, "mentions": [mention("Homs"), mention("Tripoli")]}))
    assert ran.status == 0
    answer = json.loads(ran.out)
    assert answer["id"] == "a"
    assert [place["name"] for place in answer["places"]] == ["Homs", "Tripoli"]
    assert [place["country"] for place in answer["places"]] == ["SYR", "LBN"]
    assert answer["places"][1].keys() == {
        *("start", "end", "name", "geonameid", "lat", "lon", "country", "radius_km", "score")
    }
    assert 0 < answer["places"][1]["score"] <= 1


def test_what_is_not_resolved_is_null(garrison, lines):
    row = {"id": 1, "text": "Qqaltunville is far.", "mentions": [{"start": 0, "end": 12}]}
    assert json.loads(garrison("locate", lines(row)).out) == {"id": 1, "places": [None]}


def test_without_mentions_the_places_are_found(garrison, lines):
    places = json.loads(garrison("locate", lines({"id": 1, "text": TEXT})).out)["places"]
    assert {"Tripoli", "Lebanon", "Homs"} <= {place["name"] for place in places}


def test_no_mentions_give_no_places(garrison, lines):
    assert json.loads(garrison("locate", lines({"id": 1, "text": TEXT, "mentions": []})).out)["places"] == []


def test_the_runners_up_are_told_when_asked(garrison, lines):
    ran = garrison("locate", lines({"id": 1, "text": TEXT, "mentions": [mention("Tripoli")]}), "--others")
    (place,) = json.loads(ran.out)["places"]
    assert place["kind"] == "city"
    assert "LBY" in {other["country"] for other in place["others"]}


def test_offsets_outside_the_text_are_reported_and_other_lines_answered(garrison, lines):
    bad = {"id": 1, "text": "Homs", "mentions": [{"start": 0, "end": 400}]}
    ran = garrison("locate", lines(bad, {"id": 2, "text": "In Homs, Syria.", "mentions": []}))
    assert ran.status == 1
    assert "line 1: mentions[0] must have a start and an end" in ran.err
    assert json.loads(ran.out)["id"] == 2


def test_a_dump_is_built_and_the_file_named(garrison, tmp_path):
    cells = ["99900001", "Testopolis", "Testopolis", "", "15.5", "32.5", "P", "PPL", "SD", "", "29", "", "", "", "12"]
    with zipfile.ZipFile(tmp_path / "SD.zip", "w") as packed:
        packed.writestr("SD.txt", "\t".join([*cells, "", "380", "Africa/Khartoum", "2024-01-01"]) + "\n")
    ran = garrison("gazetteer", "build", tmp_path / "SD.zip", "--to", tmp_path / "own.sqlite")
    assert ran.status == 0
    assert "1 places with 1 names added" in ran.err
    assert (tmp_path / "own.sqlite").exists()
