"""A server that others reach: its token, excerpts of others' texts, what is held back, tiles of another host."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from garrison.ledger import Ledger
from garrison.pipeline import intake

from .conftest import settle

DAY = "2021-08-07"
TOKEN = "a-token-of-some-length-0123456789"
LATE = "Russia keeps about 7,000 troops in Tajikistan, two diplomats said on Friday."
LAST = "The last line of this dispatch belongs to those who wrote it."


def png() -> bytes:
    """A grey tile."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress((b"\0" + b"\xc8" * 256) * 256)
    head = struct.pack(">IIBBBBB", 256, 256, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@dataclass
class Tiles:
    """A host of map tiles on this machine, and what it was asked for."""

    address: str
    asked: list[str] = field(default_factory=list)
    referrers: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def tiles() -> Iterator[Tiles]:
    tile = png()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kept.asked.append(self.path)
            kept.referrers.append(self.headers.get("referer", ""))
            self.send_response(200)
            self.send_header("content-type", "image/png")
            self.send_header("content-length", str(len(tile)))
            # What the page itself says for its files is not said here: the policy of the page alone lets tiles in.
            self.send_header("cross-origin-resource-policy", "cross-origin")
            self.end_headers()
            self.wfile.write(tile)

        def log_message(self, *_: object) -> None:
            pass

    host = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    kept = Tiles(f"http://127.0.0.1:{host.server_port}")
    threading.Thread(target=host.serve_forever, daemon=True).start()
    yield kept
    host.shutdown()


def test_a_configured_host_of_tiles_draws_the_ground_and_learns_nothing_else(page, serve, examples, tiles):
    site = serve(examples, "--tiles", f"{tiles.address}/{{z}}/{{x}}/{{y}}.png", "--attribution", "<b>Tiles</b> & Sons")
    answer = page.goto(f"{site}/?as_of={DAY}")
    assert tiles.address in answer.headers["content-security-policy"]
    page.wait_for_selector(".pin")
    page.wait_for_selector("img.leaflet-tile-loaded")
    settle(page)
    assert page.locator(".leaflet-control-attribution b").count() == 0
    assert "<b>Tiles</b> & Sons" in page.inner_text(".leaflet-control-attribution")
    assert page.locator("path.hatched").count() > 20
    assert tiles.asked
    assert all(path.endswith(".png") and path.count("/") == 3 for path in tiles.asked)
    assert set(tiles.referrers) == {""}
    # Countries can be picked over tiles too.
    page.goto(f"{site}/?as_of={DAY}&map=5/40/64")
    page.wait_for_selector("img.leaflet-tile-loaded")
    page.wait_for_selector(".leaflet-base-pane canvas")
    settle(page)
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/country/UZB**")


def test_a_server_with_a_token_asks_for_it_and_opens_for_the_right_one(page, serve, examples, watched):
    watched.expected.append("status of 401")
    site = serve(examples, "--token", TOKEN)
    page.goto(f"{site}/country/TJK?as_of={DAY}")
    page.wait_for_selector(".token-form")
    assert "asks for a token" in page.inner_text("h1")
    assert "Russia" not in page.inner_text("main")
    field_ = page.get_by_label("Token")
    field_.fill("not the token, but as long as one")
    field_.press("Enter")
    page.wait_for_selector(".token-form [role=alert]")
    assert "not this server's token" in page.inner_text(".token-form [role=alert]")
    field_.fill(TOKEN)
    page.get_by_role("button", name="Open").click()
    page.wait_for_selector("table.rows")
    assert TOKEN not in page.url
    assert page.inner_text("h1") == "Tajikistan"


@pytest.fixture(scope="module")
def shared(serve, tmp_path_factory, certain) -> str:
    """A server for others on one long dispatch."""
    folder = tmp_path_factory.mktemp("shared")
    filler = "The road from the capital was open all day, and the shops along it did their business. " * 30
    (folder / "long.txt").write_text(
        f"What is kept there\nPublished: 2021-07-10\nOutlet: Oxus Herald\nURL: https://oxus.example/kept\n\n"
        f"{filler}\n\n{LATE}\n\n{filler}\n\n{LAST}\n",
        encoding="utf-8",
    )
    path = folder / "shared.db"
    with Ledger.open(path) as ledger:
        intake.read(ledger, [str(folder / "long.txt")], extractor=certain)
    return serve(path, "--token", TOKEN)


def test_others_see_an_excerpt_with_the_words_marked_and_the_way_to_the_whole(page, shared):
    page.goto(f"{shared}/search?token={TOKEN}")
    page.wait_for_selector("article.claim")
    page.locator(".claim-title a").first.click()
    page.wait_for_selector(".document-text mark")
    settle(page)
    assert "An excerpt" in page.inner_text(".note")
    shown = page.inner_text(".document-text")
    assert len(shown) < 700
    assert "about 7,000 troops" in page.inner_text(".document-text mark")
    assert LAST not in page.content()
    whole = page.get_by_role("link", name="Read the whole there")
    assert whole.get_attribute("href").startswith("https://oxus.example/kept")
    document = page.url.split("/document/")[1].split("?")[0]
    assert LAST not in page.request.get(f"{shared}/api/v1/documents/{document}").text()


def test_what_is_held_back_is_nowhere_on_the_page(page, serve, examples, watched):
    watched.expected.append("status of 404")
    site = serve(examples, "--embargo", "3650")
    held = "c52fa9d086a9"
    for path in ("/", f"/?as_of={DAY}", f"/country/TJK?as_of={DAY}", f"/units?as_of={DAY}", "/search"):
        page.goto(site + path)
        page.wait_for_selector("main h1, main .empty")
        settle(page)
        assert "headquartered in Dushanbe" not in page.inner_text("main"), path
        assert page.get_by_role("link", name="Dushanbe").count() == 0, path
        assert "held back for 3650 days" in page.inner_text("footer")
    page.goto(f"{site}/?as_of={DAY}")
    page.wait_for_selector(".pin")
    assert "about 7,000" in page.inner_text(".world-list")
    assert "Dushanbe" not in page.inner_text("main")
    page.goto(f"{site}/claim/{held}")
    page.wait_for_selector(".unknown")
    assert "There is no such claim" in page.inner_text("h1")
