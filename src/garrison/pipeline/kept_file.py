"""The file of kept estimates: rows with what is known of them on their last day, by family, as of a tick."""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from garrison.estimation.fingerprints import Paragraph
from garrison.estimation.grid import grid
from garrison.estimation.parameters import DEFAULT, STRENGTHS, THINGS
from garrison.ledger.columns import Family
from garrison.ledger.redaction import delete_beside
from garrison.ledger.tables import FILING
from garrison.pipeline.told import Packed, Told, unpacked_chains, unpacked_passages, unpacked_words
from garrison.pipeline.words import Word
from garrison.vocabulary import Actor, Asset, Estimate, Place, PlaceKind, Row

logger = logging.getLogger("garrison.estimates")

# Changes with everything that kept rows rest on besides the claims and the parameters: hearing, voices, the timeline.
METHOD = 6
# The tick of a ledger of which nothing is kept.
NOTHING = (0, "")
_TABLES = """
CREATE TABLE IF NOT EXISTS stand (one INTEGER PRIMARY KEY, model TEXT, seq INTEGER, at TEXT);
CREATE TABLE IF NOT EXISTS note (name TEXT, model TEXT, words TEXT, PRIMARY KEY (name, model));
CREATE TABLE IF NOT EXISTS told (
    actor TEXT, asset TEXT, place TEXT, model TEXT, seq INTEGER, at TEXT, chains BLOB,
    PRIMARY KEY (actor, asset, place)
);
CREATE TABLE IF NOT EXISTS part (
    actor TEXT, asset TEXT, place TEXT, number INTEGER, words BLOB, passages BLOB,
    PRIMARY KEY (actor, asset, place, number)
);
CREATE TABLE IF NOT EXISTS family (
    actor TEXT, asset TEXT, place TEXT, rows BLOB, PRIMARY KEY (actor, asset, place)
) WITHOUT ROWID;
"""
_TOLD = "SELECT seq, at, chains FROM told WHERE actor = ? AND asset = ? AND place = ? AND model = ?"
_UNTOLD = "DELETE FROM told WHERE actor = ? AND asset = ? AND place = ?"
_PARTS = "SELECT words, passages FROM part WHERE actor = ? AND asset = ? AND place = ? ORDER BY number"
_NUMBERS = "SELECT number FROM part WHERE actor = ? AND asset = ? AND place = ?"
_NO_PART = "DELETE FROM part WHERE actor = ? AND asset = ? AND place = ? AND number = ?"


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row on the last ``day`` (ordinal) that anything is said of it.

    ``remark`` is its estimate without what depends on the day asked for; ``posterior`` the probability of each cell on
    that day, as bytes; ``row`` what is stated, without the citations, ``None`` where nothing of it is to be seen yet.
    """

    remark: Estimate
    day: int
    posterior: bytes
    row: Row | None


Sheet = dict[Family, tuple[KeptRow, ...]]


def model() -> str:
    """What kept estimates rest on besides the claims: they are made anew when it changes."""
    parts = (METHOD, FILING, grid().size, grid().step, *(astuple(each) for each in (DEFAULT, THINGS, STRENGTHS)))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


class Store:
    """The file of kept estimates; one that cannot be read or written is as good as none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> tuple[tuple[int, str], Sheet]:
        """The tick up to which the claims were heard, and all rows; nothing where another model made them."""
        if self.path.exists():
            try:
                with closing(self._opened()) as connection:
                    return _all(connection)
            except (sqlite3.Error, ValueError) as error:
                logger.info("the estimates kept in %s cannot be read: %s", self.path, error)
        return NOTHING, {}

    def stand(self) -> tuple[int, str]:
        """The tick up to which the claims were heard; ``NOTHING`` where another model heard them."""
        if self.path.exists():
            try:
                with closing(self._opened()) as connection:
                    return _stand(connection)
            except sqlite3.Error as error:
                logger.info("the estimates kept in %s cannot be read: %s", self.path, error)
        return NOTHING

    def told(self, family: Family) -> Told | None:
        """What a family was told, if that was kept by this model."""
        if self.path.exists():
            try:
                with closing(self._opened()) as connection:
                    connection.execute("BEGIN")
                    found = connection.execute(_TOLD, (*family, model())).fetchone()
                    if found is not None:
                        seq, at, chains = found
                        words: list[Word] = []
                        passages: dict[tuple[int, int], Paragraph | None] = {}
                        for each, own in connection.execute(_PARTS, family):
                            words += unpacked_words(each)
                            passages |= unpacked_passages(own)
                        return Told((seq, at), tuple(words), unpacked_chains(chains), passages)
            except (sqlite3.Error, ValueError, KeyError) as error:
                logger.info("what was heard cannot be read in %s: %s", self.path, error)
        return None

    def tell(self, told: Mapping[Family, Packed], tick: tuple[int, str]) -> None:
        """Keep what families were told until ``tick``: what each was told, as bytes."""
        try:
            with closing(self._opened()) as connection, connection:
                _tell(connection, told, tick)
        except sqlite3.Error as error:
            logger.info("what was heard cannot be kept in %s: %s", self.path, error)

    def erase(self) -> None:
        """Delete the file, if this user may."""
        try:
            delete_beside(self.path)
        except OSError as error:
            logger.info("the estimates kept in %s cannot be deleted: %s", self.path, error)

    def put(
        self,
        fresh: Sheet,
        gone: Iterable[Family],
        stand: tuple[int, str],
        *,
        since: tuple[int, str],
        told: Mapping[Family, Packed] | None = None,
    ) -> bool:
        """Keep what was made anew between two ticks, unless what is kept is of another than the first of them.

        Returns:
            Whether something is kept now, of this tick or another.
        """
        try:
            with closing(self._opened()) as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                _tell(connection, told or {}, stand)
                return _put(connection, fresh, gone, stand, since)
        except sqlite3.Error as error:
            logger.info("no estimates can be kept in %s: %s", self.path, error)
        return True

    def note(self, name: str) -> str | None:
        """Words kept under ``name`` by this model, if any."""
        if self.path.exists():
            try:
                with closing(self._opened()) as connection:
                    asked = (name, model())
                    found = connection.execute("SELECT words FROM note WHERE name = ? AND model = ?", asked).fetchone()
                    return str(found[0]) if found else None
            except sqlite3.Error as error:
                logger.info("the estimates kept in %s cannot be read: %s", self.path, error)
        return None

    def take_note(self, name: str, words: str) -> None:
        """Keep ``words`` under ``name``."""
        try:
            with closing(self._opened()) as connection, connection:
                connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (name, model(), words))
        except sqlite3.Error as error:
            logger.info("no estimates can be kept in %s: %s", self.path, error)

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=5.0, isolation_level=None)
        # What a power cut spoils is made anew; a new document does not wait for the disk.
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_TABLES)
        return connection


def _stand(connection: sqlite3.Connection) -> tuple[int, str]:
    found = connection.execute("SELECT model, seq, at FROM stand").fetchone()
    return NOTHING if found is None or found[0] != model() else (found[1], found[2])


def _all(connection: sqlite3.Connection) -> tuple[tuple[int, str], Sheet]:
    stand = _stand(connection)
    if stand == NOTHING:
        return NOTHING, {}
    rows = connection.execute("SELECT actor, asset, place, rows FROM family").fetchall()
    parts = [each[3].partition(b"\n") for each in rows]
    with uncollected():
        # All in one piece: a call for each of ten thousand families takes as long again.
        words = json.loads(b"[%s]" % b",".join(each[0] for each in parts))
        sheet = {
            Family(*each[:3]): _unpacked(of_family, posteriors)
            for each, of_family, (_, _, posteriors) in zip(rows, words, parts, strict=True)
        }
    return stand, sheet


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows and words have no cycles; looking for some among so many takes a quarter of the time of making them."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _tell(connection: sqlite3.Connection, told: Mapping[Family, Packed], tick: tuple[int, str]) -> None:
    for family, packed in told.items():
        known = connection.execute(_TOLD, (*family, model())).fetchone()
        if packed.since is not None and (known is None or known[:2] != packed.since):
            # What lies there is not what this goes on from: it is heard as a whole the next time.
            connection.execute(_UNTOLD, family)
            continue
        numbers = {each for (each,) in connection.execute(_NUMBERS, family)}
        gone = numbers - packed.same - packed.parts.keys()
        connection.executemany(_NO_PART, ((*family, number) for number in gone))
        parts = ((*family, number, *each) for number, each in packed.parts.items())
        connection.executemany("INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?)", parts)
        row = (*family, model(), *tick, packed.chains)
        connection.execute("INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _put(
    connection: sqlite3.Connection, fresh: Sheet, gone: Iterable[Family], stand: tuple[int, str], since: tuple[int, str]
) -> bool:
    found = connection.execute("SELECT model, seq, at FROM stand").fetchone()
    if since == NOTHING:
        connection.execute("DELETE FROM family")
    elif found != (model(), *since):
        return found is not None
    connection.executemany("DELETE FROM family WHERE actor = ? AND asset = ? AND place = ?", list(gone))
    kept = ((*family, _packed(rows)) for family, rows in fresh.items())
    connection.executemany("INSERT OR REPLACE INTO family VALUES (?, ?, ?, ?)", kept)
    connection.execute("INSERT OR REPLACE INTO stand VALUES (1, ?, ?, ?)", (model(), *stand))
    return True


def _packed(rows: Sequence[KeptRow]) -> bytes:
    """Rows as bytes: their words as JSON on the first line, then the posteriors."""
    words = [
        (one.row, each.day, one.sized, one.voices, one.dispute, one.outlying, one.dropped, _row_words(each.row))
        for each in rows
        for one in (each.remark,)
    ]
    return json.dumps(words).encode() + b"\n" + b"".join(each.posterior for each in rows)


def _unpacked(words: Any, posteriors: bytes) -> tuple[KeptRow, ...]:
    size = 4 * grid().size
    return tuple(
        KeptRow(
            Estimate(
                row=row,
                as_of="",
                low=None,
                median=0 if sized else None,
                high=None,
                presence=0.0,
                voices=voices,
                dispute=tuple(dispute) if dispute else None,
                outlying=tuple(outlying),
                dropped=gone,
            ),
            day,
            posteriors[at * size : (at + 1) * size],
            _row(stated),
        )
        for at, (row, day, sized, voices, dispute, outlying, gone, stated) in enumerate(words)
    )


def _row_words(row: Row | None) -> Any:
    if row is None:
        return None
    named = (row.id, row.actor.name, row.actor.iso3, row.asset, astuple(row.place), row.component)
    counts = (row.claims, row.voices, row.checked, row.first_cited, row.last_cited, row.disputed)
    return *named, row.low, row.high, *counts


_PLACE_KINDS = {each.value: each for each in PlaceKind}
_ASSETS = {each.value: each for each in Asset}


def _row(words: Any) -> Row | None:
    if words is None:
        return None
    id, name, iso3, asset, place, component, low, high, *counts = words
    *where, within = place
    return Row(id, _actor(name, iso3), _ASSETS[asset], _place(*where, tuple(within)), component, (), low, high, *counts)


# The world has the same few hundred actors and countries ten thousand times over.
@lru_cache(maxsize=4096)
def _actor(name: str, iso3: str | None) -> Actor:
    return Actor(name, iso3)


@lru_cache(maxsize=4096)
def _place(name: str, iso3: str | None, kind: str | None, *found: Any) -> Place:
    return Place(name, iso3, _PLACE_KINDS[kind] if kind else None, *found)
