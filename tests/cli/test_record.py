"""``garrison record``: claims made elsewhere."""

import json
from pathlib import Path

import pytest

GOLD = Path(__file__).parents[3] / "shared" / "gold"


def test_claims_made_elsewhere_are_recorded_and_marked_with_where_they_came_from(garrison, lines, passage):
    assert garrison("record", lines(passage())).out == "1 document read, 1 new, 0 unchanged, 0 failed, 1 claim\n"
    (entry,) = json.loads(garrison("documents", "--format", "json").out)
    assert entry["claimed_by"] == "claims.jsonl"


def test_the_one_who_made_the_claims_can_be_named(garrison, lines, passage):
    garrison("record", lines(passage()), "--by", "R. Analyst")
    (entry,) = json.loads(garrison("documents", "--format", "json").out)
    assert entry["claimed_by"] == "R. Analyst"


def test_recording_twice_changes_nothing(garrison, lines, passage):
    path = lines(passage())
    garrison("record", path)
    assert garrison("record", path).out == "1 document read, 0 new, 1 unchanged, 0 failed, 0 claims\n"


def test_a_claim_without_its_text_is_unverified(garrison, lines, passage):
    garrison("record", lines(passage(text=None)))
    (claim,) = json.loads(garrison("claims", "--format", "json").out)
    assert claim["verified"] is False


def test_two_documents_without_text_or_address_are_two(garrison, lines, passage):
    bare = {"text": None, "url": None}
    garrison("record", lines(passage(id="a", **bare), passage(id="b", **bare)))
    assert len(json.loads(garrison("claims", "--format", "json").out)) == 2


def test_a_claim_whose_quotation_is_not_in_its_text_is_refused_with_its_line(garrison, lines, passage, claim):
    bad = passage(id="p2", url=None, claims=[claim("Words that are not there"), claim()])
    ran = garrison("record", lines(passage(), bad))
    assert ran.status == 1
    assert "claims.jsonl, line 2: claim refused: number 1: the quotation is not an exact piece of the text" in ran.err
    assert ran.out == "2 documents read, 2 new, 0 unchanged, 1 failed, 2 claims\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{broken", "broken JSON at character"),
        ("[1, 2]", "must be a JSON object"),
        ('{"id": "x"}', "'claims' must be a list"),
        ('{"claims": []}', "'id' is missing"),
        ('{"id": "x", "claims": [], "published": "soon"}', "'soon' is not a date"),
        ('{"id": "x", "claims": [], "text": 7}', "text must be a string or null"),
        ('{"id": "x", "claims": ["y"], "text": "y"}', "a claim must be an object"),
        ('{"id": "x", "claims": [], "text": "\\ud800"}', "surrogate"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_line_that_is_no_entry_is_refused_and_the_others_are_kept(garrison, lines, passage, line, words):
    ran = garrison("record", lines(line, passage()))
    assert ran.status == 1
    assert "line 1: " in ran.err
    assert words in ran.err
    assert "1 new" in ran.out


def test_a_field_value_that_the_guide_does_not_know_is_refused_with_those_it_knows(garrison, lines, passage, claim):
    ran = garrison("record", lines(passage(claims=[claim(kind="loiters")])))
    assert ran.status == 1
    assert "kind is 'loiters'; it must be one of present, deploy" in ran.err


def test_a_missing_claims_file_is_reported(garrison, tmp_path):
    ran = garrison("record", tmp_path / "none.jsonl")
    assert ran.status == 1
    assert "there is no such file" in ran.err


def test_the_gold_passages_are_recorded_whole(garrison):
    if not GOLD.exists():
        pytest.skip(f"the annotated passages are not at {GOLD}")
    for name in ("dev", "train", "written", "seed"):
        assert garrison("record", GOLD / f"{name}.jsonl").status == 0
    assert len(json.loads(garrison("documents", "--format", "json").out)) == 1623
    assert len(json.loads(garrison("claims", "--format", "json").out)) == 2766


def test_several_files_of_claims_are_recorded_at_once_and_a_missing_one_is_reported(garrison, lines, passage, tmp_path):
    one, other = (
        lines(passage(), name="one.jsonl"),
        lines(passage(id="p2", url="https://wire.example/2"), name="2.jsonl"),
    )
    ran = garrison("record", one, tmp_path / "none.jsonl", other)
    assert ran.status == 1 and "2 new" in ran.out and "none.jsonl: there is no such file" in ran.err
