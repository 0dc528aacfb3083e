"""Statements as columns: what the ledger yields and what the model reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Whole
from garrison.estimation.room import appended
from garrison.vocabulary import Hedge


class Sort(IntEnum):
    """What a statement tells of a level. The first six are the hedges of a stated number."""

    EXACT = 0
    ABOUT = 1
    AT_LEAST = 2
    AT_MOST = 3
    RANGE = 4
    VAGUE = 5
    FLOOR = 6  # a part of the force, or a site within the place: no less than this in all
    PRESENT = 7  # there, size not stated
    ABSENT = 8  # stated not to be there
    ARRIVAL = 9
    DEPARTURE = 10
    RISE = 11  # by a stated number
    FALL = 12


LEVELS = (Sort.EXACT, Sort.ABOUT, Sort.AT_LEAST, Sort.AT_MOST, Sort.RANGE, Sort.VAGUE)
MOVES = (Sort.ARRIVAL, Sort.DEPARTURE, Sort.RISE, Sort.FALL)
BY_HEDGE = {hedge: Sort[hedge.name] for hedge in Hedge}


@dataclass(frozen=True, slots=True)
class Statements:
    """Columns of statements, one element each.

    ``row`` numbers the rows from 0; ``day`` is the day for which it holds (proleptic Gregorian ordinal), give or take
    ``give`` days; ``known`` the day its wording was known; ``sort`` a :class:`Sort`; ``low`` and ``high`` the bounds
    (``nan`` where open or none); ``voice`` and ``house`` number whose word it is and who owns the voice (-1 for none);
    ``wrong`` is the chance that the claim is false, before the others are heard.
    """

    row: Whole
    day: Whole
    give: Floats
    known: Whole
    sort: Whole
    low: Floats
    high: Floats
    voice: Whole
    house: Whole
    wrong: Floats

    def __len__(self) -> int:
        return len(self.row)

    def with_more(self, more: Statements) -> Statements:
        """These and ``more`` after them."""
        return Statements(*(appended(getattr(self, each.name), getattr(more, each.name)) for each in fields(self)))

    def where(self, chosen: Flags | Whole) -> Statements:
        """Those that ``chosen`` (a mask or positions) picks."""
        return Statements(*(getattr(self, each.name)[chosen] for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Said:
    """One statement, for those who have few of them; the fields are those of :class:`Statements`."""

    day: int
    sort: Sort
    low: float | None = None
    high: float | None = None
    voice: int = 0
    house: int = -1
    known: int | None = None
    give: float = 0.0
    wrong: float = 0.1
    row: int = 0


def columns(said: Sequence[Said]) -> Statements:
    """The statements as columns, in the order given."""

    def bound(value: float | None) -> float:
        return np.nan if value is None else float(value)

    return Statements(
        row=np.array([each.row for each in said], dtype=np.int64),
        day=np.array([each.day for each in said], dtype=np.int64),
        give=np.array([each.give for each in said], dtype=np.float64),
        known=np.array([each.day if each.known is None else each.known for each in said], dtype=np.int64),
        sort=np.array([each.sort for each in said], dtype=np.int64),
        low=np.array([bound(each.low) for each in said], dtype=np.float64),
        high=np.array([bound(each.high) for each in said], dtype=np.float64),
        voice=np.array([each.voice for each in said], dtype=np.int64),
        house=np.array([each.house for each in said], dtype=np.int64),
        wrong=np.array([each.wrong for each in said], dtype=np.float64),
    )


def joined(parts: Sequence[Statements]) -> Statements:
    """Several sets of columns as one."""
    return Statements(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Statements)))
