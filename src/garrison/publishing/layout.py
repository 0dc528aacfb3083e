"""Columns of text at a given width: words wrap, nothing is cut, and a line that must be copied is never broken."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, the style of its words, and whether it may be narrowed to make the table fit."""

    title: str
    style: str = ""
    wraps: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells, with an optional line of its own beneath them that is printed whole (an id to copy)."""

    cells: tuple[str, ...]
    whole: str | None = None


def table(title: str, columns: Sequence[Column], lines: Sequence[Line], width: int) -> Text:
    """A titled table, ``width`` characters wide at most but for whole lines, without ruled borders."""
    widths = _widths(columns, lines, width)
    text = Text()
    if title:
        text.append(title + "\n", "bold")
    headings = tuple(column.title for column in columns)
    if any(headings):
        _append(text, headings, widths, ["dim underline"] * len(columns))
    styles = [column.style for column in columns]
    for line in lines:
        _append(text, line.cells, widths, styles)
        if line.whole is not None:
            text.append(f"    {line.whole}\n", "cyan")
    return text


def _widths(columns: Sequence[Column], lines: Sequence[Line], width: int) -> list[int]:
    natural = [
        max([cell_len(column.title), *(_longest(line.cells[at]) for line in lines)], default=0)
        for at, column in enumerate(columns)
    ]
    least = [cell_len(column.title) if column.wraps else natural[at] for at, column in enumerate(columns)]
    least = [
        max(low, *(_longest_word(line.cells[at]) for line in lines), 1) if lines else max(low, 1)
        for at, low in enumerate(least)
    ]
    room = width - 2 - GAP * (len(columns) - 1)
    widths = list(natural)
    while sum(widths) > room:
        over = [at for at in range(len(widths)) if columns[at].wraps and widths[at] > min(least[at], 24)]
        if not over:
            break
        widest = max(over, key=lambda at: widths[at])
        widths[widest] -= 1
    return widths


def _longest(cell: str) -> int:
    return max((cell_len(line) for line in cell.split("\n")), default=0)


def _longest_word(cell: str) -> int:
    return max((cell_len(word) for word in cell.split()), default=0)


def _append(text: Text, cells: Sequence[str], widths: Sequence[int], styles: Sequence[str]) -> None:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for at in range(max(len(lines) for lines in wrapped)):
        text.append("  ")
        end = max(column for column, lines in enumerate(wrapped) if (at < len(lines) and lines[at]) or column == 0)
        for column in range(end + 1):
            lines = wrapped[column]
            words = lines[at] if at < len(lines) else ""
            text.append(words, styles[column] or None)
            if column < end:
                text.append(" " * (widths[column] - cell_len(words) + GAP))
        text.append("\n")


def _wrapped(cell: str, width: int) -> list[str]:
    lines: list[str] = []
    for line in cell.split("\n"):
        lines += textwrap.wrap(line, max(width, 1), break_on_hyphens=False, break_long_words=True) or [""]
    return lines
