"""Documents per second from HTML to recorded claims, beside trafilatura alone, and the memory of reading 10,000.

Seconds are of the processor, as all of these work in one thread and whatever else runs would distort the clock.
Pages: ``../shared/data/reading/html`` where it is there, else the HTML of ``examples/``. Each figure is of a fresh
process, start-up included in neither: what is timed runs inside it, after some pages to warm up, of which one has no
language and one no date stated, so that what guesses them is loaded on either side.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data" / "reading" / "html"
TARGET = 0.7
WARM_UP = 20
MANY = 10_000
MEMORY_LIMIT_MB = 500


def pages() -> list[Path]:
    """The saved pages."""
    return sorted(SHARED.glob("*.html.gz")) or sorted((ROOT / "examples").rglob("*.html"))


def page_bytes(page: Path) -> bytes:
    return gzip.decompress(page.read_bytes()) if page.suffix == ".gz" else page.read_bytes()


def trafilatura_text() -> float:
    """Seconds for trafilatura to extract the text of every page, as it does unless told otherwise."""
    import trafilatura

    held = [page_bytes(page) for page in pages()]
    for data in held[:WARM_UP]:
        trafilatura.extract(data)
    return timed(lambda: [trafilatura.extract(data) for data in held])


def trafilatura_documents() -> float:
    """Seconds for trafilatura to make a document of every page: text, title, date, site, as a ledger needs."""
    import trafilatura

    held = [page_bytes(page) for page in pages()]
    for data in held[:WARM_UP]:
        trafilatura.bare_extraction(data, with_metadata=True)
    return timed(lambda: [trafilatura.bare_extraction(data, with_metadata=True) for data in held])


def read_only() -> float:
    """Seconds to read every page as a document."""
    from garrison.pipeline.intake import read_file

    names = [str(page) for page in pages()]
    for name in names[:WARM_UP]:
        list(read_file(name))
    return timed(lambda: [list(read_file(name)) for name in names])


def recorded() -> float:
    """Seconds to read every page, extract its claims and record them in a new ledger."""
    import garrison

    names = [str(page) for page in pages()]
    with tempfile.TemporaryDirectory() as folder:
        with garrison.open(Path(folder, "warm.db")) as desk:
            desk.read(*names[:WARM_UP])
        with garrison.open(Path(folder, "bench.db")) as desk:
            return timed(lambda: desk.read(*names))


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


REFERENCES = {"trafilatura, text": trafilatura_text, "trafilatura, text and dates": trafilatura_documents}
OURS = {"garrison, read": read_only, "garrison, recorded": recorded}


def in_fresh_process(name: str) -> float:
    """The best of three runs, since other work on the machine only ever adds."""
    command = [sys.executable, __file__, name]
    return min(float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(3))


def memory_mb(number: int) -> tuple[float, float]:
    """The largest resident megabytes and the seconds of ``garrison read`` on ``number`` documents of JSON lines."""
    statements = (
        "Country number {n} hosts about {n} troops from Russia at its base, officials said on Thursday.",
        "The United States will send {n} soldiers to Poland by the end of the year, the ministry said.",
    )
    rest = "The talks went on for a third day, and nobody who left the hall would give a date for their end. "
    text = "\n".join([*statements, rest * 10, rest * 10])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "many.jsonl")
        with path.open("w") as lines:
            for n in range(number):
                row = {"text": text.replace("{n}", str(n)), "title": f"Report {n}", "published": "2021-07-08"}
                lines.write(json.dumps(row) + "\n")
        command = [sys.executable, "-m", "garrison", "read", str(path), "--ledger", str(Path(folder, "many.db"))]
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"garrison read ended with status {child.returncode}")
        per_mb = 2**20 if sys.platform == "darwin" else 2**10
        return usage.ru_maxrss / per_mb, time.perf_counter() - start


def main() -> None:
    if len(sys.argv) > 1:
        print((REFERENCES | OURS)[sys.argv[1]]())
        return
    number = len(pages())
    references = {name: in_fresh_process(name) for name in REFERENCES}
    for name, taken in references.items():
        print(f"{name:<28} {number / taken:6.1f} documents/s")
    for name in OURS:
        taken = in_fresh_process(name)
        ratios = ", ".join(f"{reference / taken:.2f} of {beside}" for beside, reference in references.items())
        print(f"{name:<28} {number / taken:6.1f} documents/s: {ratios}")
    print(f"{'target':<28} {'':6}             {TARGET:.2f} ({number} pages)")
    memory, taken = memory_mb(MANY)
    print(f"reading {MANY:,} documents: {memory:.0f} MB at most (limit {MEMORY_LIMIT_MB}), {taken:.0f} s")


if __name__ == "__main__":
    main()
