"""Listing: moves, what is announced, possible or denied, and exercises, as a picture lists them, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, and_, case, select

from garrison.ledger.observing import Question
from garrison.ledger.session import Session
from garrison.ledger.tables import claim, edition, standing


@dataclass(frozen=True, slots=True)
class Listing:
    """The newest standing claims of a bucket, each time that a voice says the same again left out; how many in all."""

    newest: tuple[int, ...]
    number: int


def listed(session: Session, question: Question, bucket: str, limit: int, since: int | None = None) -> Listing:
    """The standing claims of a bucket (moves, announced …) that ``question`` is about, newest first, at most ``limit``.

    Moves count from the day they took place, what is announced, possible or denied from the day it was said. What one
    voice says again of the same move, as each edition of a yearbook does, is listed once, in its newest wording.
    ``since`` leaves out what is of an earlier day (ordinal).
    """
    day: Any = standing.c.valid_start if bucket == "move" else standing.c.said_day
    if question.place is not None:
        # As a sum, so that SQLite takes the index of the place and not that of all days.
        day = day + 0
    dated = [day <= question.day, *([day >= since] if since is not None else [])]
    return _newest(_moves(session, question, (bucket,), dated), limit)


def listings(session: Session, question: Question, buckets: Sequence[str], limit: int) -> dict[str, Listing]:
    """What :func:`listed` has of each of ``buckets``, asked for at once where a place or an actor makes it little."""
    if question.place is None and question.actor_key is None:
        return {bucket: listed(session, question, bucket, limit) for bucket in buckets}
    day = case((standing.c.bucket == "move", standing.c.valid_start), else_=standing.c.said_day)
    found: dict[str, list[tuple[Any, ...]]] = {bucket: [] for bucket in buckets}
    for each in _moves(session, question, buckets, [day <= question.day]):
        found[each[-1]].append(each)
    return {bucket: _newest(of_bucket, limit) for bucket, of_bucket in found.items()}


def _moves(
    session: Session, question: Question, buckets: Sequence[str], dated: Sequence[ColumnElement[bool]]
) -> Iterable[tuple[Any, ...]]:
    """The standing claims of some buckets, as ``_MOVES`` has them, each once."""
    conditions = [
        question.moment.condition(),
        *dated,
        *([standing.c.asset == question.asset] if question.asset else []),
        *([standing.c.unit_key != "", standing.c.unit_key.in_(question.unit_keys)] if question.unit_keys else []),
        *([standing.c.actor_key == question.actor_key] if question.actor_key else []),
    ]
    found: dict[int, tuple[Any, ...]] = {}
    for where in _wheres(question, buckets):
        found |= {each[0]: each for each in session.tuples(_MOVES.where(*conditions, where))}
    return found.values()


def _newest(found: Iterable[tuple[Any, ...]], limit: int) -> Listing:
    seen: dict[Any, int] = {}
    for each in sorted(found, key=itemgetter(1, 2), reverse=True):
        seen.setdefault(_said_again(each), each[0])
    return Listing(tuple(seen.values())[:limit], len(seen))


_MOVES = (
    select(
        *(standing.c[name] for name in ("pk", "sort_day", "weight", "valid_start", "voice_key", "actor_key", "asset")),
        *(standing.c[name] for name in ("place_key", "site_key", "origin_key", "unit_key")),
        *(claim.c[name] for name in ("kind", "low", "high", "when_text")),
        edition.c.series,
        standing.c.bucket,
    )
    .join(claim, claim.c.pk == standing.c.claim_pk)
    .join(edition, edition.c.pk == standing.c.edition_pk)
)


def _said_again(each: tuple[Any, ...]) -> Any:
    """What two statements of one voice of the same move have in common: all but the wording and the day of saying.

    Editions of a series that give a move no date mean the same move; elsewhere the day they are dated to tells.
    """
    valid_start, when_text, series = each[3], each[14], each[15]
    day = series if series and when_text is None else valid_start
    return day, *each[4:14]


def _wheres(question: Question, buckets: Sequence[str]) -> list[ColumnElement[bool]]:
    """Moves out of a country to another belong to its picture too; asked apart so that each has its index."""
    here = standing.c.bucket.in_(buckets)
    if question.place is None:
        return [here]
    # Of all that is in a bucket there is an index too, which a bucket as a sum of words is not looked up in.
    there = (standing.c.bucket + "").in_(buckets)
    if question.place.iso3 is None:
        at_site = and_(there, standing.c.site_key == question.place.key)
        return [at_site, and_(here, standing.c.place_key == question.place.key)]
    # SQLite takes an index of the rows that have an origin only for a question that says so.
    left = and_(there, standing.c.origin_key != "", standing.c.origin_key == question.place.iso3)
    return [and_(here, standing.c.place_key == question.place.iso3), left]


def first_days(session: Session, pks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Standing claims by their keys, each with the day from which it holds."""
    for start in range(0, len(pks), 500):
        query = select(standing.c.pk, standing.c.valid_start).where(standing.c.pk.in_(pks[start : start + 500]))
        yield from ((each.pk, each.valid_start) for each in session.execute(query))
