"""Passages as the news has them: what the last sentence says of a force that an earlier one or the title names."""

import csv
from pathlib import Path

import pytest

from garrison.extraction.grammar.extractor import drafts
from garrison.extraction.sentences import sentences
from garrison.vocabulary import Document

LINES = Path(__file__).with_name("news_passages.csv").read_text(encoding="utf-8").splitlines()
PASSAGES = list(csv.DictReader(line for line in LINES if not line.startswith("#")))


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["text"][-50:])
def test_the_last_sentence_says_this_of_a_force_named_before(passage):
    text = passage["text"]
    last = sentences(text)[-1]
    read = [each.claim for each in drafts(Document(text, passage["title"] or None, published="2018-12-20"))]
    found = [claim for claim in read if last.start <= claim.span.start < last.end and claim.confidence >= 0.15]
    if not passage["kind"]:
        assert not found
        return
    claim = max(found, key=lambda claim: claim.confidence)
    assert {
        "kind": claim.kind.value,
        "status": claim.status.value,
        "asset": claim.asset.value,
        "actor": claim.actor.name if claim.actor else "",
        "place": claim.place.name if claim.place else "",
        "number": claim.quantity.text if claim.quantity else "",
    } == {name: value for name, value in passage.items() if name not in ("title", "text")}
