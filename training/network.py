"""The network: heads over a pre-trained encoder that say what a passage claims.

Every linear layer here has its twin in ``garrison.extraction.learned.heads``, which reads the exported weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from examples import Example, Lesson
from garrison.extraction.learned.candidates import Role
from garrison.extraction.learned.features import ANCHOR_WIDTH, ODDS_WIDTH
from garrison.extraction.learned.pairs import CHOSEN, PAIR_WIDTH

WIDTH, SPAN, HIDDEN, PAIR = 384, 192, 256, 96


class Heads(nn.Module):
    """Spans, anchors, claims and their fields, over the encoder's token vectors."""

    def __init__(self, marks: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.span = nn.Linear(3 * WIDTH, SPAN)
        self.anchor = nn.Linear(SPAN + ANCHOR_WIDTH, HIDDEN)
        self.mark = nn.Linear(marks, HIDDEN, bias=False)
        self.middle = nn.Linear(HIDDEN, HIDDEN)
        self.kind = nn.Linear(HIDDEN, 6)
        self.odds = nn.Linear(ODDS_WIDTH, 6)
        self.kinds = nn.Embedding(6, 32)
        self.claim = nn.Linear(HIDDEN + 32, HIDDEN)
        self.status = nn.Linear(HIDDEN, 4)
        self.measure = nn.Linear(HIDDEN, 2)
        self.asset = nn.Linear(HIDDEN, 16)
        self.role_claim = nn.ModuleDict({role.value: nn.Linear(HIDDEN, PAIR) for role in Role})
        self.role_option = nn.ModuleDict({role.value: nn.Linear(SPAN, PAIR, bias=False) for role in Role})
        self.role_pair = nn.ModuleDict({role.value: nn.Linear(PAIR_WIDTH, PAIR, bias=False) for role in Role})
        self.role_score = nn.ModuleDict({role.value: nn.Linear(PAIR, 1, bias=False) for role in Role})
        self.role_direct = nn.ModuleDict({role.value: nn.Linear(PAIR_WIDTH, 1, bias=False) for role in Role})
        self.role_none = nn.ModuleDict({role.value: nn.Linear(HIDDEN, 1) for role in Role})
        self.dropout = nn.Dropout(dropout)
        self._begin()

    @torch.no_grad()
    def _begin(self) -> None:
        """Begins at what the rules say: their odds for the kinds, their choices for the fields."""
        self.kind.weight.mul_(0.1)
        self.odds.weight.copy_(torch.eye(6))
        self.odds.bias.zero_()
        for direct in self.role_direct.values():
            direct.weight.mul_(0.1)
            direct.weight[0, CHOSEN] = torch.tensor([3.0, 0.5, 0.0, -1.0])

    def spans(self, tokens: Tensor, sums: Tensor, where: Tensor) -> Tensor:
        """Vectors of the spans ``where`` (passage, first and last token), from tokens and their running sums."""
        row, first, last = where.unbind(1)
        mean = (sums[row, last + 1] - sums[row, first]) / (last - first + 1).unsqueeze(1)
        parts = torch.cat([tokens[row, first], tokens[row, last], mean], 1)
        return _gelu(self.span(self.dropout(parts)))

    def anchors(self, spans: Tensor, features: Tensor, marks: Tensor) -> Tensor:
        """Vectors of the anchors."""
        hidden = _gelu(self.anchor(torch.cat([spans, features], 1)) + self.mark(self.dropout(marks)))
        return _gelu(self.middle(self.dropout(hidden))) + hidden

    def claims(self, anchors: Tensor, kinds: Tensor) -> Tensor:
        """Vectors of anchors read as claims of the given kinds."""
        return _gelu(self.claim(self.dropout(torch.cat([anchors, self.kinds(kinds)], 1))))

    def scores(self, role: str, claims: Tensor, which: Tensor, options: Tensor, pairs: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the options, each for the claim that ``which`` numbers, and per claim of none of them."""
        mixed = self.role_claim[role](claims)[which] + self.role_option[role](options) + self.role_pair[role](pairs)
        scores = self.role_score[role](self.dropout(_gelu(mixed))) + self.role_direct[role](pairs)
        return scores.squeeze(1), self.role_none[role](claims).squeeze(1)


def _gelu(x: Tensor) -> Tensor:
    return functional.gelu(x, approximate="tanh")


SEVERAL = (Role.ACTOR, Role.PLACE, Role.SOURCE)
KIND_WEIGHT = 2.0


def loss_of(heads: Heads, vectors: Tensor, examples: Sequence[Example]) -> Tensor:
    """The loss of a batch, per passage; ``vectors`` are the encoder's, padded, one passage a row."""
    sums = torch.cat([vectors.new_zeros(len(examples), 1, WIDTH), vectors.cumsum(1)], 1)
    spans = heads.spans(vectors, sums, _where([example.spans for example in examples]))
    features = torch.from_numpy(np.concatenate([example.features for example in examples]))
    marks = torch.from_numpy(np.concatenate([example.marks for example in examples]))
    anchors = heads.anchors(spans, features, marks)
    wanted = torch.from_numpy(np.concatenate([example.kinds for example in examples]))
    logits = heads.kind(heads.dropout(anchors)) + heads.odds(features[:, -ODDS_WIDTH:])
    total = KIND_WEIGHT * functional.binary_cross_entropy_with_logits(logits, wanted, reduction="sum")
    lessons = [(row, lesson) for row, example in enumerate(examples) for lesson in example.lessons]
    if lessons:
        first = np.cumsum([0, *(len(example.spans) for example in examples)])
        which = torch.tensor([int(first[row]) + lesson.anchor for row, lesson in lessons])
        kinds = torch.tensor([lesson.kind for _, lesson in lessons])
        claims = heads.dropout(heads.claims(anchors[which], kinds))
        for head, name in ((heads.status, "status"), (heads.measure, "measure"), (heads.asset, "asset")):
            right = torch.tensor([getattr(lesson, name) for _, lesson in lessons])
            total = total + functional.cross_entropy(head(claims), right, reduction="sum")
        for role in Role:
            total = total + _role_loss(heads, role, vectors, sums, claims, lessons, examples)
    return total / len(examples)


def _where(spans: Sequence[np.ndarray]) -> Tensor:
    rows = np.repeat(np.arange(len(spans)), [len(each) for each in spans])
    return torch.from_numpy(np.concatenate([rows[:, None], np.concatenate(spans)], 1))


def _role_loss(
    heads: Heads,
    role: Role,
    vectors: Tensor,
    sums: Tensor,
    claims: Tensor,
    lessons: Sequence[tuple[int, Lesson]],
    examples: Sequence[Example],
) -> Tensor:
    """The loss of one role over all lessons that have options and know the answer."""
    first = np.cumsum([0, *(len(example.options[role]) for example in examples)])
    which, options, pairs, entities, right, entity_of = [], [], [], [], [], []
    count = 0
    for number, (row, lesson) in enumerate(lessons):
        choice = next((choice for choice in lesson.choices if choice.role is role), None)
        if choice is None or not len(choice.entities):
            continue
        size = len(choice.entities)
        which.append(np.full(size, number))
        options.append(first[row] + np.arange(size))
        pairs.append(choice.pairs)
        entities.append(choice.entities + count)
        known = int(choice.entities.max()) + 1
        right += [entity in choice.right for entity in range(known)]
        entity_of += [number] * known
        count += known
    if not which:
        return vectors.new_zeros(())
    given = heads.spans(vectors, sums, _where([example.options[role] for example in examples]))
    owner = torch.from_numpy(np.concatenate(which))
    scores, none = heads.scores(
        role.value,
        claims,
        owner,
        given[torch.from_numpy(np.concatenate(options))],
        torch.from_numpy(np.concatenate(pairs)),
    )
    merged = _lse(scores, torch.from_numpy(np.concatenate(entities)), count)
    owners, chosen = torch.tensor(entity_of), torch.tensor(right)
    asked = torch.zeros(len(claims), dtype=torch.bool)
    asked[owners] = True
    everyone = torch.arange(len(claims))

    def pool(kept: Tensor, with_none: Tensor) -> Tensor:
        """Per claim, the scores of the kept entities together, and of none where asked for."""
        return _lse(
            torch.cat([merged[kept], none[with_none]]), torch.cat([owners[kept], everyone[with_none]]), len(claims)
        )

    answered = torch.zeros(len(claims), dtype=torch.bool)
    answered[owners[chosen]] = True
    if role in SEVERAL:
        # Right entities above none, wrong ones below it (adaptive thresholding, Zhou et al. 2021).
        above = (pool(chosen, everyone >= 0)[owners] - merged)[chosen].sum()
        below = (pool(~chosen, everyone >= 0) - none)[asked].sum()
        return above + below
    return (pool(chosen >= 0, everyone >= 0) - pool(chosen, ~answered))[asked].sum()


def _lse(scores: Tensor, groups: Tensor, count: int) -> Tensor:
    """The log of the sum of exponentials in each group; a very low number for an empty one."""
    top = scores.new_full((count,), -1e4).scatter_reduce(0, groups, scores.detach(), "amax")
    total = scores.new_zeros(count).index_add(0, groups, (scores - top[groups]).exp())
    return total.clamp_min(1e-30).log() + top
