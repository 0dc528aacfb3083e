"""Linked data: what a page says of its article in JSON-LD (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SCRIPT_LIMIT = 2**20
_TYPES = frozenset(
    {
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "askpublicnewsarticle",
        "reviewnewsarticle",
        "advertisercontentarticle",
        "techarticle",
        "scholarlyarticle",
        "socialmediaposting",
        "blogposting",
        "liveblogposting",
        "report",
    }
)
_WIDER = frozenset({"webpage", "itempage", "creativework", "videoobject"})
_DEPTH = 8
_MOST = 50


def article_node(tree: HtmlElement, titles: Sequence[str] = ()) -> Mapping[str, Any]:
    """The node that describes the page's article: an article if any, else a page, else an empty mapping.

    Of several articles, as pages describe those that they lead to as well, it is the one whose headline has most words
    of the page's own ``titles``; the first of equals.
    """
    wider: Mapping[str, Any] = {}
    articles: list[Mapping[str, Any]] = []
    for node in nodes_of(tree):
        types = _types(node)
        if types & _TYPES and (node.get("headline") or node.get("datePublished")):
            articles.append(node)
        elif not wider and types & _WIDER and node.get("datePublished"):
            wider = node
    if len(articles) < 2:
        return articles[0] if articles else wider
    wanted = {word for title in titles for word in title.lower().split()}
    return max(articles[:_MOST], key=lambda node: _in_common(text_of(node.get("headline")), wanted))


def _in_common(headline: str | None, wanted: set[str]) -> float:
    words = set((headline or "").lower().split())
    return len(words & wanted) / len(words) if words else 0.0


def nodes_of(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The nodes of the page's linked data, in its order."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _nodes(_parsed(script.text or ""), _DEPTH)


def text_of(value: Any) -> str | None:
    """The words of a value: a string, or what names a node."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("@id") or value.get("@value")
    if not isinstance(value, str):
        return None
    # Many pages escape what needs no escaping in a script ("&#8217;").
    return " ".join(unescape(value).split()) or None


def names_of(value: Any) -> Iterator[str]:
    """The names of persons or organisations."""
    for one in value if isinstance(value, list) else [value]:
        name = text_of(one)
        if name is not None:
            yield name


def _parsed(script: str) -> Any:
    script = script.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>")
    if len(script) > SCRIPT_LIMIT:
        return None
    try:
        return json.loads(script.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth and isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth - 1)
    elif depth and isinstance(value, Mapping):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _nodes(value.get(key), depth - 1)


def _types(node: Mapping[str, Any]) -> set[str]:
    stated = node.get("@type")
    return {
        str(one).rpartition("/")[2].rpartition(":")[2].lower()
        for one in (stated if isinstance(stated, list) else [stated])
    }
