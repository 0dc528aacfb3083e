"""Encodings: bytes to characters, also where what is declared is wrong."""

from __future__ import annotations

import codecs

import re2

from garrison.vocabulary.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that browsers read as a larger encoding (WHATWG Encoding Standard, "names and labels").
_LARGER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_DECLARED = re2.compile(rb"(?i)charset\s*=\s*[\"']?\s*([a-z0-9_:.\-]{2,40})")
_DECLARED_XML = re2.compile(rb"(?i)^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([a-z0-9_:.\-]{2,40})")
_LOOKED_AT = 4096
_SAMPLE = 2**18
_FEW = 1e-3


def decoded(data: bytes, media: str | None = None, *, markup: bool = False) -> str:
    """``data`` as text, line ends as ``\\n``, without NUL and lone surrogates.

    Tried in this order: a byte order mark, UTF-8, UTF-16 by its shape, what is declared, UTF-8 with a few broken
    bytes, and a guess.

    Args:
        data: the bytes.
        media: the media type they were served with; its ``charset`` counts as declared.
        markup: whether a declaration inside the bytes (``<meta charset>``) counts.

    Raises:
        SourceError: no encoding makes text of it.
    """
    text = _text(data, _declared(data, media, markup=markup))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return clean(text)


def clean(text: str) -> str:
    """``text`` with NUL and lone surrogates, which no file or database takes, as U+FFFD; its length stays."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text


def _text(data: bytes, declared: str | None) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if b"\x00" in data[:_LOOKED_AT]:
        return _wide_text(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared is not None and declared != "utf-8":
        try:
            return data.decode(declared)
        except UnicodeDecodeError:
            pass
    nearly = data.decode("utf-8", "replace")
    broken = nearly.count("\ufffd")
    beyond = sum(1 for sign in nearly[:_SAMPLE] if sign > "\x7f")
    if broken <= max(1, _FEW * len(nearly)) and broken * 4 <= beyond:
        return nearly
    return _guessed(data)


def _wide_text(data: bytes) -> str:
    head = data[:_LOOKED_AT]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    text = data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    if text.count("\ufffd") > max(1, len(text) // 100):
        raise SourceError("it is binary data or text in an unknown encoding; save it as UTF-8 and read that")
    return text


def _guessed(data: bytes) -> str:
    sample = data[:_SAMPLE]
    high = sum(1 for byte in sample if byte > 0x7F)
    if high * 20 <= len(sample):
        # Mostly ASCII: the rest are accents and typographic quotes, which the western code page has.
        return data.decode("cp1252", "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise SourceError("no encoding makes text of it; save it as UTF-8 and read that")
    return data.decode(best.encoding, "replace")


def _declared(data: bytes, media: str | None, *, markup: bool) -> str | None:
    found = _DECLARED.search(media.encode("ascii", "ignore")) if media else None
    if found is None and markup:
        head = data[:_LOOKED_AT]
        found = _DECLARED.search(head) or _DECLARED_XML.search(head)
    if found is None:
        return None
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name
    except LookupError:
        return None
    return _LARGER.get(name, name)
