"""Headlines carry claims: what only they say, with evidence in the title."""

import pytest

from garrison.extraction.registry import extractor_named
from garrison.ledger import Ledger
from garrison.pipeline import intake
from garrison.pipeline.claiming import claims_in
from garrison.pipeline.evidence import why
from garrison.publishing.citations import footnote
from garrison.vocabulary import Document, DocumentPart, Status

HEADLINE = "Nigeria to deploy 700 soldiers in Liberia"
TEXT = (
    "The army said on Tuesday that preparations were under way. A spokesman called it a contribution to peace. "
    "Families of the men came to the barracks, where a band played and officers spoke of duty."
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>{HEADLINE}</title>
<meta property="article:published_time" content="2019-03-05"><meta property="og:site_name" content="Delta Courier">
<link rel="canonical" href="https://delta-courier.example/a"></head>
<body><article><h1>{HEADLINE}</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"""


@pytest.fixture(scope="module")
def extractor():
    return extractor_named("grammar")


def headed(title, text, extractor, **more):
    document = Document(text=text, title=title, published="2019-03-05", **more)
    return [each for each in claims_in(document, extractor) if each.part is DocumentPart.HEADLINE]


def test_what_only_the_headline_says_is_its_claim_with_the_exact_span(extractor):
    (claim,) = headed(HEADLINE, TEXT, extractor)
    assert claim.span.of(HEADLINE) == claim.quote
    assert (claim.actor.iso3, claim.place.iso3, claim.quantity.low) == ("NGA", "LBR", 700)


def test_a_headline_that_says_what_is_to_be_done_announces(extractor):
    assert [each.status for each in headed(HEADLINE, TEXT, extractor)] == [Status.PLANNED]


@pytest.mark.parametrize("figure", ["700", "702", "some 690"])
def test_what_the_text_says_too_is_left_to_the_text(extractor, figure):
    assert headed(HEADLINE, f"Nigeria will deploy {figure} soldiers in Liberia.", extractor) == []


def test_a_headline_that_names_no_place_makes_no_claim(extractor):
    assert headed("Nigeria to deploy 700 soldiers", TEXT, extractor) == []


def test_neither_another_language_nor_an_entry_of_a_live_blog_has_a_headline_to_claim_by(extractor):
    from garrison.vocabulary import Post

    assert headed(HEADLINE, TEXT, extractor, language="fr") == []
    assert headed(HEADLINE, TEXT, extractor, post=Post("post-1")) == []


def test_the_evidence_of_a_headline_is_the_headline(extractor, tmp_path):
    (tmp_path / "a.html").write_text(PAGE)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        counts = intake.read(ledger, [str(tmp_path / "a.html")], extractor=extractor)
        assert counts.claims == 1
        (citation,) = ledger.claims()
        assert citation.part is DocumentPart.HEADLINE
        (evidence,) = why(ledger, citation.claim).evidence
    assert evidence.before + citation.quote + evidence.after == HEADLINE
    assert evidence.stands == "headline"
    assert "” (headline)." in footnote(evidence, 1)
