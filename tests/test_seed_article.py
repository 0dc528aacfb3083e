"""The article that the project began with, as text and as HTML, from its bytes to its claims."""

import html
import importlib.util
import json
from pathlib import Path

import pytest

from garrison.extraction.registry import extractor_named
from garrison.reading import read_bytes
from garrison.vocabulary import Asset
from garrison.vocabulary.guide_form import as_mapping

SHARED = Path(__file__).parents[2] / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "seed").exists(), reason="needs ../shared/seed and ../shared/gold")


def article():
    return (SHARED / "seed/article.txt").read_text(encoding="utf-8")


def as_page(text, *, caption):
    title, captioned, *paragraphs = [part for part in text.split("\n\n") if part.strip()]
    figure = f'<figure><img src="a.jpg"><figcaption>{html.escape(captioned)}</figcaption></figure>' if caption else ""
    end = next(i for i, part in enumerate(paragraphs) if part.startswith("©"))
    body = "".join(f"<p>{html.escape(part)}</p>" for part in paragraphs[:end])
    rights, *comments = paragraphs[end:]
    foot = "".join(f"<p>{html.escape(part)}</p>" for part in comments)
    return (
        f"<html><head><title>{html.escape(title)}</title></head><body><article><h1>{html.escape(title)}</h1>"
        f"{figure}{body}</article><footer><p>{html.escape(rights)}</p></footer>"
        f'<div id="comments">{foot}</div></body></html>'
    )


def read(text, name):
    (document,) = read_bytes(text.encode(), name=name)
    return document, extractor_named("grammar").claims(document)


def found_f1(claims):
    spec = importlib.util.spec_from_file_location("score", SHARED / "gold/score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    row = json.loads((SHARED / "gold/seed.jsonl").read_text(encoding="utf-8"))
    found = {"seed": {"claims": [as_mapping(claim) for claim in claims]}}
    return score.summary(score.tally({"seed": row}, found, ["seed"])[0])["found"]["f1"]


@pytest.fixture(params=["text", "page with its caption", "page without its caption"])
def reading(request):
    if request.param == "text":
        return read(article(), "article.txt")
    return read(as_page(article(), caption="with its" in request.param), "article.html")


def test_most_of_its_claims_are_found(reading):
    _, claims = reading
    assert found_f1(claims) >= 0.55


def test_nothing_is_claimed_from_the_comment_form_the_copyright_line_or_the_spam_filter(reading):
    document, claims = reading
    for words in ("Akismet", "Leave a Reply", "first to comment", "Unauthorized use"):
        assert words not in document.text
        assert not [claim for claim in claims if words in claim.quote]


def test_the_rights_notice_is_kept_with_the_document(reading):
    document, _ = reading
    assert document.rights.startswith("© 2021, GDC.")


def test_every_quotation_is_an_exact_piece_of_the_text(reading):
    document, claims = reading
    assert all(claim.span.of(document.text) == claim.quote for claim in claims)


def test_the_caption_is_a_claim_of_its_own_and_nothing_else_hangs_on_it():
    _, with_caption = read(as_page(article(), caption=True), "article.html")
    _, without = read(as_page(article(), caption=False), "article.html")
    columns = [claim for claim in with_caption if "column of Russian armored vehicles" in claim.quote]
    assert [claim.asset for claim in columns] == [Asset.ARMOURED_VEHICLE]
    assert {claim.quote for claim in with_caption if claim not in columns} == {claim.quote for claim in without}
