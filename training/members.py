"""Members of the panel: heads trained on one of the encoder's two streams, each without one fold of the passages."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from rich.progress import track
from torch import Tensor

from encoder import Encoder, padded
from examples import Example
from network import Heads, loss_of

BATCH = 8
RATE, DECAY, DROPOUT = 1e-3, 0.05, 0.4
UPPER_RATE, UPPER_DECAY, UPPER_DROPOUT = 1e-4, 0.01, 0.1
FURTHER_RATE, FURTHER_DROPOUT = 5e-4, 0.3  # of heads that have learned already
LAYER_FADE = 0.8  # what a layer's rate is of the next one's above it


@dataclass(frozen=True, slots=True)
class Lessons:
    """Passages to learn from, with the vectors of each that a member reads (or those of the layers below it)."""

    examples: Sequence[Example]
    vectors: Sequence[Tensor]


def lower_member(marks: int, sets: Sequence[Lessons], epochs: int, seed: int) -> Heads:
    """Heads over the lower layers' vectors, which stay as they are; each epoch learns from one of ``sets`` in turn."""
    torch.manual_seed(seed)
    heads = Heads(marks, DROPOUT)
    _train(heads, [_group(heads, RATE, DECAY)], lambda hidden, _: hidden, sets, epochs, seed)
    return heads.eval()


def trained_on(heads: Heads, sets: Sequence[Lessons], epochs: int, seed: int) -> Heads:
    """``heads`` taught further over vectors that stay as they are."""
    torch.manual_seed(seed)
    heads.dropout.p = FURTHER_DROPOUT
    _train(heads, [_group(heads, FURTHER_RATE, DECAY)], lambda hidden, _: hidden, sets, epochs, seed)
    return heads.eval()


def upper_member(
    encoder: Encoder, marks: int, sets: Sequence[Lessons], epochs: int, seed: int
) -> tuple[Encoder, Heads]:
    """An encoder whose upper layers are trained together with heads over them, and these heads."""
    torch.manual_seed(seed)
    tuned, heads = copy.deepcopy(encoder), Heads(marks, DROPOUT)
    tuned.requires_grad_(False)
    groups = [_group(heads, RATE, DECAY)]
    for depth, layer in enumerate(reversed(list(tuned.upper_layers))):
        layer.requires_grad_(True)
        groups.append(_group(layer, UPPER_RATE * LAYER_FADE**depth, UPPER_DECAY))
        layer.train()
        for module in layer.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = UPPER_DROPOUT
    _train(heads, groups, tuned.upper, sets, epochs, seed)
    return tuned.eval(), heads.eval()


def _group(module: torch.nn.Module, rate: float, decay: float) -> dict[str, object]:
    return {"params": list(module.parameters()), "lr": rate, "weight_decay": decay}


def _train(
    heads: Heads,
    groups: Sequence[dict[str, object]],
    reader: Callable[[Tensor, Tensor], Tensor],
    sets: Sequence[Lessons],
    epochs: int,
    seed: int,
) -> None:
    rng = random.Random(seed)
    optimizer = torch.optim.AdamW(list(groups))
    weights = [weight for group in optimizer.param_groups for weight in group["params"]]
    steps = epochs * -(-len(sets[0].examples) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / 100) * max(0.02, (steps - step) / steps)
    )
    heads.train()
    for epoch in range(epochs):
        lessons = sets[epoch % len(sets)]
        for chunk in track(list(_batches(lessons.examples, rng)), f"epoch {epoch + 1} of {epochs}"):
            hidden, mask = padded([lessons.vectors[index].float() for index in chunk])
            loss_of(heads, reader(hidden, mask), [lessons.examples[index] for index in chunk]).backward()
            torch.nn.utils.clip_grad_norm_(weights, 2.0)
            optimizer.step()
            rate.step()
            optimizer.zero_grad()


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
