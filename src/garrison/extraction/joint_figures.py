"""Joint figures: one number said of several places or owners together holds for none alone (guide)."""

from __future__ import annotations

import re

__all__ = ["holds_for_each"]

_EACH = re.compile(r"\b(?:each|apiece)\b", re.IGNORECASE)


def holds_for_each(words: str) -> bool:
    """Whether ``words`` say that their number holds for each: "Britain and France each have 200 soldiers there"."""
    return _EACH.search(words) is not None
