"""Listings: feeds, lists of feeds and sitemaps, whole and broken."""

import json

import pytest

from garrison.gathering.listing import Entry, ListingKind
from garrison.gathering.listings import iso_time, listing_in
from garrison.vocabulary import SourceError

AT = "http://a.test/feeds/news"


def urls(data, media=None):
    found = listing_in(data if isinstance(data, bytes) else data.encode(), AT, media)
    return [entry.url for entry in found.entries] if found else None


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://a.test/</link>
<item><title>One &amp; two</title><link>http://a.test/1#top</link>
<pubDate>Thu, 08 Jul 2021 10:00:00 +0500</pubDate></item>
<item><title><![CDATA[Three]]></title><guid isPermaLink="true">http://a.test/3</guid></item>
<item><title>No address</title><guid isPermaLink="false">tag:4</guid></item></channel></rss>"""


def test_a_feed_in_rss_is_read_with_titles_and_times():
    found = listing_in(RSS.encode(), AT)
    assert (found.kind, found.title) == (ListingKind.FEED, "News")
    assert found.entries == (
        Entry("http://a.test/1", "One & two", "2021-07-08T05:00:00+00:00"),
        Entry("http://a.test/3", "Three"),
    )


def test_a_feed_in_atom_is_read_with_the_mark_of_its_newest_wording():
    data = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>One</title>
    <link rel="self" href="/self"/><link href="/1?a=1&amp;b=2"/><published>2021-07-08T10:00:00Z</published>
    <updated>2021-07-09T10:00:00Z</updated></entry></feed>"""
    (entry,) = listing_in(data.encode(), AT).entries
    assert entry == Entry("http://a.test/1?a=1&b=2", "One", "2021-07-08T10:00:00+00:00", "2021-07-09T10:00:00Z")


def test_a_feed_in_rdf_is_read():
    assert urls(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<item><link>http://a.test/1</link></item></rdf:RDF>"
    ) == ["http://a.test/1"]


def test_a_feed_in_json_is_read():
    items = [{"id": "1", "url": "/1", "title": "One"}, {"id": "http://a.test/2"}, {"id": "3"}, "none"]
    data = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items})
    assert urls(data) == ["http://a.test/1", "http://a.test/2", "http://a.test/feeds/3"]


def test_a_list_of_feeds_is_read_through_its_groups():
    data = """<opml version="2.0"><head><title>Mine</title></head><body><outline text="Group">
    <outline type="rss" text="A" xmlUrl="http://a.test/feed"/><outline text="B" XMLURL="http://b.test/feed"/></outline>
    <outline text="no feed" htmlUrl="http://c.test/"/></body></opml>"""
    found = listing_in(data.encode(), "")
    assert (found.kind, found.title) == (ListingKind.FEEDS, "Mine")
    assert [(entry.url, entry.title) for entry in found.entries] == [
        ("http://a.test/feed", "A"),
        ("http://b.test/feed", "B"),
    ]


def test_a_news_sitemap_is_read_with_titles_and_times():
    data = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://a.test/1</loc><lastmod>2021-07-09</lastmod>
    <news:news><news:publication_date>2021-07-08</news:publication_date><news:title>One</news:title></news:news></url></urlset>"""
    found = listing_in(data.encode(), AT)
    assert found.entries == (Entry("http://a.test/1", "One", "2021-07-08", "2021-07-09"),)


def test_an_index_of_sitemaps_leads_to_sitemaps():
    data = b"<sitemapindex><sitemap><loc>http://a.test/news.xml</loc></sitemap></sitemapindex>"
    found = listing_in(data, AT)
    assert (found.kind, found.entries) == (ListingKind.SITEMAPS, (Entry("http://a.test/news.xml"),))


@pytest.mark.parametrize(
    "data",
    [
        "<rss><channel><item><link>http://a.test/1</link><title>a & b</title></item><item><link>http://a.test/2",
        "\n\n <!-- written by hand --><rss><channel><item><link>http://a.test/1</link><description>&nbsp;<b>x</description></item>",
        '<?xml version="1.0" encoding="utf-16"?><rss><channel><item><link>http://a.test/1</link></item></channel></rss>',
        "<rss><channel><item><link>http://a.test/1</link></channel></item>",
    ],
)
def test_of_a_malformed_feed_what_can_be_saved_is_read(data):
    assert urls(data)[:1] == ["http://a.test/1"]


@pytest.mark.parametrize("data", ["<rss><channel>", "<feed><title>News</title><entry>"])
def test_a_feed_that_breaks_off_before_its_first_entry_is_no_empty_feed(data):
    with pytest.raises(SourceError, match="nothing in it can be read"):
        listing_in(data.encode(), AT)


def test_the_charset_that_a_feed_is_served_with_counts():
    data = "<rss><channel><item><link>http://a.test/1</link><title>Тирасполь</title></item></channel></rss>"
    found = listing_in(data.encode("cp1251"), AT, "application/rss+xml; charset=windows-1251")
    assert found.entries[0].title == "Тирасполь"


BILLION = '<!DOCTYPE rss [<!ENTITY a "laugh">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";"}{"&" + chr(97 + n) + ";"}">' for n in range(20)
)


@pytest.mark.parametrize(
    "data",
    [
        BILLION + "]><rss><channel><item><title>&u;</title></item></channel></rss>",
        '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&f;</title></item></channel></rss>',
        '<!-- <rss> --><!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1/">%p;]><rss/>',
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY a "a">]><rss/>').encode("utf-16"),
    ],
)
def test_a_feed_that_declares_entities_is_refused(data):
    with pytest.raises(SourceError, match="declares entities"):
        listing_in(data if isinstance(data, bytes) else data.encode(), AT)


def test_a_feed_nested_without_end_stops_nothing():
    assert urls("<rss><channel><item><link>http://a.test/1</link></item>" + "<a>" * 100_000) == ["http://a.test/1"]


def test_json_nested_without_end_is_no_feed():
    assert listing_in(b'{"a":' + b"[" * 200_000, AT) is None


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>rss</body></html>", b"words", b"{}", b"[1]", b"\xff\xfe\x00", b"%PDF-1.7"]
)
def test_what_is_no_listing_is_none(data):
    assert listing_in(data, AT) is None


def test_addresses_that_are_no_pages_are_left_out():
    items = "".join(
        f"<item><link>{url}</link></item>" for url in ("javascript:x", "mailto:a@b", "http://[", "http://a.test/1")
    )
    assert urls(f"<rss><channel>{items}</channel></rss>") == ["http://a.test/1"]


def test_a_feed_of_a_hundred_thousand_entries_is_read_whole():
    items = "".join(f"<item><link>http://a.test/{n}</link></item>" for n in range(100_000))
    assert len(urls(f"<rss><channel>{items}</channel></rss>")) == 100_000


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("Thu, 08 Jul 2021 23:00:00 -0500", "2021-07-09T04:00:00+00:00"),
        ("2021-07-08", "2021-07-08"),
        ("2021-07-08 noon", "2021-07-08"),
        ("yesterday", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("", None),
    ],
)
def test_times_are_read_as_feeds_state_them(stated, read):
    assert iso_time(stated) == read
