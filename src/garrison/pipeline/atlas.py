"""The atlas: every force with a place on a day, with the arrivals and departures before it, as a map shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from garrison.ledger import Ledger, citing, listing, observing
from garrison.ledger.days import day_text, today
from garrison.pipeline.forces import Force, current, force_of, passes
from garrison.pipeline.picture import asked
from garrison.pipeline.reconciliation import CONTEMPORARY_DAYS
from garrison.vocabulary import Asset, Citation

RECENT_DAYS = 92
"""How many days before the day of the picture a move counts as recent."""
MOVES = 500


@dataclass(frozen=True, slots=True)
class Atlas:
    """Every force with a place, the recent moves, newest first, and how many of these are left out (ISO dates)."""

    as_of: str
    known: str
    recorded: str
    forces: tuple[Force, ...]
    moves: tuple[tuple[str, Citation], ...]
    left_out: int


def atlas(
    ledger: Ledger,
    *,
    actor: str | None = None,
    asset: Asset | None = None,
    as_of: str | None = None,
    known: str | None = None,
    recorded: str | None = None,
) -> Atlas:
    """Who is where with what, all over the world; the arguments are those of :func:`garrison.pipeline.picture.posture`.

    Raises:
        UsageError: a date that is none.
    """
    question = asked(ledger, actor=actor, asset=asset, as_of=as_of, known=known, recorded=recorded)
    session = ledger.session
    if question.current and session.open_day is None:
        seen = (each for each in current(ledger, question.day) if passes(each, question))
        forces = tuple(each for each in seen if each.placed)
    else:
        made = (force_of(each) for each in observing.observed(session, question))
        forces = tuple(each for each in made if each.placed)
    found = listing.listed(session, question, "move", MOVES, since=question.day - RECENT_DAYS)
    days = _days(ledger, found.newest)
    cited = citing.cited(session, found.newest)
    moves = tuple((days[pk], cited[pk]) for pk in found.newest)
    now = day_text(today())
    return Atlas(day_text(question.day), known or now, recorded or now, forces, moves, found.number - len(found.newest))


def is_old(last_cited: int, day: int) -> bool:
    """Whether what was last cited on a day (ordinal) is over a year old on another, and so no longer bounds."""
    return day - last_cited > CONTEMPORARY_DAYS


def _days(ledger: Ledger, pks: Sequence[int]) -> dict[int, str]:
    return {pk: day_text(day) for pk, day in listing.first_days(ledger.session, pks)}
