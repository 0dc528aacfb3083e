"""Disputes: rows in which two voices exclude each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from garrison.estimation.arrays import Floats, Whole
from garrison.estimation.drift import YEAR, drift
from garrison.estimation.likelihoods import right
from garrison.estimation.parameters import DEFAULT, Parameters
from garrison.estimation.statements import Sort, Statements

# Two voices exclude each other where what they say has less in common than this (1: the same, 0: nothing).
IN_COMMON = 0.25
# What was said so long before the newest statement is no longer a voice in the matter.
CURRENT = 183
# Of many voices the lowest and the highest are compared.
OUTERMOST = 8


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two statements, by position, that exclude each other; ``common`` is how much they have in common, 0 to 1."""

    row: int
    one: int
    other: int
    common: float


def disputes(statements: Statements, parameters: Parameters = DEFAULT) -> tuple[Dispute, ...]:
    """The pair of current statements in each row that has the least in common, where that is too little.

    Each voice is heard with what it said last. The older of two is widened by the drift until the newer, so that a
    change is no contradiction. Voices of one house do not contradict each other.
    """
    found = []
    levels = np.flatnonzero((statements.sort < Sort.FLOOR) | (statements.sort == Sort.ABSENT))
    order = levels[np.lexsort((levels, statements.day[levels], statements.voice[levels], statements.row[levels]))]
    for row in np.unique(statements.row[order]):
        own = order[statements.row[order] == row]
        newest = own[np.append(np.diff(statements.voice[own]) != 0, True)]
        current = newest[statements.day[newest] >= statements.day[newest].max() - CURRENT]
        worst = _worst(statements, current, parameters)
        if worst is not None:
            found.append(Dispute(int(row), *worst))
    return tuple(found)


def _worst(statements: Statements, current: Whole, parameters: Parameters) -> tuple[int, int, float] | None:
    if len(current) < 2:
        return None
    table = right(statements.where(current), parameters)
    if len(current) > 2 * OUTERMOST:
        outer = np.argsort(table.argmax(axis=1), kind="stable")
        outer = np.sort(np.concatenate([outer[:OUTERMOST], outer[-OUTERMOST:]]))
        current, table = current[outer], table[outer]
    table /= table.sum(axis=1, keepdims=True)
    one, other = np.triu_indices(len(current), 1)
    house = statements.house[current]
    apart = (house[one] < 0) | (house[one] != house[other])
    one, other = one[apart], other[apart]
    if not len(one):
        return None
    day = statements.day[current]
    older, newer = np.where(day[one] <= day[other], one, other), np.where(day[one] <= day[other], other, one)
    years = (np.abs(day[one] - day[other]) / YEAR).astype(np.float32)
    widened = drift(parameters).forward(table[older].astype(np.float32), years)
    common = _common(widened.astype(np.float64), table[newer])
    least = int(common.argmin())
    if common[least] >= IN_COMMON:
        return None
    return int(current[one[least]]), int(current[other[least]]), float(common[least])


def _common(one: Floats, other: Floats) -> Floats:
    """The overlap of each pair of likelihoods: the cosine of the angle between them."""
    product = np.einsum("ij,ij->i", one, other)
    found: Floats = product / np.sqrt(np.einsum("ij,ij->i", one, one) * np.einsum("ij,ij->i", other, other))
    return found
