"""Roll: words as columns, so that what is asked of all of them at once does not take a step in Python for each.

Names are told apart by their numbers (:func:`garrison.pipeline.words.numbered`), which are the same in every program,
so that a roll is kept as bytes and is added to.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from itertools import groupby
from math import nan
from typing import Any

import numpy as np

from garrison.estimation.arrays import Flags, Floats, Whole
from garrison.estimation.room import appended, joined
from garrison.estimation.voices import SAME_WORD
from garrison.pipeline.words import Word, numbered
from garrison.vocabulary import Hedge

NONE = -1
"""What stands for no name, and for nowhere in a text."""


class Looked(IntEnum):
    """Whether the paragraph of a word was looked for."""

    NOT = 0
    IN_VAIN = 1
    FOUND = 2


_HEDGES = tuple(Hedge)


@dataclass(frozen=True, slots=True)
class Tells:
    """What words say of rows, word by word: the fields are those of :class:`garrison.estimation.statements.Said`."""

    row: Whole
    day: Whole
    known: Whole
    sort: Whole
    give: Floats
    low: Floats
    high: Floats
    wrong: Floats

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True, slots=True)
class Roll:
    """Columns of words, one element each; the fields are those of :class:`Word`, of its ``spoken`` and its ``stand``.

    Names are numbers, ``NONE`` where there is none; ``voice`` and ``house`` are those that the word has by itself,
    ``teller`` the voice of a picture. ``looked`` tells whether its paragraph was looked for. ``hedge`` is ``NONE``
    where it has no number. ``makes`` is how many of ``tells`` are its own.
    """

    standing: Whole
    edition: Whole
    family: Whole
    row: Whole
    series: Whole
    figure: Whole
    outlet: Whole
    document: Whole
    voice: Whole
    house: Whole
    official: Whole
    teller: Whole
    weight: Whole
    low: Floats
    high: Floats
    said: Whole
    day: Whole
    known: Whole
    first: Whole
    newest: Whole
    at: Whole
    makes: Whole
    hedge: Whole
    bounded: Whole
    looked: Whole
    numbered: Flags
    copied: Flags
    checked: Flags
    located: Flags
    tells: Tells

    def __len__(self) -> int:
        return len(self.standing)

    @property
    def filed(self) -> Flags:
        """Which words are of a row."""
        found: Flags = self.row != NONE
        return found

    @property
    def serial(self) -> Flags:
        """Which words are of a series."""
        found: Flags = self.series != NONE
        return found

    def where(self, chosen: Whole) -> Roll:
        """The words at these positions, in this order."""
        # What words tell lies word by word: it is counted from the first that is chosen, as mostly the last few are.
        least = int(chosen.min()) if len(chosen) else 0
        later = self.makes[least:]
        ends = len(self.tells) - int(later.sum(dtype=np.int64)) + np.cumsum(later, dtype=np.int64)[chosen - least]
        makes = self.makes[chosen].astype(np.int64)
        first = np.repeat(ends - makes - (np.cumsum(makes) - makes), makes)
        told = first + np.arange(len(first))
        tells = Tells(*(getattr(self.tells, name)[told] for name in _TELLS))
        own: dict[str, Any] = {name: getattr(self, name)[chosen] for name in _WORDS}
        return Roll(**own, tells=tells)

    def with_more(self, more: Roll) -> Roll:
        """These words and ``more`` after them."""
        tells = Tells(*(appended(getattr(self.tells, name), getattr(more.tells, name)) for name in _TELLS))
        own: dict[str, Any] = {name: appended(getattr(self, name), getattr(more, name)) for name in _WORDS}
        return Roll(**own, tells=tells)

    def with_looked(self, looked: Whole) -> Roll:
        """The same, where it was looked for other paragraphs."""
        return replace(self, looked=looked)

    def several(self) -> Whole:
        """The positions of words whose figure another outlet gives too: only there can a copy pass for a voice."""
        if not len(self):
            return np.zeros(0, dtype=np.int64)
        order = np.argsort(self.figure)
        figure, outlet = self.figure[order], self.outlet[order]
        starts = np.flatnonzero(np.diff(figure, prepend=figure[0] - 1))
        several = np.minimum.reduceat(outlet, starts) != np.maximum.reduceat(outlet, starts)
        return np.sort(order[np.repeat(several, np.diff(np.append(starts, len(figure))))])

    def surely_several(self) -> Flags:
        """Which words' figure another outlet gives too, but that some are left out: soon told."""
        place = self.figure & (_PLACES - 1)
        last = np.zeros(_PLACES, dtype=np.int64)
        last[place] = np.arange(len(self))
        other = last[place]
        found: Flags = (self.figure == self.figure[other]) & (self.outlet != self.outlet[other])
        return found

    def repeated(self) -> Whole:
        """The positions of words that one official may have said twice, the same figure within some days."""
        said = np.flatnonzero(self.official != NONE)
        order = said[np.lexsort((self.day[said], self.figure[said], self.official[said]))]
        same = [getattr(self, name)[order][1:] == getattr(self, name)[order][:-1] for name in ("official", "figure")]
        again = same[0] & same[1] & (np.diff(self.day[order]) <= SAME_WORD)
        inside = np.zeros(len(order), dtype=bool)
        inside[1:] |= again
        inside[:-1] |= again
        return np.sort(order[inside])

    def restated(self) -> Flags:
        """Which words are of a series that states a level of their row in several editions."""
        found = np.zeros(len(self), dtype=bool)
        mine = np.flatnonzero(self.serial & self.filed)
        if len(mine):
            pairs = np.stack([self.series[mine], self.row[mine]], axis=1)
            of, which = np.unique(pairs, axis=0, return_inverse=True)
            dated = np.unique(np.stack([which.ravel(), self.said[mine].astype(np.int64)], axis=1), axis=0)
            found[mine] = (np.bincount(dated[:, 0], minlength=len(of)) > 1)[which.ravel()]
        return found


# So many figures are told apart at a glance.
_PLACES = 1 << 14
_TELLS = tuple(each.name for each in fields(Tells))
_WORDS = tuple(each.name for each in fields(Roll) if each.name != "tells")
# What columns are kept as; all others are whole numbers of eight bytes.
_KINDS: dict[str, Any] = {
    **dict.fromkeys(("low", "high", "give", "wrong"), np.float64),
    **dict.fromkeys(("said", "day", "known", "first", "newest", "at"), np.int32),
    **dict.fromkeys(("makes", "hedge", "bounded", "looked", "sort"), np.int8),
    **dict.fromkeys(("numbered", "copied", "checked", "located"), np.bool_),
}


def _kind(name: str) -> Any:
    return np.dtype(_KINDS.get(name, np.int64))


def _blocks(names: Sequence[str]) -> list[tuple[Any, tuple[str, ...]]]:
    """The columns that follow each other with the same kind, which are kept and read in one piece."""
    return [(kind, tuple(own)) for kind, own in groupby(names, key=_kind)]


def rolled(words: Sequence[Word]) -> Roll:
    """The columns of words, in the order given."""
    rows = [_of_word(each) for each in words]
    told = [
        (
            numbered(row),
            said.day,
            said.day if said.known is None else said.known,
            said.sort,
            said.give,
            nan if said.low is None else said.low,
            nan if said.high is None else said.high,
            said.wrong,
        )
        for each in words
        for row, said in each.statements
    ]
    columns: dict[str, Any] = dict(zip(_WORDS, _columns(_WORDS, rows), strict=True))
    return Roll(**columns, tells=Tells(*_columns(_TELLS, told)))


def _columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Any]:
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return [np.array(each, dtype=_kind(name)) for name, each in zip(names, columns, strict=True)]


def _of_word(each: Word) -> tuple[Any, ...]:
    spoken, stand = each.spoken, each.stand
    low, high, hedge = each.bounds or (None, None, None)
    return (
        each.standing,
        each.edition,
        numbered("/".join(each.family)),
        _number(each.row),
        _number(each.series),
        numbered(spoken.figure),
        numbered(each.outlet),
        numbered(spoken.document),
        numbered(spoken.own.id),
        _number(spoken.own.house),
        _number(spoken.official and spoken.official.casefold()),
        numbered(stand.voice),
        stand.weight,
        nan if low is None else low,
        nan if high is None else high,
        each.said,
        spoken.day,
        stand.known,
        stand.start,
        stand.newest,
        NONE if spoken.start is None else spoken.start,
        len(each.statements),
        NONE if hedge is None else _HEDGES.index(Hedge(hedge)),
        stand.bounded,
        Looked.NOT,
        each.numbered,
        each.copied,
        each.checked,
        each.located,
    )


def _number(name: str | None) -> int:
    return numbered(name) if name else NONE


def packed_roll(roll: Roll) -> bytes:
    """A roll as bytes: how many words and what they tell, then the columns, each kind at a multiple of eight bytes."""
    parts = [np.array([len(roll), len(roll.tells)], dtype=np.int64).tobytes()]
    for of, blocks in ((roll, _WORD_BLOCKS), (roll.tells, _TELL_BLOCKS)):
        for _, names in blocks:
            data = b"".join(getattr(of, name).tobytes() for name in names)
            parts += [data, b"\0" * (-len(data) % 8)]
    return b"".join(parts)


def size(packed: bytes) -> int:
    """How many words a packed roll has."""
    return int.from_bytes(packed[:8], sys.byteorder)


def unpacked_rolls(packed: Sequence[bytes]) -> Roll:
    """The words of several rolls, from bytes; at least one.

    Raises:
        ValueError: they are none.
    """
    if any(len(each) < 16 or len(each) % 8 for each in packed):
        raise ValueError("a roll is cut short")
    if sum(map(len, packed)) > _LONG * len(packed):
        return _joined([_unpacked_roll(each) for each in packed])
    lengths = np.array([len(each) for each in packed], dtype=np.int64)
    data = np.frombuffer(b"".join(packed), dtype=np.int64)
    # Where the next column of each roll begins, in bytes: all rolls are read column by column.
    at = np.cumsum(lengths) - lengths
    words, told = data[at // 8], data[at // 8 + 1]
    at = at + 16
    of_words: dict[str, Any] = {}
    of_tells: dict[str, Any] = {}
    for number, (kind, names) in enumerate((*_WORD_BLOCKS, *_TELL_BLOCKS)):
        many, found = (words, of_words) if number < len(_WORD_BLOCKS) else (told, of_tells)
        own = data.view(kind)
        first = np.repeat(at // kind.itemsize - (np.cumsum(many) - many), many)
        places, further = first + np.arange(len(first)), np.repeat(many, many)
        for name in names:
            found[name] = own[places]
            places += further
        size_of = many * (len(names) * kind.itemsize)
        at = at + size_of + -size_of % 8
    if (at != np.cumsum(lengths)).any():
        raise ValueError("a roll has more or less than it says")
    return Roll(**of_words, tells=Tells(**of_tells))


# Rolls that are longer than this, in bytes, are sooner read one by one.
_LONG = 16_000


def _unpacked_roll(packed: bytes) -> Roll:
    """The words of one roll, whose columns lie in the bytes."""
    words, told = np.frombuffer(packed, dtype=np.int64, count=2).tolist()
    at = 16
    of_words: dict[str, Any] = {}
    of_tells: dict[str, Any] = {}
    for blocks, many, found in ((_WORD_BLOCKS, words, of_words), (_TELL_BLOCKS, told, of_tells)):
        for kind, names in blocks:
            own = np.frombuffer(packed, dtype=kind)
            for name in names:
                found[name] = own[at // kind.itemsize :][:many]
                at += many * kind.itemsize
            at += -at % 8
    if at != len(packed):
        raise ValueError("a roll has more or less than it says")
    return Roll(**of_words, tells=Tells(**of_tells))


def _joined(rolls: Sequence[Roll]) -> Roll:
    """Several rolls as one, to which more is soon added."""
    words = [[getattr(each, name) for each in rolls] for name in _WORDS]
    tells = [[getattr(each.tells, name) for each in rolls] for name in _TELLS]
    columns = joined([*words, *tells])
    own: dict[str, Any] = dict(zip(_WORDS, columns, strict=False))
    return Roll(**own, tells=Tells(*columns[len(words) :]))


_WORD_BLOCKS, _TELL_BLOCKS = _blocks(_WORDS), _blocks(_TELLS)
