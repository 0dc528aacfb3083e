"""Windows: the stretches of a document that the encoder reads in one pass.

Every sentence that speaks of a force lies in the core of exactly one window, with the sentences around it as context,
so that no claim is lost or doubled at a border. Sentences far from any force word are in none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from garrison.extraction.sentences import sentences
from garrison.naming.sieve import has_force
from garrison.vocabulary import Span

__all__ = ["Window", "windows_of"]

_WHOLE = 320  # tokens up to which a document is one window
_CORE = 200
_BEFORE = 90
_AFTER = 40


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch to read and, within it, the core whose claims count."""

    span: Span
    core: Span


def windows_of(text: str, tokens: Sequence[int]) -> tuple[Window, ...]:
    """The windows of ``text``, in order; none if nothing in it speaks of a force.

    Args:
        text: the document's text.
        tokens: where each of its tokens begins.
    """
    pieces = [piece for sentence in sentences(text) for piece in _pieces(text, sentence, tokens)]
    if len(tokens) <= _WHOLE:
        whole = Span(0, len(text))
        return (Window(whole, whole),) if any(has_force(piece.of(text)) for piece in pieces) else ()
    forceful = [has_force(piece.of(text)) for piece in pieces]
    wanted = [any(forceful[max(0, i - 1) : i + 2]) for i in range(len(pieces))]
    sizes = [_tokens(piece, tokens) for piece in pieces]
    return tuple(_windows(pieces, wanted, sizes))


def _windows(pieces: Sequence[Span], wanted: Sequence[bool], sizes: Sequence[int]) -> Iterator[Window]:
    at = 0
    while at < len(pieces):
        if not wanted[at]:
            at += 1
            continue
        end, size = at, 0
        while end < len(pieces) and wanted[end] and (end == at or size + sizes[end] <= _CORE):
            size += sizes[end]
            end += 1
        first = _reach(at, -1, sizes, _BEFORE)
        last = _reach(end - 1, 1, sizes, _AFTER)
        yield Window(Span(pieces[first].start, pieces[last].end), Span(pieces[at].start, pieces[end - 1].end))
        at = end


def _reach(at: int, step: int, sizes: Sequence[int], budget: int) -> int:
    """The farthest piece in one direction whose tokens, with those between, fit the budget."""
    while 0 <= at + step < len(sizes) and sizes[at + step] <= budget:
        at += step
        budget -= sizes[at]
    return at


def _pieces(text: str, sentence: Span, tokens: Sequence[int]) -> Iterator[Span]:
    """A sentence, cut at spaces where it is longer than a core."""
    first, last = bisect_left(tokens, sentence.start), bisect_left(tokens, sentence.end)
    start = sentence.start
    while last - first > _CORE:
        cut = tokens[first + _CORE]
        space = max((text.rfind(mark, start + 1, cut) for mark in (". ", "; ", ", ", " ")), default=-1)
        cut = space + 1 if space > start else cut
        yield Span(start, cut)
        start = cut
        first = max(bisect_left(tokens, start), first + 1)
    yield Span(start, sentence.end)


def _tokens(piece: Span, tokens: Sequence[int]) -> int:
    return bisect_left(tokens, piece.end) - bisect_left(tokens, piece.start)
