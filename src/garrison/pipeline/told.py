"""Told: a large family's words and its rows' chains as bytes, so that a new claim is added to them.

The bytes hold what estimation heard, in the ledger's own keys: no quotation and no title, but the names of rows, voices
and officials, and fingerprints of paragraphs. They lie in the file of kept estimates, which goes when a document is
redacted.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from garrison.estimation.arrays import Whole, among
from garrison.estimation.chains import Chain
from garrison.estimation.fingerprints import Paragraph
from garrison.estimation.lineage import Kinship
from garrison.estimation.statements import Said, Sort
from garrison.estimation.voices import Spoken, Voice
from garrison.ledger.columns import Family, Stand
from garrison.pipeline.hearing import Hearing
from garrison.pipeline.packed_chains import PATCHES, packed_chains, packed_patch, packed_pieces, unpacked_chains
from garrison.pipeline.roll import packed_roll, size
from garrison.pipeline.transcript import Transcript, names_of, taken_down, transcribed
from garrison.pipeline.words import Word, numbered
from garrison.vocabulary import Span


@dataclass(frozen=True, slots=True)
class Told:
    """What a family was told until a tick: its ``words`` and, by the row's key, the chain of each row.

    ``passages`` are the paragraphs that were compared, by edition and place in its text; those too short to be known by
    are ``None``. ``kinships`` is what is known of copies, while the program runs; it is not kept. ``starts`` are the
    keys of words (``standing``) at which the parts begin in which they are kept, rising, each with how many words it
    has. ``patches`` is how often what has changed of the chains was written since all of them were; ``hearing`` what
    was heard, while the program runs.
    """

    tick: tuple[int, str]
    words: Transcript
    chains: Mapping[str, Chain]
    passages: Mapping[tuple[int, int], Paragraph | None]
    kinships: Mapping[int, Kinship] | None = None
    starts: Mapping[int, int] = field(default_factory=lambda: {0: 0})
    patches: int = 0
    hearing: Hearing | None = None

    @property
    def parts(self) -> dict[int, int]:
        """How many words each part has, by its start, as far as it has any."""
        return {start: many for start, many in self.starts.items() if many}


# Words lie in parts of about so many, by their keys, so that a new one does not make all of them be written again; the
# newest in parts of about as many as the tail, until together they make one.
PART, TAIL = 512, 16


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

    It goes on from what was written as of the tick ``since`` in parts that started at ``before``, all of which stay but
    those that are ``gone``. ``pieces`` are those of the chains' statements, by row and number, that are not as they
    were written. ``chains`` are all of them if ``patches`` is 0, else what has changed of them since the patch before.
    ``days`` are the last day on which something of it was known and the last that is spoken of; ``None`` where that
    does not tell what is seen by then.
    """

    chains: bytes
    patches: int
    pieces: Mapping[tuple[str, int], bytes]
    parts: Mapping[int, Part]
    since: tuple[int, str] | None
    before: frozenset[int]
    gone: frozenset[int]
    days: tuple[int, int] | None = None

    @property
    def size(self) -> int:
        """How many bytes wait to be written."""
        parts = (each for part in self.parts.values() for each in part)
        return len(self.chains) + sum(map(len, parts)) + sum(map(len, self.pieces.values()))


def parted(told: Told, before: Told | None = None) -> Told:
    """``told`` in the parts of what was told ``before``, the last of which is cut where it has grown long."""
    standing = _rising(told.words.roll.standing)
    starts = [0] if before is None else list(before.starts)
    if before is not None:
        newer = int(np.searchsorted(standing, before.words.roll.standing.max(initial=0), side="right"))
        if newer < len(standing) and newer - np.searchsorted(standing, starts[-1]) >= TAIL:
            starts.append(int(standing[newer]))
        many = np.diff(np.append(np.searchsorted(standing, starts), len(standing)))
        small = len(many) - int(np.max(np.flatnonzero(many > 2 * TAIL), initial=-1)) - 1
        if small * TAIL > PART:
            del starts[1 - small :]
    last = standing[np.searchsorted(standing, starts[-1]) :]
    # Half as long again is not yet cut, so that the words after a cut do not make a part of one.
    while len(last) > PART + PART // 2:
        starts.append(int(last[PART]))
        last = last[PART:]
    many = np.diff(np.append(np.searchsorted(standing, starts), len(standing)))
    return replace(told, starts=dict(zip(starts, many.tolist(), strict=True)))


def _rising(standing: Whole) -> Whole:
    """Keys in order; mostly they are."""
    return standing if bool((standing[1:] >= standing[:-1]).all()) else np.sort(standing)


def packed(told: Told, before: Told | None = None, touched: Set[int] = frozenset(), *, grown: bool = False) -> Packed:
    """What a family was told, as bytes.

    Args:
        told: what it was told, in parts (:func:`parted`).
        before: what was written; it stays as far as it is the same.
        touched: the editions (by their keys) of which words are new since, or gone.
        grown: whether the statements are those of before, but perhaps for their days, with some after them.
    """
    standing, many = told.words.roll.standing, told.parts
    written = before.parts if before is not None else {}
    starts = np.array(list(told.starts), dtype=np.int64)
    bounds = np.append(starts, np.iinfo(np.int64).max)
    changed = set(many)
    if before is not None:
        # Where parts were cut or joined, those that begin as before have another number of words.
        changed = {start for start, number in many.items() if written.get(start) != number}
        changed.update(_part(starts, _touched(told, before, touched)).tolist())
    part = _part(starts, standing) if len(changed) > _FEW else None
    fresh: dict[int, Part] = {}
    for start in changed & many.keys():
        end = bounds[np.searchsorted(bounds, start) + 1]
        inside = (standing >= start) & (standing < end) if part is None else part == start
        words = told.words.where(np.flatnonzero(inside))
        own = packed_passages(compared(words, told.passages))
        names = json.dumps(sorted(names_of(words).values())).encode()
        fresh[start] = Part(packed_roll(words.roll), zlib.compress(packed_words(words), 1), names, own)
    pieces = packed_pieces(told.chains, before.chains if before else {}, grown=grown)
    stands = (before.tick if before else None, frozenset(written), frozenset(written.keys() - many.keys()))
    patch = packed_patch(told.chains, before.chains) if before and before.patches < PATCHES else None
    if before is None or patch is None:
        return Packed(packed_chains(told.chains), 0, pieces, fresh, *stands)
    return Packed(patch, before.patches + 1, pieces, fresh, *stands)


# The words of so few parts are looked for part by part.
_FEW = 4


def unpacked(
    tick: tuple[int, str],
    chains: Sequence[bytes],
    pieces: Mapping[tuple[str, int], bytes],
    parts: Sequence[tuple[int, Part]],
) -> Told:
    """What a family was told, from bytes: its ``chains`` and the patches after them, ``parts`` with where they start.

    Raises:
        ValueError: they are none.
    """
    passages: dict[tuple[int, int], Paragraph | None] = {}
    for _, part in parts:
        passages |= unpacked_passages(part.passages)
    starts = dict(sorted(({0: 0} | {start: part.many for start, part in parts}).items()))
    of_rows = unpacked_chains(chains[0], pieces, chains[1:]) if chains else {}
    words = transcript_of([part for _, part in parts])
    return Told(tick, words, of_rows, passages, starts=starts, patches=max(0, len(chains) - 1))


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


def last_days(words: Transcript, today: int) -> tuple[int, int] | None:
    """The last day on which some of ``words`` was known, and the last that they speak of.

    ``None`` where what is seen of them may be other on a later day: of series, and where they speak of a time to come.
    """
    roll = words.roll
    if not len(roll) or roll.serial.any():
        return None
    last = int(max(roll.first.max(), roll.newest.max()))
    return (int(roll.known.max()), last) if last <= today else None


def _part(starts: Whole, standing: Whole) -> Whole:
    """The start of the part in which each word lies."""
    found: Whole = starts[np.searchsorted(starts, standing, side="right") - 1]
    return found


def _touched(told: Told, before: Told, editions: Set[int]) -> Whole:
    """The keys of the words of ``editions``, now and ``before``, and of those whose paragraph was compared since."""
    rolls = (told.words.roll, before.words.roll)
    found = [roll.standing[among(roll.edition, editions)] for roll in rolls]
    if fresh := told.passages.keys() - before.passages.keys():
        found.append(rolls[0].standing[among(rolls[0].edition, (edition for edition, _ in fresh))])
    return np.concatenate(found)


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
