"""Refiling: what is derived from claims, made anew after the way that they are filed has changed."""

from __future__ import annotations

import logging

from sqlalchemy import select

from garrison.ledger.recording import stand_with_kin
from garrison.ledger.rows import refresh_voices
from garrison.ledger.session import Session
from garrison.ledger.tables import document, row_voice

logger = logging.getLogger("garrison.ledger")


def refile(session: Session) -> None:
    """File every claim anew and choose each voice's statement in each row, inside the caller's transaction.

    What was filed otherwise until now still is for questions about an earlier day of recording.
    """
    row_voice.drop(session.connection)
    row_voice.create(session.connection)
    documents = session.execute(select(document.c.pk).where(document.c.redacted_at.is_(None))).scalars().all()
    if not documents:
        return
    logger.warning("bringing the ledger %s up to date: %s documents are filed anew", session.path, len(documents))
    seq = session.tick()
    for pk in documents:
        stand_with_kin(session, pk, seq)
    refresh_voices(session)
