"""Descriptions: the names, offices and roles in the noun phrase of someone who says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from garrison.extraction.tokens import Token
from garrison.extraction.words import table, words
from garrison.naming.actors import find_actors
from garrison.vocabulary import Attribution, Role

LONGEST_NAME = 5  # words in a person's name, at most
_OWN_VOICE = frozenset({"our", "this", "us", "we", "i", "my"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """The noun phrase of a speaker: its words, as positions of tokens, the last not included."""

    first: int
    last: int
    begins: int  # where the phrase begins with its appositions


def is_shortened(token: Token) -> bool:
    """Whether a full stop after ``token`` belongs to it: "Gen.", "J.", "U.S."."""
    return len(token.text) == 1 or token.lower in {"u.s", "u.k", "u.n"} or token.lower in _short_titles()


@cache
def _short_titles() -> frozenset[str]:
    return frozenset(row["word"].lower() for row in table("abbreviations.csv") if row["ends"] == "never")


@cache
def offices() -> dict[str, tuple[str, str]]:
    """Nouns that head a speaker's description, with their role and sort (``words/offices.csv``)."""
    return {row["word"]: (row["role"], row["sort"]) for row in table("offices.csv")}


def _bare(word: str) -> str:
    return word.removesuffix("'s").rstrip("'")


def names_office(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether a word of the phrase is an office, a body or a document."""
    return any(_bare(token.lower) in offices() for token in tokens[phrase.first : phrase.last])


def named_person(piece: Sequence[Token]) -> tuple[int, int] | None:
    """Where in ``piece`` the name after the last title stands: "acting Defence Minister Ann Roe" → "Ann Roe"."""
    end = len(piece)
    while end and not piece[end - 1].is_word:
        end -= 1
    for at in range(end - 1, -1, -1):
        token = piece[at]
        role_sort = offices().get(token.lower) or (("", "title") if token.lower in _short_titles() else None)
        follows = at + 2 if at + 1 < end and piece[at + 1].text == "." else at + 1
        if role_sort and follows < end and _is_name(piece[follows:end]):
            if role_sort[1] == "title" or (role_sort[1] == "body" and not token.is_capitalised):
                return follows, end
            return None
        if not (token.is_capitalised or token.lower in words("name_particles.txt") or token.text == "."):
            return None
    return None


def is_person_name(piece: Sequence[Token]) -> bool:
    """Whether all of ``piece`` reads as a person's name, titles before it included."""
    found = named_person(piece)
    return bool(found and all(token.is_capitalised or not token.is_word for token in piece)) or (
        2 <= len(piece) <= LONGEST_NAME and _is_name(piece)
    )


def _is_name(piece: Sequence[Token]) -> bool:
    named = [token for token in piece if token.is_word]
    return (
        0 < len(named) <= LONGEST_NAME
        and named[0].is_capitalised
        and named[-1].is_capitalised
        and all(
            (token.is_capitalised or token.lower in words("name_particles.txt"))
            and token.lower not in offices()
            and token.lower not in words("determiners.txt")
            and token.lower not in words("temporal.txt")
            and not token.lower.endswith("'s")
            for token in named
        )
        and all(token.text in {".", "-", "’"} for token in piece if not token.is_word)
    )


def speaks_for_the_outlet(piece: Sequence[Token]) -> bool:
    """Whether the phrase is the outlet itself: "our reporter", "this newspaper"."""
    return bool(piece) and piece[0].lower in _OWN_VOICE and not piece[0].text[1:].isupper()


def role_of(description: str) -> Role | None:
    """The role that the words of a speaker's description show; ``None`` where they show none."""
    lowered = [
        _bare(word) for word in re.findall(r"[^\W_]++(?:['’-][^\W_]++)*+", description.lower().replace("’", "'"))
    ]
    found = {offices()[word][0] for word in lowered if word in offices()}
    if "anonymous" in found:
        return Role.ANONYMOUS
    if found & {"force"} and not found & {"media"}:
        return Role.FORCE
    for role in (Role.MEDIA, Role.GOVERNMENT, Role.ORGANISATION, Role.PRIVATE_PERSON):
        if role.value in found:
            return role
    if found and not any(word[:1].isupper() for word in description.split()):
        return Role.ANONYMOUS
    if _is_state(description):
        return Role.GOVERNMENT
    if any(word in {"official", "officials"} for word in lowered):
        return Role.GOVERNMENT
    return None


@cache
def _is_state(name: str) -> bool:
    """Whether ``name`` is a country's or its capital's, and nothing besides."""
    name = name.removeprefix("the ").removeprefix("The ")
    return any(len(mention.span) == len(name) and mention.actor.iso3 for mention in find_actors(name))


def attribution(text: str, tokens: Sequence[Token], phrase: Phrase) -> Attribution:
    """The speaker that the phrase names: the person's name without titles, else the description as written."""
    piece = tokens[phrase.first : phrase.last]
    cut = next((i for i, token in enumerate(piece) if i and token.lower in {"who", "which", "that"}), len(piece))
    piece = piece[:cut]
    source = _author(piece)
    if source and speaks_for_the_outlet(piece[source:]):
        source = None
    piece = piece[source:] if source else piece[: _paper_end(piece)]
    described = text[piece[0].start : piece[-1].end]
    name = named_person(piece)
    role = role_of(described)
    if name:
        piece = piece[name[0] : name[1]]
        role = Role.ORGANISATION if role is None and source else role
    elif is_person_name(piece):
        role = None
    written = " ".join(text[piece[0].start : piece[-1].end].split())
    if piece[0].lower == "the" and len(piece) > 1:
        written = written[3:].lstrip()
    return Attribution(written.removesuffix("’s").removesuffix("'s"), role)


def _author(piece: Sequence[Token]) -> int | None:
    """Where the author of a document begins: "a report by X", "a note circulated by X"."""
    if not any(offices().get(token.lower, ("", ""))[1] == "paper" for token in piece[:4]):
        return None
    at = max((i for i, token in enumerate(piece) if token.lower in {"by", "from"}), default=None)
    return at + 1 if at and at + 1 < len(piece) else None


def _paper_end(piece: Sequence[Token]) -> int:
    """Where the name of a document ends, before "seen by this paper", "circulating on phones"."""
    for at, token in enumerate(piece[:-1]):
        following = piece[at + 1].lower
        if offices().get(token.lower, ("", ""))[1] == "paper" and (
            following.endswith(("ed", "ing")) or following in {"seen", "taken", "put", "shown"}
        ):
            return at + 1
    return len(piece)
