"""Markup: how deep and how large it is, and its bare text where it is too deep or too large to build a tree of."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_SCRIPTS = frozenset(("script", "style"))
# Nothing in this pattern can match in two ways, so it is linear without re2, which would copy the page at every search.
_TAG = re.compile(r"<(/?)([a-zA-Z!?][a-zA-Z0-9:\-]{0,20})")
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """How many elements are open at once at most, and how many tags there are."""

    depth: int
    tags: int


@dataclass(slots=True)
class _Ends:
    """Where elements end. Each end is looked for once, so that a million elements never closed cost one search."""

    markup: str
    found: dict[str, int] = field(default_factory=dict)

    def after(self, name: str, start: int) -> int:
        """Where ``markup`` goes on after the element ``name`` whose start tag is at ``start``.

        An element that is never closed holds nothing: only its tag is passed over.
        """
        end = self.found.get(name, -1)
        if end < start:
            match = re.compile(f"</{name}", re.IGNORECASE).search(self.markup, start)
            end = self.found[name] = match.start() if match else len(self.markup)
        return self.tag_end(start if end == len(self.markup) else end)

    def tag_end(self, start: int) -> int:
        """Where ``markup`` goes on after the tag at ``start``."""
        end = self.found.get(">", -1)
        if end < start:
            end = self.markup.find(">", start)
            end = self.found[">"] = len(self.markup) if end < 0 else end
        return min(end + 1, len(self.markup))


def shape_of(markup: str) -> Shape:
    """The shape of a page, in one pass and without a tree."""
    never_deeper = _elements()["never_deeper"]
    ends = _Ends(markup)
    depth = deepest = tags = place = 0
    while tag := _TAG.search(markup, place):
        tags += 1
        place = tag.end()
        name = tag.group(2).lower()
        if name in never_deeper or name[0] in "!?":
            continue
        if tag.group(1):
            depth = max(0, depth - 1)
        elif name in _SCRIPTS:
            place = ends.after(name, tag.start())
        else:
            depth += 1
            deepest = max(deepest, depth)
    return Shape(deepest, tags)


def bare_text(markup: str) -> str:
    """The visible text of a page, a line for each block, in time linear in its length."""
    blocks, unread = _elements()["blocks"], _elements()["unread"]
    ends = _Ends(markup)
    parts: list[str] = []
    place = 0
    while tag := _TAG.search(markup, place):
        start = tag.start()
        parts.append(markup[place:start])
        name = tag.group(2).lower()
        if markup.startswith("<!--", start):
            end = markup.find("-->", start + 4)
            place = len(markup) if end < 0 else end + 3
        elif name in unread and not tag.group(1):
            place = ends.after(name, start)
        else:
            if name in blocks:
                parts.append("\n")
            place = ends.tag_end(start)
    parts.append(markup[place:])
    text = html.unescape("".join(parts))
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def head_of(markup: str, limit: int = 2**18) -> str:
    """The page's ``<head>``, where it is of no more than ``limit`` characters, for what it says of the article."""
    end = markup[:limit].lower().find("</head>")
    return markup[: end + 7] if end >= 0 else ""


@cache
def _elements() -> dict[str, frozenset[str]]:
    rows = tomllib.loads(files("garrison.reading").joinpath("elements.toml").read_text(encoding="utf-8"))
    return {sort: frozenset(names.split()) for sort, names in rows.items()}
