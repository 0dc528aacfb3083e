"""Documents: what was published, as text with its provenance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_set = object.__setattr__


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A stretch of a document's text: characters ``start`` to ``end``, the end not included."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:  # by far the commonest object: this takes half as long
        if not 0 <= start <= end:
            raise ValueError(f"a span runs forward from 0 or later, not {start} to {end}")
        _set(self, "start", start)
        _set(self, "end", end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words of ``text`` that this span covers."""
        return text[self.start : self.end]

    def moved(self, by: int) -> Span:
        """The same stretch where its text begins ``by`` characters further on."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Whether both cover at least one character in common."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Page:
    """Where a numbered page of a paged source (a PDF) begins in the document's text."""

    number: int
    start: int


@dataclass(frozen=True, slots=True)
class Post:
    """One entry of a live blog, which is a document of its own under the blog's address.

    ``mark`` tells it from the blog's other entries and stays when the blog grows: the id of its element, its own
    address, else its time. ``at`` is when it was posted, as stated (ISO 8601, with the time of day).
    """

    mark: str
    at: str | None = None


class DocumentPart(StrEnum):
    """Where in a document words stand: in its text, or in its headline, which is its title and no part of the text."""

    TEXT = "text"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Document:
    """One published text as a reader made it.

    Dates are ISO 8601 and may be partial (``2021``, ``2021-07``, ``2021-07-08``). ``language`` is an ISO 639-1
    code. ``rights`` is the rights notice found beside the text, kept apart from it. ``captions`` are the spans of
    picture captions within ``text``; ``pages`` is empty unless the source has numbered pages; ``post`` is set for an
    entry of a live blog.
    """

    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    rights: str | None = None
    captions: tuple[Span, ...] = ()
    pages: tuple[Page, ...] = ()
    post: Post | None = None

    def part(self, which: DocumentPart) -> str:
        """The words of a part."""
        return self.text if which is DocumentPart.TEXT else self.title or ""

    def page_of(self, offset: int) -> int | None:
        """The number of the page that holds the character at ``offset``; ``None`` if the source has no pages."""
        number = None
        for page in self.pages:
            if page.start > offset:
                break
            number = page.number
        return number
