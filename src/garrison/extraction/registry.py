"""Extractors by name: those of the package and those that other packages offer.

A package offers an extractor as an entry point of the group ``garrison.extractors`` that, called without
arguments, returns an object of the :class:`~garrison.extraction.extractor.Extractor` protocol.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from garrison.extraction.extractor import Extractor
from garrison.vocabulary import UsageError

DEFAULT = "learned"
GROUP = "garrison.extractors"


@cache
def extractor_named(name: str = DEFAULT) -> Extractor:
    """The extractor called ``name``.

    Raises:
        UsageError: no extractor of that name is installed.
    """
    known = {point.name: point for point in entry_points(group=GROUP)}
    if name not in known:
        raise UsageError(f"there is no extractor {name!r}; installed: {', '.join(sorted(known)) or 'none'}")
    made: Extractor = known[name].load()()
    return made
