"""Fetching: what hosts may do, and what comes of it."""

import gzip
import socket
import threading
import time
import zlib
from itertools import pairwise

import pytest

from garrison.gathering.exchange import Fault, Fetched, Host, Missed, Wanted
from garrison.gathering.gatherer import Gatherer
from garrison.gathering.manners import Limits


@pytest.fixture
def fetch(polite):
    """A function that fetches one address."""

    def fetched(url, *, etag=None, modified=None, remembered=None, resolve=None, **chosen):
        with Gatherer(polite(**chosen), remembered, resolve=resolve) as gatherer:
            (outcome,) = gatherer.fetch([Wanted(url, etag, modified)])
        return outcome

    return fetched


def test_a_page_comes_with_its_media_type_and_as_it_was_received(web, fetch):
    packed = gzip.compress(b"<p>Words.</p>")
    web.put("http://a.test/page", web.answer(packed, Content_Encoding="gzip"))
    got = fetch("http://a.test/page#part")
    assert isinstance(got, Fetched)
    assert (got.body, got.last.body, got.media) == (b"<p>Words.</p>", packed, "text/html; charset=utf-8")


def test_a_redirect_is_followed_and_the_way_is_kept(web, fetch):
    web.put("http://a.test/old", web.answer(b"", "301 Moved", Location="//b.test/new"))
    web.put("http://b.test/new", web.answer(b"new"))
    got = fetch("http://a.test/old")
    assert [each.url for each in got.way] == ["http://a.test/old", "http://b.test/new"]
    assert (got.url, got.body) == ("http://b.test/new", b"new")


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://10.0.0.1/"]
)
def test_a_redirect_inside_is_refused(web, fetch, target):
    web.put("http://a.test/", web.answer(b"", "302 Found", Location=target))
    got = fetch("http://a.test/")
    assert isinstance(got, Missed)
    assert got.fault is Fault.FORBIDDEN
    assert "leads inside" in got.reason


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.test/", "javascript:alert(1)", "http://u:p@a.test/"])
def test_a_redirect_to_what_is_not_fetched_is_refused(web, fetch, target):
    web.put("http://a.test/", web.answer(b"", "302 Found", Location=target))
    assert fetch("http://a.test/").fault in (Fault.FORBIDDEN, Fault.BROKEN)
    assert web.paths() == ["a.test/"]


def test_redirects_in_a_circle_end(web, fetch):
    web.put("http://a.test/1", web.answer(b"", "302 Found", Location="/2"))
    web.put("http://a.test/2", web.answer(b"", "302 Found", Location="/1"))
    got = fetch("http://a.test/1")
    assert (got.fault, got.reason) == (Fault.BROKEN, "its redirects run in a circle, back to http://a.test/1")


def test_redirects_without_end_end(web, fetch):
    for n in range(20):
        web.put(f"http://a.test/{n}", web.answer(b"", "302 Found", Location=f"/{n + 1}"))
    got = fetch("http://a.test/0")
    assert got.fault is Fault.BROKEN
    assert "more than 8 redirects" in got.reason


def test_a_body_without_end_is_cut_off_at_the_limit(web, fetch):
    def endless(_, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"word " * 10000)

    web.put("http://a.test/", endless)
    got = fetch("http://a.test/", limits=Limits(received=2**20))
    assert (got.fault, got.reason) == (Fault.BROKEN, "it is larger than 1 MB and is not read")


def test_a_body_that_is_said_to_be_too_large_is_not_asked_for(web, fetch):
    web.put("http://a.test/", web.answer(b"", Content_Length=str(2**40)))
    assert fetch("http://a.test/").reason == "it is larger than 32 MB and is not read"


@pytest.mark.parametrize("part", ["headers", "body"])
def test_an_answer_that_drips_is_given_up(web, fetch, part):
    stop = threading.Event()

    def dripping(_, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if part == "body" else b"X-Drip: "))
        for _ in range(200):
            if stop.wait(0.05):
                return
            connection.sendall(b"a")

    web.put("http://a.test/", dripping)
    got = fetch("http://a.test/", limits=Limits(seconds=0.5), robots=False)
    stop.set()
    assert (got.fault, got.reason) == (Fault.UNREACHABLE, "the answer took longer than 0.5 seconds")


def test_a_silent_host_is_given_up(web, fetch):
    stop = threading.Event()
    web.put("http://a.test/", lambda *_: stop.wait(10) and None)
    got = fetch("http://a.test/", limits=Limits(silence_s=0.2), robots=False)
    stop.set()
    assert (got.fault, got.reason) == (Fault.UNREACHABLE, "the host fell silent")


BOMB = zlib.compressobj(9, zlib.DEFLATED, 31)
BOMB = BOMB.compress(b"\0" * 2**26) + BOMB.flush()


def test_a_bomb_is_not_unpacked(web, fetch):
    web.put("http://a.test/", web.answer(BOMB, Content_Encoding="gzip"))
    got = fetch("http://a.test/")
    assert (got.fault, got.reason) == (Fault.BROKEN, "it unpacks to more than 32 MB and is not read")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", b"not gzip"), ("gzip", BOMB[:100]), ("br", b"x"), ("gzip, gzip", b"x"), ("deflate", b"\x78\x9cxx")],
)
def test_a_body_that_cannot_be_unpacked_is_told(web, fetch, encoding, body):
    web.put("http://a.test/", web.answer(body, Content_Encoding=encoding))
    assert fetch("http://a.test/").fault is Fault.BROKEN


@pytest.mark.parametrize("wrapped", [zlib.compress(b"words"), zlib.compress(b"words")[2:-4]])
def test_deflate_is_read_with_and_without_its_wrapping(web, fetch, wrapped):
    web.put("http://a.test/", web.answer(wrapped, Content_Encoding="deflate"))
    assert fetch("http://a.test/").body == b"words"


@pytest.mark.parametrize(
    "garbage", [b"", b"\x00\xff" * 500, b"HTTP/9.9 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A" * 200000]
)
def test_what_is_no_http_is_told(web, fetch, garbage):
    web.put("http://a.test/", garbage)
    assert fetch("http://a.test/", robots=False).fault in (Fault.UNREACHABLE, Fault.BROKEN)


def test_a_page_that_is_not_there_is_told(web, fetch):
    got = fetch("http://a.test/none")
    assert (got.fault, got.reason, got.status) == (Fault.GONE, "the host answered 404 Not Found", 404)


def test_what_robots_forbid_is_not_fetched(web, fetch):
    web.put("http://a.test/robots.txt", web.answer(b"User-agent: garrison\nDisallow: /private\n"))
    web.put("http://a.test/private/page", web.answer(b"page"))
    got = fetch("http://a.test/private/page")
    assert (got.fault, web.paths()) == (Fault.FORBIDDEN, [])


def test_a_redirect_to_what_robots_forbid_is_not_followed(web, fetch):
    web.put("http://b.test/robots.txt", web.answer(b"User-agent: *\nDisallow: /\n"))
    web.put("http://a.test/", web.answer(b"", "302 Found", Location="http://b.test/page"))
    assert fetch("http://a.test/").fault is Fault.FORBIDDEN
    assert web.paths() == ["a.test/"]


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Slower"])
def test_where_robots_cannot_be_read_nothing_is_fetched(web, fetch, status):
    web.put("http://a.test/robots.txt", web.answer(b"", status))
    web.put("http://a.test/", web.answer(b"page"))
    assert fetch("http://a.test/").fault is Fault.UNREACHABLE
    assert web.paths() == []


def test_robots_are_asked_for_once_a_day(web, fetch):
    web.put("http://a.test/", web.answer(b"page"))
    remembered: dict[str, Host] = {}
    fetch("http://a.test/", remembered=remembered)
    fetch("http://a.test/", remembered=remembered)
    assert web.paths(robots=True).count("a.test/robots.txt") == 1


def test_robots_written_to_be_slow_to_match_are_read_without_them(web, fetch):
    rules = "User-agent: *\n" + "Disallow: /" + "*a" * 500 + "$\n" + "Disallow: /no\n"
    web.put("http://a.test/robots.txt", web.answer(rules.encode()))
    web.put("http://a.test/" + "a" * 2000, web.answer(b"page"))
    assert isinstance(fetch("http://a.test/" + "a" * 2000), Fetched)
    assert fetch("http://a.test/no").fault is Fault.FORBIDDEN


@pytest.mark.parametrize("status", ["429 Slower", "503 Busy"])
def test_a_busy_host_is_asked_again_after_the_time_it_asks_for(web, fetch, status):
    replies = [web.answer(b"", status, Retry_After="1"), web.answer(b"page")]
    web.put("http://a.test/", lambda *_: replies.pop(0))
    assert fetch("http://a.test/").body == b"page"
    first, second = [each.at for each in web.asked if each.path == "/"]
    assert second - first >= 0.99


def test_a_host_that_asks_for_too_long_is_put_off_and_the_rest_of_its_pages_are_not_asked_for(web, polite):
    web.put("http://a.test/1", web.answer(b"", "503 Busy", Retry_After="7200"))
    remembered: dict[str, Host] = {}
    with Gatherer(polite(patience_s=1.0), remembered) as gatherer:
        first, second = gatherer.fetch([Wanted("http://a.test/1"), Wanted("http://a.test/2")])
    assert (first.fault, first.again_s) == (Fault.UNREACHABLE, 7200)
    assert second.fault is Fault.PUT_OFF
    assert web.paths() == ["a.test/1"]
    assert remembered["a.test"].failures == 1


def test_a_host_is_left_alone_for_as_long_as_it_asked_also_after_a_restart(web, polite):
    web.put("http://a.test/1", web.answer(b"", "503 Busy", Retry_After="7200"))
    remembered: dict[str, Host] = {}
    for _ in range(2):
        with Gatherer(polite(patience_s=1.0), remembered) as gatherer:
            (outcome,) = gatherer.fetch([Wanted("http://a.test/1")])
    assert outcome.fault is Fault.PUT_OFF
    assert web.paths() == ["a.test/1"]


def test_a_clock_that_was_set_back_keeps_no_host_waiting_for_years(web, polite):
    web.put("http://a.test/", web.answer(b"page"))
    remembered = {"a.test": Host("a.test", next_at=4e9)}
    with Gatherer(polite(patience_s=1.0), remembered) as gatherer:
        (outcome,) = gatherer.fetch([Wanted("http://a.test/")])
    assert isinstance(outcome, Fetched)


def test_nobody_waits_for_a_host_that_cannot_be_reached(web, polite):
    web.put("http://a.test/robots.txt", b"")
    with Gatherer(polite()) as gatherer:
        faults = [each.fault for each in gatherer.fetch(Wanted(f"http://a.test/{n}") for n in range(5))]
    assert faults == [Fault.UNREACHABLE, *[Fault.PUT_OFF] * 4]


def test_a_host_is_asked_no_oftener_than_is_polite_whatever_the_number_of_pages(web, polite):
    for n in range(4):
        web.put(f"http://a.test/{n}", web.answer(b"page"))
        web.put(f"http://b.test/{n}", web.answer(b"page"))
    with Gatherer(polite(delay_s=0.2)) as gatherer:
        list(gatherer.fetch([Wanted(f"http://{host}.test/{n}") for n in range(4) for host in "ab"]))
    for host in ("a.test", "b.test"):
        times = [each.at for each in web.asked if each.host == host]
        assert len(times) == 5
        assert min(later - sooner for sooner, later in pairwise(times)) >= 0.2


def test_a_crawl_delay_is_kept_to(web, polite):
    web.put("http://a.test/robots.txt", web.answer(b"User-agent: *\nCrawl-delay: 0.4\n"))
    web.put("http://a.test/", web.answer(b"page"))
    with Gatherer(polite(delay_s=0.05)) as gatherer:
        list(gatherer.fetch([Wanted("http://a.test/")]))
    robots, page = [each.at for each in web.asked]
    assert page - robots >= 0.4


def test_what_did_not_change_is_not_sent_again(web, fetch):
    def conditional(asked, _):
        return (
            web.answer(b"", "304 Not Modified") if asked.headers.get("if-none-match") == '"1"' else web.answer(b"page")
        )

    web.put("http://a.test/", conditional)
    assert fetch("http://a.test/").body == b"page"
    got = fetch("http://a.test/", etag='"1"')
    assert (got.unchanged, got.body) == (True, b"")


def test_cookies_are_never_sent_back(web, fetch):
    web.put("http://a.test/1", web.answer(b"", "302 Found", Location="/2", Set_Cookie="id=1; Path=/"))
    web.put("http://a.test/2", web.answer(b"page"))
    fetch("http://a.test/1")
    assert all("cookie" not in each.headers for each in web.asked)


def test_a_host_sees_the_user_agent_and_no_referrer(web, fetch):
    web.put("http://a.test/", web.answer(b"page"))
    fetch("http://a.test/")
    assert set(web.asked[-1].headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert web.asked[-1].headers["user-agent"] == "Garrison/1.0"


def test_settings_of_the_environment_lead_nowhere_else(web, fetch, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    web.put("http://a.test/", web.answer(b"page"))
    assert fetch("http://a.test/").body == b"page"


def test_a_host_that_fails_stops_no_other(web, polite):
    web.put("http://a.test/", b"\xff\xfe")
    web.put("http://b.test/", web.answer(b"page"))
    with Gatherer(polite()) as gatherer:
        outcomes = {
            each.wanted.url: each for each in gatherer.fetch([Wanted("http://a.test/"), Wanted("http://b.test/")])
        }
    assert isinstance(outcomes["http://b.test/"], Fetched)


def test_whoever_stops_taking_answers_stops_the_asking(web, polite):
    for n in range(300):
        web.put(f"http://h{n}.test/", web.answer(b"page"))
    with Gatherer(polite(robots=False)) as gatherer:
        next(iter(gatherer.fetch([Wanted(f"http://h{n}.test/") for n in range(300)])))
    assert len(web.asked) < 300


def test_what_is_wanted_besides_is_fetched_as_answers_are_dealt_with(web, polite):
    for n in range(5):
        web.put(f"http://a.test/{n}", web.answer(b"page"))
    further = iter([[Wanted("http://a.test/1"), Wanted("http://a.test/2")], [], [Wanted("http://a.test/3")]])
    with Gatherer(polite(robots=False)) as gatherer:
        found = [each.url for each in gatherer.fetch([Wanted("http://a.test/0")], lambda: next(further, []))]
    assert sorted(found) == [f"http://a.test/{n}" for n in range(4)]


def test_what_has_no_answer_when_the_time_is_over_is_given_up(web, polite):
    release = threading.Event()
    web.put("http://slow.test/", lambda *_: release.wait(30) and web.answer(b"page"))
    with Gatherer(polite(robots=False)) as gatherer:
        assert list(gatherer.fetch([Wanted("http://slow.test/")], until=time.monotonic() + 3.0)) == []
        release.set()
    assert web.paths() == ["slow.test/"]


def test_a_crawl_delay_is_kept_to_also_where_no_other_delay_is_wanted(web, polite):
    web.put("http://a.test/robots.txt", web.answer(b"User-agent: *\nCrawl-delay: 0.4\n"))
    web.put("http://a.test/", web.answer(b"page"))
    with Gatherer(polite(delay_s=0.0)) as gatherer:
        list(gatherer.fetch([Wanted("http://a.test/")]))
    robots, page = [each.at for each in web.asked]
    assert page - robots >= 0.4


def test_where_a_redirect_leads_is_told_with_what_is_wrong_with_it(web, fetch):
    web.put("http://a.test/", web.answer(b"", "302 Found", Location="http://10.0.0.5/"))
    got = fetch("http://a.test/")
    assert got.reason == "it redirects to http://10.0.0.5/: 10.0.0.5 leads inside: it is a private address"
    web.put("http://a.test/", web.answer(b"", "302 Found", Location="file:///etc/passwd"))
    assert fetch("http://a.test/").reason.startswith("it redirects to file:///etc/passwd: ")


def serve_socks(seen: list[tuple[str, int]], to: int) -> int:
    """A SOCKS5 proxy that takes names, leads all of them to the port ``to`` and tells what it was asked for."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            inner, _ = listener.accept()
            inner.recv(64)
            inner.sendall(b"\x05\x00")
            asked = inner.recv(512)
            assert asked[:4] == b"\x05\x01\x00\x03", "a name is asked for, not an address"
            name = asked[5 : 5 + asked[4]].decode()
            seen.append((name, int.from_bytes(asked[5 + asked[4] :][:2], "big")))
            inner.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50")
            outer = socket.create_connection(("127.0.0.1", to))
            for one, other in ((inner, outer), (outer, inner)):
                threading.Thread(target=pump, args=(one, other), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


def pump(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def test_through_a_proxy_no_name_is_resolved_outside_it(web, fetch, monkeypatch):
    def never(*_, **__):
        raise AssertionError("a name was resolved")

    seen: list[tuple[str, int]] = []
    port = serve_socks(seen, web.port)
    web.put("http://news.example/", web.answer(b"page"))
    resolve = socket.getaddrinfo

    def only_addresses(host, *rest, **more):
        return resolve(host, *rest, **more) if host in ("127.0.0.1", b"127.0.0.1") else never()

    monkeypatch.setattr(socket, "getaddrinfo", only_addresses)
    monkeypatch.setattr(socket, "gethostbyname", never)
    got = fetch("http://news.example/", proxy=f"socks5h://127.0.0.1:{port}")
    assert isinstance(got, Fetched), got
    assert set(seen) == {("news.example", 80)}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "router.local"])
def test_through_a_proxy_nothing_inside_is_asked_for(web, fetch, host):
    seen: list[tuple[str, int]] = []
    got = fetch(f"http://{host}/", proxy=f"socks5h://127.0.0.1:{serve_socks(seen, web.port)}")
    assert got.fault is Fault.FORBIDDEN
    assert seen == []
