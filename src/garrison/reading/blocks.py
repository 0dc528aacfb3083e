"""Blocks: an extracted article as paragraphs, headings, items and rows, each with how much of it is links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


class Part(Enum):
    """What a block is in its article."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that stands by itself; ``linked`` is the share of its characters that are links, 0 to 1."""

    text: str
    part: Part
    linked: float = 0.0


_CONTAINERS = frozenset(("body", "div", "list", "table", "quote", "main", "section", "article", "comments"))
_PARTS = {"head": Part.HEADING, "item": Part.ITEM, "row": Part.ROW}
_INNER = frozenset(("p", "head", "list", "quote", "table", "item", "row", "div", "code"))


def blocks_of(body: _Element) -> Iterator[Block]:
    """The blocks of ``body`` as trafilatura's simplified XML has them, in order."""
    for element in body:
        if not isinstance(element.tag, str):
            continue
        if element.tag in _CONTAINERS or (element.tag != "row" and any(str(child.tag) in _INNER for child in element)):
            if element.text and element.text.strip():
                yield from _lines(element.text, 0, _PARTS.get(element.tag, Part.PARAGRAPH))
            yield from blocks_of(element)
        else:
            yield from _block(element)
        if element.tail and element.tail.strip():
            yield from _lines(element.tail, 0, Part.PARAGRAPH)


def _block(element: _Element) -> Iterator[Block]:
    part = _PARTS.get(element.tag, Part.PARAGRAPH)
    if part is Part.ROW:
        cells = (" ".join(_words(cell).split()) for cell in element)
        yield from _lines(" | ".join(cell for cell in cells if cell), 0, part)
        return
    if element.tag == "p" and len(element) and element.find("lb") is not None:
        yield from _broken(element)
        return
    linked = sum(len(_words(ref).strip()) for ref in element.iter("ref"))
    yield from _lines(_words(element), linked, part)


def _broken(element: _Element) -> Iterator[Block]:
    """The lines of a paragraph with line breaks, each with its own share of links."""
    words, linked = [element.text or ""], 0
    for child in element:
        if child.tag == "lb":
            yield from _lines("".join(words), linked, Part.PARAGRAPH)
            words, linked = [], 0
        else:
            inner = _words(child)
            words.append(inner)
            if child.tag == "ref":
                linked += len(inner.strip())
        words.append(child.tail or "")
    yield from _lines("".join(words), linked, Part.PARAGRAPH)


def _words(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _lines(words: str, linked: int, part: Part) -> Iterator[Block]:
    text = " ".join(words.split())
    if text:
        yield Block(text, part, min(1.0, linked / len(text)))
