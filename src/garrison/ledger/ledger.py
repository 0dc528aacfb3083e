"""The ledger: claims at rest in one SQLite file. SQLAlchemy is imported when one is opened, not before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from garrison.ledger.entry import ClaimFilter, DocumentEntry, Judgement, Recorded, Stub, UnitEntry, Verdict
from garrison.vocabulary import Citation, Claim, Reading

if TYPE_CHECKING:
    from garrison.ledger.session import Session


class Ledger:
    """A ledger of claims, a context manager. Open one with :meth:`open`."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False, embargo_days: int = 0) -> Ledger:
        """The ledger in the file ``path``, made (with its folders) if absent and ``create``, brought up to date.

        Args:
            path: the file.
            create: make it if there is none.
            read_only: change nothing.
            embargo_days: answer as if claims about places finer than a country were not there until so many days
                after they became known.

        Raises:
            LedgerError: no such file, no permission, not SQLite, not a ledger, of a newer version, locked, disk full.
        """
        from garrison.ledger.session import open_session

        return cls(open_session(path, create=create, read_only=read_only, embargo_days=embargo_days))

    def close(self) -> None:
        """Let go of the file."""
        self.session.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self.session.path

    def record(self, reading: Reading) -> Recorded:
        """Keep a reading: the version and all its claims together or not at all; twice changes nothing.

        Raises:
            LedgerError: the file cannot be written.
            ClaimError: a claim whose quotation is not at its span of the text.
        """
        from garrison.ledger import recording

        return recording.record(self.session, reading)

    def knows(
        self,
        sha256: str,
        *,
        location: str | None,
        reader: str,
        extractor: str,
        published: str | None = None,
        outlet: str | None = None,
    ) -> bool:
        """Whether the newest reading of a version is by this reader and extractor, so that another would be the same.

        Args:
            sha256: the hash of the bytes.
            location: where they lie; the same bytes elsewhere may be another document.
            reader: what read them, with its version.
            extractor: what made the claims, with its version.
            published: a date that the reading must have, ``None`` for any.
            outlet: an outlet that the reading must have, ``None`` for any.
        """
        from garrison.ledger import recording

        return recording.knows(self.session, sha256, location, reader, extractor, published, outlet)

    def recording(self) -> AbstractContextManager[None]:
        """Many :meth:`record` calls in one transaction, each whole or not at all; kept when the block ends.

        A failure inside the block keeps the readings recorded before it. Killed, the ledger keeps whole versions
        as far as they were flushed (every 200 readings or 2 seconds).
        """
        return self.session.batching()

    def claims(self, which: ClaimFilter = ClaimFilter()) -> Iterator[Citation]:  # noqa: B008 (frozen)
        """The claims of pictures (newest reading, newest version, judgements applied) that ``which`` lets through."""
        from garrison.ledger import asking

        return asking.claims(self.session, which)

    def claim(self, id: str) -> Citation:
        """The claim with this id or unique beginning of an id, also when rejected or superseded.

        Raises:
            UsageError: no such claim, or several with this beginning.
        """
        from garrison.ledger import asking, citing

        return next(citing.citations(self.session, [asking.claim_named(self.session, id)[1]]))

    def documents(self, outlet: str | None = None, words: str | None = None) -> Iterator[DocumentEntry]:
        """The documents in the order of recording; ``outlet`` and ``words`` (in the title) filter."""
        from garrison.ledger import documents

        return documents.documents(self.session, outlet, words)

    def document(self, id: str) -> DocumentEntry:
        """The document with this id or unique beginning of an id, or this URL; with its text, versions, readings.

        Raises:
            UsageError: no such document, or several with this beginning.
        """
        from garrison.ledger import documents

        return documents.document_entry(self.session, id)

    def judge(
        self,
        claim: str,
        verdict: Verdict | str,
        *,
        by: str,
        because: str,
        field: str | None = None,
        value: str | None = None,
        same_as: str | None = None,
    ) -> str:
        """Record a person's decision about a claim and return the judgement's id.

        Args:
            claim: the claim's id or unique beginning of it.
            verdict: ``accept``, ``reject``, ``correct`` (with ``field`` and ``value``) or ``same-as``.
            by: who decides.
            because: why.
            field: a field of the guide: kind, status, asset, measure, actor, unit, quantity, place, origin, when.
            value: its right value as written on the command line ("about 7,000", "2019/2020-03", "none").
            same_as: the claim that this one repeats.

        Raises:
            UsageError: an unknown claim, verdict or field, or a value that the field cannot have.
        """
        from garrison.ledger import judging

        return judging.judge(
            self.session, claim, verdict, by=by, because=because, field=field, value=value, same_as=same_as
        )

    def add(self, document: str, claim: Claim, *, by: str, because: str) -> str:
        """Keep a claim that was missed in a document (its id, a beginning of it, or its URL) and return its id.

        It is signed, counts as accepted, and is taken over by newer readings of the same text.

        Raises:
            ClaimError: the quotation is not at its span of the newest version's text.
            UsageError: no such document, its text is not held, no name or reason, or the claim is there already.
        """
        from garrison.ledger import adding

        return adding.add(self.session, document, claim, by=by, because=because)

    def withdraw(self, judgement: str, *, by: str, because: str) -> None:
        """Take a judgement back; it stays on record as withdrawn."""
        from garrison.ledger import judging

        judging.withdraw(self.session, judgement, by=by, because=because)

    def judgements(self, claim: str | None = None, *, orphaned: bool = False) -> tuple[Judgement, ...]:
        """All judgements, oldest first; of one claim; or those waiting for review (``orphaned``)."""
        from garrison.ledger import judging

        return judging.judgements(self.session, claim, orphaned=orphaned)

    def redact(self, document: str, *, because: str) -> Stub:
        """Erase a document's text and quotations from every table and page of the file; a stub stays."""
        from garrison.ledger import redaction

        return redaction.redact(self.session, document, because=because)

    def import_units(self, rows: Iterable[Mapping[str, str]]) -> int:
        """Take in a known order of battle (columns id, names, aliases, parent, relation, dates, source).

        ``names`` and ``aliases`` hold several separated by ``;`` or ``|``. A unit with a known id replaces it.

        Returns:
            How many units were taken in.

        Raises:
            UsageError: a row without id or names, a parent or column that is unknown.
        """
        from garrison.ledger import unit_names

        return unit_names.import_units(self.session, rows)

    def units(self) -> tuple[UnitEntry, ...]:
        """The imported units."""
        from garrison.ledger import unit_names

        return unit_names.units(self.session)

    def unit_names(self) -> Mapping[str, str]:
        """Key of each imported name or alias to the unit's id (keys of ``garrison.naming.units.unit_key``)."""
        from garrison.ledger import unit_names

        return unit_names.unit_names(self.session)
