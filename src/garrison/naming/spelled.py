"""Spellings of force words: British and American, with a space or a hyphen between their parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

# American and other spellings, per word: the reference files have the British one.
_SPELLINGS = {
    "armoured": ("armored",),
    "armour": ("armor",),
    "defence": ("defense",),
    "defences": ("defenses",),
    "centre": ("center",),
    "centres": ("centers",),
    "organisation": ("organization",),
    "organisations": ("organizations",),
    "stabilisation": ("stabilization",),
    "refuelling": ("refueling",),
    "motorised": ("motorized",),
    "mechanised": ("mechanized",),
    "theatre": ("theater",),
}


def spelled(term: str) -> Iterator[str]:
    """``term`` with a space or a hyphen in each gap, in British and American spelling."""
    parts = term.split(" ")
    for choice in product(*((part, *_SPELLINGS.get(part, ())) for part in parts)):
        for gaps in product(" -", repeat=min(len(parts) - 1, 4)):
            filled = [*gaps, *" " * (len(parts) - 1 - len(gaps))]
            yield choice[0] + "".join(gap + part for gap, part in zip(filled, choice[1:], strict=True))


def either(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, longest first, so that the longest is preferred."""
    import re2

    return "|".join(re2.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
