"""Windows: the stretches of a document that are worth reading closely.

Most of the news is about other things. A sentence that names no force, with a cheap scan as the judge, is passed over
unless it stands right before one that does, where what "they" and "there" point back to is mostly found, or right
after it and tells who is being quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from garrison.extraction.sentences import sentences
from garrison.naming.forces import has_force
from garrison.vocabulary import Span

_SAYING = re.compile(r"\b(?:said|says|told|added|according to|[Rr]eported)\b")
_WHOLE = 1500  # characters up to which a text that names a force is read whole
_LONGEST_NEIGHBOUR = 1500  # characters beyond which a sentence is not read for its neighbour's sake


def windows(text: str) -> Iterator[Span]:
    """The stretches of ``text`` to read, in order, none overlapping; nothing for a text that names no force."""
    if len(text) <= _WHOLE:
        if has_force(text) or any(char.isdigit() for char in text):
            yield Span(0, len(text))
        return
    if not has_force(text):
        return
    parts = sentences(text)
    named = [has_force(part.of(text)) for part in parts]
    start: int | None = None
    end = 0
    for number, part in enumerate(parts):
        before = number + 1 < len(parts) and named[number + 1]
        after = number > 0 and named[number - 1] and _SAYING.search(text, part.start, part.end) is not None
        if named[number] or ((before or after) and len(part) <= _LONGEST_NEIGHBOUR):
            start = part.start if start is None else start
            end = part.end
        elif start is not None:
            yield Span(start, end)
            start = None
    if start is not None:
        yield Span(start, end)
