"""Fields: by how much each thing that can fill a field of a claim beats leaving it empty, as the panel sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from garrison.extraction.learned.candidates import Option, Role
from garrison.extraction.learned.heads import Heads, pooled
from garrison.extraction.learned.passage import Passage

__all__ = ["Leads", "Vectors", "leads_of"]

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
    """The vectors of a passage's spans for each member of the panel, each made once: a country is actor and place."""

    def __init__(self, heads: Heads, tokens: Sequence[Array]) -> None:
        """``tokens`` are per member the encoder's vectors that it reads."""
        self._heads, self._tokens = heads, tokens
        self._rows: dict[tuple[int, int], int] = {}
        self._known: Array | None = None

    def of(self, where: Sequence[tuple[int, int]]) -> Array:
        """The vectors of the spans ``where`` (first and last token), at least one, in their order."""
        self._add([span for span in dict.fromkeys(where) if span not in self._rows])
        assert self._known is not None
        return self._known[:, [self._rows[span] for span in where]]

    def _add(self, spans: Sequence[tuple[int, int]]) -> None:
        single = [first for first, last in spans if first == last]
        longer = [span for span in spans if span[0] != span[1]]
        self._rows |= {(at, at): number for number, at in enumerate(single, start=len(self._rows))}
        self._rows |= {span: number for number, span in enumerate(longer, start=len(self._rows))}
        made = [] if self._known is None else [self._known]
        if single:
            made.append(self._heads.tokens(self._drawn(lambda tokens: tokens[single])))
        if longer:
            where = np.asarray(longer, dtype=np.int64)
            made.append(self._heads.spans(self._drawn(lambda tokens: pooled(tokens, where))))
        self._known = np.concatenate(made, 1) if len(made) > 1 else made[0]

    def _drawn(self, draw: Callable[[Array], Array]) -> Array:
        """What ``draw`` makes of each member's token vectors, once for members that read the same."""
        drawn = {id(each): draw(each) for each in self._tokens}
        return np.stack([drawn[id(each)] for each in self._tokens])


def leads_of(passage: Passage, rows: Sequence[int], claims: Array, vectors: Vectors, heads: Heads) -> dict[Role, Leads]:
    """What the panel makes of every role that has options.

    Args:
        passage: the passage made ready.
        rows: the number of each claim's anchor.
        claims: the vectors of the claims.
        vectors: those of the passage's spans.
        heads: the heads of the panel.
    """
    tables = passage.pair_tables(rows)
    where = {role: passage.option_tokens(role) for role in tables}
    if not where:
        return {}
    vectors.of([span for spans in where.values() for span in spans])
    found = {}
    for role, table in tables.items():
        options = heads.options(role.value, vectors.of(where[role]))
        scores, none = heads.scores(role.value, claims, options, table)
        found[role] = _leads(passage.options[role], scores.astype(np.float64), none.astype(np.float64))
    return found


def _leads(options: Sequence[Option], scores: npt.NDArray[np.float64], none: npt.NDArray[np.float64]) -> Leads:
    mentions: dict[str, list[int]] = {}
    for number, option in enumerate(options):
        mentions.setdefault(option.entity, []).append(number)
    order = [number for numbers in mentions.values() for number in numbers]
    starts = np.cumsum([0, *(len(numbers) for numbers in mentions.values())])[:-1]
    totals = np.logaddexp.reduceat(scores[:, order], starts, axis=1)
    return Leads(mentions, (totals - none[:, None]).sum(0) / len(none), scores.sum(0))
