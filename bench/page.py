"""The web page in a real browser: bytes of a first load, first paint, and whether anything stalls while a slider moves.

Beside it, in the same run, an empty page from the same server, which says what this machine takes for anything at all.
Needs chromium, Playwright and the built page (``make page``).
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from garrison.server import pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

RUNS = 5
EXAMPLES = Path(__file__).parents[1] / "examples" / "tajikistan-2021"
VIEW = "/?as_of=2021-08-07"
LIMIT_KB, LIMIT_PAINT_S, LIMIT_TASK_MS = 700, 1.5, 200
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
WATCH_TASKS = """
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((one) => one.duration)))
      .observe({type: 'longtask', buffered: true});
"""
PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
    const paint = list.getEntries().find((one) => one.name === 'first-contentful-paint');
    if (paint) done(paint.startTime);
}).observe({type: 'paint', buffered: true}))"""


def wait_for(site: str) -> None:
    """Waits until the server answers: it prints its address a moment before it does."""
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{site}/api/v1/health", timeout=30).close()
        except OSError:
            time.sleep(0.2)
        else:
            return


def first_paint(browser: Browser, address: str) -> float:
    """Seconds to the first contentful paint of ``address`` in a fresh window with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.goto(address)
    seconds = float(page.evaluate(PAINT)) / 1000
    context.close()
    return seconds


def first_load(browser: Browser, address: str) -> tuple[float, int]:
    """Kilobytes over the wire, and requests, until the map and its list stand and the fine base map is there."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    received: list[float] = []
    wire: CDPSession = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address)
    page.wait_for_selector(".pin")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2000)
    context.close()
    return sum(received) / 1000, len(received)


def longest_task(page: Page, move: bool) -> tuple[float, int]:
    """Milliseconds of the longest task, and tasks over 50 ms, while the sliders move (or nothing does) for a while."""
    page.evaluate("window.tasks.length = 0")
    for name in ("as_of", "known"):
        page.locator(f"#slider-{name}").focus()
        for key in ("Home", *["ArrowRight"] * 14, *["ArrowLeft"] * 6, "End"):
            if move:
                page.keyboard.press(key)
            page.wait_for_timeout(120)
    page.wait_for_timeout(600)
    tasks = [float(each) for each in page.evaluate("window.tasks")]
    return max(tasks, default=0.0), len(tasks)


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None or not (pages.folder() / "index.html").is_file():
        print("not measured: chromium or the built page is missing (apt-get install chromium; make page)")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        ledger = Path(folder) / "examples.db"
        garrison = [sys.executable, "-m", "garrison"]
        subprocess.run(
            [*garrison, "read", str(EXAMPLES), "--ledger", str(ledger)], check=True, stdout=subprocess.DEVNULL
        )
        server = subprocess.Popen(
            [*garrison, "serve", "--ledger", str(ledger), "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        browser = driver.chromium.launch(executable_path=chromium, args=list(SWITCHES))
        try:
            assert server.stdout is not None
            found = re.search(r"http://\S+?(?=/?\s)", server.stdout.readline())
            assert found is not None, "the server gave no address"
            site = found.group()
            wait_for(site)
            # The reference: what the browser takes to paint the server's smallest answer.
            empty = f"{site}/api/v1/health"
            first_paint(browser, empty)
            first_paint(browser, site + VIEW)
            reference = statistics.median(first_paint(browser, empty) for _ in range(RUNS))
            paint = statistics.median(first_paint(browser, site + VIEW) for _ in range(RUNS))
            kilobytes, requests = first_load(browser, site + VIEW)

            page = browser.new_page(viewport={"width": 1280, "height": 860})
            page.add_init_script(WATCH_TASKS)
            page.goto(site + VIEW)
            page.wait_for_selector(".pin")
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(2500)
            still, still_long = longest_task(page, move=False)
            moving, moving_long = longest_task(page, move=True)
        finally:
            browser.close()
            server.terminate()
            server.wait()
    print(f"first contentful paint   {paint:7.2f} s   (median of {RUNS}; limit {LIMIT_PAINT_S} s)")
    print(f"  an empty answer        {reference:7.2f} s   (reference, the same server)")
    print(f"first load               {kilobytes:7.0f} kB  in {requests} requests, all included (limit {LIMIT_KB} kB)")
    print(f"longest task, moving     {moving:7.0f} ms  ({moving_long} over 50 ms; limit {LIMIT_TASK_MS} ms)")
    print(f"longest task, still      {still:7.0f} ms  ({still_long} over 50 ms; reference, nothing moved)")


if __name__ == "__main__":
    main()
