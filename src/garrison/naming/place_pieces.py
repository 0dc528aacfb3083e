"""Pieces of runs of capitalised words that may name places: the longest that the gazetteer knows, else the whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from garrison.naming.gazetteer import Candidate, named
from garrison.naming.place_words import type_kinds, words
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind

# A town of so many people is known better than a hamlet.
_TOWN = 15_000
_LONGEST_RUN = 12


class Rank(IntEnum):
    """What the gazetteer knows of a name."""

    UNKNOWN = 0
    HAMLET = 1
    TOWN = 2
    LISTED = 3
    COUNTRY = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a run of capitalised words that may name a place, as offsets into the run."""

    start: int
    end: int
    rank: Rank
    typed: bool = False


@lru_cache(maxsize=1 << 15)
def pieces(run: str) -> tuple[Piece, ...]:
    """The parts of a run of capitalised words that may be places: the longest known names, else the whole run."""
    tokens: list[tuple[int, int]] = []
    start = 0
    for word in run.split(" "):
        tokens.append((start, start + len(word)))
        start += len(word) + 1
    if len(tokens) > _LONGEST_RUN:
        return _known_pieces(run, tokens)
    never = words("others", "never")
    while tokens and _opening(run[tokens[0][0] : tokens[0][1]]) in never and _rank(run[tokens[0][0] :]) < Rank.LISTED:
        tokens.pop(0)
    while tokens and _idle(run[tokens[-1][0] : tokens[-1][1]]):
        tokens.pop()
    if not tokens:
        return ()
    start, end = tokens[0][0], tokens[-1][1]
    rank = _rank(run[start:end])
    if rank:
        return (Piece(start, end, rank),)
    found = _known_pieces(run, tokens)
    first, last = run[start : tokens[0][1]].lower(), run[tokens[-1][0] : end].lower()
    if len(tokens) > 1 and last == "department" and not found:
        # "Transportation Department"; the departments that are regions are known.
        return ()
    if len(tokens) > 1 and (last in type_kinds() or first in words("types", "before")):
        return (Piece(start, end, max((piece.rank for piece in found), default=Rank.UNKNOWN), typed=True),)
    if any(run[a:b].lower() in words("others", "organisations") for a, b in tokens):
        return tuple(piece for piece in found if piece.end == end)
    return found or (Piece(start, end, Rank.UNKNOWN),)


def _opening(word: str) -> str:
    """A word in lower case without what is drawn into it ("You'd", "She'll")."""
    return word.lower().replace("’", "'").split("'", 1)[0]


def _known_pieces(run: str, tokens: list[tuple[int, int]]) -> tuple[Piece, ...]:
    """The longest names in a run that our own tables have, and any name that ends it after a word such as "brigade"."""
    echelons = words("others", "echelons")
    found: list[Piece] = []
    at = 0
    origin = _origin(run, tokens)
    while at < len(tokens):
        after_echelon = at > 0 and run[tokens[at - 1][0] : tokens[at - 1][1]].lower() in echelons
        for end in range(min(len(tokens), at + 6), at, -1):
            rank = _rank(run[tokens[at][0] : tokens[end - 1][1]])
            last = end == len(tokens)
            if rank >= Rank.LISTED or (rank and last and (after_echelon or (at == origin and rank >= Rank.TOWN))):
                found.append(Piece(tokens[at][0], tokens[end - 1][1], rank))
                at = end - 1
                break
        at += 1
    return tuple(found)


def _origin(run: str, tokens: list[tuple[int, int]]) -> int:
    """The token at which the place begins that somebody is of ("Donnie Ray Smith of London"); -1 for none."""
    spoken = [run[a:b] for a, b in tokens]
    if spoken[1:2] == ["of"] and spoken[0].lower() in words("prepositions", "settled"):
        return 2
    if "of" not in spoken[2:]:
        return -1
    at = len(spoken) - spoken[::-1].index("of")
    lead = {word.lower() for word in spoken[: at - 1]}
    kinds = (
        type_kinds().keys() | words("others", "organisations") | words("others", "titles") | words("others", "never")
    )
    return at if len(lead) > 1 and lead.isdisjoint(kinds) else -1


def _idle(word: str) -> bool:
    """Whether a word ends no name."""
    return word in ("of", "the", "de") or word.lower() in words("others", "never")


@lru_cache(maxsize=1 << 15)
def _rank(name: str) -> Rank:
    places = named(plain(name))
    if not places:
        return Rank.UNKNOWN
    if name.isupper() and name.isalpha() and len(name) <= 3 and PlaceKind.COUNTRY not in {c.kind for c in places}:
        return Rank.UNKNOWN
    kinds: Any = {c.kind for c in places}
    if PlaceKind.COUNTRY in kinds:
        return Rank.COUNTRY
    if any(c.kind is not PlaceKind.CITY and not _is_county(c) for c in places):
        return Rank.LISTED
    if kinds - {PlaceKind.CITY}:
        return Rank.TOWN
    return Rank.TOWN if max(c.population for c in places) >= _TOWN else Rank.HAMLET


@lru_cache(maxsize=1 << 13)
def is_site(name: str) -> bool:
    """Whether a name is that of a base or a building, and of towns at most: as likely a person's as a town's is."""
    kinds = {place.kind for place in named(plain(name))}
    return bool(kinds) and kinds <= {PlaceKind.BASE, PlaceKind.POINT, PlaceKind.CITY}


def _is_county(place: Candidate) -> bool:
    """Whether a place is a county with a bare name ("Kerry"), which is as likely a surname as a town's name is."""
    lesser = place.kind is PlaceKind.REGION and bool(place.admin1) and not place.population
    return lesser and place.iso3 in ("GBR", "IRL")
