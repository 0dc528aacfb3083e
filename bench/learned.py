"""The learned extractor beside the bare encoder: rate, first passage, memory, silence, and confidence against right.

Passages are the annotated development ones of ``../shared`` where they are there, else written ones of this repository.
The bare encoder is the same ONNX graph over the same tokens, one passage a run, without candidates, heads or decoding.
Silence is measured on the saved news pages of ``../shared``, with every claim printed by ``--claims``: most of these
pages have no military subject, and the claims on them show by themselves which of them do.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from garrison.extraction.learned import LearnedExtractor
from garrison.extraction.learned.encoder import model, tokenizer
from garrison.extraction.learned.passage import passage_of
from garrison.extraction.learned.tokens import tokens_of
from garrison.vocabulary import Document
from garrison.vocabulary.guide_form import as_mapping

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
BINS = 5
COLD = """
import time
start = time.perf_counter()
from garrison.extraction.learned import LearnedExtractor
from garrison.vocabulary import Document
found = LearnedExtractor().claims(Document("About 7,000 Russian troops are stationed in Tajikistan."))
print(f"{time.perf_counter() - start:.2f} {len(found)}")
"""


def _rows() -> list[dict[str, Any]]:
    path = SHARED / "gold/dev.jsonl"
    if not path.exists():
        path = ROOT / "training/passages/written.jsonl"
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rates(documents: list[Document], runs: int) -> None:
    """Prints passages a second, of the extractor and of the bare encoder, in runs of either in turn: of CPU time, which
    all cores spend together, and by the clock, which tells nothing where other programs run."""
    reader, known = LearnedExtractor(), model()
    ids = [passage_of(document, tokens_of(document, tokenizer())).ids for document in documents]
    for document in documents[:10]:
        reader.claims(document)
    count = len(documents)
    ratios: dict[str, list[float]] = {"of CPU time": [], "by the clock": []}
    for _ in range(runs):
        mine = _spent(lambda: [reader.claims(document) for document in documents])
        bare = _spent(lambda: [known.vectors(each) for each in ids])
        for (sort, found), ours, theirs in zip(ratios.items(), mine, bare, strict=True):
            found.append(theirs / ours)
            rates_ = f"{count / ours:.1f} a second, bare encoder {count / theirs:.1f}, ratio {theirs / ours:.2f}"
            print(f"{count} passages {sort}: {rates_}")
    for sort, found in ratios.items():
        print(f"median ratio of {runs} runs {sort}: {statistics.median(found):.2f}")


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """The seconds that ``work`` takes, of CPU time and by the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock


def first_passage(runs: int) -> None:
    """Prints the seconds from a fresh interpreter's first import to the first claim, beside importing numpy alone.

    Modules are compiled beforehand, as an installer does it.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        installed = plain | {"PYTHONPYCACHEPREFIX": folder}
        _first(installed)
        took = statistics.median(_first(installed) for _ in range(runs))
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import numpy"], check=True, env=installed)
        alone = time.perf_counter() - start
    print(
        f"first passage, cold, median of {runs}: {took:.2f} s, "
        f"beside {alone:.2f} s for an interpreter that imports numpy"
    )


def _first(environment: dict[str, str]) -> float:
    command = [sys.executable, "-c", COLD]
    took, found = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split()
    if found != "1":
        raise SystemExit(f"the first passage has one claim, and {found} were read")
    return float(took)


def _scorer() -> ModuleType | None:
    path = SHARED / "gold/score.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def reliability(rows: list[dict[str, Any]], documents: list[Document]) -> None:
    """Prints how often claims are read right (found, by the annotators' scorer) in bins of equal mass by confidence."""
    score = _scorer()
    if score is None:
        print("reliability: skipped, as the annotators' scorer is not there")
        return
    reader = LearnedExtractor()
    said, right = [], []
    for row, document in zip(rows, documents, strict=True):
        found = [as_mapping(claim) for claim in reader.claims(document)]
        paired = {id(mine) for _, mine in score.pair(row["claims"], found)[0]}
        said += [claim["confidence"] for claim in found]
        right += [id(claim) in paired for claim in found]
    order = np.argsort(said, kind="stable")
    parts = [(np.asarray(said)[part], np.asarray(right)[part]) for part in np.array_split(order, BINS) if len(part)]
    for confidence, good in parts:
        print(f"  said {confidence.mean():.2f}  was {good.mean():.2f}  ({len(good)} claims)")
    error = sum(len(good) * abs(confidence.mean() - good.mean()) for confidence, good in parts) / len(said)
    print(f"expected calibration error {error:.3f}")


def silence(show: bool) -> None:
    """Prints how many claims are read on saved news pages."""
    path = SHARED / "data/reading/ground-truth.json"
    if not path.exists():
        print("silence: skipped, as the saved pages are not there")
        return
    reader, claims, speaking = LearnedExtractor(), 0, 0
    pages = json.loads(path.read_text(encoding="utf-8"))
    for name, page in pages.items():
        found = reader.claims(Document(page["articleBody"]))
        claims += len(found)
        speaking += bool(found)
        if show:
            for claim in found:
                print(f"  {name[:8]} {claim.confidence:.2f} {claim.kind} {claim.asset}: {claim.quote}")
    print(f"silence: {claims} claims on {speaking} of {len(pages)} pages, {20 * claims / len(pages):.2f} on 20 pages")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", action="store_true", help="print the claims on the saved pages")
    parser.add_argument("--runs", type=int, default=3, help="runs of the timed parts")
    args = parser.parse_args()
    rows = _rows()
    documents = [Document(row["text"], row.get("title"), row.get("published"), row.get("outlet")) for row in rows]
    rates(documents, args.runs)
    first_passage(args.runs)
    reliability(rows, documents)
    silence(args.claims)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
