"""``kill -9`` at random moments of ``watch`` and of reading a folder: afterwards nothing is lost and nothing doubled.

What an undisturbed run leaves in its ledger is what a run killed again and again must leave, with every claim proven by
the archive. Two processes that read into one ledger at once must leave it too.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench._web import page, web

HOSTS = 8
COMMAND = [sys.executable, "-m", "garrison"]
QUERIES = (
    "SELECT id, redacted_at FROM document ORDER BY id",
    "SELECT document.id, version.sha256 FROM version JOIN document ON document.pk = document_pk ORDER BY 1, 2",
    "SELECT claim.id, quote, low, high FROM claim ORDER BY id",
    "SELECT key, claims FROM row ORDER BY key",
    "SELECT id, due_at IS NULL, checked_at IS NULL FROM page ORDER BY id",
)


def contents(ledger: Path) -> list[list[tuple[object, ...]]]:
    """What is in a ledger, without the times."""
    with sqlite3.connect(ledger) as driver:
        return [driver.execute(query).fetchall() for query in QUERIES]


def run(ledger: Path, *args: str, port: int, wait_s: float | None = None) -> int:
    """Run a command on ``ledger``, killed after ``wait_s`` seconds if it has not ended; its exit status."""
    with started(ledger, *args, port=port) as process:
        try:
            return process.wait(wait_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return process.wait()


def started(ledger: Path, *args: str, port: int) -> subprocess.Popen[bytes]:
    setting = {"GARRISON_TEST_SERVERS": f"*.test=127.0.0.1:{port}", "GARRISON_LEDGER": str(ledger)}
    return subprocess.Popen([*COMMAND, *args], env={**os.environ, **setting}, stdout=subprocess.DEVNULL)


def killed(name: str, command: list[str], folder: Path, port: int, times: int, seed: int) -> bool:
    """Run ``command`` undisturbed and killed ``times`` times; whether both leave the same."""
    chance = random.Random(seed)
    clock = time.monotonic()
    control = folder / f"{name}-control" / "ledger.db"
    assert run(control, *command, port=port) == 0
    whole_s = time.monotonic() - clock
    expected, disturbed, kills = contents(control), folder / f"{name}-0" / "ledger.db", 0
    fresh, same = 0, True
    while kills < times:
        # Often in the time that the work itself takes, and across many runs, each of which begins anew when done.
        if run(disturbed, *command, port=port, wait_s=chance.uniform(0.1, whole_s)) == -signal.SIGKILL:
            kills += 1
            continue
        same = same and finished(name, disturbed, expected, port)
        fresh += 1
        disturbed = folder / f"{name}-{fresh}" / "ledger.db"
    assert run(disturbed, *command, port=port) == 0
    same = same and finished(name, disturbed, expected, port)
    documents, claims = len(expected[0]), len(expected[2])
    print(
        f"{name}: killed {kills} times over {fresh + 1} ledgers of {documents} documents and {claims} claims: ", end=""
    )
    print("nothing lost, nothing doubled" if same else "NOT THE SAME")
    return same


def finished(name: str, ledger: Path, expected: list[list[tuple[object, ...]]], port: int) -> bool:
    """Whether ``ledger`` holds what is expected, and the archive proves its claims."""
    found = contents(ledger)
    for query, one, other in zip(QUERIES, expected, found, strict=True):
        if one != other:
            print(f"  {ledger}: {len(other)} rows instead of {len(one)}, or others: {query}", file=sys.stderr)
    proven = name == "folder" or run(ledger, "archive", "verify", port=port) == 0
    return found == expected and proven


def together(command: list[str], folder: Path, port: int) -> bool:
    """Run ``command`` in two processes on one ledger at once; whether they leave what one leaves."""
    control, shared = folder / "one" / "ledger.db", folder / "two" / "ledger.db"
    assert run(control, *command, port=port) == 0
    both = [started(shared, *command, port=port) for _ in range(2)]
    ended = [process.wait() for process in both]
    same = contents(control) == contents(shared)
    print(f"two processes at once, ended with {ended}: {'nothing lost, nothing doubled' if same else 'NOT THE SAME'}")
    return same and ended == [0, 0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="kills of each sort")
    parser.add_argument("--pages", type=int, default=12, help="pages of each host")
    parser.add_argument("--seed", type=int, default=1)
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
        watch = ["watch", str(feeds), "--once", "--delay", "0"]
        kept = [
            killed("watch", watch, folder, port, given.times, given.seed),
            killed("folder", ["read", str(pages)], folder, port, given.times, given.seed),
            together(watch, folder / "at once", port),
        ]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
