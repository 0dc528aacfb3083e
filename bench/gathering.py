"""Gathering from a local web of 200 hosts: the rate that each host sees, and pages per second beside plain httpx.

The rate is measured by the server, in a process of its own. With limits lifted, pages are fetched, checked and archived
(everything up to reading) beside plain httpx, which keeps nothing, in turns on the same server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
import urllib.request
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench._web import web

from garrison.gathering.archive import Archive
from garrison.gathering.exchange import Fetched, Wanted
from garrison.gathering.gatherer import Gatherer
from garrison.gathering.guard import Guard, TestServer
from garrison.gathering.manners import Manners

TARGET = 0.5


def urls(hosts: int, pages: int) -> list[str]:
    """The addresses, one host after another for each page."""
    return [f"http://h{host}.test/{page}" for page in range(pages) for host in range(hosts)]


def manners(port: int, delay_s: float, *, robots: bool, at_once: int = 16) -> Manners:
    guard = Guard((TestServer("*.test", "127.0.0.1", port),))
    return Manners("Garrison/bench", delay_s=delay_s, robots=robots, at_once=at_once, guard=guard)


def times(port: int) -> dict[str, list[float]]:
    """When each host was asked, by the server's clock."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Host": "times.test"})
    with urllib.request.urlopen(asked) as answer:
        found: dict[str, list[float]] = json.load(answer)
    return found


def rate(hosts: int, pages: int, delay_s: float) -> bool:
    """Print the gaps between requests as the server saw them; whether none was shorter than allowed."""
    with web(pages) as port:
        with Gatherer(manners(port, delay_s, robots=True, at_once=64)) as gatherer:
            came = sum(isinstance(each, Fetched) for each in gatherer.fetch(map(Wanted, urls(hosts, pages))))
        gaps = [later - sooner for asked in times(port).values() for sooner, later in pairwise(asked)]
    shortest, middle, longest = min(gaps), statistics.median(gaps), max(gaps)
    print(
        f"{came:,} pages and {hosts} robots.txt of {hosts} hosts, {delay_s:g} s allowed between requests to one host:"
    )
    print(f"  gaps seen by the server: shortest {shortest:.3f} s, median {middle:.3f} s, longest {longest:.3f} s")
    # A request is timed where it leaves; it arrives within a few milliseconds, sooner or later than the one before.
    return came == hosts * pages and shortest >= delay_s - 0.02


def ours(port: int, wanted: list[str]) -> float:
    """Pages per second, fetched politely but without delay, and archived."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.beside(Path(folder, "ledger.db"), "Garrison/bench")
        with Gatherer(manners(port, 0.0, robots=False)) as gatherer:
            list(gatherer.fetch([Wanted(wanted[0])]))
            started = time.perf_counter()
            for outcome in gatherer.fetch(map(Wanted, wanted)):
                assert isinstance(outcome, Fetched), outcome
                archive.keep(outcome)
            return len(wanted) / (time.perf_counter() - started)


def plain(port: int, wanted: list[str]) -> float:
    """Pages per second with httpx alone, as many at once."""
    import httpx

    async def fetch() -> float:
        limits = httpx.Limits(max_connections=32, max_keepalive_connections=16)
        gate = asyncio.Semaphore(16)
        async with httpx.AsyncClient(http2=True, limits=limits, trust_env=False) as client:

            async def one(url: str) -> None:
                host, _, path = url.removeprefix("http://").partition("/")
                async with gate:
                    answer = await client.get(f"http://127.0.0.1:{port}/{path}", headers={"Host": host})
                    assert answer.status_code == 200

            await one(wanted[0])
            started = time.perf_counter()
            await asyncio.gather(*map(one, wanted))
            return len(wanted) / (time.perf_counter() - started)

    return asyncio.run(fetch())


def speed(hosts: int, pages: int, rounds: int) -> bool:
    """Print pages per second beside plain httpx; whether the share is reached."""
    wanted = urls(hosts, pages)
    with web(pages) as port:
        figures = [(ours(port, wanted), plain(port, wanted)) for _ in range(rounds)]
    shares = [mine / theirs for mine, theirs in figures]
    mine, theirs = (statistics.median(each) for each in zip(*figures, strict=True))
    share = statistics.median(shares)
    print(f"{len(wanted):,} pages of {hosts} hosts, limits lifted, median of {rounds} rounds:")
    print(f"  fetched, checked and archived {mine:,.0f} pages/s; plain httpx, keeping nothing {theirs:,.0f} pages/s")
    print(f"  share {share:.2f} (at least {TARGET} wanted)")
    return share >= TARGET


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--pages", type=int, default=4, help="pages of each host")
    parser.add_argument("--delay", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    kept = [rate(given.hosts, given.pages, given.delay), speed(given.hosts, given.pages * 2, given.rounds)]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
