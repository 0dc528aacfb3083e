"""``garrison read URL`` and ``garrison watch``: from a local web to claims, with evidence that lasts."""

import contextlib
import gzip
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

TROOPS = "Russia has about {n} troops in Tajikistan, officials said on Thursday."
BASE = "http://news.test"


@pytest.fixture
def story(web):
    return web.put(f"{BASE}/story", web.answer(web.article(TROOPS.format(n="7,000"))))


def feed(web, *paths, url=f"{BASE}/feed", **fields):
    more = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    items = "".join(f"<item><link>{BASE}{path}</link>{more}</item>" for path in paths)
    body = f"<rss><channel><title>News</title>{items}</channel></rss>".encode()
    return web.put(url, web.answer(body, Content_Type="application/rss+xml"))


def opml(tmp_path, *urls):
    path = tmp_path / "feeds.opml"
    path.write_text("<opml><body>" + "".join(f'<outline xmlUrl="{url}"/>' for url in urls) + "</body></opml>")
    return path


def archive_files(tmp_path):
    return sorted(Path(tmp_path, "ledger", "garrison-archive").glob("*.warc.gz"))


def archived_urls(tmp_path):
    found = []
    for path in archive_files(tmp_path):
        with path.open("rb") as file:
            records = ArchiveIterator(file)
            found += [each.rec_headers.get_header("WARC-Target-URI") for each in records if each.rec_type == "response"]
    return found


def test_a_page_is_read_into_the_ledger_under_its_address(garrison, story):
    status, out, _ = garrison("read", story)
    assert (status, out) == (0, "1 document read, 1 new, 0 unchanged, 0 failed, 1 claim\n")
    (claim,) = garrison.claims()
    assert (claim["url"], claim["quantity"]["low"], claim["known_basis"]) == (story, 7000, "stated")


def test_a_page_read_again_changes_nothing(garrison, story, tmp_path):
    garrison("read", story)
    assert garrison("read", story)[1] == "1 document read, 0 new, 1 unchanged, 0 failed, 0 claims\n"
    assert archived_urls(tmp_path) == [story]


def test_a_changed_page_is_a_new_version_and_both_stay(garrison, web, story, tmp_path):
    garrison("read", story)
    web.put(story, web.answer(web.article(TROOPS.format(n="5,000"))))
    assert "1 new" in garrison("read", story)[1]
    (document,) = garrison.documents()
    assert document["versions"] == 2
    assert archived_urls(tmp_path) == [story, story]


def test_a_page_that_differs_only_around_its_article_is_no_new_version(garrison, web, story):
    garrison("read", story)
    page = web.article(TROOPS.format(n="7,000")).replace(b"</body>", b"<script>advert(2)</script></body>")
    web.put(story, web.answer(page))
    assert "0 new, 1 unchanged" in garrison("read", story)[1]


def test_the_charset_that_a_page_is_served_with_counts(garrison, web):
    page = web.article(TROOPS.format(n="7,000"), title="Тирасполь").decode().replace("utf-8", "x-unknown")
    url = web.put(f"{BASE}/cyrillic", web.answer(page.encode("cp1251"), Content_Type="text/html; charset=windows-1251"))
    garrison("read", url)
    assert garrison.documents()[0]["title"] == "Тирасполь"


def test_a_wrong_charset_stops_nothing(garrison, web):
    page = web.article(TROOPS.format(n="7,000"), title="Düschanbe")
    url = web.put(f"{BASE}/wrong", web.answer(page, Content_Type="text/html; charset=utf-16"))
    assert "1 claim" in garrison("read", url)[1]


def test_a_page_may_not_speak_for_another_host(garrison, web):
    link = b'<head><link rel="canonical" href="http://other.test/story">'
    url = web.put(f"{BASE}/false", web.answer(web.article(TROOPS.format(n="9,000")).replace(b"<head>", link)))
    garrison("read", url)
    assert garrison.claims()[0]["url"] == url


def test_pages_and_files_are_read_together(garrison, story, tmp_path):
    (tmp_path / "a.txt").write_text("A title\nPublished: 2021-07-01\n\n" + TROOPS.format(n="6,000"))
    assert garrison("read", story, tmp_path / "a.txt")[1].startswith("2 documents read, 2 new")


def test_a_page_that_cannot_be_fetched_is_told_and_the_rest_are_read(garrison, web, story):
    status, out, err = garrison("read", f"{BASE}/none", story)
    assert status == 1
    assert "http://news.test/none: the host answered 404 Not Found" in err
    assert out.startswith("1 document read, 1 new, 0 unchanged, 1 failed")


def test_an_address_inside_is_refused(garrison):
    status, _, err = garrison("read", "http://169.254.169.254/latest/meta-data/")
    assert status == 1
    assert "leads inside" in err


def test_data_of_the_web_may_not_pose_as_documents(garrison, web):
    row = b'{"text": "Russia has 7,000 troops in Tajikistan.", "outlet": "Reuters", "url": "http://other.test/"}\n'
    url = web.put(f"{BASE}/rows", web.answer(row, Content_Type="application/json"))
    status, _, err = garrison("read", url)
    assert status == 1
    assert "it is data, not a page" in err


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        (
            "We and our partners use cookies to improve your experience. Accept all cookies or manage them here.",
            "cookie",
        ),
        (
            "Subscribe now to continue reading. Already a subscriber? This story is for subscribers only today.",
            "paywall",
        ),
    ],
)
def test_a_cookie_notice_or_paywall_in_place_of_an_article_is_marked(garrison, web, words, mark):
    url = web.put(f"{BASE}/wall", web.answer(f"<html><body><p>{words}</p></body></html>".encode()))
    _, _, err = garrison("read", url)
    assert f"only a {mark}" in err


def test_a_watched_feed_is_read_and_asked_again_for_what_is_new(garrison, web, story, tmp_path):
    feeds = opml(tmp_path, feed(web, "/story"))
    assert garrison("watch", feeds, "--once")[1].endswith("1 document read, 1 new, 0 unchanged, 0 failed, 1 claim\n")
    web.put(f"{BASE}/later", web.answer(web.article(TROOPS.format(n="6,500"), title="Later", published="2021-07-09")))
    feed(web, "/story", "/later")
    out = garrison("watch", feeds, "--once")[1]
    assert out == "1 page newly listed; 1 document read, 1 new, 0 unchanged, 0 failed, 1 claim\n"
    assert web.paths().count("news.test/story") == 1


def test_a_feed_that_did_not_change_is_not_read_again(garrison, web, story, tmp_path):
    url = feed(web, "/story")
    body = web.replies[url]
    head, _, rest = body.partition(b"\r\n")
    tagged = head + b'\r\nETag: "1"\r\n' + rest
    web.put(url, lambda asked, _: web.answer(b"", "304 Not Modified") if "if-none-match" in asked.headers else tagged)
    feeds = opml(tmp_path, url)
    garrison("watch", feeds, "--once")
    out = garrison("watch", feeds, "--once")[1]
    assert out == "0 pages newly listed; 0 documents read, 0 new, 0 unchanged, 0 failed, 0 claims\n"


def test_a_page_whose_feed_says_that_it_changed_is_read_again(garrison, web, story, tmp_path):
    feeds = opml(tmp_path, feed(web, "/story", updated="2021-07-08T10:00:00Z"))
    garrison("watch", feeds, "--once")
    web.put(story, web.answer(web.article(TROOPS.format(n="5,000"))))
    feed(web, "/story", updated="2021-07-09T10:00:00Z")
    assert "1 new" in garrison("watch", feeds, "--once")[1]
    assert garrison.documents()[0]["versions"] == 2


def test_a_sitemap_and_a_feed_by_their_addresses_are_watched(garrison, web, story):
    body = f"<urlset><url><loc>{story}</loc></url></urlset>".encode()
    inner = web.put(f"{BASE}/news.xml", web.answer(body))
    index = f"<sitemapindex><sitemap><loc>{inner}</loc></sitemap></sitemapindex>".encode()
    outer = web.put(f"{BASE}/sitemap.xml", web.answer(index))
    assert "1 new" in garrison("watch", outer, "--once")[1]


def test_the_date_that_a_feed_states_fills_in_for_a_page_without_one(garrison, web, tmp_path):
    bare = f"<html><head><title>T</title></head><body><p>{TROOPS.format(n='7,000')}</p></body></html>".encode()
    web.put(f"{BASE}/bare", web.answer(bare))
    garrison("watch", feed(web, "/bare", pubDate="Thu, 08 Jul 2021 10:00:00 GMT"), "--once")
    assert garrison.documents()[0]["published"] == "2021-07-08"


def test_a_date_in_the_future_that_a_feed_states_is_not_believed(garrison, web):
    bare = f"<html><head><title>T</title></head><body><p>{TROOPS.format(n='7,000')}</p></body></html>".encode()
    web.put(f"{BASE}/bare", web.answer(bare))
    garrison("watch", feed(web, "/bare", pubDate="Thu, 08 Jul 2999 10:00:00 GMT"), "--once")
    assert garrison.documents()[0]["published"] is None


def test_a_list_of_feeds_that_is_none_is_wrong_usage(garrison, tmp_path):
    (tmp_path / "notes.opml").write_text("these are notes")
    status, _, err = garrison("watch", tmp_path / "notes.opml", "--once")
    assert (status, "is no list of feeds" in err) == (2, True)


def test_every_is_written_as_a_time(garrison, tmp_path, web):
    status, _, err = garrison("watch", feed(web), "--every", "soon")
    assert (status, "a time is written 90s, 15m, 2h or 1d" in err) == (2, True)


def test_each_claim_is_proven_by_the_archived_page(garrison, story):
    garrison("read", story)
    status, out, _ = garrison("archive", "verify")
    assert (status, out) == (0, "1 claim, 1 proven: 1 read again\n")


def test_a_claim_of_another_reader_is_found_in_the_visible_text(garrison, story, monkeypatch):
    garrison("read", story)
    monkeypatch.setattr("garrison.pipeline.archive.reader_name", lambda name, data: "html 99")
    assert garrison("archive", "verify")[1] == "1 claim, 1 proven: 1 found in the visible text\n"


def test_a_forged_archive_is_found_out(garrison, story, tmp_path):
    garrison("read", story)
    (path,) = archive_files(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 255
    path.write_bytes(raw)
    status, out, _ = garrison("archive", "verify")
    assert (status, "1 the archived record is damaged" in out) == (1, True)


def test_a_claim_read_from_a_file_has_no_archived_copy(garrison, tmp_path):
    (tmp_path / "a.txt").write_text("A title\nPublished: 2021-07-01\n\n" + TROOPS.format(n="6,000"))
    garrison("read", tmp_path / "a.txt")
    assert garrison("archive", "verify")[:2] == (0, "1 claim, 0 proven: 1 no archived copy\n")


def test_the_pages_of_claims_are_exported_to_a_file_of_their_own(garrison, web, story, tmp_path):
    other = web.put(f"{BASE}/other", web.answer(web.article(TROOPS.format(n="5,000"), title="Other")))
    garrison("read", story, other)
    (claim,) = [each["id"] for each in garrison.claims() if each["url"] == other]
    target = tmp_path / "evidence.warc.gz"
    assert garrison("archive", "export", claim, "--to", target)[1].startswith("1 archived page written")
    with target.open("rb") as file:
        records = [(each.rec_type, each.rec_headers.get_header("WARC-Target-URI")) for each in ArchiveIterator(file)]
    assert records == [("warcinfo", None), ("response", other), ("request", other)]
    assert garrison("archive", "export", claim, "--to", target)[0] == 2


def test_a_citation_names_the_archived_copy(garrison, story):
    garrison("read", story)
    (claim,) = garrison.claims()
    _, out, _ = garrison("why", claim["id"], "--cite")
    assert "archived copy garrison-" in out
    assert "sha256:" in out
    (item,) = json.loads(garrison("why", claim["id"], "--cite", "--format", "csl-json")[1])
    assert "sha256:" in item["archive_location"]


def test_redaction_reaches_the_archive(garrison, story, tmp_path):
    garrison("read", story)
    (document,) = garrison.documents()
    (path,) = archive_files(tmp_path)
    assert b"Tajikistan" in gzip.decompress(path.read_bytes())
    garrison("redact", document["id"], "--because", "a court said so")
    assert b"Tajikistan" not in gzip.decompress(path.read_bytes())
    assert archived_urls(tmp_path) == []
    assert garrison("archive", "verify")[1] == "0 claims, 0 proven\n"


def test_what_was_redacted_is_not_fetched_again(garrison, web, story, tmp_path):
    garrison("read", story)
    (document,) = garrison.documents()
    garrison("redact", document["id"], "--because", "a court said so")
    before = len(web.asked)
    assert "1 redacted before and left out" in garrison("read", story)[1]
    assert [each for each in web.asked[before:] if each.path == "/story"] == []
    moved = web.put(f"{BASE}/moved", web.answer(b"", "301 Moved", Location="/story"))
    assert "1 redacted before and left out" in garrison("read", moved)[1]
    assert archived_urls(tmp_path) == []


def test_what_was_redacted_is_not_fetched_again_however_often_a_feed_lists_it(garrison, web, story, tmp_path):
    feeds = opml(tmp_path, feed(web, "/story"))
    garrison("watch", feeds, "--once")
    garrison("redact", garrison.documents()[0]["id"], "--because", "a court said so")
    before = len(web.asked)
    assert "1 redacted before and left out" in garrison("watch", feeds, "--once")[1]
    garrison("watch", feeds, "--once")
    assert [each for each in web.asked[before:] if each.path == "/story"] == []


def test_a_full_disk_is_told_in_a_line_and_the_work_goes_on_when_there_is_room(
    garrison, web, story, tmp_path, monkeypatch
):
    feeds = opml(tmp_path, feed(web, "/story"))

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("garrison.gathering.archive.Archive._append", full)
        status, _, err = garrison("watch", feeds, "--once")
    assert status == 2
    assert "cannot be written (No space left on device)" in err
    assert garrison.documents() == []
    assert "1 new" in garrison("watch", feeds, "--once")[1]


def test_a_listed_page_that_is_put_off_is_read_when_its_time_has_come(garrison, web, story, tmp_path, monkeypatch):
    page = web.replies[story]
    feeds = opml(tmp_path, feed(web, "/story"))
    web.put(story, web.answer(b"", "503 Busy", Retry_After="7200"))
    assert "asks to be left alone for 2 hours" in garrison("watch", feeds, "--once")[2]
    web.put(story, page)
    assert "0 documents read" in garrison("watch", feeds, "--once")[1]
    clock = time.time
    monkeypatch.setattr("time.time", lambda: clock() + 3 * 3600)
    assert "1 new" in garrison("watch", feeds, "--once")[1]


def test_a_clock_that_was_set_back_loses_nothing(garrison, web, story, tmp_path, monkeypatch):
    feeds = opml(tmp_path, feed(web, "/story"))
    clock = time.time
    with monkeypatch.context() as patched:
        patched.setattr("time.time", lambda: clock() + 365 * 86400)
        garrison("watch", feeds, "--once")
    web.put(story, web.answer(web.article(TROOPS.format(n="5,000"))))
    assert "1 new" in garrison("watch", feeds, "--once")[1]
    assert garrison.documents()[0]["versions"] == 2


@pytest.fixture
def certificate(tmp_path):
    """A certificate that nobody vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    made = tmp_path / "own.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    asked += ["-subj", "/CN=own.test", "-keyout", str(made), "-out", str(tmp_path / "public.pem")]
    subprocess.run(asked, check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + (tmp_path / "public.pem").read_bytes())
    return made


def test_a_certificate_that_is_not_to_be_trusted_is_told_and_nothing_is_read(garrison, web, certificate, monkeypatch):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def serve():
        with context.wrap_socket(listener, server_side=True) as secure:
            while True:
                with contextlib.suppress(OSError):
                    secure.accept()

    threading.Thread(target=serve, daemon=True).start()
    monkeypatch.setenv("GARRISON_TEST_SERVERS", f"own.test=127.0.0.1:{port}")
    status, _, err = garrison("read", "https://own.test/")
    assert status == 1
    assert "its certificate is not to be trusted (self-signed certificate" in err.replace("self signed", "self-signed")


ENTRY = """<article class="liveblog__post" id="p{day}"><time datetime="2021-07-0{day}T09:00:00Z"></time>
<p>{text}</p></article>"""
BLOG = """<html lang="en"><head><title>Border: live</title><meta property="og:site_name" content="Northern Wire"></head>
<body><main class="liveblog"><h1>Border: live</h1>
<p>What is known of the border stands here, the newest first, as it comes in from both of the capitals.</p>
<p>The ministries have promised statements for the evening, and they will stand here as soon as they are made.</p>
{entries}</main></body></html>"""


def test_a_live_blog_is_read_entry_by_entry_and_its_claims_are_proven(garrison, web, tmp_path):
    def blog(*posts):
        entries = "".join(ENTRY.format(day=day, text=text) for day, text in posts)
        return web.put(f"{BASE}/live", web.answer(BLOG.format(entries=entries).encode()))

    quiet = (6, "Nothing has moved at the border today, people who live beside it said.")
    first = (7, TROOPS.format(n="7,000"))
    later = (8, "China has 200 soldiers in Tajikistan, the ministry said in a statement on Thursday evening.")
    url = blog(first, quiet)
    garrison("read", url)
    assert [(each["published"], each["quantity"]["low"]) for each in garrison.claims()] == [("2021-07-07", 7000)]
    blog(later, first, quiet)
    assert "4 documents read, 1 new, 3 unchanged" in garrison("read", url)[1]
    assert sorted(each["published"] for each in garrison.claims()) == ["2021-07-07", "2021-07-08"]
    assert garrison("archive", "verify")[1] == "2 claims, 2 proven: 2 read again\n"
    (document,) = [each["id"] for each in garrison.documents() if each["published"] == "2021-07-07" and each["claims"]]
    garrison("redact", document, "--because", "a court said so")
    for path in archive_files(tmp_path):
        assert b"7,000" not in gzip.decompress(path.read_bytes())
    assert "1 redacted before" in garrison("read", url)[1]
