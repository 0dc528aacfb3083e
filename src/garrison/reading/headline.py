"""Headlines: the title that an article bears, among all that a page calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import re2

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 400
# One class, repeated: linear, and quicker than re2 on short strings.
_WORDS = re.compile(r"\w+")
_JOINTS = (" | ", " - ", " – ", " — ", " :: ", " « ", " » ", " · ", " • ", " : ", ": ", "|")
_NAMED = re2.compile(r"(?i)headline|entry-title|article-?title|post-?title|story-?title|page-?title|titulo|title")
_ALIKE = 0.5


def headline(tree: HtmlElement, metas: Mapping[str, list[str]], stated: str | None, outlet: str | None) -> str | None:
    """The title of the page's article.

    A heading that the page's own title (``og:title``, JSON-LD, ``<title>``) confirms is what a reader saw and comes
    first; else what the page states, without the outlet's name at its end.

    Args:
        tree: the page.
        metas: the contents of its meta tags by lower-case name.
        stated: the headline that its linked data give.
        outlet: the outlet's name.
    """
    title = next((" ".join(found.text_content().split()) for found in tree.iter("title")), "")
    candidates = [
        cleaned
        for words in (*metas.get("og:title", ())[:1], stated, *metas.get("twitter:title", ())[:1], title)
        if words and (cleaned := without_outlet(words, outlet))
    ]
    headings = list(_headings(tree))
    best, alike = None, 0.0
    for heading in headings:
        if outlet and _same(_key(heading), _key(outlet)):
            continue
        agreement = max((_agreement(heading, one) for one in (*candidates, title) if one), default=0.0)
        if agreement > alike:
            best, alike = heading, agreement
    if best is not None and alike >= _ALIKE:
        return best
    if candidates:
        return candidates[0]
    return headings[0] if headings else None


def without_outlet(words: str, outlet: str | None) -> str:
    """A page's title without its last part or first part, where that is the outlet's name."""
    words = " ".join(words.split())
    if not outlet:
        return words
    name = _key(outlet)
    for joint in _JOINTS:
        start, found, end = words.rpartition(joint)
        if found and _same(_key(end), name) and start:
            return without_outlet(start.strip(), outlet)
        start, found, end = words.partition(joint)
        if found and _key(start) == name and end:
            return end.strip()
    return words


def _headings(tree: HtmlElement) -> Iterator[str]:
    found = 0
    for heading in tree.iter("h1", "h2"):
        if heading.tag == "h2" and not _NAMED.search(f"{heading.get('class')} {heading.get('itemprop')}"):
            continue
        words = " ".join(heading.text_content().split())
        if 0 < len(words) <= _LONGEST:
            found += 1
            yield words
        if found >= 20:
            return


def _agreement(heading: str, title: str) -> float:
    """How far a page's title confirms a heading, 0 to 1: wholly where it is that and a name, else by words in common.

    The name (of the outlet, a section) stands after one of the usual joints; words are compared by Jaccard.
    """
    if " " in heading and any(title.startswith(f"{heading}{joint}") for joint in _JOINTS):
        return 1.0
    one, other = heading, title
    first, second = set(_WORDS.findall(one.lower())), set(_WORDS.findall(other.lower()))
    return len(first & second) / len(first | second) if first and second else 0.0


def _key(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())


def _same(one: str, name: str) -> bool:
    """Whether two names are the same outlet's: equal but for "the", or one the other with its domain's ending."""
    one, name = one.removeprefix("the"), name.removeprefix("the")
    if not one or not name:
        return False
    shorter, longer = sorted((one, name), key=len)
    return one == name or (len(shorter) >= 3 and longer.startswith(shorter) and len(longer) - len(shorter) <= 12)
