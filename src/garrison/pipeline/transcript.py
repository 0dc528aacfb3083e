"""Transcript: words in order, as columns, each of which is made an object only where somebody looks at it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import overload

import numpy as np

from garrison.estimation.arrays import Whole, among
from garrison.estimation.room import appended
from garrison.pipeline.roll import Roll, rolled, size, unpacked_rolls
from garrison.pipeline.words import Word, numbered

Unpack = Callable[[], Sequence[Word]]


class Transcript(Sequence[Word]):
    """Words with their ``roll``.

    ``names`` has those of rows, series and a picture's voices by their numbers. The words themselves lie in parts,
    which are unpacked when one of them is looked at.
    """

    __slots__ = ("_at", "_parts", "_starts", "_words", "names", "roll")

    def __init__(
        self,
        roll: Roll,
        names: dict[int, str],
        words: list[Word | None],
        at: Whole,
        parts: Sequence[tuple[int, Unpack]] = (),
    ) -> None:
        self.roll = roll
        self.names = names
        self._words = words
        self._at = at
        self._parts = parts
        self._starts = [start for start, _ in parts]

    def __len__(self) -> int:
        return len(self._at)

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, at: int | slice) -> Word | tuple[Word, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        place = int(self._at[at])
        word = self._words[place]
        if word is None:
            start, unpack = self._parts[bisect_right(self._starts, place) - 1]
            unpacked = unpack()
            self._words[start : start + len(unpacked)] = unpacked
            word = unpacked[place - start]
        return word

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Transcript) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def where(self, chosen: Whole) -> Transcript:
        """The words at these positions, in this order."""
        return Transcript(self.roll.where(chosen), self.names, self._words, self._at[chosen], self._parts)

    def with_looked(self, looked: Whole) -> Transcript:
        """The same words, of which it was looked for other paragraphs."""
        return Transcript(self.roll.with_looked(looked), self.names, self._words, self._at, self._parts)

    def without(self, editions: Iterable[int]) -> Transcript:
        """The words that are not of these editions (by their keys)."""
        gone = among(self.roll.edition, editions)
        return self.where(np.flatnonzero(~gone)) if gone.any() else self

    def with_more(self, more: Sequence[Word], transcript: Transcript | None = None) -> Transcript:
        """These words and ``more``, of which there may be a ``transcript``; both are in the order of the ledger."""
        if not more:
            return self
        fresh = transcript or transcribed(more)
        roll = self.roll.with_more(fresh.roll)
        with _WRITING:
            # Others hold the same words, each by the places that it knows.
            first = len(self._words)
            self._words.extend(more)
        at = appended(self._at, np.arange(first, first + len(more)))
        found = Transcript(roll, self.names | fresh.names, self._words, at, self._parts)
        if _in_turn(roll, max(0, len(self) - 1)):
            return found
        return found.where(np.lexsort((roll.standing, roll.edition)))


_WRITING = Lock()


def _in_turn(roll: Roll, first: int) -> bool:
    """Whether words, from the ``first`` on, are in the order of the ledger."""
    edition, standing = np.diff(roll.edition[first:]), np.diff(roll.standing[first:])
    return bool(((edition > 0) | ((edition == 0) & (standing >= 0))).all())


def transcribed(words: Sequence[Word]) -> Transcript:
    """Words at hand, in the order given."""
    return Transcript(rolled(words), names_of(words), list(words), np.arange(len(words)))


def names_of(words: Iterable[Word]) -> dict[int, str]:
    """The names of the rows, the series and a picture's voices of words, by their numbers."""
    names = {
        name
        for each in words
        for name in (each.row, each.series, each.stand.voice, *(stated for stated, _ in each.statements))
    }
    return {numbered(name): name for name in names if name is not None}


def taken_down(parts: Sequence[tuple[bytes, Unpack]], names: dict[int, str]) -> Transcript:
    """The words of parts, at least one: the packed roll of each, and what unpacks its words.

    Raises:
        ValueError: a roll is none.
    """
    roll = unpacked_rolls([each for each, _ in parts])
    starts = np.cumsum([0, *(size(each) for each, _ in parts)]).tolist()
    unpacks = [(start, unpack) for start, (_, unpack) in zip(starts, parts, strict=False)]
    return Transcript(roll, names, [None] * len(roll), np.arange(len(roll)), unpacks)
