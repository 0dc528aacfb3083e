"""News as an Atom feed."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from garrison.gathering.listing import ListingKind
from garrison.gathering.listings import listing_in
from garrison.publishing.atom import feed
from garrison.publishing.evidence import Evidence
from garrison.publishing.notices import Told

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "http://127.0.0.1:8750/feed.atom"


@pytest.fixture
def told(cited):
    def made(id=1, at="2026-03-01T10:00:00+00:00", **fields):
        said = replace(cited(), url="https://herald.example/a", quote="7,000 troops & <tanks>\x00", **fields)
        return Told(id, "Tajikistan", "first-claim", "Russia: first claim in Tajikistan", at, Evidence(said))

    return made


def made(*news, **options):
    return ElementTree.fromstring(feed(news, title="News", address=ADDRESS, **options))


def test_an_entry_says_what_is_new_with_the_words_and_where_they_stand(told):
    (entry,) = made(told()).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Russia: first claim in Tajikistan"
    assert "7,000 troops & <tanks>" in entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}link").get("href").startswith("https://herald.example/a#:~:text=7%2C000%20troops")
    assert entry.findtext(f"{ATOM}updated") == "2026-03-01T10:00:00Z"


@pytest.mark.parametrize(
    ("checked", "set_aside", "words"),
    [
        (False, None, "; not checked by a person."),
        (True, None, "; checked by a person."),
        (True, "rejected", "; rejected by a person."),
    ],
)
def test_an_entry_says_what_people_made_of_its_claim(told, checked, set_aside, words):
    news = told(checked=checked)
    (entry,) = made(replace(news, evidence=replace(news.evidence, set_aside=set_aside))).findall(f"{ATOM}entry")
    assert words in entry.findtext(f"{ATOM}summary")


def test_without_content_no_word_of_a_text_is_in_the_feed(told):
    whole = feed([told()], title="News", address=ADDRESS, content=False)
    for word in (b"troops", b"herald", b"Russia"):
        assert word not in whole


def test_a_feed_is_known_by_its_address_and_as_new_as_its_newest_entry(told):
    root = made(told(2, "2026-03-02T10:00:00+00:00"), told())
    assert (root.findtext(f"{ATOM}id"), root.findtext(f"{ATOM}updated")) == (ADDRESS, "2026-03-02T10:00:00Z")
    assert len({entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")}) == 2


def test_a_feed_without_news_is_a_feed():
    assert made().findtext(f"{ATOM}title") == "News"


def test_the_feed_can_be_watched(told):
    found = listing_in(feed([told()], title="News", address=ADDRESS), ADDRESS, "application/atom+xml")
    assert found.kind is ListingKind.FEED
    assert found.entries[0].title == "Russia: first claim in Tajikistan"
