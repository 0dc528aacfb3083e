"""Mentions: the people whom a passage names, with their titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from garrison.extraction.descriptions import is_shortened, offices
from garrison.extraction.tokens import Token
from garrison.extraction.words import words
from garrison.naming.actors import find_actors
from garrison.vocabulary import Role

_SINGULAR = frozenset({"is", "was", "has", "does", "did", "had", "will", "would", "said", "says"})
_COMMON = ("determiners.txt", "adverbs.txt", "pronouns.txt", "sentence_starters.txt")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person whom the passage names: where, by what name, beside what title (lower case; may be empty)."""

    at: int
    name: str
    title: frozenset[str]

    @property
    def surname(self) -> str:
        """The last word of the name, case folded."""
        return self.name.split()[-1].casefold()

    @property
    def role(self) -> Role | None:
        """The role that the title shows."""
        roles = {offices()[word][0] for word in self.title if word in offices()}
        order = (Role.FORCE, Role.GOVERNMENT, Role.MEDIA, Role.ORGANISATION, Role.PRIVATE_PERSON)
        return next((role for role in order if role.value in roles), None)


def titled(tokens: Sequence[Token], before: bool = False) -> list[Mention]:
    """People named beside a title: "Foreign Minister Ann Roe", "the foreign minister, Ann Roe,".

    Args:
        tokens: the words of the text.
        before: whether they are the headline's, which stands before all of the text.
    """
    found: list[Mention] = []
    at = 0
    known = offices()
    while at < len(tokens):
        lower = tokens[at].lower
        if lower not in known or known[lower][1] != "title" or lower.endswith("s"):
            at += 1
            continue
        first = at + 1
        if first < len(tokens) and (
            tokens[first].text == "," or (tokens[first].text == "." and is_shortened(tokens[at]))
        ):
            first += 1
        end = first
        while end < len(tokens) and end - first < 5 and tokens[end].is_word and _may_name(tokens[end]):
            end += 1
            if tokens[end - 1].lower.endswith("'s"):
                break
        comma = first == at + 2 and tokens[at + 1].text == ","
        closed = end == len(tokens) or not tokens[end].is_word
        if first < end and (not comma or (end - first >= 2 and closed)):
            begin = at
            while begin and at - begin < 5 and tokens[begin - 1].is_word and _may_title(tokens[begin - 1]):
                begin -= 1
            name = " ".join(token.text for token in tokens[first:end]).removesuffix("’s").removesuffix("'s")
            title = frozenset(token.lower for token in tokens[begin : at + 1])
            found.append(Mention(-1 if before else tokens[first].start, name, title))
        at = max(end, at + 1)
    return found


def named_in_full(tokens: Sequence[Token]) -> list[Mention]:
    """People named in full once and by surname elsewhere: "Ann Roe … Roe said"."""
    alone = {
        _singular(token)
        for at, token in enumerate(tokens)
        if token.is_capitalised
        and not (at and tokens[at - 1].is_word and tokens[at - 1].is_capitalised)
        and _may_name(token)
    }
    found: list[Mention] = []
    barred = words("determiners.txt") | words("adverbs.txt")
    for first, last in pairwise(tokens):
        named = (
            first.is_capitalised
            and last.is_capitalised
            and _may_name(first)
            and _may_name(last)
            and not first.lower.endswith("'s")
            and first.lower not in words("place_modifiers.txt")
        )
        if named and _singular(last) in alone and first.lower not in barred:
            name = f"{first.text} {last.text}".removesuffix("’s").removesuffix("'s")
            found.append(Mention(first.start, name, frozenset()))
    return found


def _singular(token: Token) -> str:
    return token.lower.removesuffix("'s")


def _may_name(token: Token) -> bool:
    lower = token.lower
    return (
        token.is_capitalised
        and lower not in offices()
        and lower not in words("temporal.txt")
        and lower not in words("finite_verbs.txt")
        and lower not in words("prepositions.txt")
    )


def _may_title(token: Token) -> bool:
    lower = token.lower
    return (
        lower not in words("auxiliaries.txt")
        and lower not in words("determiners.txt")
        and not lower.endswith("'s")
        and lower not in words("prepositions.txt")
        and lower not in {"and", "said", "that"}
    )


def named_by_surname(tokens: Sequence[Token], people: Sequence[Mention]) -> list[Mention]:
    """Where the passage names ``people`` by surname alone."""
    known = {person.surname: person for person in reversed(people)}
    found = []
    for at, token in enumerate(tokens):
        person = known.get(_singular(token)) if token.is_capitalised else None
        if person and not (at and tokens[at - 1].is_capitalised):
            found.append(Mention(token.start, person.name, person.title))
    return found


def subjects(tokens: Sequence[Token]) -> list[Mention]:
    """Single capitalised names that are the subject of a verb and name no country or group: "Roe is", "Roe has"."""
    found = []
    for at, (token, verb) in enumerate(pairwise(tokens)):
        opens = at == 0 or tokens[at - 1].text in {".", "?", "!", "”", '"'}
        if not (opens and _may_name(token) and verb.lower in _SINGULAR and not token.text.isupper()):
            continue
        common = any(token.lower in words(name) or token.text in words(name) for name in _COMMON)
        if not common and not find_actors(token.text):
            found.append(Mention(token.start, token.text, frozenset()))
    return found
