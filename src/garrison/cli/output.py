"""Printing: tables with colour on a terminal and without when piped, JSON and CSV as they are."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.text import Text

PIPED_WIDTH = 80


def width() -> int:
    """The columns to print in: the terminal's, ``$COLUMNS``, or 80 when piped."""
    piped = (PIPED_WIDTH, 24)
    return shutil.get_terminal_size(piped).columns if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPED_WIDTH


def show(text: Text) -> None:
    """Print a laid-out text, its lines as they are."""
    from rich.console import Console

    console = Console(file=sys.stdout, soft_wrap=True, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(text, end="")
    write([captured.get()])


def write(pieces: Iterable[str]) -> None:
    """Print ``pieces`` as they are; a reader that has seen enough (``| head``) ends the program in peace."""
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer must go somewhere when the interpreter closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def complain(words: str) -> None:
    """Print a message about the work to the standard error."""
    print(f"garrison: {words}", file=sys.stderr)


def grouped(notices: Iterable[tuple[str, str]], shown: int = 3) -> Iterator[str]:
    """Messages ``(where, what)`` with the same ``what`` told once, with the first few places."""
    places: dict[str, list[str]] = {}
    for where, what in notices:
        places.setdefault(what, []).append(where)
    for what, names in places.items():
        more = f" and {len(names) - shown:,} more" if len(names) > shown else ""
        yield f"{', '.join(names[:shown])}{more}: {what}"
