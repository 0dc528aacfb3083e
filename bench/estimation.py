"""How well the estimate finds the truth of simulated worlds, beside simpler ways of making one number of many.

    python bench/estimation.py [--worlds 200] [--family B]

The model's parameters were chosen on worlds of family A; report on B, whose forces and outlets behave by other laws.
Beside the estimate stand the latest claim, the median of the last five, the highest, and CRH (Li et al., "Resolving
conflicts in heterogeneous data by truth discovery and source reliability estimation", SIGMOD 2014), which learns how
reliable each source is. Rows that are always empty are left out; rows of which one number is known stand apart, and so
do those of which none is, where the question is only whether anything is there.
Intervals in brackets are 95 % bootstrap intervals over worlds.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from garrison.estimation.answers import answered, answered_by_class
from garrison.estimation.arrays import Flags, Floats, Whole
from garrison.estimation.simulation import FAMILIES, Family, World, made_world
from garrison.estimation.simulation.scenarios import Scenario, played, state_outlets, wire_story
from garrison.estimation.simulation.trial import (
    Questions,
    answers,
    area_under_roc,
    covered,
    distance,
    looked,
    questions,
    rightness,
    strata,
)
from garrison.estimation.simulation.world import DAYS, FIRST_DAY
from garrison.estimation.statements import Sort, Statements
from garrison.publishing.chart import Chart, Mark, svg

BATCH = 10
ROUNDS = 10
# The method knows no time: what is older than this is not heard, unless nothing newer is.
CURRENT = 365
BINS = np.array([0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 1.0])


@dataclass(frozen=True, slots=True)
class Outcome:
    """One element for each question, over all worlds; of rows without a number the last two, apart.

    ``due`` is how many reports would have come since the last, had they gone on coming as before.
    """

    world: Whole
    single: Flags
    inside: Flags
    present: Flags
    presence: Floats
    distances: dict[str, Floats]
    strata: dict[str, Flags]
    due: Floats
    unsized: Floats
    unsized_present: Flags


def main() -> int:
    """Make the worlds, ask, print; 1 if a bar is missed on 200 worlds or more."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--family", choices=sorted(FAMILIES), default="B")
    parser.add_argument("--draw", type=Path, metavar="FILE", help="draw rows of the first world to an SVG file instead")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first world")
    asked = parser.parse_args()
    family = FAMILIES[asked.family]
    if asked.draw:
        draw(made_world(family, asked.first), asked.draw)
        return 0
    started = time.perf_counter()
    outcomes, areas = [], []
    for first in range(asked.first, asked.first + asked.worlds, BATCH):
        seeds = range(first, min(first + BATCH, asked.first + asked.worlds))
        worlds = [made_world(family, seed) for seed in seeds]
        unsized = questions(worlds, seed=first, sized=False)
        outcomes.append(outcome(questions(worlds, seed=first), unsized, first))
        areas += [planted_found(world) for world in worlds]
    missed = report(joined(outcomes), np.array(areas), family)
    print(f"{asked.worlds} worlds of family {asked.family} in {time.perf_counter() - started:.0f} s")
    return int(missed and asked.worlds >= 200)


def draw(world: World, file: Path, rows: int = 4) -> None:
    """The rows with the most numbers: the estimate when all is known, the claims (false ones marked), the truth."""
    told = looked(world.statements)
    numbered = told.sort < Sort.FLOOR
    shown = np.argsort(-np.bincount(told.row[numbered], minlength=len(world.assets)), kind="stable")[:rows]
    days = np.arange(FIRST_DAY, FIRST_DAY + DAYS, 14)
    charts = []
    for row in np.sort(shown).tolist():
        own = np.flatnonzero(told.row == row)
        asked = np.full(len(days), row, dtype=np.int64)
        levels = answered_by_class(told.where(own), asked, days, world.assets).levels
        marks = tuple(marked(told, at, bool(world.planted[at])) for at in own[numbered[own]].tolist())
        charts.append(
            Chart(
                f"row {row}, {world.assets[row]}",
                tuple(days.tolist()),
                tuple(levels.low.tolist()),
                tuple(levels.median.tolist()),
                tuple(levels.high.tolist()),
                marks,
                tuple(world.level[row, days - FIRST_DAY].tolist()),
            )
        )
    file.write_text(svg(charts), encoding="utf-8")


def marked(told: Statements, at: int, false: bool) -> Mark:
    known = [float(each) for each in (told.low[at], told.high[at]) if not np.isnan(each)]
    return Mark(int(told.day[at]), min(known), max(known), false)


def outcome(asked: Questions, unsized: Questions, first: int) -> Outcome:
    given = answers(asked)
    baselines = {name: distance(asked, found) for name, found in baseline_levels(asked).items()}
    return Outcome(
        world=asked.world + first,
        single=asked.numbers == 1,
        inside=covered(asked, given),
        present=asked.truth > 0,
        presence=given.levels.presence,
        distances={"estimate": distance(asked, given.levels.median), **baselines},
        strata=strata(asked),
        due=due(asked),
        unsized=answers(unsized).levels.presence,
        unsized_present=unsized.truth > 0,
    )


def joined(parts: list[Outcome]) -> Outcome:
    names = sorted({name for part in parts for name in part.strata})
    return Outcome(
        world=np.concatenate([part.world for part in parts]),
        single=np.concatenate([part.single for part in parts]),
        inside=np.concatenate([part.inside for part in parts]),
        present=np.concatenate([part.present for part in parts]),
        presence=np.concatenate([part.presence for part in parts]),
        distances={name: np.concatenate([part.distances[name] for part in parts]) for name in parts[0].distances},
        strata={
            name: np.concatenate([part.strata.get(name, np.zeros(len(part.world), dtype=bool)) for part in parts])
            for name in names
        },
        due=np.concatenate([part.due for part in parts]),
        unsized=np.concatenate([part.unsized for part in parts]),
        unsized_present=np.concatenate([part.unsized_present for part in parts]),
    )


def due(asked: Questions) -> Floats:
    """How many reports would have come since the last, had they gone on coming as they did in a year or more before."""
    told = asked.statements
    first, last = np.full(len(asked.day), np.iinfo(np.int64).max), np.zeros(len(asked.day), dtype=np.int64)
    np.minimum.at(first, told.row, told.day)
    np.maximum.at(last, told.row, told.day)
    found: Floats = (asked.day - last) * np.bincount(told.row) / np.maximum(last - first, CURRENT)
    return found


def baseline_levels(asked: Questions) -> dict[str, Floats]:
    """What simpler ways say: a stated number is its own value, a bound its bound, a denial zero."""
    told = asked.statements
    low = np.where(np.isnan(told.low), told.high, told.low)
    high = np.where(np.isnan(told.high), told.low, told.high)
    number = np.where(told.sort == Sort.ABSENT, 0.0, np.expm1((np.log1p(low) + np.log1p(high)) / 2))
    counted = np.flatnonzero((told.sort < Sort.FLOOR) | (told.sort == Sort.ABSENT))
    counted = counted[np.lexsort((number[counted], told.day[counted], told.row[counted]))]
    bounds = np.searchsorted(told.row[counted], np.arange(len(asked.day) + 1))
    own = [number[counted[first:last]] for first, last in pairwise(bounds)]
    return {
        "latest claim": np.array([each[-1] for each in own]),
        "median of the last five": np.array([np.median(each[-5:]) for each in own]),
        "highest claim": np.array([each.max() for each in own]),
        "CRH": crh(
            told.row[counted], told.voice[counted], number[counted], asked.day[told.row[counted]] - told.day[counted]
        ),
    }


def crh(row: Whole, voice: Whole, number: Floats, age: Whole) -> Floats:
    """The truth of each row: truths and the reliabilities of sources, found in turn.

    Args:
        row: the row of each claim, ascending, none empty.
        voice: the source of each.
        number: what it says.
        age: how many days before the question it speaks of.
    """
    newest = np.minimum.reduceat(age, np.flatnonzero(np.diff(row, prepend=-1)))
    heard = (age <= CURRENT) | (age == newest[np.unique(row, return_inverse=True)[1].ravel()])
    row, voice, said = row[heard], voice[heard], np.log1p(number[heard])
    order = np.lexsort((said, row))
    row, voice, said = row[order], voice[order], said[order]
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    group = np.cumsum(np.diff(row, prepend=-1) != 0) - 1
    width = np.maximum(np.array([part.std() for part in np.split(said, starts[1:])]), 0.1)
    weight = np.ones(int(voice.max()) + 1)
    truth = np.zeros(len(starts))
    for _ in range(ROUNDS):
        truth = _weighted_medians(said, weight[voice], starts)
        loss = np.abs(said - truth[group]) / width[group]
        total = np.bincount(voice, loss, minlength=len(weight)) / np.maximum(
            np.bincount(voice, minlength=len(weight)), 1
        )
        weight = -np.log(np.maximum(total, 1e-6) / max(total.sum(), 1e-6))
    found: Floats = np.expm1(truth)
    return found


def _weighted_medians(said: Floats, weight: Floats, starts: Whole) -> Floats:
    """The weighted median of each run of ``said``, which ascends within runs."""
    found = []
    for values, shares in zip(np.split(said, starts[1:]), np.split(weight, starts[1:]), strict=True):
        running = np.cumsum(shares)
        found.append(values[int(np.searchsorted(running, running[-1] / 2))])
    return np.array(found)


def planted_found(world: World) -> float:
    """The area under the ROC curve of finding planted numbers by their probability of being right."""
    right = rightness(world)
    numbered = (world.statements.sort < Sort.FLOOR) & ~np.isnan(right)
    many = np.bincount(world.statements.row[numbered], minlength=len(world.assets))
    judged = numbered & (many[world.statements.row] > 1)
    return area_under_roc(-right[judged], world.planted[judged])


def report(found: Outcome, areas: Floats, family: Family) -> bool:
    """Print every figure beside its bar; whether one is missed."""
    several = ~found.single
    missed = []

    def bar(name: str, value: Floats, chosen: Flags, low: float, high: float) -> None:
        mean, first, last = over_worlds(value, chosen, found.world)
        met = low <= mean <= high
        missed.append(not met)
        print(f"  {name:40} {mean:6.3f} [{first:.3f}, {last:.3f}]  n {int(chosen.sum()):6}  {'' if met else 'MISSED'}")

    print("coverage of 90 % intervals: 0.87 to 0.93 overall, 0.83 to 0.96 in each stratum")
    inside = found.inside.astype(np.float64)
    bar("overall", inside, several, 0.87, 0.93)
    for name, chosen in found.strata.items():
        bar(name, inside, chosen & several, 0.83, 0.96)
    print(f"  {'(one number known, apart)':40} {inside[found.single].mean():6.3f}  n {int(found.single.sum()):6}")

    print("mean |log(1 + estimate) - log(1 + truth)|, and over the questions with something there")
    for name, value in found.distances.items():
        mean, first, last = over_worlds(value, several, found.world)
        there = value[several & found.present].mean()
        print(f"  {name:40} {mean:6.3f} [{first:.3f}, {last:.3f}]  {there:6.3f}")
    best = min((value[several].mean(), name) for name, value in found.distances.items() if name != "estimate")
    gain = 1 - found.distances["estimate"][several].mean() / best[0]
    missed.append(gain < 0.30)
    print(f"  {gain:.1%} below the best other, {best[1]}; at least 30 % {'MISSED' if gain < 0.30 else ''}")

    ours = areas[~np.isnan(areas)]
    spread = 1.96 * ours.std() / np.sqrt(len(ours))
    missed.append(ours.mean() < 0.90)
    print(f"planted numbers found, ROC AUC {ours.mean():.3f} ± {spread:.3f}; at least 0.90")
    for name, scenario, least in (
        ("a wire story with ten copies", wire_story, 0.95),
        ("five state outlets", state_outlets, 0.90),
    ):
        share, many = truth_kept(scenario, family)
        missed.append(share < least)
        margin = 1.96 * np.sqrt(share * (1 - share) / many)
        print(
            f"truth inside against {name}: {share:.3f} ± {margin:.3f}; at least {least:.2f}",
            "MISSED" if share < least else "",
        )
    calibration("presence", found.presence[several], found.present[several])
    calibration("presence in rows without a number", found.unsized, found.unsized_present)
    unsure = several & (found.presence >= 0.2) & (found.presence < 0.6)
    for name, chosen in (("less than one report", found.due < 1), ("one or more", found.due >= 1)):
        said, there = found.presence[unsure & chosen], found.present[unsure & chosen]
        if len(said):
            print(f"  of 20% to 60%, {name} due: mean {said.mean():.3f}, there {there.mean():.3f}, n {len(said)}")
    return any(missed)


def over_worlds(value: Floats, chosen: Flags, world: Whole) -> tuple[float, float, float]:
    """The mean of the chosen, with the ends of its 95 % bootstrap interval over worlds."""
    worlds, at = np.unique(world[chosen], return_inverse=True)
    sums, counts = np.bincount(at.ravel(), value[chosen]), np.bincount(at.ravel())
    picks = np.random.default_rng(1).integers(len(worlds), size=(1000, len(worlds)))
    means = sums[picks].sum(axis=1) / counts[picks].sum(axis=1)
    first, last = np.quantile(means, (0.025, 0.975))
    return float(sums.sum() / counts.sum()), float(first), float(last)


def truth_kept(scenario: Scenario, family: Family, times: int = 1000) -> tuple[float, int]:
    statements, days, truths = played(scenario, family, times)
    levels = answered(looked(statements), np.arange(times), days).levels
    return float(np.mean((levels.low <= truths) & (truths <= levels.high))), times


def calibration(name: str, presence: Floats, present: Flags) -> None:
    base = present.mean()
    brier, climate = np.mean((presence - present) ** 2), base * (1 - base)
    groups = [(presence >= low) & ((presence < high) | (high == 1.0)) for low, high in pairwise(BINS)]
    apart = sum(abs(presence[chosen].sum() - present[chosen].sum()) for chosen in groups) / len(presence)
    print(
        f"{name}: Brier score {brier:.4f} (always saying {base:.2f}: {climate:.4f}), said and found {apart:.3f} apart"
    )
    for (low, high), chosen in zip(pairwise(BINS), groups, strict=True):
        if chosen.any():
            print(
                f"  said {low:4.0%} to {high:4.0%}: mean {presence[chosen].mean():.3f}, "
                f"there {present[chosen].mean():.3f}, n {int(chosen.sum())}"
            )


if __name__ == "__main__":
    sys.exit(main())
