"""The file of kept estimates: rows with what is known of them on their last day, by family, as of a tick."""

from __future__ import annotations

import gc
import hashlib
import json
import logging
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import astuple
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from garrison.estimation.grid import grid
from garrison.estimation.parameters import DEFAULT, STRENGTHS, THINGS
from garrison.ledger.columns import Family
from garrison.ledger.redaction import delete_beside
from garrison.ledger.tables import FILING
from garrison.pipeline.kept_rows import KeptRow, Sheet
from garrison.pipeline.told import Packed, Part, Told, unpacked

logger = logging.getLogger("garrison.estimates")

# Changes with everything that kept rows rest on besides the claims and the parameters: hearing, voices, the timeline.
METHOD = 10
# The tick of a ledger of which nothing is kept.
NOTHING = (0, "")
# The name of the note that has the rows of today's world (:mod:`garrison.pipeline.tabled`).
WORLD = "world"
# Changes with the tables.
TABLES = 5
_CHAINS_BESIDE, _WITHOUT_DAYS = 3, 4
_TABLES = """
CREATE TABLE stand (one INTEGER PRIMARY KEY, model TEXT, seq INTEGER, at TEXT);
CREATE TABLE note (name TEXT, model TEXT, words TEXT, PRIMARY KEY (name, model));
CREATE TABLE told (
    actor TEXT, asset TEXT, place TEXT, model TEXT, seq INTEGER, at TEXT, known INTEGER, last INTEGER,
    PRIMARY KEY (actor, asset, place)
);
CREATE TABLE chain (
    actor TEXT, asset TEXT, place TEXT, number INTEGER, data BLOB, PRIMARY KEY (actor, asset, place, number)
);
CREATE TABLE part (
    actor TEXT, asset TEXT, place TEXT, number INTEGER, roll BLOB, words BLOB, names BLOB, passages BLOB,
    PRIMARY KEY (actor, asset, place, number)
);
CREATE TABLE piece (
    actor TEXT, asset TEXT, place TEXT, row TEXT, number INTEGER, said BLOB,
    PRIMARY KEY (actor, asset, place, row, number)
);
CREATE TABLE family (
    actor TEXT, asset TEXT, place TEXT, rows BLOB, seq INTEGER, PRIMARY KEY (actor, asset, place)
) WITHOUT ROWID;
"""
_TOLD = "SELECT seq, at FROM told WHERE actor = ? AND asset = ? AND place = ? AND model = ?"
# Those of which all was known by a day, and is of a time until another.
_BY_THEN = """
SELECT actor, asset, place FROM told JOIN family USING (actor, asset, place)
WHERE model = ? AND told.seq = family.seq AND known <= ? AND last <= ?
"""
_UNTOLD = "DELETE FROM told WHERE actor = ? AND asset = ? AND place = ?"
# Those of a family, and after them what has changed since.
_CHAINS = "SELECT data FROM chain WHERE actor = ? AND asset = ? AND place = ? ORDER BY number"
_NO_CHAINS = "DELETE FROM chain WHERE actor = ? AND asset = ? AND place = ?"
# The number of a part is where it starts.
_PARTS = (
    "SELECT number, roll, words, names, passages FROM part WHERE actor = ? AND asset = ? AND place = ? ORDER BY number"
)
# A family of which something was heard later than it was told has been told since, or is not told at all. Of many
# families at once: a question for each takes twice as long. A cross join goes through them in the order in which they
# are asked for; to bring them in order would copy all.
_TOLD_PARTS = """
SELECT asked.key, number, roll, words, names, passages FROM json_each(?) AS asked
CROSS JOIN told ON told.actor = json_extract(asked.value, '$[0]')
    AND told.asset = json_extract(asked.value, '$[1]') AND told.place = json_extract(asked.value, '$[2]')
CROSS JOIN family USING (actor, asset, place) CROSS JOIN part USING (actor, asset, place)
WHERE model = ? AND told.seq = family.seq
"""
_AT_ONCE = 1000
_PIECES = "SELECT row, number, said FROM piece WHERE actor = ? AND asset = ? AND place = ?"
_NO_PIECES = "DELETE FROM piece WHERE actor = ? AND asset = ? AND place = ?"
# Two programs may have told a family by the same tick, each in other parts.
_CUT = "SELECT count(*), coalesce(sum(number), 0) FROM part WHERE actor = ? AND asset = ? AND place = ?"
_NO_PARTS = "DELETE FROM part WHERE actor = ? AND asset = ? AND place = ?"
_NO_PART = _NO_PARTS + " AND number = ?"


def model() -> str:
    """What kept estimates rest on besides the claims: they are made anew when it changes."""
    return _model(METHOD, FILING)


@lru_cache
def _model(method: int, filing: object) -> str:
    parts = (method, filing, grid().size, grid().step, *(astuple(each) for each in (DEFAULT, THINGS, STRENGTHS)))
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

    def since(self, seq: int) -> Sheet:
        """The rows of families of which something was heard after tick ``seq``."""
        try:
            with closing(self._opened()) as connection:
                return _sheet(connection.execute(_ROWS + " WHERE seq > ?", (seq,)).fetchall())
        except (sqlite3.Error, ValueError) as error:
            logger.info("the estimates kept in %s cannot be read: %s", self.path, error)
        return {}

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
                        chains = [data for (data,) in connection.execute(_CHAINS, family)]
                        parts = [(start, Part(*part)) for start, *part in connection.execute(_PARTS, family)]
                        pieces = {(row, number): said for row, number, said in connection.execute(_PIECES, family)}
                        return unpacked(found, chains, pieces, parts)
            except (sqlite3.Error, ValueError, KeyError) as error:
                logger.info("what was heard cannot be read in %s: %s", self.path, error)
        return None

    def parts(self, families: Iterable[Family]) -> Iterator[tuple[Family, list[Part]]]:
        """What each of ``families`` was told, in their order, as far as that is all that was ever heard of it.

        A family of which that is not kept is left out.
        """
        if self.path.exists():
            try:
                with closing(self._opened()) as connection:
                    connection.execute("BEGIN")
                    asked = list(families)
                    for start in range(0, len(asked), _AT_ONCE):
                        chunk = asked[start : start + _AT_ONCE]
                        found = connection.execute(_TOLD_PARTS, (json.dumps(chunk), model()))
                        for at, own in groupby(found, key=itemgetter(0)):
                            yield chunk[at], [Part(*part) for _, _, *part in sorted(own, key=itemgetter(1))]
            except sqlite3.Error as error:
                logger.info("what was heard cannot be read in %s: %s", self.path, error)

    def by_then(self, known: int | None, day: int) -> set[Family]:
        """The families of which all was known by the day ``known``, and is of ``day`` or earlier and of no series."""
        if self.path.exists():
            try:
                with closing(self._opened()) as connection:
                    asked = (model(), sys.maxsize if known is None else known, day)
                    return {Family._make(each) for each in connection.execute(_BY_THEN, asked)}
            except sqlite3.Error as error:
                logger.info("what was heard cannot be read in %s: %s", self.path, error)
        return set()

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
        # What a power cut spoils is made anew; a new document does not wait for the disk. What is kept of a large
        # family is written twice as fast in pages as large as these, all of them in memory.
        for setting in ("synchronous = OFF", "page_size = 32768", "cache_size = -32000"):
            connection.execute(f"PRAGMA {setting}")
        if connection.execute("PRAGMA user_version").fetchone()[0] != TABLES:
            _begun(connection)
        return connection


def _begun(connection: sqlite3.Connection) -> None:
    """Make the tables; those of another version of this program go, with what was kept in them."""
    connection.execute("BEGIN IMMEDIATE")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == _CHAINS_BESIDE:
        # The words stay; chains are made anew where something new is said.
        connection.execute("ALTER TABLE told RENAME TO older")
        for table in ("told", "chain"):
            connection.execute(next(each for each in _TABLES.split(";") if f"TABLE {table} (" in each))
        connection.execute("INSERT INTO told SELECT actor, asset, place, model, seq, at, NULL, NULL FROM older")
        connection.execute("INSERT INTO chain SELECT actor, asset, place, 0, x'' FROM older")
        connection.execute("DROP TABLE older")
        connection.execute(f"PRAGMA user_version = {TABLES}")
    elif version == _WITHOUT_DAYS:
        for name in ("known", "last"):
            connection.execute(f"ALTER TABLE told ADD COLUMN {name} INTEGER")
        connection.execute(f"PRAGMA user_version = {TABLES}")
    elif version != TABLES:
        for name in ("stand", "note", "told", "chain", "part", "piece", "family"):
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        for table in filter(None, map(str.strip, _TABLES.split(";"))):
            connection.execute(table)
        connection.execute(f"PRAGMA user_version = {TABLES}")
    connection.execute("COMMIT")


def _stand(connection: sqlite3.Connection) -> tuple[int, str]:
    found = connection.execute("SELECT model, seq, at FROM stand").fetchone()
    return NOTHING if found is None or found[0] != model() else (found[1], found[2])


def _all(connection: sqlite3.Connection) -> tuple[tuple[int, str], Sheet]:
    stand = _stand(connection)
    if stand == NOTHING:
        return NOTHING, {}
    return stand, _sheet(connection.execute(_ROWS).fetchall())


_ROWS = "SELECT actor, asset, place, rows FROM family"


def _sheet(rows: Sequence[tuple[str, str, str, bytes]]) -> Sheet:
    parts = [each[3].partition(b"\n") for each in rows]
    with uncollected():
        # All in one piece: a call for each of ten thousand families takes as long again.
        words = json.loads(b"[%s]" % b",".join([each[0] for each in parts]))
        size = 4 * grid().size
        return {
            Family._make(each[:3]): tuple(
                [KeptRow._make((*row, posteriors[at * size : (at + 1) * size])) for at, row in enumerate(of_family)]
            )
            for each, of_family, (_, _, posteriors) in zip(rows, words, parts, strict=True)
        }


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
        if packed.since is None:
            connection.execute(_NO_PARTS, family)
        elif known != packed.since or connection.execute(_CUT, family).fetchone() != _cut(packed.before):
            # What lies there is not what this goes on from: it is heard as a whole the next time.
            connection.execute(_UNTOLD, family)
            continue
        connection.executemany(_NO_PART, ((*family, start) for start in packed.gone))
        parts = ((*family, start, *each) for start, each in packed.parts.items())
        connection.executemany("INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?)", parts)
        if packed.since is None:
            connection.execute(_NO_PIECES, family)
        pieces = ((*family, *which, said) for which, said in packed.pieces.items())
        connection.executemany("INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?, ?)", pieces)
        if not packed.patches:
            connection.execute(_NO_CHAINS, family)
        row = (*family, packed.patches, packed.chains)
        connection.execute("INSERT OR REPLACE INTO chain VALUES (?, ?, ?, ?, ?)", row)
        row = (*family, model(), *tick, *(packed.days or (None, None)))
        connection.execute("INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _cut(starts: Set[int]) -> tuple[int, int]:
    """How many parts start there, and the sum of where, by which parts that are cut otherwise are known."""
    return len(starts), sum(starts)


def _put(
    connection: sqlite3.Connection, fresh: Sheet, gone: Iterable[Family], stand: tuple[int, str], since: tuple[int, str]
) -> bool:
    found = connection.execute("SELECT model, seq, at FROM stand").fetchone()
    if since == NOTHING:
        connection.execute("DELETE FROM family")
        connection.execute("DELETE FROM note WHERE name = ?", (WORLD,))
    elif found != (model(), *since):
        return found is not None
    if gone := list(gone):
        # What is tabled tells of families that are made anew since, not of those that are no more.
        connection.execute("DELETE FROM note WHERE name = ?", (WORLD,))
    connection.executemany("DELETE FROM family WHERE actor = ? AND asset = ? AND place = ?", gone)
    kept = ((*family, _packed(rows), stand[0]) for family, rows in fresh.items())
    connection.executemany("INSERT OR REPLACE INTO family VALUES (?, ?, ?, ?, ?)", kept)
    connection.execute("INSERT OR REPLACE INTO stand VALUES (1, ?, ?, ?)", (model(), *stand))
    return True


def _packed(rows: Sequence[KeptRow]) -> bytes:
    """Rows as bytes: their words as JSON on the first line, then the posteriors."""
    return json.dumps([each[:-1] for each in rows]).encode() + b"\n" + b"".join(each.posterior for each in rows)
