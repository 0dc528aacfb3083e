"""Remarks: what is to be said of rows beside their figures: voices, disputes, what is outlying, what is dropped."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Whole, distinct
from garrison.estimation.disputes import disputes
from garrison.estimation.statements import Sort, Statements
from garrison.ledger.days import day_text
from garrison.pipeline.hearing import Hearing
from garrison.pipeline.roll import NONE
from garrison.vocabulary import OUTLYING, Estimate


def in_series(heard: Hearing, day: int) -> dict[int, Whole]:
    """The claims that have a number (their positions), by their row, as far as series alone gave it one.

    A row of which a number had been said by ``day`` that is of no series goes on being stated.
    """
    roll = heard.words.roll
    numbered = roll.filed & roll.numbered
    serial = np.flatnonzero(numbered & roll.serial)
    if not len(serial):
        return {}
    free = distinct(roll.row[numbered & ~roll.serial & (roll.said <= day)])
    chosen = serial[~np.isin(roll.row[serial], free)]
    chosen = chosen[np.argsort(roll.row[chosen], kind="stable")]
    groups = np.split(chosen, np.flatnonzero(np.diff(roll.row[chosen])) + 1) if len(chosen) else []
    number = {row: at for at, row in enumerate(heard.row.tolist())}
    return {number[row]: group for group in groups if (row := int(roll.row[group[0]])) in number}


def remarked(heard: Hearing, statements: Statements, stems: Whole, right: Floats) -> list[Estimate]:
    """For each row an estimate without figures: whether it has a size, its voices, its dispute, what is outlying."""
    pairs = disputes(statements)
    apart = np.flatnonzero(right[: len(heard)] < OUTLYING)
    named = np.concatenate([apart, np.array([at for each in pairs for at in (each.one, each.other)], dtype=np.int64)])
    claims = heard.claim[stems[named]].tolist()
    ids = heard.ids(claims)
    id_of = {at: ids[claim] for at, claim in zip(named.tolist(), claims, strict=True)}
    numbered = _having(statements.sort <= Sort.FLOOR, statements.row, len(heard.rows))
    disputed = {each.row: (id_of[each.one], id_of[each.other]) for each in pairs}
    outlying: dict[int, list[str]] = defaultdict(list)
    # By day, so that the order in which they were recorded does not matter.
    for at in sorted(apart.tolist(), key=lambda at: (int(statements.day[at]), id_of[at])):
        outlying[int(statements.row[at])].append(id_of[at])
    speaking = heard.speaking.tolist()
    return [
        Estimate(
            row=key,
            as_of="",
            low=None,
            median=0 if numbered[row] else None,
            high=None,
            presence=0.0,
            voices=speaking[row],
            dispute=disputed.get(row),
            outlying=tuple(dict.fromkeys(outlying[row])),
        )
        for row, key in enumerate(heard.rows)
    ]


def _having(chosen: Flags, row: Whole, many: int) -> list[bool]:
    """Which of so ``many`` rows have one of the ``chosen``."""
    if many <= _FEW:
        return [bool((chosen & (row == at)).any()) for at in range(many)]
    found = np.zeros(many, dtype=bool)
    found[row[chosen]] = True
    return found.tolist()


# Of so few rows each is looked for alone.
_FEW = 16


def dropped(heard: Hearing, mine: Sequence[int] | Whole, day: int) -> str | None:
    """The day of the first edition without a figure, if every series that gave one has dropped it by ``day``.

    Args:
        heard: what was said.
        mine: the claims that gave one, by position.
        day: an ordinal.
    """
    roll, last = heard.words.roll, dict[int, int]()
    for at in mine:
        said, series = int(roll.said[at]), int(roll.series[at])
        if said <= day:
            if series == NONE or heard.words.names[series] not in heard.editions:
                return None
            last[series] = max(last.get(series, 0), said)
    since = []
    for series, said in last.items():
        editions = heard.editions[heard.words.names[series]]
        later = bisect_right(editions, said)
        if later == len(editions) or editions[later] > day:
            return None
        since.append(editions[later])
    return day_text(max(since)) if since else None
