"""Sayings: the words in a sentence by which someone says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from garrison.extraction.descriptions import Phrase, names_office, offices
from garrison.extraction.speakers import phrases_after, phrases_before
from garrison.extraction.tokens import Token
from garrison.extraction.words import table, words

CLOSERS = frozenset({'"', "”", "’", "»", "'"})
OPENERS = frozenset({'"', "“", "‘", "«"})
_RECIPIENT_TAKERS = frozenset({"told", "tells", "telling", "informed", "informs", "advised", "assured", "reminded"})
_CITING = frozenset({"citing", "quoting", "per"})
_QUOTING = frozenset({"quoted", "quotes", "cited", "cites"})
_ASIDE = frozenset(
    {"as", "after", "when", "while", "before", "who", "which", "whose", "following", "during", "but", "and", "where"}
)
_PASSIVE = frozenset({"is", "are", "was", "were", "been", "being", "as"})
_PROGRESSIVE = frozenset({"is", "are", "was", "were", "been"})
_CALLING = frozenset({"calling", "demanding", "urging", "asking", "requesting", "appealing", "proposing", "denying"})
_FARTHEST_SUBJECT = 40  # words
_TELLING = frozenset({"saying", "warning", "telling", "reporting", "announcing", "claiming", "insisting", "arguing"})
_NO_SUBJECT = _PASSIVE | frozenset({"to", "be", "a", "an", "the", "of", "its", "no", "their", "his", "her"})


class Saying(NamedTuple):
    """A cue in a sentence, before its scope is known."""

    verb: int
    sort: str
    phrases: list[Phrase]
    begins: int  # position of the first token of the speaker
    ends: int  # position after the verb and whom it is said to
    follows: bool  # whether what is said follows
    recipient: list[Phrase]


@cache
def may_say() -> frozenset[str]:
    """The words, in lower case, at which there may be a cue; at any other there is none."""
    return frozenset({"according", *words("speech_nouns.txt"), *_CITING, *_QUOTING, *_verbs()})


def saying_at(tokens: Sequence[Token], at: int) -> Saying | None:
    """The cue at ``at``, if there is one."""
    lower = tokens[at].lower
    if lower == "according" and at + 2 < len(tokens) and tokens[at + 1].lower == "to":
        return _cited(tokens, at, at + 2)
    if lower in words("speech_nouns.txt"):
        owned = _owned(tokens, at)
        if owned:
            return owned
    if lower in _CITING and at + 1 < len(tokens):
        cited = _cited(tokens, at, at + 1)
        return cited if cited and _can_speak(tokens, cited.phrases, "hold") else None
    if lower in _QUOTING:
        return _quoted(tokens, at)
    sort = _verbs().get(lower)
    if sort is None:
        return None
    before, after = tokens[at - 1] if at else None, tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if after == "by" and lower.endswith("ed") and at + 2 < len(tokens):
        passive = before and (
            before.lower in _PASSIVE or before.text == "," or (sort != "call" and before.lower == "as")
        )
        cited = _cited(tokens, at, at + 2) if passive or (before and before.lower == "as") else None
        return cited if cited and _can_speak(tokens, cited.phrases, "hold") else None
    if lower in _CALLING | _TELLING and before and before.lower in _PROGRESSIVE:
        # "is demanding that", "are calling for".
        sort = "call" if lower in _CALLING else "say"
    if sort == "ing":
        if before is None or not (
            before.lower in {",", '"', "”", "but", "and", "while"}
            or offices().get(before.lower, ("", ""))[1] == "paper"
        ):
            return None
        return Saying(at, sort, _clause_subject(tokens, at), at, _past_recipient(tokens, at)[0], True, [])
    if before and before.lower in _NO_SUBJECT and not (lower.endswith("ing") and before.lower in _PROGRESSIVE):
        return None
    if not _takes(tokens, at, sort):
        return None
    inverted = _inverted(tokens, at, sort)
    if inverted:
        return inverted
    ends, recipient = _past_recipient(tokens, at)
    adverbs = words("adverbs.txt")
    joint = at - 1
    while joint > 0 and (tokens[joint].lower.endswith("ly") or (tokens[joint].lower in adverbs - {"and", "but"})):
        joint -= 1
    if joint >= 0 and tokens[joint].lower in {"and", "but"}:
        # "has 500 men and says that …": the subject stands before the first verb.
        phrases, negated = _clause_subject(tokens, at), False
        if phrases:
            return Saying(at, sort, phrases, at, ends, True, recipient)
        return None
    phrases, negated = phrases_before(tokens, at)
    if negated or not phrases or not _can_speak(tokens, phrases, sort):
        return None
    begins = min(phrase.begins for phrase in phrases)
    if recipient and ends < len(tokens) and tokens[ends].lower == "to":
        # "told the army to leave" is an order, not a report.
        return None
    if begins and tokens[begins - 1].lower in {"if", "unless", "whether", "whatever", "until"}:
        return None
    if lower in words("ambiguous_verbs.txt") and not _is_used_as_verb(tokens, at, phrases):
        return None
    follows = sort == "object" or _follows(tokens, begins, ends, sort)
    if sort == "clause" and follows and not _clause_or_quotation(tokens, ends):
        return None
    return Saying(at, sort, phrases, begins, ends, follows, recipient)


def _clause_or_quotation(tokens: Sequence[Token], at: int) -> bool:
    return any(token.lower == "that" or token.text in OPENERS | {":"} for token in tokens[at : at + 7])


def _owned(tokens: Sequence[Token], at: int) -> Saying | None:
    """``X's call for S``: whose words the noun at ``at`` stands for."""
    following = [token.lower for token in tokens[at + 1 : at + 5]]
    if not following or not (following[0] in {"for", "to"} or "that" in following):
        return None
    owner = next((i for i in range(at - 1, max(at - 4, -1), -1) if tokens[i].lower.endswith(("'s", "s'"))), None)
    if owner is None and at > 1 and following[0] == "that" and tokens[at - 1].is_capitalised:
        owner = at - 1  # "a US announcement that"
    if owner is None:
        return None
    begin = owner
    while begin and tokens[begin - 1].is_capitalised and tokens[begin - 1].lower not in words("determiners.txt"):
        begin -= 1
    phrase = Phrase(begin, owner + 1, begin)
    return Saying(at, "noun", [phrase], begin, at + 2, True, []) if _can_speak(tokens, [phrase], "hold") else None


def _quoted(tokens: Sequence[Token], at: int) -> Saying | None:
    """``M quoted X as saying S``: both speak, and ``quoted by M``."""
    if at + 2 < len(tokens) and tokens[at + 1].lower == "by":
        return _cited(tokens, at, at + 2)
    if at and tokens[at - 1].lower in {"that", "which", "who"}:
        return _cited(tokens, at, at + 1)
    outer, _ = phrases_before(tokens, at)
    inner = phrases_after(tokens, at + 1)
    saying = next((i for i in range(at, min(at + 24, len(tokens) - 1)) if tokens[i].lower == "as"), None)
    if not outer or not inner or saying is None or tokens[saying + 1].lower not in {"saying", "telling", "having"}:
        return None
    begins = outer[0].begins
    ends = saying + 2
    phrases = [*inner, *outer]
    return Saying(at, "say", phrases, begins, ends, _follows(tokens, begins, ends, "say"), [])


def _takes(tokens: Sequence[Token], at: int, sort: str) -> bool:
    """Whether the verb at ``at`` is followed as a verb of its sort must be: "called for", "ruled out", "put … at"."""
    lower, after = tokens[at].lower, tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if lower in {"call", "calls", "called", "calling"}:
        return after in {"for", "on", "again", "upon", "once"}
    if lower in {"talk", "talks", "talked"}:
        return after in {"of", "about"}
    if lower in {"appeal", "appeals", "appealed", "appealing"}:
        return after in {"for", "on", "to", "again"}
    if sort == "add":
        return after not in {"up", "to", "another", "a", "further"} and not after[:1].isdigit()
    if sort == "of":
        return any(token.lower == "of" for token in tokens[at + 1 : at + 6])
    if lower in {"states", "hold", "holds", "held"}:
        return "that" in {token.lower for token in tokens[at + 1 : at + 5]} and tokens[max(at - 1, 0)].lower != "united"
    if lower in {"rule", "rules", "ruled"}:
        return after == "out"
    if sort == "put":
        return any(token.lower in {"at", "between"} for token in tokens[at + 1 : at + 10])
    return True


def _is_used_as_verb(tokens: Sequence[Token], at: int, phrases: Sequence[Phrase]) -> bool:
    """Whether a form that is as often a noun is a verb here: after a whole noun phrase, before what is said."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    last = tokens[phrases[-1].last - 1].lower
    lower = tokens[at].lower
    if after and after.lower == "that":
        return True
    if after and after.text in {":", "-", "(", ")"}:
        return False
    if after is None or not after.is_word:
        return True
    if lower.endswith(("ed", "thought")):
        if any(token.lower == "that" for token in tokens[at + 1 : at + 6]):
            return True
        if after.lower[0].isdigit() or (lower == "reported" and after.lower in words("prepositions.txt")):
            return True
        return after.lower in words("determiners.txt") or after.lower in {"he", "she", "it", "they"}
    head = tokens[phrases[-1].first : phrases[-1].last]
    plural = any(token.lower.endswith("s") and not token.lower.endswith(("ss", "'s")) for token in head) or last in {
        "they",
        "police",
        "people",
        "military",
        "authorities",
        "i",
        "we",
        "you",
    }
    if lower.endswith("s") == plural and not head[-1].is_capitalised:
        return False
    if after is None or not after.is_word:
        return True
    return after.lower not in {"of", "about", "from", "by", "were", "was", "are", "is", "have", "has", "had"}


def _clause_subject(tokens: Sequence[Token], verb: int) -> list[Phrase]:
    """The subject of an earlier verb of the sentence, for one joined to it by "and", "but" or a comma: the nearest that
    opens a clause and can speak.
    """
    finite = words("finite_verbs.txt")
    for at in range(verb - 1, max(verb - _FARTHEST_SUBJECT, 0), -1):
        token = tokens[at]
        verbal = (token.lower in finite and token.lower not in offices()) or token.lower in {"put", "gave", "talked"}
        if verbal or token.lower in _verbs() or (token.lower.endswith("ed") and tokens[at - 1].is_capitalised):
            phrases, _ = phrases_before(tokens, at)
            if phrases and _opens(tokens, phrases[0].begins) and _can_speak(tokens, phrases, "hold"):
                return phrases
    return []


def _opens(tokens: Sequence[Token], at: int) -> bool:
    while at and tokens[at - 1].lower in words("adverbs.txt"):
        at -= 1
    return at == 0 or not tokens[at - 1].is_word or tokens[at - 1].lower in {"that", "as", "after", "when", "while"}


def _cited(tokens: Sequence[Token], cue: int, at: int) -> Saying | None:
    phrases = phrases_after(tokens, at)
    if not phrases:
        return None
    ends = max(phrase.last for phrase in phrases)
    follows = cue == 0 or not any(token.is_word for token in tokens[:cue]) or _only_lead(tokens, cue)
    return Saying(cue, "cite", phrases, cue, ends, follows, [])


def _only_lead(tokens: Sequence[Token], cue: int) -> bool:
    """Whether only a word or two ("But", "14:32", "And") stand before the cue."""
    return sum(token.is_word for token in tokens[:cue]) <= 2


def _inverted(tokens: Sequence[Token], at: int, sort: str) -> Saying | None:
    """``S, said X``: the speaker after the verb."""
    if sort not in {"say", "add"} or at < 2 or tokens[at].lower in _RECIPIENT_TAKERS:
        return None
    before = tokens[at - 1].text
    if before not in {",", "—", "–", "-"} and before not in CLOSERS and not tokens[at - 1].is_word:
        return None
    if before not in CLOSERS and (before != "," or tokens[at - 2].text not in CLOSERS):
        end = at + 1
        while end < len(tokens) and tokens[end].is_word and tokens[end].lower not in {"who", "which", "as", "after"}:
            end += 1
        finite = words("finite_verbs.txt")
        if any(token.lower in finite for token in tokens[at + 1 : end]) or tokens[at - 1].is_word:
            return None
        if phrases_before(tokens, at)[0] and not any(
            token.lower in finite or token.lower.endswith("ed") for token in tokens[: at - 1]
        ):
            return None
    if at + 1 < len(tokens) and tokens[at + 1].lower in words("prepositions.txt") | {
        "that",
        "it",
        "he",
        "they",
        "there",
    }:
        return None
    phrases = phrases_after(tokens, at + 1)
    if not phrases:
        return None
    ends = max(phrase.last for phrase in phrases)
    return Saying(at, sort, phrases, at, ends, False, [])


def _can_speak(tokens: Sequence[Token], phrases: Sequence[Phrase], sort: str) -> bool:
    if sort in {"say", "add", "clause"}:
        return True
    for phrase in phrases:
        piece = tokens[phrase.first : phrase.last]
        if sort == "evidence":
            if names_office(tokens, phrase):
                return True
            continue
        capital = any(token.is_capitalised and (phrase.first + i > 0) for i, token in enumerate(piece))
        alone = len(piece) == 1 and piece[0].is_capitalised
        pronoun = len(piece) == 1 and piece[0].lower in {"he", "she", "it", "they"}
        if capital or alone or pronoun or names_office(tokens, phrase):
            return True
    return False


def _past_recipient(tokens: Sequence[Token], verb: int) -> tuple[int, list[Phrase]]:
    """Where what is said may begin: after the verb and, for "told", after whom it was told to."""
    at = verb + 1
    if tokens[verb].lower not in _RECIPIENT_TAKERS:
        return at, []
    phrases = phrases_after(tokens, at)
    if not phrases:
        return at, []
    end = max(phrase.last for phrase in phrases)
    finite = words("finite_verbs.txt")
    length = next((i for i in range(at, end) if tokens[i].lower in finite), None)
    if length is not None or end == at:
        # "told AFP troops had left": the first name is the one told.
        return min(at + 1, len(tokens)), [Phrase(at, at + 1, at)]
    return end, phrases


def _follows(tokens: Sequence[Token], begins: int, at: int, sort: str) -> bool:
    """Whether what is said follows the verb, rather than standing before its subject."""
    while begins and tokens[begins - 1].lower in {"so", "or", "as", "thus"}:
        begins -= 1
    before = tokens[begins - 1] if begins else None
    end = at
    while end < len(tokens) and tokens[end].is_word:
        end += 1
    rest = [token.lower for token in tokens[at:end]]
    closing = tokens[end].text if end < len(tokens) else "."
    that = rest.index("that") if "that" in rest else None
    relative = (
        that is not None
        and that + 1 < len(rest)
        and rest[that + 1] in words("finite_verbs.txt") | {"appeared", "aired"}
    )
    if (that is not None and not relative) or (
        closing in OPENERS | {":"}
        and not (closing in CLOSERS and end + 1 < len(tokens) and tokens[end + 1].text in {",", "."})
    ):
        return True
    aside = next((i for i, word in enumerate(rest) if word in _ASIDE), len(rest))
    head = rest[:aside]
    if sort == "call" and head and head[0] not in {"in", "on", "at"}:
        return True
    stands_before = before is not None and (before.text in {",", "—", "–", "-", ")"} or before.text in CLOSERS)
    stands_before = stands_before and any(token.is_word for token in tokens[: max(begins - 2, 0)])
    if not head:
        return not stands_before
    finite = words("finite_verbs.txt")
    if any(word in finite for word in head):
        return True
    circumstance = (
        head[0] in words("prepositions.txt")
        or head[0] in words("temporal.txt")
        or head[0] in words("adverbs.txt")
        or head[0].endswith("ly")
    )
    return not (circumstance and stands_before)


@cache
def _verbs() -> dict[str, str]:
    verbs = {}
    for row in table("speech_verbs.csv"):
        finite, _, continuous = row["forms"].partition("/")
        verbs.update(dict.fromkeys(finite.split(), row["sort"]))
        if continuous:
            verbs[continuous] = "ing"
    return verbs
