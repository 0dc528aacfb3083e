"""Markup: how deep and how large it is, and its bare text where it is too deep or too large to build a tree of."""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate
from operator import sub

DEPTH_LIMIT = 200
"""Elements open at once beyond which no tree is built: a million nested tags would exhaust the parser's stack."""
TAGS_LIMIT = 30_000
"""Tags beyond which no tree is built: extraction takes minutes on what no newspaper prints."""
ATTRIBUTES_LIMIT = 2000
"""Attributes of one tag beyond which no tree is built."""
_SCRIPTS = frozenset(("script", "style"))
_LONG_TAG = 10_000
# Nothing in these patterns can match in two ways, so they are linear without re2, which would copy the page at each.
_TAG = re.compile(r"<(/?)([a-zA-Z!?][a-zA-Z0-9:\-]{0,20})")
_NAME = re.compile(r"<(/?[a-zA-Z!?][a-zA-Z0-9:\-]{0,20})")
# What is passed over as a whole: comments, and the elements whose content is no markup.
# Upper and lower case are spelled out: ignoring case, the search does not jump from "<" to "<".
_SPECIAL = re.compile(r"<(?:!--|([sS](?:[cC][rR][iI][pP][tT]|[tT][yY][lL][eE]))(?![a-zA-Z0-9:\-]))")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")


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
            match = _end_of(name).search(self.markup, start)
            end = self.found[name] = match.start() if match else len(self.markup)
        return self.tag_end(start if end == len(self.markup) else end)

    def tag_end(self, start: int) -> int:
        """Where ``markup`` goes on after the tag at ``start``."""
        return self._past(">", start)

    def comment_end(self, start: int) -> int:
        """Where ``markup`` goes on after the comment at ``start``."""
        return self._past("-->", start)

    def _past(self, mark: str, start: int) -> int:
        end = self.found.get(mark, -1)
        if end < start:
            end = self.markup.find(mark, start)
            end = self.found[mark] = len(self.markup) if end < 0 else end
        return min(end + len(mark), len(self.markup))


@cache
def _end_of(name: str) -> re.Pattern[str]:
    """The end tag of an element, in either case."""
    return re.compile("</" + "".join(f"[{sign.lower()}{sign.upper()}]" for sign in name))


def is_monstrous(markup: str) -> bool:
    """Whether a page would exhaust a parser: too deep, with too many tags, or a tag with too many attributes.

    Without a tree. Pages as they mostly are are counted at once; one with a very long tag is walked through.
    """
    counted = _counted(markup)
    if counted is None:
        return _is_found_monstrous(markup)
    tags, depth = counted
    return tags > TAGS_LIMIT or depth > DEPTH_LIMIT


def _counted(markup: str) -> tuple[int, int] | None:
    """The tags of a page and how many are open at once; ``None`` where a tag may be a very long one.

    The same as walking from tag to tag, by a few passes that run in C.
    """
    ends = _Ends(markup)
    kept: list[str] = []
    specials = place = 0
    while special := _SPECIAL.search(markup, place):
        start = special.start()
        kept.append(markup[place:start])
        specials += 1
        if special.group(1) is None:
            place = ends.comment_end(start)
        elif ends.tag_end(start) - start > _LONG_TAG:
            return None
        else:
            place = ends.after(special.group(1).lower(), start)
        if specials > TAGS_LIMIT:
            return specials, 0
    kept.append(markup[place:])
    # Nothing that is cut out can make two pieces one tag.
    rest = " ".join(kept)
    if max(map(len, rest.split(">"))) > _LONG_TAG:
        return None
    steps = list(map(_Steps().__getitem__, _NAME.findall(rest)))
    depths = list(accumulate(steps, initial=0))
    # A depth is never below none: what is closed without being open counts for nothing.
    return specials + len(steps), max(map(sub, depths, accumulate(depths, min)))


class _Steps(dict[str, int]):
    """What a tag adds to the depth, by its name as written (``div``, ``/DIV``)."""

    def __missing__(self, name: str) -> int:
        plain = name.removeprefix("/").lower()
        closes = name.startswith("/")
        step = 0 if plain[0] in "!?" or plain in _elements()["never_deeper"] else -1 if closes else 1
        self[name] = step
        return step


def _is_found_monstrous(markup: str) -> bool:
    """The same by walking from tag to tag; it ends where the answer is known."""
    never_deeper = _elements()["never_deeper"]
    ends = _Ends(markup)
    size = len(markup)
    depth = tags = place = 0
    # The next ">", kept here and not asked of ``ends``, as a page has thousands of tags.
    close = -1
    while tag := _TAG.search(markup, place):
        tags += 1
        if tags > TAGS_LIMIT:
            return True
        start, place = tag.span()
        name = tag.group(2).lower()
        if markup.startswith("<!--", start):
            place = ends.comment_end(start)
            continue
        if close < start:
            close = markup.find(">", start)
            close = size if close < 0 else close
        end = min(close + 1, size)
        if end - start > _LONG_TAG:
            if _is_crowded(markup[start:end]):
                return True
            # What looks like a tag inside a tag is none; and going on there would look at this one again and again.
            place = end
        if name in never_deeper or name[0] in "!?":
            continue
        if tag.group(1):
            depth = max(0, depth - 1)
        elif name in _SCRIPTS:
            place = ends.after(name, start)
        else:
            depth += 1
            if depth > DEPTH_LIMIT:
                return True
    return False


def _is_crowded(tag: str) -> bool:
    """Whether a tag has more attributes than the parser, which compares each with each, gets through."""
    return len(_QUOTED.sub("", tag).split()) > ATTRIBUTES_LIMIT


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
            place = ends.comment_end(start)
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
