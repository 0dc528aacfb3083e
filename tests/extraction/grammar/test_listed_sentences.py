"""Sentences that list places, arms or owners, each of which makes a claim of its own, and some that only seem to."""

import csv
from pathlib import Path

import pytest

from garrison.extraction.grammar.extractor import drafts
from garrison.vocabulary import Document

LINES = Path(__file__).with_name("listed_sentences.csv").read_text(encoding="utf-8").splitlines()
SENTENCES = list(csv.DictReader(line for line in LINES if not line.startswith("#")))


def _in_words(claim):
    actor, place = claim.actor.name if claim.actor else "-", claim.place.name if claim.place else "-"
    return f"{claim.kind.value} {claim.status.value} {claim.asset.value} {actor} @ {place}"


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["text"][:50])
def test_a_sentence_makes_a_claim_for_each_that_it_lists(sentence):
    found = [each.claim for each in drafts(Document(sentence["text"], published="2018-12-20"))]
    wanted = [claim for claim in sentence["claims"].split(" | ") if claim]
    assert sorted(_in_words(claim) for claim in found if claim.confidence >= 0.25) == sorted(wanted)
