"""Rows that go on from where they stood."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garrison.estimation import chains as module
from garrison.estimation.chains import chains, continued
from garrison.estimation.parameters import DEFAULT
from garrison.estimation.statements import Said, Sort, columns

NOW = 737_000


@st.composite
def statements(draw) -> Said:
    sort = draw(st.sampled_from(list(Sort)))
    low = draw(st.integers(1, 50_000))
    bounds = {"low": low, "high": draw(st.integers(low, 3 * low)) if sort in (Sort.RANGE, Sort.VAGUE) else low}
    if sort in (Sort.AT_LEAST, Sort.FLOOR):
        bounds["high"] = None
    elif sort is Sort.AT_MOST:
        bounds["low"] = None
    elif sort in (Sort.PRESENT, Sort.ABSENT, Sort.ARRIVAL, Sort.DEPARTURE):
        bounds = {}
    voice = draw(st.integers(0, 4))
    return Said(day=NOW - draw(st.integers(0, 1500)), sort=sort, voice=voice, house=0 if voice < 2 else -1, **bounds)


@pytest.fixture(autouse=True)
def marks_close_together(monkeypatch):
    """A mark every four days with claims, so that rows of a test have several."""
    monkeypatch.setattr(module, "STRIDE", 4)


def worked(key, said):
    ((_, chain),) = chains(np.array(key, dtype=np.int64), columns(said), ["personnel"])
    return chain


def alike(one, other):
    """The same but for what single precision and the bound on later days leave."""
    assert np.array_equal(one.key, other.key)
    assert np.allclose(one.weight, other.weight, atol=1e-9, equal_nan=True)
    assert np.allclose(one.right, other.right, atol=2e-3, equal_nan=True)
    assert one.day[-1] == other.day[-1]
    assert np.allclose(one.forward[-1], other.forward[-1], atol=2e-3)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(statements(), st.booleans(), st.booleans()), min_size=3, max_size=60),
    st.randoms(use_true_random=False),
)
def test_a_row_that_goes_on_is_the_row_worked_through_anew(said, chance):
    """Whatever was said first, and whatever of it is said no longer."""
    keys = list(range(len(said)))
    before = [at for at in keys if not said[at][1]]
    after = [at for at in keys if not said[at][2]]
    if not before or not after:
        return
    first = worked(before, [said[at][0] for at in before])
    found = continued(first, np.array(after), columns([said[at][0] for at in after]), DEFAULT)
    if found is not None:
        alike(found, worked(after, [said[at][0] for at in after]))


@settings(max_examples=40, deadline=None)
@given(st.lists(statements(), min_size=2, max_size=40))
def test_a_row_told_one_claim_after_the_other_is_the_row_told_all_at_once(said):
    chain = worked([0], said[:1])
    for many in range(2, len(said) + 1):
        key = np.arange(many)
        chain = continued(chain, key, columns(said[:many]), DEFAULT) or worked(key, said[:many])
    alike(chain, worked(np.arange(len(said)), said))


def long_row(days=400):
    """A claim every tenth day, of several voices."""
    return [
        Said(day=NOW - 10 * ago, sort=Sort.EXACT, low=5000 + 7 * ago, high=5000 + 7 * ago, voice=ago % 5)
        for ago in range(days, 0, -1)
    ]


def test_a_claim_at_the_end_of_time_runs_only_the_tail_again(monkeypatch):
    said = long_row()
    before = worked(range(len(said)), said)
    runs = []
    stretch = module._stretch

    def counted(chosen, *rest):
        runs.append(len(chosen))
        return stretch(chosen, *rest)

    monkeypatch.setattr(module, "_stretch", counted)
    said.append(Said(day=NOW, sort=Sort.ABOUT, low=5000, high=5000, voice=1))
    found = continued(before, np.arange(len(said)), columns(said), DEFAULT)
    assert sum(runs) < len(said) / 4
    monkeypatch.setattr(module, "_stretch", stretch)
    alike(found, worked(range(len(said)), said))


def test_marks_do_not_pile_up_where_claims_come_day_by_day():
    said = long_row(40)
    chain = worked(range(len(said)), said)
    for day in range(1, 25):
        said.append(Said(day=NOW + day, sort=Sort.EXACT, low=5000, high=5000, voice=day % 5))
        chain = continued(chain, np.arange(len(said)), columns(said), DEFAULT)
    assert len(chain.day) <= len(said) / 4 + 2
    alike(chain, worked(range(len(said)), said))


def test_a_voice_heard_again_after_years_weighs_otherwise_on_what_it_said_then():
    said = long_row(200)
    said[3] = replace(said[3], voice=77)
    before = worked(range(len(said)), said)
    said.append(Said(day=NOW, sort=Sort.EXACT, low=5000, high=5000, voice=77))
    found = continued(before, np.arange(len(said)), columns(said), DEFAULT)
    whole = worked(range(len(said)), said)
    assert whole.weight[3] != before.weight[3]
    alike(found or whole, whole)


def test_a_row_of_which_nothing_is_new_stays_as_it_was():
    said = long_row(50)
    before = worked(range(len(said)), said)
    found = continued(before, np.arange(len(said)), columns(said), DEFAULT)
    assert np.array_equal(found.right, before.right)
    assert found.forward is before.forward
