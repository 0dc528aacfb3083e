from __future__ import annotations

import pytest

from garrison.ledger import ClaimFilter
from garrison.pipeline.picture import posture
from garrison.vocabulary import Actor, Asset, Hedge, Obtained, Place, UsageError

SEVEN = "Russia keeps 7,000 troops in Tajikistan."
SIGNED = {"by": "A. Analyst", "because": "checked the original"}


@pytest.fixture
def seven(ledger, claim, reading):
    """The claim of 7,000, recorded."""
    ledger.record(reading(SEVEN, claim(SEVEN, number=7000)))
    return next(ledger.claims()).claim


def test_an_accepted_claim_is_shown_as_checked(ledger, seven):
    ledger.judge(seven, "accept", **SIGNED)
    (row,) = posture(ledger, place="Tajikistan").rows
    assert row.checked == 1 and row.stated[0].checked
    assert [one.claim for one in ledger.claims(ClaimFilter(checked=True))] == [seven]


def test_a_rejected_claim_vanishes_from_every_picture_and_can_still_be_looked_up(ledger, seven):
    ledger.judge(seven, "reject", **SIGNED)
    assert posture(ledger, place="Tajikistan").rows == ()
    assert list(ledger.claims()) == []
    assert ledger.claim(seven).quote == SEVEN


def test_a_withdrawn_judgement_no_longer_counts_and_stays_on_record(ledger, seven):
    judgement = ledger.judge(seven, "reject", **SIGNED)
    ledger.withdraw(judgement[:10], by="B. Editor", because="the page was a fake")
    (row,) = posture(ledger, place="Tajikistan").rows
    assert (row.claims, row.checked) == (1, 0)
    (kept,) = ledger.judgements()
    assert kept.withdrawn is not None and kept.withdrawn_by == "B. Editor" and not kept.orphaned
    with pytest.raises(UsageError, match="withdrawn before"):
        ledger.withdraw(judgement, by="B. Editor", because="again")


def test_a_corrected_claim_is_shown_corrected_in_the_row_it_belongs_to(ledger, seven):
    ledger.judge(seven, "correct", field="quantity", value="up to 6,000", **SIGNED)
    ledger.judge(seven, "correct", field="place", value="Kyrgyzstan", **SIGNED)
    assert posture(ledger, place="Tajikistan").rows == ()
    (row,) = posture(ledger, place="Kyrgyzstan").rows
    assert (row.id, row.low, row.high, row.checked) == ("RUS/personnel/KGZ", None, 6000, 1)
    assert ledger.claim(seven).quantity.hedge is Hedge.AT_MOST


def test_a_correction_can_turn_a_fact_into_an_announcement(ledger, seven):
    ledger.judge(seven, "correct", field="status", value="planned", **SIGNED)
    picture = posture(ledger, place="Tajikistan")
    assert picture.rows == () and [one.claim for one in picture.announced] == [seven]


def test_the_newest_correction_of_a_field_counts(ledger, seven):
    ledger.judge(seven, "correct", field="quantity", value="6000", **SIGNED)
    ledger.judge(seven, "correct", field="quantity", value="5000", **SIGNED)
    assert posture(ledger, place="TJK").rows[0].low == 5000


def test_a_claim_judged_the_same_as_another_merges_into_it_until_withdrawn(ledger, claim, reading, seven):
    copy = "Moscow keeps 7,000 troops in Tajikistan."
    ledger.record(reading(copy, claim(copy, number=7000), outlet="Gazette"))
    other = next(one.claim for one in ledger.claims() if one.quote == copy)
    judgement = ledger.judge(other, "same-as", same_as=seven[:10], **SIGNED)
    assert (posture(ledger, place="TJK").rows[0].voices, posture(ledger, place="TJK").rows[0].claims) == (1, 1)
    ledger.withdraw(judgement, by="B. Editor", because="they differ")
    assert posture(ledger, place="TJK").rows[0].voices == 2


def test_a_merged_claim_comes_back_when_the_other_is_erased(ledger, claim, reading, seven):
    copy = "Moscow keeps 7,000 troops in Tajikistan."
    ledger.record(reading(copy, claim(copy, number=7000), outlet="Gazette"))
    other = next(one.claim for one in ledger.claims() if one.quote == copy)
    ledger.judge(other, "same-as", same_as=seven, **SIGNED)
    ledger.redact(ledger.claim(seven).document, because="court order")
    assert [one.claim for one in ledger.claims()] == [other]


def test_claims_cannot_be_the_same_in_a_circle(ledger, claim, reading, seven):
    copy = "Moscow keeps 7,000 troops in Tajikistan."
    ledger.record(reading(copy, claim(copy, number=7000), outlet="Gazette"))
    other = next(one.claim for one in ledger.claims() if one.quote == copy)
    ledger.judge(other, "same-as", same_as=seven, **SIGNED)
    with pytest.raises(UsageError, match="the other way round"):
        ledger.judge(seven, "same-as", same_as=other, **SIGNED)
    with pytest.raises(UsageError, match="the other way round"):
        ledger.judge(seven, "same-as", same_as=seven, **SIGNED)


def test_a_judgement_moves_to_the_claim_with_the_same_span_and_asset_of_a_newer_reading(ledger, claim, reading, seven):
    judgement = ledger.judge(seven, "accept", **SIGNED)
    ledger.record(reading(SEVEN, claim(SEVEN, number=7000, asset_text="troops"), extractor="grammar 2"))
    (citation,) = ledger.claims()
    assert citation.claim != seven and citation.checked
    (kept,) = ledger.judgements(citation.claim)
    assert (kept.id, kept.claim, kept.applies_to, kept.carried_over) == (judgement, seven, citation.claim, True)


def test_a_judgement_whose_claim_is_gone_waits_for_review(ledger, claim, reading, seven):
    ledger.judge(seven, "accept", **SIGNED)
    ledger.record(reading(SEVEN, claim(SEVEN, asset=Asset.TANK), extractor="grammar 2"))
    (waiting,) = ledger.judgements(orphaned=True)
    assert waiting.claim == seven and not next(ledger.claims()).checked
    ledger.record(reading(SEVEN, claim(SEVEN, number=7000), extractor="grammar 3"))
    assert ledger.judgements(orphaned=True) == () and next(ledger.claims()).checked


def test_a_judgement_follows_its_quotation_into_a_changed_wording(ledger, claim, reading):
    address = {"url": "https://news.example/a", "obtained": Obtained.FETCHED}
    ledger.record(reading(SEVEN, claim(SEVEN, number=7000), **address))
    judged = next(ledger.claims()).claim
    ledger.judge(judged, "accept", **SIGNED)
    longer = "Updated. " + SEVEN
    ledger.record(
        reading(longer, claim(longer, quote=SEVEN, number=7000), obtained_at="2026-02-01T00:00:00Z", **address)
    )
    (citation,) = ledger.claims()
    assert citation.claim != judged and citation.checked


def test_of_two_claims_with_one_span_and_asset_the_one_that_says_the_same_inherits(ledger, claim, reading):
    text = "France and Germany each sent 500 troops."
    actors = [Actor("France", "FRA"), Actor("Germany", "DEU")]
    ledger.record(reading(text, *(claim(text, number=500, actor=actor) for actor in actors)))
    german = next(one.claim for one in ledger.claims() if one.actor.iso3 == "DEU")
    ledger.judge(german, "reject", **SIGNED)
    better = [claim(text, number=500, actor=actor, asset_text="troops") for actor in actors]
    ledger.record(reading(text, *better, extractor="grammar 2"))
    assert [one.actor.iso3 for one in ledger.claims()] == ["FRA"]


@pytest.mark.parametrize(
    ("verdict", "more", "message"),
    [
        ("maybe", {}, "is no verdict"),
        ("correct", {}, "names a field and its right value"),
        ("correct", {"field": "colour", "value": "red"}, "no field that can be corrected"),
        ("correct", {"field": "kind", "value": "arrive"}, "it is one of present, deploy"),
        ("correct", {"field": "quantity", "value": "lots"}, "quantity cannot be 'lots'"),
        ("correct", {"field": "when", "value": "soon"}, "when cannot be 'soon'"),
        ("correct", {"field": "place", "value": "Latakia (Nowhere)"}, "is no country"),
        ("accept", {"field": "kind", "value": "present"}, "only 'correct' takes"),
        ("same-as", {}, "names the claim"),
        ("accept", {"same_as": "0123456789"}, "only 'same-as' takes"),
        ("same-as", {"same_as": "0123456789"}, "has no claim 0123456789"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused_and_not_kept(ledger, seven, verdict, more, message):
    with pytest.raises(UsageError, match=message):
        ledger.judge(seven, verdict, **SIGNED, **more)
    assert ledger.judgements() == ()


def test_a_judgement_needs_a_name_and_a_reason(ledger, seven):
    with pytest.raises(UsageError, match="signed and reasoned"):
        ledger.judge(seven, "accept", by=" ", because="x")


@pytest.mark.parametrize(
    ("value", "low", "high", "hedge"),
    [
        ("7000", 7000, 7000, "exact"),
        ("about 7,000", 7000, 7000, "about"),
        ("at least 100", 100, None, "at_least"),
        ("fewer than 6 000", None, 6000, "at_most"),
        ("5,000-7,000", 5000, 7000, "range"),
    ],
)
def test_a_quantity_is_corrected_in_the_words_of_the_guide(ledger, seven, value, low, high, hedge):
    ledger.judge(seven, "correct", field="quantity", value=value, **SIGNED)
    quantity = ledger.claim(seven).quantity
    assert (quantity.low, quantity.high, quantity.hedge) == (low, high, hedge)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("actor", "Tajik", Actor("Tajikistan", "TJK")),
        ("actor", "none", None),
        ("place", "Latakia (SYR)", Place("Latakia", "SYR")),
        ("unit", "201st Base", "201st Base"),
        ("asset", "tank", Asset.TANK),
    ],
)
def test_a_field_is_corrected_by_its_name(ledger, seven, field, value, expected):
    ledger.judge(seven, "correct", field=field, value=value, **SIGNED)
    assert getattr(ledger.claim(seven), field) == expected
