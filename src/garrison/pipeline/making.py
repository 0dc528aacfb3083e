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
from garrison.pipeline.further import heard_further
from garrison.pipeline.hearing import Hearing, Passages, heard
from garrison.pipeline.kept_file import Store, uncollected
from garrison.pipeline.kept_rows import KeptRow, Sheet, kept_row
from garrison.pipeline.picture import summarised
from garrison.pipeline.remarks import dropped, in_series, remarked
from garrison.pipeline.told import Packed, Told, compared, last_days, packed, parted
from garrison.pipeline.transcript import Transcript, transcribed
from garrison.pipeline.words import Word, words

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
        with uncollected():
            return self._made(due)

    def _made(self, due: Mapping[Family, int]) -> Sheet:
        fresh: Sheet = {}
        whole: dict[Family, int] = {}
        for family, claims in due.items():
            before = self._told(family) if claims >= LARGE else None
            if before is None:
                whole[family] = claims
            else:
                again, grown, compared_now = self._again(family, before)
                rows, kept = self._rows_of(again, [family], before.chains, grown=grown)
                fresh |= rows
                now = Told(self.now, again.words, kept, compared_now, again.kinships, hearing=again.without_ledger())
                self._keep(family, now, before, grown=grown)
        with passed_over(self.ledger, whole):
            for batch in batches(whole):
                fresh |= self._whole(batch, whole)
        return fresh

    def _whole(self, batch: Sequence[Family], claims: Mapping[Family, int]) -> Sheet:
        """The rows of some families from their ``claims``, of which it has how many there are."""
        said = transcribed(words(columns.heard(self.ledger.session, self.question.moment, batch)))
        passages: Passages = {}
        told = heard(self.ledger, self.question, frozenset(batch), said, passages=passages)
        rows, kept = self._rows_of(told, batch, {})
        self._share(told.words, batch, {family for family in batch if claims[family] >= LARGE}, kept, passages)
        # What little of it has cycles, from the queries, goes batch by batch.
        gc.collect(0)
        return rows

    def _again(self, family: Family, before: Told) -> tuple[Hearing, bool, Passages]:
        """The hearing of a family that was told something ``before``, and the paragraphs that were compared.

        Also whether its statements are those of before and some after them.
        """
        touched, fresh = self._touched(before), self._fresh(family, before)
        words_of, passages = before.words.without(touched), dict(before.passages)
        if before.hearing is not None and words_of is before.words:
            again = heard_further(self.ledger, self.question, family, before.hearing, fresh)
            if again is not None:
                return again, True, passages
        said, only = words_of.with_more(fresh), frozenset([family])
        again = heard(self.ledger, self.question, only, said, passages=passages, kinships=before.kinships)
        return again, False, passages

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

    def _keep(self, family: Family, told: Told, before: Told | None, *, grown: bool = False) -> None:
        """Keep what a family was told, for the next time; ``grown`` if its statements are those of before and some."""
        told = parted(told, before)
        kept = packed(told, before, self._touched(before), grown=grown)
        self.told[family] = replace(kept, days=last_days(told.words, self.question.day))
        told = replace(told, patches=kept.patches)
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

    def _fresh(self, family: Family, before: Told) -> list[Word]:
        """The words of a family since it was told ``before``, in the order of the ledger."""
        changes = self._changes[before.tick[0]]
        if changes is None or not changes.begun:
            return []
        fresh = words(columns.heard(self.ledger.session, self.question.moment, [family], changes.begun))
        return sorted(fresh, key=lambda each: (each.edition, each.standing))

    def _goes_on(self, tick: tuple[int, str]) -> bool:
        return columns.ticked(self.ledger.session, tick[0]) == tick[1]

    def _rows_of(
        self, told: Hearing, families: Sequence[Family], before: Mapping[str, Chain], *, grown: bool = False
    ) -> tuple[Sheet, dict[str, Chain]]:
        """The kept rows of ``families``, going on from the chains ``before``, and their chains.

        Args:
            told: what was heard.
            families: of which.
            before: the chains as they were, by row.
            grown: whether their statements are the same, with some after them.
        """
        found: dict[Family, list[KeptRow]] = {family: [] for family in families}
        kept: dict[str, Chain] = {}
        if len(told):
            statements, stems = nested(told.statements, told.wholes)
            key = 2 * told.key[stems] + (np.arange(len(stems)) >= len(told)) if len(stems) > len(told) else 2 * told.key
            right, kept = _worked(key, statements, told.rows, before, grown=grown)
            remarks = remarked(told, statements, stems, right)
            filed_under = in_series(told, self.question.day)
            rows = summarised(self.ledger, families, {each.row: each for each in remarks})
            for at, row in enumerate(told.rows):
                if row not in kept:
                    continue
                day, posterior = int(kept[row].day[-1]), folded(kept[row].forward[-1])
                gone = dropped(told, filed_under.get(at, ()), self.question.day)
                remark = replace(remarks[at], dropped=gone)
                found[family_of(row)].append(kept_row(remark, day, posterior.tobytes(), rows.get(row)))
        return {family: tuple(rows_of) for family, rows_of in found.items()}, kept


def _worked(
    key: Whole, statements: Statements, rows: Sequence[str], before: Mapping[str, Chain], *, grown: bool
) -> tuple[Floats, dict[str, Chain]]:
    """How probably right each statement is, and the chain of each row, gone on with where that is possible."""
    alone = len(rows) == 1 and rows[0] in before and _is_rising(key)
    if alone:
        # The columns are those of the row as they lie.
        chain = continued(before[rows[0]], key, statements, parameters_for(class_of(rows[0])), grown=grown)
        if chain is not None:
            return chain.right, {rows[0]: chain}
    right = np.full(len(statements), np.nan)
    found: dict[str, Chain] = {}
    of_rows = _by_row(key, statements.row, len(rows))
    anew: list[Whole] = []
    for row, mine in zip(rows, of_rows, strict=True):
        old, chain = before.get(row), None
        if old is not None and len(mine) and not alone:
            chain = continued(old, key[mine], statements.where(mine), parameters_for(class_of(row)), grown=grown)
        if chain is None:
            anew.append(mine)
        else:
            found[row], right[mine] = chain, chain.right
    if anew:
        chosen = np.concatenate(anew)
        own = statements.where(chosen)
        for at, chain in chains(key[chosen], own, [class_of(row) for row in rows]):
            found[rows[at]], right[of_rows[at]] = chain, chain.right
    return right, found


def _by_row(key: Whole, row: Whole, many: int) -> list[Whole]:
    """The positions of the elements of each of ``many`` rows, by key."""
    by_key = np.arange(len(key)) if _is_rising(key) else np.argsort(key, kind="stable")
    if many == 1:
        return [by_key]
    of = row[by_key]
    if many <= _FEW:
        return [by_key[of == at] for at in range(many)]
    order = in_order(of)
    return np.split(by_key[order], np.searchsorted(of[order], np.arange(1, many)))


def _is_rising(key: Whole) -> bool:
    return bool((key[1:] > key[:-1]).all())


# The statements of so few rows are looked for row by row.
_FEW = 16
