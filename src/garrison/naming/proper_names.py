"""Proper names: runs of capitalised words in a text, the raw material of places."""

from __future__ import annotations

from functools import cache
from typing import Any

import re2

from garrison.vocabulary import Span

# A word that begins with a capital, with an article joined to it ("al-Tanf") or standing alone before it ("Deir
# ez-Zor"), an initial with its stop, or a number after a word that takes one ("Base 201").
_WORD = (
    r"(?:(?:[aA][lnrszdt]|[eE][lszd]|[aA]sh|[aA]th|[uU]l)[-‐‑ ’'])?['’‘]?\p{Lu}(?:[\pL\pM\pN]|['’‘ʿʾ‐‑./-][\pL\pM\pN])*"
)
_SHORT = r"(?:St|Sto|Sta|Mt|Ft|Dr|Gen|Col)\."
_JOIN = (
    r"(?: of the | of | de la | de los | de | del | la | los | es | as | an | el | al | e | bin | da | do | dos | du | di "
    r"| an-|-| )"
)
_RUN = rf"(?:{_SHORT}|{_WORD})(?:{_JOIN}(?:{_SHORT}|{_WORD}|\d{{1,3}}\b))*"


@cache
def _pattern() -> Any:
    return re2.compile(_RUN)


def proper_names(text: str) -> tuple[Span, ...]:
    """The runs of capitalised words in ``text``, a possessive's owner and what it owns apart ("Syria's Idlib")."""
    found: list[Span] = []
    for run in _pattern().finditer(text):
        start = run.start()
        for piece in _owners(run.group()):
            if piece:
                found.append(Span(start + piece[0], start + piece[1]))
    return tuple(found)


def _owners(run: str) -> list[tuple[int, int]]:
    """The pieces of a run between possessive endings, as offsets; the endings themselves belong to none."""
    pieces: list[tuple[int, int]] = []
    start = 0
    for mark in ("'s", "’s"):
        if run.endswith(mark):
            run = run[: -len(mark)]
    for at in range(len(run) - 3):
        if run[at] in "'’" and run[at + 1] == "s" and run[at + 2] == " ":
            pieces.append((start, at))
            start = at + 3
    pieces.append((start, len(run)))
    return [piece for piece in pieces if piece[1] > piece[0]]
