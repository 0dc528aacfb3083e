"""Quotes: fits where the quotations of claims begin and end, as ``garrison.extraction.learned.quoting`` reads it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from rich.progress import track
from torch import Tensor, nn

from alignment import Row, Truth, truths_of
from garrison.extraction.learned.boundaries import BOUNDARY_WIDTH, RESTS_ON, Boundaries, boundaries_of
from garrison.extraction.learned.candidates import Option, Role
from garrison.extraction.learned.passage import Passage
from garrison.extraction.learned.quoting import by_rule, likeliest
from garrison.vocabulary import Kind, Span

HIDDEN, DROPOUT = 48, 0.3
RATE, DECAY, FADE = 2e-3, 0.05, 0.8
BATCH, EPOCHS = 16, 8


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim's sentence, the numbers of the words at which its quotation begins and ends, and the rule's quotation."""

    words: Boundaries
    first: int
    last: int
    right: Span
    rule: Span
    real: bool


class Side(nn.Module):
    """Scores the words at which a quotation may begin, or end."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(BOUNDARY_WIDTH + len(Kind), HIDDEN)
        self.score = nn.Linear(HIDDEN, 1, bias=False)
        self.direct = nn.Linear(BOUNDARY_WIDTH, 1, bias=False)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, features: Tensor, kind: Tensor) -> Tensor:
        """The logarithm of the chance of each word."""
        given = torch.cat([features, kind.expand(len(features), len(kind))], 1)
        scores = self.score(self.dropout(torch.relu(self.hidden(given)))) + self.direct(features)
        return torch.log_softmax(scores.squeeze(1), 0)


def quotes_of(row: Row, passage: Passage) -> Iterator[Quote]:
    """The quotations of an annotated passage that can be learned from."""
    truths, _ = truths_of(row["text"], row["claims"], passage.anchors, dict(passage.options))
    for truth in truths:
        found = {role: _nearest(passage, truth, role) for role in RESTS_ON}
        chosen = {role: option for role, option in found.items() if option is not None}
        place, actor = chosen.get(Role.PLACE), chosen.get(Role.ACTOR)
        rule = by_rule(passage, truth.anchor, truth.kind, [place] if place else [], [actor] if actor else [])
        rests_on = {role: option.span for role, option in chosen.items()}
        words = boundaries_of(passage, truth.anchor, truth.kind, rule, rests_on)
        if words is not None:
            first = _closest([word.start for word in words.lefts], truth.quote.start)
            last = _closest([word.end for word in words.rights], truth.quote.end)
            yield Quote(words, first, last, truth.quote, rule, bool(row.get("corpus")))


def _nearest(passage: Passage, truth: Truth, role: Role) -> Option | None:
    at = passage.anchors[truth.anchor].span
    standing = [
        option
        for option in passage.options[role]
        if option.entity in truth.choices.get(role, ()) and not option.titled and len(option.span)
    ]
    return min(standing, key=lambda o: max(o.span.start - at.end, at.start - o.span.end, 0), default=None)


def _closest(points: Sequence[int], wanted: int) -> int:
    return min(range(len(points)), key=lambda index: abs(points[index] - wanted))


def fitted(quotes: Sequence[Quote], seed: int) -> nn.ModuleDict:
    """The two sides, fitted to ``quotes``."""
    torch.manual_seed(seed)
    sides = nn.ModuleDict({"left": Side(), "right": Side()})
    optimizer = torch.optim.AdamW(sides.parameters(), lr=RATE, weight_decay=DECAY)
    rng = random.Random(seed)
    order = list(range(len(quotes)))
    sides.train()
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        for start in track(range(0, len(order), BATCH), f"quotations, epoch {epoch + 1} of {EPOCHS}"):
            chunk = [quotes[index] for index in order[start : start + BATCH]]
            loss = torch.stack([_loss(sides, quote) for quote in chunk]).mean()
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        for group in optimizer.param_groups:
            group["lr"] *= FADE
    return sides.eval()


def _loss(sides: nn.ModuleDict, quote: Quote) -> Tensor:
    kind = torch.from_numpy(quote.words.kind)
    left = sides["left"](torch.from_numpy(quote.words.left_features), kind)
    right = sides["right"](torch.from_numpy(quote.words.right_features), kind)
    return -left[quote.first] - right[quote.last]


@torch.no_grad()
def shares(sides: nn.ModuleDict, quotes: Sequence[Quote]) -> dict[str, float]:
    """Of ``quotes``, the share whose words are at least half right, by the fitted sides and by the rule."""
    right = ruled = 0
    for quote in quotes:
        kind = torch.from_numpy(quote.words.kind)
        left = sides["left"](torch.from_numpy(quote.words.left_features), kind).exp().numpy()
        last = sides["right"](torch.from_numpy(quote.words.right_features), kind).exp().numpy()
        first, stop = likeliest(left, last)
        span = Span(quote.words.lefts[first].start, quote.words.rights[stop].end)
        right += _alike(span, quote.right)
        ruled += _alike(quote.rule, quote.right)
    count = max(1, len(quotes))
    return {"model": right / count, "rule": ruled / count, "quotes": float(len(quotes))}


def _alike(left: Span, right: Span) -> bool:
    """Whether two stretches share half of their characters, which is near to half of their words."""
    shared = max(0, min(left.end, right.end) - max(left.start, right.start))
    return 4 * shared >= len(left) + len(right)


def weights_of(sides: nn.ModuleDict) -> dict[str, np.ndarray]:
    """The weights by name, as ``Ends`` takes them."""
    return {name: value.detach().numpy() for name, value in sides.state_dict().items()}
