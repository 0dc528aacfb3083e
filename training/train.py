"""Train the learned extractor: ``python training/train.py`` (``make train``).

Learns from the passages of this folder alone, all of them written for it. Thresholds, confidence and figures rest on
passages that nothing was fitted to: on the annotated real ones where ``--shared FOLDER`` has them, else on a fold of
five that is then left out. With ``--real`` it learns from the real ones too, and the fold is left out there as well.
Seeded; prints progress and figures; writes the model into the package.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy.typing as npt
import torch
from rich.progress import track
from tokenizers import Tokenizer
from torch import nn

from augmentation import swapped
from calibration import calibrated
from card import card_file, counts_of, today
from corpus import fold_of, is_real, rows_of, split
from encoder import Encoder, cached, weights_folder
from examples import Example, Row, example_of, marks_of, passage_in, passages_of
from export import encoder_file, heads_file, settings_file, tokenizer_file
from garrison.extraction.learned.features import Weigh
from garrison.extraction.learned.heads import Heads as Exported
from garrison.extraction.learned.passage import Passage
from garrison.extraction.learned.quoting import Ends
from judging import LEAST, Judge, weighers
from members import Lessons, lower_member, upper_member
from network import Heads
from quotes import fitted, quotes_of, shares, weights_of

HELD_OUT = 0  # the fold that is left out where nothing else can judge
UPPER_EPOCHS, LOWER_EPOCHS = 3, 5
SEEDS = (1, 2)  # of the heads over the lower layers


def main() -> None:
    """Trains and exports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, help="the folder whose gold/train.jsonl judges")
    parser.add_argument("--real", action="store_true", help="learn from the real passages too")
    parser.add_argument("--out", type=Path, help="another folder for the model than the package's")
    parser.add_argument("--at-most", type=int, help="passages, to try the command on a few of them")
    parser.add_argument("--upper-epochs", type=int, default=UPPER_EPOCHS)
    parser.add_argument("--lower-epochs", type=int, default=LOWER_EPOCHS)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    rows = rows_of(args.shared)
    judges = "real" if any(map(is_real, rows)) and not args.real else "fold"
    rows = random.Random(0).sample(rows, min(args.at_most or len(rows), len(rows)))
    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    print(f"{len(rows)} passages, {sum(len(row['claims']) for row in rows)} claims")
    passages = passages_of(track(rows, "candidates"), tokenizer)
    usable = [index for index, passage in enumerate(passages) if passage.anchors]
    rows, passages = [rows[index] for index in usable], [passages[index] for index in usable]
    real = [index for index, row in enumerate(rows) if is_real(row)]
    written = [index for index, row in enumerate(rows) if not is_real(row)]
    seen, unseen = (written, real) if judges == "real" else split(rows, HELD_OUT)
    learned, judging = [rows[index] for index in seen], len(unseen)
    marks = marks_of([passages[index] for index in seen])
    weigh = weighers(learned, [passages[index] for index in seen])
    examples = [_example(rows[index], passages[index], marks, weigh) for index in seen]
    rng = random.Random(1)
    varied = [_variant(example, rng, tokenizer, marks, weigh) for example in track(examples, "variants")]
    encoder = Encoder()
    sets = [Lessons(each, cached(encoder, each)) for each in (examples, varied)]
    ends = ends_of(rows, passages, seen, unseen)
    tuned, upper = upper_member(encoder, len(marks), sets, args.upper_epochs, seed=0)
    panel = [upper, *(lower_member(len(marks), sets, args.lower_epochs, seed) for seed in SEEDS)]
    read = partial(_vectors, tuned, len(panel))
    judge = Judge(read, _exported(panel), Ends(weights_of(ends)), marks, weighers(rows, passages))
    settings = calibrated([judge.of(rows[index], passages[index]) for index in track(unseen, "judging")])
    folder = {"folder": args.out} if args.out else {}
    encoder_file(tuned, **folder)
    heads_file(panel, ends, **folder)
    tokenizer_file(**folder)
    streams = ["upper", *("lower" for _ in SEEDS)]
    numbered = sorted(marks, key=lambda mark: marks[mark])
    made = dict.fromkeys(("encoder", "heads", "confidence"), today())
    known = {"streams": streams, "marks": numbered, "made": made, "learned_from": counts_of(learned)}
    settings_file({"least": LEAST, **settings, "judged_on": judges, **known}, **folder)
    card_file(settings, judges, judging, **folder)


def ends_of(
    rows: Sequence[Row], passages: Sequence[Passage], seen: Sequence[int], unseen: Sequence[int]
) -> nn.ModuleDict:
    """The ends of quotations, fitted to the passages seen; prints how they do on the others."""
    quotes = [tuple(quotes_of(row, passage)) for row, passage in zip(rows, passages, strict=True)]
    ends = fitted([quote for index in seen for quote in quotes[index]], seed=0)
    for name, real in (("real", True), ("written", False)):
        found = shares(ends, [quote for index in unseen for quote in quotes[index] if quote.real is real])
        print(
            f"quotations half right, {name}: {found['model']:.3f}, by rule {found['rule']:.3f} ({found['quotes']:.0f})"
        )
    return ends


@torch.no_grad()
def _vectors(encoder: Encoder, members: int, ids: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
    """Token vectors of one passage for each member of the panel, of which the first reads the upper layers."""
    hidden = encoder.lower(torch.from_numpy(ids)[None], None)
    lower = hidden[0].numpy()
    return [encoder.upper(hidden, None)[0].numpy(), *(lower for _ in range(members - 1))]


def _exported(panel: Sequence[Heads]) -> Exported:
    """The panel as it is exported."""
    return Exported.of([{name: w.detach().numpy() for name, w in heads.state_dict().items()} for heads in panel])


def _example(row: Row, passage: Passage, marks: dict[str, int], weigh: Sequence[Weigh]) -> Example:
    return example_of(row, passage, marks, weigh[fold_of(row)])


def _variant(
    example: Example, rng: random.Random, tokenizer: Tokenizer, marks: dict[str, int], weigh: Sequence[Weigh]
) -> Example:
    row = swapped(example.row, rng)
    passage = passage_in(row, tokenizer) if row else None
    return _example(row, passage, marks, weigh) if row and passage and passage.anchors else example


if __name__ == "__main__":
    main()
