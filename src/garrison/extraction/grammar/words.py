"""Closed classes of words that the rules ask for, from ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of the class ``name``; ``KeyError`` if there is no such class."""
    return _classes()[name]


@cache
def either(name: str) -> str:
    """A pattern for any word of the class ``name``, the longest first; ``KeyError`` if there is no such class."""
    found = sorted(words(name), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(_spaced, found))})"


def _spaced(word: str) -> str:
    """A pattern for ``word``, whatever white space stands in it."""
    return r"\s".join(map(re.escape, word.split(" ")))


@cache
def _classes() -> dict[str, frozenset[str]]:
    text = files("garrison.extraction.grammar").joinpath("words.toml").read_text(encoding="utf-8")
    return {name: frozenset(members) for name, members in tomllib.loads(text).items()}
