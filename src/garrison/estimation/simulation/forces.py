"""Forces that arrive, grow and leave: the truth of a simulated world, a level for every day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from garrison.estimation.arrays import Whole

YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Force:
    """The true level of one row, day by day, and the days on which it moved, with the level before and after."""

    level: Whole
    moves: tuple[tuple[int, int, int], ...]


Truth: TypeAlias = Callable[[np.random.Generator, int, float], Force]


def stepping(chance: np.random.Generator, days: int, typical: float) -> Force:
    """Family A: levels that hold for a while and change by a factor, over a few weeks, over a slow random walk.

    Args:
        chance: where the randomness comes from.
        days: how many.
        typical: a usual size of such a force.
    """
    walk = np.cumsum(chance.normal(0, 0.12 / np.sqrt(YEAR), days))
    level = np.zeros(days)
    moves = []
    now = 0.0 if chance.random() < 0.5 else typical * np.exp(chance.normal(0, 1.2))
    at = 0
    while at < days:
        until = min(days, at + 1 + int(chance.exponential(1.2 * YEAR)))
        level[at:until] = now
        if until < days:
            if now == 0:
                after = typical * np.exp(chance.normal(0, 1.2))
            elif chance.random() < 0.24:
                after = 0.0
            else:
                after = now * np.exp(chance.normal(0, 0.55))
            takes = min(days - until, 1 + int(chance.exponential(40.0)))
            level[until : until + takes] = np.linspace(now, after, takes + 1)[1:]
            moves.append((until + takes // 2, until, until + takes))
            now, until = after, until + takes
        at = until
    whole = np.rint(level * np.exp(walk)).astype(np.int64)
    ends = ((day, int(whole[first - 1]), int(whole[last - 1])) for day, first, last in moves)
    return Force(whole, tuple(ends))


def campaigning(chance: np.random.Generator, days: int, typical: float) -> Force:
    """Family B: campaigns that build up along an S, rotate with the season, are cut in tranches and run out.

    The arguments are those of :func:`stepping`.
    """
    t = np.arange(days)
    level = np.zeros(days)
    moves = []
    at = int(chance.uniform(-3 * YEAR, 2.5 * YEAR))
    while at < days:
        peak = typical * chance.pareto(1.8) + typical * 0.25
        build = chance.uniform(20, 150)
        lasts = int(chance.gamma(2.0, 1.8 * YEAR))
        # An advance party first, then an S.
        wave = peak * (0.25 + 0.75 / (1 + np.exp(np.clip(-(t - at - build / 2) / (build / 10), -50, 50))))
        wave *= 1 + chance.uniform(0, 0.15) * np.sin(2 * np.pi * (t / YEAR + chance.random()))
        wave[t < at] = 0
        moves += [at, at + int(build / 2)]
        cut = at + build
        for _ in range(chance.poisson(lasts / YEAR * 0.5)):
            cut += chance.uniform(0.2, 1.0) * lasts / 2
            takes = chance.uniform(20, 120)
            wave *= 1 - chance.uniform(0.15, 0.5) * np.clip((t - cut) / takes, 0, 1)
            moves.append(int(cut + takes / 2))
        end, takes = at + build + lasts, chance.uniform(15, 120)
        # In tranches of which the last, a fifth, leaves on one day or stays behind as a rear party.
        fading = np.clip(1 - 0.8 * (t - end) / takes, 0.2, 1)
        if chance.random() < 0.75:
            fading[t > end + takes] = 0
        wave *= fading
        moves += [int(end + takes / 2), int(end + takes)]
        level += wave
        at = int(end + takes + chance.exponential(2 * YEAR))
    whole = np.rint(level).astype(np.int64)
    told = sorted(day for day in moves if 15 <= day < days - 15)
    changes = ((day, int(whole[day - 15]), int(whole[day + 14])) for day in told)
    return Force(whole, tuple(change for change in changes if change[1] != change[2]))
