"""Calibration: from the model's chances to the share read right, and the two thresholds; on passages held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from alignment import Row, likeness, words

_GRID = tuple(i / 40 for i in range(41))
_SURE = 0.9  # the precision from which claims are used without review
_BINS = 5
_SLACK = 0.005


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage's readings with their chances, whether each pairs with an annotated claim, and how many there are."""

    readings: tuple[tuple[float, bool], ...]
    gold: int
    real: bool = False


def judged(row: Row, found: Sequence[Row]) -> Judged:
    """``found`` beside the annotation of ``row``: greedy pairs, surest reading first, as the guide's scorer pairs."""
    free = list(row["claims"])
    readings = []
    for claim in sorted(found, key=lambda claim: -claim["confidence"]):
        best = max(free, key=lambda gold: _fit(gold, claim), default=None)
        right = best is not None and _fit(best, claim) > 0
        if right:
            free.remove(best)
        readings.append((float(claim["confidence"]), right))
    return Judged(tuple(readings), len(row["claims"]), bool(row.get("corpus")))


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
    """The settings of the model: thresholds, and the table from chances to the share read right.

    The threshold is chosen on real passages where there are any: written ones are denser in claims than the news.
    """
    pairs = [pair for result in results for pair in result.readings]
    chances = np.asarray([chance for chance, _ in pairs])
    right = np.asarray([float(good) for _, good in pairs])
    slope, shift = _platt(chances, right)
    curve = [_curve(point, slope, shift) for point in _GRID]
    scored = _scored([result for result in results if result.real] or results)
    # Of the thresholds that are as good as the best within half a point, the one that keeps the fewest wrong claims.
    threshold = max(least for least, score in scored.items() if score >= max(scored.values()) - _SLACK)
    kept = chances >= threshold
    confidence = np.interp(chances, _GRID, curve)
    sure = next(
        (p for p in _GRID if kept[confidence >= p].any() and right[kept & (confidence >= p)].mean() >= _SURE), 1.0
    )
    table = reliability(confidence[kept], right[kept])
    print(f"threshold {threshold:.3f}, found F1 {scored[threshold]:.3f}, sure from confidence {sure:.3f}")
    for said, was, count in table:
        print(f"  said {said:.2f}  was {was:.2f}  ({count} claims)")
    return {
        "threshold": threshold,
        "sure": sure,
        "calibration": [list(_GRID), [round(value, 4) for value in curve]],
        "reliability": [[round(said, 3), round(was, 3), count] for said, was, count in table],
        "calibration_error": round(error_of(table), 4),
        "held_out_found_f1": round(scored[threshold], 4),
    }


def _scored(results: Sequence[Judged]) -> dict[float, float]:
    """Found F1 by threshold."""
    pairs = [pair for result in results for pair in result.readings]
    gold = sum(result.gold for result in results)
    return {
        least: _f1(sum(good for chance, good in pairs if chance >= least), sum(c >= least for c, _ in pairs), gold)
        for least in _GRID[2:36]
    }


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


def _curve(chance: float, slope: float, shift: float) -> float:
    return float(1 / (1 + np.exp(-(slope * _logit(chance) + shift))))


def _logit(chance: Any) -> Any:
    clipped = np.clip(chance, 1e-3, 1 - 1e-3)
    return np.log(clipped / (1 - clipped))


def _platt(chances: Any, right: Any, rounds: int = 50) -> tuple[float, float]:
    """Slope and shift of the logistic curve over the logits, by Newton's method."""
    x = np.stack([_logit(chances), np.ones_like(chances)], 1)
    weights = np.asarray([1.0, 0.0])
    for _ in range(rounds):
        said = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (said - right) + 1e-3 * weights
        curvature = (x * (said * (1 - said))[:, None]).T @ x + 1e-3 * np.eye(2)
        weights = weights - np.linalg.solve(curvature, gradient)
    return float(weights[0]), float(weights[1])


def _f1(hits: float, found: float, gold: float) -> float:
    return float(2 * hits / (found + gold)) if found + gold else 0.0
