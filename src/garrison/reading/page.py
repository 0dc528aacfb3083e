"""Pages: HTML to a document."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from garrison.reading import plain_text
from garrison.reading.article import article_blocks, cleared
from garrison.reading.blocks import Block, Part
from garrison.reading.completion import completed
from garrison.reading.dates import iso_day
from garrison.reading.encoding import decoded
from garrison.reading.facts import Facts, facts_of
from garrison.reading.furniture import rights_in
from garrison.reading.language import language_of
from garrison.reading.live_blog import Entry, entries_of
from garrison.reading.markup import bare_text, head_of, is_monstrous
from garrison.reading.standfirst import standfirst
from garrison.vocabulary.document import Document, Span
from garrison.vocabulary.errors import SourceError

if TYPE_CHECKING:
    from lxml.etree import HTMLParser
    from lxml.html import HtmlElement

PAGE_LIMIT = 20 * 2**20
"""Bytes that a page may have."""
_SENTENCE = 80
_BEGINNING = 50
_NO_TEXT = "no article text was found in the page"


def read_page(data: bytes, media: str | None = None) -> tuple[Document, ...]:
    """The document in an HTML page; of a live blog, what stands around its entries and then each of them.

    Args:
        data: the page as received.
        media: the media type that it was served with.

    Raises:
        SourceError: too large, in no known encoding, or without article text.
    """
    if len(data) > PAGE_LIMIT:
        raise SourceError(f"it is larger than the {PAGE_LIMIT // 2**20} MB that a page may have; save its text instead")
    markup = decoded(data, media, markup=True)
    tree = None if is_monstrous(markup) else _tree(markup)
    if tree is None:
        return (_bare(markup),)
    facts = facts_of(tree)
    posts = [_posted(entry, facts) for entry in entries_of(tree, markup)]
    found = completed(tree, article_blocks(tree))
    if (summary := standfirst(tree, found, facts.description)) is not None:
        found.insert(0, summary)
    blocks, rights = cleared(found, facts.title, facts.published, facts.authors)
    if posts and not blocks:
        return tuple(posts)
    return (_composed(blocks, rights, facts) if blocks else _bare(markup, least=_SENTENCE), *posts)


def _posted(entry: Entry, facts: Facts) -> Document:
    """An entry as a document of its own: the blog's facts, its own time and words."""
    day = iso_day(entry.post.at) if entry.post.at else None
    blocks, _ = cleared(entry.blocks, facts.title)
    blog = replace(
        facts,
        published=day or facts.published,
        authors=entry.authors or facts.authors,
        url=f"{urldefrag(facts.url).url}{entry.address or ''}" if facts.url else None,
    )
    return replace(_composed(blocks or list(entry.blocks), [], blog), post=entry.post)


def _composed(blocks: list[Block], rights: list[str], facts: Facts) -> Document:
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


def _bare(markup: str, least: int = 1) -> Document:
    """The document of a page that no tree is built of, or that no article is found in.

    Its text is all the visible lines of at least ``least`` characters; the rest is what its head says.
    """
    text = "\n".join(line for line in bare_text(markup).split("\n") if len(line) >= least)
    if not text.strip():
        raise SourceError(_NO_TEXT)
    head = head_of(markup)
    tree = _tree(head) if head and not is_monstrous(head) else None
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
    """The tree of a page; ``None`` where it is no HTML."""
    from lxml.etree import LxmlError
    from lxml.html import fromstring
    from trafilatura.utils import load_html, repair_faulty_html

    # What trafilatura says of pages it cannot read is said here, in a failure.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    beginning = markup[:_BEGINNING].lower()
    if "html" in beginning:
        try:
            found: HtmlElement = fromstring(repair_faulty_html(markup, beginning), parser=_parser())
        except (ValueError, LxmlError):
            # As of a declared encoding, which a text that is decoded may not have: trafilatura tries otherwise.
            pass
        else:
            if len(found):
                return found
    other: HtmlElement | None = load_html(markup)
    return other


@cache
def _parser() -> HTMLParser:
    """trafilatura's parser, but that all elements are of one class.

    lxml.html asks a function in Python for the class of each element each time that it is looked at: a sixth of the
    time of reading.
    """
    from lxml import etree, html

    parser = etree.HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser
