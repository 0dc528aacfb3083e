"""Paging: claims a page at a time, in an order that stays while more are recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from math import isqrt
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, case, column, func, literal, or_, select

from garrison.ledger import quoting
from garrison.ledger.asking import Moment, moment, passes, selection
from garrison.ledger.citing import citations
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

    ``number`` is how many there are in all: ``None`` if more than a thousand, and on later pages than the first.
    """

    claims: tuple[Citation, ...]
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
    few = _few(session, which, at)
    number = None
    if start is None:
        number = len(few) if few is not None else _number(session, which, at)
    if ranked and which.words:
        found, more = _ranked(session, which, at, few).after(session, which, start, limit)
    elif few is not None:
        ordered = [each for each in sorted(few, key=_rising) if start is None or _rising(each) > _raised(start)]
        shown = ordered[:limit]
        cited = citations(session, [each.pk for each in shown])
        found = [(_keys(each), one) for each, one in zip(shown, cited, strict=True)]
        more = len(ordered) > limit
    else:
        found, more = _newest(session, which, at).after(session, which, start, limit)
    place = Place(seq, found[-1][0]) if more else None
    return Page(tuple(one for _, one in found), place, number if number is None or number <= COUNTED else None)


class _Found(NamedTuple):
    """A standing claim with what it is ordered by; ``corrected``: it may say otherwise than it was read."""

    pk: int
    said_day: int
    weight: int
    claim_pk: int
    corrected: bool


_FOUND = (
    *(standing.c[name] for name in ("pk", "said_day", "weight", "claim_pk")),
    standing.c.corrections.is_not(None),
)


def _keys(each: _Found) -> tuple[int, ...]:
    return each.said_day, each.weight, each.pk


def _rising(each: _Found) -> tuple[int, ...]:
    return _raised(_keys(each))


def _raised(keys: tuple[int, ...]) -> tuple[int, ...]:
    """The keys of a claim among the newest, so that all of them rise."""
    return -keys[0], *keys[1:]


def _few(session: Session, which: ClaimFilter, at: Moment) -> list[_Found] | None:
    """All claims that pass, ``None`` where so many do, but perhaps for their words, that not all are looked at."""
    rare = which.words is not None and quoting.frequency(session, which.words, MANY) < MANY
    sought = None if rare else which.words
    asked = selection(session, which if rare else replace(which, words=None), at)
    if not rare and _count(session, asked.limit(MANY)) >= MANY:
        return None
    found = [_Found._make(each) for each in session.execute(asked.with_only_columns(*_FOUND)).all()]
    if sought is not None:
        having = quoting.quoted(session, sought, [each.claim_pk for each in found])
        found = [each for each in found if each.claim_pk in having]
    return _passing(session, which, found)


def _count(session: Session, query: Select[Any]) -> int:
    return int(session.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def _passing(session: Session, which: ClaimFilter, found: list[_Found]) -> list[_Found]:
    """Those that pass as they were corrected."""
    if which.kind is None and which.status is None:
        return found
    corrected = [each.pk for each in found if each.corrected]
    cited = zip(corrected, citations(session, corrected), strict=True)
    failed = {pk for pk, citation in cited if not passes(which, citation)}
    return [each for each in found if each.pk not in failed]


def _number(session: Session, which: ClaimFilter, at: Moment) -> int | None:
    """How many claims pass where many do but for their words; ``None`` if more than a thousand."""
    if which.words is None:
        return None
    query = quoting.joined(selection(session, replace(which, words=None), at), which.words)
    found = [_Found._make(each) for each in session.execute(query.with_only_columns(*_FOUND).limit(COUNTED + 1)).all()]
    return len(_passing(session, which, found)) if len(found) <= COUNTED else None


@dataclass(frozen=True, slots=True)
class _Ordered:
    """A query in an order of whole numbers, each rising (``1``) or falling (``-1``), the standing claim's key last."""

    query: Select[Any]
    columns: tuple[tuple[Any, int], ...]

    def after(
        self, session: Session, which: ClaimFilter, start: tuple[int, ...] | None, limit: int
    ) -> tuple[list[tuple[tuple[int, ...], Citation]], bool]:
        """At most ``limit`` claims that pass after the one with the keys ``start``, with theirs; whether more may."""
        found: list[tuple[tuple[int, ...], Citation]] = []
        while True:
            rows = session.execute(self._from(start).limit(limit + 1)).all()
            for row, citation in zip(rows, citations(session, [row[-1] for row in rows]), strict=True):
                start = tuple(row)
                if not passes(which, citation):
                    continue
                if len(found) == limit:
                    return found, True
                found.append((start, citation))
            if len(rows) <= limit:
                return found, False

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
        most = isqrt(TRIED * newest_claim(session)) + 1
        frequent = quoting.frequency(session, which.words, most) >= most
        query = query.where(quoting.tried(which.words) if frequent else quoting.among(which.words))
    return _Ordered(query, ((standing.c.said_day, -1), (standing.c.weight, 1), (standing.c.pk, 1)))


def _ranked(session: Session, which: ClaimFilter, at: Moment, few: list[_Found] | None) -> _Ordered:
    """By how near the words are to each other, among ``few`` or all that pass."""
    if few is None:
        query = selection(session, which, at)
    else:
        listed = func.json_each(json.dumps([each.pk for each in few])).table_valued(column("value"))
        query = select(standing.c.pk).where(standing.c.pk.in_(select(listed.c.value)))
    if few is not None or (which.kind is None and which.status is None):
        query = query.join(claim, claim.c.pk == standing.c.claim_pk)
    phrase = case((func.instr(func.lower(claim.c.quote), (which.words or "").lower()) > 0, 0), else_=1)
    columns = ((phrase, 1), (func.length(claim.c.quote), 1), (standing.c.said_day, -1), (standing.c.pk, 1))
    return _Ordered(query, columns)
