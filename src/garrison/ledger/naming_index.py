"""The names that claims use for units, and those of the outlets, each with how often."""

from __future__ import annotations

from sqlalchemy import func, select

from garrison.ledger.asking import SET_ASIDE, Moment
from garrison.ledger.session import Session
from garrison.ledger.tables import claim, edition, standing


def units(session: Session, moment: Moment) -> list[tuple[str, int]]:
    """The units that claims name, each in one of its spellings, with the number of claims."""
    query = (
        select(func.min(claim.c.unit).label("name"), func.count().label("claims"))
        .join(claim, claim.c.pk == standing.c.claim_pk)
        .where(standing.c.unit_key != "", moment.condition(), standing.c.bucket.not_in(SET_ASIDE))
        .group_by(standing.c.unit_key)
    )
    return [(each.name, each.claims) for each in session.execute(query) if each.name]


def outlets(session: Session, moment: Moment) -> list[tuple[str, int]]:
    """The outlets and other voices, each by one of its names, with the number of documents."""
    query = (
        select(func.min(edition.c.voice).label("name"), func.count().label("documents"))
        .where(moment.condition(edition.c))
        .group_by(edition.c.voice_key)
    )
    return [(each.name, each.documents) for each in session.execute(query)]
