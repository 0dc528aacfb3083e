"""Unpacking: a body's content encoding undone within bounds, so that a small answer cannot fill the memory."""

from __future__ import annotations

import zlib

from garrison.vocabulary.errors import SourceError

ACCEPTED = "gzip, deflate"
"""The content encodings that are asked for: those that can be undone within bounds, a piece at a time."""
_CHUNK = 2**18
_MEMBERS = 100


def unpacked(data: bytes, encoding: str | None, limit: int) -> bytes:
    """``data`` without its content encoding.

    Args:
        data: a body as received.
        encoding: its ``Content-Encoding`` header.
        limit: bytes that it may have unpacked.

    Raises:
        SourceError: an encoding that was not asked for, damaged or cut short, larger than ``limit``.
    """
    names = [name for part in (encoding or "").lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if not names:
        return data
    if len(names) > 1:
        raise SourceError(f"its body is packed {len(names)} times over ({', '.join(names)}) and is not unpacked")
    match names[0]:
        case "gzip" | "x-gzip":
            return _inflated(data, 31, limit)
        case "deflate":
            # The standard means zlib's wrapping; some servers leave it out.
            wrapped = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
            return _inflated(data, 15 if wrapped else -15, limit)
        case name:
            raise SourceError(f"its body is packed with {name}, which was not asked for")


def _inflated(data: bytes, window: int, limit: int) -> bytes:
    whole = bytearray()
    rest = data
    for _ in range(_MEMBERS):
        unpacker = zlib.decompressobj(wbits=window)
        fed: bytes = rest
        while not unpacker.eof:
            try:
                chunk = unpacker.decompress(fed, _CHUNK)
            except zlib.error as error:
                raise SourceError(f"its packed body is damaged ({error})") from None
            fed = unpacker.unconsumed_tail
            if not chunk and not fed and not unpacker.eof:
                raise SourceError("its packed body is cut short")
            whole += chunk
            if len(whole) > limit:
                raise SourceError(f"it unpacks to more than {limit / 2**20:g} MB and is not read")
        rest = unpacker.unused_data
        # Padding after the last member is no member.
        if window != 31 or not rest.startswith(b"\x1f\x8b"):
            return bytes(whole)
    raise SourceError(f"its body is packed in more than {_MEMBERS} parts and is not read")
