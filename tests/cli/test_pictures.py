"""``garrison posture``, ``units``, ``claims``, ``why``: questions put to a ledger."""

import csv
import io
import json

import pytest


@pytest.fixture
def ledger(garrison, lines, passage, claim):
    """Four documents about Tajikistan: two that disagree, a plan, and a named unit."""
    rows = [
        passage(),
        passage(
            id="p2",
            title="A count",
            url="https://post.example/count",
            outlet="Evening Post",
            published="2021-07-10",
            text="There are exactly 5,000 Russian troops in Tajikistan, the ministry told Interfax.",
            claims=[
                claim(
                    "There are exactly 5,000 Russian troops in Tajikistan",
                    quantity={"text": "exactly 5,000", "low": 5000, "high": 5000, "hedge": "exact"},
                    source=["the ministry", "Interfax"],
                )
            ],
        ),
        passage(
            id="p3",
            title="Vehicles to come",
            url="https://post.example/plan",
            outlet="Evening Post",
            published="2021-07-11",
            text="Russia will send 17 infantry fighting vehicles to Tajikistan.",
            claims=[
                claim(
                    "Russia will send 17 infantry fighting vehicles to Tajikistan",
                    kind="deploy",
                    status="planned",
                    asset="armoured_vehicle",
                    quantity={"text": "17", "low": 17, "high": 17, "hedge": "exact"},
                    measure="change",
                )
            ],
        ),
        passage(
            id="p4",
            title="The base at Dushanbe",
            url=None,
            published="2021-07-12",
            text="The 201st Military Base is stationed in Dushanbe.",
            claims=[
                claim(
                    "The 201st Military Base is stationed in Dushanbe",
                    unit="201st Military Base",
                    asset="unit",
                    quantity=None,
                    place="Dushanbe",
                )
            ],
        ),
    ]
    assert garrison("record", lines(*rows)).status == 0


@pytest.mark.parametrize("name", ["Tajikistan", "tajik", "TJK", "Tajikstan"])
def test_a_country_is_known_by_name_adjective_code_and_misspelling(garrison, ledger, name):
    ran = garrison("posture", name, "--as-of", "2021-07-15")
    assert ran.status == 0
    assert ran.out.startswith("Tajikistan, as of 15 July 2021")
    assert "RUS/personnel/TJK" in ran.out


def test_an_unknown_place_is_wrong_usage(garrison, ledger):
    ran = garrison("posture", "Absurdistan")
    assert ran.status == 2
    assert "Absurdistan" in ran.err


def test_an_announced_move_stands_in_a_table_of_its_own(garrison, ledger):
    assert "is to be sent: 17 armoured vehicles" in " ".join(
        garrison("posture", "Tajikistan", "--as-of", "2021-07-15").out.split()
    )


def test_a_disagreement_shows_both_sides(garrison, ledger):
    out = " ".join(garrison("posture", "Tajikistan", "--as-of", "2021-07-15").out.split())
    assert "Northern Wire has about 7,000 personnel" in out
    assert "Evening Post has 5,000 personnel" in out


def test_posture_as_json_has_every_table(garrison, ledger):
    picture = json.loads(garrison("posture", "Tajikistan", "--as-of", "2021-07-15", "--format", "json").out)
    assert picture["place_iso3"] == "TJK"
    rows = {row["id"]: row for row in picture["rows"]}
    assert rows["RUS/personnel/TJK"]["voices"] == 2
    assert len(picture["announced"]) == 1


def test_posture_as_csv_has_its_rows_each_with_its_table(garrison, ledger):
    out = garrison("posture", "Tajikistan", "--as-of", "2021-07-15", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert ("forces", "RUS/personnel/TJK") in {(row["table"], row["id"]) for row in rows}


def test_an_actor_lists_where_it_is(garrison, ledger):
    assert "personnel in Tajikistan" in " ".join(
        garrison("posture", "--actor", "Russia", "--as-of", "2021-07-15").out.split()
    )


def test_an_asset_that_is_no_class_is_wrong_usage(garrison, ledger):
    ran = garrison("posture", "Tajikistan", "--asset", "zeppelin")
    assert ran.status == 2
    assert "zeppelin" in ran.err


def test_a_date_that_is_none_is_wrong_usage(garrison, ledger):
    ran = garrison("posture", "Tajikistan", "--as-of", "yesterday")
    assert ran.status == 2
    assert "yesterday" in ran.err


def test_a_named_unit_has_its_runs_with_the_claims_behind_them(garrison, ledger):
    (run,) = json.loads(garrison("units", "201st Military Base", "--format", "json").out)
    assert (run["place"], run["tie"], run["first_cited"]) == ("Dushanbe", "site", "2021-07-12")
    assert garrison("why", run["claims"][0]).status == 0


def test_units_as_a_table_shows_the_unit_and_place(garrison, ledger):
    out = " ".join(garrison("units").out.split())
    assert "201st Military Base" in out
    assert "Dushanbe" in out


def test_a_unit_that_is_not_cited_is_told(garrison, ledger):
    ran = garrison("units", "99th Balloon Corps")
    assert ran.out == ""
    assert "no named unit in this ledger matches" in ran.err


def test_an_order_of_battle_is_imported(garrison, tmp_path, ledger):
    path = tmp_path / "orbat.csv"
    path.write_text("id,names,aliases,parent,relation,dates,source\n201,201st Military Base,Gatchina base,,,,own\n")
    ran = garrison("units", "import", path)
    assert ran.out == "1 unit imported\n"
    assert "Dushanbe" in garrison("units", "Gatchina base").out


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"name,place\nx,y\n", "lacks the columns"),
        (b"\xff\xfe\x00i", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_order_of_battle_is_refused(garrison, tmp_path, data, words):
    (tmp_path / "orbat.csv").write_bytes(data)
    ran = garrison("units", "import", tmp_path / "orbat.csv")
    assert ran.status == 2
    assert words in ran.err


def test_claims_are_filtered(garrison, ledger):
    (claim,) = json.loads(garrison("claims", "--status", "planned", "--format", "json").out)
    assert claim["quantity"]["low"] == 17


def test_claims_that_match_nothing_are_told(garrison, ledger):
    ran = garrison("claims", "--actor", "France")
    assert ran.out == ""
    assert "no claim in this ledger matches" in ran.err


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_listing_of_nothing_is_still_well_formed(garrison, ledger, form):
    out = garrison("claims", "--actor", "France", "--format", form).out
    assert json.loads(out) == [] if form == "json" else out.startswith("id,document")


def test_documents_are_listed_with_their_ids(garrison, ledger):
    entries = json.loads(garrison("documents", "--format", "json").out)
    table = garrison("documents").out
    assert len(entries) == 4
    assert all(entry["id"] in table for entry in entries)


def test_why_shows_the_words_in_context_with_their_source_and_link(garrison, ledger):
    (claim,) = json.loads(garrison("claims", "--words", "exactly", "--format", "json").out)
    out = garrison("why", claim["id"][:10]).out
    assert "»There are exactly 5,000 Russian troops in Tajikistan«, the ministry told" in " ".join(out.split())
    assert "the ministry → Interfax → Evening Post" in out
    assert "https://post.example/count#:~:text=There%20are%20exactly%205%2C000%20Russian%20troops" in out
    assert "not checked by a person" in out


def test_why_of_a_row_shows_every_claim_it_rests_on(garrison, ledger):
    answer = json.loads(garrison("why", "RUS/personnel/TJK", "--format", "json").out)
    assert answer["row"]["id"] == "RUS/personnel/TJK"
    assert {one["outlet"] for one in answer["evidence"]} == {"Northern Wire", "Evening Post"}


def test_why_cites_as_footnotes(garrison, ledger):
    notes = garrison("why", "RUS/personnel/TJK", "--cite").out.splitlines()
    assert [note[:2] for note in notes] == ["1.", "2."]
    assert any("Evening Post, 10 July 2021" in note for note in notes)


def test_why_cites_as_csl_json(garrison, ledger):
    items = json.loads(garrison("why", "RUS/personnel/TJK", "--cite", "--format", "csl-json").out)
    assert {item["container-title"] for item in items} == {"Northern Wire", "Evening Post"}


@pytest.mark.parametrize("args", [("--format", "footnote"), ("--cite", "--format", "table")])
def test_why_takes_citation_formats_with_cite_only(garrison, ledger, args):
    assert garrison("why", "RUS/personnel/TJK", *args).status == 2


@pytest.mark.parametrize("id", ["ffffffffff", "XXX/personnel/YYY"])
def test_why_of_nothing_known_is_wrong_usage(garrison, ledger, id):
    ran = garrison("why", id)
    assert ran.status == 2
    assert id in ran.err


def test_the_trail_of_a_row_is_capped_and_says_how_much_it_leaves_out(garrison, ledger):
    asked = garrison("why", "RUS/personnel/TJK", "--limit", "1", "--format", "json")
    assert len(json.loads(asked.out)["evidence"]) == 1 and json.loads(asked.out)["left_out"] == 1
    assert "and 1 more claim, not shown (--limit 0 shows all)" in asked.err
    assert json.loads(garrison("why", "RUS/personnel/TJK", "--limit", "0", "--format", "json").out)["left_out"] == 0
