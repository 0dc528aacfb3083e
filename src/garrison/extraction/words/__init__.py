"""Word lists of the extraction room, read from the data files beside this one."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


def _lines(name: str) -> list[str]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """The entries of the list ``name`` (a ``.txt`` file, one entry a line, ``#`` for comments)."""
    return frozenset(line.strip() for line in _lines(name))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the table ``name`` (a ``.csv`` file with a header row, ``#`` for comments)."""
    return tuple(csv.DictReader(_lines(name)))
