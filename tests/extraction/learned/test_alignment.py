"""Alignment: annotated claims find the anchors and options that they rest on."""

import json
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[3] / "training"
sys.path.insert(0, str(TRAINING))
alignment = pytest.importorskip("alignment")

from garrison.extraction.grammar.scene import scene_of  # noqa: E402
from garrison.extraction.learned.candidates import Role, Sort, anchors_of, options_of  # noqa: E402


def rows():
    with (TRAINING / "passages" / "written.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def aligned(row):
    scene = scene_of(row["text"], row["title"], row["published"], row["outlet"])
    anchors = anchors_of(scene)
    options = {role: options_of(scene, role) for role in Role}
    truths, lost = alignment.truths_of(row["text"], row["claims"], anchors, options)
    return anchors, truths, lost


def test_nearly_every_claim_of_the_written_passages_has_an_anchor():
    every = rows()[::4]
    lost = sum(aligned(row)[2] for row in every)
    assert lost <= 0.04 * sum(len(row["claims"]) for row in every)


def test_a_claim_with_a_number_rests_on_it():
    row = next(row for row in rows() if row["id"] == "w0-0008")
    anchors, truths, lost = aligned(row)
    assert lost == 0
    numbers = {anchors[t.anchor].number.value.low for t in truths if anchors[t.anchor].sort is Sort.QUANTITY}
    assert {1050, 150} <= numbers


def test_an_actor_is_found_by_its_adjective():
    row = next(row for row in rows() if row["id"] == "w0-0007")
    _, truths, _ = aligned(row)
    assert any("Soviet Union" in truth.choices[Role.ACTOR] for truth in truths)


def test_a_field_that_no_option_gives_is_left_out_of_the_lesson():
    row = next(row for row in rows() if row["claims"])
    claim = {**row["claims"][0], "unit": "Zzyzx Household Cohort"}
    scene = scene_of(row["text"], row["title"], row["published"], row["outlet"])
    options = {role: options_of(scene, role) for role in Role}
    truths, _ = alignment.truths_of(row["text"], [claim], anchors_of(scene), options)
    assert truths
    assert Role.UNIT not in truths[0].choices
