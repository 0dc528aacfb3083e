"""Ships' names: by a navy's prefix, or after the word for a kind of ship."""

from __future__ import annotations

from collections.abc import Iterator

from garrison.naming.echelons import echelon_by_word, unit_words
from garrison.naming.unit_mention import UnitMention
from garrison.naming.unit_patterns import ashore, patterns, ship_states, start_of, state_of
from garrison.vocabulary import Span


def find_ships(text: str) -> Iterator[UnitMention]:
    """ "USS Nimitz", "the frigate Hessen", "CARRIER INDEPENDENCE"."""
    for match in patterns().ship.finditer(text):
        name = _trimmed_ship(match.group("name"))
        if not name:
            continue
        span = Span(match.start(), start_of(match, "name") + len(name))
        sort = "base" if span.of(text) in ashore() else "ship"
        yield UnitMention(span, span.of(text), sort, None, None, ship_states()[match.group("prefix")])
    for match in patterns().ship_word.finditer(text):
        name = _trimmed_ship(match.group("name"))
        word = match.group("word").lower()
        shouted = match.group("word").isupper() and name.isupper()
        if match.group("word").isupper() and not shouted:
            continue
        if not _is_name(name):
            continue
        sort = "submarine" if word.startswith("submarine") else "ship"
        span = Span(start_of(match, "name"), start_of(match, "name") + len(name))
        yield UnitMention(span, name, sort, None, None, None, weak=True)
        if text[start_of(match, "word") + len(word)] == "s":
            yield from _listed(text, span.end, sort)


def _listed(text: str, end: int, sort: str) -> Iterator[UnitMention]:
    """The names after the first, of "the frigates Hessen and Hamburg"; the last of them has *and* before it."""
    found: list[Span] = []
    while (match := patterns().ship_listed.match(text, end)) is not None:
        name = _trimmed_ship(match.group("name"))
        if not _is_name(name):
            return
        span = Span(start_of(match, "name"), start_of(match, "name") + len(name))
        found.append(span)
        end = span.end
        if " and " in match.group()[: span.start - match.start()]:
            yield from (UnitMention(each, each.of(text), sort, None, None, None, weak=True) for each in found)
            return


def _is_name(name: str) -> bool:
    """Whether capitals after a kind of ship can be a ship's own name."""
    pieces = name.split()
    if not pieces or len(name) < 3 or pieces[0].lower() in unit_words()["outside"] or state_of(pieces[0]):
        return False
    return name.lower() not in echelon_by_word() and not any(p.lower() in unit_words()["whole"] for p in pieces)


def _trimmed_ship(name: str) -> str:
    """A ship's name without the words after it that are capitals by accident ("HMS OCEAN LEFT")."""
    kept: list[str] = []
    for word in name.split(" "):
        if kept and (
            word.lower() in unit_words()["outside"] - {"the", "of"} or word.lower() in unit_words()["after_ship"]
        ):
            break
        kept.append(word)
    while kept and kept[-1].lower() in unit_words()["joints"] | {"the", "and"}:
        kept.pop()
    joined = " ".join(kept)
    return joined if joined.endswith("Jr.") else joined.rstrip(".,'")
