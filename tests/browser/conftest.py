"""A real browser before a real server on the bundled dispatches: Debian's chromium, driven by Playwright.

Skipped where chromium, Playwright or the built page is not there. Every page that a test opens is watched: a message on
the console that complains, or a request to another host, fails the test.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from garrison.ledger import Ledger
from garrison.pipeline import intake
from garrison.server import pages

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "tajikistan-2021"
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
DAY = "as_of=2021-08-07"
# Every view of the page, a day on which there are forces, and one on which there are none.
VIEWS = {
    "map": f"/?{DAY}",
    "country": f"/country/TJK?{DAY}",
    "actor": f"/actor/RUS?{DAY}",
    "row": f"/row?id=RUS/personnel/TJK&{DAY}",
    "unit": f"/unit?name=201st military base&{DAY}",
    "claim": "/claim/dc28a0376014",
    "document": "/document/4af182615f9958e3901054f721a93870",
    "disputes": f"/disputes?{DAY}",
    "moves": f"/moves?{DAY}",
    "units": f"/units?{DAY}",
    "countries": f"/countries?{DAY}",
    "actors": f"/actors?{DAY}",
    "search": "/search?q=troops",
    "review": "/review",
    "nothing": "/?as_of=1950-01-01",
}
# Hosts of cores may be busy with much else: what is waited for comes, or it is missing.
PATIENCE_MS = 60_000


def missing(*, page: bool) -> str | None:
    """What a browser test lacks here, the built ``page`` included if it is about that; ``None`` if nothing."""
    if chromium() is None:
        return "chromium is not installed (apt-get install chromium)"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed (pip install playwright)"
    if page and not (pages.folder() / "index.html").is_file():
        return "the page is not built (make page)"
    return None


def chromium() -> str | None:
    """Where the browser is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if Path(item.path).parent == Path(__file__).parent]
    for item in here:
        if reason := missing(page="player" not in item.fixturenames):
            item.add_marker(pytest.mark.skip(reason=reason))


@dataclass
class Watched:
    """What pages did that they should not."""

    complaints: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, page) -> None:
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(one in text for one in self.expected):
            self.complaints.append(text)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            self.away.append(url)


@pytest.fixture(scope="session")
def examples(tmp_path_factory, certain) -> Path:
    """A ledger with the bundled dispatches."""
    path = tmp_path_factory.mktemp("browser") / "examples.db"
    with Ledger.open(path) as ledger:
        intake.read(ledger, [str(EXAMPLES)], extractor=certain)
    return path


def answering(address: str) -> str:
    """``address`` once the server there answers: it prints the address a moment before it does."""
    for _ in range(PATIENCE_MS // 200):
        try:
            urllib.request.urlopen(f"{address}/api/v1/health", timeout=30).close()
        except OSError as refused:
            # A server that wants a token answers too, by refusing.
            if not isinstance(refused, urllib.error.HTTPError):
                time.sleep(0.2)
                continue
        return address
    raise AssertionError(f"the server at {address} does not answer")


@pytest.fixture(scope="session")
def serve(tmp_path_factory) -> Iterator[Callable[..., str]]:
    """Starts ``garrison serve`` on a ledger with further options; returns its address."""
    running: list[subprocess.Popen[str]] = []

    def start(ledger: Path, *options: str) -> str:
        command = [sys.executable, "-m", "garrison", "serve", "--ledger", str(ledger), "--port", "0", *options]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        running.append(server)
        line = server.stdout.readline()
        address = re.search(r"http://\S+", line)
        assert address, f"the server said {line!r}"
        return answering(address.group().rstrip("/"))

    yield start
    for server in running:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def site(examples, serve) -> str:
    """The address of a read-only server on the bundled dispatches."""
    return serve(examples)


@pytest.fixture(scope="session")
def browser(tmp_path_factory) -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium(), args=list(SWITCHES))
        yield opened
        opened.close()


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    assert watched.complaints == []
    assert watched.away == []


@pytest.fixture
def opening(browser, watched) -> Iterator[Callable]:
    """Opens a window: its width, its colours; returns a page that is watched."""
    contexts = []

    def window(*, width: int = 1280, height: int = 860, colours: str = "light", **settings):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colours,
            reduced_motion="reduce",
            accept_downloads=True,
            **settings,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        watched.watch(page)
        return page

    yield window
    for context in contexts:
        context.close()


@pytest.fixture
def page(opening):
    """A wide window in light colours."""
    return opening()


@pytest.fixture(scope="module")
def edited(examples, serve) -> str:
    """A server whose page has every view."""
    return serve(examples, "--edit")


def settle(page) -> None:
    """Waits until nothing on the page is on its way any more."""
    page.wait_for_function(
        "() => document.querySelector('#content') && !document.querySelector('.loading, [aria-busy=\"true\"], .stale')"
    )
