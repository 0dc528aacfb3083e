"""Room: columns that something is added to again and again, without a copy of all that was there.

A column lies at the beginning of a longer piece of memory. What is added is written behind it, and the new column is a
longer view of the same piece; the old one stays as it was. Neither may be written to.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

_Column = TypeVar("_Column", bound=NDArray[Any])
# A new piece is longer than its column by such a part of it, and by so many elements at least.
PART, LEAST = 8, 64
_WRITING = Lock()


# Columns that are made together begin at multiples of so many bytes.
_LINE = 64


class _Piece(np.ndarray[Any, Any]):
    """Memory for columns, of which as much as the longest of them is used."""

    used: int


def appended(column: _Column, more: _Column) -> _Column:
    """``column`` and ``more`` after it, which has the same kind; only to be read.

    It takes as long as ``more`` does, where nothing else has been added to ``column`` and its piece has room.
    """
    many, total = len(column), len(column) + len(more)
    with _WRITING:
        piece = column.base
        # Who was the first to add something has the room behind; a second one takes a piece of its own.
        if not isinstance(piece, _Piece) or piece.used != many or total > len(piece):
            piece = _Piece(_with_room(total), dtype=column.dtype)
            piece[:many] = column
        piece.used = total
    piece[many:total] = more
    return cast(_Column, _column(piece))


def joined(columns: Sequence[Sequence[NDArray[Any]]]) -> list[NDArray[Any]]:
    """Columns from their parts end to end, each of which has at least one; only to be read.

    All lie in one memory, which takes a third of the time of as many small ones: it is had from the system at once.
    """
    lengths = [sum(map(len, parts)) for parts in columns]
    sizes = [parts[0].itemsize * _with_room(many) for parts, many in zip(columns, lengths, strict=True)]
    starts = np.cumsum([0, *(size + -size % _LINE for size in sizes)]).tolist()
    # Were it a plain array, numpy would have the columns point to it instead of their pieces.
    memory = _Piece(starts[-1], np.uint8)
    found = []
    for parts, many, start in zip(columns, lengths, starts, strict=False):
        piece = _Piece(_with_room(many), parts[0].dtype, memory, start)
        piece.used = many
        np.concatenate(parts, out=piece[:many].view(np.ndarray))
        found.append(_column(piece))
    return found


def _with_room(many: int) -> int:
    return many + max(many // PART, LEAST)


def _column(piece: _Piece) -> NDArray[Any]:
    """What is used of a piece."""
    found = np.ndarray(piece.used, piece.dtype, buffer=piece)
    found.flags.writeable = False
    return found
