"""Closed classes of words that the rules ask for, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of the class ``name``; ``KeyError`` if there is no such class."""
    return _classes()[name]


@cache
def _classes() -> dict[str, frozenset[str]]:
    text = files("garrison.extraction.grammar").joinpath("words.toml").read_text(encoding="utf-8")
    return {name: frozenset(members) for name, members in tomllib.loads(text).items()}
