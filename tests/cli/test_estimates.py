"""The commands of estimation."""

import csv
import io
import json

import pytest


@pytest.fixture
def told(garrison, lines, passage, claim):
    """A ledger in which two outlets disagree on Russian troops in Tajikistan and one announces more."""

    def said(outlet, day, number, words, **fields):
        quantity = {"text": str(number), "low": number, "high": number, "hedge": "exact"}
        made = claim(words, quantity=quantity, **fields)
        return passage(id=outlet, outlet=outlet, published=day, url=None, text=f"{words}, it says.", claims=[made])

    file = lines(
        said("Herald", "2021-07-06", 6840, "Russia has 6,840 troops in Tajikistan"),
        said("Courier", "2021-07-08", 900, "Russia has 900 troops in Tajikistan"),
        said(
            "Wire",
            "2021-07-09",
            500,
            "Russia will send 500 troops to Tajikistan",
            kind="deploy",
            status="planned",
            measure="change",
        ),
    )
    assert garrison("record", file).status == 0


def test_the_estimate_stands_beside_what_is_stated(garrison, told):
    table = garrison("posture", "Tajikistan", "--as-of", "2021-07-15").out
    assert "6,840; 900" in table or "900; 6,840" in table
    assert "est. " in table
    picture = json.loads(garrison("posture", "Tajikistan", "--as-of", "2021-07-15", "--format", "json").out)
    (row,) = picture["rows"]
    assert row["estimate"]["low"] <= row["estimate"]["median"] <= row["estimate"]["high"]


def test_whoever_wants_only_what_is_stated_can_leave_the_estimate_out(garrison, told):
    question = ("posture", "Tajikistan", "--as-of", "2021-07-15", "--no-estimate", "--format", "json")
    picture = json.loads(garrison(*question).out)
    assert "estimate" not in picture["rows"][0]


def test_records_of_outlets_are_shown_and_never_exported(garrison, told):
    question = ("posture", "Tajikistan", "--as-of", "2021-07-15", "--records")
    assert "no records to go by" in " ".join(garrison(*question).out.split())
    ran = garrison(*question, "--format", "json")
    assert ran.status == 2
    assert "never exported" in ran.err


def test_a_chart_is_written_in_the_form_that_its_name_asks_for(garrison, told, tmp_path):
    question = ("posture", "Tajikistan", "--over", "2021-07..2021-12", "--chart")
    assert garrison(*question, str(tmp_path / "band.svg")).status == 0
    assert (tmp_path / "band.svg").read_text().startswith("<svg")
    assert garrison(*question, str(tmp_path / "band.png")).status == 0
    assert (tmp_path / "band.png").read_bytes().startswith(b"\x89PNG")
    assert garrison(*question, str(tmp_path / "band.gif")).status == 2


def test_a_series_is_printed_month_by_month(garrison, told):
    question = ("posture", "Tajikistan", "--over", "2021-07..2021-12")
    rows = list(csv.DictReader(io.StringIO(garrison(*question, "--format", "csv").out)))
    assert [row["as_of"] for row in rows][:2] == ["2021-07-31", "2021-08-31"]
    assert len(rows) == 6
    assert "RUS/personnel/TJK" in garrison(*question).out


def test_a_time_that_is_none_is_refused(garrison, told):
    ran = garrison("posture", "--over", "2021")
    assert ran.status == 2
    assert "2020-11..2026-02" in ran.err


def test_disputes_show_both_sides_with_their_weight(garrison, told):
    table = garrison("disputes", "Tajikistan", "--as-of", "2021-07-15").out
    assert "Herald" in table
    assert "Courier" in table
    assert "counts in full" in " ".join(table.split())


def test_announced_moves_have_a_state(garrison, told):
    (move,) = json.loads(garrison("moves", "--as-of", "2021-07-15", "--format", "json").out)
    assert move["state"] == "open"
    assert garrison("moves", "--as-of", "2021-07-15", "--state", "denied").out == ""


def test_why_tells_what_each_claim_of_a_row_weighs(garrison, told):
    words = garrison("why", "RUS/personnel/TJK").out
    assert "the word of Herald" in words
    assert "all claims heard" in words


def test_no_lineages_are_found_where_nobody_copies(garrison, told):
    ran = garrison("lineages")
    assert ran.status == 0
    assert "share passages" in ran.err


def test_a_simulation_tells_how_often_the_truth_was_inside(garrison):
    found = json.loads(garrison("simulate", "--worlds", "1", "--format", "json").out)
    overall = next(row for row in found if row["questions"] == "overall")
    assert 0.5 < overall["inside"] <= 1
    assert overall["n"] > 10
