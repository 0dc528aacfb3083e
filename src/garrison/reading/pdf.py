"""PDF: the text layer page by page, words joined across line ends, running heads left out."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import re2

from garrison.reading.dates import stamped_day
from garrison.reading.encoding import clean
from garrison.reading.furniture import Sort, rights_in, sort_of
from garrison.reading.language import language_of
from garrison.vocabulary.document import Document, Page
from garrison.vocabulary.errors import SourceError

if TYPE_CHECKING:
    from pypdf import PdfReader

PAGE_LIMIT = 5000
"""Pages that a PDF may have."""
_NO_TEXT = "it has no text layer (it is probably a scan); run it through OCR and read the result"
_DIGITS = re2.compile(r"\d+")
_SENTENCE_END = (".", "!", "?", ":", "”", '"', "…")
_EDGE = 2
_HEAD = 80
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "-"}
)
# What programs put for a title where the author gave none.
_NO_TITLES = re2.compile(
    r"(?i)^(?:untitled|microsoft word|microsoft powerpoint|slide 1|.{0,200}\.(?:docx?|pdf|indd|qxd|pptx?|rtf|tex|odt))"
)
_NO_AUTHORS = frozenset({"", "user", "admin", "administrator", "unknown", "author", "owner", "microsoft office user"})


def read_pdf(data: bytes) -> Document:
    """The document in a PDF with a text layer; ``pages`` tells where each begins.

    Raises:
        SourceError: damaged, encrypted, without a text layer, or of too many pages.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    from pypdf.errors import PyPdfError

    try:
        reader = _opened(data)
        lines = [_page_lines(page.extract_text()) for page in reader.pages]
    except SourceError:
        raise
    except (PyPdfError, RecursionError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        # A damaged file fails wherever it is first looked into, in ways that the library does not name.
        raise SourceError(f"the PDF is damaged or cut short ({type(error).__name__}: {str(error)[:120]})") from None
    heads = _running(lines)
    text, pages, rights = "", [], []
    for number, page in enumerate(lines, start=1):
        kept = []
        for place, line in enumerate(page):
            if _at_edge(place, len(page)) and (_key(line) in heads or line.strip().isdigit()):
                continue
            if sort_of(line) is Sort.RIGHTS:
                rights.append(line)
                continue
            kept.append(line)
        body = _flowing(kept)
        if body:
            joint = "" if not text else ("\n" if not text.endswith(_SENTENCE_END) else "\n\n")
            text += joint
            pages.append(Page(number, len(text)))
            text += body
    if sum(map(str.isalpha, text[:100_000])) < 20:
        raise SourceError(_NO_TEXT)
    title, authors, published = _stated(reader)
    return Document(
        text=text,
        title=title or _first_line(text),
        published=published,
        authors=authors,
        language=language_of(text),
        rights=rights_in(rights),
        pages=tuple(pages),
    )


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        try:
            opened = bool(reader.decrypt(""))
        except (DependencyError, NotImplementedError, WrongPasswordError, FileNotDecryptedError):
            opened = False
        if not opened:
            raise SourceError("it is encrypted; save a copy without a password and read that")
    if len(reader.pages) > PAGE_LIMIT:
        raise SourceError(f"it has more than {PAGE_LIMIT:,} pages; split it")
    if not len(reader.pages):
        raise SourceError("the PDF is damaged or cut short (it has no pages)")
    return reader


def _page_lines(text: str) -> list[str]:
    text = clean(text.translate(_LIGATURES)).replace("\r\n", "\n").replace("\r", "\n")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _key(line: str) -> str:
    return str(_DIGITS.sub("#", line)).strip().lower()


def _at_edge(place: int, length: int) -> bool:
    return place < _EDGE or place >= length - _EDGE


def _running(pages: list[list[str]]) -> frozenset[str]:
    """The lines, figures aside, at the top or foot of at least half of the pages."""
    if len(pages) < 3:
        return frozenset()
    counts = Counter(
        key
        for page in pages
        for key in {_key(line) for line in (*page[:_EDGE], *page[-_EDGE:]) if 0 < len(line) <= _HEAD}
    )
    return frozenset(key for key, count in counts.items() if count >= max(3, len(pages) / 2))


def _flowing(lines: list[str]) -> str:
    """Lines as paragraphs: hyphens at line ends joined, short last lines and blank ones ending a paragraph."""
    widest = max(map(len, lines), default=0)
    paragraphs: list[str] = []
    current = ""
    for line in lines:
        if not line:
            if current:
                paragraphs.append(current)
            current = ""
            continue
        if not current:
            current = line
        elif current.endswith("-") and len(current) > 1 and current[-2].isalpha() and line[0].islower():
            current = current[:-1] + line
        else:
            current += " " + line
        if len(line) < 0.7 * widest and line.endswith(_SENTENCE_END):
            paragraphs.append(current)
            current = ""
    if current:
        paragraphs.append(current)
    return "\n\n".join(paragraphs)


def _first_line(text: str) -> str | None:
    first = text.partition("\n")[0].strip()
    return first if 0 < len(first) <= 200 else None


def _stated(reader: PdfReader) -> tuple[str | None, tuple[str, ...], str | None]:
    """Title, authors and date from the file's own information, where they are sensible."""
    try:
        stated: Mapping[str, object] = reader.metadata or {}
        title, author, created = (stated.get(key) for key in ("/Title", "/Author", "/CreationDate"))
    except Exception:  # broken metadata never cost a readable text
        return None, (), None
    title = clean(str(title or "")).strip()
    author = clean(str(author or "")).strip()
    return (
        None if _NO_TITLES.match(title) or len(title) < 4 else title,
        () if author.lower() in _NO_AUTHORS else (author,),
        stamped_day(str(created)) if created else None,
    )
