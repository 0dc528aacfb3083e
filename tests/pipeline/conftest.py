"""What several tests of estimates ask for: those that the claims make by themselves, and whether two are alike."""

import pytest

from garrison.ledger import columns
from garrison.pipeline.estimates import estimated, hearing
from garrison.pipeline.picture import asked


def from_claims(ledger, **when):
    """The estimates made from all claims, as if nothing were kept of them."""
    question = asked(ledger, **when)
    families = columns.families(ledger.session, question)
    return {row: each for row, (each,) in estimated(hearing(ledger, question, families), [question.day]).items()}


def alike(one, other, *, share=1e-3, chance=1e-5):
    """Day by day in one step or two: the same but for a ``share`` of the figures and a little ``chance``."""
    assert one.keys() == other.keys()
    for row, each in one.items():
        twin = other[row]
        for part in ("low", "median", "high"):
            assert (getattr(each, part) or 0) == pytest.approx(getattr(twin, part) or 0, rel=share, abs=1), row
        assert each.presence == pytest.approx(twin.presence, abs=chance)
        assert (each.sized, each.voices, each.dropped) == (twin.sized, twin.voices, twin.dropped)
        assert (each.dispute, each.outlying) == (twin.dispute, twin.outlying)
