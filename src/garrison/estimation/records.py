"""Records of outlets: how often each voice's numbers were simply false, as far as others have contradicted them.

Learned by expectation-maximisation: the posterior tells of each number how likely it is false; a voice's share of false
numbers is then its own chance of the next; and so again. Off by default, as a lone honest paper must not lose to five
outlets that agree with each other; what they would change is shown beside, never instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Whole
from garrison.estimation.latest import by_model
from garrison.estimation.parameters import DEFAULT
from garrison.estimation.statements import Sort, Statements
from garrison.estimation.timeline import posteriors

# A voice with fewer contested numbers has no record.
LEAST = 30
# Two numbers for one row so many days apart contest each other.
NEAR = 366
ROUNDS = 5
# A record begins as so many contested numbers of the ordinary kind, so that thirty do not make a saint or a liar.
PRIOR = 20.0


@dataclass(frozen=True, slots=True)
class Record:
    """Of one ``voice``: how many of its numbers are ``contested``, and the chance, 0 to 1, that one is ``wrong``."""

    voice: int
    contested: int
    wrong: float


def records(statements: Statements, assets: Sequence[str]) -> tuple[Record, ...]:
    """The records of all voices with ``LEAST`` contested numbers; the order of statements does not matter.

    Args:
        statements: what was known by the day for which records are wanted; later statements would leak.
        assets: the class of row 0, row 1 …
    """
    chosen = contested(statements)
    voice = statements.voice[chosen]
    many = np.bincount(voice, minlength=int(statements.voice.max(initial=-1)) + 1)
    known = np.flatnonzero(many >= LEAST)
    if not len(known):
        return ()
    rows = np.unique(statements.row[chosen])
    heard = statements.where(np.isin(statements.row, rows))
    inside = contested(heard)
    wrong = np.full(len(many), DEFAULT.wrong)
    for _ in range(ROUNDS):
        right = _right(with_records(heard, wrong), assets)
        counted = inside & ~np.isnan(right)
        false = np.bincount(heard.voice[counted], weights=1.0 - right[counted], minlength=len(many))
        seen = np.bincount(heard.voice[counted], minlength=len(many))
        share = (false + PRIOR * DEFAULT.wrong) / (seen + PRIOR)
        wrong = np.where(many >= LEAST, np.clip(share, 0.01, 0.9), DEFAULT.wrong)
    return tuple(Record(int(each), int(many[each]), float(wrong[each])) for each in known)


def with_records(statements: Statements, wrong: Floats) -> Statements:
    """``statements`` with the chance of being false that their voices' records give; ``wrong`` has one for each voice.

    How surely a text was read stays as it was. Only numbers have records.
    """
    read = (1.0 - statements.wrong) / (1.0 - DEFAULT.wrong)
    by_record = 1.0 - (1.0 - wrong[statements.voice]) * np.minimum(read, 1.0)
    return replace(statements, wrong=np.where(statements.sort < Sort.FLOOR, by_record, statements.wrong))


def contested(statements: Statements) -> Flags:
    """Which statements give a number for a row of which a voice of another house gave one within ``NEAR`` days."""
    found = np.zeros(len(statements), dtype=bool)
    numbered = np.flatnonzero(statements.sort < Sort.FLOOR)
    # Houses are what contradicts; a voice without one is its own.
    apart = np.where(statements.house >= 0, -1 - statements.house, statements.voice)
    order = numbered[np.lexsort((apart[numbered], statements.day[numbered], statements.row[numbered]))]
    row, day, who = statements.row[order], statements.day[order], apart[order]
    for step in (1, -1):
        near = _other(row[::step], day[::step], who[::step])[::step]
        found[order[near]] = True
    return found


def _other(row: Whole, day: Whole, who: Whole) -> Flags:
    """For each in turn, whether the last before it in its row by somebody else was near."""
    same = (row[1:] == row[:-1]) & (who[1:] == who[:-1])
    run = np.concatenate([[0], np.cumsum(~same)]) if len(row) else np.zeros(0, dtype=np.int64)
    first = np.flatnonzero(np.diff(run, prepend=-1)) if len(row) else np.zeros(0, dtype=np.int64)
    before = first[run] - 1 if len(row) else first
    known = before >= 0
    at = np.maximum(before, 0)
    found: Flags = known & (row[at] == row) & (np.abs(day - day[at]) <= NEAR)
    return found


def _right(statements: Statements, assets: Sequence[str]) -> Floats:
    found = np.full(len(statements), np.nan)
    for model, chosen in by_model(statements.row, assets):
        for block in posteriors(statements.where(chosen), parameters=model):
            found[chosen[block.statements]] = block.right
    return found
