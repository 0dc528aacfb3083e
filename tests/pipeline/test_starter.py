"""The figures that come along."""

import gzip
import json
from pathlib import Path

import pytest

from garrison.ledger import ClaimFilter
from garrison.naming.countries import country_by_code
from garrison.pipeline.starter import readings, record
from garrison.vocabulary import UsageError

STATEMENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "factbook" / "statements.jsonl.gz"


def test_a_starter_shows_a_world_and_cites_its_editions(ledger):
    intake = record(ledger, "factbook")
    assert not intake.failed
    claims = list(ledger.claims(ClaimFilter(place="Lebanon")))
    assert len(claims) > 15
    assert all(each.outlet == "CIA World Factbook" and each.published >= "2025" for each in claims)
    assert not any(each.verified for each in claims)


def test_recording_a_starter_twice_changes_nothing(ledger):
    record(ledger, "factbook")
    before = len(list(ledger.claims(ClaimFilter())))
    record(ledger, "factbook")
    assert len(list(ledger.claims(ClaimFilter()))) == before


def test_a_starter_that_is_none_is_refused_by_name(ledger):
    with pytest.raises(UsageError, match="factbook"):
        record(ledger, "almanac")


def test_every_actor_and_place_has_the_code_of_its_name():
    for reading in readings("factbook"):
        for claim in reading.claims:
            assert country_by_code()[claim.actor.iso3].name == claim.actor.name
            assert claim.place.iso3 is None or claim.place.iso3 in country_by_code()


@pytest.mark.skipif(not STATEMENTS.exists(), reason="the Factbook's statements are not at hand (../shared/data)")
def test_every_figure_stands_in_the_edition_that_it_cites():
    editions = {}
    with gzip.open(STATEMENTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["field"] == "Military deployments":
                editions[row["title"], row["published"]] = row["text"].replace(",", "")
    for reading in readings("factbook"):
        text = editions[reading.document.title, reading.document.published]
        for claim in reading.claims:
            for bound in {claim.quantity.low, claim.quantity.high} - {None}:
                # "3-4,000" gives its lower bound in thousands.
                assert str(bound) in text or f"{bound // 1000}-" in text, (reading.document.title, bound)
            assert claim.when.start in text
