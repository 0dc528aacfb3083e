"""Referents: whom a pronoun, a surname or a title means in a passage."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from functools import cache

from garrison.extraction.descriptions import attribution, is_person_name, named_person, offices
from garrison.extraction.mentions import Mention, named_by_surname, named_in_full, subjects, titled
from garrison.extraction.speakers import PRONOUNS, phrase_ending
from garrison.extraction.tokens import Token, tokens_of
from garrison.extraction.words import table, words
from garrison.vocabulary import Attribution, Role, Span

_MASCULINE_OR_FEMININE = frozenset({"he", "she"})
_MEMORY = 40  # speakers and mentions looked back at, at most
_LONGEST_BODY = 6  # words in the name of a body
_GENERIC = frozenset(
    {"agency", "group", "service", "source", "official", "officer", "command", "body", "organisation", "organization"}
    | {"statement", "ministry", "panel", "party", "movement", "union", "secretariat", "office", "mission", "company"}
)


class Referents:
    """The people and bodies of a passage, as far as it has been read.

    ``tokens`` are the passage's.

    Args:
        text: the passage.
        title: its headline.
    """

    def __init__(self, text: str, title: str | None) -> None:
        self._spoken: deque[tuple[Attribution, frozenset[str]]] = deque(maxlen=_MEMORY)
        self._openers: deque[tuple[int, Attribution]] = deque(maxlen=_MEMORY)
        self._sentence: Sequence[Token] = ()
        self._text = text
        self.tokens: Sequence[Token] = tokens_of(text, Span(0, len(text)))
        self._bodies: dict[str, list[int]] = {}
        known = offices()
        for number, token in enumerate(self.tokens):
            if token.is_capitalised and known.get(token.lower, ("", ""))[1] == "body":
                self._bodies.setdefault(token.lower, []).append(number)
        self._subjects = subjects(self.tokens)
        self._headline = titled(tokens_of(title, Span(0, len(title))), before=True) if title else []
        mentions = titled(self.tokens) + self._headline
        people = sorted([*mentions, *named_in_full(self.tokens)], key=lambda mention: mention.at)
        self._by_surname = {mention.surname: mention for mention in reversed(people)}
        self._by_name = {mention.name: mention for mention in reversed(mentions)}
        self._by_title: dict[str, list[Mention]] = {}
        for mention in mentions:
            for word in mention.title:
                self._by_title.setdefault(word, []).append(mention)
        self._people = sorted([*people, *named_by_surname(self.tokens, people)], key=lambda mention: mention.at)

    def interviewee(self) -> Attribution | None:
        """Whom the headline names as the one who answers; ``None`` where it names nobody."""
        return Attribution(self._headline[0].name, self._headline[0].role) if self._headline else None

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
            before = bisect_left(self._people, at, key=lambda mention: mention.at)
            if not before:
                return self._described_opener(at) or self._bare_subject(at)
            return Attribution(self._people[before - 1].name, self._people[before - 1].role)
        if pronoun == "it":
            for source, described in reversed(self._spoken):
                if not _is_person(source, described):
                    return source
            return self._subject(at)
        if pronoun in {"they", "one"} and self._spoken:
            return self._spoken[-1][0]
        return None

    def _bare_subject(self, at: int) -> Attribution | None:
        """The person whom the passage only knows by one name, as the subject of a verb before the offset ``at``."""
        before = bisect_left(self._subjects, at, key=lambda mention: mention.at)
        return Attribution(self._subjects[before - 1].name) if before else None

    def _described_opener(self, at: int) -> Attribution | None:
        """The unnamed office that opens a sentence before the offset ``at``: "The minister was asked …. He said"."""
        for opener in reversed(self._openers):
            if opener[0] < at:
                return opener[1]
        return None

    def _named_body(self, noun: str, at: int) -> str | None:
        """The body that the passage names before the offset ``at`` with ``noun`` as its last word."""
        ends = self._bodies.get(noun, [])
        before = bisect_left(ends, at, key=lambda end: self.tokens[end].start)
        for end in reversed(ends[max(before - _MEMORY, 0) : before]):
            begin = end
            while begin and end - begin < _LONGEST_BODY and _may_name_body(self.tokens[begin - 1]):
                begin -= 1
            if begin < end:
                return " ".join(token.text for token in self.tokens[begin : end + 1])
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
            mention = self._by_surname.get(name[0].casefold())
            return Attribution(mention.name, source.role or mention.role) if mention else source
        if is_person_name(piece):
            mention = self._by_name.get(source.name)
            return Attribution(source.name, source.role or mention.role) if mention else source
        described = _content(piece)
        definite = piece[0].lower in {"the", "this", "that", "same", "its", "their"} or piece[0].lower.endswith("'s")
        plain = all(token.lower in {"the", "this", "that", "same"} for token in piece[:-1])
        if not definite or named_person(piece):
            return source
        office = _office(described)
        if any(offices().get(word, ("", ""))[1] == "title" for word in office):
            holders = min((self._by_title.get(word, []) for word in office), key=len)
            for mention in holders[:_MEMORY]:
                if office <= mention.title:
                    return Attribution(mention.name, source.role or mention.role)
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
    if sorts or not parts:  # a possessive alone ("the ’s said") leaves no name
        return False
    return parts[0][:1].isupper() and (len(parts) > 1 or source.role in {None, Role.PRIVATE_PERSON})


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
