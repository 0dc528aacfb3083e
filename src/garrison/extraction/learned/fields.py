"""Fields: by how much each thing that can fill a field of a claim beats leaving it empty, as the panel sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from garrison.extraction.learned.candidates import Option, Role
from garrison.extraction.learned.heads import Heads, pooled
from garrison.extraction.learned.passage import Passage

__all__ = ["Leads", "leads_of", "span_vectors"]

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Leads:
    """What the panel makes of one role in a passage.

    Each entity (row) has its mentions, the numbers of its options, and for every claim (column) its lead over none, in
    log odds; each option (row) has for every claim its score, summed over the panel.
    """

    mentions: dict[str, list[int]]
    leads: npt.NDArray[np.float64]
    scores: npt.NDArray[np.float64]

    def of(self, claim: int) -> dict[str, float]:
        """The lead of each entity over none, for a claim, in the order of first mentions."""
        return dict(zip(self.mentions, self.leads[:, claim].tolist(), strict=True))

    def best(self, claim: int, entity: str) -> int:
        """The number of the option that is an entity's likeliest mention."""
        return max(self.mentions[entity], key=self.scores[:, claim].__getitem__)


def leads_of(
    passage: Passage, rows: Sequence[int], claims: Array, tokens: Sequence[Array], heads: Heads
) -> dict[Role, Leads]:
    """What the panel makes of every role that has options.

    Args:
        passage: the passage made ready.
        rows: the number of each claim's anchor.
        claims: the vectors of the claims.
        tokens: per member of the panel the encoder's vectors that it reads.
        heads: the heads of the panel.
    """
    tables = passage.pair_tables(rows)
    where = {role: passage.option_tokens(role) for role in tables}
    if not where:
        return {}
    # A span that stands for several things (a country as actor and as place) is brought to its vector once.
    distinct, numbers = np.unique(np.concatenate(list(where.values())), axis=0, return_inverse=True)
    spans = span_vectors(heads, tokens, distinct)
    parts = np.split(numbers.reshape(-1), np.cumsum([len(each) for each in where.values()])[:-1])
    found = {}
    for (role, table), part in zip(tables.items(), parts, strict=True):
        scores, none = heads.scores(role.value, claims, heads.options(role.value, spans[:, part]), table)
        found[role] = _leads(passage.options[role], scores.astype(np.float64), none.astype(np.float64))
    return found


def span_vectors(heads: Heads, tokens: Sequence[Array], where: Indices) -> Array:
    """The vectors of the spans ``where`` (first and last token) for each member of the panel."""
    drawn = {id(each): pooled(each, where) for each in tokens}
    return heads.spans(np.stack([drawn[id(each)] for each in tokens]))


def _leads(options: Sequence[Option], scores: npt.NDArray[np.float64], none: npt.NDArray[np.float64]) -> Leads:
    mentions: dict[str, list[int]] = {}
    for number, option in enumerate(options):
        mentions.setdefault(option.entity, []).append(number)
    order = [number for numbers in mentions.values() for number in numbers]
    starts = np.cumsum([0, *(len(numbers) for numbers in mentions.values())])[:-1]
    totals = np.logaddexp.reduceat(scores[:, order], starts, axis=1)
    return Leads(mentions, (totals - none[:, None]).mean(0), scores.sum(0))
