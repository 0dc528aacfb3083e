"""Misspellings: the places whose name is one slip of the pen away from one that the gazetteer does not have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

from garrison.naming.gazetteer import Candidate, known, named
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind

_SHORTEST, _LONGEST = 6, 24
# A town of fewer people is as likely another village that the gazetteer lacks.
_PEOPLE = 15_000


def slips(form: str) -> Iterator[str]:
    """Every plain form that one letter left out, added or written for another, or two exchanged make of ``form``.

    The first letter stays: hardly anybody mistakes it.
    """
    for at in range(1, len(form) + 1):
        head, tail = form[:at], form[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


@lru_cache(maxsize=1024)
def meant(form: str, iso3: str) -> str | None:
    """The name that a misspelt one most likely means in a country: one of a town of some size or a region.

    Takes a millisecond or two.

    Args:
        form: a plain form that is no known name; short ones and those with other than Latin letters mean nothing.
        iso3: the country.

    Returns:
        the plain form one slip away, of several that name the same place its own; ``None`` where there is none or
        where several places are meant as well.
    """
    if not _SHORTEST <= len(form) <= _LONGEST or not form.isascii() or not form.replace(" ", "").isalpha():
        return None
    forms: list[str] = []
    common: set[Candidate] = set()
    for slip in slips(form):
        if not known(slip):
            continue
        places = {place for place in named(slip) if place.iso3 == iso3 and _is_weighty(place)}
        if places:
            common = common & places if forms else places
            forms.append(slip)
    if not common:
        return None
    own = {plain(place.name) for place in common}
    return next((slip for slip in forms if slip in own), forms[0])


def _is_weighty(place: Candidate) -> bool:
    return place.population >= _PEOPLE or place.kind is PlaceKind.REGION
