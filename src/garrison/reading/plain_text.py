"""Plain text: the first line the title, then header lines, then the article as it was pasted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import re2

from garrison.reading.dates import iso_day
from garrison.reading.encoding import decoded
from garrison.reading.furniture import Sort, is_credited, rights_in, sort_of
from garrison.reading.language import language_of
from garrison.vocabulary.document import Document, Span
from garrison.vocabulary.errors import SourceError

TEXT_LIMIT = 256 * 2**20
"""Bytes that a text may have."""
TITLE_LIMIT = 300
"""Characters beyond which a first line is no title but the article itself."""
_HEADER = re2.compile(r"(?i)^(published|date|outlet|source|url|link|authors?|by|byline|title|language)\s*:\s*(.*)$")
_HEADER_NAMES = {
    "date": "published",
    "source": "outlet",
    "link": "url",
    "authors": "author",
    "by": "author",
    "byline": "author",
}
_SPACED_HEADERS = 8
# A comment form ends an article; where it stands early, it is a line of the page's furniture above the article.
_COMMENTS_FROM = 0.5


@dataclass(slots=True)
class _Reading:
    """The lines of an article as they are taken in."""

    kept: list[str] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)
    captions: list[Span] = field(default_factory=list)
    length: int = 0

    def keep(self, line: str) -> None:
        self.kept.append(line)
        self.length += len(line) + 1


def read_text(data: bytes, media: str | None = None) -> Document:
    """The document in a plain text.

    The first line is the title and is not repeated in the text. ``Published:``, ``Outlet:``, ``URL:`` and
    ``Author:`` lines that follow it are taken as such. Rights notices are kept apart, comment forms and calls to the
    reader are left out, captions are marked.

    Raises:
        SourceError: empty, too large, or in no known encoding.
    """
    if len(data) > TEXT_LIMIT:
        raise SourceError(f"it is larger than the {TEXT_LIMIT // 2**20} MB that a text may have; split it")
    return document_of(decoded(data, media))


def document_of(whole: str, *, titled: bool = True) -> Document:
    """The document in ``whole``, line ends as ``\\n``; its first lines are title and header if ``titled``.

    Raises:
        SourceError: there is no text.
    """
    title, header, start = _top(whole) if titled else (None, {}, 0)
    found = _article(whole, start)
    text = "\n".join(found.kept)
    kept_from = len(text) - len(text.lstrip("\n"))
    text = text.strip("\n")
    if not text.strip():
        if not title:
            raise SourceError("it is empty: there is no text in it")
        # A single line is both what it is called and what it says.
        text = title
    captions = tuple(
        Span(span.start - kept_from, span.end - kept_from)
        for span in found.captions
        if span.end - kept_from <= len(text)
    )
    return Document(
        text=text,
        title=header.get("title") or title,
        published=iso_day(header.get("published", "")),
        outlet=header.get("outlet"),
        url=header.get("url"),
        authors=tuple(_names(header.get("author", ""))),
        language=language_of(text, header.get("language")),
        rights=rights_in(found.rights),
        captions=captions,
    )


def _top(whole: str) -> tuple[str | None, dict[str, str], int]:
    """The title, the header lines and where the article begins."""
    title: str | None = None
    header: dict[str, str] = {}
    position = 0
    for line, start, end in _lines(whole):
        position = start
        words = line.strip()
        if not words:
            continue
        given = _HEADER.match(words) if len(header) < _SPACED_HEADERS and len(words) < 2000 else None
        name = str(given.group(1)).lower() if given else ""
        name = _HEADER_NAMES.get(name, name)
        if given and name not in header and _fits(name, given.group(2)):
            header[name] = given.group(2).strip()
        elif title is None and not header and len(words) <= TITLE_LIMIT:
            title = words.removeprefix("# ").strip()
        else:
            return title, header, position
        position = end
    return title, header, position


def _fits(name: str, value: str) -> bool:
    """Whether what follows the colon is what such a line holds; "Source: officials say that …" is prose."""
    if name == "url":
        return "://" in value and " " not in value.strip()
    return len(value) <= (TITLE_LIMIT if name == "title" else 120)


def _article(whole: str, start: int) -> _Reading:
    found = _Reading()
    blank = True
    size = len(whole)
    for line, begins, _ in _lines(whole, start):
        words = line.strip()
        if not words:
            if not blank:
                found.keep("")
            blank = True
            continue
        sort = sort_of(words)
        if sort is Sort.RIGHTS:
            found.rights.append(words)
        elif sort is Sort.COMMENTS and begins - start >= _COMMENTS_FROM * (size - start):
            found.rights.extend(_rights_after(whole, begins))
            break
        elif sort is Sort.PROSE:
            if is_credited(words):
                indent = len(line) - len(line.lstrip())
                found.captions.append(Span(found.length + indent, found.length + indent + len(words)))
            found.keep(line.rstrip())
            blank = False
    return found


def _rights_after(whole: str, start: int) -> Iterator[str]:
    for line, _, _ in _lines(whole, start):
        if sort_of(line) is Sort.RIGHTS:
            yield line.strip()


def _lines(whole: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """Lines with where they begin and where the next one does. Not splitlines: U+2028 stands inside sentences."""
    while start < len(whole):
        end = whole.find("\n", start)
        if end < 0:
            end = len(whole)
        yield whole[start:end], start, end + 1
        start = end + 1


def _names(words: str) -> Iterator[str]:
    for name in words.replace(" and ", ",").replace(";", ",").split(","):
        if name.strip():
            yield name.strip()
