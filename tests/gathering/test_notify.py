"""``garrison watch --notify``: from a feed to a message, by way of apprise."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

BASE = "http://news.test"
RULES = """[send]
to = ["json://127.0.0.1:{port}/"]
content = {content}

[[rule]]
name = "forces in Tajikistan"
news = "first-claim"
place = "Tajikistan"
"""


class _Box(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.up:
            self.server.letters.append(json.loads(body))
        self.send_response(200 if self.server.up else 503)
        self.end_headers()

    def log_message(self, *_):
        """Nothing: what arrives is looked at by the test."""


@pytest.fixture
def box():
    """Where messages arrive."""
    pytest.importorskip("apprise")
    with HTTPServer(("127.0.0.1", 0), _Box) as server:
        server.letters, server.up = [], True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def watch(garrison, web, box, tmp_path):
    """A function that puts stories into a feed and watches it by the rules."""

    def run(*stories, content="true", more=()):
        for number, text in enumerate(stories):
            web.put(f"{BASE}/{number}", web.answer(web.article(text, title=f"Story {number}")))
        links = "".join(f"<item><link>{BASE}/{number}</link></item>" for number in range(len(stories)))
        feed = f"<rss><channel><title>News</title>{links}</channel></rss>".encode()
        web.put(f"{BASE}/feed", web.answer(feed, Content_Type="application/rss+xml"))
        rules = tmp_path / "rules.toml"
        rules.write_text(RULES.format(port=box.server_port, content=content))
        return garrison("watch", f"{BASE}/feed", "--once", "--notify", rules, *more)

    return run


RUSSIA = "Russia has about 7,000 troops in Tajikistan, officials said on Thursday."
CHINA = "China has 200 troops in Tajikistan, officials said on Thursday."


def test_each_piece_of_news_is_told_once(watch, box):
    assert "1 notice, 1 message sent" in watch(RUSSIA)[1]
    assert "0 notices, 0 messages sent" in watch(RUSSIA)[1]
    assert "1 notice, 1 message sent" in watch(RUSSIA, CHINA)[1]
    first, second = box.letters
    assert first["title"] == "Garrison: Russia: first claim in Tajikistan"
    assert "“Russia has about 7,000 troops in Tajikistan" in first["message"]
    assert f"{BASE}/0#:~:text=" in first["message"]
    assert second["title"] == "Garrison: China: first claim in Tajikistan"


def test_what_could_not_be_sent_is_said_and_sent_later(watch, box, monkeypatch):
    box.up = False
    status, _, err = watch(RUSSIA)
    assert (status, "json://…: 1 new could not be sent; it is tried again" in err) == (0, True)
    assert box.letters == []
    box.up = True
    monkeypatch.setattr("garrison.pipeline.telling.time.time", lambda: 4e9)
    assert "0 notices, 1 message sent" in watch(RUSSIA)[1]
    assert len(box.letters) == 1


def test_a_message_may_go_without_content(watch, box, garrison):
    watch(RUSSIA, content="false")
    (letter,) = box.letters
    (claim,) = garrison.claims()
    assert letter["message"] == f"forces in Tajikistan: garrison why {claim['id'][:12]}"
    assert "Russia" not in json.dumps(letter)


def test_a_dry_run_prints_what_would_be_told_and_tells_nobody(watch, box):
    _, out, _ = watch(RUSSIA, more=("--dry-run",))
    assert "Russia: first claim in Tajikistan [forces in Tajikistan]" in out
    assert out.endswith("1 notice, nobody told\n")
    assert box.letters == []


def test_messages_do_not_go_past_a_proxy(watch, box):
    status, _, err = watch(RUSSIA, more=("--proxy", "socks5h://127.0.0.1:1"))
    assert (status, "do not go through the proxy" in err) == (2, True)
    assert box.letters == []


def test_a_dry_run_needs_rules(garrison):
    status, _, err = garrison("watch", f"{BASE}/feed", "--once", "--dry-run")
    assert (status, "--notify RULES.toml" in err) == (2, True)
