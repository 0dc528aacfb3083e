"""Making: kept rows from the claims of their families; of a large family only what a new claim changes."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

import numpy as np

from garrison.estimation.arrays import Floats, Whole, in_order
from garrison.estimation.chains import Chain, chains, continued
from garrison.estimation.grid import folded
from garrison.estimation.nesting import nested
from garrison.estimation.parameters import parameters_for
from garrison.estimation.statements import Statements
from garrison.ledger import Ledger, columns, observing
from garrison.ledger.columns import Changes, Family, family_of
from garrison.pipeline.estimates import batches, class_of, passed_over
from garrison.pipeline.hearing import Hearing, Passages, heard
from garrison.pipeline.kept_file import KeptRow, Sheet, Store, kept_row, uncollected
from garrison.pipeline.picture import summarised
from garrison.pipeline.remarks import dropped, in_series, remarked
from garrison.pipeline.told import Packed, Told, compared, packed, parted
from garrison.pipeline.transcript import Transcript, transcribed
from garrison.pipeline.words import words

# Of a family with so many claims it is kept what was heard of it, so that a new claim need not wait for the others.
LARGE = 64
# Where more editions than this have changed since, a family is heard as a whole.
MOST_EDITIONS = 2000
# Of so many claims what was heard is held in memory while the program runs.
HELD = 120_000
# So many bytes of what was heard wait in memory to be kept.
WAITING = 32_000_000


_HELD: OrderedDict[tuple[Path, Family], Told] = OrderedDict()
_HOLDING = Lock()


def forget(path: Path | None = None) -> None:
    """Hold nothing any more of what was heard for the file of kept estimates at ``path``, or for any."""
    with _HOLDING:
        for held in [each for each in _HELD if path is None or each[0] == path]:
            del _HELD[held]


@dataclass(slots=True)
class Making:
    """Makes the rows of families as of the tick ``now``; ``told`` is what large families were told, yet to be kept."""

    ledger: Ledger
    question: observing.Question
    store: Store
    now: tuple[int, str]
    told: dict[Family, Packed] = field(default_factory=dict)
    _changes: dict[int, Changes | None] = field(default_factory=dict)

    def made(self, due: Mapping[Family, int]) -> Sheet:
        """The rows of ``due``, families with how many claims each has."""
        with uncollected(), passed_over(self.ledger, due):
            return self._made(due)

    def _made(self, due: Mapping[Family, int]) -> Sheet:
        fresh: Sheet = {}
        whole: dict[Family, int] = {}
        for family, claims in due.items():
            before = self._told(family) if claims >= LARGE else None
            if before is None:
                whole[family] = claims
            else:
                said, compared_now = self._said(family, before), dict(before.passages)
                only = frozenset([family])
                again = heard(self.ledger, self.question, only, said, passages=compared_now, kinships=before.kinships)
                rows, kept = self._rows_of(again, [family], before.chains)
                fresh |= rows
                self._keep(family, Told(self.now, again.words, kept, compared_now, again.kinships), before)
        for batch in batches(whole):
            said = transcribed(words(columns.heard(self.ledger.session, self.question.moment, batch)))
            passages: Passages = {}
            told = heard(self.ledger, self.question, frozenset(batch), said, passages=passages)
            rows, kept = self._rows_of(told, batch, {})
            fresh |= rows
            self._share(told.words, batch, {family for family in batch if whole[family] >= LARGE}, kept, passages)
            # What little of it has cycles, from the queries, goes batch by batch.
            gc.collect(0)
        return fresh

    def _share(
        self,
        said: Transcript,
        families: Sequence[Family],
        large: Set[Family],
        kept: Mapping[str, Chain],
        passages: Passages,
    ) -> None:
        """Keep what each of some ``families`` was told of all that was said, and the chains of the ``large`` ones."""
        own: dict[Family, list[int]] = {family: [] for family in families}
        for at, each in enumerate(said):
            for family in {each.family, *(family_of(row) for row, _ in each.statements)} & own.keys():
                own[family].append(at)
        chains_of: dict[Family, dict[str, Chain]] = {family: {} for family in families}
        for row, chain in kept.items():
            if (family := family_of(row)) in large:
                chains_of[family][row] = chain
        for family, places in own.items():
            words_of = said.where(np.array(places, dtype=np.int64))
            self._keep(family, Told(self.now, words_of, chains_of[family], compared(words_of, passages)), None)

    def _keep(self, family: Family, told: Told, before: Told | None) -> None:
        """Keep what a family was told, for the next time."""
        told = parted(told, before)
        self.told[family] = packed(told, before, self._touched(before))
        if before is not None:
            # Something new is likely to be said again of one of which something new was said.
            self._hold(family, told)
        if sum(each.size for each in self.told.values()) > WAITING:
            self.store.tell(self.told, self.now)
            self.told.clear()

    def _hold(self, family: Family, told: Told) -> None:
        key = (self.store.path, family)
        with _HOLDING:
            _HELD.pop(key, None)
            _HELD[key] = told
            while sum(len(each.words) for each in _HELD.values()) > HELD:
                _HELD.popitem(last=False)

    def _told(self, family: Family) -> Told | None:
        """What a family was told, to go on from; ``None`` where it has to be heard as a whole."""
        kept = _HELD.get((self.store.path, family))
        if kept is None or not self._goes_on(kept.tick):
            kept = self.store.told(family)
        if kept is None or not self._goes_on(kept.tick):
            return None
        seq = kept.tick[0]
        if seq not in self._changes:
            self._changes[seq] = columns.changes(self.ledger.session, seq)
        changes = self._changes[seq]
        return kept if changes is not None and len(changes.begun) <= MOST_EDITIONS else None

    def _touched(self, before: Told | None) -> frozenset[int]:
        """The editions that began or ended since a family was told ``before``."""
        changes = None if before is None else self._changes[before.tick[0]]
        return changes.ended | changes.begun if changes is not None else frozenset()

    def _said(self, family: Family, before: Told) -> Transcript:
        """The words of a family that goes on from what it was told ``before``."""
        changes = self._changes[before.tick[0]]
        if changes is None or not changes.begun:
            return before.words.without(self._touched(before))
        fresh = words(columns.heard(self.ledger.session, self.question.moment, [family], changes.begun))
        fresh.sort(key=lambda each: (each.edition, each.standing))
        return before.words.without(self._touched(before)).with_more(fresh)

    def _goes_on(self, tick: tuple[int, str]) -> bool:
        return columns.ticked(self.ledger.session, tick[0]) == tick[1]

    def _rows_of(
        self, told: Hearing, families: Sequence[Family], before: Mapping[str, Chain]
    ) -> tuple[Sheet, dict[str, Chain]]:
        """The kept rows of ``families``, going on from the chains ``before``, and their chains."""
        found: dict[Family, list[KeptRow]] = {family: [] for family in families}
        kept: dict[str, Chain] = {}
        if len(told):
            statements, stems = nested(told.statements, told.wholes)
            key = 2 * told.key[stems] + (np.arange(len(stems)) >= len(told))
            right, kept = _worked(key, statements, told.rows, before)
            remarks = remarked(told, statements, stems, right)
            filed_under = in_series(told, self.question.day)
            rows = summarised(self.ledger, families)
            for at, row in enumerate(told.rows):
                if row not in kept:
                    continue
                day, posterior = int(kept[row].day[-1]), folded(kept[row].forward[-1])
                gone = dropped(told, filed_under.get(at, ()), self.question.day)
                remark = replace(remarks[at], dropped=gone)
                found[family_of(row)].append(kept_row(remark, day, posterior.tobytes(), rows.get(row)))
        return {family: tuple(rows_of) for family, rows_of in found.items()}, kept


def _worked(
    key: Whole, statements: Statements, rows: Sequence[str], before: Mapping[str, Chain]
) -> tuple[Floats, dict[str, Chain]]:
    """How probably right each statement is, and the chain of each row, gone on with where that is possible."""
    right = np.full(len(statements), np.nan)
    found: dict[str, Chain] = {}
    rising = bool((np.diff(key) > 0).all())
    order = in_order(statements.row) if rising else np.lexsort((key, statements.row))
    edges = np.searchsorted(statements.row[order], np.arange(len(rows) + 1))
    anew: list[Whole] = []
    for at, row in enumerate(rows):
        mine = order[edges[at] : edges[at + 1]]
        old = before.get(row)
        chain = None
        if old is not None and len(mine):
            own = statements if rising and len(rows) == 1 else statements.where(mine)
            chain = continued(old, key[mine], own, parameters_for(class_of(row)))
        if chain is None:
            anew.append(mine)
        else:
            found[row], right[mine] = chain, chain.right
    if anew:
        chosen = np.concatenate(anew)
        own = statements.where(chosen)
        for at, chain in chains(key[chosen], own, [class_of(row) for row in rows]):
            found[rows[at]], right[order[edges[at] : edges[at + 1]]] = chain, chain.right
    return right, found
