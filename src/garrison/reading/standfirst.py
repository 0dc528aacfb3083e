"""Standfirsts: the sentence or two beneath a headline that sum an article up, where extraction passed them over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from garrison.reading.blocks import Block, Part
from garrison.reading.furniture import Sort, sort_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SIGNS = re.compile(r"[\W_]+")
_LEAST = 40
_COMPARED = 60
_MOST = 700
_MOST_WITHIN = 6
_TAGS = ("p", "h2", "h3", "h4", "div", "span", "strong")
_BESIDE = frozenset(("aside", "nav", "footer", "figure", "figcaption", "a", "button", "form"))


def standfirst(tree: HtmlElement, blocks: Sequence[Block], description: str | None) -> Block | None:
    """The standfirst of a page's article; ``None`` where there is none or ``blocks`` has it.

    It is what the page describes itself as *and* shows: a description that no reader sees is none.

    Args:
        tree: the page.
        blocks: its article.
        description: how the page describes itself to other sites.
    """
    if description is None or not blocks:
        return None
    wanted = _key(description.rstrip(" .…"))
    if len(wanted) < _LEAST or wanted[:_COMPARED] in _key(" ".join(block.text for block in blocks)):
        return None
    shown = [words for element in tree.iter(*_TAGS) if (words := _shown(element, wanted[:_COMPARED]))]
    # The shortest: an element around it has the buttons beside it, too.
    return Block(min(shown, key=len), Part.PARAGRAPH) if shown else None


def _shown(element: HtmlElement, opening: str) -> str | None:
    """The words of an element that begin so and belong to the article; ``None`` for any other element."""
    if len(element) > _MOST_WITHIN:
        return None
    words = " ".join(element.text_content().split())
    if len(words) > _MOST or not _key(words[: 4 * _COMPARED]).startswith(opening):
        return None
    beside = any(up.tag in _BESIDE for up in element.iterancestors())
    return None if beside or sort_of(words) is not Sort.PROSE else words


def _key(words: str) -> str:
    return _SIGNS.sub("", words.lower())
