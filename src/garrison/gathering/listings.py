"""Reading listings: RSS, Atom, JSON Feed, OPML and sitemaps, also malformed ones, without expanding anything."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import re2
from lxml import etree

from garrison.gathering.listing import ENTRIES_LIMIT, Entry, Listing, ListingKind
from garrison.vocabulary.errors import SourceError

_ROOTS = {
    "rss": ListingKind.FEED,
    "rdf": ListingKind.FEED,
    "feed": ListingKind.FEED,
    "opml": ListingKind.FEEDS,
    "urlset": ListingKind.SITEMAP,
    "sitemapindex": ListingKind.SITEMAPS,
}
_ITEMS = {
    ListingKind.FEED: frozenset({"item", "entry"}),
    ListingKind.FEEDS: frozenset({"outline"}),
    ListingKind.SITEMAP: frozenset({"url"}),
    ListingKind.SITEMAPS: frozenset({"sitemap"}),
}
_LOOKED_AT = 4096
_OPENING = re2.compile(
    r"(?is)^\s*(?:<\?[^>]*>|<!--(?s:.*?)-->|<!DOCTYPE[^>\[]*>|\s)*<(?:[\w.-]+:)?(rss|rdf|feed|opml|urlset|sitemapindex)\b"
)
_ENCODING = re2.compile(r"(?i)^(\s*<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][^\"']*[\"']")
_DECLARED = re2.compile(rb"(?i)^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([a-z0-9_:.\-]{2,40})")
_CHARSET = re2.compile(r"(?i)charset\s*=\s*[\"']?([a-z0-9_:.\-]{2,40})")
_ISO = re2.compile(r"^\d{4}(-\d\d(-\d\d)?)?")
# An ampersand that begins no reference XML knows: feeds forget to write it as one, and name the characters of HTML.
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_WORDS_LIMIT = 400


def listing_in(data: bytes, url: str, media: str | None = None) -> Listing | None:
    """The listing in ``data``; ``None`` if it is none.

    Args:
        data: an answer's body.
        url: where it came from, against which its addresses are read.
        media: the media type that it was served with.

    Raises:
        SourceError: it is a listing, and declares entities, or nothing in it can be read.
    """
    if data[:1] in b"{[" or data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, url)
    text = _text(data, media)
    found = _OPENING.match(text[:_LOOKED_AT])
    if found is None:
        if "<!ENTITY" in text[:_LOOKED_AT] and "<!DOCTYPE html" not in text[:_LOOKED_AT]:
            raise SourceError(_ENTITIES)
        return None
    if "<!ENTITY" in text:
        raise SourceError(_ENTITIES)
    return _xml(text, _ROOTS[found.group(1).lower()], url)


_ENTITIES = "it declares entities of its own, which can be made to fill the memory or to read files; it is not read"


def _text(data: bytes, media: str | None) -> str:
    """The characters of XML: by byte order mark, the header's charset, the declaration, else UTF-8 (RFC 7303)."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    stated = _CHARSET.search(media or "")
    declared = _DECLARED.match(data[:_LOOKED_AT])
    names = [stated.group(1)] if stated else []
    names += [declared.group(1).decode("ascii")] if declared else []
    for name in ("utf-8", *names):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _xml(text: str, kind: ListingKind, url: str) -> Listing:
    # libxml2 is told the encoding here, as it may be wrong where it is declared.
    text = _BARE.sub("&amp;", text.lstrip())
    packed = _ENCODING.sub(r"\1", text[:_LOOKED_AT]).encode("utf-8", "replace")
    packed += text[_LOOKED_AT:].encode("utf-8", "replace")
    title: str | None = None
    entries: dict[str, Entry] = {}
    more = 0
    try:
        parsed = _parsed(packed)
        for element in _elements(parsed):
            name = _name(element)
            if name in _ITEMS[kind]:
                entry = _READERS[kind](element, url)
                if entry is not None and entry.url not in entries:
                    if len(entries) < ENTRIES_LIMIT:
                        entries[entry.url] = entry
                    else:
                        more += 1
                if name != "outline":
                    _forget(element)
            elif name == "title" and title is None and element.getparent() is not None:
                title = _words(element)
        faults = [str(each.message) for each in parsed.error_log.filter_from_fatals()]
    except etree.XMLSyntaxError as error:
        faults = [str(error)]
    if faults and not entries:
        raise SourceError(f"it is a broken {kind} and nothing in it can be read ({faults[0]})")
    return Listing(kind, title, tuple(entries.values()), more)


def _parsed(packed: bytes) -> Any:
    """XML read as a stream, and whatever can be saved of it; ``Any``, here and beneath, because lxml has no types."""
    return etree.iterparse(
        io.BytesIO(packed),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )


def _elements(parsed: Any) -> Iterator[Any]:
    """The elements as they end."""
    for _, element in parsed:
        if isinstance(element.tag, str):
            yield element


def _forget(element: Any) -> None:
    """Let go of an element that was read and of those before it, so that memory does not grow with the listing."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _words(element: Any) -> str | None:
    words = " ".join(html.unescape("".join(element.itertext())[: 10 * _WORDS_LIMIT]).split())
    return words[:_WORDS_LIMIT] or None


def _address_in(element: Any) -> str:
    # Not unescaped like other words: "&copy=2" in an address is no sign of copyright.
    return "".join(element.itertext()).replace("&amp;", "&")


def _fields(element: Any) -> dict[str, Any]:
    """The children of an element by name, the first of each."""
    found: dict[str, Any] = {}
    for child in element.iterchildren():
        if isinstance(child.tag, str):
            found.setdefault(_name(child), child)
    return found


def _text_of(fields: Mapping[str, Any], *names: str) -> str | None:
    return next((words for name in names if name in fields and (words := _words(fields[name]))), None)


def _feed_entry(element: Any, base: str) -> Entry | None:
    fields = _fields(element)
    links = [child for child in element.iterchildren() if isinstance(child.tag, str) and _name(child) == "link"]
    hrefs = [link.get("href") for link in links if link.get("rel", "alternate") == "alternate" and link.get("href")]
    plain = [words for link in links if (words := _address_in(link))]
    guid = fields.get("guid")
    permanent = [_address_in(guid)] if guid is not None and guid.get("isPermaLink", "true").lower() != "false" else []
    url = next((found for each in (*hrefs, *plain, *permanent) if (found := address(each, base))), None)
    if url is None:
        return None
    published = _text_of(fields, "published", "pubdate", "date", "issued", "created")
    return Entry(
        url,
        _text_of(fields, "title"),
        iso_time(published or _text_of(fields, "updated", "modified")),
        _text_of(fields, "updated", "modified"),
    )


def _outline(element: Any, base: str) -> Entry | None:
    given = {str(name).lower(): value for name, value in element.attrib.items()}
    url = address(given.get("xmlurl"), base)
    return Entry(url, (given.get("title") or given.get("text") or "")[:_WORDS_LIMIT] or None) if url else None


def _sitemap_entry(element: Any, base: str) -> Entry | None:
    fields = _fields(element)
    url = address(_address_in(fields["loc"]), base) if "loc" in fields else None
    if url is None:
        return None
    news = _fields(fields["news"]) if "news" in fields else {}
    return Entry(
        url, _text_of(news, "title"), iso_time(_text_of(news, "publication_date")), _text_of(fields, "lastmod")
    )


_READERS: Mapping[ListingKind, Callable[[Any, str], Entry | None]] = {
    ListingKind.FEED: _feed_entry,
    ListingKind.FEEDS: _outline,
    ListingKind.SITEMAP: _sitemap_entry,
    ListingKind.SITEMAPS: _sitemap_entry,
}


def _json_feed(data: bytes, url: str) -> Listing | None:
    """The feed in JSON (https://www.jsonfeed.org/version/1.1/)."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not str(found.get("version", "")).startswith("https://jsonfeed.org/"):
        return None
    items = found.get("items")
    entries: dict[str, Entry] = {}
    more = 0
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        target = address(item.get("url") or item.get("id"), url)
        if target is None or target in entries:
            continue
        if len(entries) >= ENTRIES_LIMIT:
            more += 1
            continue
        entries[target] = Entry(
            target,
            _string(item.get("title")),
            iso_time(_string(item.get("date_published"))),
            _string(item.get("date_modified")),
        )
    return Listing(ListingKind.FEED, _string(found.get("title")), tuple(entries.values()), more)


def _string(value: Any) -> str | None:
    return value[:_WORDS_LIMIT] if isinstance(value, str) and value.strip() else None


def address(words: Any, base: str) -> str | None:
    """The http or https address in ``words``, read against ``base``, without its fragment; ``None`` if it is none."""
    if not isinstance(words, str) or not words.strip() or len(words) > 4000:
        return None
    try:
        joined = urldefrag(urljoin(base, words.strip())).url
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.netloc else None


def iso_time(words: str | None) -> str | None:
    """A time as feeds state it (RFC 822 or ISO 8601) in ISO 8601 and UTC, or the day alone; ``None`` if it is none."""
    if not words:
        return None
    plain = words.strip()
    try:
        when = datetime.fromisoformat(plain)
    except ValueError:
        try:
            when = parsedate_to_datetime(plain)
        except (ValueError, TypeError, OverflowError, IndexError):
            found = _ISO.match(plain)
            return found.group(0) if found else None
    if len(plain) <= 10:
        return plain
    try:
        return (when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return None
