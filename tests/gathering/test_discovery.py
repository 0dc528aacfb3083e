"""The feeds that a page names."""

import pytest

from garrison.gathering.discovery import MOST, feeds_named

AT = "http://a.test/news/"


def page(*links):
    return f"<html><head><title>News</title>{''.join(links)}</head><body><p>News.</p></body></html>".encode()


def test_the_feeds_of_a_page_are_named_with_their_whole_addresses():
    links = (
        '<link rel="alternate" type="application/rss+xml" href="feed.xml">',
        '<LINK REL="home alternate" TYPE="Application/Atom+xml" HREF="//b.test/atom">',
        "<link rel=alternate type=application/feed+json href=/feed.json>",
        '<link rel="alternate" type="application/rss+xml" href="feed.xml">',
    )
    named = ("http://a.test/news/feed.xml", "http://b.test/atom", "http://a.test/feed.json")
    assert feeds_named(page(*links), AT) == named


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="text/css" href="style.css">',
        '<link rel="alternate" hreflang="de" href="/de">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
    ],
)
def test_other_links_are_no_feeds(link):
    assert feeds_named(page(link), AT) == ()


@pytest.mark.parametrize("data", [b"", b"   ", b"\x00\xff\xfe", b"plain words"])
def test_what_is_no_page_names_no_feed(data):
    assert feeds_named(data, AT) == ()


def test_of_many_feeds_the_first_are_told():
    links = (f'<link rel="alternate" type="application/rss+xml" href="{n}.xml">' for n in range(50))
    assert len(feeds_named(page(*links), AT)) == MOST
