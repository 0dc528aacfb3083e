"""Referents: whom a pronoun, a surname or a title means in a passage."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from garrison.extraction.speakers import (
    PRONOUNS,
    Token,
    attribution,
    is_person_name,
    is_shortened,
    named_person,
    offices,
    phrase_ending,
    tokens_of,
)
from garrison.extraction.words import table, words
from garrison.vocabulary import Attribution, Role, Span

_MASCULINE_OR_FEMININE = frozenset({"he", "she"})
_PLACE_WORDS = frozenset(
    "north south east west northern southern eastern western central new united saudi san santa sri great"
    " north-east north-west south-east south-west el al gulf port fort mount lake".split()
)
_GENERIC = frozenset(
    {"agency", "group", "service", "source", "official", "officer", "command", "body", "organisation", "organization"}
    | {"statement", "ministry", "panel", "party", "movement", "union", "secretariat", "office", "mission", "company"}
)


class _Mention:
    """A person whom the passage names beside a title."""

    __slots__ = ("at", "name", "title")

    def __init__(self, at: int, name: str, title: frozenset[str]) -> None:
        self.at, self.name, self.title = at, name, title


class Referents:
    """The people and bodies of a passage, as far as it has been read.

    Args:
        text: the passage.
        title: its headline.
    """

    def __init__(self, text: str, title: str | None) -> None:
        self._spoken: list[tuple[Attribution, frozenset[str]]] = []
        self._sentence: Sequence[Token] = ()
        self._openers: list[tuple[int, Attribution]] = []
        self._tokens = tokens_of(text, Span(0, len(text)))
        self._bodies: dict[str, list[int]] = {}
        for number, token in enumerate(self._tokens):
            if token.is_capitalised and offices().get(token.lower, ("", ""))[1] == "body":
                self._bodies.setdefault(token.lower, []).append(number)
        self._text = text
        self._mentions = _mentions(text) + (_mentions(title, before=True) if title else [])
        self._people = sorted([*self._mentions, *_full_names(self._tokens)], key=lambda mention: mention.at)

    def interviewee(self) -> Attribution | None:
        """Whom the headline names as the one who answers; ``None`` where it names nobody."""
        named = [mention for mention in self._mentions if mention.at < 0]
        return Attribution(named[0].name, _title_role(named[0].title)) if named else None

    def open_sentence(self, tokens: Sequence[Token]) -> None:
        """Take the sentence of ``tokens`` as the one being read: its subject may be meant by "it"."""
        self._sentence = tokens
        for at, token in enumerate(tokens[:9]):
            if offices().get(token.lower, ("", ""))[1] == "title" and not token.lower.endswith("s"):
                phrase = phrase_ending(tokens, at)
                follows = tokens[at + 1] if at + 1 < len(tokens) else None
                if phrase and phrase.first == 0 and follows and follows.lower in words("auxiliaries.txt"):
                    self._openers.append((token.start, attribution(self._text, tokens, phrase)))
                break

    def resolve(self, source: Attribution, piece: Sequence[Token]) -> Attribution | None:
        """The speaker of ``source`` by name where the passage names them; ``None`` for a pronoun with no referent.

        Args:
            source: the speaker as the phrase gives it.
            piece: the words of the phrase, the pronoun or description.
        """
        lower = piece[0].lower
        if piece[-1].lower == "them" and self._spoken:
            return self._spoken[-1][0]
        if len(piece) == 1 and lower in PRONOUNS:
            found = self._antecedent(lower, piece[0].start)
        else:
            found = self._fuller(source, piece)
        if found:
            described = frozenset(token.lower.removesuffix("'s") for token in piece if token.is_word)
            self._spoken.append((found, described if len(piece) > 1 else frozenset()))
        return found

    def _antecedent(self, pronoun: str, at: int) -> Attribution | None:
        if pronoun in _MASCULINE_OR_FEMININE:
            for source, described in reversed(self._spoken):
                if _is_person(source, described):
                    return source
            before = [mention for mention in self._people if mention.at < at]
            if not before:
                return self._described_opener(at)
            return Attribution(before[-1].name, _title_role(before[-1].title)) if before else None
        if pronoun == "it":
            for source, described in reversed(self._spoken):
                if not _is_person(source, described):
                    return source
            return self._subject(at)
        if pronoun in {"they", "one"} and self._spoken:
            return self._spoken[-1][0]
        return None

    def _described_opener(self, at: int) -> Attribution | None:
        """The unnamed office that opens a sentence before the offset ``at``: "The minister was asked …. He said"."""
        for opener in reversed(self._openers):
            if opener[0] < at:
                return opener[1]
        return None

    def _named_body(self, noun: str, at: int) -> str | None:
        """The body that the passage names before the offset ``at`` with ``noun`` as its last word."""
        for end in reversed(self._bodies.get(noun, ())):
            if self._tokens[end].start < at:
                begin = end
                while (
                    begin
                    and end - begin < 6
                    and self._tokens[begin - 1].is_word
                    and _may_name_body(self._tokens[begin - 1])
                ):
                    begin -= 1
                if begin < end:
                    return " ".join(token.text for token in self._tokens[begin : end + 1])
        return None

    def _subject(self, at: int) -> Attribution | None:
        """The body that opens the sentence, for "it announced" at the offset ``at`` with nobody named before."""
        begin = 0
        for dash, token in enumerate(self._sentence[:6]):
            if token.text in {"-", "–", "—"}:
                begin = dash + 1
        end = begin
        while end < len(self._sentence) and self._sentence[end].start < at and _may_subject(self._sentence[end]):
            end += 1
        piece = self._sentence[begin:end]
        if not piece or end - begin > 8 or not any(token.is_capitalised for token in piece[1:] or piece):
            return None
        named = [token.text for token in piece if token.lower not in {"the", "a", "an"}]
        return Attribution(" ".join(named).removesuffix("’s").removesuffix("'s")) if named else None

    def _fuller(self, source: Attribution, piece: Sequence[Token]) -> Attribution:
        name = source.name.split()
        if len(name) == 1 and name[0][:1].isupper():
            for mention in self._people:
                if mention.name.split()[-1].casefold() == name[0].casefold():
                    return Attribution(mention.name, source.role or _title_role(mention.title))
            return source
        if is_person_name(piece):
            for mention in self._mentions:
                if mention.name == source.name:
                    return Attribution(source.name, source.role or _title_role(mention.title))
            return source
        described = _content(piece)
        definite = piece[0].lower in {"the", "this", "that", "same", "its", "their"} or piece[0].lower.endswith("'s")
        plain = all(token.lower in {"the", "this", "that", "same"} for token in piece[:-1])
        if not definite or named_person(piece):
            return source
        office = _office(described)
        if office and any(offices().get(word, ("", ""))[1] == "title" for word in office):
            for mention in self._mentions:
                if office <= mention.title:
                    return Attribution(mention.name, source.role or _title_role(mention.title))
        if len(described) == 1 and plain:
            (word,) = described
            for spoken, words_used in reversed(self._spoken):
                used = words_used | {part.lower() for part in spoken.name.split()}
                if word in used or (word + "s") in used or word.removesuffix("s") in used:
                    return spoken
            named = self._named_body(word, piece[0].start)
            if named:
                return Attribution(named, source.role)
            if word.removesuffix("s") in _GENERIC:
                for spoken, words_used in reversed(self._spoken):
                    if not _is_person(spoken, words_used):
                        return spoken
        return source


def _content(piece: Sequence[Token]) -> frozenset[str]:
    return frozenset(
        token.lower
        for token in piece
        if token.is_word
        and token.lower not in words("determiners.txt")
        and token.lower not in words("prepositions.txt")
        and not token.lower.endswith("'s")
        and token.lower not in {"same", "then", "acting"}
    )


def _office(described: frozenset[str]) -> frozenset[str]:
    for description, office in _synonyms():
        if description <= described:
            return office
    return described


@cache
def _synonyms() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple(
        (frozenset(row["description"].split()), frozenset(row["office"].split()))
        for row in table("office_synonyms.csv")
    )


def _is_person(source: Attribution, described: frozenset[str]) -> bool:
    parts = source.name.split()
    sorts = {offices()[word][1] for word in described | {part.lower() for part in parts} if word in offices()}
    if "title" in sorts:
        return True
    return not sorts and parts[0][:1].isupper() and (len(parts) > 1 or source.role in {None, Role.PRIVATE_PERSON})


def _title_role(title: frozenset[str]) -> Role | None:
    roles = {offices()[word][0] for word in title if word in offices()}
    for role in (Role.FORCE, Role.GOVERNMENT, Role.MEDIA, Role.ORGANISATION, Role.PRIVATE_PERSON):
        if role.value in roles:
            return role
    return None


def _mentions(text: str, before: bool = False) -> list[_Mention]:
    """People named beside a title: "Foreign Minister Ann Roe", "the foreign minister, Ann Roe,"."""
    tokens = tokens_of(text, Span(0, len(text)))
    found: list[_Mention] = []
    at = 0
    while at < len(tokens):
        if offices().get(tokens[at].lower, ("", ""))[1] != "title" or tokens[at].lower.endswith("s"):
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
            found.append(_Mention(-1 if before else tokens[first].start, name, title))
        at = max(end, at + 1)
    return found


def _full_names(tokens: Sequence[Token]) -> list[_Mention]:
    """People named in full once and by surname elsewhere: "Ann Roe … Roe said"."""
    alone = {
        _singular(token)
        for at, token in enumerate(tokens)
        if _may_name(token) and not (at and tokens[at - 1].is_word and tokens[at - 1].is_capitalised)
    }
    found = []
    for first, last in pairwise(tokens):
        named = (
            _may_name(first) and _may_name(last) and not first.lower.endswith("'s") and first.lower not in _PLACE_WORDS
        )
        if named and _singular(last) in alone and first.lower not in words("determiners.txt") | words("adverbs.txt"):
            name = f"{first.text} {last.text}".removesuffix("’s").removesuffix("'s")
            found.append(_Mention(first.start, name, frozenset()))
    return found


def _singular(token: Token) -> str:
    return token.lower.removesuffix("'s")


def _may_subject(token: Token) -> bool:
    return (
        token.is_word
        and token.lower not in words("auxiliaries.txt")
        and token.lower not in words("finite_verbs.txt")
        and token.lower not in words("prepositions.txt") - {"of", "for"}
    )


def _may_name_body(token: Token) -> bool:
    return (
        token.is_capitalised
        and token.lower not in words("determiners.txt")
        and token.lower not in words("prepositions.txt")
    )


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
