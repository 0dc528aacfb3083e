"""The persons whom a passage names, so that a surname is not taken for the town that is called so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from garrison.naming.gazetteer import known, named
from garrison.naming.place_containment import stated
from garrison.naming.place_words import leading_words, type_kinds, word_before, word_names, words
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind, Span

# An age or a verb of saying after a name of two or three words tells a person.
_AGE = re.compile(r", (?:aged? )?[0-9]{1,2}(?:,|\.| who)")
_MOST_WORDS = 3
# A name's first word that is the name of so large a town begins no person's.
_KNOWN = 200_000
_LONGEST_NAME = 20


def persons_in(text: str, names: Sequence[Span]) -> frozenset[str]:
    """The words of persons' names in a text, of which ``names`` are the proper names.

    Told by a title, a given name, an age, a verb of saying or an initial; and the last words of other names of two or
    three words, where the passage nowhere says that anything is in a place so called.
    """
    titles, kinds, organisations = words("others", "titles"), word_names(), words("others", "organisations")
    found: set[str] = set()
    surnames: set[str] = set()
    for span in names:
        start, end = span.start, span.end
        name = text[start:end]
        if " " not in name:
            first = name.lower().rstrip(".")
            if len(first) > _LONGEST_NAME or first in kinds or first in titles:
                continue
            if (
                word_before(text, start).rstrip(".") in titles
                or (text[start - 2 : start] == ". " and _after_initial(text, span))
            ) and (len(name) > 2 and name.lower() not in organisations):
                found.add(name)
            continue
        # "Donnie Smith of London"
        parts = name.split(" of ", 1)[0].split(" ")
        if len(parts) > _MOST_WORDS + 1:
            continue
        first = parts[0].lower().rstrip(".")
        told = first in titles
        if told:
            parts.pop(0)
        elif len(parts) > _MOST_WORDS:
            continue
        several = len(parts) > 1
        told = (
            told
            or (several and kinds.get(first) == "given")
            or word_before(text, start).rstrip(".") in titles
            or (several and _tells_person(text[end : end + 24]))
        )
        if told and organisations.isdisjoint([part.lower() for part in parts]):
            found.update([part for part in parts if len(part) > 2])
        elif several and _is_full_name(tuple(parts)):
            surnames.add(parts[-1])
    return frozenset(found | (surnames - _located(text, names, surnames)))


def _located(text: str, names: Sequence[Span], surnames: set[str]) -> set[str]:
    """The surnames of which the text somewhere says that something is in a place so called."""
    located: set[str] = set()
    for span in names if surnames else ():
        parts = span.of(text).split(" ")
        if surnames.isdisjoint(parts):
            continue
        if word_before(text, span.start) in words("prepositions", "strong") or stated(text, span.start, span.end):
            located.update(parts)
    return located


def _after_initial(text: str, span: Span) -> bool:
    """Whether a name follows an initial ("Franklin D. Roosevelt")."""
    lead = text[max(0, span.start - 4) : span.start]
    return len(lead) == 4 and lead[0] in " ." and lead[1].isupper() and lead[2:] == ". "


@lru_cache(maxsize=1 << 13)
def _is_full_name(parts: tuple[str, ...]) -> bool:
    """Whether the words may be a person's given names and surname: plain words, none for a kind of place or body."""
    if len(parts) < 2 or not all(part.isalpha() and part[1:].islower() for part in parts):
        return False
    lower = {part.lower() for part in parts}
    if not lower.isdisjoint(_no_person_words()) or known(plain(" ".join(parts))):
        return False
    return all(place.kind is PlaceKind.CITY and place.population <= _KNOWN for place in named(plain(parts[0])))


@cache
def _no_person_words() -> frozenset[str]:
    """Words in the name of no person: kinds of places, parts of them, bodies and what is never a name."""
    kinds = {word for kind in (*type_kinds(), *leading_words()) for word in kind.split(" ")}
    ordinary = {word for word, kind in word_names().items() if kind == "word"}
    others = words("others", "organisations") | words("others", "never") | words("prepositions", "settled")
    return frozenset(kinds | ordinary | others)


def _tells_person(after: str) -> bool:
    if after[:1] == ",":
        return _AGE.match(after) is not None
    return after[:1] == " " and after[1:].split(" ", 1)[0].strip(",.;:").lower() in words("metonym", "speech")
