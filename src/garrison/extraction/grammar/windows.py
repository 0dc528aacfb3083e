"""Windows: the stretches of a document that are worth reading closely.

Most of the news is about other things. A paragraph that names no force, with a cheap scan as the judge, is passed
over, unless it stands right before one that does: the actor or the place that "they" and "there" point back to is
mostly found there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from garrison.naming.forces import has_force
from garrison.vocabulary import Span

_PARAGRAPH_END = re.compile(r"\n+")
_WHOLE = 1500  # characters up to which a text is read whole
_LONGEST = 6000  # characters after which a paragraph's neighbours are no longer added


def windows(text: str) -> Iterator[Span]:
    """The stretches of ``text`` to read, in order, none overlapping; nothing for a text that names no force."""
    if len(text) <= _WHOLE:
        if has_force(text) or any(char.isdigit() for char in text):
            yield Span(0, len(text))
        return
    start: int | None = None
    end = 0
    previous: Span | None = None
    for paragraph in _paragraphs(text):
        if has_force(paragraph.of(text)):
            if start is None:
                start = previous.start if previous is not None and len(previous) <= _LONGEST else paragraph.start
            end = paragraph.end
        elif start is not None:
            yield Span(start, end)
            start = None
        previous = paragraph
    if start is not None:
        yield Span(start, end)


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in _PARAGRAPH_END.finditer(text):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < len(text):
        yield Span(start, len(text))
