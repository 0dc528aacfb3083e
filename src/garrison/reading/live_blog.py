"""Live blogs: a page's entries, each with its own time, taken apart from the page around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

import re2

from garrison.reading.blocks import Block, Part
from garrison.reading.linked_data import names_of, nodes_of, text_of
from garrison.reading.markup import bare_text
from garrison.vocabulary.document import Post

if TYPE_CHECKING:
    from lxml.html import HtmlElement

POSTS_LIMIT = 2000
"""Entries that are taken of one page."""
_LEAST = 2
_WORDS = 6
_BESIDE = frozenset(("aside", "nav", "footer", "header"))
_LIVE = re2.compile(r"(?i)live-?_?(?:blog|text|updates?|coverage|ticker|stream|feed|reporting)|lx-stream")
_POST = re2.compile(
    r"(?i)(?:^|[\s_-])(?:post|entry|item|block|update|card|message|article)s?(?:$|[\s_-])|live-?blog-?(?:post|entry|update)"
)
_PARTS = {"h2": Part.HEADING, "h3": Part.HEADING, "h4": Part.HEADING, "li": Part.ITEM, "figcaption": Part.CAPTION}
_TAGS = ("p", "h2", "h3", "h4", "li", "blockquote", "figcaption")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a live blog: what tells it from the others, its words, its authors."""

    post: Post
    blocks: tuple[Block, ...]
    address: str | None = None
    authors: tuple[str, ...] = ()


def entries_of(tree: HtmlElement, markup: str) -> list[Entry]:
    """The entries of a live blog, in the order of the page; empty for any other page, as ``markup`` mostly shows.

    They are found by their marks in the page (schema.org's ``liveBlogUpdate``; else elements of a live blog's classes,
    each with a ``<time>`` of its own) and else in its linked data. Those found in the page are taken out of ``tree``,
    so that what is left is what stands around them.
    """
    if not _LIVE.search(markup):
        return []
    nodes = [node for node in nodes_of(tree) if node.get("liveBlogUpdate")]
    elements = _elements(tree, sure=bool(nodes))
    found = [entry for element in elements[:POSTS_LIMIT] if (entry := _entry(element)) is not None]
    if len(found) >= _LEAST:
        for element in elements:
            element.drop_tree()
        return _each_once(found)
    stated = [entry for node in nodes[:1] for entry in _stated(node["liveBlogUpdate"])]
    return _each_once(stated) if len(stated) >= _LEAST else []


def _elements(tree: HtmlElement, *, sure: bool) -> list[HtmlElement]:
    marked = [each for each in tree.iter() if "liveblogupdate" in _attribute(each, "itemprop")]
    if len(marked) >= _LEAST:
        return marked
    home = tree if sure else _home(tree)
    if home is None:
        return []
    found: list[HtmlElement] = []
    around: set[HtmlElement] = set()
    # From the inside out, so that what holds several entries is not taken for one.
    for element in reversed(list(home.iter("article", "li", "div", "section"))):
        if element in around or not _POST.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        if element.find(".//time[@datetime]") is None or not _has_words(element):
            continue
        found.append(element)
        around.update(element.iterancestors())
    inside = [each for each in found if not any(up in found for up in each.iterancestors())]
    parents = [each.getparent() for each in inside]
    # Entries stand side by side; a lone teaser with a time elsewhere on the page is none.
    return [each for each, parent in zip(inside, parents, strict=True) if parents.count(parent) >= _LEAST][::-1]


def _home(tree: HtmlElement) -> HtmlElement | None:
    """The element that a page without linked data calls its live blog; what stands beside an article is none."""
    for each in tree.iter("body", "main", "article", "section", "div"):
        named = "liveblogposting" in _attribute(each, "itemtype") or _LIVE.search(
            f"{_attribute(each, 'class')} {_attribute(each, 'id')}"
        )
        if named and not any(up.tag in _BESIDE for up in each.iterancestors()):
            return each
    return None


def _attribute(element: HtmlElement, name: str) -> str:
    return (element.get(name) or "").lower() if isinstance(element.tag, str) else ""


def _has_words(element: HtmlElement) -> bool:
    """Whether an element says something: a teaser, which is one link, does not."""
    for words in element.iter("p", "li"):
        text = words.text_content()
        linked = sum(len(link.text_content()) for link in words.iter("a"))
        if len(text.split()) >= _WORDS and 2 * linked <= len(text):
            return True
    return False


def _entry(element: HtmlElement) -> Entry | None:
    blocks = tuple(_blocks(element))
    if not any(block.part is not Part.HEADING for block in blocks):
        return None
    at = next((found for time in element.iter("time") if (found := time.get("datetime"))), None)
    if at is None:
        stated = (each.get("content") for each in element.iter() if "datepublished" in _attribute(each, "itemprop"))
        at = next(stated, None)
    name = element.get("id") or next((each.get("id") for each in element.iter() if each.get("id")), None)
    mark = name or (at and f"{at} {blocks[0].text[:40]}")
    return Entry(Post(mark, at), blocks, f"#{name}" if name else None) if mark else None


def _blocks(element: HtmlElement) -> Iterator[Block]:
    within: HtmlElement | None = None
    for each in element.iter(*_TAGS):
        if within is not None and within in each.iterancestors():
            continue
        within = each
        words = " ".join(each.text_content().split())
        if words:
            linked = sum(len(link.text_content().strip()) for link in each.iter("a"))
            yield Block(words, _PARTS.get(each.tag, Part.PARAGRAPH), min(1.0, linked / len(words)))


def _stated(updates: Any) -> Iterator[Entry]:
    for update in (updates if isinstance(updates, Sequence) else [updates])[:POSTS_LIMIT]:
        if not isinstance(update, Mapping):
            continue
        at, address = text_of(update.get("datePublished")), text_of(update.get("url")) or text_of(update.get("@id"))
        body = update.get("articleBody")
        if not isinstance(body, str) or not body.strip() or not (address or at):
            continue
        lines = [" ".join(line.split()) for line in bare_text(body).split("\n")]
        heading = text_of(update.get("headline"))
        blocks = [Block(heading, Part.HEADING)] if heading and heading not in lines else []
        blocks += [Block(line, Part.PARAGRAPH) for line in lines if line]
        part = urldefrag(address or "").fragment
        yield Entry(
            Post(part or address or at or "", at),
            tuple(blocks),
            f"#{part}" if part else None,
            tuple(names_of(update.get("author"))),
        )


def _each_once(entries: Sequence[Entry]) -> list[Entry]:
    return list({entry.post.mark: entry for entry in reversed(entries)}.values())[::-1]
