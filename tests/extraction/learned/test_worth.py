"""Worth: the grounds of a proposal, and the confidence that they add up to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from garrison.extraction.learned.candidates import Sort
from garrison.extraction.learned.encoder import model
from garrison.extraction.learned.worth import GROUNDS, Grounds, Worth, odds_of
from garrison.vocabulary import Kind, Status

PLAIN = Grounds(
    sort=Sort.FORCE,
    kind=Kind.PRESENT,
    status=Status.FACT,
    chance=0.6,
    of_kind=0.5,
    by_rule=0.7,
    status_share=0.9,
    asset_share=1.2,
    place_lead=2.0,
    actor_lead=1.0,
    unit=True,
    number=False,
    place_by_rule=True,
    actor_by_rule=True,
    place_near=True,
    rival=0.2,
    siblings=1,
)


def test_every_ground_has_its_number():
    row = dict(zip(GROUNDS, PLAIN.row, strict=True))
    assert row["sort: force"] == row["kind: present"] == row["status: fact"] == row["any"] == 1.0
    assert (row["unit"], row["unit without a place"], row["present without a place"]) == (1.0, 0.0, 0.0)
    assert row["lead of the place"] == 2.0 and row["read by rule"] == 1.0


def test_what_is_missing_counts_as_missing():
    row = dict(zip(GROUNDS, replace(PLAIN, place_lead=None, by_rule=None).row, strict=True))
    assert (row["placed"], row["unit without a place"], row["present without a place"]) == (0.0, 1.0, 1.0)
    assert row["read by rule"] == row["odds by rule"] == 0.0


@pytest.mark.parametrize("chance", [0.0, 1e-9, 0.25, 0.5, 0.75, 1.0])
def test_odds_are_finite_and_symmetric(chance):
    assert -5 <= odds_of(chance) <= 5
    assert odds_of(chance) == pytest.approx(-odds_of(1 - chance))


def test_worth_is_the_logistic_of_the_weighed_sum_and_survives_the_settings():
    weights = dict.fromkeys(GROUNDS, 0.0) | {"any": -1.0, "odds": 2.0}
    worth = Worth.from_settings(weights)
    assert worth.of(replace(PLAIN, chance=0.5)) == pytest.approx(1 / (1 + 2.718281828**1.0))
    assert worth.to_settings() == weights


def test_the_shipped_weights_trust_a_likelier_reading_more():
    worth = model().worth
    found = [worth.of(replace(PLAIN, chance=chance, of_kind=chance)) for chance in (0.1, 0.3, 0.6, 0.9)]
    assert found == sorted(found) and 0 < found[0] < found[-1] < 1


def test_the_reasons_name_the_rules_only_where_they_read_so():
    reasons = dict(PLAIN.because)
    assert "the rules choose it too" in reasons["place"] and "0.70" in reasons["claim"]
    lonely = dict(replace(PLAIN, by_rule=None, place_by_rule=False, actor_lead=None).because)
    assert "no rule" in lonely["claim"] and "rules" not in lonely["place"] and "actor" not in lonely
