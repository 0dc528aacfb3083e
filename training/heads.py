"""Heads: teaches the shipped heads further, over the shipped encoder: ``python training/heads.py --shared FOLDER``.

For a change of the rules, whose readings the heads learned to trust, or of the passages: takes half an hour where a
training takes longer, and leaves the encoder as it is. Then fits confidence and thresholds anew (``judging.py``).
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
import torch
from rich.progress import track
from torch import Tensor

from card import counts_of, today
from corpus import fold_of, is_real, rows_of
from examples import example_of, passages_of
from export import heads_weights_file, settings_file
from garrison.extraction.learned.encoder import Model, model, tokenizer
from garrison.extraction.learned.heads import Heads as Exported
from garrison.extraction.learned.passage import Passage
from judging import Judge, fit_confidence, weighers
from members import Lessons, trained_on
from network import Heads

EPOCHS = 2


def main() -> None:
    """Teaches and exports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder whose gold/train.jsonl judges")
    parser.add_argument("--at-most", type=int, help="passages, to try the command on a few of them")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--members", type=int, nargs="+", help="the members of the panel to teach; all, unless said")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    rows = rows_of(args.shared)
    if not any(map(is_real, rows)):
        parser.error(f"{args.shared / 'gold/train.jsonl'} is not there: confidence is judged on those passages")
    rows = random.Random(0).sample(rows, min(args.at_most or len(rows), len(rows)))
    known = model()
    passages = passages_of(track(rows, "candidates"), tokenizer())
    usable = [index for index, passage in enumerate(passages) if passage.anchors]
    rows, passages = [rows[index] for index in usable], [passages[index] for index in usable]
    seen = [index for index, row in enumerate(rows) if not is_real(row)]
    weigh = weighers([rows[index] for index in seen], [passages[index] for index in seen])
    marks = {mark: number for number, mark in enumerate(known.settings["marks"])}
    examples = [example_of(rows[index], passages[index], marks, weigh[fold_of(rows[index])]) for index in seen]
    streams = _streams(known, [passages[index] for index in seen])
    weights = _weights()
    for number, stream in enumerate(known.streams):
        if args.members is not None and number not in args.members:
            continue
        heads = Heads(len(marks))
        heads.load_state_dict({name: torch.from_numpy(value) for name, value in _member(weights, number).items()})
        trained_on(heads, [Lessons(examples, streams[stream])], args.epochs, seed=number)
        weights |= {f"{number}/{name}": value.detach().numpy() for name, value in heads.state_dict().items()}
    heads_weights_file(weights)
    settings = {name: value for name, value in known.settings.items() if name != "version"}
    learned = counts_of([rows[index] for index in seen])
    settings_file(settings | {"made": settings["made"] | {"heads": today()}, "learned_from": learned})
    panel = Exported.of([_member(weights, number) for number in range(len(known.streams))])
    judge = Judge(known.vectors, panel, known.ends, known.marks, weighers(rows, passages))
    fit_confidence(judge, rows, passages)


def _streams(known: Model, passages: Sequence[Passage]) -> dict[str, list[Tensor]]:
    """The token vectors of every passage in each of the encoder's streams, in half precision."""
    found: dict[str, list[Tensor]] = {stream: [] for stream in known.streams}
    for passage in track(passages, "vectors"):
        given = dict(zip(known.streams, known.vectors(passage.ids), strict=True))
        for stream, vectors in given.items():
            found[stream].append(torch.from_numpy(vectors.astype(np.float16)))
    return found


def _weights() -> dict[str, np.ndarray]:
    with (
        as_file(files("garrison.extraction.learned").joinpath("model/heads.npz")) as path,
        np.load(path) as stored,
    ):
        return {name: stored[name].astype(np.float32) for name in stored.files}


def _member(weights: dict[str, np.ndarray], number: int) -> dict[str, np.ndarray]:
    start = f"{number}/"
    return {name.removeprefix(start): weights[name] for name in weights if name.startswith(start)}


if __name__ == "__main__":
    main()
