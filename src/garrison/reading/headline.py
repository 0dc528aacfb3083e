"""Headlines: the title that an article bears, among all that a page calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import re2

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 400
_SIGNS = re.compile(r"[\W_]+")
# One class, repeated: linear, and quicker than re2 on short strings.
_WORDS = re.compile(r"\w+")
_JOINTS = (" | ", " - ", " – ", " — ", " :: ", " « ", " » ", " · ", " • ", " : ", ": ", "|")
_NAMED = re2.compile(r"(?i)headline|entry-title|article-?title|post-?title|story-?title|page-?title|titulo|title")
_ENDS = re.compile(r" (?:[|–—«»·•-]|::) ")
_ALIKE = 0.5
_AKIN = 0.1
_BEGUN = 0.99
_SENTENCE = 4
_LEAST_SHOWN = 15
_MOST_PARTS = 8
_BREAKS = frozenset(("br", "div", "p"))
_BESIDE = frozenset(("aside", "nav", "footer"))
_TEXTS = ("h1", "h2", "h3", "h4", "p", "div", "span", "strong", "b", "dt", "dd", "li", "td", "font", "a")


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
    confirming = [one for one in (*candidates, title) if one]
    first: str | None = None
    telling: str | None = None
    best, alike = None, 0.0
    akin: dict[str, float] = {}
    for heading in _headings(tree):
        if outlet and _same(_key(heading.words), _key(outlet)):
            continue
        words, agreement = _confirmed(heading, confirming)
        first = first or words
        if agreement > alike:
            best, alike = words, agreement
        if heading.is_first and len(words.split()) >= _SENTENCE:
            telling = telling or words
            if agreement >= _AKIN or not confirming:
                akin[words] = agreement
    if best is not None and alike >= _ALIKE:
        return best
    if len(akin) == 1:
        # Pages are given another title for search engines; the one heading that has words of it is what is read.
        return next(iter(akin))
    if candidates and telling and len(candidates[0].split()) < _SENTENCE:
        # A page that calls itself by its outlet's name alone.
        return telling
    if candidates:
        return _shown_part(tree, candidates[0]) or candidates[0]
    return next(iter(akin), first)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading: its words, those of the elements within it, and whether it is one of the first level."""

    words: str
    parts: tuple[str, ...]
    is_first: bool


def _confirmed(heading: _Heading, titles: Sequence[str]) -> tuple[str, float]:
    """The words of ``heading`` that a page's titles confirm best, and how far.

    A heading may hold more than the headline: a kicker above it, marks for readers' devices. Where one of the titles is
    exactly what one of its elements says, that is the headline; where one has the words of all of them, it is written
    as there, since a kicker and a headline stand side by side without the sign that joins them.
    """
    if heading.parts:
        beginnings = (one for title in titles for one in _beginnings(title))
        keys = {_key(title): title for title in (*beginnings, *titles)}
        if (whole := keys.get(_key(heading.words))) is not None:
            return whole, 1.0
        part = max((part for part in heading.parts if _key(part) in keys), key=len, default=None)
        if part is not None and len(part.split()) > 1:
            return part, 1.0
    return heading.words, max((_agreement(heading.words, title) for title in titles), default=0.0)


def _shown_part(tree: HtmlElement, title: str) -> str | None:
    """The longest beginning of ``title``, up to a joint, that some element of the page says by itself."""
    wanted = {_key(one): one for one in _beginnings(title) if _is_long(one)}
    if not wanted:
        return None
    found = {_key(text) for each in tree.iter(*_TEXTS) if (text := (each.text or "").strip())} & wanted.keys()
    return wanted[max(found, key=len)] if found else None


def _is_long(words: str) -> bool:
    """Whether words may be a headline and no subject ("Russia-Ukraine war"): some scripts have no spaces."""
    return len(words.split()) >= _SENTENCE or (" " not in words and len(words) >= _LEAST_SHOWN)


def _beginnings(title: str) -> Iterator[str]:
    """A title up to each of its joints, after which a section or an outlet may be named."""
    return (title[: found.start()].strip() for found in _ENDS.finditer(title))


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


def _headings(tree: HtmlElement) -> Iterator[_Heading]:
    found = 0
    for heading in tree.iter("h1", "h2"):
        if heading.tag == "h2" and not _NAMED.search(f"{heading.get('class')} {heading.get('itemprop')}"):
            continue
        words = _words(heading)
        if 0 < len(words) <= _LONGEST:
            found += 1
            # What stands beside an article is no heading of it, though it be of the first level.
            is_first = heading.tag == "h1" and not any(up.tag in _BESIDE for up in heading.iterancestors())
            parts = tuple(part for each in heading.iterdescendants() if (part := _words(each)) and part != words)
            yield _Heading(words, parts[:_MOST_PARTS], is_first)
        if found >= 20:
            return


def _words(element: HtmlElement) -> str:
    """The words of an element, with a space where two elements meet without one (a kicker and a headline)."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    before: HtmlElement | None = None
    for child in element:
        # Elements of one letter each are one word that is set in several ways.
        meets = before is not None and not before.tail and len(before.text_content()) > 1
        if child.tag in _BREAKS or meets:
            yield " "
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""
        before = child


def _agreement(heading: str, title: str) -> float:
    """How far a page's title confirms a heading, 0 to 1: wholly where it is that and a name, else by words in common.

    The name (of the outlet, a section) stands after one of the usual joints; words are compared by Jaccard.
    """
    if " " in heading and any(title.startswith(f"{heading}{joint}") for joint in _JOINTS):
        # A heading that is the whole of a title comes before: a title may begin with the outlet's name, as may a page.
        return 1.0 if heading == title else _BEGUN
    one, other = heading, title
    first, second = set(_WORDS.findall(one.lower())), set(_WORDS.findall(other.lower()))
    return len(first & second) / len(first | second) if first and second else 0.0


def _key(name: str) -> str:
    return _SIGNS.sub("", name.lower())


def _same(one: str, name: str) -> bool:
    """Whether two names are the same outlet's: equal but for "the", or one the other with its domain's ending."""
    one, name = one.removeprefix("the"), name.removeprefix("the")
    if not one or not name:
        return False
    shorter, longer = sorted((one, name), key=len)
    return one == name or (len(shorter) >= 3 and longer.startswith(shorter) and len(longer) - len(shorter) <= 12)
