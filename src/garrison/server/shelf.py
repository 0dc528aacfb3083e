"""The shelf: answers that take long to make, kept in a file beside the ledger while what they tell of stays the same.

``NAME.db`` has its answers in ``NAME.db.answers``, an SQLite file of its own that can be deleted at any time. It holds
quotations, as the ledger does, so it goes when a document is redacted.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from threading import Lock

from garrison.ledger import Ledger, columns
from garrison.ledger.redaction import answers_beside, delete_beside
from garrison.ledger.session import newest_claim
from garrison.ledger.touching import touched
from garrison.naming.countries import country_by_code
from garrison.server.answer import Answer
from garrison.server.pool import Pool

logger = logging.getLogger("garrison.server")

LARGE = 20_000
"""A ledger of fewer claims answers from itself soon enough."""
_COUNTRY = "/api/v1/countries/"
_WHOLE = ("/api/v1/world", "/api/v1/days")
_TABLES = """
CREATE TABLE IF NOT EXISTS made_by (program TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answer (
    path TEXT, embargo INTEGER, day INTEGER, seq INTEGER, at TEXT, headers TEXT, etag BLOB, packed BLOB,
    PRIMARY KEY (path, embargo)
) WITHOUT ROWID;
"""
_GET = "SELECT seq, at, headers, etag, packed FROM answer WHERE path = ? AND embargo = ? AND day = ?"
_PUT = "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Shelf:
    """Answers to what is asked without a date or a filter: the world, its days and the countries.

    That of a country stays while no change touches it, the others while there is none at all; each for a day. A file
    that cannot be read or written is as good as none.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._path = answers_beside(pool.path)
        self._program = program()
        self._touched: dict[tuple[int, int], frozenset[str] | None] = {}
        self._asking = Lock()

    def holds(self, path: str) -> bool:
        """Whether the answer to ``path`` is one of those that are kept here."""
        return path in _WHOLE or path.removeprefix(_COUNTRY) in country_by_code()

    def get(self, path: str, change: tuple[int, str], day: int) -> Answer | None:
        """The answer kept for ``path``, if it is still that of the ledger at its newest ``change``, on ``day``."""
        if not self._path.exists():
            return None
        try:
            with self._opened() as connection:
                found = connection.execute(_GET, (path, self._pool.embargo_days, day)).fetchone()
        except sqlite3.Error as error:
            logger.info("the answers kept in %s cannot be read: %s", self._path, error)
            return None
        if found is None:
            return None
        seq, at, headers, etag, packed = found
        if (seq, at) != change:
            with self._pool.reading() as ledger:
                if not self._stays(ledger, path, (seq, at), change):
                    return None
        kept = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in json.loads(headers))
        return Answer(200, kept, packed, etag, packed=True)

    def put(self, path: str, change: tuple[int, str], day: int, answer: Answer) -> None:
        """Keep the answer to ``path`` that was made from the ledger at ``change``."""
        if answer.status != 200 or not answer.packed or not self.is_large():
            return
        headers = json.dumps([(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.headers])
        try:
            with self._opened() as connection, connection:
                connection.execute("DELETE FROM answer WHERE day != ?", (day,))
                row = (path, self._pool.embargo_days, day, *change, headers, answer.etag, answer.sent)
                connection.execute(_PUT, row)
        except sqlite3.Error as error:
            logger.info("no answers can be kept in %s: %s", self._path, error)
            return
        with self._pool.reading() as ledger:
            # Erased while this was being made, or before it was written: what it said may be in the file again.
            if columns.erased_since(ledger.session, change[0]):
                self.erase()

    def erase(self) -> None:
        """Delete the file, if this user may."""
        try:
            delete_beside(self._path)
        except OSError as error:
            logger.info("the answers kept in %s cannot be deleted: %s", self._path, error)

    def is_large(self) -> bool:
        """Whether the ledger has so many claims that answers are worth keeping."""
        with self._pool.reading() as ledger:
            return newest_claim(ledger.session) >= LARGE

    def _stays(self, ledger: Ledger, path: str, then: tuple[int, str], now: tuple[int, str]) -> bool:
        session = ledger.session
        # What an embargo keeps back of a document can be lifted by what is said elsewhere in it.
        if path in _WHOLE or self._pool.embargo_days:
            return False
        # A backup put back in the ledger's place is another ledger.
        if then[0] > now[0] or columns.ticked(session, then[0]) != then[1]:
            return False
        key = (then[0], now[0])
        with self._asking:
            if key not in self._touched:
                self._touched = {each: places for each, places in self._touched.items() if each[1] == now[0]}
                self._touched[key] = touched(session, then[0])
            places = self._touched[key]
        return places is not None and path.removeprefix(_COUNTRY) not in places

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=5.0, isolation_level=None)) as connection:
            # What a power cut spoils is made anew; readers do not wait for the disk.
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(_TABLES)
            made_by = connection.execute("SELECT program FROM made_by").fetchone()
            if made_by != (self._program,):
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    connection.execute("DELETE FROM answer")
                    connection.execute("DELETE FROM made_by")
                    connection.execute("INSERT INTO made_by VALUES (?)", (self._program,))
            yield connection


def program() -> str:
    """What tells this program from any other version of it, so that none gives the answers of another."""
    root = Path(str(resources.files("garrison")))
    seen = hashlib.blake2b(digest_size=16)
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".csv", ".toml", ".json", ".sqlite") and "page" not in path.parts:
            status = path.stat()
            seen.update(f"{path.relative_to(root)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return seen.hexdigest()
