"""Claims read with too little confidence: kept and shown, but out of pictures until a person accepts them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from garrison.ledger import ClaimFilter, changing
from garrison.ledger.asking import Moment
from garrison.pipeline.picture import posture
from garrison.publishing.posture import page
from garrison.vocabulary import Kind, Status

SEVEN = "Russia keeps 7,000 troops in Tajikistan."
SENDS = "Russia sent 900 troops to Tajikistan."
SIGNED = {"by": "A. Analyst", "because": "checked the original"}


@pytest.fixture
def doubtful(ledger, claim, reading):
    """A level and a move, both read with a confidence of 0.5 by an extractor that is sure from 0.6 on."""
    text = f"{SEVEN} {SENDS}"
    level = claim(text, SEVEN, number=7000, confidence=0.5)
    move = claim(text, SENDS, number=900, kind=Kind.DEPLOY, confidence=0.5)
    ledger.record(replace(reading(text, level, move), sure=0.6))
    return {one.quote: one.claim for one in ledger.claims()}


def test_unsure_claims_are_listed_and_counted_but_not_in_the_picture(ledger, doubtful):
    picture = posture(ledger, place="Tajikistan")
    assert picture.rows == () and picture.moves == ()
    assert picture.left_out == {"unsure": 2}
    assert "2 more claims wait to be checked" in page(picture, 100).plain
    assert len(doubtful) == 2
    assert changing.unsure(ledger.session, Moment()) == 2
    assert changing.held(ledger.session, Moment()).claims == 0


@pytest.mark.parametrize(("unsure", "found"), [(True, 2), (False, 0), (None, 2)])
def test_they_can_be_asked_for(ledger, doubtful, unsure, found):
    assert len(list(ledger.claims(ClaimFilter(unsure=unsure)))) == found


@pytest.mark.parametrize(
    ("asked", "quote"),
    [({"kind": Kind.DEPLOY}, SENDS), ({"kind": Kind.PRESENT}, SEVEN), ({"status": Status.FACT}, None)],
)
def test_filters_of_kind_and_status_reach_them(ledger, doubtful, asked, quote):
    found = [one.quote for one in ledger.claims(ClaimFilter(**asked))]
    assert sorted(found) == sorted([quote] if quote else [SEVEN, SENDS])


def test_an_accepted_one_counts(ledger, doubtful):
    ledger.judge(doubtful[SEVEN], "accept", **SIGNED)
    picture = posture(ledger, place="Tajikistan")
    assert [(row.low, row.checked) for row in picture.rows] == [(7000, 1)]
    assert picture.left_out == {"unsure": 1}


def test_a_corrected_one_counts_as_corrected(ledger, doubtful):
    ledger.judge(doubtful[SEVEN], "correct", field="quantity", value="8,000", **SIGNED)
    assert [row.low for row in posture(ledger, place="Tajikistan").rows] == [8000]


def test_a_withdrawn_acceptance_makes_it_wait_again(ledger, doubtful):
    judgement = ledger.judge(doubtful[SEVEN], "accept", **SIGNED)
    ledger.withdraw(judgement, by="B. Editor", because="the page was a fake")
    assert posture(ledger, place="Tajikistan").left_out == {"unsure": 2}


def test_a_rejected_one_is_neither_listed_nor_counted(ledger, doubtful):
    ledger.judge(doubtful[SEVEN], "reject", **SIGNED)
    assert [one.quote for one in ledger.claims()] == [SENDS]
    assert posture(ledger, place="Tajikistan").left_out == {"unsure": 1}


def test_claims_without_a_confidence_are_never_unsure(ledger, claim, reading):
    ledger.record(replace(reading(SEVEN, claim(SEVEN, number=7000)), sure=0.9))
    assert len(posture(ledger, place="Tajikistan").rows) == 1
