"""Formats: what bytes are, told by their content first and their name last."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePath

from garrison.vocabulary.errors import SourceError

LOOKED_AT = 4096
"""How many bytes are looked at."""


class Format(Enum):
    """What is read."""

    HTML = "html"
    TEXT = "text"
    PDF = "pdf"
    JSON = "json"


_GZIP = b"\x1f\x8b"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML_OPENINGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<meta", b"<article", b"<div", b"<p>")
_JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_CONVERT = "save it as HTML, text or PDF and read that"
# What the first bytes of formats that are not read look like (their public specifications), and what to do.
_SIGNATURES = (
    (_GZIP, "packed with gzip twice", "unpack it once and read that"),
    (b"\x89PNG\r\n", "a PNG image", "only text is read"),
    (b"\xff\xd8\xff", "a JPEG image", "only text is read"),
    (b"GIF8", "a GIF image", "only text is read"),
    (b"II*\x00", "a TIFF image", "only text is read"),
    (b"MM\x00*", "a TIFF image", "only text is read"),
    (b"RIFF", "a RIFF media file (WebP, WAV or AVI)", "only text is read"),
    (b"ID3", "an MP3 recording", "only text is read"),
    (b"OggS", "an Ogg recording", "only text is read"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video", "only text is read"),
    (b"PK\x05\x06", "an empty ZIP archive", "there is nothing in it"),
    (b"Rar!\x1a", "a RAR archive", "unpack it and read what is inside"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and read what is inside"),
    (b"BZh", "packed with bzip2", "unpack it first; gzip is unpacked here"),
    (b"\xfd7zXZ\x00", "packed with xz", "unpack it first; gzip is unpacked here"),
    (b"(\xb5/\xfd", "packed with Zstandard", "unpack it first; gzip is unpacked here"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document", _CONVERT),
    (b"{\\rtf", "a rich-text (RTF) document", _CONVERT),
    (b"SQLite format 3\x00", "an SQLite database", "name a ledger with --ledger instead of reading it"),
    (b"\x7fELF", "a program", "only text is read"),
    (b"MZ\x90\x00", "a Windows program", "only text is read"),
    (b"WARC/1.", "a web archive (WARC)", "export its pages and read those"),
)
_ZIPPED = (
    (b"word/", "a Word document (DOCX)", _CONVERT),
    (b"xl/", "an Excel workbook (XLSX)", "save it as JSON lines or text and read that"),
    (b"ppt/", "a PowerPoint presentation (PPTX)", _CONVERT),
    (b"opendocument.text", "an OpenDocument text (ODT)", _CONVERT),
    (b"epub+zip", "an e-book (EPUB)", _CONVERT),
)


def is_packed(data: bytes) -> bool:
    """Whether ``data`` are packed with gzip."""
    return data.startswith(_GZIP)


def format_of(head: bytes, name: str, media: str | None) -> Format:
    """What a file is.

    Args:
        head: its first bytes, unpacked; more than ``LOOKED_AT`` is not looked at.
        name: its name; ``.gz`` is looked through.
        media: the media type that it was served with.

    Raises:
        SourceError: it is empty, or a format that is not read; the message says which and what to do.
    """
    head = head[:LOOKED_AT]
    kind = (media or "").partition(";")[0].strip().lower()
    if kind in {"application/jsonl", "application/x-ndjson", "application/x-jsonlines"}:
        return Format.JSON
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    _refuse_foreign(head)
    suffix = _suffix(name)
    start = _opening(head)
    if not start:
        raise SourceError("it is empty: there is no text in it")
    if start[:1] in (b"{", b"[") and (suffix not in {".txt", ".text"} or start[:2] == b'{"'):
        # A text may open with a bracket; JSON goes on with a value.
        follows = start[1:].lstrip()[:1]
        if suffix in _JSON_SUFFIXES or kind == "application/json" or follows in (b'"', b"{", b"}"):
            return Format.JSON
    lowered = start[:1024].lower()
    if lowered.startswith(_HTML_OPENINGS) or b"<!doctype html" in lowered or b"<html" in lowered:
        return Format.HTML
    if suffix in _JSON_SUFFIXES:
        return Format.JSON
    if suffix in _HTML_SUFFIXES or kind in {"text/html", "application/xhtml+xml"}:
        return Format.HTML
    if lowered.startswith((b"<!--", b"<?xml")) and (b"<body" in head.lower() or b"<html" in head.lower()):
        return Format.HTML
    return Format.TEXT


def _suffix(name: str) -> str:
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _opening(head: bytes) -> bytes:
    """``head`` as ASCII can be, without marks and white space: enough to tell tags and braces by."""
    for mark in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :]
            break
    if b"\x00" in head[:64]:
        head = head.replace(b"\x00", b"")
    return head.lstrip(b" \t\r\n\f\v\x00")


def _refuse_foreign(head: bytes) -> None:
    if head[:4] == b"PK\x03\x04":
        for mark, what, advice in _ZIPPED:
            if mark in head:
                raise SourceError(f"it is {what}, which is not read; {advice}")
        raise SourceError("it is a ZIP archive, which is not read; unpack it and read what is inside")
    if head[4:8] == b"ftyp":
        raise SourceError("it is a video or picture (MP4 family), which is not read; only text is read")
    for mark, what, advice in _SIGNATURES:
        if head.startswith(mark):
            raise SourceError(f"it is {what}, which is not read; {advice}")
    if b"\x00" in head and not _wide(head):
        raise SourceError("it is binary data of an unknown kind, which is not read; only text is read")


def _wide(head: bytes) -> bool:
    """Whether NUL bytes stand where text in UTF-16 or UTF-32 has them."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    return many > 0.4 * (len(head) // 2) and few <= 0.05 * many
