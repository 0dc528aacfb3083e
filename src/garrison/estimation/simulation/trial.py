"""A trial: questions put to the estimate about simulated worlds, and how its answers compare with the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from garrison.estimation.answers import Answer, answered_by_class
from garrison.estimation.arrays import Flags, Floats, Whole
from garrison.estimation.parameters import DEFAULT
from garrison.estimation.simulation.families import FAMILIES
from garrison.estimation.simulation.forces import YEAR
from garrison.estimation.simulation.world import DAYS, FIRST_DAY, World, made_world
from garrison.estimation.statements import Sort, Statements, joined

QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions, each with a row of its own in ``statements``: what was known of one force on one day.

    ``world`` numbers the world it is from; ``truth`` the level on ``day``; ``age`` the days since the last number;
    ``voices`` and ``numbers`` count those who gave one and the numbers given.
    """

    statements: Statements
    day: Whole
    truth: Whole
    world: Whole
    asset: tuple[str, ...]
    age: Whole
    voices: Whole
    numbers: Whole


def questions(worlds: Sequence[World], seed: int = 0, each: int = QUESTIONS, *, sized: bool = True) -> Questions:
    """``each`` days for every row that is not always empty and of which a number is known by then.

    Unless ``sized``, of which something is known by then but no number; their age is -1.
    """
    chance = np.random.default_rng(seed)
    parts: list[Statements] = []
    facts: list[tuple[int, int, int, int, int, int]] = []
    assets: list[str] = []
    for number, world in enumerate(worlds):
        order = np.argsort(world.statements.row, kind="stable")
        bounds = np.searchsorted(world.statements.row[order], np.arange(len(world.assets) + 1))
        for row, asset in enumerate(world.assets):
            own = world.statements.where(order[bounds[row] : bounds[row + 1]])
            for day in chance.integers(int(YEAR), DAYS, each).tolist():
                if not world.level[row].any():
                    continue
                known = own.where((own.known <= day + FIRST_DAY) & (own.day <= day + FIRST_DAY))
                numbered = known.where(known.sort < Sort.FLOOR)
                if not len(known) or bool(len(numbered)) is not sized:
                    continue
                age = day + FIRST_DAY - int(numbered.day.max()) if sized else -1
                voices = len(np.unique(numbered.voice))
                facts.append((day + FIRST_DAY, int(world.level[row, day]), number, age, voices, len(numbered)))
                assets.append(asset)
                known.row[:] = len(facts) - 1
                parts.append(known)
    columns = np.array(facts, dtype=np.int64).T
    return Questions(joined(parts), columns[0], columns[1], columns[2], tuple(assets), *columns[3:])


def looked(statements: Statements) -> Statements:
    """``statements`` dated, as claims are when they are filed, for when those who make them looked."""
    of_the_present = (statements.sort <= Sort.FLOOR) | (statements.sort == Sort.PRESENT)
    return replace(statements, day=statements.day - np.where(of_the_present, int(DEFAULT.behind), 0))


def answers(asked: Questions) -> Answer:
    """The estimate's answers, in the order of the questions."""
    return answered_by_class(looked(asked.statements), np.arange(len(asked.day)), asked.day, asked.asset)


def rightness(world: World) -> Floats:
    """The probability of every statement of a world being right, when all is known."""
    nothing = np.zeros(0, dtype=np.int64)
    return answered_by_class(looked(world.statements), nothing, nothing, world.assets).right


def covered(asked: Questions, given: Answer) -> Flags:
    """Whether the 90 % interval holds the truth."""
    found: Flags = (given.levels.low <= asked.truth) & (asked.truth <= given.levels.high)
    return found


def distance(asked: Questions, estimate: Floats) -> Floats:
    """How far an estimate is from the truth, in log(1 + x)."""
    found: Floats = np.abs(np.log1p(estimate) - np.log1p(asked.truth))
    return found


def strata(asked: Questions) -> dict[str, Flags]:
    """The questions by class of force, by the age of the last number and by how many voices gave one."""
    found = {f"asset: {name}": np.array([asset == name for asset in asked.asset]) for name in sorted(set(asked.asset))}
    for name, first, last in (("under 90 days", 0, 90), ("90 days to a year", 90, 365), ("over a year", 365, 10**6)):
        found[f"last number: {name}"] = (asked.age >= first) & (asked.age < last)
    for name, first, last in (("1", 1, 1), ("2", 2, 2), ("3 to 5", 3, 5), ("6 and more", 6, 10**6)):
        found[f"voices: {name}"] = (asked.voices >= first) & (asked.voices <= last)
    return found


def area_under_roc(score: Floats, positive: Flags) -> float:
    """How often a positive has the higher score than a negative (ties count half); ``nan`` without both."""
    if not positive.any() or positive.all():
        return float("nan")
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    many = int(positive.sum())
    above = ranks[inverse.ravel()][positive].sum() - many * (many + 1) / 2
    return float(above / (many * (len(score) - many)))


def latest(asked: Questions) -> Floats:
    """What the claim says that was last published: a number, the bound where only one is given, zero for an absence."""
    told = asked.statements
    low = np.where(np.isnan(told.low), told.high, told.low)
    high = np.where(np.isnan(told.high), told.low, told.high)
    number = np.where(told.sort == Sort.ABSENT, 0.0, np.expm1((np.log1p(low) + np.log1p(high)) / 2))
    counted = np.flatnonzero((told.sort < Sort.FLOOR) | (told.sort == Sort.ABSENT))
    counted = counted[np.lexsort((number[counted], told.day[counted], told.row[counted]))]
    last = np.flatnonzero(np.diff(told.row[counted], append=-1))
    return number[counted[last]]


def summary(family: str, seeds: range) -> list[dict[str, object]]:
    """The share of questions whose interval held the truth and the mean errors, overall and by stratum.

    Args:
        family: a name in ``FAMILIES``.
        seeds: of the worlds.
    """
    asked = questions([made_world(FAMILIES[family], seed) for seed in seeds], seed=seeds.start)
    given = answers(asked)
    inside, error = covered(asked, given), distance(asked, given.levels.median)
    simple = distance(asked, latest(asked))
    several = asked.numbers > 1
    groups = {"overall": several, **{name: several & chosen for name, chosen in strata(asked).items()}}
    groups["one number known"] = ~several
    return [
        {
            "questions": name,
            "n": int(chosen.sum()),
            "inside": float(inside[chosen].mean()),
            "error": float(error[chosen].mean()),
            "latest_error": float(simple[chosen].mean()),
        }
        for name, chosen in groups.items()
        if chosen.any()
    ]
