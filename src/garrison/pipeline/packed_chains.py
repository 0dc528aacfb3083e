"""Packed chains: the chains of rows as bytes, of which only what has changed is written again.

Weights, rightnesses and marks lie in one piece (*base*), and after it the changes since (*patches*), each of which goes
on from the one before. The statements lie in pieces of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from math import prod
from typing import Any

import numpy as np

from garrison.estimation.arrays import Floats, Whole
from garrison.estimation.chains import Chain
from garrison.estimation.statements import Statements

_COLUMNS = tuple(each.name for each in fields(Statements))
# The statements of a chain lie in pieces of so many, so that a new one does not make all of them be written again.
PIECE = 2048
# So many patches are written before all is written again, each at most such a part of it.
PATCHES, PART = 16, 8


def packed_chains(chains: Mapping[str, Chain]) -> bytes:
    """The chains of rows as arrays, end to end, without their statements (:func:`packed_pieces`)."""
    own = list(chains.values())
    if not own:
        return b""
    return _packed(list(chains), {name: [getattr(each, name) for each in own] for name in _OWN})


_OF_STATEMENTS, _OF_MARKS = ("weight", "right"), ("day", "forward", "backward")
_OWN = (*_OF_STATEMENTS, *_OF_MARKS)


def _packed(rows: Sequence[str], columns: Mapping[str, Sequence[Any]], **beside: Sequence[int]) -> bytes:
    """Arrays of rows, each after the other: first as JSON the rows, what is ``beside``, how long each is, and kinds."""
    arrays = {name: np.concatenate(own) for name, own in columns.items()}
    lengths = {name: [len(each) for each in own] for name, own in columns.items()}
    kinds = {name: (each.dtype.str, each.shape) for name, each in arrays.items()}
    # The spaces put each array where a processor reads it in one piece.
    head = json.dumps([rows, beside, lengths, kinds]).encode()
    return b"".join([head, b" " * (-(len(head) + 1) % 8), b"\n", *(each.tobytes() for each in arrays.values())])


def _unpacked(packed: bytes) -> tuple[list[str], dict[str, list[int]], dict[str, list[Any]]]:
    at = packed.index(b"\n") + 1
    rows, beside, lengths, kinds = json.loads(packed[:at])
    found: dict[str, list[Any]] = {}
    for name, (kind, shape) in kinds.items():
        each = np.frombuffer(packed, dtype=kind, count=prod(shape), offset=at).reshape(shape)
        found[name] = [each[part] for part in _slices(lengths[name])]
        at += each.nbytes
    return rows, beside, found


def packed_patch(chains: Mapping[str, Chain], before: Mapping[str, Chain]) -> bytes | None:
    """What of the chains is not as it was ``before``, but for their statements; ``None`` if that is too much of it."""
    if list(chains) != list(before) or not chains:
        return None
    pairs = [(chain, before[row]) for row, chain in chains.items()]
    places = [_otherwise(*pair) for pair in pairs]
    same = [_same_marks(*pair) for pair in pairs]
    columns: dict[str, list[Any]] = {"place": places}
    for name in _OF_STATEMENTS:
        columns[name] = [getattr(chain, name)[at] for (chain, _), at in zip(pairs, places, strict=True)]
    for name in _OF_MARKS:
        columns[name] = [getattr(chain, name)[first:] for (chain, _), first in zip(pairs, same, strict=True)]
    all_of_it = sum(getattr(chain, name).nbytes for chain in chains.values() for name in _OWN)
    if PART * sum(each.nbytes for own in columns.values() for each in own) > all_of_it:
        return None
    said = [len(chain.key) for chain in chains.values()]
    return _packed(list(chains), columns, said=said, same=same)


def _otherwise(chain: Chain, before: Chain) -> Whole:
    """The positions of statements that are weighed, or are right, otherwise than those that were there."""
    common = min(len(chain.key), len(before.key))
    found = np.zeros(len(chain.key), dtype=bool)
    found[common:] = True
    for name in _OF_STATEMENTS:
        # By their bytes, by which what is not heard is the same, too.
        one, other = getattr(chain, name)[:common], getattr(before, name)[:common]
        found[:common] |= one.view(np.int64) != other.view(np.int64)
    return np.flatnonzero(found)


def _same_marks(chain: Chain, before: Chain) -> int:
    """How many of the first marks are those that were there."""
    common = min(len(chain.day), len(before.day))
    same = chain.day[:common] == before.day[:common]
    for name in ("forward", "backward"):
        same &= (getattr(chain, name)[:common] == getattr(before, name)[:common]).all(axis=1)
    return common if same.all() else int(np.argmin(same))


def packed_pieces(
    chains: Mapping[str, Chain], before: Mapping[str, Chain] | None = None, *, grown: bool = False
) -> dict[tuple[str, int], bytes]:
    """The keys and statements of chains, by row and number of the piece, as far as they are not as they were before.

    Those of chains that have only ``grown`` are the same, but for the days of departures.
    """
    found: dict[tuple[str, int], bytes] = {}
    for row, chain in chains.items():
        own = _said(chain)
        written = _said(before[row]) if before and row in before else None
        for number in _unlike(own, written, _GROWN if grown else range(len(own))):
            part = slice(number * PIECE, (number + 1) * PIECE)
            found[row, number] = b"".join(each[part].tobytes() for each in own)
    return found


def _said(chain: Chain) -> list[Whole]:
    """The keys and statements of a chain, column by column, as whole numbers that have the same bytes."""
    statements = chain.statements
    return [chain.key, *(getattr(statements, name).view(np.int64) for name in _COLUMNS)]


_GROWN = (1 + _COLUMNS.index("day"),)


def _unlike(own: Sequence[Whole], before: Sequence[Whole] | None, columns: Sequence[int]) -> list[int]:
    """The numbers of the pieces that are not the same in each of some ``columns``."""
    many, common = len(own[0]), 0 if before is None else min(len(own[0]), len(before[0]))
    unlike = np.ones(many, dtype=bool)
    unlike[:common] = False
    for one, other in ((own[at], before[at]) for at in columns if before is not None):
        unlike[:common] |= one[:common] != other[:common]
    starts = np.arange(0, many, PIECE)
    changed = np.logical_or.reduceat(unlike, starts)
    # One that is no longer full is another, though all that is left of it is the same.
    if before is not None and many < len(before[0]):
        changed[-1] = True
    return [int(number) for number in np.flatnonzero(changed)]


def unpacked_chains(
    packed: bytes, pieces: Mapping[tuple[str, int], bytes], patches: Sequence[bytes] = ()
) -> dict[str, Chain]:
    """The chains of rows from arrays, the patches since, and the pieces of their statements.

    Raises:
        ValueError: they are none.
    """
    if not packed:
        return {}
    rows, _, columns = _unpacked(packed)
    for patch in patches:
        patched, beside, changes = _unpacked(patch)
        if patched != rows:
            raise ValueError("a patch is of other rows")
        columns = {name: _patched(name, columns[name], changes, beside) for name in _OWN}
    found: dict[str, Chain] = {}
    for at, row in enumerate(rows):
        weight, right, *marks = (columns[name][at] for name in _OWN)
        key, statements = _unpacked_said(row, len(weight), pieces)
        found[row] = Chain(key, statements, weight, right, *marks)
    return found


def _patched(
    name: str, before: Sequence[Any], changes: Mapping[str, Sequence[Any]], beside: Mapping[str, Sequence[int]]
) -> list[Any]:
    """A column of each row with the changes of a patch."""
    if name in _OF_MARKS:
        kept = (own[:same] for own, same in zip(before, beside["same"], strict=True))
        return [np.concatenate(each) for each in zip(kept, changes[name], strict=True)]
    found = []
    for own, many, places, values in zip(before, beside["said"], changes["place"], changes[name], strict=True):
        column: Floats = np.full(many, np.nan)
        column[: len(own)] = own[:many]
        column[places] = values
        found.append(column)
    return found


def _unpacked_said(row: str, many: int, pieces: Mapping[tuple[str, int], bytes]) -> tuple[Whole, Statements]:
    own = []
    for start in range(0, many, PIECE):
        piece = np.frombuffer(pieces.get((row, start // PIECE), b""), dtype=np.int64)
        length = min(PIECE, many - start)
        if len(piece) != length * (1 + len(_COLUMNS)):
            raise ValueError(f"the statements of {row} are not all there")
        own.append(piece.reshape(-1, length))
    columns = np.concatenate(own, axis=1)
    kinds = (np.float64 if name in _FLOATS else np.int64 for name in _COLUMNS)
    return columns[0], Statements(*(each.view(kind) for each, kind in zip(columns[1:], kinds, strict=True)))


_FLOATS = ("give", "low", "high", "wrong")


def _slices(lengths: Sequence[int]) -> Iterator[slice]:
    ends = np.cumsum(lengths).tolist()
    return (slice(start, end) for start, end in zip([0, *ends], ends, strict=False))
