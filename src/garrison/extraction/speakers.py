"""Speakers: who a noun phrase beside a verb of saying names, and what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from garrison.extraction.words import table, words
from garrison.vocabulary import Attribution, Role, Span

_TOKEN = re.compile(r"[^\W_]++(?:(?:['’.\-–&/]|,(?=\d{3}))[^\W_]++)*+['’]?|[^\w\s]")
_LONGEST = 22  # words in a noun phrase, at most
_LONGEST_NAME = 5  # words in a person's name, at most
PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "you", "one", "who", "which", "this", "that", "those"})
_OWN_VOICE = frozenset({"our", "this", "us", "we", "i", "my"})
_STOPS = frozenset(
    "that which who whom whose where when while because although though whereas if whether unless as than"
    " said says told tells announced added adds saying adding".split()
)
_PARTICLES = frozenset("al el bin ibn abu von van der de da del dos la le ul ur bint".split())
_RELATIVES = frozenset({"who", "which", "whose", "where", "whom", "then", "speaking", "representing"})
_PIECE_ENDS = frozenset({",", ";", ":", "“", "”", '"', "—", "–"})
_MOST_PIECES = 6  # between commas, in front of a verb
_PLACERS = frozenset({"in", "of", "for", "at", "from", "with", "on", "to", "near", "close", "by", "inside", "familiar"})


class Token(NamedTuple):
    """A word or a mark of the text."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.lower[0].isalnum()

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital, prefixes such as ``al-`` aside."""
        return self.text[0].isupper() or (self.text[:3].lower() in {"al-", "el-"} and self.text[3:4].isupper())


@dataclass(frozen=True, slots=True)
class Phrase:
    """The noun phrase of a speaker: its words, as positions of tokens, the last not included."""

    first: int
    last: int
    begins: int  # where the phrase begins with its appositions


def tokens_of(text: str, span: Span) -> list[Token]:
    """The words and marks of ``text`` within ``span``; straight apostrophes in ``lower``."""
    return [
        Token(match.group(), match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in _TOKEN.finditer(text, span.start, span.end)
    ]


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
    while begin > 0 and tokens[begin - 1].is_word and at - begin <= _LONGEST_NAME + 1:
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


def _title_at_end(piece: Sequence[Token]) -> bool:
    return offices().get(piece[-1].lower, ("", ""))[1] == "title"


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
        while end < len(tokens) and tokens[end].is_word and end - at <= _LONGEST_NAME:
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
    return bool(following) and (
        following[0].endswith("ing")
        or any(
            w
            in {
                "statement",
                "interview",
                "briefing",
                "report",
                "letter",
                "message",
                "video",
                "speech",
                "condition",
                "telephone",
                "twitter",
                "television",
                "telegram",
                "bulletin",
                "assessment",
            }
            for w in following
        )
    )


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
        if not (token.is_capitalised or token.lower in _PARTICLES or token.text == "."):
            return None
    return None


def is_person_name(piece: Sequence[Token]) -> bool:
    """Whether all of ``piece`` reads as a person's name, titles before it included."""
    found = named_person(piece)
    return bool(found and all(token.is_capitalised or not token.is_word for token in piece)) or (
        2 <= len(piece) <= _LONGEST_NAME and _is_name(piece)
    )


def _is_name(piece: Sequence[Token]) -> bool:
    named = [token for token in piece if token.is_word]
    return (
        0 < len(named) <= _LONGEST_NAME
        and named[0].is_capitalised
        and named[-1].is_capitalised
        and all(
            (token.is_capitalised or token.lower in _PARTICLES)
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
    if any(word in {"official", "officials"} for word in lowered):
        return Role.GOVERNMENT
    return None


def attribution(text: str, tokens: Sequence[Token], phrase: Phrase) -> Attribution:
    """The speaker that the phrase names: the person's name without titles, else the description as written."""
    piece = tokens[phrase.first : phrase.last]
    cut = next((i for i, token in enumerate(piece) if i and token.lower in {"who", "which", "that"}), len(piece))
    piece = piece[:cut]
    source = _author(piece)
    if source and not speaks_for_the_outlet(piece[source:]):
        piece = piece[source:]
    else:
        piece = piece[: _paper_end(piece)]
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
