"""Paging: claims a page at a time, in an order that stays while more are recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isqrt
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select

from garrison.ledger import quoting
from garrison.ledger.asking import Moment, moment, passes, selection
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
    few = _few(session, which, at, ranked=ranked)
    number = _number(session, which, at, few) if start is None else None
    if ranked and which.words is not None:
        order = _ranked(session, which, at, few.query if few else None)
    else:
        order = _sorted(few) if few else _newest(session, which, at)
    found, more = order.after(session, which, start, limit)
    if number is None and start is None and not more:
        number = len(found)
    place = Place(seq, found[-1][0]) if more else None
    rows = {one.claim: row for _, one, row in found if row is not None}
    number = None if number is None or number > COUNTED else number
    return Page(tuple(one for _, one, _ in found), rows, place, number)


@dataclass(frozen=True, slots=True)
class _Few:
    """The query of all that pass, but for ``words`` to be tried for in each; ``number`` of them, where it is known."""

    query: Select[Any]
    number: int | None = None
    words: str | None = None


def _few(session: Session, which: ClaimFilter, at: Moment, *, ranked: bool) -> _Few | None:
    """All that pass; ``None`` where so many do, but perhaps for their words, that not all are looked at."""
    # Of all between two days, walking from the newest on finds what is wanted at once, however many there are.
    enough = COUNTED + 1 if replace(which, since=None, until=None) == ClaimFilter() else MANY
    rare = which.words is not None and quoting.frequency(session, which.words, MANY) < MANY
    asked = selection(session, which if rare else replace(which, words=None), at)
    if rare:
        return _Few(asked)
    number = _count(session, asked.limit(enough))
    if number >= enough:
        return None
    if which.words is None:
        return _Few(asked, number if which.kind is None and which.status is None else None)
    if not ranked and _frequent(session, which.words):
        return _Few(asked, words=which.words)
    sooner = quoting.sooner_tried(session, which.words, number)
    return _Few(asked.where(quoting.tried(which.words) if sooner else quoting.among(which.words)))


def _frequent(session: Session, words: str) -> bool:
    """Whether words are sooner tried for in one claim after the other than all claims with them are found."""
    most = isqrt(TRIED * newest_claim(session)) + 1
    return quoting.frequency(session, words, most) >= most


def _count(session: Session, query: Select[Any]) -> int:
    return int(session.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def _number(session: Session, which: ClaimFilter, at: Moment, few: _Few | None) -> int | None:
    """How many claims pass, to a little over a thousand; ``None`` where that is not sooner known than the newest."""
    if few is not None and (few.number is not None or few.words is not None):
        return few.number
    if few is not None:
        query = few.query.limit(COUNTED + 1)
    elif which.words is not None and replace(which, words=None) == ClaimFilter():
        # Where more is asked for, most of those found may have to be passed over to count a few.
        query = quoting.joined(selection(session, replace(which, words=None), at), which.words).limit(COUNTED + 1)
    else:
        return None
    if which.kind is None and which.status is None:
        return _count(session, query)
    # Those that were corrected pass by what they were corrected to.
    found = session.execute(query.with_only_columns(standing.c.pk, standing.c.corrections)).all()
    corrected = citations(session, [each.pk for each in found if each.corrections is not None])
    return len(found) - sum(not passes(which, each) for each in corrected) if len(found) <= COUNTED else len(found)


@dataclass(frozen=True, slots=True)
class _Ordered:
    """A query in an order of whole numbers, each rising (``1``) or falling (``-1``), the standing claim's key last.

    Of what it finds only claims with all of ``words`` count, which are tried for in that order.
    """

    query: Select[Any]
    columns: tuple[tuple[Any, int], ...]
    words: str | None = None

    def after(
        self, session: Session, which: ClaimFilter, start: tuple[int, ...] | None, limit: int
    ) -> tuple[list[tuple[tuple[int, ...], Citation, str | None]], bool]:
        """At most ``limit`` claims that pass after the one with the keys ``start``, with theirs; whether more may.

        Each with the key of the row that it states a level of.
        """
        found: list[tuple[tuple[int, ...], Citation, str | None]] = []
        while True:
            rows = list(session.tuples(self._worded(self._from(start)).limit(limit + 1)))
            for row, (filing, citation) in zip(rows, filed(session, [row[-1] for row in rows]), strict=True):
                start = row
                if not passes(which, citation):
                    continue
                if len(found) == limit:
                    return found, True
                found.append((start, citation, filing["row_key"]))
            if len(rows) <= limit:
                return found, False

    def _worded(self, ordered: Select[Any]) -> Select[Any]:
        if self.words is None:
            return ordered
        # Sorted within: what has a limit of its own SQLite gives row by row, so that trying ends with the last wanted.
        within = ordered.add_columns(standing.c.claim_pk).limit(MANY).subquery()
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


def _newest(session: Session, which: ClaimFilter, at: Moment) -> _Ordered:
    """The newest first, walked through one by one."""
    query = selection(session, replace(which, words=None), at, walked=True)
    if which.words is not None:
        frequent = _frequent(session, which.words)
        query = query.where(quoting.tried(which.words) if frequent else quoting.among(which.words))
    return _Ordered(query, ((standing.c.said_day, -1), (standing.c.weight, 1), (standing.c.pk, 1)))


def _sorted(few: _Few) -> _Ordered:
    """The newest of ``few`` first, all of them sorted."""
    # As a sum, so that SQLite does not walk through all claims in the order of their days.
    columns = ((standing.c.said_day + 0, -1), (standing.c.weight, 1), (standing.c.pk, 1))
    return _Ordered(few.query, columns, few.words)


def _ranked(session: Session, which: ClaimFilter, at: Moment, few: Select[Any] | None) -> _Ordered:
    """By how near the words are to each other, among ``few`` or all that pass."""
    query = selection(session, which, at) if few is None else few
    if which.kind is None and which.status is None:
        query = query.join(claim, claim.c.pk == standing.c.claim_pk)
    phrase = case((func.instr(func.lower(claim.c.quote), (which.words or "").lower()) > 0, 0), else_=1)
    columns = ((phrase, 1), (func.length(claim.c.quote), 1), (standing.c.said_day, -1), (standing.c.pk, 1))
    return _Ordered(query, columns)
