"""Status: which stretches of a text are planned, possible or denied, and so not stated as fact (guide, *status*)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from garrison.extraction.sentences import sentences, windows
from garrison.extraction.words import table, words
from garrison.naming.lexicon import lowered
from garrison.vocabulary import Span, Status

_TOKEN = re.compile(r"[^\W_]++(?:(?:['’.-]|,(?=\d{3}))[^\W_]++)*+|[^\w\s]")
_GAP = "…"
_CONDITIONS = frozenset({"if", "unless", "suppose"})
_LONGEST_GAP = 6  # words
_PRECEDENCE = (Status.DENIED, Status.POSSIBLE, Status.PLANNED)
_VERBAL = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "to", "will", "would", "not", "and"}
    | {
        "or",
        "may",
        "might",
        "can",
        "could",
        "should",
        "must",
        "never",
        "already",
        "permanently",
        "newly",
        "now",
        "also",
    }
)
_ASIDES = frozenset({"though", "although", "while", "as", "when", "after", "because", "since", "despite", "with"})
_HARD = frozenset(";:()[]—–•-")
_RELATIVE = frozenset({"which", "who", "whose", "whom", "where", "that"})
_CONJUNCTIONS = frozenset({"and", "or", "nor", "then"})
_LOOKAHEAD = 9  # words after a conjunction within which a finite verb makes it a clause of its own
_MONTH_NEIGHBOURS = frozenset(
    {"in", "of", "since", "until", "till", "by", "early", "late", "mid", "last", "from", "and"}
)


@dataclass(frozen=True, slots=True)
class StatusScope:
    """A stretch of text that is not stated as fact: its status, and the words that make it so."""

    scope: Span
    status: Status
    cue: Span


class _Token(NamedTuple):
    word: str  # lower case, straight apostrophe
    start: int
    end: int


class _Clauses(NamedTuple):
    """Where the clauses of a sentence begin, as positions of tokens."""

    starts: list[int]  # all, in order
    hard: frozenset[int]  # those that not even a governing cue reaches across
    interrupted: dict[int, tuple[int, int]]  # where a clause resumes after a relative clause: its first stretch


class _Cue(NamedTuple):
    parts: tuple[frozenset[str], ...]
    status: str
    reach: str


def find_statuses(text: str) -> tuple[StatusScope, ...]:
    """The stretches of ``text`` that are planned, possible or denied, in order of their cues; they may overlap.

    A scope is the clause, coordinated verb phrase or governed complement of its cue, never more than a sentence.
    Takes time in proportion to the text.
    """
    scopes: list[StatusScope] = []
    plain = lowered(text).replace("’", "'")
    for sentence in (window for span in sentences(text) for window in windows(span)):
        tokens = _tokens(plain, sentence)
        cues = list(_cues(text, tokens))
        if cues:
            clauses = _clauses(tokens)
            scopes.extend(_scopes(tokens, cues, clauses))
            scopes.extend(_settled(tokens, clauses))
    return tuple(scopes)


def status_at(span: Span, scopes: Iterable[StatusScope]) -> Status:
    """The status of what stands at ``span``, the claim's verb or force mention: denied before possible before planned.

    Args:
        span: where the verb or the force stands in the text.
        scopes: what `find_statuses` found in the same text.
    """
    covering = [scope for scope in scopes if scope.scope.start <= span.start < scope.scope.end]
    for settled in [scope for scope in covering if scope.status is Status.FACT]:
        covering = [scope for scope in covering if settled.scope.covers(scope.cue)]
    found = {scope.status for scope in covering}
    return next((status for status in _PRECEDENCE if status in found), Status.FACT)


def _tokens(plain: str, sentence: Span) -> list[_Token]:
    """The words and marks of a sentence; ``plain`` is the text in lower case, with straight apostrophes."""
    tokens = []
    for match in _TOKEN.finditer(plain, sentence.start, sentence.end):
        word, (start, end) = match.group(), match.span()
        if "'" not in word:
            # A text has many: the class would be called through a function of Python's.
            tokens.append(_made(_Token, (word, start, end)))
        elif word.endswith("n't") and len(word) > 3:
            # "won't" is "will" and "not", which the cues list apart.
            tokens += [_Token({"wo": "will", "ca": "can"}.get(word[:-3], word[:-3]), start, end - 3)]
            tokens += [_Token("not", end - 3, end)]
        elif word.endswith(("'ll", "'d")) and len(word) > 3:
            cut = end - (3 if word.endswith("'ll") else 2)
            tokens += [_Token(word[: cut - end], start, cut), _Token(word[cut - end :], cut, end)]
        else:
            tokens.append(_Token(word, start, end))
    return tokens


_made = tuple.__new__


def _cues(text: str, tokens: Sequence[_Token]) -> Iterator[tuple[int, int, _Cue]]:
    """Cues with the positions of their first word and of the word after their last; none overlap."""
    at, index = 0, _cue_index()
    while at < len(tokens):
        begun = index.get(tokens[at].word)
        if begun is None:
            at += 1
            continue
        best: tuple[int, _Cue] | None = None
        for cue in begun:
            end = _match(tokens, at, cue)
            if end is not None and (best is None or end > best[0]):
                best = end, cue
        if best is None or _is_no_cue(text, tokens, at, best[0]):
            at += 1
            continue
        yield at, best[0], best[1]
        # What follows a gap ("ordered … to") may itself hold a cue.
        at = at + 1 if frozenset({_GAP}) in best[1].parts else best[0]


def _match(tokens: Sequence[_Token], at: int, cue: _Cue) -> int | None:
    position = at
    for number, part in enumerate(cue.parts):
        if _GAP in part:
            following = cue.parts[number + 1]
            limit = min(position + _LONGEST_GAP, len(tokens))
            while position < limit and tokens[position].word not in following:
                if tokens[position].word in _HARD or tokens[position].word == ",":
                    return None
                position += 1
        elif position < len(tokens) and _fits(tokens[position].word, part):
            position += 1
        else:
            return None
    return position


def _fits(word: str, part: frozenset[str]) -> bool:
    return word in part or ("*ing" in part and word.endswith("ing"))


def _is_no_cue(text: str, tokens: Sequence[_Token], at: int, end: int) -> bool:
    """Whether the cue's words mean something else here: the month of May, "is to the north", "the will"."""
    token = tokens[at]
    before = tokens[at - 1].word if at else ""
    after = tokens[end].word if end < len(tokens) else ""
    written = text[token.start : token.end]
    if token.word == "may":
        near_number = before[:1].isdigit() or after[:1].isdigit() or after == ","
        return written != "may" and (near_number or before in _MONTH_NEIGHBOURS or (written == "May" and at > 0))
    if token.word in {"will", "must", "might"}:
        return before in {"the", "a", "his", "her", "their", "its", "free"}
    if tokens[end - 1].word == "to" and token.word in {"is", "are", "was", "were", "am"}:
        follows = text[tokens[end].start] if end < len(tokens) else ""
        return after in words("determiners.txt") or follows.islower() == text[token.start : token.end].isupper()
    if token.word == "going" and tokens[end - 1].word == "to":  # "they are going to Iraq" is under way
        return after in words("determiners.txt") or (end < len(tokens) and text[tokens[end].start].isupper())
    if token.word == "no":
        return (before == "," and after == ",") or after in {".", ""} or after[:1].isdigit()
    if tokens[end - 1].word == "to" and after in {",", ".", "", ";"}:
        return True
    if token.word in {"order", "orders"}:
        return before in {"on", "under", "its", "his", "their", "from"}
    return False


def _settled(tokens: Sequence[_Token], clauses: _Clauses) -> Iterator[StatusScope]:
    """What stands as fact amid what does not: "the troops stationed there will leave"."""
    participles, determiners = words("presence_participles.txt"), words("determiners.txt")
    for at, token in enumerate(tokens):
        if token.word not in participles or not at:
            continue
        before = tokens[at - 1].word
        if before == "," and at > 1:
            before = tokens[at - 2].word
        if before[0].isalnum() and before not in _VERBAL and before not in determiners:
            end = _clause_end(clauses, at + 1, len(tokens), False)
            end = next((i for i in range(at, end) if tokens[i].word == "," or tokens[i].word in _VERBAL), end)
            yield StatusScope(Span(token.start, tokens[end - 1].end), Status.FACT, Span(token.start, token.end))


def _scopes(
    tokens: Sequence[_Token], cues: Sequence[tuple[int, int, _Cue]], clauses: _Clauses
) -> Iterator[StatusScope]:
    conditional = any(cue.parts[0] & _CONDITIONS and cue.status != "none" for _, _, cue in cues)
    for first, last, cue in cues:
        if cue.status == "none":
            continue
        status = Status.POSSIBLE if conditional else Status.PLANNED
        if cue.status != "conditional":
            status = Status(cue.status)
        at = Span(tokens[first].start, tokens[last - 1].end)
        begin = _clause_start(clauses, first) if cue.reach == "clause" else first
        end = _clause_end(clauses, last, len(tokens), cue.reach == "after")
        if cue.reach == "phrase":
            end = next((comma for comma in range(last, end) if tokens[comma].word == ","), end)
        yield StatusScope(Span(tokens[begin].start, tokens[end - 1].end), status, at)
        if cue.reach == "clause" and begin in clauses.interrupted:
            begin, end = clauses.interrupted[begin]
            if begin < end:
                yield StatusScope(Span(tokens[begin].start, tokens[end - 1].end), status, at)


def _clauses(tokens: Sequence[_Token]) -> _Clauses:
    finite, opening, subordinate = words("finite_verbs.txt"), words("clause_openers.txt"), words("subordinators.txt")
    next_finite = _next_finite(tokens, finite)
    starts, hard, interrupted = [0], {0}, {}
    relative: tuple[int, int] | None = None  # start of the clause that a relative clause interrupts; of the latter
    leading = bool(tokens) and tokens[0].word in _ASIDES  # "Though A denied it, B …": the first comma parts them
    said = False  # whether a verb of saying stands in the relative clause
    verbs = 0  # finite verbs since the clause began
    for at, token in enumerate(tokens):
        word = token.word
        before = tokens[at - 1].word if at else ""
        if word in _HARD or word in opening or (word in _CONJUNCTIONS and verbs and next_finite[at] - at <= _LOOKAHEAD):
            start = at + 1 if word in _HARD else at
            hard.add(start)
            relative, verbs = None, 0
        elif word == "," and leading:
            start, leading = at + 1, False
            hard.add(start)
            relative, verbs = None, 0
        elif word in subordinate and at and not (word == "that" and before in words("prepositions.txt")):
            start = at
            if word in _RELATIVE and before == ",":
                hard.add(at)
            # "that" after a verb of saying opens what is said, not a relative clause.
            opens = word in _RELATIVE and before not in finite and (word != "that" or not before.endswith("ed"))
            relative, verbs, said = ((starts[-1], at) if opens else None), 0, False
        elif relative and word in finite and (before == "," or (verbs and not said and before not in finite)):
            start = at
            interrupted[at] = relative
            relative, verbs = None, 1
        else:
            said = said or word in {"said", "says", "say", "believes", "thinks", "claims", "insists", "announced"}
            verbs += word in finite or (relative is not None and word.endswith("ed") and before not in finite)
            continue
        if start > starts[-1]:
            starts.append(start)
    return _Clauses(starts, frozenset(hard), interrupted)


def _next_finite(tokens: Sequence[_Token], finite: frozenset[str]) -> list[int]:
    """For each token, where the next finite verb of the same stretch between commas stands; far off if none does."""
    none = len(tokens) + _LOOKAHEAD + 1
    following, found = none, [none] * len(tokens)
    for at in range(len(tokens) - 1, -1, -1):
        word = tokens[at].word
        found[at] = following
        if word in finite:
            following = at
        elif word == "," or word in _HARD or word in _CONJUNCTIONS:
            following = none
    return found


def _clause_start(clauses: _Clauses, at: int) -> int:
    return clauses.starts[max(bisect_right(clauses.starts, at) - 1, 0)]


def _clause_end(clauses: _Clauses, last: int, length: int, governing: bool) -> int:
    """Where the clause that holds the word before ``last`` ends; governing cues reach on to the next hard boundary."""
    for start in clauses.starts[bisect_left(clauses.starts, max(last, 1)) :]:
        if not governing or start in clauses.hard:
            return start
    return length


@cache
def _cue_index() -> dict[str, tuple[_Cue, ...]]:
    index: dict[str, list[_Cue]] = {}
    for row in table("status_cues.csv"):
        parts = tuple(frozenset(part.split("|")) for part in row["cue"].split())
        for word in parts[0]:
            index.setdefault(word, []).append(_Cue(parts, row["status"], row["reach"]))
    return {word: tuple(cues) for word, cues in index.items()}
