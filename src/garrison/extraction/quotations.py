"""Quotations: the stretches of a text between quotation marks."""

from __future__ import annotations

import re

from garrison.vocabulary import Span

_MARK = re.compile(r"[\"“”«»]|\n\s*+")
_LONGEST = 4_000  # characters; a mark left open longer is taken for a slip


def find_quotations(text: str) -> tuple[Span, ...]:
    """The quotations of ``text`` in order, marks included, none inside another.

    A quotation that is left open at the end of a paragraph goes on if the next paragraph opens with a mark again;
    else it ends there. Double marks only. Takes time in proportion to the text.
    """
    found: list[Span] = []
    opened: int | None = None
    straight = False
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark[0] == "\n":
            if opened is not None and text[match.end() : match.end() + 1] not in {"“", '"'} and "\n" in mark[1:]:
                found.append(Span(opened, at))
                opened = None
            continue
        if opened is not None and at - opened > _LONGEST:
            opened = None
        if opened is None:
            if mark in "“«" or (mark == '"' and _may_open(text, at)):
                opened, straight = at, mark == '"'
        elif mark in "”»" or (mark == '"' and straight and not _reopens(text, at)):
            found.append(Span(opened, at + 1))
            opened = None
    if opened is not None and len(text) - opened <= _LONGEST:
        found.append(Span(opened, len(text)))
    return tuple(found)


def _may_open(text: str, at: int) -> bool:
    return at + 1 < len(text) and not text[at + 1].isspace()


def _reopens(text: str, at: int) -> bool:
    """Whether the mark opens a new paragraph of a quotation that is still open."""
    return at > 0 and text[at - 1] == "\n" and _may_open(text, at)
