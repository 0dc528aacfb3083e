"""Accuracy on the annotated passages, by the annotators' own scorer: ``python bench/gold.py GOLD_FOLDER``.

GOLD_FOLDER holds ``score.py`` and ``dev.jsonl``, ``train.jsonl``, ``written.jsonl`` and ``seed.jsonl`` in the form of
the guide. Prints the scorer's figures for each set asked for, ``dev`` by corpus and the seed article unless told
otherwise.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from garrison.extraction.registry import DEFAULT, extractor_named
from garrison.vocabulary import Document
from garrison.vocabulary.guide_form import as_mapping


def predictions(gold: Path, extractor: str, out: Path) -> float:
    """Writes what ``extractor`` finds in the passages of ``gold`` to ``out``; returns the seconds that it took."""
    reader = extractor_named(extractor)
    seconds = 0.0
    with gold.open(encoding="utf-8") as passages, out.open("w", encoding="utf-8") as sink:
        for line in passages:
            row = json.loads(line)
            document = Document(row["text"], row.get("title"), row.get("published"), row.get("outlet"))
            start = time.perf_counter()
            claims = reader.claims(document)
            seconds += time.perf_counter() - start
            sink.write(json.dumps({"id": row["id"], "claims": [as_mapping(claim) for claim in claims]}) + "\n")
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--extractor", default=DEFAULT)
    parser.add_argument("--on", default="dev,seed", help="sets to score, separated by commas")
    parser.add_argument("--errors", type=int, default=0, help="print the first N errors")
    args = parser.parse_args()
    scorer = args.folder / "score.py"
    if not scorer.exists():
        print(f"skipped: {scorer} is not there; the annotated passages are needed to measure accuracy")
        return 0
    for name in args.on.split(","):
        gold = args.folder / f"{name}.jsonl"
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "predicted.jsonl"
            seconds = predictions(gold, args.extractor, out)
            characters = sum(len(json.loads(line)["text"]) for line in gold.open(encoding="utf-8"))
            print(f"\n{name} ({args.extractor}, {characters / seconds / 1e6:.2f} MB of text a second)", flush=True)
            command = [sys.executable, str(scorer), str(gold), str(out), "--errors", str(args.errors)]
            subprocess.run(command + (["--by", "corpus"] if name in {"dev", "train"} else []), check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
