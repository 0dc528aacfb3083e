"""Touching: of which countries a picture may be another than it was, by what has changed since a tick."""

from __future__ import annotations

import json

from sqlalchemy import bindparam, column, func, select

from garrison.ledger import columns
from garrison.ledger.keys import STRENGTH_PLACE
from garrison.ledger.session import Session
from garrison.ledger.tables import edition, standing, unit

# Where more editions of documents began or ended, it is not told which countries they are about.
MANY = 2000


def touched(session: Session, seq: int) -> frozenset[str] | None:
    """The keys of the places of which the picture of today may have changed since tick ``seq``; ``None`` for all.

    A place is touched by claims about it, by the total strength of its forces, and by claims that tell where a unit is
    that was ever cited there, since being elsewhere ends its stay.
    """
    if session.execute(select(unit.c.pk).where(unit.c.seq > seq).limit(1)).first() is not None:
        return None
    for changed in (edition.c.since, edition.c.until):
        few = select(edition.c.pk).where(changed.is_not(None), changed > seq).limit(MANY + 1).subquery()
        if session.execute(select(func.count()).select_from(few)).scalar_one() > MANY:
            return None
    changes = columns.changes(session, seq)
    if changes is None:
        return None
    places = {family.place for family in changes.families}
    places |= {family.actor for family in changes.families if family.place == STRENGTH_PLACE}
    units = session.execute(_UNITS, {"chunk": json.dumps(sorted(changes.ended | changes.begun))}).scalars().all()
    for each in session.execute(_CITED, {"chunk": json.dumps(units)}):
        places |= {each.place_key, each.origin_key}
    return frozenset(places - {""})


_chunk = select(func.json_each(bindparam("chunk")).table_valued(column("value")).c.value)
_UNITS = select(standing.c.unit_key).distinct().where(standing.c.edition_pk.in_(_chunk), standing.c.unit_key != "")
_CITED = (
    select(standing.c.place_key, standing.c.origin_key)
    .distinct()
    .where(standing.c.unit_key.in_(_chunk), standing.c.unit_key != "")
)
