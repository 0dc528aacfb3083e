"""An answer as it is sent, compressed where that is worth it, with the tag that names it."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

_SMALLEST_BYTES = 500
_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its status, headers and body, whether the body is compressed (gzip), and its tag."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    sent: bytes
    etag: bytes
    packed: bool

    @property
    def plain(self) -> bytes:
        """The body as it was made."""
        return gzip.decompress(self.sent) if self.packed else self.sent


def answer_of(status: int, headers: tuple[tuple[bytes, bytes], ...], body: bytes) -> Answer:
    """The answer with this body."""
    etag = b'"' + hashlib.blake2b(body, digest_size=16).hexdigest().encode("ascii") + b'"'
    packed = len(body) >= _SMALLEST_BYTES
    return Answer(status, headers, gzip.compress(body, _LEVEL, mtime=0) if packed else body, etag, packed)
