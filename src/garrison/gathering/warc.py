"""WARC records: an answer and the way to it as they were received, written and read again (ISO 28500, WARC 1.1)."""

from __future__ import annotations

import hashlib
import io
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from garrison.gathering.exchange import Exchange, Fetched
from garrison.gathering.unpacking import unpacked
from garrison.vocabulary.errors import SourceError

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders

UNPACKED_LIMIT = 64 * 2**20
"""Bytes that one archived answer may unpack to."""
_LEVEL = 6
_HOPS = frozenset({"transfer-encoding", "connection", "keep-alive"})


@dataclass(frozen=True, slots=True)
class Packed:
    """Records as they go into a file; the answer's own begins at ``answer`` and has ``length`` bytes of ``data``."""

    data: bytes
    answer: int
    length: int
    record: str


@dataclass(frozen=True, slots=True)
class Archived:
    """An answer read back from an archive; ``body`` without its content encoding, ``intact`` whether digests agree."""

    url: str
    at: str
    record: str
    media: str | None
    body: bytes
    intact: bool


def packed(fetched: Fetched) -> Packed:
    """The records of ``fetched``: each step of its way, request after answer, each packed for itself."""
    whole = bytearray()
    answer = length = 0
    record = ""
    for step in fetched.way:
        record, answered, asked = _pair(step)
        answer, length = len(whole), len(answered)
        whole += answered + asked
    return Packed(bytes(whole), answer, length, record)


def preface(software: str, at: str) -> bytes:
    """The record that a file begins with: what wrote it, and by which standard."""
    from warcio.warcwriter import WARCWriter

    body = f"software: {software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n".encode()
    writer = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        None,
        "warcinfo",
        payload=io.BytesIO(body),
        warc_headers_dict={"WARC-Date": _date(at)},
        length=len(body),
        warc_content_type="application/warc-fields",
    )
    return _gzipped(_record_bytes(record))


def archived_in(data: bytes) -> Archived:
    """The answer in one packed record.

    Raises:
        SourceError: it is no answer, damaged, or was erased.
    """
    try:
        record = _response(data)
        raw = record.raw_stream.read(UNPACKED_LIMIT + 1)
        checker = record.digest_checker
        intact = bool(checker.passed) and _has_digests(record)
        body = unpacked(raw, record.http_headers.get_header("content-encoding"), UNPACKED_LIMIT)
    except Exception as error:  # warcio names no errors of its own for what damaged bytes may do to it
        raise SourceError(f"the record is damaged ({type(error).__name__}: {error})") from None
    head = record.rec_headers
    return Archived(
        url=head.get_header("WARC-Target-URI") or "",
        at=head.get_header("WARC-Date") or "",
        record=head.get_header("WARC-Record-ID") or "",
        media=record.http_headers.get_header("content-type"),
        body=body,
        intact=intact,
    )


def answers_in(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Where the answers in ``data`` (records, each packed for itself) are, and their status: offset, length, status.

    Raises:
        SourceError: the records are damaged.
    """
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(io.BytesIO(data))
    try:
        for record in records:
            if record.rec_type == "response" and record.http_headers is not None:
                offset = records.get_record_offset()
                status = record.http_headers.get_statuscode()
                yield offset, records.get_record_length(), int(status) if status.isdecimal() else 0
    except Exception as error:  # as above
        raise SourceError(f"the records are damaged ({type(error).__name__}: {error})") from None


def _response(data: bytes) -> ArcWarcRecord:
    from warcio.archiveiterator import ArchiveIterator

    record = next(iter(ArchiveIterator(io.BytesIO(data), check_digests="record")), None)
    if record is None or record.rec_type != "response" or record.http_headers is None:
        raise SourceError("it is no archived answer")
    return record


def erased(length: int) -> bytes:
    """A packed record of exactly ``length`` bytes which says that something was here; its padding is a gzip comment.

    Raises:
        SourceError: there is less room than that takes.
    """
    record = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
        "WARC-Date: 1970-01-01T00:00:00Z\r\nContent-Type: application/warc-fields\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    ).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(record) + packer.flush()
    tail = zlib.crc32(record).to_bytes(4, "little") + len(record).to_bytes(4, "little")
    room = length - 10 - 1 - len(body) - len(tail)
    if room < 0:
        raise SourceError(f"a record of {length} bytes has no room for a stub")
    return b"\x1f\x8b\x08\x10\0\0\0\0\0\xff" + b"-" * room + b"\0" + body + tail


def whole_length(stream: IO[bytes], start: int) -> int:
    """How far ``stream`` consists of whole packed records from the position ``start`` on: the end of the last one."""
    stream.seek(start)
    end = start
    for length in _members(stream):
        end += length
    return end


def _members(stream: IO[bytes]) -> Iterator[int]:
    """The lengths of the gzip members of ``stream`` up to the first that is broken or cut short."""
    rest = b""
    while True:
        unpacker, length = zlib.decompressobj(wbits=31), 0
        while not unpacker.eof:
            fed = rest or stream.read(2**16)
            rest = b""
            if not fed:
                return
            length += len(fed)
            try:
                while fed:
                    unpacker.decompress(fed, 2**20)
                    fed = unpacker.unconsumed_tail
            except zlib.error:
                return
        rest = unpacker.unused_data
        yield length - len(rest)


def _pair(step: Exchange) -> tuple[str, bytes, bytes]:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")
    record = f"<urn:uuid:{uuid.uuid4()}>"
    # What a connection is framed by is undone when its bytes arrive; the header that tells of it would be untrue.
    answered = [(f"X-Archive-Orig-{name}" if name.lower() in _HOPS else name, value) for name, value in step.answered]
    status = StatusAndHeaders(f"{step.status} {step.phrase}".strip(), answered, protocol="HTTP/1.1")
    common = {"WARC-Date": _date(step.at), "WARC-Protocol": _protocol(step.protocol)}
    answer = writer.create_warc_record(
        step.url,
        "response",
        payload=io.BytesIO(step.body),
        http_headers=status,
        warc_headers_dict={**common, "WARC-Record-ID": record, **_digests(status, step.body)},
        length=len(step.body),
    )
    _, _, target = step.url.partition("://")
    path = "/" + target.partition("/")[2]
    asked = StatusAndHeaders(f"GET {path} HTTP/1.1", list(step.asked), is_http_request=True)
    request = writer.create_warc_record(
        step.url,
        "request",
        payload=io.BytesIO(b""),
        http_headers=asked,
        warc_headers_dict={**common, "WARC-Concurrent-To": record, **_digests(asked, b"")},
        length=0,
    )
    return record, _gzipped(_record_bytes(answer)), _gzipped(_record_bytes(request))


def _digests(head: StatusAndHeaders, body: bytes) -> dict[str, str]:
    head.compute_headers_buffer()
    block = bytes(head.headers_buff) + body
    return {"WARC-Payload-Digest": _digest(body), "WARC-Block-Digest": _digest(block)}


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _has_digests(record: ArcWarcRecord) -> bool:
    return all(record.rec_headers.get_header(name) for name in ("WARC-Block-Digest", "WARC-Payload-Digest"))


def _record_bytes(record: ArcWarcRecord) -> bytes:
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    WARCWriter(out, gzip=False, warc_version="1.1").write_record(record)
    return out.getvalue()


def _gzipped(data: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def _date(at: str) -> str:
    return at[:19] + "Z"


def _protocol(version: str) -> str:
    return "h2" if version == "HTTP/2" else version.lower()
