"""Packing: gzip unpacked within bounds, so that a small file cannot fill the memory."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from garrison.reading.formats import LOOKED_AT, is_packed
from garrison.vocabulary.errors import SourceError

UNPACKED_LIMIT = 200 * 2**20
"""Bytes that one packed document may unpack to."""
LINES_LIMIT = 4 * 2**30
"""Bytes that packed JSON lines may unpack to; they are never held whole."""
LINE_LIMIT = 64 * 2**20
"""Bytes that one line may have."""
RATIO_LIMIT = 300
"""How many times its packed size a document may have: prose packs to a third, templates to a thirtieth."""
RATIO_FROM = 16 * 2**20
"""Bytes below which the ratio does not matter."""
_CHUNK = 2**20


def opening(data: bytes) -> bytes:
    """The first bytes of what ``data`` holds, unpacked if need be.

    Raises:
        SourceError: the packing is broken from the start.
    """
    if not is_packed(data):
        return data[:LOOKED_AT]
    unpacker = zlib.decompressobj(wbits=31)
    try:
        first = unpacker.decompress(data[: 4 * LOOKED_AT], LOOKED_AT)
    except zlib.error as error:
        raise SourceError(f"the gzip data are damaged ({error})") from None
    if not first and not unpacker.eof:
        raise SourceError("the gzip data are cut short")
    return first


def unpacked(data: bytes) -> bytes:
    """``data`` out of gzip, all its members.

    Raises:
        SourceError: damaged, cut short, or unpacking to more than the limits.
    """
    return b"".join(_chunks(data, UNPACKED_LIMIT))


def unpacked_lines(data: bytes) -> Iterator[bytes]:
    """The lines of ``data`` out of gzip, without their ends, one at a time.

    Raises:
        SourceError: damaged, cut short, or past the limits, at the line where that shows.
    """
    total = 0
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        while True:
            try:
                line = stream.readline(LINE_LIMIT + 1)
            except (EOFError, OSError, zlib.error) as error:
                raise SourceError(f"the gzip data are damaged or cut short ({error})") from None
            if not line:
                return
            total += len(line)
            _check(total, len(data), LINES_LIMIT)
            if len(line) > LINE_LIMIT:
                raise SourceError(f"a line is longer than {LINE_LIMIT // 2**20} MB; the rest is not read")
            yield line.rstrip(b"\r\n")


def _chunks(data: bytes, limit: int) -> Iterator[bytes]:
    total = 0
    rest = data
    while is_packed(rest):
        unpacker = zlib.decompressobj(wbits=31)
        fed: bytes = rest
        while not unpacker.eof:
            try:
                chunk = unpacker.decompress(fed, _CHUNK)
            except zlib.error as error:
                raise SourceError(f"the gzip data are damaged ({error})") from None
            fed = unpacker.unconsumed_tail
            if not chunk and not fed and not unpacker.eof:
                raise SourceError("the gzip data are cut short")
            total += len(chunk)
            _check(total, len(data), limit)
            yield chunk
        rest = unpacker.unused_data


def _check(total: int, packed: int, limit: int) -> None:
    if total > limit:
        raise SourceError(f"it unpacks to more than {limit // 2**20} MB and is not read; split it")
    if total > RATIO_FROM and total > RATIO_LIMIT * packed:
        raise SourceError(
            f"it looks like a gzip bomb ({packed:,} bytes unpack to more than {total:,}) and is not read; "
            "unpack it yourself if you trust it"
        )
