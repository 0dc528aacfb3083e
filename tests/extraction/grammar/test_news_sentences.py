"""Sentences as the news has them: each makes the one claim that a careful analyst would file, or none."""

import csv
from pathlib import Path

import pytest

from garrison.extraction.grammar.extractor import GrammarExtractor
from garrison.vocabulary import Document

LINES = Path(__file__).with_name("news_sentences.csv").read_text(encoding="utf-8").splitlines()
SENTENCES = list(csv.DictReader(line for line in LINES if not line.startswith("#")))


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["text"][:50])
def test_a_sentence_makes_its_one_claim(sentence):
    found = [
        {
            "kind": claim.kind.value,
            "status": claim.status.value,
            "asset": claim.asset.value,
            "actor": claim.actor.name if claim.actor else "",
            "place": claim.place.name if claim.place else "",
            "number": claim.quantity.text if claim.quantity else "",
        }
        for claim in GrammarExtractor().claims(Document(sentence["text"], published="2018-12-20"))
    ]
    wanted = {name: value for name, value in sentence.items() if name != "text"}
    assert found == ([wanted] if wanted["kind"] else [])
