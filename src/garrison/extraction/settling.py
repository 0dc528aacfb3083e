"""Settling: keeping the reference data, which the first readings load, out of the garbage collector's rounds.

That data is large, read-only and never garbage. Looking it through again and again while it is loaded takes a seventh
of a first reading's time, and a fifth of every later one's.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

__all__ = ["settled"]

T = TypeVar("T")


def settled(read: Callable[[], Sequence[T]]) -> Sequence[T]:
    """What ``read`` finds. Until a reading first finds something in this process, the collector waits meanwhile; from
    then on it leaves alone all that there was."""
    if _settle.cache_info().currsize or not gc.isenabled():
        return read()
    gc.disable()
    try:
        found = read()
        if found:
            _settle()
    finally:
        gc.enable()
    return found


@cache
def _settle() -> None:
    gc.freeze()
