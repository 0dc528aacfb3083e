"""Stated: rows of another day than today as their claims state them, from what is kept of the claims.

What :func:`garrison.ledger.observing.observed` makes from the claims themselves, which of a large ledger takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import Any

import numpy as np

from garrison.estimation.arrays import Flags, Whole, distinct, in_order
from garrison.ledger import Ledger, citing, columns, observing
from garrison.ledger.observing import Observed
from garrison.naming.countries import country_by_code
from garrison.pipeline.reconciliation import CONTEMPORARY_DAYS
from garrison.pipeline.roll import NONE, Roll
from garrison.pipeline.transcript import Transcript
from garrison.vocabulary import Citation, Hedge, Quantity

_HEDGES = tuple(Hedge)


class CitedLater(Sequence[Citation]):
    """Citations that are read from the ledger when somebody looks at them, while it is open.

    From another program they come without their ``ledger``.
    """

    __slots__ = ("_read", "ledger", "standings")

    def __init__(self, ledger: Ledger | None, standings: Sequence[int]) -> None:
        self.ledger = ledger
        self.standings = standings
        self._read: dict[int, Citation] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return _without_ledger, (self.standings, self._read)

    def at_hand(self, read: Mapping[int, Citation]) -> None:
        """These citations (by their keys) need not be read any more."""
        self._read |= read

    def missing(self, first: int) -> list[int]:
        """Those of the ``first`` so many that are yet to be read, by their keys."""
        return [each for each in self.standings[:first] if each not in self._read]

    def __len__(self) -> int:
        return len(self.standings)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
        some = self.standings[at]
        return tuple(self._cited(some)) if isinstance(at, slice) else self._cited([some])[0]

    def __iter__(self) -> Iterator[Citation]:
        start, many = 0, TOGETHER
        while start < len(self):
            yield from self._cited(self.standings[start : start + many])
            start, many = start + many, 2 * many

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _cited(self, standings: Sequence[int]) -> list[Citation]:
        missing = [each for each in standings if each not in self._read]
        if missing:
            assert self.ledger is not None
            self._read |= citing.cited(self.ledger.session, missing)
        return [self._read[each] for each in standings]


def _without_ledger(standings: Sequence[int], read: Mapping[int, Citation]) -> CitedLater:
    found = CitedLater(None, standings)
    found.at_hand(read)
    return found


def named(ledger: Ledger, rows: Sequence[Observed]) -> Sequence[Observed]:
    """The same rows, with the citations read at once that give a row its names: the newest, and the newest located one.

    A row of a country's force in a country has its names from neither.
    """
    countries = country_by_code()
    wanted: dict[int, set[int]] = {}
    for at, each in enumerate(rows):
        plain = each.actor_key in countries and (each.site_key or each.place_key in countries)
        if isinstance(each.stated, CitedLater) and (each.site_key or each.component_key or not plain):
            wanted[at] = {each.stated.standings[place] for place in (0, each.located or 0)}
    read = citing.cited(ledger.session, sorted(set().union(*wanted.values())))
    for at, standings in wanted.items():
        stated = rows[at].stated
        assert isinstance(stated, CitedLater)
        stated.at_hand({each: read[each] for each in standings})
    return rows


def read_ahead(ledger: Ledger, rows: Sequence[Observed]) -> None:
    """Let the citations of rows be read from ``ledger``, and the first of each row at once, as most are looked at."""
    later = [each.stated for each in rows if isinstance(each.stated, CitedLater)]
    for start in range(0, len(later), ROWS):
        some = later[start : start + ROWS]
        for each in some:
            each.ledger = ledger
        read = citing.cited(ledger.session, sorted({one for each in some for one in each.missing(FIRST)}))
        for each in some:
            each.at_hand({one: read[one] for one in each.standings[:FIRST] if one in read})


# So many are read at first, and then twice as many: whoever looks for something mostly finds it among the first.
TOGETHER = 16
# So many of each row are read ahead, of so many rows at once.
FIRST, ROWS = 16, 500


def observed(ledger: Ledger, question: observing.Question, said: Transcript) -> list[Observed]:
    """The rows that words known at the question's moment state by its day, in no order."""
    roll = said.roll
    mine = np.flatnonzero(roll.filed & (roll.first <= question.day))
    if not len(mine):
        return []
    newest = np.minimum(roll.newest, question.day)
    totals = _totals(roll, mine, newest)
    chosen = _chosen(said, mine[~_outdated(ledger, question, said, mine)], newest)
    if not len(chosen):
        return []
    starts = np.flatnonzero(np.diff(roll.row[chosen], prepend=NONE))
    ends = np.append(starts[1:], len(chosen)).tolist()
    standings = roll.standing[chosen].tolist()
    spans = _spans(roll, chosen, newest, starts)
    located = np.flatnonzero(roll.located[chosen])
    places = np.searchsorted(located, starts)
    figures_of = tuple(each[chosen] for each in (newest, roll.low, roll.high, roll.hedge))
    found = []
    for number, (start, end) in enumerate(zip(starts.tolist(), ends, strict=True)):
        row, place = int(roll.row[chosen[start]]), int(places[number])
        at = int(located[place]) - start if place < len(located) and located[place] < end else None
        stated = CitedLater(ledger, standings[start:end])
        figures = FiguresLater(figures_of, start, end)
        found.append(Observed(*_filing(said.names[row]), stated, figures, at, *totals[row], spans[number]))
    return found


class FiguresLater(Sequence[tuple[int, Quantity]]):
    """The numbers of words with their days, which are made objects when somebody looks at them; without their texts.

    They lie, ``told`` by day, bounds and hedge, from ``start`` to ``end`` among those of other rows.
    """

    __slots__ = ("_end", "_figures", "_start", "_told")

    def __init__(self, told: tuple[Any, ...], start: int, end: int) -> None:
        self._told, self._start, self._end = told, start, end
        self._figures: list[tuple[int, Quantity]] | None = None

    def _all(self) -> list[tuple[int, Quantity]]:
        if self._figures is None:
            own = (each[self._start : self._end].tolist() for each in self._told)
            self._figures = [
                (day, Quantity("", _bound(low), _bound(high), _HEDGES[hedge]))
                for day, low, high, hedge in zip(*own, strict=True)
                if hedge != NONE
            ]
        return self._figures

    def __len__(self) -> int:
        return len(self._all())

    def __getitem__(self, at):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
        return self._all()[at]


def _bound(value: float) -> int | None:
    return None if isnan(value) else int(value)


def _spans(roll: Roll, chosen: Whole, newest: Whole, starts: Whole) -> list[tuple[int | None, int | None]]:
    """The least and greatest number of each row, as :func:`garrison.pipeline.reconciliation.span` finds them."""
    numbered = roll.hedge[chosen] != NONE
    day = np.where(numbered, newest[chosen], np.iinfo(np.int32).min)
    last = np.repeat(np.maximum.reduceat(day, starts), np.diff(np.append(starts, len(chosen))))
    current = numbered & (day.astype(np.int64) >= last.astype(np.int64) - CONTEMPORARY_DAYS)
    low, high = (np.where(current, bounds[chosen], np.nan) for bounds in (roll.low, roll.high))
    least = np.minimum.reduceat(np.fmin(np.nan_to_num(low, nan=np.inf), np.nan_to_num(high, nan=np.inf)), starts)
    most = np.maximum.reduceat(np.fmax(np.nan_to_num(low, nan=-np.inf), np.nan_to_num(high, nan=-np.inf)), starts)
    lows, highs = (np.logical_or.reduceat(~np.isnan(each), starts) for each in (low, high))
    ends = (each.tolist() for each in (least, most, lows, highs))
    return [
        (int(one) if has else None, int(other) if ends_ else None) for one, other, has, ends_ in zip(*ends, strict=True)
    ]


def _totals(roll: Roll, mine: Whole, newest: Whole) -> dict[int, tuple[int, int, int, int]]:
    """Of each row how many claims state it, how many of them a person checked, and their first and last day."""
    order = mine[np.argsort(roll.row[mine], kind="stable")]
    starts = np.flatnonzero(np.diff(roll.row[order], prepend=NONE))
    claims = np.diff(np.append(starts, len(order)))
    checked = np.add.reduceat(roll.checked[order].astype(np.int64), starts)
    first = np.minimum.reduceat(roll.first[order], starts)
    last = np.maximum(first, np.maximum.reduceat(newest[order], starts))
    columns_of = (each.tolist() for each in (roll.row[order[starts]], claims, checked, first, last))
    return {row: (many, seen, start, end) for row, many, seen, start, end in zip(*columns_of, strict=True)}


def _outdated(ledger: Ledger, question: observing.Question, said: Transcript, mine: Whole) -> Flags:
    """Which words are of a series that has a later edition, which states what it still does."""
    roll = said.roll
    series = distinct(roll.series[mine])
    named = {int(each): said.names[int(each)] for each in series if each != NONE}
    if not named:
        return np.zeros(len(mine), dtype=bool)
    dated = columns.editions(ledger.session, question, named.values())
    newest = np.array([max(dated.get(named.get(int(each), ""), [0])) for each in series], dtype=np.int64)
    found: Flags = (roll.series[mine] != NONE) & (newest[np.searchsorted(series, roll.series[mine])] > roll.said[mine])
    return found


def _chosen(said: Transcript, mine: Whole, newest: Whole) -> Whole:
    """Of each voice in each row the word that it is heard with, row by row, newest first."""
    roll = said.roll
    rank = (roll.row, roll.teller, roll.bounded, newest, roll.known, roll.weight)
    order = mine[in_order(*(each[mine].astype(np.int64) for each in rank))]
    last = np.ones(len(order), dtype=bool)
    last[:-1] = (np.diff(roll.row[order]) != 0) | (np.diff(roll.teller[order]) != 0)
    found = order[last]
    tellers, which = np.unique(roll.teller[found], return_inverse=True)
    names = [said.names[each] for each in tellers.tolist()]
    places = np.empty(len(names), dtype=np.int64)
    places[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    told: Whole = found[np.lexsort((places[which.ravel()], -newest[found], roll.row[found]))]
    return told


def _filing(key: str) -> tuple[str, str, str, str, str, str]:
    """The key of a row, and the keys that it is made of."""
    head, _, component = key.partition(":")
    actor, asset, place, *site = head.split("/")
    return key, actor, asset, place, site[0] if site else "", component
