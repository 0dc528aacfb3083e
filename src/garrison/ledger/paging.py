"""Paging: claims a page at a time, in an order that stays while more are recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isqrt
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select

from garrison.ledger import quoting
from garrison.ledger.asking import Moment, led, moment, passes, selection
from garrison.ledger.citing import citations, filed
from garrison.ledger.columns import last_change
from garrison.ledger.entry import ClaimFilter
from garrison.ledger.session import Session, newest_claim
from garrison.ledger.tables import claim, standing
from garrison.vocabulary import Citation

COUNTED = 1000
# Fewer claims are all found and sorted; of more, the newest are found sooner by walking from the newest on.
MANY = 5000
# Words in more quotations than the square root of so many times all claims are sooner tried for in those that are
# walked past than found in all: a page is full after some fifty tries that succeed, of 85 µs each, against 0.4 µs.
TRIED = 11_000
# Words can be rarer among what else is asked for than among all: after so many tries for each claim wanted, they are
# found in all.
TRIES = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a listing: the newest change of the ledger when its first page was read, and the last claim's keys."""

    seq: int
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Claims, with where the next page begins (``None`` at the end).

    ``rows`` are the keys of the rows that they state levels of, by their ids. ``number`` is how many there are in all:
    ``None`` if more than a thousand, on later pages than the first, and where counting them would take longer than
    finding the newest.
    """

    claims: tuple[Citation, ...]
    rows: Mapping[str, str]
    after: Place | None
    number: int | None


def page(session: Session, which: ClaimFilter, limit: int, after: Place | None = None, *, ranked: bool = False) -> Page:
    """At most ``limit`` of the claims that ``which`` lets through, from ``after`` on, as the ledger had them then.

    Newest first. ``ranked``: quotations that have the words as a phrase first, then short ones before long ones, so
    that what is recorded later never moves what is listed already, as a score by the frequency of words would.

    Raises:
        UsageError: a place, document or date that is unknown.
    """
    newest = last_change(session)[0]
    start = after.keys if after is not None else None
    seq = after.seq if after is not None else newest
    at = moment(session, which.known, which.recorded)
    if at.seq is None and seq != newest:
        at = replace(at, seq=seq)
    ranked = ranked and which.words is not None
    ways = _ways(session, which, at, limit, ranked=ranked)
    found = next(filter(None, (way.after(session, which, start, limit) for way in ways)))
    number = None
    if start is None:
        number = _number(session, which, at, found) if found.more else len(found.claims)
    place = Place(seq, found.claims[-1][0]) if found.more else None
    rows = {one.claim: row for _, one, row in found.claims if row is not None}
    number = None if number is None or number > COUNTED else number
    return Page(tuple(one for _, one, _ in found.claims), rows, place, number)


def _ways(session: Session, which: ClaimFilter, at: Moment, limit: int, *, ranked: bool) -> Iterator[_Ordered]:
    """Ways to find the claims, each to be gone if those before it have given up."""
    order = _ranked(which.words) if ranked and which.words is not None else _SORTED
    if which.words is None:
        asked = selection(session, which, at)
        is_led = led(session, which, at)
        # Of all, or all of an actor, walking from the newest on finds what is wanted at once, however many there are.
        alone = _is_alone(which, is_led=is_led)
        enough = COUNTED + 1 if alone else MANY
        # Finding few of the many of an actor takes longest: they are counted as they are found.
        if (is_led and not alone) or _count(session, asked.limit(enough)) < enough:
            yield _Ordered(asked, order, counts=True, most=enough)
        yield _Ordered(selection(session, which, at, walked=True), _NEWEST)
        return
    if quoting.frequency(session, which.words, MANY) < MANY:
        yield _Ordered(_joined(selection(session, which, at), which, ranked=ranked), order, counts=True)
        return
    bare = replace(which, words=None)
    frequent = not ranked and _frequent(session, which.words)
    number = _count(session, selection(session, bare, at).limit(MANY))
    if number < MANY:
        asked = _joined(selection(session, bare, at), which, ranked=ranked)
        if frequent:
            yield _Ordered(asked, order, words=which.words, tries=TRIES * limit if number > TRIES * limit else None)
        sooner = quoting.sooner_tried(session, which.words, number)
        worded = asked.where(quoting.tried(which.words) if sooner else quoting.among(which.words))
        yield _Ordered(worded, order, counts=True)
    elif ranked:
        yield _Ordered(_joined(selection(session, which, at), which, ranked=True), order)
    else:
        asked = selection(session, bare, at, walked=True)
        if frequent:
            yield _Ordered(asked, _NEWEST, words=which.words, tries=TRIES * limit)
        yield _Ordered(asked.where(quoting.among(which.words)), _NEWEST)


def _is_alone(which: ClaimFilter, *, is_led: bool) -> bool:
    """Whether nothing is asked for but days, and what the claims are led by."""
    asked = replace(which, since=None, until=None)
    led_by = (
        (replace(asked, outlet=None), replace(asked, actor=None), replace(asked, place=None)) if is_led else (asked,)
    )
    return ClaimFilter() in led_by


def _frequent(session: Session, words: str) -> bool:
    """Whether words are sooner tried for in one claim after the other than all claims with them are found."""
    most = isqrt(TRIED * newest_claim(session)) + 1
    return quoting.frequency(session, words, most) >= most


def _count(session: Session, query: Select[Any]) -> int:
    return int(session.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def _number(session: Session, which: ClaimFilter, at: Moment, found: _Found) -> int | None:
    """How many claims pass, to a little over a thousand; ``None`` where that is not sooner known than the newest."""
    if found.number is not None or which.words is None or replace(which, words=None) != ClaimFilter():
        # Where more than words is asked for, most of those found may have to be passed over to count a few.
        return found.number
    return _count(session, quoting.joined(selection(session, ClaimFilter(), at), which.words).limit(COUNTED + 1))


@dataclass(frozen=True, slots=True)
class _Found:
    """Claims with their keys in the order, and the row that each states a level of; ``number`` is how many in all."""

    claims: list[tuple[tuple[int, ...], Citation, str | None]]
    more: bool
    number: int | None


@dataclass(frozen=True, slots=True)
class _Ordered:
    """A query in an order of whole numbers, each rising (``1``) or falling (``-1``), the standing claim's key last.

    Of what it finds only claims with all of ``words`` count, which are tried for in that order. It gives up where it
    finds ``most``, or where so many ``tries`` do not fill a page. Where it ``counts``, all are found to be sorted.
    """

    query: Select[Any]
    columns: tuple[tuple[Any, int], ...]
    words: str | None = None
    most: int | None = None
    tries: int | None = None
    counts: bool = False

    def after(self, session: Session, which: ClaimFilter, start: tuple[int, ...] | None, limit: int) -> _Found | None:
        """At most ``limit`` claims that pass after the one with the keys ``start``; ``None`` where it gives up."""
        if start is not None and self.most is not None and _count(session, self.query.limit(self.most)) >= self.most:
            return None
        found: list[tuple[tuple[int, ...], Citation, str | None]] = []
        number: int | None = None
        while True:
            if self.counts and start is None:
                rows, number = self._counted(session, which, limit + 1)
                if self.most is not None and number >= self.most:
                    return None
            else:
                rows = list(session.tuples(self._worded(self._from(start)).limit(limit + 1)))
            if self.tries is not None and len(rows) <= limit:
                return None
            for row, (filing, citation) in zip(rows, filed(session, [row[-1] for row in rows]), strict=True):
                start = row
                if not passes(which, citation):
                    continue
                if len(found) == limit:
                    return _Found(found, True, number)
                found.append((start, citation, filing["row_key"]))
            if len(rows) <= limit:
                return _Found(found, False, number)

    def _counted(self, session: Session, which: ClaimFilter, limit: int) -> tuple[list[tuple[int, ...]], int]:
        """The keys of the first ``limit``, and how many there are: both at once, as finding them takes longest."""
        judged = which.kind is not None or which.status is not None
        keys = [each.label(f"key_{at}") for at, (each, _) in enumerate(self.columns)]
        # Those that were corrected pass by what they were corrected to; only where it matters, as no index has it.
        corrections = [standing.c.corrections] if judged else []
        found = self.query.with_only_columns(*keys, *corrections).limit(self.most).subquery()
        columns = list(zip(found.c, self.columns, strict=False))
        ordered = [each if way > 0 else each.desc() for each, (_, way) in columns]
        numbers = [func.count().over(), *(func.count(found.c.corrections).over() for _ in corrections)]
        query = select(*(each for each, _ in columns), *numbers).order_by(*ordered).limit(limit)
        rows = list(session.tuples(query))
        if not rows:
            return [], 0
        number, *corrected = rows[0][len(columns) :]
        if any(corrected) and number <= COUNTED:
            changed = self.query.with_only_columns(standing.c.pk).where(standing.c.corrections.is_not(None))
            number -= sum(not passes(which, each) for each in citations(session, session.execute(changed).scalars()))
        return [row[: len(columns)] for row in rows], number

    def _worded(self, ordered: Select[Any]) -> Select[Any]:
        if self.words is None:
            return ordered
        # Sorted within: what has a limit of its own SQLite gives row by row, so that trying ends with the last wanted.
        within = ordered.add_columns(standing.c.claim_pk).limit(self.tries or MANY).subquery()
        *keys, claim_pk = list(within.c)
        return select(*keys).where(quoting.tried(self.words, claim_pk))

    def _from(self, keys: tuple[int, ...] | None) -> Select[Any]:
        query = self.query.with_only_columns(*(each for each, _ in self.columns))
        ordered = query.order_by(*(each if way > 0 else each.desc() for each, way in self.columns))
        if keys is None:
            return ordered
        (first, way), start = self.columns[0], keys[0]
        # The first key apart, so that an index can begin there.
        beyond: Any = literal(False)
        for (each, sign), key in reversed(list(zip(self.columns, keys, strict=True))):
            past = each > key if sign > 0 else each < key
            beyond = or_(past, and_(each == key, beyond))
        return ordered.where(first >= start if way > 0 else first <= start, beyond)


_NEWEST = ((standing.c.said_day, -1), (standing.c.weight, 1), (standing.c.pk, 1))
# As a sum, so that SQLite does not walk through all claims in the order of their days.
_SORTED = ((standing.c.said_day + 0, -1), *_NEWEST[1:])


def _ranked(words: str) -> tuple[tuple[Any, int], ...]:
    """By how near the words are to each other: as a phrase first, then in short quotations before long ones."""
    phrase = case((func.instr(func.lower(claim.c.quote), words.lower()) > 0, 0), else_=1)
    return (phrase, 1), (func.length(claim.c.quote), 1), (standing.c.said_day, -1), (standing.c.pk, 1)


def _joined(query: Select[Any], which: ClaimFilter, *, ranked: bool) -> Select[Any]:
    """``query`` with the claims that it is ranked by, unless it has them already."""
    if ranked and which.kind is None and which.status is None:
        return query.join(claim, claim.c.pk == standing.c.claim_pk)
    return query
