"""Settling: keeping the reference data, which the first readings load, out of the garbage collector's rounds.

That data is large, read-only and never garbage. Looking it through again and again while it is loaded takes a seventh
of a first reading's time, and a fifth of every later one's.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import TypeVar

__all__ = ["settled"]

T = TypeVar("T")


def settled(read: Callable[[], Sequence[T]], data: str) -> Sequence[T]:
    """What ``read`` finds, by the reference ``data`` of that name, which it loads.

    Until a reading by that data first finds something in this process, the collector waits meanwhile; from then on it
    leaves alone all that there was.
    """
    if data in _SETTLED or not gc.isenabled():
        return read()
    gc.disable()
    try:
        found = read()
        if found:
            gc.freeze()
            _SETTLED.add(data)
    finally:
        gc.enable()
    return found


_SETTLED: set[str] = set()
"""The reference data, by name, that is settled in this process."""
