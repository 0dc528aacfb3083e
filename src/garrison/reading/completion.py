"""Completion: paragraphs and picture captions that belong to an article and that its extraction passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import re2

from garrison.reading.blocks import Block, Part
from garrison.reading.furniture import Sort, sort_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_KEY = 80
_START = 40
_LEAST = 30
_CAPTION_LEAST = 6
_CAPTION_MOST = 600
_LINKED_MOST = 0.5
# "2 of 8", "Image caption": the page's own words before a caption.
_COUNTER = re2.compile(
    r"(?i)^(?:(?:image|photo|slide)?\s*\d+\s*(?:of|/)\s*\d+|(?:image|media) caption:?|(?:image|photo|picture):)\s*"
)
_CREDIT = re2.compile(
    r"(?i)^(?:photo(?:graph)?s?|image|picture|credit|source|illustration|©)\b.{0,12}(?::|by|credit)[^.]*$"
)
_ARTICLES = frozenset(("article", "main"))
_WITHIN = frozenset(("blockquote", "q"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph or caption of the page; ``place`` is that of the block it stands in, if extraction kept it."""

    element: HtmlElement
    text: str
    is_caption: bool
    place: int | None


def completed(tree: HtmlElement, blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with what the page has between and beside them, in the order of the page.

    Added are paragraphs in the same elements that hold the paragraphs found, or in others of the same class (an
    article in several columns or chunks), and the captions of pictures within the article.
    """
    pieces = list(_pieces(tree, blocks))
    homes = _homes(pieces)
    if not homes:
        return list(blocks)
    classes = {(home.tag, home.get("class")) for home in homes if home.get("class")}
    bounds = _bounds(homes)
    whole = _unspaced("".join(block.text for block in blocks))
    added: dict[int, list[Block]] = {}
    captions: set[int] = set()
    last = max(place for place, piece in enumerate(pieces) if piece.place is not None)
    before = -1
    for place, piece in enumerate(pieces):
        if piece.place is not None:
            before = max(before, piece.place)
            # A caption that begins as a paragraph does is not that paragraph.
            if piece.is_caption and _unspaced(piece.text) == _unspaced(blocks[piece.place].text):
                captions.add(piece.place)
        elif piece.is_caption:
            if _is_inside(piece.element, bounds) and _is_telling(piece.text) and _is_own(piece, whole):
                whole += _unspaced(piece.text)
                added.setdefault(before, []).append(Block(piece.text, Part.CAPTION))
        elif _belongs(piece, homes, classes, place < last) and _is_own(piece, whole):
            added.setdefault(before, []).append(Block(piece.text, Part.PARAGRAPH))
    result = list(added.get(-1, ()))
    for place, block in enumerate(blocks):
        result.append(Block(block.text, Part.CAPTION, block.linked) if place in captions else block)
        result.extend(added.get(place, ()))
    return result


def _pieces(tree: HtmlElement, blocks: Sequence[Block]) -> Iterator[_Piece]:
    places = {_key(block.text): place for place, block in reversed(list(enumerate(blocks)))}
    seen: set[str] = set()
    within: HtmlElement | None = None
    for element in tree.iter("p", "figcaption", "div", "span", "dd"):
        # What stands in a caption is part of it, whatever it is called.
        if within is not None and within in element.iterancestors():
            continue
        is_caption = _is_caption(element)
        if not is_caption and element.tag != "p":
            continue
        within = element if is_caption else None
        if element.find(".//script") is not None or element.find(".//style") is not None:
            continue
        text = _caption_text(element) if is_caption else " ".join(element.text_content().split())
        key = _key(text)
        if not key or text in seen:
            continue
        seen.add(text)
        yield _Piece(element, text, is_caption and len(text) <= _CAPTION_MOST, places.get(key))


def _caption_text(element: HtmlElement) -> str:
    """The words of a caption, with a space where its parts (caption, credit) stand in elements of their own."""
    text = " ".join(" ".join(map(str, element.itertext())).split())
    for sign in ".,;:!?)":
        text = text.replace(f" {sign}", sign)
    return str(_COUNTER.sub("", text)).strip()


def _is_telling(text: str) -> bool:
    """Whether a caption says something: a credit alone does not."""
    return len(text.split()) >= _CAPTION_LEAST and _CREDIT.match(text) is None


def _is_caption(element: HtmlElement) -> bool:
    if element.tag == "figcaption":
        return True
    name = element.get("class")
    return name is not None and "caption" in name.lower() and len(element) <= 6


def _homes(pieces: Sequence[_Piece]) -> list[HtmlElement]:
    """The elements that hold the paragraphs found: the one with the most, and those with at least a quarter of it."""
    counts: Counter[HtmlElement] = Counter()
    for piece in pieces:
        if piece.place is not None and not piece.is_caption:
            parent = piece.element.getparent()
            if parent is not None:
                counts[parent] += 1
    most = max(counts.values(), default=0)
    return [home for home, count in counts.items() if count >= 2 and count * 4 >= most]


def _bounds(homes: Sequence[HtmlElement]) -> list[HtmlElement]:
    """What a caption must stand in: the ``<article>`` or ``<main>`` around a home, else the home's parent."""
    found = []
    for home in homes:
        around = next((up for up in (home, *home.iterancestors()) if up.tag in _ARTICLES), None)
        parent = home.getparent()
        found.append(around if around is not None else parent if parent is not None else home)
    return found


def _is_inside(element: HtmlElement, bounds: Sequence[HtmlElement]) -> bool:
    return any(up in bounds for up in element.iterancestors())


def _belongs(
    piece: _Piece, homes: Sequence[HtmlElement], classes: set[tuple[str, str | None]], is_between: bool
) -> bool:
    parent = piece.element.getparent()
    if parent is not None and parent.tag in _WITHIN:
        parent = parent.getparent()
    if parent is None or len(piece.text) < _LEAST:
        return False
    if parent in homes:
        return is_between
    return (parent.tag, parent.get("class")) in classes


def _is_own(piece: _Piece, whole: str) -> bool:
    """Whether a piece is prose of the article and not yet in it."""
    linked = sum(len((link.text_content()).strip()) for link in piece.element.iter("a"))
    if linked > _LINKED_MOST * len(piece.text) or sort_of(piece.text) is not Sort.PROSE:
        return False
    return _key(piece.text)[:_START] not in whole


def _key(words: str) -> str:
    return _unspaced(words[: 2 * _KEY])[:_KEY]


def _unspaced(words: str) -> str:
    return "".join(words.split())
