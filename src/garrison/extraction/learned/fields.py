"""Fields: by how much each thing that can fill a field of a claim beats leaving it empty, as the panel sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from garrison.extraction.learned.candidates import Option, Role
from garrison.extraction.learned.heads import Heads, pooled, shares
from garrison.extraction.learned.passage import Passage

__all__ = ["Fields", "Leads", "Vectors"]

Array = npt.NDArray[np.float32]


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
        mentions = self.mentions[entity]
        return mentions[0] if len(mentions) == 1 else max(mentions, key=self.scores[:, claim].__getitem__)


class Vectors:
    """The vectors of a passage's spans for each member of the panel.

    They are made together and each once: reading the heads' weights takes longer than the sums.
    """

    def __init__(self, heads: Heads, tokens: Sequence[Array], spans: Iterable[tuple[int, int]]) -> None:
        """
        Args:
            heads: the heads of the panel.
            tokens: per member the encoder's vectors that it reads.
            spans: the first and the last token of every span, at least one.
        """
        different = dict.fromkeys(spans)
        single = [span for span in different if span[0] == span[1]]
        longer = [span for span in different if span[0] != span[1]]
        self._rows = {span: number for number, span in enumerate([*single, *longer])}
        made: list[Array] = []
        if single:
            at = [first for first, _ in single]
            made.append(heads.tokens(_drawn(tokens, lambda each: each[at])))
        if longer:
            where = np.asarray(longer, dtype=np.int64)
            share = shares(where, len(tokens[0]))
            made.append(heads.spans(_drawn(tokens, lambda each: pooled(each, where, share))))
        self._known = np.concatenate(made, 1)

    def of(self, where: Sequence[tuple[int, int]]) -> Array:
        """The vectors of some of the spans, in their order."""
        return self._known[:, [self._rows[span] for span in where]]


def _drawn(tokens: Sequence[Array], draw: Callable[[Array], Array]) -> Array:
    """What ``draw`` makes of each member's token vectors, once for members that read the same."""
    drawn: dict[int, Array] = {}
    for each in tokens:
        if id(each) not in drawn:
            drawn[id(each)] = draw(each)
    return np.stack([drawn[id(each)] for each in tokens])


class Fields:
    """What the panel makes of the roles of a passage that have options, each when it is first asked for: what a claim
    that is not worth it is made of need not be known whole."""

    def __init__(self, passage: Passage, rows: Sequence[int], claims: Array, vectors: Vectors, heads: Heads) -> None:
        """
        Args:
            passage: the passage made ready.
            rows: the number of each claim's anchor.
            claims: the vectors of the claims.
            vectors: those of the passage's spans.
            heads: the heads of the panel.
        """
        self._passage, self._claims, self._vectors, self._heads = passage, claims, vectors, heads
        self._tables = passage.pair_tables(rows)
        self._known: dict[Role, Leads] = {}

    def of(self, role: Role) -> Leads | None:
        """What the panel makes of ``role``; ``None`` where it has no options."""
        if role not in self._known and role in self._tables:
            options = self._heads.options(role.value, self._vectors.of(self._passage.option_tokens(role)))
            scores, none = self._heads.scores(role.value, self._claims, options, self._tables[role])
            offered = self._passage.options[role]
            self._known[role] = _leads(offered, scores.astype(np.float64), none.astype(np.float64))
        return self._known.get(role)


def _leads(options: Sequence[Option], scores: npt.NDArray[np.float64], none: npt.NDArray[np.float64]) -> Leads:
    mentions: dict[str, list[int]] = {}
    for number, option in enumerate(options):
        mentions.setdefault(option.entity, []).append(number)
    totals = scores
    if len(mentions) < len(options):
        order = [number for numbers in mentions.values() for number in numbers]
        starts = np.cumsum([0, *(len(numbers) for numbers in mentions.values())])[:-1]
        totals = np.logaddexp.reduceat(scores[:, order], starts, axis=1)
    return Leads(mentions, (totals - none[:, None]).sum(0) / len(none), scores.sum(0))
