"""Finding places in text: names known to the gazetteer, names that the words around show to be places, and borders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import Any

from garrison.naming.actors import ActorMention, Form, find_actors
from garrison.naming.gazetteer import named
from garrison.naming.place_context import context_of, word_before
from garrison.naming.place_resolution import resolve
from garrison.naming.place_words import pattern, words
from garrison.naming.proper_names import proper_names
from garrison.naming.spelling import plain
from garrison.vocabulary import Mention, Place, PlaceKind, Span

# The characters beside a name in which the words that belong to it are looked for.
_BESIDE = 64
_TOWN = 15_000
_LONGEST_RUN = 12
_JOINERS = frozenset((", ", " and ", ", and ", " or ", ", or ", "/", " & ", "; "))


class _Rank(IntEnum):
    """What the gazetteer knows of a name."""

    UNKNOWN = 0
    HAMLET = 1
    TOWN = 2
    LISTED = 3
    COUNTRY = 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a run of capitalised words that may name a place, as offsets into the run."""

    start: int
    end: int
    rank: _Rank
    typed: bool = False


def find_places(text: str, title: str | None = None) -> tuple[Mention[Place], ...]:
    """The places that ``text`` names, in its order, none overlapping another.

    A mention takes in the words that say what or which part the place is ("Nimroz province", "eastern Ukraine", "the
    border with Turkey"). Names that the gazetteer does not know count after a locative word ("in Zhamashti"). Cities
    that stand for a government ("Moscow announced"), persons, armed groups and the adjectives of countries are none.

    Args:
        text: any text; the time taken grows in proportion to its length.
        title: the document's title, weighed for the countries of ambiguous names.
    """
    context = context_of(text, title)
    plain_text = context.text
    actors = find_actors(plain_text)
    found: list[Span] = []
    found.extend(_of_adjectives(plain_text, actors))
    found.extend(_of_names(plain_text, actors))
    found.extend(Span(m.start(1), m.end(1)) for m in pattern("vague found").finditer(plain_text))
    mentions: list[Mention[Place]] = []
    end = 0
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            place = resolve(span.of(plain_text), context, span.start)
            mentions.append(Mention(span, replace(place, name=span.of(text))))
            end = span.end
    return tuple(mentions)


def _of_adjectives(text: str, actors: tuple[ActorMention, ...]) -> list[Span]:
    """Borders and grounds said with a country's adjective: "the Tajik-Afghan border", "Syrian soil"."""
    found: list[Span] = []
    for actor in actors:
        if actor.actor.iso3 is None or actor.form not in (Form.ADJECTIVE, Form.NAME):
            continue
        after = text[actor.span.end : actor.span.end + _BESIDE]
        if after[:2] in ("'s", "’s"):
            after = after[2:]
        skipped = len(text[actor.span.end : actor.span.end + _BESIDE]) - len(after)
        match = pattern("border after").search(after)
        if match is None and actor.form is Form.ADJECTIVE:
            match = pattern("ground after").search(after)
        if match is not None:
            found.append(Span(_with_article(text, actor.span.start), actor.span.end + skipped + match.end()))
    return found


def _of_names(text: str, actors: tuple[ActorMention, ...]) -> list[Span]:
    """Names of places, with the words beside them that belong to them."""
    groups = {a.span.start: a.span for a in actors if a.form not in (Form.NAME, Form.CAPITAL, Form.METONYM)}
    governments = {a.span.start for a in actors if a.form in (Form.CAPITAL, Form.METONYM)}
    found: list[Span] = []
    chain: list[tuple[Span, bool, bool]] = []
    last_end = -9
    for run in proper_names(text):
        for piece in _pieces(run.of(text)):
            span = Span(run.start + piece.start, run.start + piece.end)
            group = groups.get(span.start)
            if group is not None and not (group == span and piece.rank >= _Rank.LISTED):
                continue
            if text[last_end : span.start] not in _JOINERS:
                found.extend(_accepted(text, chain))
                chain = []
            joined = bool(chain) and chain[-1][1]
            taken = _is_place(text, span, piece, joined, span.start in governments)
            chain.append((span, taken, piece.rank >= _Rank.TOWN))
            last_end = _widened(text, span).end if taken else span.end
    return [*found, *_accepted(text, chain)]


def _accepted(text: str, chain: list[tuple[Span, bool, bool]]) -> list[Span]:
    """The places of an enumeration: in one of three or more names, all are where the known ones are most of them."""
    sure = sum(taken and known for _, taken, known in chain)
    every = len(chain) >= 3 and sure * 2 >= len(chain)
    return [
        _widened(text, span)
        for span, taken, _ in chain
        if taken or (every and not _is_word(span.of(text)) and " " not in span.of(text))
    ]


@lru_cache(maxsize=1 << 15)
def _pieces(run: str) -> tuple[_Piece, ...]:
    """The parts of a run of capitalised words that may be places: the longest known names, else the whole run."""
    tokens: list[tuple[int, int]] = []
    start = 0
    for word in run.split(" "):
        tokens.append((start, start + len(word)))
        start += len(word) + 1
    never = words("others", "never")
    while tokens and run[tokens[0][0] : tokens[0][1]].lower() in never and _rank(run[tokens[0][0] :]) < _Rank.LISTED:
        tokens.pop(0)
    while tokens and run[tokens[-1][0] : tokens[-1][1]].lower() in never | {"of", "the", "de"}:
        tokens.pop()
    if not tokens or len(tokens) > _LONGEST_RUN:
        return ()
    whole = run[tokens[0][0] : tokens[-1][1]]
    rank = _rank(whole)
    if rank:
        return (_Piece(tokens[0][0], tokens[-1][1], rank),)
    organisation = any(run[a:b].lower() in words("others", "organisations") for a, b in tokens)
    types = words("types", "region") | words("types", "base") | words("types", "city") | words("types", "sea")
    before = words("types", "before")
    first, last = run[tokens[0][0] : tokens[0][1]].lower(), run[tokens[-1][0] : tokens[-1][1]].lower()
    typed = len(tokens) > 1 and (last in types or first in before)
    echelons = words("others", "echelons")
    found: list[_Piece] = []
    at = 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + 6), at, -1):
            rank = _rank(run[tokens[at][0] : tokens[end - 1][1]])
            ends = end == len(tokens) and at and run[tokens[at - 1][0] : tokens[at - 1][1]].lower() in echelons
            if rank >= _Rank.LISTED or (rank and ends):
                found.append(_Piece(tokens[at][0], tokens[end - 1][1], rank))
                at = end - 1
                break
        at += 1
    if typed:
        return (_Piece(tokens[0][0], tokens[-1][1], max((p.rank for p in found), default=_Rank.UNKNOWN), True),)
    if organisation:
        return tuple(p for p in found if p.end == tokens[-1][1])
    if found:
        return tuple(found)
    return (_Piece(tokens[0][0], tokens[-1][1], _Rank.UNKNOWN),)


@lru_cache(maxsize=1 << 15)
def _rank(name: str) -> _Rank:
    places = named(plain(name))
    if not places:
        return _Rank.UNKNOWN
    if name.isupper() and name.isalpha() and len(name) <= 3 and PlaceKind.COUNTRY not in {c.kind for c in places}:
        return _Rank.UNKNOWN
    kinds: Any = {c.kind for c in places}
    if PlaceKind.COUNTRY in kinds:
        return _Rank.COUNTRY
    if kinds - {PlaceKind.CITY}:
        return _Rank.LISTED
    return _Rank.TOWN if places[0].population >= _TOWN else _Rank.HAMLET


def _is_place(text: str, span: Span, piece: _Piece, joined: bool, government: bool) -> bool:
    """Whether the words around a name leave it standing for a place."""
    before = word_before(text, span.start)
    after = text[span.end : span.end + _BESIDE]
    if before.rstrip(".") in words("others", "titles"):
        return False
    strong = before in words("prepositions", "strong")
    if piece.rank >= _Rank.TOWN or piece.typed:
        return strong or joined or before == "of" or not _acts(after, government)
    locative = strong or joined or pattern("type after").search(after) is not None
    return locative and not _is_word(span.of(text)) and not (before in ("to", "from") and _acts(after, True))


def _acts(after: str, government: bool) -> bool:
    """Whether a verb of saying or deciding follows: the name is then a government or a person, not a place."""
    word = after[1:].split(" ", 1)[0].strip(",.;:").lower() if after[:1] == " " else ""
    return word in words("metonym", "speech") or (government and word in words("metonym", "deeds"))


def _is_word(name: str) -> bool:
    """Whether an unknown name is an abbreviation or an ordinary capitalised word."""
    lower = name.lower()
    return (name.isupper() and len(name) <= 6) or lower in words("others", "never") or len(name) < 3


def _widened(text: str, span: Span) -> Span:
    """``span`` with the words around it that say what or which part the place is."""
    start, end = span.start, span.end
    after = text[end : end + _BESIDE]
    match = pattern("type after").search(after) or pattern("border after").search(after)
    if match is not None:
        end += match.end()
    owner = text[end : end + 2] in ("'s", "’s")
    if owner and match is None:
        owned = pattern("owned part").search(text[end + 2 : end + 2 + _BESIDE])
        if owned is not None:
            end += 2 + owned.end()
    for name in ("type before", "part before", "part of before", "border before", "part before"):
        lead = text[max(0, start - _BESIDE) : start]
        match = pattern(name).search(lead)
        if match is not None:
            start -= len(lead) - match.start(1)
    return Span(_with_article(text, start), end)


def _with_article(text: str, start: int) -> int:
    """The start of "the" right before ``start``, where there is one."""
    return start - 4 if text[max(0, start - 4) : start].lower() == "the " else start
