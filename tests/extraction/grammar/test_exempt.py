"""Exempt: people of a force whom a sentence names without saying that the force is anywhere."""

import pytest

from garrison.extraction.grammar.extractor import drafts
from garrison.extraction.registry import extractor_named
from garrison.vocabulary import Asset, Document

NOWHERE = [
    "Two suspects were captured by Kurdish fighters in Kobani.",
    "The aid worker was killed by heavily armed Boko Haram fighters in Damboa.",
    "Their drone was shot down by Libyan rebels near Sirte.",
    "The families of Islamic State fighters in Hajin were taken to a camp.",
    "Photographs of dead rebels in Misrata were shown on television.",
    "Some 200 former Tamil Tiger fighters have moved to Canada.",
    "Thousands of wounded soldiers were flown to Ramstein.",
    "The militia has recruited 6,000 fighters in Deir Hafer since May.",
    "Dozens of captured militants were sent to Bagram.",
    "Four soldiers of 12 Brigade were court-martialled in Lokoja.",
    "The rebels held in Damascus began a hunger strike.",
]
SOMEWHERE = [
    "The town was stormed by rebels who had been deployed to Azaz a week before.",
    "The bridge is held by Kurdish fighters in Kobani.",
    "A body of 300 Islamic State fighters remains in Hajin.",
    "Dozens of Islamic State fighters have moved to Hajin with their families.",
    "The remains of the rebel force withdrew from Misrata.",
    "The former Soviet republic has 500 soldiers in Mali.",
]


def people_in(text):
    """The people that the rules read somewhere in ``text``."""
    found = [draft.claim for draft in drafts(Document(text, published="2019-06-15"))]
    return [claim.asset_text for claim in found if claim.asset is Asset.PERSONNEL and claim.asset_text]


@pytest.mark.parametrize("text", NOWHERE)
def test_whom_a_sentence_only_names_makes_no_claim(text):
    assert not people_in(text)
    claims = extractor_named("learned").claims(Document(text, published="2019-06-15"))
    assert not [claim for claim in claims if claim.asset is Asset.PERSONNEL and claim.asset_text]


@pytest.mark.parametrize("text", SOMEWHERE)
def test_whom_a_sentence_places_makes_one(text):
    assert people_in(text)
