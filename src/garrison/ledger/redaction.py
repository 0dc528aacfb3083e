"""Redaction: the one way to remove anything, for law and safety."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, not_, select, update

from garrison.gathering.archive import Archive
from garrison.ledger import archiving, noticing
from garrison.ledger.asking import document_named
from garrison.ledger.entry import Stub
from garrison.ledger.recording import kin_of, stand_with_kin
from garrison.ledger.session import Session
from garrison.ledger.standing import DocumentKey, stand
from garrison.ledger.tables import (
    body,
    claim,
    document,
    edition,
    judgement,
    meaning,
    reading,
    row,
    standing,
    version,
)
from garrison.vocabulary import LedgerError, UsageError


def redact(session: Session, name: str, *, because: str) -> Stub:
    """Erase a document; see :meth:`Ledger.redact`."""
    if not because.strip():
        raise UsageError("a redaction needs its reason: say --because of what")
    if session.batch is not None:
        raise UsageError("finish recording before redacting: the file has to be rewritten")
    # The archive first: what the ledger still knows the place of can be erased again after a fault.
    _clear_archive(session, document_named(session, name)[1])
    with session.writing():
        pk, id = document_named(session, name)
        archiving.forget(session, id)
        kept = session.execute(select(document).where(document.c.pk == pk)).one()
        if kept.redacted_at is None:
            _erase(session, DocumentKey(pk, id), because.strip())
    # Before what may fail while another program reads.
    delete_beside(estimates_beside(session.path))
    delete_beside(answers_beside(session.path))
    _rewrite(session)
    kept = session.execute(select(document).where(document.c.pk == pk)).one()
    hashes = session.execute(select(version.c.sha256).where(version.c.document_pk == pk).order_by(version.c.pk))
    return Stub(id, tuple(hashes.scalars()), kept.redacted_at, kept.because)


def estimates_beside(path: Path) -> Path:
    """The file in which the estimates of the ledger at ``path`` are kept; it names rows, and so places, that it has."""
    return path.with_name(f"{path.name}.estimates")


def answers_beside(path: Path) -> Path:
    """The file in which a server keeps answers from the ledger at ``path``; it holds quotations, as the ledger does."""
    return path.with_name(f"{path.name}.answers")


def delete_beside(path: Path) -> None:
    """Delete a file that is kept beside a ledger, with what SQLite leaves beside it where a program was killed.

    Raises:
        OSError: it may not be deleted.
    """
    for end in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _clear_archive(session: Session, id: str) -> None:
    archive = Archive.beside(session.path, "")
    for copy in archiving.copies_of(session, id):
        archive.erase(copy.place)


def _erase(session: Session, key: DocumentKey, because: str) -> None:
    seq = session.tick()
    kin = kin_of(session, key.pk)
    # With no wording left nothing of it stands; the rows it was in are counted again.
    stand(session, key, seq, [])
    versions = select(version.c.pk).where(version.c.document_pk == key.pk)
    readings = select(reading.c.pk).where(reading.c.version_pk.in_(versions))
    editions = select(edition.c.pk).where(edition.c.document_pk == key.pk)
    rows = set(
        session.execute(select(standing.c.row_pk).distinct().where(standing.c.edition_pk.in_(editions))).scalars()
    )
    noticing.forget(session, key.pk)
    session.execute(delete(standing).where(standing.c.edition_pk.in_(editions)))
    session.execute(delete(edition).where(edition.c.document_pk == key.pk))
    session.execute(delete(meaning).where(meaning.c.reading_pk.in_(readings)))
    session.execute(delete(reading).where(reading.c.version_pk.in_(versions)))
    session.execute(delete(claim).where(claim.c.version_pk.in_(versions)))
    session.execute(delete(body).where(body.c.version_pk.in_(versions)))
    session.execute(delete(judgement).where(judgement.c.document_pk == key.pk))
    session.execute(update(version).where(version.c.document_pk == key.pk).values(location=None))
    # A row's key holds words of the text (a site, a unit).
    unused = not_(select(standing.c.pk).where(standing.c.row_pk == row.c.pk).exists())
    session.execute(delete(row).where(row.c.pk.in_(rows), unused))
    session.execute(
        update(document).where(document.c.pk == key.pk).values(redacted_at=session.time_of(seq), because=because)
    )
    for other in kin:
        stand_with_kin(session, other, seq)
    # Deleted words stay in the segments of the index until it is made anew.
    session.sql("INSERT INTO quotation (quotation) VALUES ('rebuild')")


def _rewrite(session: Session) -> None:
    """Write the file anew, so that no free page and no log holds what was erased."""
    try:
        session.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        session.sql("VACUUM")
        busy = session.sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    except LedgerError as error:
        raise LedgerError(f"erased, but the file could not be rewritten to clear its free space: {error}") from error
    if busy:
        raise LedgerError(
            f"erased, but another process reads {session.path}, so its log still holds the words; close that process "
            "and redact again"
        )
