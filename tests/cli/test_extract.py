"""``garrison extract`` and ``garrison document``: no ledger."""

import json

from garrison.vocabulary.guide_form import FIELDS

TEXT = "Russia has about 7,000 troops in Tajikistan."


def test_each_passage_gives_its_id_and_claims_in_the_guides_form_with_spans(garrison, lines):
    ran = garrison(
        "extract", lines({"id": "a", "text": TEXT, "published": "2021-07-08"}, {"id": "b", "text": "Quiet."})
    )
    assert ran.status == 0
    first, second = map(json.loads, ran.out.splitlines())
    (claim,) = first["claims"]
    assert claim.keys() >= FIELDS
    start, end = claim["span"]
    assert TEXT[start:end] == claim["quote"]
    assert second == {"id": "b", "claims": []}


def test_passages_are_taken_from_standard_input(garrison):
    assert json.loads(garrison("extract", "-", stdin=json.dumps({"id": 1, "text": TEXT}).encode()).out)["id"] == 1


def test_a_broken_line_is_reported_and_the_others_are_extracted(garrison, lines):
    ran = garrison("extract", lines("{", {"id": "a"}, {"id": "b", "text": TEXT}))
    assert ran.status == 1
    assert "line 1: broken JSON" in ran.err
    assert "line 2: 'text' is missing or empty" in ran.err
    assert json.loads(ran.out)["id"] == "b"


def test_extracting_makes_no_ledger(garrison, lines, tmp_path):
    garrison("extract", lines({"id": "a", "text": TEXT}))
    assert not (tmp_path / "ledger").exists()


def test_what_is_read_of_a_file_is_shown_as_json(garrison, tmp_path):
    (tmp_path / "a.txt").write_text(f"The title\nPublished: 2021-07-08\nOutlet: Northern Wire\n\n{TEXT}\n")
    ran = garrison("document", tmp_path / "a.txt")
    assert ran.status == 0
    read = json.loads(ran.out)
    assert (read["title"], read["published"], read["outlet"]) == ("The title", "2021-07-08", "Northern Wire")
    assert TEXT in read["text"]


def test_what_is_read_of_json_lines_is_a_list(garrison, lines):
    read = json.loads(garrison("document", lines({"text": TEXT}, {"text": "Quiet it was."})).out)
    assert len(read) == 2


def test_a_file_of_which_nothing_can_be_read_is_reported(garrison, tmp_path):
    ran = garrison("document", tmp_path / "none.html")
    assert ran.status == 1
    assert "there is no such file" in ran.err


def test_an_explanation_tells_the_rule_behind_each_field_of_each_claim(garrison, lines):
    answer = json.loads(garrison("extract", "--explain", lines({"id": "a", "text": TEXT})).out)
    (explanation,) = answer["explanations"]
    assert explanation["quote"] == answer["claims"][0]["quote"]
    assert explanation["because"].keys() >= {"kind", "actor", "place"}


def test_an_extractor_that_cannot_explain_itself_is_told(garrison, lines, monkeypatch):
    mute = type("Mute", (), {"name": "mute", "version": "1", "claims": lambda self, document: ()})()
    monkeypatch.setattr("garrison.extraction.registry.extractor_named", lambda name: mute)
    ran = garrison("extract", "--explain", lines({"id": "a", "text": TEXT}))
    assert ran.status == 2
    assert "the extractor mute does not explain its claims" in ran.err
