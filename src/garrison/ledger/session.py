"""An open connection to the ledger's file: opening it, its clock, its transactions, and what can go wrong."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Executable, Select, create_engine, event, func, insert, select
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from garrison.ledger import tables
from garrison.ledger.days import today
from garrison.ledger.lock import holders
from garrison.vocabulary import LedgerError

logger = logging.getLogger("garrison.ledger")

# How long to wait for another process that is writing, in seconds, and how long before saying so.
WAIT_S = 30.0
FIRST_WAIT_S = 0.5
# A smaller file is brought up to date before anyone wonders what takes so long.
_LONG_BYTES = 100_000_000
# So many bytes of the file are read where they lie, without a copy.
MAPPED = 2**30


class Session:
    """Connection, clock and transactions of one open ledger.

    For ``embargo_days`` after they became known, claims about places finer than a country are not to be seen.
    """

    def __init__(self, path: Path, connection: Connection, *, writable: bool, embargo_days: int = 0) -> None:
        self.path = path
        self.connection = connection
        self.writable = writable
        self.embargo_days = embargo_days
        self.batch: Batch | None = None
        self._ticked = (0, "")

    def execute(self, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """The result of ``statement``; what SQLite has against it becomes a :class:`LedgerError`."""
        try:
            return self.connection.execute(statement, values)
        except DatabaseError as error:
            raise explained(error, self.path) from error

    def tuples(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The rows of ``statement`` as the driver gives them: many thousands in a third of the time."""
        try:
            result = self.connection.execute(statement, values)
            cursor: Any = result.cursor
            yield from cursor
            result.close()
        except DatabaseError as error:
            raise explained(error, self.path) from error

    def plain(self, statement: Select[Any], values: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """As :meth:`tuples`, of a ``statement`` that a module has: in words once and for all, without SQLAlchemy."""
        words, given = _in_words(statement)
        driver: Any = self.connection.connection.driver_connection
        try:
            yield from driver.execute(words, {**given, **(values or {})})
        except sqlite3.Error as error:
            raise explained(DatabaseError(words, values, error), self.path) from error

    def execute_many(self, statement: Executable, values: Sequence[Mapping[str, Any]]) -> None:
        """``statement`` once for each of ``values``."""
        if values:
            try:
                self.connection.execute(statement, values)
            except DatabaseError as error:
                raise explained(error, self.path) from error

    def insert(self, statement: Executable, values: Mapping[str, Any]) -> int:
        """The primary key of the row that ``statement`` inserts."""
        return int(self.execute(statement, values).lastrowid)

    def sql(self, text: str) -> CursorResult[Any]:
        """The result of a statement that SQLAlchemy has no words for."""
        try:
            return self.connection.exec_driver_sql(text)
        except DatabaseError as error:
            raise explained(error, self.path) from error

    def version(self) -> int:
        """A number that is another when anyone else has written to the file since it was asked for."""
        return int(self.sql("PRAGMA data_version").scalar_one())

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    @property
    def open_day(self) -> int | None:
        """The last day (ordinal) of which everything may be seen; ``None`` without an embargo."""
        return today() - self.embargo_days if self.embargo_days else None

    def tick(self) -> int:
        """The number of a new tick: later than every other, and never earlier by the clock."""
        last = self.execute(_LAST_TICK).scalar() or ""
        now = self.now().isoformat(timespec="microseconds")
        at = max(now, last)
        self._ticked = self.insert(_NEW_TICK, {"at": at}), at
        return self._ticked[0]

    def time_of(self, seq: int) -> str:
        """The time of tick ``seq``: ISO 8601, UTC."""
        if self._ticked[0] == seq:
            return self._ticked[1]
        return str(self.execute(select(tables.tick.c.at).where(tables.tick.c.seq == seq)).scalar_one())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that is kept whole or not at all; inside :meth:`batching`, a savepoint of it."""
        if not self.writable:
            raise LedgerError(f"the ledger {self.path} was opened for reading only; open it for writing to change it")
        if self.batch is not None:
            with self.batch.savepoint():
                yield
            return
        self._begin()
        try:
            yield
            self.sql("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    @contextmanager
    def batching(self, flush_every: int = 200, flush_s: float = 2.0) -> Iterator[None]:
        """Many :meth:`writing` blocks in few transactions, each block whole or not at all."""
        if self.batch is not None:
            yield
            return
        self.batch = Batch(self, flush_every, flush_s)
        try:
            yield
        finally:
            batch, self.batch = self.batch, None
            batch.flush()

    @contextmanager
    def unmapped(self) -> Iterator[None]:
        """Read the file without mapping it into memory, for who passes over all of it: it would hold as much of it."""
        self.sql("PRAGMA mmap_size = 0").close()
        try:
            yield
        finally:
            self.sql(f"PRAGMA mmap_size = {MAPPED}").close()

    def close(self) -> None:
        """Let go of the file."""
        if self.batch is not None:
            self.batch.flush()
            self.batch = None
        self.connection.close()

    def begin(self) -> None:
        """Start a transaction that may write, waiting for another process that is writing."""
        self._begin()

    def _begin(self) -> None:
        started, told = time.monotonic(), False
        while True:
            try:
                self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            except DatabaseError as error:
                waited = time.monotonic() - started
                if not _busy(error) or waited > WAIT_S:
                    raise explained(error, self.path) from error
                if not told:
                    logger.warning(
                        "the ledger %s is being written by %s; waiting up to %.0f s",
                        self.path,
                        " and ".join(holders(self.path)) or "another process",
                        WAIT_S,
                    )
                    told = True
                time.sleep(0.05)
            else:
                return

    def _roll_back(self) -> None:
        driver: Any = self.connection.connection.driver_connection
        # A full disk makes SQLite roll back by itself.
        if driver.in_transaction:
            self.connection.exec_driver_sql("ROLLBACK")


class Batch:
    """The transaction that a batch has open, flushed now and then so that little is lost if the process is killed."""

    def __init__(self, session: Session, flush_every: int, flush_s: float) -> None:
        self._session = session
        self._every = flush_every
        self._seconds = flush_s
        self._pending = 0
        self._since = time.monotonic()
        self._open = False

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """One block of the batch, whole or not at all."""
        session = self._session
        if not self._open:
            session.begin()
            self._open, self._pending, self._since = True, 0, time.monotonic()
        session.sql("SAVEPOINT block")
        try:
            yield
            session.sql("RELEASE block")
        except BaseException:
            self._undo()
            raise
        self._pending += 1
        if self._pending >= self._every or time.monotonic() - self._since > self._seconds:
            self.flush()

    def flush(self) -> None:
        """Keep what the batch has so far."""
        if self._open:
            self._open = False
            try:
                self._session.sql("COMMIT")
            except BaseException:
                self._session._roll_back()
                raise

    def _undo(self) -> None:
        driver: Any = self._session.connection.connection.driver_connection
        if driver.in_transaction:
            self._session.connection.exec_driver_sql("ROLLBACK TO block")
            self._session.connection.exec_driver_sql("RELEASE block")
        else:
            self._open = False


@lru_cache(maxsize=256)
def _in_words(statement: Select[Any]) -> tuple[str, dict[str, Any]]:
    """A statement for the driver, with the values that it has from the start."""
    compiled = statement.compile(dialect=sqlite_dialect.dialect(paramstyle="named"))
    given = {name: value for name, value in compiled.params.items() if value is not None}
    return str(compiled), given


_LAST_TICK = select(tables.tick.c.at).order_by(tables.tick.c.seq.desc()).limit(1)
_NEW_TICK = insert(tables.tick)


def open_session(path: Path, *, create: bool, read_only: bool, embargo_days: int = 0) -> Session:
    """A session on the ledger at ``path``, made if absent and ``create``, and migrated to this version's tables.

    Raises:
        LedgerError: whatever is wrong with the file, and what to do.
    """
    path = path.expanduser()
    new = _new(path, create=create and not read_only)
    writable = not read_only and (new or os.access(path, os.W_OK))
    connection = _connect(path, writable=writable)
    session = Session(path, connection, writable=writable, embargo_days=embargo_days)
    try:
        if _is_behind(session):
            if read_only and os.access(path, os.W_OK):
                session.close()
                open_session(path, create=False, read_only=False).close()
                return open_session(path, create=False, read_only=True, embargo_days=embargo_days)
            _bring_up_to_date(session)
    except DatabaseError as error:
        session.close()
        raise explained(error, path) from error
    except BaseException:
        session.close()
        raise
    return session


def _new(path: Path, *, create: bool) -> bool:
    try:
        if path.is_dir():
            raise LedgerError(
                f"{path} is a folder; the ledger is a file: name one in it, such as {path / 'garrison.db'}"
            )
        if path.exists():
            if not os.access(path, os.R_OK):
                raise LedgerError(f"the ledger {path} may not be read by this user; ask its owner for permission")
            return path.stat().st_size == 0
        if not create:
            raise LedgerError(f"there is no ledger at {path}; read something into it first, or name another --ledger")
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise LedgerError(f"no permission to make a ledger in {path.parent}; name another --ledger")
    except PermissionError as error:
        raise LedgerError(f"no permission to reach {path} ({error.strerror}); name another --ledger") from error
    except OSError as error:
        raise LedgerError(f"no ledger can be kept at {path}: {error.strerror}") from error
    return True


def _connect(path: Path, *, writable: bool) -> Connection:
    try:
        return _engine(path.resolve(), writable).connect()
    except DatabaseError as error:
        raise explained(error, path) from error


# One for all connections to a file, as each compiles every statement anew for itself.
@lru_cache(maxsize=8)
def _engine(path: Path, writable: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            path.as_uri() + ("?mode=rwc" if writable else _read_only_mode(path)),
            uri=True,
            timeout=FIRST_WAIT_S,
            isolation_level=None,
            cached_statements=512,
            # A session is handed from thread to thread by a server, and used by one at a time.
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, isolation_level="AUTOCOMMIT")

    @event.listens_for(engine, "connect")
    def prepare(driver: sqlite3.Connection, _: object) -> None:
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA secure_delete = ON")
        driver.execute("PRAGMA synchronous = NORMAL")
        driver.execute("PRAGMA temp_store = MEMORY")
        driver.execute("PRAGMA cache_size = -65536")
        driver.execute(f"PRAGMA mmap_size = {MAPPED}")

    return engine


def _read_only_mode(path: Path) -> str:
    """``immutable`` where SQLite could not make its side files and there is no log to take into account."""
    log = path.with_name(path.name + "-wal")
    if not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size):
        return "?mode=ro&immutable=1"
    return "?mode=ro"


def _is_behind(session: Session) -> bool:
    """Whether the tables are to be made or migrated, or the claims filed anew.

    Raises:
        LedgerError: the ledger is of a newer version.
    """
    revision, filing = _revision(session), _filing(session)
    if (revision is not None and revision not in tables.KNOWN_REVISIONS) or filing > tables.FILING:
        raise LedgerError(
            f"the ledger {session.path} was made by a newer Garrison (tables {revision}, this one knows up to "
            f"{tables.REVISION}); install the newer version, or name another --ledger"
        )
    return revision != tables.REVISION or filing != tables.FILING


def _bring_up_to_date(session: Session) -> None:
    """Make or migrate the tables and file claims anew; a ledger that is up to date never imports Alembic."""
    if not session.writable:
        raise LedgerError(
            f"the ledger {session.path} was made by an older Garrison and may not be written by this user; "
            "have its owner open it once to bring it up to date, or copy it"
        )
    if session.path.stat().st_size > _LONG_BYTES:
        logger.warning("bringing the ledger %s up to date with this version, once", session.path)
    session.sql("PRAGMA journal_mode = WAL")
    session.begin()
    try:
        # Another process may have done it while this one waited.
        if _revision(session) != tables.REVISION:
            from garrison.ledger.migrations.upgrade import upgrade

            upgrade(session.connection)
            session.sql(f"PRAGMA application_id = {tables.APPLICATION_ID}")
        if _filing(session) != tables.FILING:
            from garrison.ledger.refiling import refile

            refile(session)
            session.sql(f"PRAGMA user_version = {tables.FILING}")
        session.sql("COMMIT")
    except BaseException:
        session._roll_back()
        raise


def _filing(session: Session) -> int:
    """The number of the way in which the claims are filed; 0 before there was one."""
    return int(session.sql("PRAGMA user_version").scalar_one())


def _revision(session: Session) -> str | None:
    """The revision of the ledger's tables; ``None`` for an empty file.

    Raises:
        LedgerError: an SQLite file of another program.
    """
    names = set(session.sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if not names:
        return None
    application = session.sql("PRAGMA application_id").scalar()
    if "alembic_version" not in names or application != tables.APPLICATION_ID:
        raise LedgerError(f"{session.path} is an SQLite file, but no ledger of Garrison; name another --ledger")
    return str(session.sql("SELECT version_num FROM alembic_version").scalar())


def _busy(error: DatabaseError) -> bool:
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def explained(error: DatabaseError, path: Path) -> LedgerError:
    """What SQLite reports, for the person who sees it."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return LedgerError(f"{path} is not a ledger: it is no SQLite file; name another --ledger")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        who = " and ".join(holders(path)) or "another process"
        return LedgerError(f"the ledger {path} is locked by {who}; close it, or wait until it is done, and try again")
    if code == sqlite3.SQLITE_FULL:
        return LedgerError(f"no space left for the ledger {path}; what was recorded is whole: free some and try again")
    if code == sqlite3.SQLITE_READONLY:
        return LedgerError(f"the ledger {path} may not be written by this user; copy it, or ask its owner")
    if code == sqlite3.SQLITE_CANTOPEN:
        return LedgerError(f"the ledger {path} could not be opened: check the permissions of the file and its folder")
    if code == sqlite3.SQLITE_CORRUPT:
        return LedgerError(
            f"the ledger {path} is damaged ({error.orig}); restore a copy, or save what it has: sqlite3 .recover"
        )
    return LedgerError(f"the ledger {path}: {error.orig}")


def newest_claim(session: Session) -> int:
    """The key of the claim recorded last, which is about how many there are; 0 for a ledger without any."""
    return int(session.execute(_NEWEST_CLAIM).scalar() or 0)


_NEWEST_CLAIM = select(func.max(tables.claim.c.pk))
