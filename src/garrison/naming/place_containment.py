"""Containment stated beside a name: "Latakia, Syria", "London, Ont.", "Syria's Idlib", "the Kentucky town of Paris"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from garrison.naming.gazetteer import Candidate, named
from garrison.naming.letters import CAPITAL, LETTER, MARK, sorted_out
from garrison.naming.place_abbreviations import LONGEST_FORM, abbreviated
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind

# The characters beside a name in which what it lies in is looked for.
_BESIDE = 64
# Patterns for a text that is sorted out; what they search is no longer than the characters above.
_WORD = rf"[{CAPITAL}][{LETTER}{MARK}'’.-]*"
_NAME = rf"{_WORD}(?: (?:of |and |the )?{_WORD}){{0,3}}"
_SETTLEMENTS = (
    *("city", "cities", "town", "towns", "village", "villages", "port", "ports", "suburb", "suburbs", "province"),
    *("provinces", "district", "districts", "capital", "county", "region", "community"),
)
_SETTLEMENT = f"(?:{'|'.join(_SETTLEMENTS)})"
_AFTER = re.compile(rf"(?:, (?:in )?(?:the )?| \((?:the )?| in (?:the )?|,)({_NAME})")
_BEFORE = re.compile(rf"({_NAME})(?:['’]s? |['’]s (?:[{LETTER}-]+ ){{1,2}}| {_SETTLEMENT} (?:of )?)(?:the )?\Z")


class Container(NamedTuple):
    """A country, or a first-level region of it, that something is said to lie in."""

    iso3: str
    admin1: str | None = None


@lru_cache(maxsize=8192)
def stated(text: str, start: int, end: int) -> tuple[Container, ...]:
    """What the words beside a name at ``start`` to ``end`` say that it lies in; several where they can mean several."""
    after = text[end : end + _BESIDE]
    found: tuple[Container, ...] = ()
    if after.startswith((",", " in ", " (")):
        letters = sorted_out(after)
        match = _AFTER.match(letters)
        if match:
            at, over = match.span(1)
            found = _named_in(after[at:over], text[end + at : end + at + LONGEST_FORM + 1])
            if not found and after[0] == after[over : over + 1] == ",":
                # "Edmonton, Metcalfe County, Ky.": what lies between is passed over.
                match = _AFTER.match(letters, over)
                if match:
                    at, over = match.span(1)
                    found = _named_in(after[at:over], after[at : at + LONGEST_FORM + 1])
    if not found:
        before = text[max(0, start - _BESIDE) : start]
        if before[-1:] == " " and not before[-2:-1].isspace() and _may_own(before):
            match = _BEFORE.search(sorted_out(before))
            found = _named_last(before[match.start(1) : match.end(1)]) if match else ()
    return found


def _may_own(before: str) -> bool:
    """Whether the words before a name can say what it lies in: a cheap look before the pattern."""
    if "'" in before or "’" in before:
        return True
    last = before.rstrip().removesuffix(" the").removesuffix(" of").rsplit(" ", 1)[-1]
    return last in _SETTLEMENTS


def _named_in(run: str, abbreviation: str) -> tuple[Container, ...]:
    """The containers that a run of capitalised words begins with or, for an abbreviation, is."""
    words = run.split(" ")
    for count in range(len(words), 0, -1):
        found = containers(" ".join(words[:count]).rstrip("'’.,"))
        if found:
            return found
    first = abbreviation.split(" ", maxsplit=1)[0].rstrip(",;:)")
    return _within(abbreviated(first)) if first else ()


def _named_last(run: str) -> tuple[Container, ...]:
    """The containers that a run of capitalised words ends with ("The Kentucky")."""
    words = run.split(" ")
    for count in range(len(words)):
        found = containers(" ".join(words[count:]).rstrip("'’.,"))
        if found:
            return found
    return ()


@lru_cache(maxsize=4096)
def containers(name: str) -> tuple[Container, ...]:
    """The countries and regions called ``name``, none for a town."""
    short = abbreviated(name)
    if short is not None:
        return _within(short)
    found: list[Container] = []
    places = named(plain(name))
    if any(place.iso3 is None for place in places):
        return ()  # "Darfur, the Sahel": a region of several countries, whatever province of one is called so, too
    for place in places:
        if place.kind in (PlaceKind.COUNTRY, PlaceKind.REGION):
            found.extend(one for one in _within(place) if one not in found)
    return tuple(found)


def _within(place: Candidate | None) -> tuple[Container, ...]:
    if place is None or place.iso3 is None:
        return ()
    return (Container(place.iso3, place.admin1 if place.kind is PlaceKind.REGION else None),)


def agreement(place: Candidate, said: tuple[Container, ...]) -> tuple[float, float]:
    """How a candidate agrees with what it is said to lie in, by country and by first-level region.

    Each is 1 where it lies there, -1 where it cannot, 0 where nothing is said; the best of several containers counts.
    """
    country = region = -1.0
    for container in said:
        same = place.iso3 == container.iso3 and place.kind is not PlaceKind.COUNTRY
        country = max(country, 1.0 if same else -1.0)
        if container.admin1 is None:
            region = max(region, 0.0)
        elif same and place.admin1 == container.admin1:
            region = max(region, 1.0)
        elif same and (place.admin1 is None or place.admin1 == place.name):
            region = max(region, 0.0)
    return (country, region) if said else (0.0, 0.0)
