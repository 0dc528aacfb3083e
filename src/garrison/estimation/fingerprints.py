"""Fingerprints: which paragraphs share passages, so that ten copies of a wire story are heard once.

Winnowing (Schleimer, Wilkerson and Aiken, 2003): of the hashes of all runs of ``RUN`` words, the least of every
``WINDOW`` in a row are kept, so that any passage of ``RUN + WINDOW - 1`` common words leaves a common fingerprint.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from garrison.vocabulary import Span

RUN = 6
WINDOW = 4
# Shorter paragraphs are headings and captions: too little to know a copy by.
WORDS = 12


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document: where it stands, and its fingerprints, each with the span of the words hashed."""

    document: str
    span: Span
    prints: dict[int, Span]


def paragraphs(document: str, text: str, around: Collection[int] | None = None) -> Iterator[Paragraph]:
    """The paragraphs of a document's ``text`` that are long enough to be known by.

    Args:
        document: its id.
        text: its text.
        around: only those in which one of these positions lies; all if ``None``.
    """
    at = 0
    for line in text.split("\n"):
        wanted = around is None or any(at <= each <= at + len(line) for each in around)
        words = list(_words(line, at)) if wanted else []
        if len(words) >= WORDS:
            yield Paragraph(document, Span(at, at + len(line)), winnowed(words))
        at += len(line) + 1


def _words(line: str, offset: int) -> Iterator[tuple[str, Span]]:
    """Runs of letters and digits, in lower case, with where they stand."""
    start = None
    for at, sign in enumerate(line + " "):
        if sign.isalnum():
            start = at if start is None else start
        elif start is not None:
            yield line[start:at].casefold(), Span(offset + start, offset + at)
            start = None


def winnowed(words: list[tuple[str, Span]]) -> dict[int, Span]:
    """The fingerprints of a run of words."""
    hashes = []
    for first in range(len(words) - RUN + 1):
        some = words[first : first + RUN]
        digest = blake2b(" ".join(word for word, _ in some).encode("utf-8", "replace"), digest_size=8).digest()
        hashes.append((int.from_bytes(digest, "big"), Span(some[0][1].start, some[-1][1].end)))
    found: dict[int, Span] = {}
    for first in range(max(1, len(hashes) - WINDOW + 1)):
        least = min(hashes[first : first + WINDOW], key=lambda each: each[0], default=None)
        if least is not None:
            found.setdefault(*least)
    return found
