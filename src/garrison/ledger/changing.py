"""Changing: on which days claims begin to hold or become known, and how much the ledger holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from garrison.ledger import asking
from garrison.ledger.asking import SET_ASIDE, UNCOUNTED, Moment, Somewhere
from garrison.ledger.days import today
from garrison.ledger.judged import UNSURE
from garrison.ledger.session import Session
from garrison.ledger.tables import document, judgement, row, standing
from garrison.naming.countries import country_by_code


@dataclass(frozen=True, slots=True)
class Held:
    """How much the ledger holds now; ``waiting`` judgements wait for review; the first and newest day (ordinals).

    The newest day of which anything is said is at most today: plans reach decades ahead.
    """

    documents: int
    claims: int
    rows: int
    waiting: int
    first_day: int | None
    last_day: int | None


def days(
    session: Session, moment: Moment, place: Somewhere | None = None, actor_key: str | None = None
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The days (ordinals) on which claims begin to hold, and on which they became known, each with how many."""
    return (
        _counted(session, standing.c.valid_start, moment, place, actor_key),
        _counted(session, standing.c.known_day, moment, place, actor_key),
    )


def _counted(
    session: Session, day: Any, moment: Moment, place: Somewhere | None, actor_key: str | None
) -> list[tuple[int, int]]:
    conditions = [moment.condition(), standing.c.bucket.not_in(UNCOUNTED)]
    if place is not None:
        conditions.append(place.condition())
    if actor_key is not None:
        conditions.append(standing.c.actor_key == actor_key)
    # By bucket first, in the order of the index, so that nothing is sorted.
    query = select(day.label("day"), func.count()).where(*conditions).group_by(standing.c.bucket, day)
    counts: dict[int, int] = {}
    for at, claims in session.tuples(query):
        counts[at] = counts.get(at, 0) + claims
    return sorted(counts.items())


def held(session: Session, moment: Moment) -> Held:
    """How much the ledger holds, as pictures of today count it."""
    standing_now = (moment.condition(), standing.c.bucket.not_in(UNCOUNTED))
    counted_now: Any = session.execute(
        select(
            func.count(),
            func.min(standing.c.valid_start),
            func.max(case((standing.c.sort_day <= today(), standing.c.sort_day))),
        ).where(*standing_now)
    ).one()
    claims, first, last = counted_now
    documents = select(func.count()).select_from(document).where(document.c.redacted_at.is_(None))
    rows = select(func.count()).select_from(row).where(row.c.claims > 0)
    waiting = (
        select(func.count())
        .select_from(judgement)
        .where(judgement.c.withdrawn_seq.is_(None), judgement.c.applies_to.is_(None))
    )
    counted = [int(session.execute(each).scalar_one()) for each in (documents, rows, waiting)]
    return Held(counted[0], claims, counted[1], counted[2], first, last)


def countries(session: Session) -> list[str]:
    """The codes of the countries that rows are in, those with most claims first."""
    claims = func.sum(row.c.claims)
    query = select(row.c.place_key).where(row.c.claims > 0).group_by(row.c.place_key).order_by(claims.desc())
    return [key for key in session.execute(query).scalars() if key in country_by_code()]


def unsure(session: Session, moment: Moment) -> int:
    """How many claims wait for a person, read with too little confidence for pictures."""
    query = select(func.count()).select_from(standing).where(moment.condition(), standing.c.bucket == UNSURE)
    return int(session.execute(query).scalar_one())


def unchecked(session: Session) -> int:
    """How many claims nobody has looked at, those that pictures leave out as unsure among them."""
    query = select(func.count()).select_from(standing)
    shown = (
        asking.moment(session, None, None).condition(),
        standing.c.bucket.not_in(SET_ASIDE),
        standing.c.checked == 0,
    )
    return int(session.execute(query.where(*shown)).scalar_one())
