"""Discovery: the feeds that a page names for its readers."""

from __future__ import annotations

from lxml import etree

from garrison.gathering.listings import address

_MEDIA = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
MOST = 5
"""Feeds that are told of one page; the first are its own, those of comments and categories come after."""


def feeds_named(markup: bytes, url: str) -> tuple[str, ...]:
    """The addresses of feeds that the page at ``url`` names in its head, in its order.

    As https://www.rssboard.org/rss-autodiscovery and RFC 4287 have it: links to an alternate of a feed's media type.
    """
    if not markup.strip():
        return ()
    root = etree.fromstring(markup, etree.HTMLParser(recover=True, no_network=True))
    found: dict[str, None] = {}
    for link in root.iter("link") if root is not None else ():
        kind, relation = link.get("type", "").lower().strip(), link.get("rel", "").lower().split()
        named = address(link.get("href"), url) if kind in _MEDIA and "alternate" in relation else None
        if named is not None:
            found.setdefault(named)
    return tuple(found)[:MOST]
