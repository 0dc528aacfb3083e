"""Speakers: the noun phrases beside a verb of saying, and where they begin and end."""

from __future__ import annotations

from collections.abc import Sequence

from garrison.extraction.descriptions import (
    LONGEST_NAME,
    Phrase,
    is_person_name,
    is_shortened,
    named_person,
    names_office,
    offices,
)
from garrison.extraction.tokens import Token
from garrison.extraction.words import words

_LONGEST = 22  # words in a noun phrase, at most
PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "you", "one", "who", "which", "this", "that", "those"})
_STOPS = frozenset(
    {"that", "which", "who", "whom", "whose", "where", "when", "while", "because", "although", "though", "whereas"}
    | {"if", "whether", "unless", "as", "than", "said", "says", "told", "tells", "announced", "added", "adds"}
    | {"saying", "adding", "according"}
)
_OCCASIONS = frozenset(
    {"statement", "interview", "briefing", "report", "letter", "message", "video", "speech", "condition", "telephone"}
    | {"twitter", "television", "telegram", "bulletin", "assessment"}
)
_RELATIVES = frozenset({"who", "which", "whose", "where", "whom", "then", "speaking", "representing"})
_PIECE_ENDS = frozenset({",", ";", ":", "“", "”", '"', "—", "–"})
_MOST_PIECES = 6  # between commas, in front of a verb
_PLACERS = frozenset({"in", "of", "for", "at", "from", "with", "on", "to", "near", "close", "by", "inside", "familiar"})


def phrases_before(tokens: Sequence[Token], verb: int) -> tuple[list[Phrase], bool]:
    """The subjects of the verb at ``verb``, and whether the verb is negated; no subjects where none can be told."""
    at = verb - 1
    adverbs, temporal = words("adverbs.txt"), words("temporal.txt")
    while at >= 0:
        token = tokens[at]
        if token.lower in {"not", "never"} or token.lower.endswith("n't"):
            return [], True
        if token.lower in {"may", "might", "can", "could", "should"}:
            # "whatever Beijing may say" reports nothing.
            return [], True
        if token.lower in words("auxiliaries.txt") or token.lower in adverbs or token.lower.endswith("ly"):
            at -= 1
        elif token.lower in temporal or token.lower.rstrip("sthndr").isdigit():
            at -= 1
            while at >= 0 and tokens[at].lower in {"on", "in", "late", "early", "last", "this", "earlier"}:
                at -= 1
        elif token.text == ")":
            at = next((i - 1 for i in range(at, max(at - 9, -1), -1) if tokens[i].text == "("), -1)
        elif token.text in {'"', "“"} and at and tokens[at - 1].lower in words("auxiliaries.txt"):
            at -= 1
        else:
            break
    if at < 0:
        return [], False
    if tokens[at].lower in {"who", "which"} and at > 1:
        phrase = phrase_ending(tokens, at - 2 if tokens[at - 1].text == "," else at - 1)
        if phrase is None:
            return [], False
        if not is_person_name(tokens[phrase.first : phrase.last]) and not names_office(tokens, phrase):
            return [], False
        return [Phrase(phrase.first, phrase.last, phrase.first)], False
    if tokens[at].text == ",":
        phrase = _before_apposition(tokens, at)
        return ([phrase] if phrase else []), False
    return _phrases_ending(tokens, at), False


def _phrases_ending(tokens: Sequence[Token], last: int) -> list[Phrase]:
    phrase = phrase_ending(tokens, last)
    if phrase is None:
        return []
    named = _name_before_apposition(tokens, phrase)
    if named:
        return [named]
    before = phrase.first - 1
    if before >= 1 and tokens[before].lower in {"and", "or"}:
        other = phrase_ending(tokens, before - 1)
        if other and _opens_clause(tokens, other.first) and not _is_verbal(tokens, other):
            if tokens[other.first].lower in PRONOUNS:
                return [phrase]
            if (
                not names_office(tokens, other)
                and not tokens[phrase.first].is_capitalised
                and other.last - other.first < 3
            ):
                # "current and former officials" are one phrase.
                return [Phrase(other.first, phrase.last, other.begins)]
            return [
                Phrase(other.first, other.last, other.begins),
                Phrase(phrase.first, phrase.last, other.begins),
            ]
    return [phrase]


def phrase_ending(tokens: Sequence[Token], last: int) -> Phrase | None:
    """The noun phrase whose last word is at ``last``."""
    if last < 0 or not tokens[last].is_word:
        return None
    if tokens[last].lower in PRONOUNS:
        return Phrase(last, last + 1, last)
    if tokens[last].lower in _STOPS or tokens[last].lower in words("prepositions.txt"):
        return None
    first, at = last, last
    determiners, prepositions = words("determiners.txt"), words("prepositions.txt")
    while at >= 0 and last - at < _LONGEST:
        token = tokens[at]
        if not token.is_word:
            if not (token.text == "." and at and is_shortened(tokens[at - 1])) and token.text not in {"&", "’"}:
                break
        elif (
            token.lower in _STOPS
            or token.lower in words("auxiliaries.txt")
            or token.lower in {"and", "or", "but"}
            or (token.lower in words("temporal.txt") and not token.lower.endswith("s"))
            or (token.lower.endswith("ed") and at < last and tokens[at + 1].lower in determiners | PRONOUNS)
        ):
            break
        else:
            first = at
            if token.lower in determiners and at and tokens[at - 1].is_word:
                before = tokens[at - 1].lower
                placed = before in _PLACERS and at > 1 and tokens[at - 2].is_word
                if before not in determiners and not placed and not before.endswith(("'s", "s'")):
                    break
        at -= 1
    first = _without_opening(tokens, first, last, determiners, prepositions)
    return Phrase(first, last + 1, first) if first <= last else None


def _without_opening(
    tokens: Sequence[Token], first: int, last: int, determiners: frozenset[str], prepositions: frozenset[str]
) -> int:
    """Where the phrase begins once adverbs and times at its head ("On Monday the …", "In Accra a …") are left out."""
    while first <= last and (tokens[first].lower in words("adverbs.txt") or not tokens[first].is_word):
        first += 1
    if first > last or tokens[first].lower not in prepositions:
        return first
    temporal = words("temporal.txt")
    for at in range(last, first, -1):
        lower, before = tokens[at].lower, tokens[at - 1]
        if (
            lower in determiners
            and before.is_word
            and before.lower not in prepositions
            and before.lower not in determiners
        ):
            return at
    at = first + 1
    while at <= last and (
        tokens[at].lower in temporal or tokens[at].lower[0].isdigit() or tokens[at].lower in {"the", "a"}
    ):
        at += 1
    if at > first + 1:
        return at
    named = last - first >= 2 and all(token.is_capitalised for token in tokens[first + 1 : last + 1])
    return first + 2 if named else last + 1


def _before_apposition(tokens: Sequence[Token], comma: int) -> Phrase | None:
    """The subject that ends before the apposition which the comma at ``comma`` closes: "X, the head of Y, said"."""
    pieces: list[tuple[int, int]] = []
    end, finite = comma, words("finite_verbs.txt")
    while len(pieces) < _MOST_PIECES:
        begin = end
        while begin and end - begin < _LONGEST and tokens[begin - 1].text not in _PIECE_ENDS:
            begin -= 1
        aside = begin < end and (tokens[begin].lower in _RELATIVES or tokens[begin].lower in words("prepositions.txt"))
        if begin == end or (not aside and _is_clause(tokens, begin, end, finite)):
            break
        pieces.append((begin, end))
        if not begin or tokens[begin - 1].text != ",":
            break
        end = begin - 1
    begins = pieces[-1][0] if pieces else 0
    for begin, end in pieces:
        if is_person_name(tokens[begin:end]):
            return Phrase(begin, end, begins)
    for begin, end in reversed(pieces):
        head = tokens[begin].lower
        if head in _RELATIVES or head in words("prepositions.txt") or head in words("temporal.txt"):
            continue
        phrase = phrase_ending(tokens, end - 1)
        if phrase and not head.endswith(("ing", "ed")) and not head[0].isdigit():
            return Phrase(phrase.first, phrase.last, min(begins, phrase.first))
    return None


def _is_clause(tokens: Sequence[Token], begin: int, end: int, finite: frozenset[str]) -> bool:
    return any(token.lower in finite and token.lower not in offices() for token in tokens[begin:end])


def _name_before_apposition(tokens: Sequence[Token], phrase: Phrase) -> Phrase | None:
    """The named person whom ``phrase`` only describes: "X, the head of Y said"."""
    at = phrase.first
    if at < 2 or tokens[at - 1].text != "," or not names_office(tokens, phrase):
        return None
    if tokens[at].lower not in words("determiners.txt") and tokens[at].lower not in offices():
        return None
    begin = at - 2
    while begin > 0 and tokens[begin - 1].is_word and at - begin <= LONGEST_NAME + 1:
        begin -= 1
    if _opens_clause(tokens, begin) and is_person_name(tokens[begin : at - 1]):
        return Phrase(begin, at - 1, begin)
    return None


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 1] if at else None
    return (
        before is None
        or not before.is_word
        or before.lower in _STOPS
        or before.lower in words("adverbs.txt")
        or before.lower in words("temporal.txt")
    )


def _is_verbal(tokens: Sequence[Token], phrase: Phrase) -> bool:
    finite = words("finite_verbs.txt")
    return any(
        token.lower in finite and token.lower not in offices() and not token.is_capitalised
        for token in tokens[phrase.first : phrase.last]
    )


def phrases_after(tokens: Sequence[Token], at: int) -> list[Phrase]:
    """The noun phrases that begin at ``at``: "according to X and Y", "said X, a colonel"."""
    first = at
    while at < len(tokens) and at - first < _LONGEST:
        token = tokens[at]
        if not token.is_word:
            if not (token.text == "." and at + 1 < len(tokens) and is_shortened(tokens[at - 1])) and token.text not in {
                "&",
                "’",
            }:
                break
        elif at > first and (
            token.lower in _STOPS
            or token.lower in words("auxiliaries.txt")
            or token.lower in words("temporal.txt")
            or (token.lower in {"late", "early", "last"} and tokens[at - 1].is_word)
            or (
                token.lower in {"on", "after", "before", "during", "following", "in", "at"}
                and _is_circumstance(tokens, at)
            )
        ):
            break
        at += 1
    if at == first:
        return []
    if tokens[first].lower in words("prepositions.txt") or tokens[first].lower in _STOPS:
        return []
    if at + 1 < len(tokens) and tokens[at].text == "," and names_office(tokens, Phrase(first, at, first)):
        end = at + 1
        while end < len(tokens) and tokens[end].is_word and end - at <= LONGEST_NAME:
            end += 1
        closed = end == len(tokens) or tokens[end].text in {",", ".", "”", '"', ";"}
        if closed and is_person_name(tokens[at + 1 : end]) and not named_person(tokens[first:at]):
            return [Phrase(at + 1, end, first)]
    conjunction = next((i for i in range(first + 1, at - 1) if tokens[i].lower == "and"), None)
    if conjunction is not None:
        left, right = Phrase(first, conjunction, first), Phrase(conjunction + 1, at, first)
        separate = tokens[right.first].lower in words("determiners.txt") or (
            names_office(tokens, left) and names_office(tokens, right)
        )
        if separate or (right.last - right.first == 1 and left.last - left.first == 1):
            return [left, right]
    return [Phrase(first, at, first)]


def _is_circumstance(tokens: Sequence[Token], at: int) -> bool:
    """Whether the preposition at ``at`` opens a time or an occasion, not a part of the speaker's description."""
    following = [token.lower for token in tokens[at + 1 : at + 4]]
    if tokens[at].lower in {"after", "before", "during", "following"}:
        return True
    if any(word in words("temporal.txt") or word[:1].isdigit() for word in following[:2]):
        return True
    return bool(following) and (following[0].endswith("ing") or any(word in _OCCASIONS for word in following))
