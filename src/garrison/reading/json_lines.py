"""JSON lines: a document per line; also a single object, and an array of objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from garrison.reading.dates import iso_day
from garrison.reading.encoding import clean, decoded
from garrison.reading.failure import Failure
from garrison.reading.language import language_of
from garrison.vocabulary.document import Document
from garrison.vocabulary.errors import SourceError

WHOLE_LIMIT = 64 * 2**20
"""Bytes that an array or a spread-out object may have: unlike lines, it is held whole."""


def read_json(source: bytes | Iterable[bytes], name: str) -> Iterator[Document | Failure]:
    """The documents in ``source``, in order; a failure with its line for each that is broken.

    Args:
        source: bytes, or lines without their ends. Bytes may also be one object or one array over many lines.
        name: what to call it in messages.
    """
    if isinstance(source, bytes):
        whole = _whole(source)
        if whole is not None:
            yield from _entries(whole, name)
            return
        source = _lines(source)
    number = found = 0
    try:
        for number, line in enumerate(source, start=1):
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                found += 1
                yield _document_or_failure(line, f"{name}, line {number}")
    except SourceError as error:
        yield Failure(f"{name}, line {number + 1}", str(error))
        return
    if not found:
        yield Failure(name, "it is empty: there is no line in it")


def document_of(row: Any) -> Document:
    """The document that a row describes: ``text``, and any of ``title``, ``published``, ``outlet``, ``url``.

    The text is kept to the character, since what was written about it elsewhere counts characters too.

    Raises:
        SourceError: the row is no object, has no text, or a date that is none.
    """
    if not isinstance(row, Mapping):
        raise SourceError(f"each document must be a JSON object with a 'text', not {_sort(row)}")
    text = row.get("text")
    if not isinstance(text, str):
        known = ", ".join(map(repr, list(row)[:6])) or "none"
        raise SourceError(f"'text' must be a string, not {_sort(text)} (fields here: {known})")
    if not text.strip():
        raise SourceError("'text' is empty")
    text = clean(text)
    return Document(
        text=text,
        title=_words(row, "title"),
        published=_published(row.get("published")),
        outlet=_words(row, "outlet"),
        url=_words(row, "url"),
        language=language_of(text),
    )


def _lines(data: bytes) -> Iterator[bytes]:
    # Not splitlines: U+2028 and U+0085 may stand inside a string.
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        yield data[start:end]
        start = end + 1


def _whole(data: bytes) -> Any:
    """What ``data`` hold if they are an array, or one object over many lines; else ``None``."""
    opening = data[:64].lstrip(b" \t\r\n\xef\xbb\xbf")
    if opening[:1] == b"{":
        first = data.lstrip(b" \t\r\n\xef\xbb\xbf").partition(b"\n")[0].strip()
        # A line that closes its brace is a document; "{" alone opens one over many lines.
        if first.endswith(b"}") or len(first) > 200:
            return None
    elif opening[:1] != b"[":
        return None
    if len(data) > WHOLE_LIMIT:
        return None
    try:
        return json.loads(decoded(data))
    except (ValueError, RecursionError, SourceError):
        return None


def _entries(whole: Any, name: str) -> Iterator[Document | Failure]:
    entries = whole if isinstance(whole, list) else [whole]
    for number, entry in enumerate(entries, start=1):
        where = f"{name}, entry {number}" if isinstance(whole, list) else name
        try:
            yield document_of(entry)
        except SourceError as error:
            yield Failure(where, str(error))
    if not entries:
        yield Failure(name, "the array is empty")


def _document_or_failure(line: bytes, where: str) -> Document | Failure:
    try:
        return document_of(json.loads(decoded(line)))
    except SourceError as error:
        return Failure(where, str(error))
    except RecursionError:
        return Failure(where, "not read: its JSON is nested too deeply")
    except json.JSONDecodeError as error:
        return Failure(where, f"not valid JSON: {error.msg} (column {error.colno})")
    except ValueError as error:
        return Failure(where, f"not valid JSON: {error}")


def _words(row: Mapping[str, Any], field: str) -> str | None:
    value = row.get(field)
    return clean(value).strip() or None if isinstance(value, str) else None


def _published(value: Any) -> str | None:
    if value is None or value == "":
        return None
    found = iso_day(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if found is None:
        raise SourceError(f"'published' is {str(value)[:40]!r}, which is no date; write 2021, 2021-07 or 2021-07-15")
    return found


def _sort(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool() | int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "an array"
        case _:
            return "an object"
