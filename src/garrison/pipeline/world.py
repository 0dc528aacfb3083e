"""The world: every row with its estimate at once, without the citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Unpack

from garrison.ledger import Ledger, asking, columns, observing
from garrison.ledger.days import today
from garrison.pipeline import kept
from garrison.pipeline.estimated import with_estimates
from garrison.pipeline.estimates import asked, estimated_then, passes
from garrison.pipeline.filters import Filters
from garrison.pipeline.kept_file import uncollected
from garrison.pipeline.picture import posture, row_of
from garrison.vocabulary import Estimate, Row

# So many worlds of other days are kept while the program runs, each of a ledger as it stands.
KEPT = 4
_THEN: dict[tuple[str, tuple[int, str], observing.Question], tuple[Row, ...]] = {}


def world(ledger: Ledger, **filters: Unpack[Filters]) -> tuple[Row, ...]:
    """Who has what where, from what is kept beside the ledger: quick for today, for another day some seconds.

    Each row has its estimate, its voices and its dispute as the estimate finds them, and no citations
    (``Row.stated`` is empty; :func:`garrison.pipeline.picture.row` has them). The first call on a ledger, and the
    first after something was recorded, brings what is kept up to date; :func:`garrison.pipeline.kept.refresh` does
    that beforehand. A world of another day than today is made once, until something is recorded.

    Args:
        ledger: an open ledger.
        filters: which rows, and of when (:class:`garrison.pipeline.filters.Filters`).

    Raises:
        UsageError: a place or date that is unknown.
    """
    question = asked(ledger, **filters)
    moment = question.moment
    if moment == asking.Moment() and question.day == today():
        return kept.world(ledger, question)
    if moment.seq is not None or moment.open_day is not None:
        # What a ledger showed before, and one that does not show all of its claims, have pictures of their own.
        picture = with_estimates(ledger, posture(ledger, listed=0, **filters))
        rows = (*picture.rows, *picture.own, *picture.strengths)
        return tuple(sorted((replace(row, stated=()) for row in rows), key=lambda row: row.id))
    key = (str(ledger.path.resolve()), columns.last_change(ledger.session), question)
    if key not in _THEN:
        made = _then(ledger, question)
        while len(_THEN) >= KEPT:
            del _THEN[next(iter(_THEN))]
        _THEN[key] = made
    return _THEN[key]


def _then(ledger: Ledger, question: observing.Question) -> tuple[Row, ...]:
    with uncollected():
        rows = estimated_then(ledger, question, _rows, kept.shown)[1]
    return tuple(sorted(rows, key=lambda row: row.id))


def _rows(
    question: observing.Question, stated: Sequence[observing.Observed], estimates: Mapping[str, Estimate]
) -> list[Row]:
    return [row_of(each, estimates.get(each.key), cited=False) for each in stated if passes(each.key, question)]
