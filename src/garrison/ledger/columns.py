"""Columns: the standing claims that estimation hears, with the keys under which they are filed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select

from garrison.ledger.citing import cited
from garrison.ledger.keys import STRENGTH_PLACE
from garrison.ledger.observing import Question
from garrison.ledger.session import Session
from garrison.ledger.tables import edition, row, standing, tick
from garrison.vocabulary import Citation

_HEARD = ("present", "strength", "move", "denied")


@dataclass(frozen=True, slots=True)
class Filed:
    """A claim with its keys; ``row`` is the key of the row that it states a level of, ``None`` for other claims.

    ``series`` is that of its document, ``said`` the day of the document (ordinal).
    """

    citation: Citation
    row: str | None
    actor: str
    asset: str
    place: str
    site: str
    component: str
    origin: str
    series: str | None
    said: int


def heard(session: Session, question: Question) -> list[Filed]:
    """The claims of levels, moves and denials that ``question`` is about, whatever day they are of."""
    found = {each.pk: each for each in session.execute(_query(question))}
    citations = cited(session, sorted(found))
    return [
        Filed(
            citations[pk],
            each.row_key,
            each.actor_key,
            each.asset,
            each.place_key,
            each.site_key,
            each.component_key or "",
            each.origin_key,
            each.series,
            each.said_day,
        )
        for pk, each in sorted(found.items())
    ]


def _query(question: Question) -> Select[Any]:
    names = ("pk", "actor_key", "asset", "place_key", "site_key", "origin_key", "said_day")
    conditions = [question.moment.condition(), standing.c.bucket.in_(_HEARD)]
    if question.place is not None:
        somewhere = [question.place.condition()]
        if question.place.iso3 is not None:
            own = and_(standing.c.place_key == STRENGTH_PLACE, standing.c.actor_key == question.place.iso3)
            somewhere += [own, standing.c.origin_key == question.place.iso3]
        conditions.append(or_(*somewhere))
    if question.actor_key is not None:
        conditions.append(standing.c.actor_key == question.actor_key)
    if question.asset is not None:
        conditions.append(standing.c.asset == question.asset)
    return (
        select(*(standing.c[name] for name in names), edition.c.series, row.c.key.label("row_key"), row.c.component_key)
        .join(edition, edition.c.pk == standing.c.edition_pk)
        .join(row, row.c.pk == standing.c.row_pk, isouter=True)
        .where(*conditions)
    )


def editions(session: Session, question: Question, series: Iterable[str]) -> dict[str, list[int]]:
    """The days of the editions of each series by the question's day, oldest first."""
    found: dict[str, list[int]] = {}
    asked = sorted(series)
    for start in range(0, len(asked), 500):
        query = select(edition.c.series, edition.c.said_day).where(
            edition.c.series.in_(asked[start : start + 500]),
            edition.c.said_day <= question.day,
            question.moment.condition(edition.c),
        )
        for each in session.execute(query.order_by(edition.c.said_day)):
            found.setdefault(each.series, []).append(each.said_day)
    return found


def last_change(session: Session) -> tuple[int, str]:
    """The number and time of the ledger's newest tick; zero and nothing for a ledger without any."""
    newest = session.execute(select(tick.c.seq, tick.c.at).order_by(tick.c.seq.desc()).limit(1)).first()
    return (newest.seq, newest.at) if newest else (0, "")
