from __future__ import annotations

import itertools
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.ledger import ClaimFilter, Ledger
from garrison.pipeline.picture import posture
from garrison.vocabulary import Actor, ClaimError, Hedge, Kind, Measure, Obtained, Place, Span, Status

SEVEN = "Russia keeps 7,000 troops in Tajikistan."
SIX = "Russia keeps 6,000 troops in Tajikistan."


def quotes(ledger):
    return sorted(citation.quote for citation in ledger.claims())


def test_recording_twice_changes_nothing(ledger, claim, reading):
    given_reading = reading(SEVEN, claim(SEVEN, number=7000))
    first = ledger.record(given_reading)
    before = (list(ledger.claims()), posture(ledger, place="Tajikistan").rows)
    second = ledger.record(given_reading)
    assert (first.outcome, second.outcome) == ("new", "unchanged")
    assert first.document == second.document and second.claims == 1
    assert (list(ledger.claims()), posture(ledger, place="Tajikistan").rows) == before


def test_a_document_without_claims_is_kept_too(ledger, reading):
    recorded = ledger.record(reading("Nothing of note."))
    assert ledger.document(recorded.document).claims == 0
    assert [entry.id for entry in ledger.documents()] == [recorded.document]


def test_a_claim_keeps_every_field(ledger, claim, reading):
    text = "Officials said about 900 troops had been moved from Gyumri to Dushanbe in 2019."
    told = claim(
        text,
        number=900,
        hedge=Hedge.ABOUT,
        kind=Kind.RELOCATE,
        measure=Measure.CHANGE,
        unit="201st Motor Rifle Division",
        asset_text="troops",
        place=Place("Dushanbe", "TJK", geonameid=1221874, lat=38.54, lon=68.78, radius_km=10.0, within=("Tajikistan",)),
        origin=Place("Gyumri", "ARM"),
        when=("2019", "2019"),
        source=("Officials",),
        confidence=0.75,
    )
    ledger.record(reading(text, told, title="Moves", url="https://news.example/moves"))
    (citation,) = ledger.claims()
    kept = {
        name: getattr(citation, name) for name in ("kind", "status", "measure", "asset", "unit", "quantity", "place")
    }
    assert kept == {name: getattr(told, name) for name in kept}
    assert (citation.origin, citation.when, citation.confidence) == (told.origin, told.when, 0.75)
    assert citation.sources == ("Officials",) and citation.title == "Moves" and citation.span == told.span


def test_a_row_kept_up_to_date_gives_the_same_citation_as_the_claims(ledger, claim, reading):
    text = "Officials said up to 900 troops of the 201st have been at Dushanbe since 2019."
    place = Place("Dushanbe", "TJK", lat=38.54, lon=68.78)
    told = claim(
        text, number=900, hedge=Hedge.AT_MOST, unit="201st", place=place, when=("2019", None), source=("Officials",)
    )
    ledger.record(reading(text, told))
    (kept,) = posture(ledger, place="Tajikistan").rows
    assert kept.stated == tuple(ledger.claims())


def test_co_ordinated_actors_of_one_quotation_are_all_kept(ledger, claim, reading):
    text = "France and Germany each sent 500 troops."
    actors = [Actor("France", "FRA"), Actor("Germany", "DEU")]
    ledger.record(reading(text, *(claim(text, number=500, actor=actor) for actor in actors)))
    assert {citation.actor for citation in ledger.claims()} == set(actors)


def test_a_claim_given_twice_in_one_reading_counts_once(ledger, claim, reading):
    assert ledger.record(reading(SEVEN, claim(SEVEN), claim(SEVEN))).claims == 1


def test_a_quotation_that_is_not_at_its_span_is_refused_and_nothing_is_kept(ledger, claim, reading):
    wrong = replace(claim(SEVEN), span=Span(0, 3))
    with pytest.raises(ClaimError, match="not what stands at its span"):
        ledger.record(reading(SEVEN, wrong))
    assert list(ledger.documents()) == []


def test_a_newer_extractor_counts_and_the_older_reading_stays(ledger, claim, reading):
    recorded = ledger.record(reading(SEVEN, claim(SEVEN, number=7000)))
    ledger.record(reading(SEVEN, claim(SEVEN, quote="7,000 troops", number=7000), extractor="grammar 2"))
    assert quotes(ledger) == ["7,000 troops"]
    readings = ledger.document(recorded.document).readings
    assert [(entry.extractor, entry.counts) for entry in readings] == [("grammar 1", False), ("grammar 2", True)]


def test_a_changed_wording_is_a_new_version_of_its_document(ledger, claim, reading):
    address = {"url": "https://news.example/a", "obtained": Obtained.FETCHED}
    first = ledger.record(reading(SEVEN, claim(SEVEN, number=7000), obtained_at="2021-07-08T10:00:00Z", **address))
    second = ledger.record(reading(SIX, claim(SIX, number=6000), obtained_at="2021-07-09T10:00:00Z", **address))
    assert first.document == second.document
    assert quotes(ledger) == [SIX]
    versions = ledger.document(first.document).versions
    assert [(one.known, one.known_basis) for one in versions] == [
        ("2021-07-08", "stated"),
        ("2021-07-09T10:00:00Z", "fetched"),
    ]
    assert ledger.document(first.document).document.text == SIX
    assert [one.quote for one in ledger.claims(ClaimFilter(known="2021-07-08"))] == [SEVEN]


def test_a_better_reader_of_the_same_bytes_does_not_make_a_second_document(ledger, claim, reading):
    ledger.record(reading("Menu " + SEVEN, claim("Menu " + SEVEN, number=7000), data="<html>"))
    ledger.record(reading(SEVEN, claim(SEVEN, number=7000), data="<html>", reader="text 2", title="Found"))
    (entry,) = ledger.documents()
    assert entry.document.title == "Found" and quotes(ledger) == [SEVEN]


def test_claims_without_text_or_address_are_documents_of_their_own(ledger, claim, reading):
    for number in (7000, 6000):
        untold = replace(claim(SEVEN, number=number), span=None)
        ledger.record(reading("", untold, data=str(number), text_known=False, title="Same title"))
    assert len(list(ledger.documents())) == 2
    assert not any(citation.verified for citation in ledger.claims())


def test_a_batch_keeps_what_came_before_a_bad_document(ledger, claim, reading):
    with ledger.recording():
        ledger.record(reading(SEVEN, claim(SEVEN)))
        with pytest.raises(ClaimError):
            ledger.record(reading(SIX, replace(claim(SIX), span=Span(1, 4))))
        ledger.record(reading("Quiet."))
    assert len(list(ledger.documents())) == 2


def test_a_batch_that_fails_keeps_the_readings_before_the_failure(tmp_path, claim, reading):
    path = tmp_path / "l.db"
    with Ledger.open(path) as ledger, pytest.raises(RuntimeError), ledger.recording():
        ledger.record(reading(SEVEN, claim(SEVEN)))
        raise RuntimeError
    with Ledger.open(path) as ledger:
        assert quotes(ledger) == [SEVEN]


@st.composite
def histories(draw):
    """Statements of several outlets, editions of series and changed wordings, in two orders with repetitions."""
    many = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["Herald", "Gazette", None]),
                st.sampled_from([None, "Country notes"]),
                st.sampled_from(["2020", "2021-03", "2021-07-08", "2021-07-09", None]),
                st.sampled_from([None, "https://news.example/1", "https://news.example/2"]),
                st.sampled_from([None, 100, 5000, 7000]),
                st.sampled_from([(), ("2019", "2019"), ("2020-06", None)]),
                st.sampled_from([Kind.PRESENT, Kind.WITHDRAW, Kind.STRENGTH]),
                st.sampled_from([Status.FACT, Status.PLANNED]),
                st.integers(0, 3),
            ),
            min_size=1,
            max_size=6,
            unique=True,
        )
    )
    order = list(range(len(many)))
    return (
        many,
        draw(st.permutations(order)),
        draw(st.permutations(order + draw(st.lists(st.sampled_from(order), max_size=4)))),
    )


@settings(max_examples=40, deadline=None)
@given(histories())
def test_the_order_and_repetition_of_readings_do_not_matter(claim, reading, history):
    many, one_order, other_order = history
    made = []
    for number, (outlet, title, published, url, size, when, kind, status, minute) in enumerate(many):
        text = f"Statement {number}: Russia has {size} troops in Tajikistan."
        told = claim(text, number=size, when=when, kind=kind, status=status)
        at = f"2026-01-01T00:0{minute}:00+00:00"
        made.append(reading(text, told, outlet=outlet, title=title, published=published, url=url, obtained_at=at))
    pictures = []
    for order in (one_order, other_order):
        with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "l.db") as ledger:
            with ledger.recording():
                for index in order:
                    ledger.record(made[index])
            pictures.append([timeless(posture(ledger, as_of=day)) for day in (None, "2021-07-08", "9999")])
            # Rows kept up to date say the same as rows made from all claims.
            assert pictures[-1][0] == pictures[-1][2]
    assert pictures[0] == pictures[1]


def timeless(picture):
    """A picture without the times of recording, which do depend on when it was recorded."""
    rows = [
        replace(row, stated=tuple(plain(citation) for citation in row.stated))
        for row in itertools.chain(picture.rows, picture.own, picture.strengths)
    ]
    lists = [picture.moves, picture.announced, picture.possible, picture.denied, picture.exercises]
    return rows, [[plain(citation) for citation in one] for one in lists]


def plain(citation):
    known = citation.known if citation.known_basis == "stated" else ""
    return replace(citation, recorded="", known=known)
