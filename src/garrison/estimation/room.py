"""Room: columns that something is added to again and again, without a copy of all that was there.

A column lies at the beginning of a longer piece of memory. What is added is written behind it, and the new column is a
longer view of the same piece; the old one stays as it was. Neither may be written to.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

_Column = TypeVar("_Column", bound=NDArray[Any])
# A new piece is longer than its column by such a part of it, and by so many elements at least.
PART, LEAST = 8, 64
_WRITING = Lock()


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
            piece = _Piece(total + max(total // PART, LEAST), dtype=column.dtype)
            piece[:many] = column
        piece.used = total
    piece[many:total] = more
    found = np.ndarray(total, column.dtype, buffer=piece)
    found.flags.writeable = False
    return cast(_Column, found)
