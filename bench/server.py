"""The server under eight readers at once on a large ledger, beside its own plainest answer and a plain query.

    python bench/server.py [--claims 100000] [--rows 10000] [--readers 8] [--keep FILE]

Makes a ledger of generated claims (as ``bench/posture.py`` does), serves it in a process of its own, and has readers
ask over HTTP for the world, for countries (each of the places once before any again) and for claims newest first, every
reader another question at a time. Printed are the median and the 95th percentile in milliseconds of each, asked for the
first time since the ledger changed (``first``) and asked again (``again``), beside ``/api/v1/health``, which answers
without the ledger, under the same load, and SQLite's own GROUP BY over one country's claims. The server gets ready by
itself after its start: how long that takes is printed, with what some countries take that are asked for meanwhile
(``before all is ready``); the bars are held to what readers find then.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty, SimpleQueue

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench import posture

from garrison.naming.countries import countries

BARS_MS = {"world": 300.0, "country": 200.0, "search": 200.0}
WORDS = ("Russia", "tank", "personnel", "site+7", "France+has", "Mali")


def main() -> int:
    """Make, serve, ask, print; 1 if a bar is missed on a full-size ledger."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000, help="the bars are held at 1000000 (takes minutes)")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--keep", type=Path, help="make the ledger here, or take the one that lies here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.keep or Path(folder) / "large.db"
        if not path.exists():
            started = time.perf_counter()
            posture.generate(path, asked.claims, asked.rows, asked.places)
            took = time.perf_counter() - started
            size = path.stat().st_size / 1e6
            print(f"{asked.claims:,} claims in {asked.rows:,} rows: {size:,.0f} MB in {took:.0f} s")
        served = subprocess.Popen(
            [sys.executable, "-m", "garrison", "serve", "--ledger", str(path), "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "GARRISON_TOKEN": ""},
        )
        try:
            line = served.stdout.readline() if served.stdout else ""
            address = line.split()[-1].rstrip("/") if line.strip() else ""
            if not address:
                raise SystemExit("garrison serve did not start")
            missed = measured(address, path, asked.places, asked.readers)
        finally:
            served.terminate()
            served.wait()
    full = asked.claims >= 1_000_000 or asked.keep is not None
    return int(full and missed)


def measured(address: str, path: Path, places: int, readers: int) -> bool:
    """Ask for everything, first and again, and print; whether a bar was missed."""
    codes = [country.iso3 for country in countries()[:places]]
    chance = random.Random(7)
    questions = {
        "world": ["/api/v1/world"] * readers,
        "country": [f"/api/v1/countries/{code}" for code in codes],
        "search": [f"/api/v1/claims?{query}" for query in searches(codes, chance)],
    }
    time.sleep(1)
    with httpx.Client(base_url=address, timeout=600) as client:
        started = time.perf_counter()
        client.get("/api/v1/world").raise_for_status()
        print(f"the first world after the start: {(time.perf_counter() - started) * 1000:,.0f} ms, one reader")
        if not client.get("/api/v1/health").json()["ready"]:
            # From the end, as the largest are made first.
            some = questions["country"][-2 * readers :]
            report("country, before all is ready", asking(address, some, readers))
            while not client.get("/api/v1/health").json()["ready"]:
                time.sleep(0.5)
            print(f"all made ready {time.perf_counter() - started:,.0f} s after the start")
    plain = asking(address, ["/api/v1/health"] * 400, readers)
    report("GET /api/v1/health", plain)
    missed = False
    for name, paths in questions.items():
        first = asking(address, paths, readers)
        again = asking(address, paths * max(1, 400 // len(paths)), readers)
        report(f"{name}, first", first)
        report(f"{name}, again", again)
        missed |= posture.percentile(first, 95) > BARS_MS[name]
    mixed = [each for paths in questions.values() for each in paths]
    chance.shuffle(mixed)
    report("all three, mixed, again", asking(address, mixed, readers))
    driver = sqlite3.connect(path)
    report(
        "sqlite3 GROUP BY, one country", [posture.timed(partial(posture.aggregate, driver, code))[0] for code in codes]
    )
    driver.close()
    bars = ", ".join(f"{name} {bar:.0f}" for name, bar in BARS_MS.items())
    print(f"bars: p95 in ms with {readers} readers on 1,000,000 claims: {bars}")
    return missed


def searches(codes: list[str], chance: random.Random) -> Iterable[str]:
    """Searches of every sort: all claims, by words, by actor, by place and class, by outlet, by time, the next page."""
    for number in range(60):
        code, other = chance.sample(codes, 2)
        yield (
            "limit=50",
            f"q={chance.choice(WORDS)}",
            f"actor={code}",
            f"place={code}&asset=tank",
            f"outlet=Outlet+{chance.randint(1, 300)}",
            f"since={2010 + number % 16}&until={2011 + number % 16}",
            f"q={chance.choice(WORDS)}&actor={code}",
            f"kind=deploy&place={other}",
            f"checked=false&limit={20 + number}",
        )[number % 9]


def asking(address: str, paths: Iterable[str], readers: int) -> list[float]:
    """Milliseconds that each of ``paths`` took when ``readers`` ask for them at once, each one after the other.

    Readers have the machine's processors in common with the server, so they do as little as they can: they are
    connected before any asks, and leave the answers compressed.
    """
    waiting: SimpleQueue[str] = SimpleQueue()
    for path in paths:
        waiting.put(path)
    taken: list[float] = []
    failed: list[str] = []
    connected = threading.Barrier(readers)

    def read() -> None:
        connection = HTTPConnection(address.removeprefix("http://"), timeout=600)
        connection.connect()
        connected.wait()
        with closing(connection):
            while True:
                try:
                    path = waiting.get_nowait()
                except Empty:
                    return
                started = time.perf_counter()
                connection.request("GET", path, headers={"accept-encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                taken.append((time.perf_counter() - started) * 1000)
                if answer.status != 200:
                    failed.append(f"{path}: {answer.status}")

    _together(read, readers)
    if failed:
        raise SystemExit(f"{len(failed)} answers failed, such as {failed[0]}")
    return taken


def _together(work: Callable[[], None], many: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(many)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def report(name: str, times: list[float]) -> None:
    print(
        f"{name:30} p50 {statistics.median(times):8.1f} ms  p95 {posture.percentile(times, 95):8.1f} ms  "
        f"max {max(times):8.1f} ms   ({len(times)} answers)"
    )


if __name__ == "__main__":
    sys.exit(main())
