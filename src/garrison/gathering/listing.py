"""Listings: what feeds, lists of feeds and news sitemaps have in common once they are read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ListingKind(StrEnum):
    """What a listing is."""

    FEED = "feed"
    FEEDS = "list of feeds"
    SITEMAP = "sitemap"
    SITEMAPS = "index of sitemaps"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something listed: its address, and if stated its title, day of publication and mark of its newest wording.

    ``published`` is ISO 8601 or ``None``; ``mark`` is compared and never read (a time of updating, as stated).
    """

    url: str
    title: str | None = None
    published: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed, list or sitemap; ``entries`` in its own order, ``more`` how many were left out beyond the limit."""

    kind: ListingKind
    title: str | None
    entries: tuple[Entry, ...]
    more: int = 0


ENTRIES_LIMIT = 200_000
"""Entries that are taken of one listing."""
