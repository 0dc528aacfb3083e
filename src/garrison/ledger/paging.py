"""Paging: claims a page at a time, in an order that stays while more are recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, or_, select

from garrison.ledger.asking import Moment, moment, passes, quoting, selection
from garrison.ledger.citing import citations
from garrison.ledger.columns import last_change
from garrison.ledger.entry import ClaimFilter
from garrison.ledger.session import Session
from garrison.ledger.tables import claim, standing
from garrison.vocabulary import Citation

COUNTED = 1000
# Of so many claims the newest are found sooner by walking than by sorting.
MANY = 5000


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a listing: the newest change of the ledger when its first page was read, and the last claim's keys."""

    seq: int
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Claims, with where the next page begins (``None`` at the end)."""

    claims: tuple[Citation, ...]
    after: Place | None


def page(session: Session, which: ClaimFilter, limit: int, after: Place | None = None, *, ranked: bool = False) -> Page:
    """At most ``limit`` of the claims that ``which`` lets through, from ``after`` on, as the ledger had them then.

    Newest first. ``ranked``: quotations that have the words as a phrase first, then short ones before long ones, so
    that what is recorded later never moves what is listed already, as a score by the frequency of words would.

    Raises:
        UsageError: a place, document or date that is unknown.
    """
    newest = last_change(session)[0]
    seq = after.seq if after is not None else newest
    at = moment(session, which.known, which.recorded)
    if at.seq is None and seq != newest:
        at = replace(at, seq=seq)
    many, tried = _common(session, which, at)
    if ranked and which.words:
        ordered = _ranked(session, which, at, tried=tried and not many)
    else:
        ordered = _newest(session, which, at, common=many, tried=tried)
    found: list[Citation] = []
    start = after.keys if after is not None else None
    while True:
        rows = session.execute(ordered.after(start).limit(limit + 1)).all()
        more = len(rows) > limit
        for row, citation in zip(rows, citations(session, [row.pk for row in rows]), strict=True):
            if not passes(which, citation):
                start = tuple(row)
                continue
            if len(found) == limit:
                return Page(tuple(found), Place(seq, start or ()))
            found.append(citation)
            start = tuple(row)
        if not more:
            return Page(tuple(found), None)


def number(session: Session, which: ClaimFilter) -> int | None:
    """How many claims ``which`` lets through, ``None`` if more than a thousand; corrected ones count as they stand."""
    at = moment(session, which.known, which.recorded)
    many, tried = _common(session, which, at)
    if which.words is not None and many:
        return None
    asked = selection(session, which, at, tried=tried).limit(COUNTED + 1)
    if which.kind is None and which.status is None:
        counted = session.execute(select(func.count()).select_from(asked.subquery())).scalar_one()
        return counted if counted <= COUNTED else None
    found = session.execute(asked).scalars().all()
    if len(found) > COUNTED:
        return None
    return sum(passes(which, each) for each in citations(session, found))


@dataclass(frozen=True, slots=True)
class Ordered:
    """A query in an order of whole numbers, each rising (``1``) or falling (``-1``)."""

    query: Select[Any]
    columns: tuple[tuple[Any, int], ...]

    def after(self, keys: tuple[int, ...] | None) -> Select[Any]:
        """The rows after the one with these keys, the key of the standing claim last."""
        ordered = self.query.order_by(*(column if way > 0 else column.desc() for column, way in self.columns))
        if keys is None:
            return ordered
        (first, way), start = self.columns[0], keys[0]
        # The first key apart, so that an index can begin there.
        beyond: Any = literal(False)
        for (column, sign), key in reversed(list(zip(self.columns, keys, strict=True))):
            past = column > key if sign > 0 else column < key
            beyond = or_(past, and_(column == key, beyond))
        return ordered.where(first >= start if way > 0 else first <= start, beyond)


def _newest(session: Session, which: ClaimFilter, at: Moment, *, common: bool, tried: bool) -> Ordered:
    columns = ((standing.c.said_day, -1), (standing.c.weight, 1), (standing.c.pk, 1))
    query = selection(session, which, at, common=common, tried=tried).with_only_columns(
        *(column for column, _ in columns)
    )
    return Ordered(query, columns)


def _common(session: Session, which: ClaimFilter, at: Moment) -> tuple[bool, bool]:
    """Whether so many claims pass that a page is full sooner by walking through the newest than by sorting them all.

    And whether its words are in so many quotations that each claim which passes the rest is better tried for them.
    """
    if which.words is not None and quoting(session, which.words, MANY) < MANY:
        return False, False
    rest = selection(session, replace(which, words=None), at)
    found = session.execute(select(func.count()).select_from(rest.limit(MANY).subquery())).scalar_one()
    return int(found) >= MANY, which.words is not None


def _ranked(session: Session, which: ClaimFilter, at: Moment, *, tried: bool) -> Ordered:
    phrase = case((func.instr(func.lower(claim.c.quote), (which.words or "").lower()) > 0, 0), else_=1)
    columns = ((phrase, 1), (func.length(claim.c.quote), 1), (standing.c.said_day, -1), (standing.c.pk, 1))
    query = selection(session, which, at, tried=tried).with_only_columns(*(column for column, _ in columns))
    return Ordered(query, columns)
