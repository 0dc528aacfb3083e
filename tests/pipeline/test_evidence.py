"""Evidence: quotations in their context."""

from dataclasses import replace

import pytest

from garrison.ledger import ClaimFilter, Ledger
from garrison.pipeline.evidence import why
from garrison.publishing.citations import link
from garrison.vocabulary import (
    Actor,
    Asset,
    Claim,
    Document,
    Kind,
    Measure,
    Obtained,
    Page,
    Place,
    Reading,
    Span,
    Status,
    UsageError,
    Version,
)

TEXT = (
    "The talks were long. The minister was blunt. In Dushanbe he said that Russian troops remain, for now. "
    "Nobody asked when they would go. In the evening he left. Russian troops remain, he had said."
)
QUOTE = "Russian troops remain"


@pytest.fixture
def ledger(tmp_path):
    """An empty ledger."""
    with Ledger.open(tmp_path / "garrison.db") as opened:
        yield opened


@pytest.fixture
def recorded(ledger):
    """A function that records a document with one claim at a place in its text and gives the claim's id."""

    def made(start, text=TEXT, quote=QUOTE, version=None, **fields) -> str:
        document = replace(Document(text, published="2021-07-08", outlet="Northern Wire"), **fields)
        span = None if start is None else Span(start, start + len(quote))
        claim = Claim(
            quote,
            span,
            Kind.PRESENT,
            Status.FACT,
            Asset.PERSONNEL,
            Measure.LEVEL,
            actor=Actor("Russia", "RUS"),
            place=Place("Tajikistan", "TJK"),
        )
        version = version or Version("a" * 64, Obtained.FILE, "2021-07-20T10:00:00+00:00", "story.txt")
        ledger.record(Reading(document, version, "text 1", "by hand 1", (claim,), text_known=start is not None))
        (citation,) = ledger.claims(ClaimFilter())
        return citation.claim

    return made


def test_a_quotation_has_its_sentence_and_a_neighbour_on_either_side(ledger, recorded):
    (evidence,) = why(ledger, recorded(TEXT.index(QUOTE))).evidence
    assert evidence.before == "The minister was blunt. In Dushanbe he said that "
    assert evidence.after == ", for now. Nobody asked when they would go."


def test_the_second_of_two_like_quotations_has_its_own_context(ledger, recorded):
    (evidence,) = why(ledger, recorded(TEXT.rindex(QUOTE))).evidence
    assert evidence.before.endswith("In the evening he left. ")
    assert evidence.repeated


def test_the_link_of_a_repeated_quotation_has_its_context(ledger, recorded):
    (evidence,) = why(ledger, recorded(TEXT.rindex(QUOTE), url="https://wire.example/a")).evidence
    assert link(evidence).endswith(
        "#:~:text=the%20evening%20he%20left.-,Russian%20troops%20remain,-%2C%20he%20had%20said."
    )


def test_context_is_cut_at_a_word_where_sentences_run_on(ledger, recorded):
    text = "word " * 200 + QUOTE + " word" * 200
    (evidence,) = why(ledger, recorded(text.index(QUOTE), text=text)).evidence
    assert len(evidence.before) <= 240
    assert evidence.before.startswith("word ")
    assert evidence.after.endswith(" word")


def test_a_paged_source_gives_the_page(ledger, recorded):
    pages = (Page(1, 0), Page(2, 60))
    (evidence,) = why(ledger, recorded(TEXT.index(QUOTE), pages=pages)).evidence
    assert evidence.page == 2


def test_an_archived_version_gives_its_address(ledger, recorded):
    version = Version("b" * 64, Obtained.ARCHIVED, "2021-07-09T00:00:00+00:00", "https://archive.example/1")
    (evidence,) = why(ledger, recorded(TEXT.index(QUOTE), version=version, url="https://wire.example/a")).evidence
    assert evidence.archived == "https://archive.example/1"


def test_a_claim_without_its_text_has_no_context(ledger, recorded):
    (evidence,) = why(ledger, recorded(None, text="")).evidence
    assert (evidence.before, evidence.after, evidence.citation.verified) == ("", "", False)


def test_the_beginning_of_an_id_is_enough(ledger, recorded):
    id = recorded(TEXT.index(QUOTE))
    assert why(ledger, id[:8]).evidence[0].citation.claim == id


def test_an_unknown_id_is_told(ledger, recorded):
    recorded(TEXT.index(QUOTE))
    with pytest.raises(UsageError):
        why(ledger, "f" * 32)
