"""Fit the weights by which the grammar weighs its readings: ``python training/grammar.py GOLD_FOLDER``.

A logistic model with an L2 penalty over the marks of every draft; a draft is right where the annotators' scorer pairs
it with a gold claim of the same kind. Fitted on ``train.jsonl`` and the passages of ``training/``, which count by half
since they were written, and those made from frames, which count by a tenth; prints found and core F1 on five folds of
passages and writes ``weights.csv`` fitted on all of them. Deterministic.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from rich.progress import track

from alignment import Row
from corpus import FOLDS, is_plain, is_real, rows_of
from garrison.extraction.grammar.drafting import claims_kept
from garrison.extraction.grammar.extractor import drafts
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.weighing import BIAS
from garrison.vocabulary import Document
from garrison.vocabulary.guide_form import as_mapping
from rules import counted, weights_of

WEIGHTS = Path(__file__).parents[1] / "src/garrison/extraction/grammar/weights.csv"
HEADER = """\
# How much each mark of a reading speaks for its being a claim (log odds). Fitted by training/grammar.py on the
# project's training and written passages; do not edit by hand.
"""


def scorer_of(folder: Path) -> ModuleType:
    """The annotators' scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{folder / 'score.py'} is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def labelled(score: ModuleType, golds: list[Row], found: list[Reasoned]) -> list[float]:
    """Per draft how right it is: 0 where no gold claim pairs with it, 1 where the pair agrees in kind too."""
    mapped = [as_mapping(draft.claim) for draft in found]
    pairs, _, _ = score.pair(golds, mapped)
    right = {id(pred): 1.0 if gold["kind"] == pred["kind"] else 0.5 for gold, pred in pairs}
    return [right.get(id(row), 0.0) for row in mapped]


def fitted(rows: Sequence[Row]) -> dict[str, float]:
    """What the marks are worth, by the drafts of ``rows``."""
    drafts_, labels = zip(*(row["judged"] for row in rows), strict=True)
    return weights_of(drafts_, labels, [row["weight"] for row in rows])


def judged_rows(folder: Path, score: ModuleType) -> list[Row]:
    """The passages with their drafts, how right each is, and what they count."""
    rows = rows_of(folder.parent)
    for row, count in zip(track(rows, "reading"), counted(rows), strict=True):
        found = drafts(Document(row["text"], row.get("title"), row.get("published"), row.get("outlet")))
        row["judged"] = found, labelled(score, row["claims"], found)
        row["part"] = "train" if is_real(row) else "plain" if is_plain(row) else "written"
        row["weight"] = count
    return rows


def weighed(found: list[Reasoned], weights: dict[str, float]) -> list[Reasoned]:
    """The drafts with their confidence under ``weights``."""
    out = []
    for draft in found:
        total = weights[BIAS] + sum(weights.get(mark, 0.0) for mark in sorted(draft.marks))
        out.append(replace(draft, claim=replace(draft.claim, confidence=float(1 / (1 + np.exp(-total))))))
    return out


def main() -> None:
    """Prints the figures on folds and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dry", action="store_true", help="print the folds' figures only")
    args = parser.parse_args()
    score = scorer_of(args.folder)
    rows = judged_rows(args.folder, score)
    random.Random(0).shuffle(rows)
    thresholds = (0.35, 0.4, 0.45, 0.5, 0.55)
    totals = {(t, part): Counter[Any]() for t in thresholds for part in ("train", "written", "plain")}
    for fold in range(FOLDS):
        held = [row for i, row in enumerate(rows) if i % FOLDS == fold]
        rest = [row for i, row in enumerate(rows) if i % FOLDS != fold]
        weights = fitted(rest)
        for row in held:
            found = weighed(row["judged"][0], weights)
            for t in thresholds:
                kept = claims_kept([d for d in found if (d.claim.confidence or 0) >= t])
                claims = [as_mapping(d.claim) for d in kept]
                counts, _ = score.tally({row["id"]: row}, {row["id"]: {"claims": claims}}, [row["id"]])
                totals[t, row["part"]].update(counts)
    for (t, part), counts in totals.items():
        s = score.summary(counts)
        figures = "  ".join(f"{k} {s[k]['f1']:.3f}" for k in ("found", "core", "full", "units"))
        print(f"threshold {t:.2f} {part:8} {figures}  precision {s['found']['precision']:.2f}")
        if t == 0.45:
            print("   " + "  ".join(f"{k} {v:.2f}" for k, v in s["slots"].items()))
    if not args.dry:
        weights = fitted(rows)
        lines = [f'"{mark.replace(chr(34), chr(34) * 2)}",{weight:.3f}' for mark, weight in sorted(weights.items())]
        WEIGHTS.write_text(HEADER + "mark,weight\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
