"""Calibration: what a proposal's grounds are worth, and the two thresholds; on passages that were held out.

The weights are fitted on all of these passages; thresholds, reliability and figures come from weights that were fitted
without a proposal's own part of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from alignment import Row, likeness, words
from corpus import FOLDS, part_of
from garrison.extraction.learned.proposals import Proposal
from garrison.extraction.learned.worth import GROUNDS, Grounds, Worth
from garrison.vocabulary import Claim
from garrison.vocabulary.guide_form import as_mapping

Array = npt.NDArray[np.float64]
_GRID = tuple(i / 40 for i in range(41))
_SURE = 0.9  # the precision from which claims are used without review
_BINS = 5
_PENALTY = 20.0  # on the square of a weight, chosen on the parts of the judging passages


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage's proposals and the items of its lists with their chance by rule, whether each pairs with an annotated
    claim, how many of these there are, and its part of the passages."""

    proposals: tuple[tuple[Grounds, bool], ...]
    listed: tuple[tuple[float, bool], ...]
    gold: int
    part: int


def judged(row: Row, proposals: Sequence[Proposal], listed: Sequence[tuple[Claim, float]] = ()) -> Judged:
    """What was read beside the annotation of ``row``: greedy pairs, likeliest first, as the guide's scorer pairs."""
    free = list(row["claims"])
    items = tuple((chance, _taken(free, claim)) for claim, chance in listed)
    likeliest = sorted(proposals, key=lambda proposal: -proposal.grounds.chance)
    results = tuple((proposal.grounds, _taken(free, proposal.claim)) for proposal in likeliest)
    return Judged(results, items, len(row["claims"]), part_of(row))


def _taken(free: list[Row], claim: Claim) -> bool:
    """Takes the annotated claim that ``claim`` fits best from the ``free`` ones; whether there is one."""
    found = as_mapping(claim)
    best = max(free, key=lambda gold: _fit(gold, found), default=None)
    if best is None or _fit(best, found) <= 0:
        return False
    free.remove(best)
    return True


def _fit(gold: Row, found: Row) -> float:
    a, b = words(gold["quote"]), words(found["quote"])
    shared = len(a & b) / max(1, min(len(a), len(b)))
    bounds = [(c["quantity"]["low"], c["quantity"]["high"]) if c["quantity"] else None for c in (gold, found)]
    same_number = bounds[0] is not None and bounds[0] == bounds[1]
    if shared < 0.3 or not (gold["asset"] == found["asset"] or same_number):
        return 0.0
    close = (
        likeness(gold["place"], found["place"]) + (gold["kind"] == found["kind"]) + (gold["asset"] == found["asset"])
    )
    return shared + 3 * (bounds[0] == bounds[1]) + close


def calibrated(results: Sequence[Judged]) -> dict[str, Any]:
    """The settings of the model: the worth of grounds, the thresholds, and how far the confidence can be trusted."""
    rows = np.asarray([grounds.row for result in results for grounds, _ in result.proposals], dtype=np.float64)
    right = np.asarray([float(good) for result in results for _, good in result.proposals])
    parts = np.asarray([result.part for result in results for _ in result.proposals])
    confidence = np.zeros(len(right))
    for part in range(FOLDS):
        own = parts == part
        confidence[own] = _logistic(rows[own] @ _fitted(rows[~own], right[~own]))
    weights = _fitted(rows, right)
    items = [item for result in results for item in result.listed]
    confidence = np.concatenate([confidence, [chance for chance, _ in items]])
    right = np.concatenate([right, [float(good) for _, good in items]])
    scored = _scored(confidence, right, sum(result.gold for result in results))
    threshold = _half_of_the_best(scored)
    kept = confidence >= threshold
    sure = next((p for p in _GRID if p >= threshold and _precision(confidence, right, p) >= _SURE), 1.0)
    table = reliability(confidence[kept], right[kept])
    print(f"threshold {threshold:.3f}, found F1 {scored[threshold]:.3f}, sure from {sure:.3f}")
    for said, was, count in table:
        print(f"  said {said:.2f}  was {was:.2f}  ({count} claims)")
    return {
        "threshold": threshold,
        "sure": sure,
        "worth": Worth(tuple(map(float, weights))).to_settings(),
        "reliability": [[round(said, 3), round(was, 3), count] for said, was, count in table],
        "calibration_error": round(error_of(table), 4),
        "held_out_found_f1": round(scored[threshold], 4),
    }


def _half_of_the_best(scored: dict[float, float]) -> float:
    """The threshold of the best F1, which is half of that F1 where chances are true to their word.

    A grid's own peak is chance: hundreds of claims leave it flat. Source: Lipton, Elkan and Naryanaswamy, Optimal
    Thresholding of Classifiers to Maximize F1 Measure (2014).
    """
    half = max(scored.values()) / 2
    return min(scored, key=lambda least: abs(least - half))


def _precision(confidence: Array, right: Array, least: float) -> float:
    kept = confidence >= least
    return float(right[kept].mean()) if kept.any() else 0.0


def _scored(confidence: Array, right: Array, gold: int) -> dict[float, float]:
    """Found F1 by threshold."""
    found = {}
    for least in _GRID[2:36]:
        kept = confidence >= least
        found[least] = 2 * float(right[kept].sum()) / max(1.0, float(kept.sum()) + gold)
    return found


def reliability(confidence: Any, right: Any) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and count in five bins of equal mass."""
    order = np.argsort(confidence, kind="stable")
    return [
        (float(confidence[part].mean()), float(right[part].mean()), len(part))
        for part in np.array_split(order, _BINS)
        if len(part)
    ]


def error_of(table: Sequence[tuple[float, float, int]]) -> float:
    """The expected calibration error of a reliability table."""
    total = sum(count for _, _, count in table)
    return sum(count * abs(said - was) for said, was, count in table) / total


def _fitted(rows: Array, right: Array, rounds: int = 50) -> Array:
    """The weights of the penalised logistic regression, by Newton's method."""
    ridge = _PENALTY * np.eye(len(GROUNDS))
    ridge[0, 0] = 1e-3
    weights = np.zeros(len(GROUNDS))
    for _ in range(rounds):
        said = _logistic(rows @ weights)
        gradient = rows.T @ (said - right) + ridge @ weights
        curvature = (rows * (said * (1 - said))[:, None]).T @ rows + ridge
        weights = weights - np.linalg.solve(curvature, gradient)
    return weights


def _logistic(total: Array) -> Array:
    return 1 / (1 + np.exp(-total))
