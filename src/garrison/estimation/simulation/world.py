"""A simulated world: forces, outlets that report on them, copies, lies, denials; with the truth kept beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from garrison.estimation.arrays import Flags, Whole
from garrison.estimation.simulation.families import Family
from garrison.estimation.simulation.forces import YEAR, Force
from garrison.estimation.simulation.wording import worded
from garrison.estimation.statements import Said, Sort, Statements, columns

FIRST_DAY = date(2016, 1, 1).toordinal()
DAYS = int(8 * YEAR)
ROWS = 30
OUTLETS = 14
STATE = 5
STATE_HOUSE = 0
# Usual sizes by class, with how many of the rows are of the class.
ASSETS = {"personnel": (1500.0, 0.6), "tank": (60.0, 0.15), "combat_aircraft": (18.0, 0.15), "unit": (4.0, 0.1)}
# Of the annotated statements of presence a third has a number; of moves one in ten.
NUMBERED = 0.35
NUMBERED_MOVES = 0.10
# Facts of moves are a third as many as facts of presence there; so many reports a move come to that.
MOVE_REPORTS = (1.2, 10.0)
ALL_GONE = 0.35


@dataclass(frozen=True, slots=True)
class World:
    """``statements`` with who planted them, and the ``level`` of every row on every day from :data:`FIRST_DAY`."""

    statements: Statements
    planted: Flags
    level: Whole
    assets: tuple[str, ...]


@dataclass(slots=True)
class _Outlet:
    voice: int
    house: int
    bias: float
    state: bool


@dataclass(frozen=True, slots=True)
class _Lie:
    first: int
    last: int
    factor: float


def made_world(family: Family, seed: int, rows: int = ROWS) -> World:
    """A world of ``family``; the same seed makes the same world."""
    chance = np.random.default_rng((ord(family.name), seed))
    outlets = [
        _Outlet(voice, STATE_HOUSE if voice < STATE else -1, family.bias(chance), voice < STATE)
        for voice in range(OUTLETS)
    ]
    names, shares = list(ASSETS), np.array([share for _, share in ASSETS.values()])
    assets = tuple(str(chance.choice(names, p=shares / shares.sum())) for _ in range(rows))
    said: list[Said] = []
    planted: list[bool] = []
    levels = []
    for row, asset in enumerate(assets):
        force = family.truth(chance, DAYS, ASSETS[asset][0])
        levels.append(force.level)
        for each, false in _reports(chance, family, force, outlets):
            said.append(replace(each, row=row, day=each.day + FIRST_DAY, known=(each.known or each.day) + FIRST_DAY))
            planted.append(false)
    return World(columns(said), np.array(planted, dtype=bool), np.array(levels), assets)


def _reports(
    chance: np.random.Generator, family: Family, force: Force, outlets: list[_Outlet]
) -> Iterator[tuple[Said, bool]]:
    interest = float(np.clip(np.exp(chance.normal(np.log(6.0), 1.0)), 0.8, 60.0))
    lie = _lie(chance) if chance.random() < 0.15 else None
    kept: dict[int, tuple[int, Said]] = {}
    days = np.sort(chance.uniform(0, DAYS, chance.poisson(interest * DAYS / YEAR))).astype(int)
    for day in days.tolist():
        # Independent outlets report more than state ones do.
        outlet = outlets[int(chance.integers(len(outlets)))]
        for said, false in _report(chance, family, force, outlet, day, lie, kept):
            yield said, false
            yield from _copies(chance, family, said, false, outlets)
    yield from _moves(chance, force, outlets, interest)


def _lie(chance: np.random.Generator) -> _Lie:
    first = int(chance.integers(DAYS))
    factor = float(np.exp(chance.choice((-1, 1)) * chance.uniform(np.log(2.5), np.log(10))))
    return _Lie(first, first + int(chance.uniform(0.5, 2.0) * YEAR), factor)


def _report(
    chance: np.random.Generator,
    family: Family,
    force: Force,
    outlet: _Outlet,
    day: int,
    lie: _Lie | None,
    kept: dict[int, tuple[int, Said]],
) -> Iterator[tuple[Said, bool]]:
    seen = int(force.level[max(0, day - int(family.lag(chance)))])
    mine = {"day": day, "voice": outlet.voice, "house": outlet.house, "known": day + int(chance.integers(3))}
    if seen == 0:
        if chance.random() < 0.15:
            yield Said(sort=Sort.ABSENT, **mine), False
        elif chance.random() < 0.02:
            yield Said(sort=Sort.PRESENT, **mine), True
        return
    if lie is not None and outlet.state and lie.first <= day <= lie.last:
        if chance.random() < 0.2 and lie.factor < 1:
            yield Said(sort=Sort.ABSENT, **mine), True
        else:
            sort, low, high = worded(chance, max(1.0, seen * lie.factor), family)
            yield Said(sort=sort, low=low, high=high, **mine), abs(np.log(lie.factor)) > 0
        return
    if chance.random() > NUMBERED:
        yield Said(sort=Sort.PRESENT, **mine), False
        return
    if chance.random() < family.false:
        factor = np.exp(chance.choice((-1, 1)) * chance.uniform(np.log(2.5), np.log(8)))
        sort, low, high = worded(chance, max(1.0, seen * factor), family)
        # A force of one or two cannot be halved: such a report is right by accident.
        yield Said(sort=sort, low=low, high=high, **mine), abs(np.log1p(seen * factor) - np.log1p(seen)) > 0.6
        return
    if outlet.voice in kept and day - kept[outlet.voice][0] < family.repeats(chance):
        yield replace(kept[outlet.voice][1], day=day, known=mine["known"]), False
        return
    sort, low, high = worded(chance, seen * np.exp(outlet.bias + family.noise(chance)), family)
    said = Said(sort=sort, low=low, high=high, **mine)
    kept[outlet.voice] = (day, said)
    yield said, False


def _copies(
    chance: np.random.Generator, family: Family, said: Said, false: bool, outlets: list[_Outlet]
) -> Iterator[tuple[Said, bool]]:
    """A wire story is printed by others: one voice where the copying is noticed, several where not."""
    if chance.random() > 0.15:
        return
    for _ in range(1 + int(chance.geometric(0.3))):
        day = said.day + int(chance.integers(4))
        if day >= DAYS:
            continue
        copied = replace(said, day=day, known=day + int(chance.integers(3)))
        if chance.random() < family.unnoticed:
            other = outlets[int(chance.integers(len(outlets)))]
            copied = replace(copied, voice=other.voice, house=other.house)
        yield copied, false


def _moves(
    chance: np.random.Generator, force: Force, outlets: list[_Outlet], interest: float
) -> Iterator[tuple[Said, bool]]:
    true = [
        (day, before, after) for day, before, after in force.moves if abs(np.log1p(after) - np.log1p(before)) > 0.15
    ]
    for day, before, after in true:
        up = after > before
        for _ in range(chance.poisson(min(MOVE_REPORTS[1], MOVE_REPORTS[0] * interest))):
            told = _moved(chance, outlets, day, up, abs(after - before))
            # "The last of them have left" is a statement of absence.
            last = after == 0 and chance.random() < ALL_GONE
            yield (replace(told, sort=Sort.ABSENT, low=None, high=None) if last else told), False
    for _ in range(chance.poisson(0.05 * DAYS / YEAR)):
        day = int(chance.integers(DAYS))
        size = max(1, int(force.level[day]) // 3)
        yield _moved(chance, outlets, day, bool(chance.random() < 0.5), size), True


def _moved(chance: np.random.Generator, outlets: list[_Outlet], day: int, up: bool, size: int) -> Said:
    outlet = outlets[int(chance.integers(len(outlets)))]
    at = int(np.clip(day + chance.integers(-10, 15), 0, DAYS - 1))
    said = Said(day=at, known=at, sort=Sort.ARRIVAL if up else Sort.DEPARTURE, voice=outlet.voice, house=outlet.house)
    if chance.random() > NUMBERED_MOVES or size < 1:
        return replace(said, give=7.0)
    number = float(max(1, round(size * np.exp(chance.normal(0, 0.1)))))
    return replace(said, give=7.0, sort=Sort.RISE if up else Sort.FALL, low=number, high=number)
