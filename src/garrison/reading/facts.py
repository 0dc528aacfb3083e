"""Facts: what a page says of its article outside the text — title, outlet, authors, date, language, address, rights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import re2

from garrison.reading.dates import day_in_url, day_of_moment, is_day, is_next_to, iso_day
from garrison.reading.furniture import Sort, sort_of
from garrison.reading.headline import headline
from garrison.reading.linked_data import article_node, names_of, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "article:publicationdate",
    "article:published_date",
    "article:post_date",
    "article.created",
    "published_time",
    "published_date",
    "published-date",
    "publisheddate",
    "published_at",
    "date_published",
    "publish_time",
    "publish-date",
    "publish_date",
    "publishdate",
    "publication_date",
    "pub_date",
    "og:pubdate",
    "og:publish_date",
    "og:datepublished",
    "vr:published_time",
    "mediator_published_time",
    "shareaholic:article_published_time",
    "analyticsattributes.articledate",
    "dcsext.articlefirstpublished",
    "dc.date.publication",
    "pubdate",
    "ptime",
    "originalpublicationdate",
    "article_date_original",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "datecreated",
    "date_created",
    "dc.created",
    "dc:date",
    "dc:created",
    "cxenseparse:publishtime",
    "cxenseparse:recs:publishtime",
    "bt:pubdate",
    "citation_publication_date",
    "citation_date",
    "rnews:datepublished",
    "rbpubdate",
    "displaydate",
    "release_date",
    "date",
)
_OUTLETS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "citation_publisher")
_AUTHORS = ("author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "byl", "dc.creator",
            "dcterms.creator", "citation_author", "twitter:creator:name")  # fmt: skip
_RIGHTS = ("copyright", "dc.rights", "dcterms.rights", "rights", "dcterms.license", "license", "dc.rights.license")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_LANGUAGES = ("og:locale", "content-language", "language", "dc.language", "dcterms.language", "inlanguage")
_BY = re2.compile(r"(?i)^\s*(?:by|von|par|por|written by|posted by)\s+")
_NAME_LIMIT = 80
_MOST_AUTHORS = 12
_MOST_NOTICES = 2
_PUBLISHED_CLASS = re2.compile(r"(?i)publi|posted|entry-date|dateline|timestamp|article-?date|date|pubdate")
_NOT_PUBLISHED_CLASS = re2.compile(r"(?i)updat|modif|comment|related|event")
_SHOWN = (
    "h1",
    "h2",
    "h3",
    "h4",
    "time",
    "span",
    "div",
    "p",
    "li",
    "small",
    "abbr",
    "em",
    "i",
    "b",
    "strong",
    "a",
    "dd",
    "td",
)
_SIGNS = re.compile(r"[\W_]+")
_NEAR = 40
_LINE = 80
_PRINTED_DAY = 200
_MOST_PARTS_OF_DAY = 6
_BESIDE = frozenset(("a", "aside", "nav", "footer"))
_BESIDE_CLASS = re2.compile(r"(?i)\b(?:related|sidebar|comments?|widget|most-?read|trending|recommend\w*|teaser)\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says of its article; each ``None`` or empty where it says nothing."""

    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published: str | None
    language: str | None
    url: str | None
    rights: str | None
    description: str | None = None


def facts_of(tree: HtmlElement) -> Facts:
    """What the page ``tree`` says of its article, from JSON-LD, meta tags, ``<time>`` and headings."""
    metas = _metas(tree)
    node = article_node(tree, (*metas.get("og:title", ())[:1], *(each.text or "" for each in tree.iter("title"))))
    url = _address(tree, metas, node)
    outlet = _outlet(metas, node, url)
    title = headline(tree, metas, text_of(node.get("headline")), outlet)
    return Facts(
        title=title,
        outlet=outlet,
        authors=_authors(metas, node, outlet),
        published=_published(tree, metas, node, url, title),
        language=tree.get("lang")
        or tree.get("xml:lang")
        or _first(metas, _LANGUAGES)
        or text_of(node.get("inLanguage")),
        url=url,
        rights=_rights(tree, metas, node),
        description=_first(metas, _DESCRIPTIONS) or text_of(node.get("description")),
    )


def _metas(tree: HtmlElement) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = " ".join((meta.get("content") or meta.get("value") or "").split())
        if not content:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(key) or "").lower().split():
                found.setdefault(name, []).append(content)
    return found


def _first(metas: Mapping[str, list[str]], names: Iterable[str]) -> str | None:
    return next((metas[name][0] for name in names if name in metas), None)


def _address(tree: HtmlElement, metas: Mapping[str, list[str]], node: Mapping[str, Any]) -> str | None:
    base = next((str(found.get("href") or "") for found in tree.iter("base")), "")
    canonical = (
        link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    stated = (*canonical, *metas.get("og:url", ()), text_of(node.get("url")), text_of(node.get("mainEntityOfPage")))
    absolute: str | None = None
    for one in stated:
        if not one or len(one) > 2000:
            continue
        try:
            joined = str(urljoin(base, str(one).strip()))
            parts = urlsplit(joined)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            # A bare host stands for the site, not for the article.
            if parts.path.strip("/") or parts.query:
                return joined
            absolute = absolute or joined
    return absolute


def _outlet(metas: Mapping[str, list[str]], node: Mapping[str, Any], url: str | None) -> str | None:
    named = _first(metas, _OUTLETS[:1]) or text_of(node.get("publisher")) or _first(metas, _OUTLETS[1:])
    if named and not named.startswith("http") and len(named) <= _NAME_LIMIT:
        return named
    host = (urlsplit(url).hostname or "") if url else ""
    return host.removeprefix("www.") or None


def _authors(metas: Mapping[str, list[str]], node: Mapping[str, Any], outlet: str | None) -> tuple[str, ...]:
    found = list(names_of(node.get("author")))
    if not found:
        found = next((metas[name] for name in _AUTHORS if name in metas and _is_name(metas[name][0])), [])
    names = dict.fromkeys(
        name for words in found for part in _persons(words) if _is_name(name := _BY.sub("", part).strip(" ,"))
    )
    return tuple(name for name in names if outlet is None or name.lower() != outlet.lower())[:_MOST_AUTHORS]


def _persons(words: str) -> Iterator[str]:
    for part in words.replace(";", ",").replace(" and ", ",").split(","):
        yield part.strip()


def _is_name(words: str) -> bool:
    return 1 < len(words) <= _NAME_LIMIT and "://" not in words and "@" not in words and "/" not in words


def _published(
    tree: HtmlElement, metas: Mapping[str, list[str]], node: Mapping[str, Any], url: str | None, title: str | None
) -> str | None:
    in_url = day_in_url(url) if url else None
    partial: str | None = None
    for stated in _stated_dates(tree, metas, node):
        found = day_of_moment(stated) or iso_day(stated)
        if found is not None and is_day(found):
            # Times are often given in UTC: the day in the address is the one that the outlet itself counts by.
            return in_url if in_url and is_next_to(in_url, found) else found
        partial = partial or found
    return in_url or _printed_day(tree, title) or _guessed_day(tree) or partial


def _printed_day(tree: HtmlElement, title: str | None) -> str | None:
    """The day that the page prints: beside its headline, else where the name of an element says that it is its day."""
    named: str | None = None
    near = 0
    key = _letters(title or "")
    for element in tree.iter(*_SHOWN):
        if near and (near := near - 1) and (found := _day_in(element.text, _LINE)) and not _is_beside(element):
            return found
        if element.tag in ("h1", "h2") and key and _letters(element.text_content()) == key:
            near = _NEAR
        if named is None and len(element) <= _MOST_PARTS_OF_DAY:
            marks = f"{element.get('class') or ''} {element.get('id') or ''}"
            if _PUBLISHED_CLASS.search(marks) and not _NOT_PUBLISHED_CLASS.search(marks):
                words = element.text_content()
                if len(words) <= _PRINTED_DAY and (found := _day_in(words)) and not _is_beside(element):
                    named = found
    return named


def _day_in(words: str | None, most: int = _PRINTED_DAY) -> str | None:
    found = iso_day(words) if words and len(words) <= most else None
    return found if found is not None and is_day(found) else None


def _letters(words: str) -> str:
    return _SIGNS.sub("", words.lower())


def _guessed_day(tree: HtmlElement) -> str | None:
    """The day that the page shows somewhere, as htmldate finds it."""
    from htmldate import find_date

    try:
        found = find_date(tree, extensive_search=True, original_date=True)
    except Exception:  # a guess that fails is no date; the document is read all the same
        return None
    # Of a year alone, such as that of a rights notice, it makes the first of January.
    return iso_day(found) if found and not found.endswith("-01-01") else None


def _stated_dates(tree: HtmlElement, metas: Mapping[str, list[str]], node: Mapping[str, Any]) -> Iterator[str]:
    if stated := text_of(node.get("datePublished")):
        yield stated
    for name in _PUBLISHED:
        yield from metas.get(name, ())[:1]
    times = [time for time in tree.iter("time") if time.get("datetime") and not _is_beside(time)]
    for time in times:
        if time.get("pubdate") is not None or "datepublished" in (time.get("itemprop") or "").lower():
            yield time.get("datetime") or ""
    for element in tree.iter("span", "div", "p", "abbr"):
        if "datepublished" in (element.get("itemprop") or "").lower():
            yield element.get("content") or element.get("datetime") or element.get("title") or element.text_content()
    for time in times:
        marks = " ".join((time.get("class") or "", time.getparent().get("class") or ""))
        if _PUBLISHED_CLASS.search(marks) and not _NOT_PUBLISHED_CLASS.search(marks):
            yield time.get("datetime") or ""
    if text_of(node.get("dateCreated")):
        yield text_of(node.get("dateCreated")) or ""
    if len(times) == 1:
        yield times[0].get("datetime") or ""


def _is_beside(element: HtmlElement) -> bool:
    """Whether a time is that of something else: of what stands beside the article, or of what a link leads to."""
    for up in element.iterancestors():
        if up.tag == "header" and up.find(".//h1") is None:
            return up.getparent().tag not in ("article", "main", "section")
        if up.tag in _BESIDE or _BESIDE_CLASS.search(f"{up.get('class') or ''} {up.get('id') or ''}"):
            return True
        if up.tag in ("article", "main", "body"):
            break
    return False


def _rights(tree: HtmlElement, metas: Mapping[str, list[str]], node: Mapping[str, Any]) -> str | None:
    stated = [_first(metas, _RIGHTS), text_of(node.get("copyrightNotice")), text_of(node.get("license"))]
    licences = (
        link.get("href") for link in tree.iter("link", "a") if "license" in (link.get("rel") or "").lower().split()
    )
    stated += [*islice(licences, 1), *islice(_notices(tree), _MOST_NOTICES)]
    return "\n".join(dict.fromkeys(words for words in stated if words)) or None


def _notices(tree: HtmlElement) -> Iterator[str]:
    """The rights notices that the page prints, wherever it does: at its foot as a rule."""
    for element in tree.iter("p", "div", "span", "small", "footer", "li", "td", "a", "strong", "address", "section"):
        opening = (element.text or "").lstrip()[:20].lower()
        if not opening.startswith(("©", "(c)", "copyright", "all rights")):
            continue
        words = " ".join(element.text_content().split())
        if sort_of(words) is Sort.RIGHTS:
            yield words
