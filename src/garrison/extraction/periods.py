"""Times in words to periods: "since 2014", "by the end of March", "last Tuesday", "in the past two weeks"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from garrison.extraction.bounds import CLAUSE_ENDS, Bounds, bounds_at
from garrison.extraction.clock import Clock
from garrison.extraction.dates import from_iso, in_order
from garrison.extraction.parts import may_begin
from garrison.extraction.time_words import Head, Words, lexicon, words
from garrison.naming.lexicon import scannable
from garrison.vocabulary import Extent, Mention, Period, Span

# A window around the words that show a time: as far back as a head can reach, as far on as a phrase can run.
_BEFORE, _AFTER = 90, 60
# How far ahead such a word may stand of an expression that does not reach over a clause.
_NEAR = 48
# No time expression is longer than this many characters; what follows is not read.
_LONGEST = 500


def parse_period(words_of_time: str, published: str | None, *, ahead: bool | None = None) -> Period | None:
    """The period that a time expression stands for; guide, field *when*.

    Args:
        words_of_time: the expression by itself, such as "by the end of March".
        published: the document's date, ISO 8601 of any precision; without it relative times stay unresolved.
        ahead: whether the statement looks forward (a plan) or back (a fact), which decides between last Tuesday and
            the next one; ``None`` if unknown: the reading usual for such words.

    Returns:
        The period, its ends ``None`` where open or unresolvable; ``None`` if the words speak of no time.
    """
    w = words(words_of_time, 0, min(len(words_of_time), _LONGEST))
    clock = Clock(from_iso(published))
    first = next((i for i, word in enumerate(w.lower) if word not in CLAUSE_ENDS and word not in {"[", "]"}), len(w))
    vague = w.phrase(first, lexicon().vague_parsed)
    if vague is not None and (vague[1] >= len(w) or w.at(vague[1]) in CLAUSE_ENDS):
        return _present(words_of_time, w.at(first), clock)
    found = bounds_at(w, first, clock, ahead)
    whole = found is not None and (found.stop >= len(w) or w.at(found.stop) in CLAUSE_ENDS)
    if found is None or not (whole or (found.resolved and found.role is not Head.OPENED)):
        found = _inside(w, first, clock, ahead) or found
    if found is not None:
        return _period(words_of_time, found)
    if vague is not None or w.at(first) in lexicon().openers:
        return Period(words_of_time)
    return None


def _present(words_of_time: str, word: str, clock: Clock) -> Period:
    if word in {"now", "currently", "presently", "nowadays"} and clock.published is not None:
        return Period(words_of_time, clock.published.iso, clock.published.iso, Extent.WITHIN)
    return Period(words_of_time)


def _inside(w: Words, first: int, clock: Clock, ahead: bool | None) -> Bounds | None:
    """The time that some longer words contain; two that run from one to the other make one ("began ... until ...")."""
    found: list[Bounds] = []
    i = first
    while i < len(w) and len(found) < 2:
        bounds = bounds_at(w, i, clock, ahead)
        if bounds is not None and bounds.resolved:
            found.append(bounds)
            i = bounds.stop
        else:
            i += 1
    if not found:
        return None
    one = found[0]
    if one.role is Head.OPENED and len(found) > 1 and found[1].role is Head.UNTIL and in_order(one.start, found[1].end):
        return replace(found[1], start=one.start, role=Head.FROM)
    return one


def find_periods(text: str, published: str | None, *, ahead: bool | None = None) -> tuple[Mention[Period], ...]:
    """Every time expression in running text, left to right, none overlapping, with the preposition that fixes it.

    Words that only say *at the time of the report* ("now", "today", "currently") are left out, for such a claim has
    no time of its own (guide, field *when*), and so are bare lengths of time ("for six months").

    Args:
        text: the running text.
        published: the document's date, as for `parse_period`.
        ahead: whether the text looks forward or back, as for `parse_period`.
    """
    clock = Clock(from_iso(published))
    heads, reaching = _heads(), lexicon().reaching_words | lexicon().head_adverbs.keys()
    found: list[Mention[Period]] = []
    for start, stop, signs in _windows(text):
        w = words(text, max(start, found[-1].span.end if found else 0), stop, strict=True)
        i = sign = 0
        while i < len(w):
            while sign < len(signs) and signs[sign].end <= w.starts[i]:
                sign += 1
            if sign == len(signs):
                break
            word = w.lower[i]
            near = signs[sign].start - w.starts[i] <= (_BEFORE if word in reaching else _NEAR)
            bounds = bounds_at(w, i, clock, ahead) if near and (word in heads or may_begin(word)) else None
            if bounds is None:
                i += 1
                continue
            span = Span(w.starts[i], w.ends[bounds.stop - 1])
            period = parse_period(span.of(text), published, ahead=ahead)
            if period is not None and _same_ends(period, bounds):
                found.append(Mention(span, period))
            i = bounds.stop
    return tuple(found)


@cache
def _signs() -> Any:
    """The pattern of words without which no time expression is found; typed loosely, as re2 has no stubs."""
    import re2

    lists = lexicon()
    known = {*lists.months, *lists.weekdays, *lists.seasons, *lists.units, *lists.day_parts}
    known |= {name.split()[0] for name in lists.feasts} | {"yesterday", "today", "tomorrow", "tonight", "overnight"}
    known |= {"weekend", "now"}
    known |= {"recently", "previously", "formerly", "since", "possible", "anytime", "near", "recent", "past"}
    plain = "|".join(sorted(re2.escape(word) for word in known))
    options = re2.Options()
    options.log_errors = False
    return re2.compile(rf"(?i)\b(?:{plain}|[0-9]{{1,2}}(?:st|nd|rd|th)|[0-9]{{4}}s?)\b", options)


def _windows(text: str) -> list[tuple[int, int, list[Span]]]:
    """The stretches of ``text`` in which a time expression may stand, in order, none overlapping, with their signs."""
    found: list[tuple[int, int, list[Span]]] = []
    # In bytes no place has to be counted out in characters.
    for match in _signs().finditer(text.encode() if text.isascii() else scannable(text)):
        sign = Span(*match.span())
        start, stop = max(0, sign.start - _BEFORE), min(len(text), sign.end + _AFTER)
        if found and start <= found[-1][1]:
            first, _, signs = found.pop()
            signs.append(sign)
            found.append((first, stop, signs))
        else:
            found.append((start, stop, [sign]))
    return found


@cache
def _heads() -> frozenset[str]:
    lists = lexicon()
    return frozenset({*lists.heads, *lists.head_adverbs, *lists.vague_found, "within"})


def _same_ends(period: Period, bounds: Bounds) -> bool:
    """Whether words in their text and by themselves give one reading; those with two are too strained to report."""
    read = _period(period.text, bounds)
    return (read.start, read.end) == (period.start, period.end)


def _period(text: str, bounds: Bounds) -> Period:
    """``bounds`` as the vocabulary's period."""
    start, end, role = bounds.start, bounds.end, bounds.role
    if not in_order(start, end):
        start = end = None
    extent: Extent | None = None
    if role in {Head.SINCE, Head.FROM, Head.OPENED, Head.UNTIL, Head.THROUGHOUT}:
        extent = Extent.THROUGHOUT
    elif role is not None:
        extent = Extent.WITHIN
    return Period(
        text=text,
        start=start.iso if start else None,
        end=end.iso if end else None,
        extent=extent,
        open_start=role is Head.UNTIL and start is None and end is not None,
        open_end=role in {Head.SINCE, Head.FROM, Head.OPENED} and end is None and start is not None,
    )


__all__ = ["find_periods", "parse_period"]
