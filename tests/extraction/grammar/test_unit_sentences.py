"""Sentences of communiqués: who was where, by the names that units have in them."""

import csv
from pathlib import Path

import pytest

from garrison.extraction.grammar.extractor import GrammarExtractor, drafts
from garrison.vocabulary import Document

LINES = Path(__file__).with_name("unit_sentences.csv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(line for line in LINES if not line.startswith("#")))


@pytest.mark.parametrize("row", [row for row in ROWS if row["kind"]], ids=lambda row: f"{row['unit']}: {row['kind']}")
def test_a_sentence_says_who_was_where(row):
    found = {
        (claim.kind.value, claim.actor.name if claim.actor else "", claim.unit, claim.place and claim.place.name)
        for claim in (draft.claim for draft in drafts(Document(row["text"], published="2018-12-20")))
    }
    assert (row["kind"], row["actor"], row["unit"], row["place"]) in found


@pytest.mark.parametrize("text", [row["text"] for row in ROWS if not row["kind"]])
def test_a_unit_that_is_only_named_is_nowhere(text):
    assert [claim.unit for claim in GrammarExtractor().claims(Document(text)) if claim.unit] == []
