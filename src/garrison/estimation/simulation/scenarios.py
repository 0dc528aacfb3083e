"""Scenarios: one force of a known size, and a lie told by many mouths against two honest reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from garrison.estimation.arrays import Whole
from garrison.estimation.simulation.families import Family
from garrison.estimation.simulation.wording import worded
from garrison.estimation.simulation.world import FIRST_DAY, STATE, STATE_HOUSE
from garrison.estimation.statements import Said, Statements, columns

COPIES = 10
_NOW = FIRST_DAY + 1000
_WITHIN = 120

Scenario = Callable[[np.random.Generator, Family, float, float], list[Said]]


def wire_story(chance: np.random.Generator, family: Family, truth: float, lie: float) -> list[Said]:
    """A false story of one agency, printed word for word by ten more; most of the copies are noticed."""
    sort, low, high = worded(chance, lie, family)
    day = _NOW - int(chance.integers(_WITHIN))
    story = Said(day=day, sort=sort, low=low, high=high, voice=10)
    copies = [
        replace(story, day=min(_NOW, day + int(chance.integers(4))), voice=20 + copy if unnoticed else 10)
        for copy, unnoticed in enumerate(chance.random(COPIES) < family.unnoticed)
    ]
    return [story, *copies, *_independent(chance, family, truth)]


def state_outlets(chance: np.random.Generator, family: Family, truth: float, lie: float) -> list[Said]:
    """Five outlets of one state, each in words of its own, agree on a false figure."""
    told = []
    for voice in range(STATE):
        sort, low, high = worded(chance, lie, family)
        day = _NOW - int(chance.integers(_WITHIN))
        told.append(Said(day=day, sort=sort, low=low, high=high, voice=voice, house=STATE_HOUSE))
    return [*told, *_independent(chance, family, truth)]


def _independent(chance: np.random.Generator, family: Family, truth: float) -> list[Said]:
    found = []
    for voice in (6, 7):
        believed = truth * np.exp(family.bias(chance) + family.noise(chance))
        sort, low, high = worded(chance, believed, family)
        found.append(Said(day=_NOW - int(chance.integers(_WITHIN)), sort=sort, low=low, high=high, voice=voice))
    return found


def played(scenario: Scenario, family: Family, times: int, seed: int = 0) -> tuple[Statements, Whole, Whole]:
    """The scenario ``times`` over: its statements, one row each; the day to ask of each; its true level."""
    chance = np.random.default_rng((seed, ord(family.name)))
    said: list[Said] = []
    truths = []
    for row in range(times):
        truth = float(np.exp(chance.uniform(np.log(30), np.log(30_000))))
        lie = truth * float(np.exp(chance.choice((-1, 1)) * chance.uniform(np.log(2.5), np.log(10))))
        said.extend(replace(each, row=row) for each in scenario(chance, family, truth, lie))
        truths.append(round(truth))
    return columns(said), np.full(times, _NOW, dtype=np.int64), np.array(truths, dtype=np.int64)
