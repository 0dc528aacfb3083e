"""The archive: every page as it was received, in one growing WARC file a day beside the ledger."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path

from garrison.gathering import warc
from garrison.gathering.exchange import Fetched
from garrison.vocabulary.errors import LedgerError, SourceError

_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was put: ``start`` and ``length`` cover its way and its request too, ``answer`` the answer alone.

    ``file`` is a name in the archive's folder; numbers are bytes.
    """

    file: str
    start: int
    length: int
    answer: int
    answer_length: int
    record: str


@dataclass(slots=True)
class Archive:
    """The files in one folder; several processes may write, one record after another."""

    folder: Path
    software: str
    # Up to where each file is known to consist of whole records.
    _whole: dict[str, int]

    @classmethod
    def beside(cls, ledger: Path, software: str, whole: Mapping[str, int] | None = None) -> Archive:
        """The archive of the ledger in the file ``ledger``; ``whole`` is up to where the ledger knows its files."""
        return cls(ledger.with_name(f"{ledger.stem}-archive"), software, dict(whole or {}))

    def keep(self, fetched: Fetched) -> Place:
        """Put an answer and the way to it at the end of the file of its day.

        Raises:
            LedgerError: it cannot be written: no permission, a full disk. The file is left as it was.
        """
        packed = warc.packed(fetched)
        name = f"garrison-{fetched.last.at[:10].replace('-', '')}.warc.gz"
        try:
            with self._locked(), self._opened(name) as file:
                start = self._end(file, name, fetched.last.at)
                self._append(file, start, packed.data)
        except OSError as error:
            raise LedgerError(f"the archive in {self.folder} cannot be written ({error.strerror or error})") from error
        self._whole[name] = start + len(packed.data)
        return Place(name, start, len(packed.data), start + packed.answer, packed.length, packed.record)

    def data(self, file: str, start: int, length: int) -> bytes:
        """The bytes at a place.

        Raises:
            SourceError: the file is not there, cannot be read or ends before.
        """
        try:
            with self._path(file).open("rb") as stream:
                stream.seek(start)
                found = stream.read(length)
        except OSError as error:
            raise SourceError(f"the archive's file {file} cannot be read ({error.strerror or error})") from error
        if len(found) < length:
            raise SourceError(f"the archive's file {file} ends before the record; restore it from a copy")
        return found

    def answer(self, place: Place) -> warc.Archived:
        """The answer at ``place``.

        Raises:
            SourceError: it is not there, or damaged.
        """
        return warc.archived_in(self.data(place.file, place.answer, place.answer_length))

    def erase(self, place: Place) -> None:
        """Write over everything at ``place``, in place, so that nothing else moves.

        Raises:
            LedgerError: the file cannot be written.
        """
        path = self._path(place.file)
        try:
            with self._locked(), path.open("r+b") as file:
                file.seek(place.start)
                file.write(warc.erased(place.length))
                file.flush()
                os.fsync(file.fileno())
        except FileNotFoundError:
            return
        except OSError as error:
            raise LedgerError(f"{path} cannot be cleared ({error.strerror or error}); redact again") from error

    def settle(self) -> None:
        """Have the system put on the disk what was written."""
        for name in self._whole:
            path = self._path(name)
            if path.exists():
                with path.open("rb") as file:
                    os.fsync(file.fileno())

    def _path(self, name: str) -> Path:
        if Path(name).name != name:
            raise SourceError(f"{name!r} is no name of a file in the archive")
        return self.folder / name

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _opened(self, name: str) -> Iterator[BufferedRandom]:
        descriptor = os.open(self._path(name), os.O_RDWR | os.O_CREAT, 0o644)
        with os.fdopen(descriptor, "r+b") as file:
            yield file

    def _end(self, file: BufferedRandom, name: str, at: str) -> int:
        """Where the next record goes; what a killed process left unfinished at the end is cut off."""
        size = file.seek(0, os.SEEK_END)
        known = self._whole.get(name, 0)
        if size != known:
            end = warc.whole_length(file, known if known < size else 0)
            if end < size:
                file.truncate(end)
            size = end
        if size == 0:
            begun = warc.preface(self.software, at)
            self._append(file, 0, begun)
            size = len(begun)
        return size

    @staticmethod
    def _append(file: BufferedRandom, start: int, data: bytes) -> None:
        try:
            file.seek(start)
            file.write(data)
            file.flush()
        except OSError:
            # A full disk: half a record is worse than none.
            file.truncate(start)
            raise
