"""How fast a full pass of the estimate is, beside the same recursion with dense matrices.

    python bench/estimation_speed.py [--claims 1000000] [--rows 10000]

Claims are spread over rows by Zipf's law and over sixteen years of days; a third have numbers, one in twenty is a
move. The pass gives the posterior of every row on every day on which something is said, and the probability of every
claim being right. The reference has the matrix of each gap's drift ready and multiplies by it row by row;
it runs on a share of the rows and is scaled up by their steps. Then: what one new claim costs in the row with the most.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time

import numpy as np

from garrison.estimation.answers import answered
from garrison.estimation.arrays import Floats, Masses, Whole
from garrison.estimation.drift import YEAR, Drift, drift
from garrison.estimation.grid import grid
from garrison.estimation.parameters import DEFAULT
from garrison.estimation.statements import Sort, Statements
from garrison.estimation.timeline import posteriors

FIRST, DAYS, VOICES = 733_000, 16 * 365, 300
PASS_S, VERSION_MS, MEMORY_GB = 20.0, 50.0, 1.0
SHARE = 200


def main() -> int:
    """Make the claims, pass over them, print; 1 if a target is missed at full size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--rows", type=int, default=10_000)
    asked = parser.parse_args()
    made = claims(asked.claims, asked.rows)
    started = time.perf_counter()
    steps = sum(len(block.day) for block in posteriors(made))
    ours = time.perf_counter() - started
    print(f"{asked.claims:,} claims in {asked.rows:,} rows, {steps:,} steps: {ours:.1f} s, at most {PASS_S:.0f} s")
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"memory at most {gigabytes:.2f} GB, under {MEMORY_GB:.0f} GB")
    reference, reference_steps = dense(made, asked.rows)
    scaled = reference * steps / reference_steps
    print(f"with dense matrices: {reference:.1f} s for {reference_steps:,} steps, so {scaled:.0f} s for all")
    largest = made.where(made.row == np.bincount(made.row).argmax())
    milliseconds = [one_more(made, row) for row in (0, asked.rows // 100, asked.rows // 2)]
    print(
        f"a row again with a claim more: {milliseconds[0]:.0f} ms in the largest ({len(largest):,} claims), "
        f"{milliseconds[1]:.1f} ms in the hundredth part, {milliseconds[2]:.1f} ms in the middle one"
    )
    missed = ours > PASS_S or gigabytes > MEMORY_GB
    return int(missed and asked.claims >= 1_000_000)


def claims(many: int, rows: int) -> Statements:
    """Claims at random; the same every time."""
    chance = np.random.default_rng(20260701)
    share = 1 / np.arange(1, rows + 1)
    row = chance.choice(rows, size=many, p=share / share.sum())
    kinds = np.array([Sort.EXACT, Sort.ABOUT, Sort.AT_LEAST, Sort.AT_MOST, Sort.RANGE, Sort.PRESENT, Sort.ABSENT])
    sort = chance.choice(kinds, size=many, p=[0.15, 0.13, 0.02, 0.02, 0.02, 0.64, 0.02])
    moves = chance.random(many) < 0.05
    sort[moves] = chance.choice(
        [Sort.ARRIVAL, Sort.DEPARTURE, Sort.RISE, Sort.FALL], moves.sum(), p=[0.45, 0.45, 0.05, 0.05]
    )
    size = np.round(np.exp(chance.normal(6, 2, rows)))[row] * chance.integers(80, 120, many) / 100
    number = np.maximum(1.0, np.round(size / 10) * 10)
    low, high = number.copy(), number.copy()
    high[sort == Sort.RANGE] *= 1.5
    high[sort == Sort.AT_LEAST] = np.nan
    low[sort == Sort.AT_MOST] = np.nan
    for unnumbered in (Sort.PRESENT, Sort.ABSENT, Sort.ARRIVAL, Sort.DEPARTURE):
        low[sort == unnumbered] = high[sort == unnumbered] = np.nan
    day = FIRST + chance.integers(0, DAYS, many)
    voice = chance.integers(0, VOICES, many)
    house = np.where(voice < 30, voice // 5, -1)
    return Statements(row, day, np.zeros(many), day, sort, low, high, voice, house, np.full(many, 0.1))


def dense(made: Statements, rows: int) -> tuple[float, int]:
    """Seconds and steps of the forward and the backward recursion by dense matrices, on one row in ``SHARE``."""
    passing = drift(DEFAULT)
    kept: dict[int, Masses] = {}
    days = [np.unique(made.day[made.row == row]) for row in range(SHARE // 2, rows, SHARE)]
    likely = np.random.default_rng(1).random(grid().size, dtype=np.float32)
    for own in days:
        # Matrices are built beforehand, which takes longer than all else and is not counted.
        for gap in np.diff(own, prepend=own[0]).tolist():
            matrix(gap, kept, passing)
    started = time.perf_counter()
    for own in days:
        recursion(own, kept, passing, likely)
    return time.perf_counter() - started, sum(map(len, days))


def recursion(days: Whole, kept: dict[int, Masses], passing: Drift, likely: Masses) -> Floats:
    now = np.full(grid().size, 1 / grid().size, dtype=np.float32)
    found = np.empty((len(days), grid().size), dtype=np.float32)
    gaps = np.diff(days, prepend=days[0]).tolist()
    for at, gap in enumerate(gaps):
        now = (now @ matrix(gap, kept, passing)) * likely
        now /= now.sum()
        found[at] = now
    later = np.ones(grid().size, dtype=np.float32)
    for at in range(len(gaps) - 1, 0, -1):
        later = matrix(gaps[at], kept, passing) @ (later * likely)
        later /= later.max()
        found[at - 1] *= later
    normal: Floats = (found / found.sum(axis=1, keepdims=True)).astype(np.float64)
    return normal


def matrix(gap: int, kept: dict[int, Masses], passing: Drift) -> Masses:
    if gap not in kept:
        years = np.full(grid().size, gap / YEAR, dtype=np.float32)
        kept[gap] = passing.forward(np.eye(grid().size, dtype=np.float32), years)
    return kept[gap]


def one_more(made: Statements, row: int) -> float:
    own = made.where(made.row == row)
    started = time.perf_counter()
    answered(own, np.array([row]), np.array([FIRST + DAYS]))
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
