"""Roll: words as columns, so that what is asked of all of them at once does not take a step in Python for each.

Names are told apart by their hashes, which hold while the program runs. A roll grows by the words that are new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from garrison.estimation.arrays import Flags, Whole
from garrison.pipeline.words import Word


@dataclass(frozen=True, slots=True)
class Roll:
    """Columns of words, one element each; the fields are those of :class:`Word` and of its ``spoken``.

    ``filed`` tells whether a word is of a row, ``serial`` whether of a series, ``ascribed`` whether to an official.
    """

    standing: Whole
    said: Whole
    family: Whole
    row: Whole
    figure: Whole
    outlet: Whole
    document: Whole
    filed: Flags
    serial: Flags
    numbered: Flags
    copied: Flags
    ascribed: Flags

    def __len__(self) -> int:
        return len(self.standing)

    def with_more(self, many: int, more: Sequence[Word]) -> Roll:
        """The first so ``many``, and ``more``."""
        fresh = rolled(more)
        return Roll(
            *(np.concatenate([getattr(self, each.name)[:many], getattr(fresh, each.name)]) for each in fields(self))
        )

    def several(self) -> Whole:
        """The positions of words whose figure another outlet gives too: only there can a copy pass for a voice."""
        order = np.lexsort((self.outlet, self.figure))
        figure, outlet = self.figure[order], self.outlet[order]
        starts = np.flatnonzero(np.diff(figure, prepend=figure[0] - 1)) if len(figure) else figure
        ends = np.append(starts[1:], len(figure))
        several = outlet[starts] != outlet[ends - 1] if len(figure) else np.zeros(0, dtype=bool)
        return np.sort(order[np.repeat(several, ends[: len(starts)] - starts)])


def rolled(words: Sequence[Word]) -> Roll:
    """The columns of words, in the order given."""
    spoken = [each.spoken for each in words]
    rows = [each.row for each in words]

    def whole(values: list[int]) -> Whole:
        return np.array(values, dtype=np.int64)

    def flags(values: list[bool]) -> Flags:
        return np.array(values, dtype=bool)

    return Roll(
        whole([each.standing for each in words]),
        whole([each.said for each in words]),
        whole([hash(each.family) for each in words]),
        whole([hash(row) for row in rows]),
        whole([hash(each.figure) for each in spoken]),
        whole([hash(each.outlet) for each in words]),
        whole([hash(each.document) for each in spoken]),
        flags([row is not None for row in rows]),
        flags([each.series is not None for each in words]),
        flags([each.numbered for each in words]),
        flags([each.copied for each in words]),
        flags([each.official is not None for each in spoken]),
    )
