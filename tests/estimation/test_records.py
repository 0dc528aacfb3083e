"""Records of outlets."""

from dataclasses import replace

import numpy as np
import pytest

from garrison.estimation.parameters import DEFAULT
from garrison.estimation.records import LEAST, contested, records, with_records
from garrison.estimation.statements import Said, Sort, columns

HONEST, OTHER, LIAR = 0, 1, 2
ROWS = 8


@pytest.fixture(scope="module")
def told():
    """Two honest voices and one that gives five times the number, on eight rows through the years."""
    chance = np.random.default_rng(1)
    said = []
    for row in range(ROWS):
        for month in range(6):
            day = 737_000 + 60 * month
            for voice, factor in ((HONEST, 1.0), (OTHER, 1.0), (LIAR, 5.0)):
                number = float(round(1000 * factor * np.exp(chance.normal(0, 0.05))))
                said.append(Said(day=day + voice, sort=Sort.EXACT, low=number, high=number, voice=voice, row=row))
    return said


ASSETS = ("personnel",) * ROWS


def test_a_voice_that_others_contradict_gets_a_worse_record(told):
    found = {each.voice: each for each in records(columns(told), ASSETS)}
    assert found[LIAR].wrong > 0.5
    assert found[HONEST].wrong < 0.1
    assert found[LIAR].contested == 6 * ROWS


def test_a_voice_with_few_contested_numbers_has_no_record(told):
    few = [each for each in told if each.row < 2]
    assert max(sum(each.voice == voice for each in few) for voice in (HONEST, OTHER, LIAR)) < LEAST
    assert records(columns(few), ASSETS) == ()


def test_numbers_that_nobody_else_speaks_of_are_not_contested(told):
    alone = [replace(each, row=each.voice) for each in told]
    assert not contested(columns(alone)).any()
    apart = [
        Said(day=737_000, sort=Sort.EXACT, low=5, high=5, voice=0),
        Said(day=738_000, sort=Sort.EXACT, low=9, voice=1),
    ]
    assert not contested(columns(apart)).any()
    house = [replace(each, house=3) for each in told]
    assert not contested(columns(house)).any()


def test_the_order_of_statements_does_not_matter_to_records(told):
    shuffled = [told[at] for at in np.random.default_rng(2).permutation(len(told))]
    one, other = records(columns(told), ASSETS), records(columns(shuffled), ASSETS)
    assert [(each.voice, each.contested) for each in one] == [(each.voice, each.contested) for each in other]
    assert [each.wrong for each in one] == pytest.approx([each.wrong for each in other], abs=1e-4)


def test_a_record_changes_numbers_and_keeps_how_surely_they_were_read():
    said = columns([Said(day=1, sort=Sort.EXACT, low=5, high=5, wrong=DEFAULT.wrong), Said(day=1, sort=Sort.PRESENT)])
    better = with_records(said, np.array([0.02]))
    assert better.wrong[0] == pytest.approx(0.02)
    assert better.wrong[1] == said.wrong[1]
    unsure = replace(said, wrong=1.0 - (1.0 - said.wrong) * 0.5)
    assert with_records(unsure, np.array([0.02])).wrong[0] == pytest.approx(1 - 0.98 * 0.5)
