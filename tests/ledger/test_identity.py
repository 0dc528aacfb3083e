from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from garrison.ledger.identity import canonical_url, claim_ids, document_id, hashed
from garrison.vocabulary import Actor, Document, Place

FACTBOOK = Path(__file__).parents[3] / "shared/data/factbook/statements.jsonl.gz"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://News.Example:80/a?utm_source=x&id=7#top", "https://news.example/a?id=7"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:8443/a?b=&fbclid=1", "https://news.example:8443/a?b="),
        ("https://news.example./A/B", "https://news.example/A/B"),
        ("https://[2001:db8::1]:443/x", "https://[2001:db8::1]/x"),
        ("https://user:pw@news.example/x", "https://news.example/x"),
        ("file:///tmp/a.html", "file:///tmp/a.html"),
        ("https://news.example:notaport/", "https://news.example:notaport/"),
    ],
)
def test_an_address_loses_what_does_not_change_the_page(url, canonical):
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


def test_a_document_with_an_address_keeps_its_id_when_its_text_changes():
    before = Document("One.", url="https://news.example/a?utm_medium=feed")
    assert document_id(before) == document_id(Document("Two.", title="New", url="https://NEWS.example/a#b"))


def test_documents_without_address_differ_by_outlet_title_date_and_text():
    base = {"text": "Same.", "outlet": "Herald", "title": "Note", "published": "2021"}
    changed = [{**base, name: "other"} for name in base] + [{**base, "title": None}]
    ids = {document_id(Document(**fields)) for fields in [base, *changed]}
    assert len(ids) == 6


def test_a_claims_id_rests_on_the_words_and_not_on_what_they_are_taken_to_mean(claim):
    text = "Russia keeps 7,000 troops in Tajikistan."
    known = claim(text, number=7000)
    better = claim(
        text, number=7000, actor=Actor("Russian Federation", "RUS"), place=Place("Tajikistan", "TJK", lat=38.5)
    )
    assert claim_ids("v", [known]) == claim_ids("v", [better])
    assert claim_ids("v", [known]) != claim_ids("w", [known])
    assert claim_ids("v", [known]) != claim_ids("v", [claim(text, number=7001)])


def test_claims_that_the_same_words_make_of_two_actors_are_two(claim):
    text = "France and Germany each sent 500 troops."
    one, other = (
        claim(text, number=500, actor=Actor("France", "FRA")),
        claim(text, number=500, actor=Actor("Germany", "DEU")),
    )
    first, second = claim_ids("v", [one, other])
    assert first != second
    assert claim_ids("v", [one]) == [first]


def test_a_hash_tells_nothing_from_the_empty_string():
    assert hashed(None, "a") != hashed("", "a")
    assert hashed("ab", "c") != hashed("a", "bc")


def test_all_statements_of_the_factbook_are_distinct_documents():
    if not FACTBOOK.exists():
        pytest.skip(f"needs {FACTBOOK}")
    with gzip.open(FACTBOOK, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    documents = [Document(row["text"], row["title"], row["published"], row["outlet"]) for row in rows]
    assert len(rows) == 5684
    assert len({document_id(document) for document in documents}) == len(rows)
