"""What people get wrong, and what hosts do: told in a line that says what to do, and the rest goes on."""

import pytest

from garrison.extraction.registry import extractor_named
from garrison.gathering.manners import Manners
from garrison.ledger import Ledger
from garrison.pipeline.watching import watch

BASE = "http://news.test"
TEXT = "Russia has about {n} troops in Tajikistan, officials said on Thursday."


@pytest.fixture
def stories(web):
    """A function that puts so many stories on the web, and a feed of them."""

    def made(number, *, host="news.test"):
        for n in range(number):
            web.put(f"http://{host}/{n}", web.answer(web.article(TEXT.format(n=f"{n + 1},000"), title=f"Story {n}")))
        items = "".join(f"<item><link>http://{host}/{n}</link></item>" for n in range(number))
        feed = f"<rss><channel><title>News</title>{items}</channel></rss>".encode()
        return web.put(f"http://{host}/feed", web.answer(feed, Content_Type="application/rss+xml"))

    return made


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("news.example/story", "(as an address it is written https://news.example/story)"),
        ("www.news.example", "(as an address it is written https://www.news.example)"),
        ("ftp://news.example/story", "only those are read that begin with http:// or https://"),
    ],
)
@pytest.mark.parametrize("command", ["read", "watch"])
def test_an_address_without_its_beginning_is_told_how_it_is_written(garrison, command, source, hint):
    status, _, err = garrison(command, source)
    assert status
    assert hint in err


@pytest.mark.parametrize("source", ["report.html", "reports/may/report.html", "../feeds.opml"])
def test_a_file_that_is_not_there_is_no_address(garrison, source):
    assert "address" not in garrison("read", source)[2]


@pytest.mark.parametrize("url", ["http://news.test:99999/", "http://[::1/", "http://", "https://:80/"])
def test_what_is_no_address_is_told_and_the_rest_is_read(garrison, stories, url):
    stories(1)
    status, out, err = garrison("read", url, f"{BASE}/0")
    assert (status, "is no http or https address" in err) == (1, True)
    assert out.startswith("1 document read, 1 new")


def test_a_page_where_a_feed_was_meant_is_told_with_the_feeds_that_it_names(garrison, web):
    link = b'<head><link rel="alternate" type="application/rss+xml" href="/feed">'
    web.put(f"{BASE}/", web.answer(web.article(TEXT.format(n="7,000")).replace(b"<head>", link)))
    _, out, err = garrison("watch", f"{BASE}/", "--once")
    assert f"{BASE}/: this is a page, no feed; watch what it names: {BASE}/feed" in err
    assert "1 document read" in out
    assert "no feed" not in garrison("read", f"{BASE}/")[2]


def test_a_feed_of_which_nothing_can_be_read_is_told(garrison, web):
    url = web.put(f"{BASE}/feed", web.answer(b"<rss><channel>", Content_Type="application/rss+xml"))
    status, _, err = garrison("watch", url, "--once")
    assert (status, "it is a broken feed and nothing in it can be read" in err) == (1, True)


def test_the_pages_of_a_host_that_is_left_alone_are_one_line_and_no_failures(garrison, web, stories):
    feed = stories(9)
    for n in range(9):
        web.put(f"{BASE}/{n}", web.answer(b"", "503 Busy", Retry_After="7200"))
    _, out, err = garrison("watch", feed, "--once")
    assert out == (
        "9 pages newly listed; 0 documents read, 0 new, 0 unchanged, 8 put off by their hosts, 1 failed, 0 claims\n"
    )
    asked, waiting = err.splitlines()
    assert asked.endswith("the host answered 503 Busy and asks to be left alone for 2 hours")
    assert waiting.endswith("and 5 more: put off: its host is left alone for another 2 hours")


def test_a_page_behind_a_paywall_stays_marked_until_it_comes_whole(garrison, web):
    words = f"<p>{TEXT.format(n='7,000')}</p><p>Subscribe now to continue reading. Already a subscriber?</p>"
    wall = f'<html lang="en"><head><title>Troops</title></head><body><article>{words}</article></body></html>'
    web.put(f"{BASE}/story", web.answer(wall.encode()))
    moved = web.put(f"{BASE}/moved", web.answer(b"", "301 Moved", Location="/story"))
    garrison("read", moved)
    assert [each["barrier"] for each in garrison.documents()] == ["paywall"]
    assert "Troops [paywall]" in garrison("documents")[1]
    assert "marked    only a paywall seems to have come" in garrison("why", garrison.claims()[0]["id"])[1]
    web.put(f"{BASE}/story", web.answer(web.article(TEXT.format(n="7,000"))))
    garrison("read", moved)
    assert [each["barrier"] for each in garrison.documents()] == [None]


def test_a_round_ends_when_the_next_is_due_and_leaves_the_rest_to_it(web, stories, tmp_path):
    feed = stories(3)
    slow = Manners("Garrison/1.0", delay_s=0.3, robots=False, guard=web.guard)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        rounds = watch(ledger, [feed], slow, extractor_named("grammar"), every_s=60.0, pause=lambda _: None)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("garrison.pipeline.watching.SHORTEST_S", 0.1)
            short = watch(ledger, [feed], slow, extractor_named("grammar"), every_s=0.1, pause=lambda _: None)
            first = next(short)
        second = next(rounds)
    assert (first.listed, first.intake.new + first.left) == (3, 3)
    assert first.left > 0
    assert (second.listed, second.intake.new, second.left) == (0, first.left, 0)
