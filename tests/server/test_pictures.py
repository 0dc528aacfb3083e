"""What the endpoints answer about the bundled dispatches."""

from __future__ import annotations

import csv
import io

import pytest

from garrison.ledger import Ledger
from garrison.vocabulary import Place

API = "/api/v1"
ROW = "RUS/personnel/TJK"


def got(client, path, **query):
    answer = client.get(API + path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_world_has_every_force_with_a_place(reader):
    world = got(reader, "/world", as_of="2021-08-07")
    (force,) = [each for each in world["forces"] if each["row"] == ROW]
    assert world["actors"][force["actor"]] == {"id": "RUS", "name": "Russia", "iso3": "RUS"}
    assert world["places"][force["place"]]["shape"] == "country"
    assert (force["words"], force["disputed"], force["old"]) == ("about 7,000; up to 5,000", True, False)


def test_a_force_is_old_a_year_after_it_was_last_cited(reader):
    forces = got(reader, "/world", as_of="2023")["forces"]
    assert [each["old"] for each in forces if each["row"] == ROW] == [True]


def test_the_world_of_a_day_has_the_moves_before_it(reader):
    world = got(reader, "/world", as_of="2021-09-05")
    afghanistan = next(each for each in world["countries"] if each["iso3"] == "AFG")
    assert afghanistan["departures"] > 0
    assert all(each["day"] <= "2021-09-05" for each in world["moves"])
    assert got(reader, "/world", as_of="2022-09-05")["moves"] == []


def test_states_have_the_neutral_frame_and_others_the_unknown_one(reader):
    claims = got(reader, "/claims")["items"]
    frames = {(each["actor"] or {}).get("iso3") is not None: each["symbol"][3] for each in claims}
    assert frames == {True: "4", False: "1"}


def test_what_became_known_later_is_left_out(reader):
    known = got(reader, "/countries/TJK", as_of="2021-08-07", known="2021-07-07")
    (row,) = [each for each in known["forces"] if each["key"] == ROW]
    assert (row["words"], row["disputed"]) == ("about 7,000", False)


def test_a_country_is_found_by_its_name_and_code(reader):
    assert got(reader, "/countries/Tajikistan") == got(reader, "/countries/TJK")


def test_an_announced_move_has_a_state(reader):
    announced = got(reader, "/countries/TJK", as_of="2021-08-07")["announced"]
    assert {each["state"] for each in announced} <= {"open", "carried out", "denied", "lapsed"}
    assert announced


def test_a_row_is_found_by_either_of_its_names(reader):
    page = got(reader, "/actors/RUS")
    (row,) = [each for each in page["forces"] if each["asset"] == "unit"]
    assert row["id"] != row["key"]
    assert got(reader, "/row", id=row["id"])["row"] == got(reader, "/row", id=row["key"])["row"]


def test_estimates_go_by_the_keys_of_rows(reader):
    keys = {each["key"] for each in got(reader, "/countries/TJK")["forces"]}
    estimates = got(reader, "/estimates", place="TJK")["items"]
    assert keys <= {each["row"] for each in estimates}
    assert all(each["low"] <= each["median"] <= each["high"] for each in estimates if each["median"] is not None)


def test_a_series_has_a_band_and_a_mark_for_each_claim(reader):
    series = got(reader, "/row/series", id=ROW, as_of="2021-12-31")
    assert [point["day"] for point in series["points"]] == sorted({point["day"] for point in series["points"]})
    claims = {each["id"] for each in got(reader, "/row", id=ROW)["claims"]}
    assert claims <= {mark["claim"] for mark in series["marks"]}
    assert series["to"] == "2021-12-31"


def test_a_claim_has_its_words_its_sources_and_its_citation(reader):
    (claim,) = got(reader, "/claims", q="no more than 5,000")["items"]
    page = got(reader, f"/claims/{claim['id'][:12]}")
    document = got(reader, f"/documents/{claim['document']}")
    start, end = claim["span"]
    assert document["text"][start:end] == claim["quote"] == page["passage"]["quote"]
    assert page["claim"]["chain"] == ["two Western diplomats", "Northgate Defence Letter"]
    assert claim["quote"] in page["footnote"]
    assert page["link"].startswith(claim["url"] + "#:~:text=")
    assert {each["field"] for each in page["reading"]} >= {"kind", "status", "actor", "quantity", "place", "when"}


def test_a_named_unit_has_its_runs(reader):
    (unit,) = [each for each in got(reader, "/units")["items"] if each["unit"] == "201st military base"]
    page = got(reader, "/units/one", name=unit["unit"])
    assert page["positions"][0]["place"]["name"] == "Dushanbe"
    assert page["claims"]


def test_both_sides_of_a_dispute_are_shown(reader):
    (disputed,) = got(reader, "/disputes", place="TJK", as_of="2021-08-07")["rows"]
    assert disputed["row"]["key"] == ROW
    assert len({side["voice"] for side in disputed["sides"]}) == 2


def test_the_days_are_those_on_which_something_changed(reader):
    days = got(reader, "/days", place="TJK")
    assert [each["day"] for each in days["known"]] == sorted(each["day"] for each in days["known"])
    assert sum(each["claims"] for each in got(reader, "/days")["known"]) == got(reader, "/about")["counts"]["claims"]


@pytest.mark.parametrize(
    ("typed", "kind", "id"),
    [
        ("taj", "country", "TJK"),
        ("russ", "actor", "RUS"),
        ("oxus", "outlet", "Oxus Herald"),
        ("201", "unit", "201st military base"),
        ("dush", "site", "Dushanbe"),
    ],
)
def test_the_search_box_suggests_what_the_ledger_has(reader, typed, kind, id):
    items = got(reader, "/suggest", q=typed)["items"]
    assert (kind, id) in {(each["type"], each["id"]) for each in items}


def test_contested_areas_have_their_outline_where_there_is_one(reader):
    areas = {each["name"]: each for each in got(reader, "/contested")["items"]}
    assert areas["Crimea"]["precise"]
    assert areas["Crimea"]["geometry"]["type"] == "MultiPolygon"
    assert not areas["Nagorno-Karabakh"]["precise"]
    assert areas["Nagorno-Karabakh"]["geometry"]["type"] == "Polygon"
    assert sum(area["precise"] for area in areas.values()) > len(areas) / 2


def test_contested_areas_are_those_of_the_table(reader):
    areas = {each["name"]: each for each in got(reader, "/contested")["items"]}
    assert (areas["Crimea"]["un_iso3"], areas["Crimea"]["held_by_names"]) == ("UKR", ["Russia"])
    assert areas["South Ossetia"]["geometry"]["type"] == "Polygon"


def test_disputes_of_a_large_ledger_are_the_last_cited_by_the_simple_rule(serving, copied, monkeypatch, claim, reading):
    from garrison.server.routes import estimates

    with Ledger.open(copied) as ledger:
        for number, outlet in ((300, "Herald"), (9000, "Courier"), (310, "Post")):
            said = f"Russia keeps {number} troops in Mali."
            made = claim(said, number=number, place=Place("Mali", "MLI"))
            ledger.record(reading(said, made, outlet=outlet, published="2022-03-01", data=said))
    client = serving(copied)
    plain = {each["id"] for each in got(client, "/countries/MLI")["forces"] if each["disputed"]}
    monkeypatch.setattr(estimates, "ESTIMATED_CLAIMS", 0)
    whole = got(client, "/disputes")
    assert {each["id"] for each in whole["rows"]} > plain == {"RUS/personnel/MLI"}
    assert (whole["left_out"], whole["denials"]) == (0, [])
    assert whole["rows"][0]["id"] == "RUS/personnel/MLI", "last cited first"
    assert sorted(each["claim"]["quantity"]["low"] for each in whole["rows"][0]["sides"]) == [310, 9000]
    assert {each["id"] for each in got(client, "/disputes", place="TJK", known="2026-01-01")["rows"]} == {
        each["id"] for each in whole["rows"] if each["row"]["place"]["iso3"] == "TJK"
    }
    monkeypatch.setattr(estimates, "DISPUTED", 1)
    few = got(serving(copied), "/disputes")
    assert [each["id"] for each in few["rows"]] == ["RUS/personnel/MLI"]
    assert few["left_out"] == len(whole["rows"]) - 1


def test_estimates_of_a_large_ledger_are_made_meanwhile_and_then_given(serving, copied, monkeypatch):
    from garrison.pipeline import kept
    from garrison.server.routes import estimates

    started = []
    monkeypatch.setattr("garrison.server.warming.Warming.start", lambda self, awaited: started.append(self._what))
    monkeypatch.setattr(estimates, "ESTIMATED_CLAIMS", 0)
    client = serving(copied)
    refused = client.get("/api/v1/estimates")
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "being_made")
    assert int(refused.headers["retry-after"]) > 0
    assert started == ["estimates"]
    assert client.get("/api/v1/estimates", params={"known": "2021-07-10"}).status_code == 413, "nothing is kept yet"
    with Ledger.open(copied) as ledger:
        kept.refresh(ledger)
    assert got(client, "/estimates")["items"]
    assert got(client, "/estimates", known="2021-07-10")["items"]


def test_a_process_of_its_own_makes_the_estimates_of_a_ledger(copied):
    from garrison.ledger.redaction import estimates_beside
    from garrison.pipeline import kept
    from garrison.server.warming import Warming

    making = Warming("estimates", copied, 0)
    making.start()
    making._process.wait(timeout=120)
    assert estimates_beside(copied).exists()
    with Ledger.open(copied, create=False, read_only=True) as ledger:
        assert kept.behind(ledger) == 0


def test_what_tables_call_disputed_is_among_the_disputes_though_the_estimate_finds_none(
    serving, copied, claim, reading
):
    said = "Russia has about 6,500 troops in Tajikistan."
    made = claim(said, number=6500, place=Place("Tajikistan", "TJK"))
    with Ledger.open(copied) as ledger:
        ledger.record(reading(said, made, outlet="Northgate Defence Letter", published="2021-09-06", data=said))
    client, then = serving(copied), {"as_of": "2021-08-07"}
    plain = {each["id"] for each in got(client, "/countries/TJK", **then)["forces"] if each["disputed"]}
    rows = {each["id"]: each for each in got(client, "/disputes", place="TJK", **then)["rows"]}
    assert plain == {"RUS/personnel/TJK"} and plain <= set(rows)
    row = rows["RUS/personnel/TJK"]
    assert row["estimate"]["disputed"] == [], "the same voice said otherwise a month later"
    assert sorted(each["claim"]["quantity"]["high"] or 0 for each in row["sides"])[0] == 5000
    assert len(row["sides"]) == 2


def test_downloaded_claims_are_those_that_the_picture_of_the_day_goes_by(reader):
    def downloaded(**asked):
        answer = reader.get("/api/v1/download/claims.csv", params={"place": "TJK", **asked})
        return {each["id"]: each for each in csv.DictReader(io.StringIO(answer.text))}

    whole, then = downloaded(), downloaded(as_of="2021-07-08")
    assert set(then) < set(whole)
    assert {each["status"] for each in then.values()} >= {"fact", "planned"}, "what was announced by then as well"
    left_out = [whole[each] for each in whole.keys() - then.keys()]
    assert all(each["published"] > "2021-07-08" for each in left_out)
    page = got(reader, "/countries/TJK", as_of="2021-07-08")
    on_it = [each["claim"] for row in (*page["forces"], *page["home"]) for each in row["stated"]]
    on_it += [each["claim"]["id"] for each in page["announced"]] + [each["id"] for each in page["moves"]]
    assert set(on_it) <= set(then)


def test_announced_moves_and_disputes_are_downloaded_as_they_are_shown(reader):
    then = {"as_of": "2021-08-07"}

    def downloaded(file, **asked):
        answer = reader.get(f"/api/v1/download/{file}", params={**then, **asked})
        assert answer.status_code == 200, answer.text
        return answer

    def told(file, *names, **asked):
        return {
            tuple(each[name] for name in names) for each in csv.DictReader(io.StringIO(downloaded(file, **asked).text))
        }

    shown = got(reader, "/moves", **then)["items"]
    assert told("moves.csv", "id", "state", "by") == {
        (each["claim"]["id"], each["state"], each["by"] or "") for each in shown
    }
    assert told("moves.csv", "state", state="denied") == {("denied",)}
    assert len(downloaded("moves.csl.json").json()) == len(shown)
    rows = got(reader, "/disputes", **then)
    sides = {
        (row["row"]["key"], each["claim"]["id"]) for row in rows["rows"] for each in (*row["sides"], *row["outlying"])
    }
    sides |= {("", each["id"]) for each in rows["denials"]}
    assert sides
    assert told("disputes.csv", "row", "id") == sides
    assert downloaded("disputes.geojson").json()["type"] == "FeatureCollection"
    assert downloaded("disputes.txt").text.startswith("1. ")
