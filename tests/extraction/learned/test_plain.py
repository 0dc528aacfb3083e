"""Plain passages: made statements whose annotation fits their words, and which rest on anchors."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "training"))
plain = pytest.importorskip("plain")
alignment = pytest.importorskip("alignment")

from garrison.extraction.grammar.scene import scene_of  # noqa: E402
from garrison.extraction.learned.candidates import Role, anchors_of, options_of  # noqa: E402


@pytest.fixture(scope="module")
def rows():
    return plain.plain_passages(120)


def test_they_are_the_same_every_time(rows):
    assert plain.plain_passages(120) == rows
    assert plain.plain_passages(5, seed=8) != rows[:5]


def test_every_claim_stands_in_its_passage_with_its_place(rows):
    for row in rows:
        for claim in row["claims"]:
            assert claim["quote"] in row["text"]
            assert claim["place"].lower() in claim["quote"].lower()
            assert claim["asset_text"] is None or claim["asset_text"] in claim["quote"]


def test_all_kinds_and_statuses_are_said(rows):
    said = {(claim["kind"], claim["status"]) for row in rows for claim in row["claims"]}
    kinds, statuses = ("present", "deploy", "withdraw"), ("fact", "planned", "possible", "denied")
    assert said >= {(kind, status) for kind in kinds for status in statuses}


def test_sentences_that_claim_nothing_stand_among_them(rows):
    sentences = sum(row["text"].count(". ") + 1 for row in rows)
    claims = sum(len(row["claims"]) for row in rows)
    assert 0.5 * sentences < claims < 0.85 * sentences


def test_nearly_every_claim_has_an_anchor(rows):
    lost = 0
    for row in rows:
        scene = scene_of(row["text"], row["title"], row["published"], row["outlet"])
        options = {role: options_of(scene, role) for role in Role}
        lost += alignment.truths_of(row["text"], row["claims"], anchors_of(scene), options)[1]
    assert lost <= 0.02 * sum(len(row["claims"]) for row in rows)
