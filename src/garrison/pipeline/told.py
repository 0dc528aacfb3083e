"""Told: a large family's words and its rows' chains as bytes, so that a new claim is added to them.

The bytes hold what estimation heard, in the ledger's own keys: no quotation and no title, but the names of rows, voices
and officials, and fingerprints of paragraphs. They lie in the file of kept estimates, which goes when a document is
redacted.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, replace
from functools import partial
from math import prod
from typing import Any, NamedTuple

import numpy as np

from garrison.estimation.arrays import Whole
from garrison.estimation.chains import Chain
from garrison.estimation.fingerprints import Paragraph
from garrison.estimation.lineage import Kinship
from garrison.estimation.statements import Said, Sort, Statements
from garrison.estimation.voices import Spoken, Voice
from garrison.ledger.columns import Family, Stand
from garrison.pipeline.roll import packed_roll, size
from garrison.pipeline.transcript import Transcript, names_of, taken_down, transcribed
from garrison.pipeline.words import Word, numbered
from garrison.vocabulary import Span


@dataclass(frozen=True, slots=True)
class Told:
    """What a family was told until a tick: its ``words`` and, by the row's key, the chain of each row.

    ``passages`` are the paragraphs that were compared, by edition and place in its text; those too short to be known by
    are ``None``. ``kinships`` is what is known of copies, while the program runs; it is not kept. ``starts`` are the
    keys of words (``standing``) at which the parts begin in which they are kept, rising.
    """

    tick: tuple[int, str]
    words: Transcript
    chains: Mapping[str, Chain]
    passages: Mapping[tuple[int, int], Paragraph | None]
    kinships: Mapping[int, Kinship] | None = None
    starts: tuple[int, ...] = (0,)


# Words lie in parts of about so many, by their keys, so that a new one does not make all of them be written again.
PART = 128


class Part(NamedTuple):
    """A part of what a family was told, as bytes: the columns of words, the words, names of rows, and paragraphs."""

    roll: bytes
    words: bytes
    names: bytes
    passages: bytes

    @property
    def many(self) -> int:
        """How many words there are."""
        return size(self.roll)


@dataclass(frozen=True, slots=True)
class Packed:
    """What a family was told, as bytes: its chains, and ``parts`` of it, by where they start.

    ``same`` are the starts of parts that stay as they were written as of the tick ``since``; all others go. ``pieces``
    are those of the chains' statements, by row and number, that are not as they were written.
    """

    chains: bytes
    pieces: Mapping[tuple[str, int], bytes]
    parts: Mapping[int, Part]
    same: frozenset[int]
    since: tuple[int, str] | None

    @property
    def size(self) -> int:
        """How many bytes wait to be written."""
        parts = (each for part in self.parts.values() for each in part)
        return len(self.chains) + sum(map(len, parts)) + sum(map(len, self.pieces.values()))


def parted(told: Told, before: Told | None = None) -> Told:
    """``told`` in the parts of what was told ``before``, the last of which is cut where it has grown long."""
    standing = np.sort(told.words.roll.standing)
    starts = [0] if before is None else list(before.starts)
    last = standing[np.searchsorted(standing, starts[-1]) :]
    # Half as long again is not yet cut, so that the words after a cut do not make a part of one.
    while len(last) > PART + PART // 2:
        starts.append(int(last[PART]))
        last = last[PART:]
    return replace(told, starts=tuple(starts))


def packed(told: Told, before: Told | None = None, touched: Set[int] = frozenset()) -> Packed:
    """What a family was told, as bytes.

    Args:
        told: what it was told.
        before: what was written; it stays as far as it is the same.
        touched: the editions (by their keys) of which words are new since, or gone.
    """
    standing = told.words.roll.standing
    bounds = np.array([*told.starts, np.iinfo(np.int64).max], dtype=np.int64)
    some = np.diff(np.searchsorted(np.sort(standing), bounds)) > 0
    starts = set(bounds[:-1][some].tolist())
    changed = starts if before is None else _changed(told, before, touched) & starts
    part = _part(told, standing) if len(changed) > 1 else None
    fresh: dict[int, Part] = {}
    for start in changed:
        end = bounds[np.searchsorted(bounds, start) + 1]
        inside = (standing >= start) & (standing < end) if part is None else part == start
        words = told.words.where(np.flatnonzero(inside))
        own = packed_passages(compared(words, told.passages))
        names = json.dumps(sorted(names_of(words).values())).encode()
        fresh[start] = Part(packed_roll(words.roll), zlib.compress(packed_words(words), 1), names, own)
    pieces = packed_pieces(told.chains, before.chains if before else {})
    same = frozenset(starts - changed)
    return Packed(packed_chains(told.chains), pieces, fresh, same, before.tick if before else None)


def unpacked(
    tick: tuple[int, str], chains: bytes, pieces: Mapping[tuple[str, int], bytes], parts: Sequence[tuple[int, Part]]
) -> Told:
    """What a family was told, from bytes; ``parts`` with where they start.

    Raises:
        ValueError: they are none.
    """
    passages: dict[tuple[int, int], Paragraph | None] = {}
    for _, part in parts:
        passages |= unpacked_passages(part.passages)
    starts = tuple(sorted({0, *(start for start, _ in parts)}))
    of_rows = unpacked_chains(chains, pieces)
    return Told(tick, transcript_of([part for _, part in parts]), of_rows, passages, starts=starts)


def transcript_of(parts: Sequence[Part]) -> Transcript:
    """The words of parts.

    Raises:
        ValueError: they are none.
    """
    # All in one piece: a call for each of ten thousand families takes as long again.
    names = {name for each in json.loads(b"[%s]" % b",".join({part.names for part in parts})) for name in each}
    of_parts = [(part.roll, partial(unpacked_part, part.words)) for part in parts]
    return taken_down(of_parts, {numbered(name): name for name in names}) if parts else transcribed(())


def unpacked_part(packed: bytes) -> tuple[Word, ...]:
    """The words of a part.

    Raises:
        ValueError: they are none.
    """
    try:
        return unpacked_words(zlib.decompress(packed))
    except zlib.error as error:
        raise ValueError(f"these are no words: {error}") from None


def _part(told: Told, standing: Whole) -> Whole:
    """The start of the part in which each word lies."""
    starts = np.array(told.starts, dtype=np.int64)
    found: Whole = starts[np.searchsorted(starts, standing, side="right") - 1]
    return found


def _changed(told: Told, before: Told, touched: Set[int]) -> set[int]:
    """The starts of the parts of which a word, or a paragraph that was compared, is not what it was ``before``."""
    editions = np.array(sorted(touched), dtype=np.int64)
    rolls = (told.words.roll, before.words.roll)
    changed = [_part(told, roll.standing[np.isin(roll.edition, editions)]) for roll in rolls]
    if fresh := told.passages.keys() - before.passages.keys():
        where = np.array([edition for edition, _ in fresh], dtype=np.int64)
        changed.append(_part(told, rolls[0].standing[np.isin(rolls[0].edition, where)]))
    # Where the last part was cut, what is left of it is another.
    cut = told.starts[len(before.starts) - 1 :] if len(told.starts) > len(before.starts) else ()
    return {*np.concatenate(changed).tolist(), *cut}


def compared(
    words: Iterable[Word], passages: Mapping[tuple[int, int], Paragraph | None]
) -> dict[tuple[int, int], Paragraph | None]:
    """Those of ``passages`` in which some words stand."""
    places = (each.place for each in words)
    return {place: passages[place] for place in places if place is not None and place in passages}


def packed_passages(passages: Mapping[tuple[int, int], Paragraph | None]) -> bytes:
    """Paragraphs by their fingerprints, as JSON."""
    rows = [
        (*place, each and (each.document, each.span.start, each.span.end, list(each.prints)))
        for place, each in passages.items()
    ]
    return json.dumps(rows).encode()


def unpacked_passages(packed: bytes) -> dict[tuple[int, int], Paragraph | None]:
    """Paragraphs from JSON; the words of each fingerprint are taken to be all of its paragraph.

    Raises:
        ValueError: they are none.
    """
    found: dict[tuple[int, int], Paragraph | None] = {}
    for edition, at, each in json.loads(packed):
        found[edition, at] = None
        if each is not None:
            document, start, end, prints = each
            span = Span(start, end)
            found[edition, at] = Paragraph(document, span, dict.fromkeys(prints, span))
    return found


class _Names:
    """Names that occur again and again, each written once."""

    def __init__(self) -> None:
        self.of: dict[Any, int] = {}

    def __call__(self, name: Any) -> int:
        return self.of.setdefault(name, len(self.of))


def packed_words(words: Sequence[Word]) -> bytes:
    """Words as JSON."""
    names, voices, families = _Names(), _Names(), _Names()
    rows = [
        (
            each.standing,
            each.edition,
            families(each.family),
            names(each.row),
            names(each.series),
            each.said,
            each.numbered,
            names(each.outlet),
            each.copied,
            (
                each.spoken.claim,
                names(each.spoken.document),
                names(each.spoken.known),
                each.spoken.day,
                names(each.spoken.figure),
                voices(each.spoken.own),
                names(each.spoken.official),
                each.spoken.start,
            ),
            [
                (names(row), said.day, said.sort, said.low, said.high, said.known, said.give, said.wrong)
                for row, said in each.statements
            ],
            each.stand,
            each.checked,
            each.located,
            each.bounds,
        )
        for each in words
    ]
    return json.dumps([list(names.of), [_voice(each) for each in voices.of], list(families.of), rows]).encode()


def _voice(voice: Voice) -> tuple[str | None, ...]:
    return voice.id, voice.name, voice.house, voice.because


def unpacked_words(packed: bytes) -> tuple[Word, ...]:
    """Words from JSON.

    Raises:
        ValueError: they are none.
    """
    names, voices, families, rows = json.loads(packed)
    of_voice, of_family = [Voice(*each) for each in voices], [Family(*each) for each in families]
    return tuple(
        Word(
            standing,
            edition,
            of_family[family],
            names[row],
            names[series],
            said,
            numbered,
            names[outlet],
            copied,
            Spoken(claim, names[document], names[known], day, names[figure], of_voice[own], names[official], start),
            tuple(
                (names[stated], Said(on, Sort(sort), low, high, 0, -1, when, give, wrong))
                for stated, on, sort, low, high, when, give, wrong in statements
            ),
            Stand(*stand),
            checked,
            located,
            None if bounds is None else (bounds[0], bounds[1], bounds[2]),
        )
        for standing, edition, family, row, series, said, numbered, outlet, copied, (
            claim,
            document,
            known,
            day,
            figure,
            own,
            official,
            start,
        ), statements, stand, checked, located, bounds in rows
    )


_COLUMNS = tuple(each.name for each in fields(Statements))
# The statements of a chain lie in pieces of so many, so that a new one does not make all of them be written again.
PIECE = 2048


def packed_chains(chains: Mapping[str, Chain]) -> bytes:
    """The chains of rows as arrays, end to end, without their statements (:func:`packed_pieces`)."""
    rows = list(chains)
    if not rows:
        return b""
    own = [chains[row] for row in rows]
    arrays: dict[str, Any] = {
        "said": np.array([len(each.key) for each in own]),
        "marks": np.array([len(each.day) for each in own]),
        **{name: np.concatenate([getattr(each, name) for each in own]) for name in _OWN},
    }
    kinds = {name: (each.dtype.str, each.shape) for name, each in arrays.items()}
    # The spaces put each array where a processor reads it in one piece.
    head = json.dumps([rows, kinds]).encode()
    return b"".join([head, b" " * (-(len(head) + 1) % 8), b"\n", *(each.tobytes() for each in arrays.values())])


_OWN = ("weight", "right", "day", "forward", "backward")


def packed_pieces(
    chains: Mapping[str, Chain], before: Mapping[str, Chain] | None = None
) -> dict[tuple[str, int], bytes]:
    """The keys and statements of chains, by row and number of the piece, as far as they are not as they were before."""
    found: dict[tuple[str, int], bytes] = {}
    for row, chain in chains.items():
        own = _said(chain)
        written = _said(before[row]) if before and row in before else None
        for number in _unlike(own, written):
            part = slice(number * PIECE, (number + 1) * PIECE)
            found[row, number] = b"".join(each[part].tobytes() for each in own)
    return found


def _said(chain: Chain) -> list[Whole]:
    """The keys and statements of a chain, column by column, as whole numbers that have the same bytes."""
    statements = chain.statements
    return [chain.key, *(getattr(statements, name).view(np.int64) for name in _COLUMNS)]


def _unlike(own: Sequence[Whole], before: Sequence[Whole] | None) -> list[int]:
    """The numbers of the pieces that are not the same in every column."""
    many, common = len(own[0]), 0 if before is None else min(len(own[0]), len(before[0]))
    unlike = np.ones(many, dtype=bool)
    unlike[:common] = False
    for one, other in zip(own, before or (), strict=False):
        unlike[:common] |= one[:common] != other[:common]
    starts = np.arange(0, many, PIECE)
    changed = np.logical_or.reduceat(unlike, starts)
    # One that is no longer full is another, though all that is left of it is the same.
    if before is not None and many < len(before[0]):
        changed[-1] = True
    return [int(number) for number in np.flatnonzero(changed)]


def unpacked_chains(packed: bytes, pieces: Mapping[tuple[str, int], bytes]) -> dict[str, Chain]:
    """The chains of rows from arrays, and from the pieces of their statements.

    Raises:
        ValueError: they are none.
    """
    if not packed:
        return {}
    at = packed.index(b"\n") + 1
    rows, kinds = json.loads(packed[:at])
    arrays: dict[str, Any] = {}
    for name, (kind, shape) in kinds.items():
        each = np.frombuffer(packed, dtype=kind, count=prod(shape), offset=at)
        arrays[name], at = each.reshape(shape), at + each.nbytes
    own = {name: arrays[name] for name in _OWN}
    said, marks = _slices(arrays["said"]), _slices(arrays["marks"])
    found: dict[str, Chain] = {}
    for row, of_row, at_marks in zip(rows, said, marks, strict=True):
        key, statements = _unpacked_said(row, of_row.stop - of_row.start, pieces)
        of_marks = (own[name][at_marks] for name in ("day", "forward", "backward"))
        found[row] = Chain(key, statements, own["weight"][of_row], own["right"][of_row], *of_marks)
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


def _slices(lengths: Whole) -> Iterator[slice]:
    ends = np.cumsum(lengths).tolist()
    return (slice(start, end) for start, end in zip([0, *ends], ends, strict=False))
