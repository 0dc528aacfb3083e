"""WACZ: archived pages packed with an index and a list, for players of web archives (WACZ 1.1.1).

Source: https://specs.webrecorder.net/wacz/1.1.1/ and https://specs.webrecorder.net/cdxj/0.1.0/
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from garrison.gathering.warc import Archived
from garrison.vocabulary.errors import SourceError

VERSION = "1.1.1"
_WARC = "data.warc.gz"
_INDEX = "index.cdx.gz"
# A short name, matched whole.
_WWW = re.compile(r"www\d*")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Indexed:
    """An archived answer with its status and title, and where in the file of records it is (bytes)."""

    archived: Archived
    status: int
    title: str | None
    offset: int
    length: int
    page: bool


def package(records: bytes, answers: Sequence[Indexed], *, software: str, created: str, title: str) -> bytes:
    """A WACZ file.

    Args:
        records: the WARC records, each packed for itself.
        answers: the answers among them; those that are a ``page`` are listed.
        software: what makes the file.
        created: when (ISO 8601, UTC).
        title: what to call the collection.
    """
    index, table = _index(answers)
    pages = [each for each in answers if each.page]
    files = {
        f"archive/{_WARC}": records,
        f"indexes/{_INDEX}": index,
        "indexes/index.idx": table,
        "pages/pages.jsonl": _pages(pages),
    }
    described = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title,
        "software": software,
        "created": _second(created),
        "resources": [
            {"name": path.rpartition("/")[2], "path": path, "hash": _hash(data), "bytes": len(data)}
            for path, data in files.items()
        ],
    }
    if pages:
        described |= {"mainPageUrl": pages[0].archived.url, "mainPageDate": _second(pages[0].archived.at)}
    package = json.dumps(described, ensure_ascii=False, indent=2).encode()
    digest = {"path": "datapackage.json", "hash": _hash(package)}
    files |= {"datapackage.json": package, "datapackage-digest.json": json.dumps(digest, indent=2).encode()}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files.items():
            # Stored, not packed again, so that a player can read a record out of the middle of the file.
            archive.writestr(zipfile.ZipInfo(path, _EPOCH), data)
    return whole.getvalue()


def surt(url: str) -> str:
    """``url`` as indexes sort it: host backward, lower case, without scheme and ``www.``, the query in order.

    Raises:
        SourceError: it is no web address.
    """
    try:
        parts = urlsplit(url.lower())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SourceError(f"{url[:200]!r} is no web address ({error})") from None
    labels = host.split(".")
    if len(labels) > 1 and _WWW.fullmatch(labels[0]):
        labels = labels[1:]
    own = {"http": 80, "https": 443}.get(parts.scheme)
    at = f":{port}" if port not in (None, own) else ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True), key=lambda pair: pair[0]))
    return f"{','.join(reversed(labels))}{at}){parts.path or '/'}{f'?{query}' if query else ''}"


def _index(answers: Iterable[Indexed]) -> tuple[bytes, bytes]:
    """The index, packed, and the table that finds places in it; one block, as exports are small."""
    lines = sorted(_line(each) for each in answers)
    packed = gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)
    meta = {"format": "cdxj-gzip-1.0", "filename": _INDEX}
    key = " ".join(lines[0].split(" ", 2)[:2]) if lines else ""
    block = {"offset": 0, "length": len(packed), "digest": _hash(packed), "filename": _INDEX}
    return packed, f"!meta 0 {json.dumps(meta)}\n{key} {json.dumps(block)}\n".encode()


def _line(each: Indexed) -> str:
    found = each.archived
    values = {
        "url": found.url,
        "mime": (found.media or "unknown").partition(";")[0].strip().lower(),
        "status": str(each.status),
        "digest": f"sha256:{hashlib.sha256(found.body).hexdigest()}",
        "length": str(each.length),
        "offset": str(each.offset),
        "filename": _WARC,
    }
    stamp = "".join(sign for sign in found.at[:19] if sign.isdecimal())
    return f"{surt(found.url)} {stamp} {json.dumps(values)}"


def _pages(pages: Iterable[Indexed]) -> bytes:
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}]
    for each in pages:
        found = each.archived
        row = {"id": found.record.strip("<>").rpartition(":")[2], "url": found.url, "ts": _second(found.at)}
        lines.append({**row, "title": each.title} if each.title else row)
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()


def _second(at: str) -> str:
    return f"{at[:19]}Z"


def _hash(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
