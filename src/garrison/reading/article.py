"""Articles: the body of a page as blocks, by trafilatura, completed from the page and cleared of furniture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from garrison.reading.blocks import Block, Part, blocks_of
from garrison.reading.furniture import Sort, sort_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHORT = 400
_CHOPPED = 35
_LINK_LIST = 0.8
_LINK_LINE = 0.6
_TITLE_WITHIN = 4


def article_blocks(tree: HtmlElement) -> list[Block]:
    """The blocks of the page's article as trafilatura finds them; empty where it finds none.

    Its quick mode comes first; where that yields little, or menus instead of sentences, its full cascade is asked.
    """
    quick = _extracted(tree, fast=True)
    if _length(quick) >= _SHORT and not _is_chopped(quick):
        return quick
    full = _extracted(tree, fast=False)
    if not full or (quick and _is_chopped(full) and not _is_chopped(quick)):
        return quick
    return full


def cleared(blocks: Iterable[Block], title: str | None) -> tuple[list[Block], list[str]]:
    """``blocks`` without furniture and without the title, and the rights notices found among them."""
    kept: list[Block] = []
    rights: list[str] = []
    name = _key(title or "")
    for place, block in enumerate(blocks):
        if place < _TITLE_WITHIN and name and _key(block.text) == name:
            continue
        sort = sort_of(block.text)
        if sort is Sort.RIGHTS:
            rights.append(block.text)
        elif sort is Sort.PROSE and not _is_link(block):
            kept.append(block)
    while kept and kept[-1].part is Part.HEADING:
        kept.pop()
    return kept, rights


def _is_link(block: Block) -> bool:
    """Whether a block only leads elsewhere."""
    if block.part is Part.ITEM or block.part is Part.HEADING:
        return block.linked >= _LINK_LIST
    return block.linked >= _LINK_LINE and not block.text.endswith((".", "”", '"', "!", "?"))


def _extracted(tree: HtmlElement, *, fast: bool) -> list[Block]:
    from trafilatura import bare_extraction

    found = bare_extraction(tree, fast=fast, include_comments=False, include_links=True)
    body = getattr(found, "body", None)
    return [] if body is None else list(blocks_of(body))


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _is_chopped(blocks: list[Block]) -> bool:
    """Whether most blocks are as short as the entries of a menu."""
    lengths = sorted(len(block.text) for block in blocks)
    return len(lengths) >= 10 and lengths[len(lengths) // 2] < _CHOPPED


def _key(words: str) -> str:
    return "".join(sign for sign in words.lower() if sign.isalnum())
