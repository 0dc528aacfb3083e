from __future__ import annotations

from dataclasses import replace

import pytest

from garrison.ledger import ClaimFilter, Ledger
from garrison.vocabulary import Actor, Asset, Kind, Place, Status, UsageError

SIGNED = {"by": "A. Analyst", "because": "checked"}


@pytest.fixture
def filled(ledger: Ledger, claim, reading) -> Ledger:
    first = "Russia keeps 7,000 troops in Tajikistan."
    second = "Guerrillas of the 1st Battalion may deploy tanks to Latakia."
    third = "Russia has nine ships."
    ledger.record(reading(first, claim(first, number=7000), published="2020-01-01", title="Bases abroad"))
    moved = {"kind": Kind.DEPLOY, "status": Status.POSSIBLE, "asset": Asset.TANK, "unit": "1st Battalion"}
    told = claim(second, actor=Actor("Wagner Group"), place=Place("Latakia", "SYR"), **moved)
    ledger.record(reading(second, told, published="2021-01-01", outlet="Gazette"))
    untold = replace(claim(third, number=9, asset=Asset.WARSHIP, place=Place("Baltic Sea")), span=None)
    ledger.record(reading("", untold, published="2022-01-01", outlet="Gazette", text_known=False, data=third))
    return ledger


@pytest.mark.parametrize(
    ("which", "years"),
    [
        ({}, ["2022", "2021", "2020"]),
        ({"newest_first": False}, ["2020", "2021", "2022"]),
        ({"limit": 2}, ["2022", "2021"]),
        ({"place": "Tajikstan"}, ["2020"]),
        ({"place": "Latakia"}, ["2021"]),
        ({"place": "Syria"}, ["2021"]),
        ({"actor": "Russian"}, ["2022", "2020"]),
        ({"actor": "Wagner"}, ["2021"]),
        ({"asset": Asset.TANK}, ["2021"]),
        ({"unit": "First Battalion"}, ["2021"]),
        ({"kind": Kind.PRESENT}, ["2022", "2020"]),
        ({"status": Status.POSSIBLE}, ["2021"]),
        ({"outlet": "the gazette"}, ["2022", "2021"]),
        ({"words": "guerrillas tanks"}, ["2021"]),
        ({"words": 'russia "nine'}, ["2022"]),
        ({"words": "nothing"}, []),
        ({"since": "2021"}, ["2022", "2021"]),
        ({"until": "2021"}, ["2021", "2020"]),
        ({"verified": False}, ["2022"]),
        ({"checked": True}, []),
        ({"known": "2021-06"}, ["2021", "2020"]),
    ],
)
def test_claims_are_filtered_by_any_of_their_properties(filled, which, years):
    assert [one.published[:4] for one in filled.claims(ClaimFilter(**which))] == years


def test_claims_are_filtered_by_what_they_were_corrected_to(filled):
    (told,) = filled.claims(ClaimFilter(asset=Asset.TANK))
    filled.judge(told.claim, "correct", field="kind", value="present", **SIGNED)
    assert [one.kind for one in filled.claims(ClaimFilter(asset=Asset.TANK, kind=Kind.PRESENT))] == [Kind.PRESENT]
    assert list(filled.claims(ClaimFilter(kind=Kind.DEPLOY))) == []


def test_a_claim_or_document_is_found_by_the_beginning_of_its_id(filled):
    told = next(filled.claims())
    assert filled.claim(told.claim[:10]) == told
    assert filled.document(told.document[:10]).id == told.document
    with pytest.raises(UsageError, match="has no claim"):
        filled.claim("0000000000")
    with pytest.raises(UsageError, match="is no claim's id"):
        filled.claim("tank")


def test_a_document_is_found_by_its_address_in_any_form(ledger, reading):
    recorded = ledger.record(reading("Quiet.", url="https://news.example/a"))
    assert ledger.document("http://NEWS.example/a?utm_source=x").id == recorded.document
    with pytest.raises(UsageError, match="no document from"):
        ledger.document("https://news.example/b")


def test_documents_are_listed_by_outlet_and_words_of_the_title(filled):
    assert len(list(filled.documents())) == 3
    assert len(list(filled.documents(outlet="Gazette"))) == 2
    assert [one.document.title for one in filled.documents(words="ABROAD bases")] == ["Bases abroad"]
    assert list(filled.documents(words="100%")) == []
