"""What makes the name of a town more likely a person, an ordinary word or an outlet: "Kant", "Mobile", "Xinhua"."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import re2

from garrison.naming.outlets import outlet_of
from garrison.naming.place_containment import stated
from garrison.naming.place_context import Context, word_before
from garrison.naming.place_words import word_names, words
from garrison.vocabulary import Span

# An age or a verb of saying after a name of two or three words tells a person.
_AGE = r"^, (?:aged? )?\d{1,2}(?:,|\.| who)"
_MOST_WORDS = 3
_LONGEST_NAME = 20


@cache
def _age() -> Any:
    return re2.compile(_AGE)


def doubtful(text: str, span: Span, persons: frozenset[str], *, listed: bool) -> bool:
    """Whether a town's name at ``span`` is likelier a word, a person of the passage or an outlet.

    Args:
        text: the passage.
        span: the name, no word before it being locative.
        persons: the words of the passage's persons, from ``persons_of``.
        listed: whether our own tables have it, so that only a given name makes it doubtful.
    """
    name = span.of(text)
    kind = word_names().get(name.lower()) if " " not in name else None
    if kind == "given" or (not listed and (kind == "word" or name in persons)):
        return not stated(text, span.start, span.end)
    if listed:
        return False
    return _is_outlet(name) or text[span.end :].startswith((" news agency", " tribesm", " newspaper"))


@lru_cache(maxsize=8192)
def _is_outlet(name: str) -> bool:
    return outlet_of(name) is not None


@lru_cache(maxsize=16)
def persons_of(context: Context) -> frozenset[str]:
    """The words of persons' names in a passage: told by a title, a given name, an age or a verb of saying."""
    text, titles, kinds = context.text, words("others", "titles"), word_names()
    found: set[str] = set()
    for span in context.names:
        parts = span.of(text).split(" ")
        first = parts[0].lower().rstrip(".")
        if len(parts) == 1 and (len(first) > _LONGEST_NAME or first in kinds):
            continue
        titled = first in titles
        if titled:
            parts.pop(0)
        if not parts or len(parts) > _MOST_WORDS:
            continue
        titled = titled or word_before(text, span.start).rstrip(".") in titles
        given = len(parts) > 1 and kinds.get(first) == "given"
        told = titled or given or (len(parts) > 1 and _tells_person(text[span.end : span.end + 24]))
        if told and words("others", "organisations").isdisjoint([part.lower() for part in parts]):
            found.update(part for part in parts if len(part) > 2)
    return frozenset(found)


def _tells_person(after: str) -> bool:
    if after[:1] == ",":
        return _age().search(after) is not None
    return after[:1] == " " and after[1:].split(" ", 1)[0].strip(",.;:").lower() in words("metonym", "speech")
