"""What makes the name of a town more likely a person, an ordinary word or an outlet: "Kant", "Mobile", "Xinhua"."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import re2

from garrison.naming.gazetteer import named
from garrison.naming.outlets import outlet_of
from garrison.naming.place_containment import stated
from garrison.naming.place_words import word_names, words
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind, Span

_FORMATIONS = frozenset(
    {"Army", "Navy", "Battalion", "Brigade", "Division", "Regiment", "Corps", "Command"}
    | {"Garrison", "Barracks", "Cantonment"}
)
# A town of more people may have an article where it tells what sort of thing something is ("the Aleppo campaign").
_LARGE = 40_000


def doubtful(text: str, span: Span, persons: frozenset[str], *, listed: bool) -> bool:
    """Whether a town's name at ``span`` is likelier a word, a person of the passage or an outlet.

    Args:
        text: the passage.
        span: the name, no word before it being locative.
        persons: the words of the passage's persons, from ``place_persons``.
        listed: whether our own tables have it, so that only a given name makes it doubtful.
    """
    name = span.of(text)
    kind = word_names().get(name.lower()) if " " not in name else None
    if kind == "word" and not listed and text[span.end : span.end + 4] == " in ":
        return True  # "Police in Manchester said"
    if kind == "given" or (not listed and (kind == "word" or name in persons)):
        return not stated(text, span.start, span.end)
    if listed:
        return False
    return _is_outlet(name) or text[span.end :].startswith((" news agency", " tribesm", " newspaper"))


def is_home(text: str, start: int) -> bool:
    """Whether the words before an offset say whose home follows, as local news does: "Vernon Adkins, 40, of"."""
    lead = text[max(0, start - 9) : start]
    return lead.endswith(", of ") and lead[:-5].rstrip().rsplit(" ", 1)[-1].isdigit()


def is_address(text: str, span: Span) -> bool:
    """Whether a formation or its army stands before a name, which is its address: "7 Division, Nigerian Army, Yola"."""
    start = span.start
    if text[start - 2 : start] != ", " or span.of(text).lower() in words("others", "titles"):
        return False
    return text[max(0, start - 20) : start - 2].rpartition(" ")[2] in _FORMATIONS


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
