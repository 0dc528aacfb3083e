"""Stated: rows of another day than today as their claims state them, from what is kept of the claims.

What :func:`garrison.ledger.observing.observed` makes from the claims themselves, which of a large ledger takes minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

import numpy as np

from garrison.estimation.arrays import Flags, Whole, distinct
from garrison.ledger import Ledger, citing, columns, observing
from garrison.ledger.observing import Observed
from garrison.pipeline.roll import NONE, Roll
from garrison.pipeline.transcript import Transcript
from garrison.vocabulary import Citation, Hedge, Quantity

_HEDGES = tuple(Hedge)
# Only of these the words of a number say more than its bounds.
_SPOKEN = (Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.VAGUE)


class CitedLater(Sequence[Citation]):
    """Citations that are read from the ledger when somebody looks at them, while it is open."""

    __slots__ = ("_ledger", "_read", "_standings")

    def __init__(self, ledger: Ledger, standings: Sequence[int]) -> None:
        self._ledger = ledger
        self._standings = standings
        self._read: dict[int, Citation] = {}

    def __len__(self) -> int:
        return len(self._standings)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204
        some = self._standings[at]
        return tuple(self._cited(some)) if isinstance(at, slice) else self._cited([some])[0]

    def __iter__(self) -> Iterator[Citation]:
        for start in range(0, len(self), TOGETHER):
            yield from self._cited(self._standings[start : start + TOGETHER])

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _cited(self, standings: Sequence[int]) -> list[Citation]:
        missing = [each for each in standings if each not in self._read]
        if missing:
            self._read |= citing.cited(self._ledger.session, missing)
        return [self._read[each] for each in standings]


# So many are read at once, as whoever looks for something mostly finds it among the first.
TOGETHER = 16


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
    quantities = _quantities(ledger, roll, chosen)
    dated = list(zip(newest[chosen].tolist(), quantities, strict=True))
    located = np.flatnonzero(roll.located[chosen])
    places = np.searchsorted(located, starts)
    found = []
    for number, (start, end) in enumerate(zip(starts.tolist(), ends, strict=True)):
        row = int(roll.row[chosen[start]])
        place = int(places[number])
        at = int(located[place]) - start if place < len(located) and located[place] < end else None
        figures = tuple((day, each) for day, each in dated[start:end] if each is not None)
        stated = CitedLater(ledger, standings[start:end])
        found.append(Observed(*_filing(said.names[row]), stated, figures, at, *totals[row]))
    return found


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
    rank = (roll.weight, roll.known, newest, roll.bounded, roll.teller, roll.row)
    order = mine[np.lexsort([each[mine] for each in rank])]
    last = np.ones(len(order), dtype=bool)
    last[:-1] = (np.diff(roll.row[order]) != 0) | (np.diff(roll.teller[order]) != 0)
    found = order[last]
    tellers, which = np.unique(roll.teller[found], return_inverse=True)
    names = [said.names[each] for each in tellers.tolist()]
    places = np.empty(len(names), dtype=np.int64)
    places[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    in_order: Whole = found[np.lexsort((places[which.ravel()], -newest[found], roll.row[found]))]
    return in_order


def _quantities(ledger: Ledger, roll: Roll, chosen: Whole) -> list[Quantity | None]:
    """The number of each word, if it has one."""
    spoken = np.isin(roll.hedge[chosen], [_HEDGES.index(each) for each in _SPOKEN])
    texts = columns.quantity_texts(ledger.session, roll.standing[chosen[spoken]].tolist()) if spoken.any() else {}
    own = (each[chosen].tolist() for each in (roll.standing, roll.low, roll.high, roll.hedge))
    return [
        None
        if hedge == NONE
        else Quantity(
            texts.get(standing, ""),
            None if isnan(low) else int(low),
            None if isnan(high) else int(high),
            _HEDGES[hedge],
        )
        for standing, low, high, hedge in zip(*own, strict=True)
    ]


def _filing(key: str) -> tuple[str, str, str, str, str, str]:
    """The key of a row, and the keys that it is made of."""
    head, _, component = key.partition(":")
    actor, asset, place, *site = head.split("/")
    return key, actor, asset, place, site[0] if site else "", component
