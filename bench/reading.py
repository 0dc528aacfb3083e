"""Article bodies from saved news pages, beside trafilatura alone in the same run: 4-gram F1, pages per second.

Pages and bodies: ``../shared/data/reading``, from scrapinghub/article-extraction-benchmark, whose measure this is:
shingles of four words, true and false positives and negatives per page, precision and recall averaged over the
pages, F1 of the averages. ``trafilatura alone`` is ``bare_extraction`` with metadata and without comments, as a reader
of documents would call it. The bodies have no captions and Garrison keeps them, so it is shown with and without.
Dates and titles have no truth there. The day is compared with the one in the page's address, where there is one; and
``reading_facts.csv`` has the headline and the day of every third page and some more, read off the pages by hand. Titles
are compared but for the shape of quotation marks and dashes, and spaces.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from garrison.reading import read_bytes
from garrison.reading.dates import day_in_url
from garrison.vocabulary import Document

ROOT = Path(__file__).parents[1].parent / "shared" / "data" / "reading"
FACTS = Path(__file__).parent / "reading_facts.csv"
SPEED_TARGET = 0.7
_WORD = re.compile(r"\w+")
_RUNS = 3
_SIGNS = str.maketrans("‘’“”–—", "''\"\"--")

Counts = tuple[int, int, int]


def truth(root: Path = ROOT) -> dict[str, dict[str, str]]:
    """The bodies and addresses by page."""
    found: dict[str, dict[str, str]] = json.loads((root / "ground-truth.json").read_text(encoding="utf-8"))
    return found


def pages(root: Path = ROOT) -> dict[str, bytes]:
    """The saved pages by name."""
    return {name: gzip.decompress((root / "html" / f"{name}.html.gz").read_bytes()) for name in truth(root)}


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """The runs of ``size`` words in ``text``; all its words as one where it is shorter."""
    words = _WORD.findall(text)
    runs = (tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))
    return Counter(run for run in runs if run)


def counts(body: str, found: str) -> Counts:
    """True positives, false positives and false negatives of a page."""
    true, read = shingles(body), shingles(found)
    return (true & read).total(), (read - true).total(), (true - read).total()


def scores(rows: Sequence[Counts]) -> tuple[float, float, float]:
    """Precision, recall and F1 as the benchmark averages them."""
    precision = statistics.mean(tp / (tp + fp) for tp, fp, _ in rows if tp + fp)
    recall = statistics.mean(tp / (tp + fn) for tp, _, fn in rows if tp + fn)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def scored(bodies: Mapping[str, str], root: Path = ROOT) -> tuple[float, float, float]:
    """Precision, recall and F1 of ``bodies`` by page."""
    return scores([counts(row["articleBody"], bodies[name]) for name, row in truth(root).items()])


def whole_text(document: Document) -> str:
    """A document's text, captions and all."""
    return document.text


def without_captions(document: Document) -> str:
    """A document's text without its captions."""
    text = document.text
    for span in reversed(document.captions):
        text = text[: span.start] + text[span.end :]
    return text


def ours(data: bytes) -> Document:
    """The page as Garrison reads it; an empty document where it fails."""
    (found,) = read_bytes(data, name="page.html")
    return found if isinstance(found, Document) else Document(text="")


def theirs(data: bytes) -> Document:
    """The page as trafilatura alone reads it."""
    from trafilatura import bare_extraction

    found = bare_extraction(data, with_metadata=True, include_comments=False)
    if found is None or isinstance(found, dict):
        return Document(text="")
    return Document(text=found.text or "", title=found.title, published=found.date)


def best_seconds(held: Mapping[str, bytes]) -> dict[str, float]:
    """Seconds of processor time to read all pages, for each reader in turn, the best of a few rounds.

    Processor time, since other work on the machine would fall on one reader more than on the other.
    """
    best: dict[str, float] = {}
    for _ in range(_RUNS):
        for name, reader in READERS.items():
            start = time.process_time()
            for data in held.values():
                reader(data)
            taken = time.process_time() - start
            best[name] = min(taken, best.get(name, taken))
    return best


def days(read: Mapping[str, Document], root: Path = ROOT) -> tuple[int, int]:
    """How many documents bear the day in their address, of how many that have one."""
    stated = {name: day for name, row in truth(root).items() if (day := day_in_url(row["url"]))}
    return sum(read[name].published == day for name, day in stated.items()), len(stated)


def facts() -> dict[str, tuple[str, str]]:
    """Headline and day by page, of the pages that a person has looked at."""
    with FACTS.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["page"]: (row["title"], row["day"]) for row in rows}


def right(read: Mapping[str, Document]) -> tuple[float, float]:
    """The shares of titles and of days that are right."""
    known = facts()
    titles = [_folded(read[name].title or "") == _folded(title) for name, (title, _) in known.items()]
    stated = [read[name].published == day for name, (_, day) in known.items() if day]
    return statistics.mean(titles), statistics.mean(stated)


def _folded(title: str) -> str:
    return " ".join(title.translate(_SIGNS).split())


def main() -> None:
    if not (ROOT / "ground-truth.json").exists():
        sys.exit(f"{ROOT} is not there: the pages are not part of the repository")
    held = pages()
    read = {name: {page: reader(data) for page, data in held.items()} for name, reader in READERS.items()}
    seconds = best_seconds(held)
    rows: dict[str, tuple[str, Callable[[Document], str]]] = {
        "trafilatura alone": ("trafilatura alone", whole_text),
        "garrison": ("garrison", whole_text),
        "garrison, captions aside": ("garrison", without_captions),
    }
    print(f"{'':<25} precision  recall      F1  day in address  titles   days  pages/s of processor time")
    for row, (name, text) in rows.items():
        precision, recall, f1 = scored({page: text(document) for page, document in read[name].items()})
        same, stated = days(read[name])
        titles, shown = right(read[name])
        speed = len(held) / seconds[name]
        day = f"{same}/{stated}"
        print(f"{row:<25} {precision:9.3f} {recall:7.3f} {f1:7.4f} {day:>15} {titles:7.3f} {shown:6.3f} {speed:8.1f}")
    ratio = seconds["trafilatura alone"] / seconds["garrison"]
    print(f"titles and days: of {len(facts())} pages, read off them by hand")
    print(f"speed: {ratio:.2f} of trafilatura alone (target {SPEED_TARGET}); {len(held)} pages")


READERS: Mapping[str, Callable[[bytes], Document]] = {"trafilatura alone": theirs, "garrison": ours}

if __name__ == "__main__":
    main()
