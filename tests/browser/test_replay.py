"""Exported evidence, opened by the player that people will open it with: ReplayWeb.page in a real browser.

The player is not part of the project: ``make player`` fetches it. Skipped where it is not there.
"""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from .conftest import PATIENCE_MS, ROOT

PLAYER = ROOT / ".player" / "package"
STORY = "http://news.test/story"
SENTENCE = "Russia has about 7,000 troops in Tajikistan, officials said."
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The base at Dushanbe</title>
<meta property="article:published_time" content="2021-07-08"></head><body><article><h1>The base at Dushanbe</h1>
<p>{SENTENCE}</p><p>The road from the capital was open all day, and the shops along it did the business that they do on
any other day of the week, people who live there said. Überall – “quotes”.</p></article></body></html>"""

pytestmark = pytest.mark.skipif(
    not (PLAYER / "sw.js").is_file(), reason="ReplayWeb.page is not here (make player, needs npm)"
)


class Served(http.server.SimpleHTTPRequestHandler):
    """To the host ``news.test`` a page and what leads to it; to others the player, and evidence piece by piece."""

    evidence: Path

    def do_GET(self) -> None:
        if self.headers["Host"] == "news.test":
            self.news()
        elif self.path.startswith("/evidence/"):
            self.pieces((self.evidence / Path(self.path.partition("?")[0]).name).read_bytes())
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        self.do_GET()

    def news(self) -> None:
        body = PAGE.encode() if self.path == "/story" else b""
        self.send_response({"/story": 200, "/old": 301}.get(self.path, 404))
        self.send_header("Location" if self.path == "/old" else "X-Served", "/story")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def pieces(self, data: bytes) -> None:
        """A player reads an archive in pieces, the last bytes first (RFC 9110, 14)."""
        first, last = 0, len(data) - 1
        wanted = self.headers["Range"]
        if wanted:
            start, _, end = wanted.removeprefix("bytes=").partition("-")
            first = int(start) if start else max(0, len(data) - int(end))
            last = min(last, int(end)) if start and end else last
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data[first : last + 1])

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@pytest.fixture(scope="module")
def player(tmp_path_factory):
    """The address of the player, with evidence of one claim as ``/evidence/case.wacz`` and ``/evidence/case.warc.gz``.

    The page was reached through a redirect; nothing outside the archive has it when it is replayed.
    """
    folder = tmp_path_factory.mktemp("replay")

    class Here(Served):
        evidence = folder

        def __init__(self, *args) -> None:
            super().__init__(*args, directory=str(PLAYER))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Here) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        setting = {"GARRISON_TEST_SERVERS": f"news.test=127.0.0.1:{port}", "GARRISON_LEDGER": str(folder / "ledger.db")}

        def garrison(*words: str) -> str:
            command = [sys.executable, "-m", "garrison", *words]
            return subprocess.run(
                command, env={**os.environ, **setting}, check=True, capture_output=True, text=True
            ).stdout

        garrison("read", "http://news.test/old", "--extractor", "grammar", "--delay", "0")
        claim = json.loads(garrison("claims", "--format", "json"))[0]["id"]
        for name in ("case.wacz", "case.warc.gz"):
            garrison("archive", "export", claim, str(folder / name))
        yield f"http://127.0.0.1:{port}"
        server.shutdown()


@pytest.fixture(scope="module")
def window(browser):
    """A page whose requests to other hosts are kept in ``away``."""
    context = browser.new_context()
    # A player is a large program, and it unpacks the archive in a worker: on busy cores that takes its time.
    context.set_default_timeout(3 * PATIENCE_MS)
    page = context.new_page()
    page.away = []
    context.on("request", lambda asked: None if "//127.0.0.1:" in asked.url else page.away.append(asked.url))
    yield page
    context.close()


def test_the_player_lists_the_page_of_a_claim_under_its_title(player, window):
    window.goto(f"{player}/?source=/evidence/case.wacz#view=pages")
    # The player draws words letter by letter, to mark what is searched for; the entry itself knows them.
    listed = window.locator("wr-page-entry").evaluate("entry => [entry.page.title, entry.page.url]")
    assert listed == ["The base at Dushanbe", STORY]


@pytest.mark.parametrize("name", ["case.wacz", "case.warc.gz"])
@pytest.mark.parametrize("url", [STORY, "http://news.test/old"])
def test_the_player_shows_the_page_as_it_was_received(player, window, name, url):
    window.goto(f"{player}/?source=/evidence/{name}#view=pages&url={url}")
    replayed = window.frame_locator("iframe")
    replayed.get_by_text(SENTENCE).wait_for()
    assert replayed.locator("p").last.inner_text().endswith("Überall – “quotes”.")
    assert [asked for asked in window.away if not asked.startswith(("data:", "blob:"))] == []
