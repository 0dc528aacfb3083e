"""Evidence: what a statement says is the same whatever else is said, and whatever was asked before."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from garrison.estimation import evidence
from garrison.estimation.parameters import DEFAULT, THINGS
from garrison.estimation.statements import LEVELS, Said, columns


@st.composite
def number(draw):
    low = draw(st.integers(0, 2000))
    bounds = {"low": low, "high": low + draw(st.integers(0, 50))}
    return Said(day=1, sort=draw(st.sampled_from(LEVELS)), wrong=draw(st.sampled_from([0.05, 0.1])), **bounds)


@given(st.lists(number(), min_size=1, max_size=6), st.lists(number(), max_size=6), st.sampled_from([DEFAULT, THINGS]))
def test_what_is_held_of_a_statement_is_what_it_says(said, before, model):
    evidence._held.cache_clear()
    for asked in (before, said):
        found = evidence.tables(columns(asked), model)
    evidence._held.cache_clear()
    for at, each in enumerate(said):
        alone = evidence.tables(columns([each]), model)
        for part in ("likely", "share"):
            # Those reckoned together are rounded otherwise than each alone.
            one, other = getattr(found, part)[found.which[at]], getattr(alone, part)[0]
            np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-3)
