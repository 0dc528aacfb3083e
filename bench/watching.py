"""The memory of watching: a feed of 100,000 entries, and thousands of pages read one after another.

Each is a process of its own on a local web. Megabytes of memory are printed as the work goes on: of a feed before and
after it is taken in, of a long run at each tenth of its pages, where a leak would be a slope. They are the process's
own; what it has mapped of files, which the system takes back when it needs it, is printed apart. The ledger's cache is
among the process's own and fills up to its 64 MB in the course of some thousands of pages.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench._web import web

SLOPE_MB = 40.0
"""Megabytes that the second half of a long run may add to the first."""
HOSTS = 20


def memory_mb() -> tuple[float, float]:
    """The megabytes in memory now: those that are the process's own, and those of files that it has mapped."""
    rows = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    kilobytes = {row[0]: int(row[1]) for row in rows if row[0] in ("RssAnon:", "RssFile:", "RssShmem:")}
    return kilobytes["RssAnon:"] / 1024, (kilobytes["RssFile:"] + kilobytes["RssShmem:"]) / 1024


def work(port: int, listings: list[str], *, read: bool, every: int) -> list[tuple[int, float, float]]:
    """Pages taken and megabytes, as one gathering goes on."""
    from garrison.extraction.registry import extractor_named
    from garrison.gathering.guard import Guard, TestServer
    from garrison.gathering.manners import Manners
    from garrison.ledger import Ledger
    from garrison.pipeline.fetching import gathering

    manners = Manners("Garrison/bench", delay_s=0.0, guard=Guard((TestServer("*.test", "127.0.0.1", port),)))
    found = [(0, *memory_mb())]
    taken = 0

    def step(_: object) -> None:
        nonlocal taken
        taken += 1
        if taken % every == 0:
            found.append((taken, *memory_mb()))

    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder, "ledger.db")) as ledger:
        with gathering(ledger, manners, extractor_named("grammar")) as fetching:
            ids = fetching.sources(listings)
            found.append((0, *memory_mb()))
            if read:
                fetching.progress = step
                fetching.pages(ids)
        print(f"  {fetching.listed:,} addresses listed, {fetching.intake.new:,} documents", file=sys.stderr)
    return found


def in_a_process(*words: str) -> list[tuple[int, float, float]]:
    ended = subprocess.run([sys.executable, __file__, *words], check=True, stdout=subprocess.PIPE, text=True)
    found: list[tuple[int, float, float]] = json.loads(ended.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000, help="entries of the long feed")
    parser.add_argument("--pages", type=int, default=4000, help="pages of the long run")
    parser.add_argument("--child", nargs=4, metavar=("PORT", "LISTINGS", "READ", "EVERY"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        port, hosts, read, every = map(int, given.child)
        listings = [f"http://h{host}.test/feed" for host in range(hosts)]
        print(json.dumps(work(port, listings, read=bool(read), every=every)))
        return
    with web(given.entries) as port:
        (_, before, _), (_, after, _) = in_a_process("--child", str(port), "1", "0", "1")
    print(f"a feed of {given.entries:,} entries: {before:.0f} MB before, {after:.0f} MB after")
    per_host = given.pages // HOSTS
    with web(per_host) as port:
        found = in_a_process("--child", str(port), str(HOSTS), "1", str(max(1, given.pages // 10)))[2:]
    print(f"{given.pages:,} pages of {HOSTS} hosts: " + ", ".join(f"{taken:,}: {mb:.0f} MB" for taken, mb, _ in found))
    print(f"  of files mapped: {found[0][2]:.0f} MB at first, {found[-1][2]:.0f} MB at last")
    middle, last = found[len(found) // 2][1], found[-1][1]
    print(f"  the second half adds {last - middle:.0f} MB (at most {SLOPE_MB:.0f} wanted)")
    sys.exit(0 if last - middle <= SLOPE_MB else 1)


if __name__ == "__main__":
    main()
