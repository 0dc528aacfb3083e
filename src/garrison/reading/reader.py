"""The reader: bytes of any format that is read, to documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from garrison.reading.failure import Failure
from garrison.reading.formats import Format, format_of, is_packed
from garrison.vocabulary.document import Document
from garrison.vocabulary.errors import SourceError

_VERSIONS = {Format.HTML: "html 4", Format.TEXT: "text 1", Format.PDF: "pdf 1", Format.JSON: "json 1"}
_LIBRARIES = {Format.HTML: "trafilatura", Format.PDF: "pypdf"}


def read_bytes(data: bytes, *, name: str, media: str | None = None) -> Iterator[Document | Failure]:
    """The documents in ``data``, one after another, with a failure in the place of each that cannot be read.

    What the bytes are is told from the bytes first, then from ``media``, then from ``name``; gzip is unpacked within
    bounds. JSON lines are read lazily: a line at a time, also out of gzip.

    Args:
        data: a file or a response body as received.
        name: what to call it in messages; its suffix is a hint.
        media: the media type that it was served with (``text/html; charset=utf-8``), if any. ``application/jsonl``
            is believed.
    """
    try:
        yield from _documents(data, name, media)
    except SourceError as error:
        yield Failure(name, str(error))


def reader_name(name: str, data: bytes) -> str:
    """What reads these bytes, with its version and that of the library beneath it (``html 1, trafilatura 2.0.0``)."""
    from garrison.reading.packing import opening

    try:
        found = format_of(opening(data), name, None)
    except SourceError:
        return "none"
    return _versioned(found)


def _documents(data: bytes, name: str, media: str | None) -> Iterator[Document | Failure]:
    from garrison.reading.packing import opening, unpacked, unpacked_lines

    found = format_of(opening(data), name, media)
    if found is Format.JSON:
        from garrison.reading.json_lines import read_json

        yield from read_json(unpacked_lines(data) if is_packed(data) else data, name)
        return
    if is_packed(data):
        data = unpacked(data)
    if found is Format.PDF:
        from garrison.reading.pdf import read_pdf

        yield read_pdf(data)
    elif found is Format.HTML:
        from garrison.reading.page import read_page

        yield from read_page(data, media)
    else:
        from garrison.reading.plain_text import read_text

        yield read_text(data, media)


@cache
def _versioned(found: Format) -> str:
    from importlib.metadata import version

    library = _LIBRARIES.get(found)
    return f"{_VERSIONS[found]}, {library} {version(library)}" if library else _VERSIONS[found]
