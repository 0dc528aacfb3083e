"""Sources: what a person names on the command line, as pieces of bytes that a reader takes, within stated limits."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import re2

from garrison.reading import Failure

PIECE_LIMIT = 32 * 2**20
"""Bytes that one document may have, unpacked."""
PDF_LIMIT = 256 * 2**20
"""Bytes that a PDF may have: most are pictures, which are not read."""
LINES_LIMIT = 4 * 2**30
"""Bytes that one file of JSON lines may have, unpacked: it is read line by line and never held whole."""
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".text", ".pdf", ".json", ".jsonl", ".ndjson"})
"""What is read of a folder; a file named by itself is tried whatever it is called."""
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
STANDARD_INPUT = Path("-")
_CHUNK = 2**16
_HOST = re2.compile(r"(?i)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes to read: a whole file, or one line of a file of JSON lines (``line`` counts from 1)."""

    name: str
    data: bytes
    line: int | None = None

    @property
    def where(self) -> str:
        """What to call it in a message."""
        return self.name if self.line is None else f"{self.name}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Located:
    """A file found; ``unpacked_suffix`` is its type without ``.gz``."""

    path: Path
    name: str

    @property
    def unpacked_suffix(self) -> str:
        """The file's type in lower case, looking through ``.gz``."""
        path = Path(self.path.stem) if self.path.suffix.lower() == ".gz" else self.path
        return path.suffix.lower()


def is_address(source: str) -> bool:
    """Whether ``source`` is an address of the web rather than a file."""
    return source.lower().startswith(("http://", "https://"))


def address_hint(source: str) -> str:
    """What to say besides of a file that is not there, where ``source`` looks like an address; else nothing."""
    host, slash, _ = source.partition("/")
    if "://" in source:
        return " (of addresses, only those are read that begin with http:// or https://)"
    if (slash or host.startswith("www.")) and _HOST.fullmatch(host):
        return f" (as an address it is written https://{source})"
    return ""


def located(sources: Iterable[str]) -> Iterator[Located | Failure]:
    """The files that ``sources`` name, folders walked in order of names; hidden files in them are left out."""
    for source in sources:
        path = Path(source)
        if source == "-" or not path.is_dir():
            yield Located(path, "standard input" if source == "-" else source)
        else:
            yield from _walked(path)


def _walked(folder: Path) -> Iterator[Located | Failure]:
    refused: list[OSError] = []
    found = False
    for parent, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Failure(str(error.filename), _os_reason(error)) for error in refused)
        found = found or bool(refused)
        refused.clear()
        for name in sorted(files):
            file = Located(Path(parent, name), str(Path(parent, name)))
            if not name.startswith(".") and file.unpacked_suffix in SUFFIXES:
                found = True
                yield file
    yield from (Failure(str(error.filename), _os_reason(error)) for error in refused)
    if not found and not refused:
        kinds = ", ".join(sorted(SUFFIXES))
        yield Failure(str(folder), f"the folder holds no documents ({kinds}, each also with .gz)")


def pieces(file: Located, *, lines: bool = False) -> Iterator[Piece | Failure]:
    """The bytes of one file: whole, or a line at a time for JSON lines (always, if ``lines``); gzip is unpacked."""
    try:
        with _opened(file) as stream:
            packed = stream.peek(2)[:2] == b"\x1f\x8b"
            unpacked = gzip.GzipFile(fileobj=stream) if packed else stream
            kind = file.unpacked_suffix
            unsaid = kind == ".json" or kind not in SUFFIXES
            if lines or kind in LINES_SUFFIXES or (unsaid and _looks_like_lines(unpacked.peek(_CHUNK))):
                yield from _lines(file.name, unpacked)
            else:
                yield from _whole(file, unpacked)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield Failure(file.name, f"the gzip data are damaged or cut short ({error})")
    except OSError as error:
        hint = address_hint(file.name) if isinstance(error, FileNotFoundError) else ""
        yield Failure(file.name, _os_reason(error) + hint)


def _opened(file: Located) -> AbstractContextManager[io.BufferedReader]:
    if file.path == STANDARD_INPUT:
        # Not closed here: the stream is the program's.
        return nullcontext(io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer)))
    if file.path.is_dir():
        raise IsADirectoryError
    return file.path.open("rb")


def _looks_like_lines(head: bytes) -> bool:
    """Whether a stream without a telling name (a pipe) begins with an object that fills a line of its own."""
    first, newline, _ = head.lstrip(b" \t\r\n\xef\xbb\xbf").partition(b"\n")
    return first.startswith(b"{") and (first.rstrip().endswith(b"}") or not newline)


def _whole(file: Located, stream: io.BufferedIOBase) -> Iterator[Piece | Failure]:
    data, limit = bytearray(), PDF_LIMIT if file.unpacked_suffix == ".pdf" else PIECE_LIMIT
    while chunk := stream.read(_CHUNK):
        data += chunk
        if len(data) > limit:
            yield Failure(file.name, f"larger than the {limit // 2**20} MB that one document may have")
            return
    yield Piece(file.name, bytes(data))


def _lines(name: str, stream: io.BufferedIOBase) -> Iterator[Piece | Failure]:
    total = number = 0
    while line := stream.readline(PIECE_LIMIT + 1):
        number += 1
        total += len(line)
        if len(line) > PIECE_LIMIT:
            yield Failure(f"{name}, line {number}", f"longer than {PIECE_LIMIT // 2**20} MB; the rest is not read")
            return
        if total > LINES_LIMIT:
            yield Failure(f"{name}, line {number}", f"past {LINES_LIMIT // 2**30} GB unpacked; the rest is not read")
            return
        if line.strip():
            yield Piece(name, line, number)
    if not number:
        yield Failure(name, "the file is empty")


def _os_reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file or folder"
        case PermissionError():
            return "no permission to read it"
        case IsADirectoryError():
            return "it is a folder"
        case _:
            return f"could not be read: {error.strerror or error}"
