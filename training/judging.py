"""Judging: what a panel reads in passages that it has not seen; alone, it fits the shipped model's confidence anew.

``python training/judging.py --shared FOLDER`` leaves encoder and heads as they are, and fits what the grounds of a
claim are worth, and the thresholds, to the annotated real passages of ``FOLDER/gold/train.jsonl``: for a change of the
rules or of the decoding, which changes what is proposed. Takes minutes where a training takes an hour.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy.typing as npt
from rich.progress import track
from threadpoolctl import threadpool_limits

from calibration import Judged, calibrated, judged
from card import card_file, today
from corpus import FOLDS, fold_of, is_real, rows_of, split
from examples import Row, passages_of
from export import settings_file, stored_settings
from garrison.extraction.learned.decoding import proposals_of
from garrison.extraction.learned.encoder import model, tokenizer
from garrison.extraction.learned.features import Weigh
from garrison.extraction.learned.heads import Heads
from garrison.extraction.learned.passage import Passage
from garrison.extraction.learned.quoting import Ends
from rules import counted, labelled, weigher

LEAST = 0.1
"""The chance from which an anchor is proposed."""


@dataclass(frozen=True)
class Judge:
    """A panel that reads passages which it has not seen.

    ``vectors`` gives each member's token vectors of ids; ``weigh`` the chance of a rule's reading, per fold that it was
    fitted without.
    """

    vectors: Callable[[npt.NDArray[Any]], Sequence[npt.NDArray[Any]]]
    panel: Heads
    ends: Ends
    marks: dict[str, int]
    weigh: Sequence[Weigh]

    def of(self, row: Row, passage: Passage) -> Judged:
        """What the panel reads in a passage, beside its annotation."""
        vectors, weigh = self.vectors(passage.ids), self.weigh[fold_of(row)]
        found = proposals_of(passage, vectors, self.panel, self.ends, self.marks, LEAST, weigh=weigh)
        ruled = [*passage.listed(weigh), *passage.as_ruled(weigh)]
        return judged(row, found, [(item.claim, chance) for item, chance in ruled])


def weighers(rows: Sequence[Row], passages: Sequence[Passage]) -> list[Weigh]:
    """Per fold, the grammar's weights as ``training/grammar.py`` fits them, on the other folds."""
    counts = counted(rows)
    labels = [labelled(row["claims"], passage.readings) for row, passage in zip(rows, passages, strict=True)]
    found = []
    for fold in track(range(FOLDS), "the grammar's weights"):
        rest = split(rows, fold)[0]
        found.append(weigher(*([each[i] for i in rest] for each in ([p.readings for p in passages], labels, counts))))
    return found


def main() -> None:
    """Fits the confidence of the package's model anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder whose gold/train.jsonl judges")
    args = parser.parse_args()
    known = model()
    rows = rows_of(args.shared)
    if not any(map(is_real, rows)):
        parser.error(f"{args.shared / 'gold/train.jsonl'} is not there: confidence is judged on those passages")
    passages = passages_of(track(rows, "candidates"), tokenizer())
    usable = [index for index, passage in enumerate(passages) if passage.anchors]
    rows, passages = [rows[index] for index in usable], [passages[index] for index in usable]
    judge = Judge(known.vectors, known.panel, known.ends, known.marks, weighers(rows, passages))
    fit_confidence(judge, rows, passages)


def fit_confidence(judge: Judge, rows: Sequence[Row], passages: Sequence[Passage]) -> None:
    """Fits confidence and thresholds to the real ones of the passages, and writes them and the card."""
    real = [index for index, row in enumerate(rows) if is_real(row)]
    with threadpool_limits(1):
        settings = calibrated([judge.of(rows[index], passages[index]) for index in track(real, "judging")])
    stored = {name: value for name, value in stored_settings().items() if name != "version"}
    settings_file(stored | settings | {"made": stored["made"] | {"confidence": today()}})
    card_file(settings, "real", len(real))


if __name__ == "__main__":
    main()
