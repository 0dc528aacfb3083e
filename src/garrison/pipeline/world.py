"""The world: every row with its estimate at once, as of today, without the citations."""

from __future__ import annotations

from dataclasses import replace

from garrison.ledger import Ledger, asking
from garrison.pipeline import kept
from garrison.pipeline.estimated import with_estimates
from garrison.pipeline.estimates import asked
from garrison.pipeline.picture import posture
from garrison.vocabulary import Asset, Row


def world(
    ledger: Ledger, *, place: str | None = None, actor: str | None = None, asset: Asset | None = None
) -> tuple[Row, ...]:
    """Who has what where today by all that is known, from what is kept beside the ledger: quick, however large it is.

    Each row has its estimate, its voices and its dispute as the estimate finds them, and no citations
    (``Row.stated`` is empty; :func:`garrison.pipeline.picture.row` has them). The first call on a ledger, and the
    first after something was recorded, brings what is kept up to date; :func:`garrison.pipeline.kept.refresh` does
    that beforehand.

    Args:
        ledger: an open ledger.
        place: a country or a site.
        actor: a country or group.
        asset: one class.

    Raises:
        UsageError: a place that is unknown.
    """
    question = asked(ledger, place=place, actor=actor, asset=asset)
    if question.moment == asking.Moment():
        return kept.world(ledger, question)
    # A ledger that does not show all of its claims has pictures of its own.
    picture = with_estimates(ledger, posture(ledger, place=place, actor=actor, asset=asset, listed=0))
    rows = (*picture.rows, *picture.own, *picture.strengths)
    return tuple(sorted((replace(row, stated=()) for row in rows), key=lambda row: row.id))
