"""Barriers: cookie notices and paywalls that stand where an article should, recognised by what they say."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import re2

COOKIES, PAYWALL = "cookie notice", "paywall"
BARRIERS = (COOKIES, PAYWALL)
"""What may stand in the way of an article."""
SHORT = 1500
"""Characters of text up to which a barrier may be all there is; in a longer text it is furniture."""
_SHORT_WITH_WALL = 4000


def barrier_in(text: str, markup: bytes = b"") -> str | None:
    """What stands in the way of an article: ``cookie notice``, ``paywall`` or ``None``.

    Args:
        text: what was read of a page.
        markup: the page; that it says of itself not to be free to read counts (schema.org ``isAccessibleForFree``).
    """
    patterns = _patterns()
    if _is_closed(markup) and len(text) <= _SHORT_WITH_WALL:
        return PAYWALL
    if len(text) > SHORT:
        return None
    for name, barrier in (("paywall", PAYWALL), ("cookies", COOKIES)):
        if patterns[name].search(text):
            return barrier
    return None


def _is_closed(markup: bytes) -> bool:
    return _CLOSED.search(markup) is not None


_CLOSED = re2.compile(rb"(?i)[\"']isAccessibleForFree[\"']\s*:\s*[\"']?false")


@cache
def _patterns() -> dict[str, Any]:  # re2 ships no types
    rows = tomllib.loads(files("garrison.gathering").joinpath("barriers.toml").read_text(encoding="utf-8"))
    return {name: re2.compile("(?is)" + "|".join(f"(?:{pattern})" for pattern in rows[name])) for name in rows}
