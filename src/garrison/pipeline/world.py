"""The world: every row with its estimate at once, as of today, without the citations."""

from __future__ import annotations

from garrison.ledger import Ledger
from garrison.pipeline import kept
from garrison.pipeline.estimates import asked
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
    return kept.world(ledger, asked(ledger, place=place, actor=actor, asset=asset))
