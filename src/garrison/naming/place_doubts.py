"""What makes the name of a town more likely a person, an ordinary word or an outlet: "Kant", "Mobile", "Xinhua"."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import re2

from garrison.naming.gazetteer import named
from garrison.naming.outlets import outlet_of
from garrison.naming.place_containment import stated
from garrison.naming.place_context import Context, word_before
from garrison.naming.place_words import leading_words, type_kinds, word_names, words
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind, Span

# An age or a verb of saying after a name of two or three words tells a person.
_AGE = r"^, (?:aged? )?\d{1,2}(?:,|\.| who)"
_MOST_WORDS = 3
# A name's first word that is the name of so large a town begins no person's.
_KNOWN = 200_000
# A town of more people may have an article where it tells what sort of thing something is ("the Aleppo campaign").
_LARGE = 40_000
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


def is_home(text: str, start: int) -> bool:
    """Whether the words before an offset say whose home follows, as local news does: "Vernon Adkins, 40, of"."""
    lead = text[max(0, start - 9) : start]
    return lead.endswith(", of ") and lead[:-5].rstrip().rsplit(" ", 1)[-1].isdigit()


def is_dateline(text: str, span: Span) -> bool:
    """Whether a name opens an article as the place where it was written ("HOLLIDAY, Mo. — A man")."""
    return text[: span.start].strip() == "" and _dateline().match(text[span.end : span.end + 60]) is not None


@cache
def _dateline() -> Any:
    return re2.compile(r"^(?:, \p{Lu}[\pL. ]{1,24})?\s?(?:\([^()]{2,24}\)\s?)?(?:—|–|-{1,2})\s")


def has_article(text: str, start: int) -> bool:
    """Whether "the" stands right before an offset."""
    return text[max(0, start - 4) : start].lower() == "the "


@lru_cache(maxsize=1 << 13)
def is_small(name: str) -> bool:
    """Whether a name is that of GeoNames' towns alone, none of them large, and none called so with an article."""
    places = named(plain(name))
    if not places or any(place.geonameid is None or place.population > _LARGE for place in places):
        return False
    if any(place.kind is not PlaceKind.CITY for place in places):
        return False
    return not named(plain(f"the {name}"))


@lru_cache(maxsize=8192)
def _is_outlet(name: str) -> bool:
    return outlet_of(name) is not None


@lru_cache(maxsize=16)
def persons_of(context: Context) -> frozenset[str]:
    """The words of persons' names in a passage.

    Told by a title, a given name, an age, a verb of saying or an initial; and the last words of other names of two or
    three words, where the passage nowhere says that anything is in a place so called.
    """
    text, titles, kinds = context.text, words("others", "titles"), word_names()
    found: set[str] = set()
    surnames: set[str] = set()
    located: set[str] = set()
    for span in context.names:
        parts = span.of(text).split(" ")
        before = word_before(text, span.start).rstrip(".")
        if before in words("prepositions", "strong") or stated(text, span.start, span.end):
            located.update(parts)
        first = parts[0].lower().rstrip(".")
        if len(parts) == 1 and (len(first) > _LONGEST_NAME or first in kinds):
            continue
        titled = first in titles
        if titled:
            parts.pop(0)
        if not parts or len(parts) > _MOST_WORDS:
            continue
        titled = titled or before in titles
        given = len(parts) > 1 and kinds.get(first) == "given"
        initialled = (
            len(parts) == 1 and text[max(0, span.start - 3) : span.start].endswith(". ") and _after_initial(text, span)
        )
        told = titled or given or initialled or (len(parts) > 1 and _tells_person(text[span.end : span.end + 24]))
        if told and words("others", "organisations").isdisjoint([part.lower() for part in parts]):
            found.update(part for part in parts if len(part) > 2)
        elif _is_full_name(parts):
            surnames.add(parts[-1])
    return frozenset(found | (surnames - located))


def _after_initial(text: str, span: Span) -> bool:
    """Whether a name follows an initial ("Franklin D. Roosevelt")."""
    lead = text[max(0, span.start - 4) : span.start]
    return len(lead) == 4 and lead[0] in " ." and lead[1].isupper() and lead[2:] == ". "


def _is_full_name(parts: list[str]) -> bool:
    """Whether the words may be a person's given names and surname: plain words, none for a kind of place or body."""
    if len(parts) < 2 or not all(part.isalpha() and part[1:].islower() for part in parts):
        return False
    lower = {part.lower() for part in parts}
    if any(word_names().get(part) == "word" for part in lower) or named(plain(" ".join(parts))):
        return False
    if any(place.kind is not PlaceKind.CITY or place.population > _KNOWN for place in named(plain(parts[0]))):
        return False
    return lower.isdisjoint(_no_person_words())


@cache
def _no_person_words() -> frozenset[str]:
    """Words in the name of no person: kinds of places, parts of them, bodies and what is never a name."""
    kinds = {word for kind in (*type_kinds(), *leading_words()) for word in kind.split(" ")}
    return frozenset(
        kinds | words("others", "organisations") | words("others", "never") | words("prepositions", "settled")
    )


def _tells_person(after: str) -> bool:
    if after[:1] == ",":
        return _age().search(after) is not None
    return after[:1] == " " and after[1:].split(" ", 1)[0].strip(",.;:").lower() in words("metonym", "speech")
