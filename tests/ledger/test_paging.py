"""Claims a page at a time."""

from __future__ import annotations

from itertools import product

import pytest

from garrison.ledger import ClaimFilter, citing, listing, paging, quoting
from garrison.pipeline.picture import asked
from garrison.vocabulary import Asset, Kind, Measure, Place, Status

WORDS = ("Russia keeps troops in Tajikistan", "France sends troops to Chad", "Russia may send tanks to Tajikistan")


@pytest.fixture
def many(ledger, claim, reading):
    """Sixty claims of all sorts, four to a document."""
    sorts = list(product(Kind, Status))
    for number in range(15):
        text = ". ".join(f"{WORDS[(number + at) % 3]} {number} {at}" for at in range(4)) + "."
        claims = []
        for at in range(4):
            kind, status = sorts[(number * 4 + at) % len(sorts)]
            quote = f"{WORDS[(number + at) % 3]} {number} {at}"
            place = Place("Chad", "TCD") if "Chad" in quote else Place("Tajikistan", "TJK")
            asset = Asset.TANK if "tanks" in quote else Asset.PERSONNEL
            sort = {"kind": kind, "status": status, "measure": Measure.LEVEL, "place": place, "asset": asset}
            claims.append(claim(text, quote, 100 + number, **sort))
        ledger.record(reading(text, *claims, published=f"2021-{1 + number % 12:02d}-03", outlet=f"Outlet {number % 4}"))
    return ledger


def pages(ledger, which, limit, **more):
    found, after = [], None
    while True:
        page = paging.page(ledger.session, which, limit, after, **more)
        found += [each.claim for each in page.claims]
        after = page.after
        if after is None:
            return found


FILTERS = [
    ClaimFilter(),
    ClaimFilter(place="Tajikistan"),
    ClaimFilter(actor="Russia", asset=Asset.TANK),
    ClaimFilter(words="troops"),
    ClaimFilter(words="troops Chad", place="Chad"),
    ClaimFilter(since="2021-03", until="2021-08"),
    *(ClaimFilter(kind=kind) for kind in Kind),
    *(ClaimFilter(status=status) for status in Status),
    ClaimFilter(kind=Kind.DEPLOY, status=Status.PLANNED, words="send"),
]


def number(ledger, which):
    return paging.page(ledger.session, which, 3).number


@pytest.mark.parametrize("which", FILTERS)
def test_pages_are_the_list_whichever_way_it_is_looked_for(many, which, monkeypatch):
    whole = [each.claim for each in many.claims(which)]
    assert sorted(pages(many, which, 7)) == sorted(whole)
    assert number(many, which) == len(whole)
    sorted_first = pages(many, which, 7)
    monkeypatch.setattr(paging, "MANY", 1)
    assert pages(many, which, 7) == sorted_first


@pytest.mark.parametrize("which", [each for each in FILTERS if each.words])
@pytest.mark.parametrize("ranked", [False, True])
def test_words_are_found_or_tried_for_with_the_same_result(many, which, ranked, monkeypatch):
    found = pages(many, which, 7, ranked=ranked)
    told = number(many, which)
    for few, frequent in product((1, 100), (0, 11_000)):
        # Never rare: the rest is looked at claim by claim, or walked through and tried or looked for among those found.
        monkeypatch.setattr(quoting, "frequency", lambda _session, _words, most: min(most, 500))
        monkeypatch.setattr(paging, "MANY", few)
        monkeypatch.setattr(paging, "TRIED", frequent)
        for trying in (0, 300, 10_000):
            monkeypatch.setattr(quoting, "TRYING", trying)
            assert pages(many, which, 7, ranked=ranked) == found
            # Where words are tried for among few, counting would take as long as trying all of them; among many, most
            # of those with the words may have to be passed over to count few. Words alone are counted at once.
            uncounted = (few == 1 or frequent == 0) and told > 3 and which != ClaimFilter(words=which.words)
            assert number(many, which) == (None if uncounted else told)


@pytest.mark.parametrize("which", [each for each in FILTERS if each.words])
@pytest.mark.parametrize("many_claims", [1, 100])
def test_words_tried_for_in_vain_are_found_in_all(many, which, many_claims, monkeypatch):
    found = pages(many, which, 7)
    monkeypatch.setattr(quoting, "frequency", lambda _session, _words, most: min(most, 500))
    monkeypatch.setattr(paging, "MANY", many_claims)
    monkeypatch.setattr(paging, "TRIED", 0)
    monkeypatch.setattr(paging, "TRIES", 1)
    assert pages(many, which, 7) == found


@pytest.mark.parametrize("which", FILTERS)
def test_kind_and_status_filter_what_they_say(many, which):
    everything = list(many.claims())
    wanted = [
        each.claim for each in everything if which.kind in (None, each.kind) and which.status in (None, each.status)
    ]
    assert {each.claim for each in many.claims(ClaimFilter(kind=which.kind, status=which.status))} == set(wanted)


def test_the_number_is_told_up_to_a_thousand(many, monkeypatch):
    assert number(many, ClaimFilter()) == len(list(many.claims()))
    monkeypatch.setattr(paging, "COUNTED", 10)
    assert number(many, ClaimFilter()) is None


def test_a_corrected_claim_is_found_by_what_it_was_corrected_to(many):
    cited = next(each for each in many.claims(ClaimFilter(kind=Kind.PRESENT, status=Status.FACT)))
    many.judge(cited.claim, "correct", field="status", value="planned", by="me", because="misread")
    assert cited.claim in pages(many, ClaimFilter(status=Status.PLANNED), 5)
    assert cited.claim not in pages(many, ClaimFilter(status=Status.FACT), 5)


def test_each_claim_comes_with_the_row_that_it_states_a_level_of(many):
    page = paging.page(many.session, ClaimFilter(), 60)
    assert page.rows == citing.rows_of(many.session, [each.claim for each in page.claims])
    assert 0 < len(page.rows) < len(page.claims)


@pytest.mark.parametrize(
    "about", [{"place": "Tajikistan"}, {"place": "Chad", "asset": Asset.PERSONNEL}, {"actor": "Russia"}, {}]
)
def test_buckets_asked_for_at_once_list_what_each_lists_by_itself(many, about):
    question = asked(many, **about, as_of="2021-09")
    buckets = ("move", "announced", "possible", "denied", "exercise", "unsure")
    at_once = listing.listings(many.session, question, buckets, 1)
    assert at_once == {bucket: listing.listed(many.session, question, bucket, 1) for bucket in buckets}
    assert any(listing.number > len(listing.newest) for listing in at_once.values())
