"""Train the learned extractor: ``python training/train.py`` (``make train``).

Learns from the written passages of this folder and, where ``--shared FOLDER`` has them, from the annotated real ones.
Every member of the panel is trained without one fold of five and judged on it, so that thresholds and calibration rest
on passages not seen. Seeded; prints progress and figures; writes the model into the package. About ten minutes on two
free cores.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch
from rich.progress import track
from tokenizers import Tokenizer
from torch import Tensor

from alignment import Row, read
from augmentation import swapped
from calibration import Judged, calibrated, judged
from card import card_file
from encoder import Encoder, cached, padded, weights_folder
from examples import Example, document_of, example_of, marks_of, passages_of
from export import encoder_file, heads_file, settings_file, tokenizer_file
from garrison.extraction.learned.decoding import claims_of
from garrison.extraction.learned.features import Weigh
from garrison.extraction.learned.heads import Heads as Exported
from garrison.extraction.learned.passage import Passage, passage_of
from garrison.vocabulary.guide_form import as_mapping
from network import Heads, loss_of
from rules import labelled, weigher

WRITTEN = Path(__file__).parent / "passages" / "written.jsonl"
FOLDS, MEMBERS = 5, 4
BATCH, EPOCHS = 8, 9
RATE, DECAY, DROPOUT = 1e-3, 0.05, 0.4
LEAST = 0.1  # the chance from which a reading counts for the calibration


def fold_of(row: Row) -> int:
    """The fold of a passage, 0 to 4, by its id alone."""
    return int(hashlib.md5(row["id"].removesuffix("+").encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def trained(heads: Heads, sets: Sequence[tuple[Sequence[Example], Sequence[Tensor]]], epochs: int, seed: int) -> None:
    """Trains ``heads`` on one of ``sets`` (the passages and their variants, with their vectors) an epoch in turn."""
    rng = random.Random(seed)
    optimizer = torch.optim.AdamW(heads.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * -(-len(sets[0][0]) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / 100) * max(0.02, (steps - step) / steps)
    )
    heads.train()
    for epoch in range(epochs):
        examples, kept = sets[epoch % len(sets)]
        for chunk in track(list(_batches(examples, rng)), f"epoch {epoch + 1} of {epochs}"):
            vectors, _ = padded([kept[index].float() for index in chunk])
            loss_of(heads, vectors, [examples[index] for index in chunk]).backward()
            torch.nn.utils.clip_grad_norm_(heads.parameters(), 2.0)
            optimizer.step()
            rate.step()
            optimizer.zero_grad()
    heads.eval()


def _batches(examples: Sequence[Example], rng: random.Random) -> Iterator[list[int]]:
    """Batches of passages of like length, in random order."""
    order = list(range(len(examples)))
    rng.shuffle(order)
    batches = []
    for start in range(0, len(order), BATCH * 16):
        near = sorted(order[start : start + BATCH * 16], key=lambda index: len(examples[index].ids))
        batches += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
    rng.shuffle(batches)
    yield from batches


def judgements(
    heads: Heads, rows: Sequence[Row], passages: Sequence[Passage], kept: Sequence[Tensor], marks: dict[str, int]
) -> list[Judged]:
    """What a trained member reads in passages that it has not seen, beside their annotation."""
    member = Exported({name: value.detach().numpy() for name, value in heads.state_dict().items()})
    return [
        judged(
            row, [as_mapping(claim) for claim in claims_of(passage, vectors.float().numpy(), [member], marks, LEAST)]
        )
        for row, passage, vectors in zip(rows, passages, kept, strict=True)
    ]


def weighers(rows: Sequence[Row], passages: Sequence[Passage]) -> list[Weigh]:
    """Per fold, the grammar's weights fitted on the other folds."""
    labels = [labelled(row["claims"], passage.readings) for row, passage in zip(rows, passages, strict=True)]
    found = []
    for fold in track(range(FOLDS), "the grammar's weights"):
        rest = [index for index, row in enumerate(rows) if fold_of(row) != fold]
        found.append(weigher([passages[index].readings for index in rest], [labels[index] for index in rest]))
    return found


def main() -> None:
    """Trains and exports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, help="the folder whose gold/train.jsonl is learned from too")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--members", type=int, default=MEMBERS, help="members of the panel, at most five")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    rows = read(WRITTEN)
    real = args.shared / "gold" / "train.jsonl" if args.shared else None
    if real is not None and real.exists():
        rows = read(real) + rows
    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    print(f"{len(rows)} passages, {sum(len(row['claims']) for row in rows)} claims")
    passages = passages_of(track(rows, "candidates"), tokenizer)
    usable = [index for index, passage in enumerate(passages) if passage.anchors]
    rows, passages = [rows[index] for index in usable], [passages[index] for index in usable]
    marks = marks_of(passages)
    weigh = weighers(rows, passages)
    examples = [_example(row, passage, marks, weigh) for row, passage in zip(rows, passages, strict=True)]
    rng = random.Random(1)
    varied = [_variant(example, rng, tokenizer, marks, weigh) for example in track(examples, "variants")]
    encoder = Encoder()
    sets = [(examples, cached(encoder, examples)), (varied, cached(encoder, varied))]
    panel, results = [], []
    for fold in range(min(args.members, FOLDS)):
        torch.manual_seed(fold)
        heads = Heads(len(marks), DROPOUT)
        seen = [index for index, row in enumerate(rows) if fold_of(row) != fold]
        trained(heads, [([e[i] for i in seen], [k[i] for i in seen]) for e, k in sets], args.epochs, fold)
        out = [index for index, row in enumerate(rows) if fold_of(row) == fold]
        kept = [sets[0][1][index] for index in out]
        results += judgements(heads, [rows[i] for i in out], [passages[i] for i in out], kept, marks)
        panel.append(heads)
    settings = calibrated(results)
    encoder_file(encoder)
    heads_file(panel)
    tokenizer_file()
    settings_file({**settings, "marks": sorted(marks, key=lambda mark: marks[mark])})
    card_file(rows, settings)


def _example(row: Row, passage: Passage, marks: dict[str, int], weigh: Sequence[Weigh]) -> Example:
    return example_of(row, passage, marks, weigh[fold_of(row)])


def _variant(
    example: Example, rng: random.Random, tokenizer: Tokenizer, marks: dict[str, int], weigh: Sequence[Weigh]
) -> Example:
    row = swapped(example.row, rng)
    passage = passage_of(document_of(row), tokenizer) if row else None
    return _example(row, passage, marks, weigh) if row and passage and passage.anchors else example


if __name__ == "__main__":
    main()
