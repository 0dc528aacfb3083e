"""Past: the estimates of another day than today, by what was known on that day, from what is kept of the claims.

What was heard of each family is kept as columns (:mod:`garrison.pipeline.roll`), so that nothing has to be read
from the ledger but wordings that others have taken the place of since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from itertools import chain, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from garrison.estimation.arrays import in_order
from garrison.estimation.timeline import shared_out
from garrison.ledger import Ledger, columns, observing
from garrison.ledger.columns import Family, family_of
from garrison.ledger.observing import Observed
from garrison.ledger.redaction import estimates_beside
from garrison.pipeline import apart, kept
from garrison.pipeline.estimates import BATCH, estimated, passed_over, passes
from garrison.pipeline.hearing import Hearing, Passages, heard
from garrison.pipeline.kept_file import Store, uncollected
from garrison.pipeline.kept_rows import Sheet
from garrison.pipeline.roll import Looked
from garrison.pipeline.stated import named, observed, read_ahead
from garrison.pipeline.told import Part, transcript_of, unpacked_passages
from garrison.pipeline.transcript import Transcript
from garrison.vocabulary import Estimate

# So many words are worked through at once: enough for many rows side by side, few enough for the memory.
TOGETHER = 80_000
# From so many on, another program is worth its start.
APART = 100_000
# Of so many lots it has the smaller half, as it has to begin.
LOTS = 15


Made = TypeVar("Made")
# What is made of some of what is stated, beside the estimates of the same families; a function of a module.
Make = Callable[[observing.Question, Sequence[Observed], Mapping[str, Estimate]], list[Made]]
# The same of rows as they are kept, those that have an estimate.
Show = Callable[[Sheet, Mapping[str, Estimate]], list[Made]]


class Past(NamedTuple, Generic[Made]):
    """What was so on the day of a question, by what was known at its moment, as far as that is in what is kept.

    ``left`` are the families of which it is not.
    """

    estimates: dict[str, Estimate]
    made: list[Made]
    left: frozenset[Family]


def from_kept(
    ledger: Ledger,
    question: observing.Question,
    due: Mapping[Family, int],
    most: int,
    make: Make[Made] | None = None,
    show: Show[Made] | None = None,
    *,
    estimates: bool = True,
) -> Past[Made]:
    """The ``estimates`` of ``due``, families by how many claims they have, and what is to ``make`` of what is stated.

    Of families of which nothing was known later, and nothing is of a later time, the rows are as today, drifted to the
    day of the question; of these it is what is to ``show`` of them, if that is given.
    Left are families of which what was heard is not kept, or was heard otherwise at the question's moment than now.
    They are all, where more claims than are asked for, and than ``most``, would have to be heard to bring what is kept
    up to date.
    """
    moment = question.moment
    # Of what a ledger showed before, or does not show to all, nothing is kept.
    if moment.seq is not None or moment.open_day is not None or kept.behind(ledger) > max(sum(due.values()), most):
        return Past({}, [], frozenset(due))
    if sum(due.values()) < APART or not apart.possible():
        return _then(ledger, question, due, make, show, estimates, None)
    # The other program begins while it is found out what it is to do.
    with apart.beginning() as other:
        return _then(ledger, question, due, make, show, estimates, other)


def _then(
    ledger: Ledger,
    question: observing.Question,
    due: Mapping[Family, int],
    make: Make[Made] | None,
    show: Show[Made] | None,
    estimates: bool,
    other: apart.Other | None,
) -> Past[Made]:
    """As :func:`from_kept`, with the help of another program."""
    moment, sheet = question.moment, kept.refreshed(ledger).sheet
    otherwise = frozenset() if moment.known_day is None else columns.superseded(ledger.session, moment.known_day)
    same = _as_today(ledger, question, sheet, due.keys() - otherwise) if estimates and (show or not make) else {}
    today = kept.on_day(ledger, same, question.day)
    shown = show(same, {row: each for row, each in today.items() if passes(row, question)}) if show else []
    # Rows of about one length are worked through in the fewest steps, and side by side with many others.
    by_size = sorted(due.keys() - otherwise - same.keys(), key=lambda family: (-due[family], family))
    asked = [(family, due[family]) for family in by_size]
    if other is None or len(asked) < 2 or sum(claims for _, claims in asked) < APART:
        then = _share(ledger, question, asked, make, estimates)
    else:
        lots = _dealt(asked, LOTS)
        own, others = (sorted(chain.from_iterable(lots[first::2]), key=itemgetter(1), reverse=True) for first in (0, 1))
        now = columns.last_change(ledger.session)
        answer = other.ask(_share_apart, ledger.path, now, question, others, make, estimates)
        with shared_out():
            then = _share(ledger, question, own, make, estimates)
        rest = answer() or _share(ledger, question, others, make, estimates)
        then = _Share(then.estimates | rest.estimates, [*then.made, *rest.made], then.read | rest.read)
    return Past(today | then.estimates, [*shown, *then.made], frozenset(due) - then.read - same.keys())


def _as_today(ledger: Ledger, question: observing.Question, sheet: Sheet, due: Set[Family]) -> Sheet:
    """The rows of those of ``due`` of which all was known at the question's moment, and is of its day or earlier."""
    known = Store(estimates_beside(ledger.path)).by_then(question.moment.known_day, question.day)
    found = {family: sheet[family] for family in sorted(known & due & sheet.keys())}
    return {family: rows for family, rows in found.items() if all(row.day <= question.day for row in rows)}


def stated_then(ledger: Ledger, question: observing.Question) -> list[Observed] | None:
    """What is stated of the rows that ``question`` is about, in no order, of which citations are read later.

    ``None`` where that is not soon told from what is kept, or is of so few claims that these are as soon read.
    """
    due = columns.families(ledger.session, question)
    if sum(due.values()) <= BATCH or kept.behind(ledger) > BATCH:
        return None
    with passed_over(ledger, due):
        then = from_kept(ledger, question, due, 0, _as_stated, estimates=False)
        made = [each for each in then.made if passes(each.key, question)]
        read_ahead(ledger, made)
        asked = set(then.left)
        return [*made, *observing.of_rows(ledger.session, question, asked)] if len(asked) < len(due) else None


def _as_stated(
    question: observing.Question, stated: Sequence[Observed], estimates: Mapping[str, Estimate]
) -> list[Observed]:
    return list(stated)


class _Share(NamedTuple, Generic[Made]):
    """What is so of some families; ``read`` are those of which it is in what is kept."""

    estimates: dict[str, Estimate]
    made: list[Made]
    read: frozenset[Family]


def _share_apart(
    path: Path,
    now: tuple[int, str],
    question: observing.Question,
    asked: Sequence[tuple[Family, int]],
    make: Make[Made] | None,
    estimates: bool,
) -> _Share[Made] | None:
    """As :func:`_share`, in a program of its own; ``None`` where the ledger is not as it was ``now``."""
    with Ledger.open(path, create=False, read_only=True) as ledger, shared_out(), ledger.session.unmapped():
        if columns.last_change(ledger.session) != now:
            return None
        return _share(ledger, question, asked, make, estimates)


def _share(
    ledger: Ledger,
    question: observing.Question,
    asked: Sequence[tuple[Family, int]],
    make: Make[Made] | None,
    estimates: bool,
) -> _Share[Made]:
    """What is so of the families ``asked``, with how many claims each has, the largest first."""
    found: dict[str, Estimate] = {}
    stated: list[Observed] = []
    read: set[Family] = set()
    store = Store(estimates_beside(ledger.path))
    groups = 1 + sum(claims for _, claims in asked) // TOGETHER
    with uncollected():
        for group in _cut(asked, groups):
            own = list(store.parts(family for family, _ in group))
            if not own:
                continue
            families = frozenset(family for family, _ in own)
            parts = [part for _, of_family in own for part in of_family]
            read |= families
            said = _known(transcript_of(parts), question.moment.known_day)
            if make is not None:
                of_these = (each for each in observed(ledger, question, said))
                stated.extend(each for each in of_these if family_of(each.key) in families)
            if estimates and len(said):
                again = _heard(ledger, question, families, said, parts)
                found |= {row: of_day for row, (of_day,) in estimated(again, [question.day]).items()}
        made = [] if make is None else make(question, named(ledger, stated), found)
    return _Share(found, made, frozenset(read))


def _dealt(asked: Sequence[tuple[Family, int]], many: int) -> list[Sequence[tuple[Family, int]]]:
    """The families in ``many`` lots as like each other as can be; the first has the largest."""
    turns = [*range(many), *reversed(range(many))]
    lots: list[list[tuple[Family, int]]] = [[] for _ in range(many)]
    for at, each in enumerate(asked):
        lots[turns[at % len(turns)]].append(each)
    return [lot for lot in lots if lot]


def _cut(asked: Sequence[tuple[Family, int]], many: int) -> list[Sequence[tuple[Family, int]]]:
    """The families in ``many`` runs of about as many claims: rows of about one length are worked through together."""
    running = np.cumsum([claims for _, claims in asked])
    shares = sum(claims for _, claims in asked) * np.arange(1, many) / many
    edges = [0, *np.searchsorted(running, shares).tolist(), len(asked)]
    return [asked[start:end] for start, end in pairwise(edges) if start < end]


def _heard(
    ledger: Ledger,
    question: observing.Question,
    families: frozenset[Family],
    said: Transcript,
    parts: Sequence[Part],
) -> Hearing:
    passages: Passages = {}
    if (said.roll.looked == Looked.FOUND).any():
        for each in parts:
            passages.update(unpacked_passages(each.passages))
    return heard(ledger, question, families, said, passages=passages)


def _known(said: Transcript, day: int | None) -> Transcript:
    """The words known by ``day``, each once, edition by edition."""
    roll = said.roll
    # What moved from one family to another was told to both.
    _, chosen = np.unique(roll.standing, return_index=True)
    if day is not None:
        chosen = chosen[roll.known[chosen] <= day]
    return said.where(chosen[in_order(roll.edition[chosen], roll.standing[chosen])] if len(chosen) else chosen)
