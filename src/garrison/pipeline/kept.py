"""Kept: the estimates of today, kept beside the ledger and made anew only for rows of which something new was said.

``NAME.db`` has its estimates in ``NAME.db.estimates``, an SQLite file of its own: it is written by those who only read
the ledger, and can be deleted at any time. It holds no text, but the names of rows and voices, which are words of the
documents; so it goes, and is made anew from nothing, when a document is redacted. A row is kept as its posterior on
the last day of which anything was said; any later day follows by drift alone (:mod:`garrison.estimation.latest`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

import numpy as np

from garrison.estimation.arrays import Masses
from garrison.estimation.grid import grid
from garrison.estimation.latest import drifted
from garrison.ledger import Ledger, asking, columns, observing
from garrison.ledger.columns import family_of
from garrison.ledger.days import day_text, today
from garrison.ledger.redaction import estimates_beside
from garrison.pipeline import making
from garrison.pipeline.estimates import class_of, estimated, passes
from garrison.pipeline.hearing import hearing, wholes_of
from garrison.pipeline.kept_file import NOTHING, WORLD, Store, uncollected
from garrison.pipeline.kept_rows import Sheet, estimate_of, row_of
from garrison.pipeline.making import Making
from garrison.pipeline.tabled import Table, packed_table, tabled, unpacked_table
from garrison.vocabulary import Estimate, Row

logger = logging.getLogger("garrison.estimates")

# Of so many ledgers the kept estimates are held in memory while the program runs.
HELD = 4
# Where families that changed are more, the reader is told that it takes a while.
MANY = 2000
# Of so many families a table of today's rows is worth its place.
TABLED = 1000


@dataclass(slots=True)
class Held:
    """The kept estimates of one ledger in memory, as of a tick; ``answers`` are those of a day."""

    stand: tuple[int, str]
    sheet: Sheet
    answers: dict[int, dict[str, Estimate]]


@dataclass(frozen=True, slots=True)
class World:
    """The rows of one ledger as of a tick and of a day, by family and in all."""

    stand: tuple[int, str]
    day: int
    table: Table
    rows: tuple[Row, ...]


_HELD: dict[str, Held] = {}
_WORLDS: dict[str, World] = {}


def forget() -> None:
    """Hold nothing any more of any ledger, as a program just begun."""
    _HELD.clear()
    _WORLDS.clear()
    making.forget()


def current(ledger: Ledger, question: observing.Question) -> dict[str, Estimate]:
    """The estimates of today, by all that is known, of the rows that ``question`` is about, by their keys."""
    held = refreshed(ledger)
    if question.place is None and question.actor_key is None and question.asset is None:
        return dict(_answer(ledger, held, question.day))
    if question.day in held.answers:
        whole = held.answers[question.day]
        families = columns.families(ledger.session, question)
        return {
            kept.key: whole[kept.key]
            for family in families
            for kept in held.sheet.get(family, ())
            if passes(kept.key, question)
        }
    families = columns.families(ledger.session, question)
    found = on_day(ledger, {family: held.sheet[family] for family in families if family in held.sheet}, question.day)
    return {row: each for row, each in found.items() if passes(row, question)}


def world(ledger: Ledger, question: observing.Question) -> tuple[Row, ...]:
    """The rows that ``question`` is about, each with its estimate and without the citations, by id, as of today."""
    if question.place is None and question.actor_key is None and question.asset is None:
        return _whole(ledger, question.day)
    estimates = current(ledger, question)
    sheet = refreshed(ledger).sheet
    families = sheet if len(estimates) > MANY else {family_of(row) for row in estimates}
    return _sorted(shown({family: sheet[family] for family in families}, estimates))


def _whole(ledger: Ledger, day: int) -> tuple[Row, ...]:
    """All rows as of ``day``, which is today: from what was tabled last, and what was made anew since."""
    name, now = str(ledger.path.resolve()), columns.last_change(ledger.session)
    known = _WORLDS.get(name)
    if known is not None and (known.stand, known.day) == (now, day):
        return known.rows
    store = Store(estimates_beside(ledger.path))
    if store.stand() != now:
        refresh(ledger)
    with uncollected():
        table = _tabled(ledger, store, now, day, known)
        if table is None:
            held = refreshed(ledger)
            table = tabled(shown(held.sheet, _answer(ledger, held, day)))
            if len(held.sheet) > TABLED:
                _table(ledger, store, table, now, day)
        rows = _sorted(chain.from_iterable(table.values()))
    while len(_WORLDS) >= HELD and name not in _WORLDS:
        del _WORLDS[next(iter(_WORLDS))]
    _WORLDS[name] = World(now, day, table, rows)
    return rows


def _tabled(ledger: Ledger, store: Store, now: tuple[int, str], day: int, known: World | None) -> Table | None:
    """The rows of ``day`` as of the tick ``now``, from those that were tabled; ``None`` if none were."""
    if store.stand() != now:
        return None
    tick, table = NOTHING, Table()
    if known is not None and known.day == day and columns.changes(ledger.session, known.stand[0]) is not None:
        tick, table = known.stand, known.table
    elif note := store.note(WORLD):
        try:
            tick, table = unpacked_table(note, day) or (tick, table)
        except ValueError as error:
            logger.info("the rows kept in %s cannot be read: %s", store.path, error)
    if not _goeson_day(ledger, tick):
        return None
    fresh = store.since(tick[0]) if tick != now else {}
    more = tabled(shown(fresh, on_day(ledger, fresh, day)))
    return {**table, **dict.fromkeys(fresh, ()), **more}


def _table(ledger: Ledger, store: Store, table: Table, now: tuple[int, str], day: int) -> None:
    """Keep a table for the next program."""
    if store.stand() == now:
        store.take_note(WORLD, packed_table(table, day, now))
    if columns.erased_since(ledger.session, now[0]):
        store.erase()


def shown(sheet: Sheet, estimates: Mapping[str, Estimate]) -> list[Row]:
    """The rows of ``sheet`` of which something is to be seen, each with its estimate."""
    with uncollected():
        return [
            row_of(kept.stated, estimate)
            for of_family in sheet.values()
            for kept in of_family
            if kept.stated is not None and (estimate := estimates.get(kept.key)) is not None
        ]


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=attrgetter("id")))


def behind(ledger: Ledger) -> int:
    """How many claims the next question would have to wait for, to be heard anew; 0 where all is up to date."""
    name, now = str(ledger.path.resolve()), columns.last_change(ledger.session)
    held = _HELD.get(name)
    if held is not None and held.stand == now:
        return 0
    stand = Store(estimates_beside(ledger.path)).stand()
    if stand == now:
        return 0
    changes = columns.changes(ledger.session, stand[0]) if _goeson_day(ledger, stand) else None
    if changes is not None:
        return sum(columns.sizes(ledger.session, changes.families).values())
    question = observing.Question(day=today(), moment=asking.Moment(), current=False)
    return sum(columns.families(ledger.session, question).values())


def refresh(ledger: Ledger) -> int:
    """Bring the kept estimates up to date with the ledger, and tell how many families were made anew.

    Call it after recording, where the next question shall not wait for it.
    """
    made = _refresh(ledger)[1]
    if made > MANY:
        # While so much is made anew, the world can be made ready, too.
        _whole(ledger, today())
    return made


def refreshed(ledger: Ledger) -> Held:
    """The kept estimates, up to date."""
    return _refresh(ledger)[0]


def _refresh(ledger: Ledger) -> tuple[Held, int]:
    name, now = str(ledger.path.resolve()), columns.last_change(ledger.session)
    held = _HELD.get(name)
    if held is not None and held.stand == now:
        return held, 0
    store = Store(estimates_beside(ledger.path))
    # Another process may have brought the file up to date meanwhile.
    if held is None or not _goeson_day(ledger, held.stand) or store.stand() == now:
        stand, sheet = store.all()
        known = _goeson_day(ledger, stand)
        held = Held(stand if known else NOTHING, sheet if known else {}, {})
        if held.stand == now:
            return _hold(name, held), 0
    question = observing.Question(day=today(), moment=asking.Moment(), current=False)
    changes = columns.changes(ledger.session, held.stand[0]) if held.stand != NOTHING else None
    if changes is not None:
        due = columns.sizes(ledger.session, changes.families)
        gone = {family for family in changes.families if family in held.sheet and family not in due}
    else:
        # What an erased document said of other rows, nobody can tell any more: all is heard anew.
        store.erase()
        making.forget(store.path)
        _WORLDS.pop(name, None)
        held, gone = Held(NOTHING, {}, {}), set()
        due = columns.families(ledger.session, question)
    if len(due) > MANY:
        logger.warning("estimating %s rows of the ledger %s for the first time", f"{len(due):,}", ledger.path)
    maker = Making(ledger, question, store, now)
    fresh = maker.made(due)
    sheet = {family: rows for family, rows in held.sheet.items() if family not in gone} if gone else dict(held.sheet)
    sheet |= fresh
    if not store.put(fresh, gone, now, since=held.stand, told=maker.told):
        store.put(sheet, (), now, since=NOTHING)
    if columns.erased_since(ledger.session, now[0]):
        # Erased while this was being made, or before it was written: what it said may be in the file again.
        store.erase()
        making.forget(store.path)
        _HELD.pop(name, None)
        _WORLDS.pop(name, None)
        return _refresh(ledger)
    return _hold(name, Held(now, sheet, {})), len(due)


def _hold(name: str, held: Held) -> Held:
    while len(_HELD) >= HELD and name not in _HELD:
        del _HELD[next(iter(_HELD))]
    _HELD[name] = held
    return held


def _goeson_day(ledger: Ledger, stand: tuple[int, str]) -> bool:
    """Whether the ledger is the one that had its newest tick at ``stand``: a backup put back is another."""
    return stand != NOTHING and columns.ticked(ledger.session, stand[0]) == stand[1]


def _answer(ledger: Ledger, held: Held, day: int) -> dict[str, Estimate]:
    if day not in held.answers:
        with uncollected():
            held.answers = {day: on_day(ledger, held.sheet, day)}
    return held.answers[day]


def on_day(ledger: Ledger, sheet: Sheet, day: int) -> dict[str, Estimate]:
    """The estimates on ``day`` of the rows in ``sheet``."""
    rows = [kept for of_family in sheet.values() for kept in of_family if kept.day <= day]
    found: dict[str, Estimate] = {}
    if rows:
        posterior: Masses = np.frombuffer(b"".join([kept.posterior for kept in rows]), dtype=np.float32)
        days = np.array([kept.day for kept in rows], dtype=np.int64)
        levels = drifted(days, posterior.reshape(len(rows), grid().size), day, [class_of(kept.key) for kept in rows])
        figures = [each.tolist() for each in (levels.low, levels.median, levels.high, levels.presence)]
        as_of = day_text(day)
        tops = {kept.key: high for kept, high in zip(rows, figures[2], strict=True) if kept.sized}
        for kept, low, median, high, presence in zip(rows, *figures, strict=True):
            # A part is no larger than its whole; that bounds the answer, and feeds nothing back.
            top = min([tops[whole] for whole in wholes_of(kept.key) if whole in tops], default=high)
            found[kept.key] = estimate_of(kept, as_of, min(low, top), min(median, top), min(high, top), presence)
    # What is said of a time to come is not drift away: such rows are made from their claims.
    if len(rows) < sum(map(len, sheet.values())):
        ahead = {family for family, of_family in sheet.items() if any(kept.day > day for kept in of_family)}
        question = observing.Question(day=day, moment=asking.Moment(), current=False)
        found |= {row: each for row, (each,) in estimated(hearing(ledger, question, ahead), [day]).items()}
    return found
