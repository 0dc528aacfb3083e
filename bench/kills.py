"""``kill -9`` at random moments of ``watch`` and of reading a folder: afterwards nothing is lost and nothing doubled.

What an undisturbed run leaves in its ledger is what a run killed again and again must leave, with every claim proven by
the archive; and what stands in the ledger after each kill must be whole, and part of that. Two processes that read into
one ledger at once must leave the same, too.

A run is a process forked from this one, which has all of the program in memory, so that no kill falls into the start of
an interpreter. How many kills fell in the midst of the work is printed. The grammar reads, since it is quick;
``--extractor learned`` takes the default, which writes the same way.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, redirect_stdout
from multiprocessing.context import ForkProcess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench._web import page, web

from garrison.cli.main import main
from garrison.extraction.registry import extractor_named
from garrison.ledger import Ledger
from garrison.pipeline.archive import PROVEN, verify
from garrison.pipeline.intake import read

HOSTS = 8
QUERIES = (
    "SELECT id, redacted_at FROM document ORDER BY id",
    "SELECT document.id, version.sha256 FROM version JOIN document ON document.pk = document_pk ORDER BY 1, 2",
    "SELECT claim.id, quote, low, high FROM claim ORDER BY id",
    "SELECT key, claims FROM row ORDER BY key",
    "SELECT id, due_at IS NULL, checked_at IS NULL FROM page ORDER BY id",
)


def contents(ledger: Path) -> list[list[tuple[object, ...]]]:
    """What is in a ledger, without the times."""
    with closing(sqlite3.connect(ledger)) as driver:
        return [driver.execute(query).fetchall() for query in QUERIES]


def run(ledger: Path, *args: str, port: int, wait_s: float | None = None) -> int:
    """Run a command on ``ledger``, killed after ``wait_s`` seconds if it has not ended; its exit status."""
    process = started(ledger, *args, port=port)
    process.join(wait_s)
    if process.exitcode is None:
        process.kill()
    return ended(process)


def started(ledger: Path, *args: str, port: int) -> ForkProcess:
    """A process of its own that runs a command on ``ledger``."""
    process = multiprocessing.get_context("fork").Process(target=commanded, args=(ledger, args, port))
    process.start()
    return process


def ended(process: ForkProcess) -> int:
    """The exit status of a process that ends; minus the signal if one ended it."""
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def commanded(ledger: Path, args: Sequence[str], port: int) -> None:
    """Run a command as the command line does; what it prints of its success is not shown."""
    os.environ |= {"GARRISON_TEST_SERVERS": f"*.test=127.0.0.1:{port}", "GARRISON_LEDGER": str(ledger)}
    sys.argv = ["garrison", *args]
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        main()


def warm(pages: Path, scratch: Path) -> None:
    """Have in memory what the processes forked from here would each load anew: modules, and tables of words."""
    for name in ("cli.watch", "cli.read", "gathering.manners", "pipeline.watching", "pipeline.fetching"):
        importlib.import_module(f"garrison.{name}")
    with Ledger.open(scratch) as ledger:
        read(ledger, [str(min(pages.iterdir()))], extractor=extractor_named("grammar"))


def killed(name: str, command: list[str], folder: Path, port: int, times: int, seed: int) -> bool:
    """Run ``command`` undisturbed and killed ``times`` times; whether both leave the same."""
    chance = random.Random(seed)
    control = folder / f"{name}-control" / "ledger.db"
    clock = time.monotonic()
    assert run(control, *command, port=port) == 0
    whole_s = time.monotonic() - clock
    expected = contents(control)
    again = run(control, *command, port=port) == 0 and contents(control) == expected
    ledgers, midway, same = [folder / f"{name}-1" / "ledger.db"], 0, again
    kills = 0
    while kills < times:
        # Often in the time that the work itself takes, and across many runs, each of which begins anew when done.
        if run(ledgers[-1], *command, port=port, wait_s=chance.uniform(0.0, whole_s)) == -signal.SIGKILL:
            kills += 1
            whole, documents = standing(ledgers[-1], expected, folder / "copy.db")
            same, midway = same and whole, midway + (0 < documents < len(expected[0]))
            if kills % 10 == 0:
                print(f"  {name}: {kills} kills, {midway} of them midway", file=sys.stderr, flush=True)
            continue
        same = same and left(ledgers[-1], expected)
        ledgers.append(folder / f"{name}-{len(ledgers) + 1}" / "ledger.db")
    assert run(ledgers[-1], *command, port=port) == 0
    same = same and left(ledgers[-1], expected)
    same = all(proven(ledger, archived=name == "watch") for ledger in (control, *ledgers)) and same
    documents, claims = len(expected[0]), len(expected[2])
    print(
        f"{name}: killed {kills} times over {len(ledgers)} ledgers of {documents} documents and {claims} claims, "
        f"{midway} times with some of them written and some not: "
        f"{'nothing lost, nothing doubled' if same else 'NOT THE SAME'}",
        flush=True,
    )
    return same


def standing(ledger: Path, expected: list[list[tuple[object, ...]]], copy: Path) -> tuple[bool, int]:
    """Whether what a killed run left is whole and part of what is expected, and how many documents that is.

    It is looked at in a copy, since opening the ledger itself would mend what the next run is to mend.
    """
    for end in ("", "-wal"):
        source = ledger.with_name(ledger.name + end)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + end))
        else:
            copy.with_name(copy.name + end).unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(copy)) as driver:
            whole = driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if not driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'document'").fetchall():
                return whole, 0
            held = [driver.execute(query).fetchall() for query in QUERIES[:3]]
    finally:
        copy.with_name(copy.name + "-shm").unlink(missing_ok=True)
    parts = [not Counter(some) - Counter(everything) for some, everything in zip(held, expected, strict=False)]
    if not whole or not all(parts):
        print(f"  {ledger}: not whole, or with what no undisturbed run leaves, after a kill", file=sys.stderr)
    return whole and all(parts), len(held[0])


def left(ledger: Path, expected: list[list[tuple[object, ...]]]) -> bool:
    """Whether ``ledger`` holds what is expected."""
    found = contents(ledger)
    for query, one, other in zip(QUERIES, expected, found, strict=True):
        if one != other:
            print(f"  {ledger}: {len(other)} rows instead of {len(one)}, or others: {query}", file=sys.stderr)
    return found == expected


def proven(ledger: Path, *, archived: bool) -> bool:
    """Whether the archive proves every claim of ``ledger``, where its pages are ``archived``."""
    with Ledger.open(ledger) as opened:
        unproven = [found for found in verify(opened) if (found.proof in PROVEN) is not archived]
    for found in unproven:
        print(f"  {ledger}: claim {found.claim} {found.proof.value} {found.reason or ''}", file=sys.stderr)
    return not unproven


def together(command: list[str], folder: Path, port: int) -> bool:
    """Run ``command`` in two processes on one ledger at once; whether they leave what one leaves."""
    control, shared = folder / "one" / "ledger.db", folder / "two" / "ledger.db"
    assert run(control, *command, port=port) == 0
    both = [started(shared, *command, port=port) for _ in range(2)]
    ends = [ended(process) for process in both]
    same = contents(control) == contents(shared)
    print(f"two processes at once, ended with {ends}: {'nothing lost, nothing doubled' if same else 'NOT THE SAME'}")
    return same and ends == [0, 0]


def measure() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="kills of each sort")
    parser.add_argument("--pages", type=int, default=6, help="pages of each host")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--extractor", default="grammar")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, web(given.pages) as port:
        folder = Path(name)
        feeds = folder / "feeds.opml"
        outlines = "".join(f'<outline xmlUrl="http://h{n}.test/feed"/>' for n in range(HOSTS))
        feeds.write_text(f"<opml><body>{outlines}</body></opml>")
        pages = folder / "pages"
        pages.mkdir()
        for host in range(HOSTS):
            for number in range(given.pages):
                (pages / f"{host}-{number}.html").write_bytes(page(host, number))
        warm(pages, folder / "warm.db")
        watch = ["watch", str(feeds), "--once", "--delay", "0", "--extractor", given.extractor]
        reading = ["read", str(pages), "--extractor", given.extractor]
        kept = [
            killed("watch", watch, folder, port, given.times, given.seed),
            killed("folder", reading, folder, port, given.times, given.seed),
            together(watch, folder / "at once", port),
        ]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    measure()
