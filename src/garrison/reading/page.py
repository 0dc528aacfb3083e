"""Pages: HTML to a document."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from garrison.reading import plain_text
from garrison.reading.article import article_blocks, cleared
from garrison.reading.blocks import Block, Part
from garrison.reading.completion import completed
from garrison.reading.encoding import decoded
from garrison.reading.facts import Facts, facts_of
from garrison.reading.furniture import rights_in
from garrison.reading.language import language_of
from garrison.reading.markup import bare_text, head_of, shape_of
from garrison.vocabulary.document import Document, Span
from garrison.vocabulary.errors import SourceError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PAGE_LIMIT = 20 * 2**20
"""Bytes that a page may have."""
DEPTH_LIMIT = 200
"""Elements open at once beyond which no tree is built: a million nested tags would exhaust the parser's stack."""
TAGS_LIMIT = 100_000
"""Tags beyond which no tree is built: extraction takes minutes on what no newspaper prints."""
_NO_TEXT = "no article text was found in the page"


def read_page(data: bytes, media: str | None = None) -> Document:
    """The document in an HTML page.

    Args:
        data: the page as received.
        media: the media type that it was served with.

    Raises:
        SourceError: too large, in no known encoding, or without article text.
    """
    if len(data) > PAGE_LIMIT:
        raise SourceError(f"it is larger than the {PAGE_LIMIT // 2**20} MB that a page may have; save its text instead")
    markup = decoded(data, media, markup=True)
    shape = shape_of(markup)
    if shape.depth > DEPTH_LIMIT or shape.tags > TAGS_LIMIT:
        return _bare(markup)
    tree = _tree(markup)
    if tree is None:
        return _bare(markup)
    return _composed(tree, facts_of(tree))


def _composed(tree: HtmlElement, facts: Facts) -> Document:
    blocks, rights = cleared(completed(tree, article_blocks(tree)), facts.title)
    if not blocks:
        raise SourceError(_NO_TEXT)
    text, captions = _joined(blocks)
    return Document(
        text=text,
        title=facts.title,
        published=facts.published,
        outlet=facts.outlet,
        url=facts.url,
        authors=facts.authors,
        language=language_of(text, facts.language),
        rights=rights_in([*(facts.rights or "").split("\n"), *rights]),
        captions=captions,
    )


def _joined(blocks: list[Block]) -> tuple[str, tuple[Span, ...]]:
    parts: list[str] = []
    captions: list[Span] = []
    length = 0
    before: Block | None = None
    for block in blocks:
        if before is not None:
            close = before.part is block.part and block.part in (Part.ITEM, Part.ROW)
            parts.append("\n" if close else "\n\n")
            length += len(parts[-1])
        if block.part is Part.CAPTION:
            captions.append(Span(length, length + len(block.text)))
        parts.append(block.text)
        length += len(block.text)
        before = block
    return "".join(parts), tuple(captions)


def _bare(markup: str) -> Document:
    """The document of a page that no tree is built of: all its visible text, and what its head says."""
    text = bare_text(markup)
    if not text.strip():
        raise SourceError(_NO_TEXT)
    head = head_of(markup)
    tree = _tree(head) if head and shape_of(head).depth <= DEPTH_LIMIT else None
    facts = facts_of(tree) if tree is not None else Facts(None, None, (), None, None, None, None)
    read = plain_text.document_of("\n" + text, titled=False)
    return Document(
        text=read.text,
        title=facts.title,
        published=facts.published,
        outlet=facts.outlet,
        url=facts.url,
        authors=facts.authors,
        language=language_of(read.text, facts.language),
        rights=rights_in([*(facts.rights or "").split("\n"), *(read.rights or "").split("\n")]),
        captions=read.captions,
    )


def _tree(markup: str) -> HtmlElement | None:
    # What trafilatura says of pages it cannot read is said here, in a failure.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    from trafilatura import load_html

    found: HtmlElement | None = load_html(markup)
    return found
