"""Articles: the body of a page as blocks, by trafilatura, completed from the page and cleared of furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import re2

from garrison.reading.blocks import Block, Part, blocks_of
from garrison.reading.dates import is_day, is_next_to, iso_day
from garrison.reading.furniture import Sort, sort_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHORT = 400
_CHOPPED = 35
_LUMP = 1500
_LINK_LIST = 0.8
_LINK_LINE = 0.6
_TITLE_WITHIN = 4
_REPEATED = 60
_IMPRINT = 90
_IMPRINT_WORDS = 9
_LEAST_NAME = 5
_BESIDE_NAMES = 12
"""Letters that a line may have besides its authors: "By", "for Reuters"."""
_LIFE = 500
_LIVES = re2.compile(
    r"(?i)\b(?:is|was|works as) (?:an?|the|our|[\w’'.]+(?:’s|'s)) .*"
    r"\b(?:reporter|editor|writer|journalist|correspondent|columnist|producer|contributor|analyst|author|curator|"
    r"fellow|professor|freelancer?|bureau chief|photographer)\b|\bfollow (?:him|her|them|me)\b|"
    r"\b(?:he|she) (?:covers|writes)\b"
)
_HALVES_OF_DAYS = ("a.m.", "p.m.")
_SIGNS = re.compile(r"[\W_]+")


def article_blocks(tree: HtmlElement) -> list[Block]:
    """The blocks of the page's article as trafilatura finds them; empty where it finds none.

    Its quick mode comes first; where that yields little, or menus instead of sentences, its full cascade is asked.
    """
    quick = _extracted(tree, fast=True)
    if _length(quick) >= _SHORT and not _is_dump(quick):
        return quick
    full = _extracted(tree, fast=False)
    if full and not _is_dump(full):
        return full
    strict = _extracted(tree, fast=True, favor_precision=True)
    if _length(strict) >= _SHORT and not _is_dump(strict):
        return strict
    return full or quick


def cleared(
    blocks: Iterable[Block], title: str | None, published: str | None = None, authors: Sequence[str] = ()
) -> tuple[list[Block], list[str]]:
    """``blocks`` without furniture, and the rights notices found among them.

    Without the title, too, and before the first paragraph without what the page says of itself elsewhere: the day on
    which it was ``published``, and its ``authors``.
    """
    kept: list[Block] = []
    rights: list[str] = []
    name = _key(title or "")
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        key = _key(block.text)
        if place < _TITLE_WITHIN and (key == name or _is_imprint(block, published, authors)):
            continue
        # Pages repeat their paragraphs for other screens; the items of a list and the rows of a table are meant.
        if len(key) >= _REPEATED and key in seen and block.part not in (Part.ITEM, Part.ROW):
            continue
        seen.add(key)
        sort = sort_of(block.text)
        if sort is Sort.RIGHTS:
            rights.append(block.text)
        elif sort is Sort.PROSE and not _is_link(block):
            kept.append(block)
    while kept and (kept[-1].part is Part.HEADING or (len(kept) > _TITLE_WITHIN and _is_of_author(kept[-1], authors))):
        kept.pop()
    return kept, rights


def _is_imprint(block: Block, published: str | None, authors: Sequence[str]) -> bool:
    """Whether a line names the article's day or its authors and says nothing else."""
    line = block.text
    ends = line.endswith((".", "!", "?", "”", '"')) and not line.endswith(_HALVES_OF_DAYS)
    if len(line) > _IMPRINT or ends or block.part is Part.CAPTION:
        return False
    if published is not None and is_day(published) and len(line.split()) <= _IMPRINT_WORDS:
        stated = iso_day(line)
        if stated is not None and is_day(stated) and is_next_to(stated, published):
            return True
    rest = _key(line)
    named = [key for author in authors if len(key := _key(author)) >= _LEAST_NAME and key in rest]
    return bool(named) and len(rest) - sum(map(len, named)) <= _BESIDE_NAMES


def _is_of_author(block: Block, authors: Sequence[str]) -> bool:
    """Whether a paragraph at the end tells who the author is."""
    return (
        len(block.text) <= _LIFE
        and any(len(author) >= _LEAST_NAME and block.text.lower().startswith(author.lower()) for author in authors)
        and _LIVES.search(block.text) is not None
    )


def _is_link(block: Block) -> bool:
    """Whether a block only leads elsewhere."""
    if block.part is Part.ITEM or block.part is Part.HEADING:
        return block.linked >= _LINK_LIST
    return block.linked >= _LINK_LINE and not block.text.endswith((".", "”", '"', "!", "?"))


def _extracted(tree: HtmlElement, *, fast: bool, favor_precision: bool = False) -> list[Block]:
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree, fast=fast, favor_precision=favor_precision, include_comments=False, include_links=True
    )
    body = getattr(found, "body", None)
    return [] if body is None else list(blocks_of(body))


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _is_dump(blocks: list[Block]) -> bool:
    """Whether this is a page's whole text and no article: all in one lump, or cut as short as a menu."""
    lengths = sorted(len(block.text) for block in blocks)
    if not lengths:
        return False
    if lengths[-1] >= _LUMP and lengths[-1] >= 0.8 * sum(lengths):
        return True
    return len(lengths) >= 10 and lengths[len(lengths) // 2] < _CHOPPED


def _key(words: str) -> str:
    return _SIGNS.sub("", words.lower())
