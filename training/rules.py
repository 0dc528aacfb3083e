"""What the marks of the grammar's readings are worth, fitted to the readings of passages.

With all of them for use; without a fold, so that its odds say as little as they will of passages not yet seen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse

from alignment import Row, words
from corpus import is_plain, is_real
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.weighing import BIAS
from garrison.extraction.learned.features import Weigh
from garrison.vocabulary.guide_form import as_mapping

_WRITTEN, _PLAIN = 0.5, 0.1  # how much a written passage counts beside a real one, and one made from frames
_PENALTY = 1.5
_RAREST = 3  # readings that a mark must occur in
_STEPS, _CLOSE = 25, 1e-6  # of Newton's method at most, and when it is there


def counted(rows: Sequence[Row]) -> list[float]:
    """How much each passage counts; written ones whole, where no real one is among them."""
    written = _WRITTEN if any(map(is_real, rows)) else 1.0
    return [1.0 if is_real(row) else _PLAIN if is_plain(row) else written for row in rows]


def labelled(claims: Sequence[Row], readings: Sequence[Reasoned]) -> list[float]:
    """Per reading 1 where it pairs with a claim of its kind, 0.5 with one of another kind, else 0."""
    found = [as_mapping(reading.claim) for reading in readings]
    scored = sorted(
        ((_fit(gold, read), -i, -j) for i, gold in enumerate(claims) for j, read in enumerate(found)), reverse=True
    )
    out = [0.0] * len(found)
    used: set[int] = set()
    taken: set[int] = set()
    for score, i, j in scored:
        if score > 0 and -i not in used and -j not in taken:
            used.add(-i)
            taken.add(-j)
            out[-j] = 1.0 if claims[-i]["kind"] == found[-j]["kind"] else 0.5
    return out


def _fit(gold: Row, read: Row) -> float:
    """How alike a claim and a reading are, 0 if they cannot be the same (as the guide's scorer pairs)."""
    a, b = words(gold["quote"]), words(read["quote"])
    shared = len(a & b) / max(1, min(len(a), len(b)))
    bounds = [(c["quantity"]["low"], c["quantity"]["high"]) if c["quantity"] else None for c in (gold, read)]
    same_class = gold["asset"] == read["asset"]
    if shared < 0.3 or not (same_class or (bounds[0] is not None and bounds[0] == bounds[1])):
        return 0.0
    same = 3.0 * (bounds[0] == bounds[1]) + 2.0 * same_class
    return shared + same + sum(gold[field] == read[field] for field in ("place_iso3", "kind", "place", "actor", "unit"))


def weigher(
    readings: Sequence[Sequence[Reasoned]], labels: Sequence[Sequence[float]], counts: Sequence[float] | None = None
) -> Weigh:
    """The chance of a reading by its marks, fitted to the readings of some passages and how right each is.

    ``counts`` says how much each passage counts; all the same where it is left out.
    """
    weights = weights_of(readings, labels, counts if counts is not None else [1.0] * len(readings))

    def chance(marks: frozenset[str]) -> float:
        total = weights[BIAS] + sum(weights.get(mark, 0.0) for mark in sorted(marks))
        return 1 / (1 + math.exp(-total))

    return chance


def weights_of(
    readings: Sequence[Sequence[Reasoned]], labels: Sequence[Sequence[float]], counts: Sequence[float]
) -> dict[str, float]:
    """What each mark and ``BIAS`` speak for, in log odds: a logistic model with an L2 penalty, by Newton's method.

    Args:
        readings: those of each passage.
        labels: how right each of them is, 0 to 1.
        counts: how much each passage counts.
    """
    rows = [reading.marks for each in readings for reading in each]
    right = np.asarray([label for each in labels for label in each])
    counted = np.asarray([count for each, count in zip(readings, counts, strict=True) for _ in each])
    seen = Counter(mark for marks in rows for mark in marks)
    index = {name: i + 1 for i, name in enumerate(sorted(m for m, n in seen.items() if n >= _RAREST))}
    places = [(row, index[mark]) for row, marks in enumerate(rows) for mark in marks if mark in index]
    places += [(row, 0) for row in range(len(rows))]
    x = sparse.csr_matrix((np.ones(len(places)), tuple(zip(*places, strict=True))), (len(rows), len(index) + 1))
    penalty = np.full(x.shape[1], _PENALTY)
    penalty[0] = 0.01
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        said = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (counted * (said - right)) + penalty * weights
        curvature = (x.multiply((counted * said * (1 - said))[:, None]).T @ x).toarray() + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return {BIAS: float(weights[0]), **{name: float(weights[number]) for name, number in index.items()}}
