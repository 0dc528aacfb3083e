"""Forces: every row of today as a map shows it, made once and then anew only where something new was said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock

from garrison.ledger import Ledger, columns, keys, observing
from garrison.pipeline.picture import row_of
from garrison.publishing.wording import figures_words, sources_words
from garrison.vocabulary import Row

# Of so many ledgers the forces are held in memory while the program runs.
HELD = 4


@dataclass(frozen=True, slots=True)
class Force:
    """A row without its citations: its key, those of its actor and place, what its voices state in words, its last day.

    ``said_by`` is who said the newest of it, innermost first, in words; ``last_day`` the ordinal of the day that it was
    last cited.
    """

    key: str
    actor_key: str
    place_key: str
    row: Row
    words: str
    said_by: str
    last_day: int

    @property
    def placed(self) -> bool:
        """Whether it has a place, and is no total strength."""
        return self.place_key != keys.STRENGTH_PLACE

    @property
    def home(self) -> bool:
        """Whether the force is in its own country."""
        return self.actor_key == self.place_key


@dataclass(frozen=True, slots=True)
class _Held:
    stand: tuple[int, str]
    day: int
    forces: dict[int, Force]


_HELD: dict[str, _Held] = {}
_MAKING = Lock()


def force_of(observed: observing.Observed) -> Force:
    """A row as a map shows it."""
    made = row_of(observed)
    words = figures_words((quantity for _, quantity in observed.figures), made.low, made.high)
    filing = (observed.key, observed.actor_key, observed.place_key)
    newest = observed.stated[0]
    said_by = " → ".join([*sources_words(newest), *([newest.outlet] if newest.outlet else [])]) or newest.voice
    return Force(*filing, replace(made, stated=()), words, said_by, observed.last_day)


def current(ledger: Ledger, day: int) -> tuple[Force, ...]:
    """Every row on ``day``, which is today, by all that is known, by key; also those of strengths, without a place."""
    name = str(ledger.path.resolve())
    with _MAKING:
        held = _refreshed(ledger, _HELD.get(name), day)
        while len(_HELD) >= HELD and name not in _HELD:
            del _HELD[next(iter(_HELD))]
        _HELD[name] = held
    return tuple(sorted(held.forces.values(), key=lambda each: each.key))


def passes(force: Force, question: observing.Question) -> bool:
    """Whether a force is one that ``question``, which names no unit, is about."""
    place = question.place
    if place is not None and place.iso3 is not None:
        here = place.iso3 in ((force.place_key,) if force.placed else (force.actor_key,))
    else:
        here = place is None or place.key in force.key.partition(":")[0].split("/")[2:]
    return here and question.actor_key in (None, force.actor_key) and question.asset in (None, force.row.asset)


def _refreshed(ledger: Ledger, held: _Held | None, day: int) -> _Held:
    session = ledger.session
    now = columns.last_change(session)
    if held is not None and (held.stand, held.day) == (now, day):
        return held
    # A backup put back in its place is another ledger, and what was erased leaves no trace of which rows it was in.
    goes_on = held is not None and columns.ticked(session, held.stand[0]) == held.stand[1] and held.day <= day
    changes = columns.changes(session, held.stand[0]) if held is not None and goes_on else None
    if held is None or changes is None:
        return _Held(now, day, _made(ledger, day, None))
    rows = set(columns.rows_of(session, changes.families))
    if held.day != day:
        rows.update(observing.ahead(session, held.day))
    forces = {pk: each for pk, each in held.forces.items() if pk not in rows}
    return _Held(now, day, forces | _made(ledger, day, rows))


def _made(ledger: Ledger, day: int, rows: set[int] | None) -> dict[int, Force]:
    return {pk: force_of(each) for pk, each in observing.summed(ledger.session, day, rows)}
