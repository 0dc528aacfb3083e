"""Past: the estimates of another day than today, by what was known on that day, from what is kept of the claims.

What was heard of each family is kept as columns (:mod:`garrison.pipeline.roll`), so that nothing has to be read
from the ledger but wordings that others have taken the place of since.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from garrison.estimation.timeline import shared_out, single_threaded
from garrison.ledger import Ledger, columns, observing
from garrison.ledger.columns import Family, family_of
from garrison.ledger.observing import Observed
from garrison.ledger.redaction import estimates_beside
from garrison.pipeline import kept
from garrison.pipeline.estimates import Weighed, told_on, weighed
from garrison.pipeline.hearing import Hearing, Passages, heard
from garrison.pipeline.kept_file import Store, uncollected
from garrison.pipeline.roll import Looked
from garrison.pipeline.stated import observed
from garrison.pipeline.told import Part, transcript_of, unpacked_passages
from garrison.pipeline.transcript import Transcript
from garrison.vocabulary import Estimate

# So many words are worked through at once: enough for many rows side by side, few enough for the memory.
TOGETHER = 30_000
# So many at once, where there are as many processors.
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Past:
    """What was so on the day of a question, by what was known at its moment, as far as that is in what is kept.

    ``left`` are the families of which it is not.
    """

    estimates: dict[str, Estimate]
    rows: list[Observed]
    left: frozenset[Family]


def from_kept(
    ledger: Ledger,
    question: observing.Question,
    due: Mapping[Family, int],
    most: int,
    *,
    estimates: bool = True,
    rows: bool = False,
) -> Past:
    """The ``estimates`` of ``due``, families by how many claims they have, and what is stated of their ``rows``.

    Left are families of which what was heard is not kept, or was heard otherwise at the question's moment than now.
    They are all, where more claims than are asked for, and than ``most``, would have to be heard to bring what is kept
    up to date.
    """
    moment = question.moment
    # Of what a ledger showed before, or does not show to all, nothing is kept.
    if moment.seq is not None or moment.open_day is not None or kept.behind(ledger) > max(sum(due.values()), most):
        return Past({}, [], frozenset(due))
    kept.refresh(ledger)
    known_day = moment.known_day
    otherwise = frozenset() if known_day is None else columns.superseded(ledger.session, known_day)
    read: set[Family] = set()
    stated: list[Observed] = []

    def hearings() -> Iterator[Hearing]:
        # Rows of about one length are worked through in the fewest steps.
        by_size = sorted(due.keys() - otherwise, key=lambda family: (-due[family], family))
        for families, parts in _chunks(Store(estimates_beside(ledger.path)).parts(by_size)):
            read.update(families)
            said = _known(transcript_of(parts), known_day)
            if rows:
                of_these = (each for each in observed(ledger, question, said))
                stated.extend(each for each in of_these if family_of(each.key) in families)
            if estimates and len(said):
                yield _heard(ledger, question, families, said, parts)

    found: dict[str, Estimate] = {}
    with uncollected():
        for again, likely in _at_once(hearings(), question.day):
            found |= {row: of_day for row, (of_day,) in told_on(again, [question.day], likely).items()}
    return Past(found, stated, frozenset(due) - read)


def _at_once(hearings: Iterator[Hearing], day: int) -> Iterator[tuple[Hearing, Weighed]]:
    """What is likely on ``day`` by each hearing; while some are worked through, the next is heard."""
    first = list(islice(hearings, 2))
    if len(first) < 2 or (os.cpu_count() or 1) < 2:
        yield from ((each, weighed(each, [day])) for each in chain(first, hearings) if len(each))
        return
    with single_threaded(), ThreadPoolExecutor(AT_ONCE, "garrison-past") as pool:
        waiting: deque[tuple[Hearing, Future[Weighed]]] = deque()
        for each in chain(first, hearings):
            if not len(each):
                continue
            waiting.append((each, pool.submit(_alone, each, day)))
            if len(waiting) > AT_ONCE:
                done, likely = waiting.popleft()
                yield done, likely.result()
        while waiting:
            done, likely = waiting.popleft()
            yield done, likely.result()


def _alone(heard: Hearing, day: int) -> Weighed:
    with shared_out():
        return weighed(heard, [day])


def _chunks(told: Iterator[tuple[Family, list[Part]]]) -> Iterator[tuple[frozenset[Family], list[Part]]]:
    families: set[Family] = set()
    parts: list[Part] = []
    many = 0
    for family, own in told:
        if many > TOGETHER:
            yield frozenset(families), parts
            families, parts, many = set(), [], 0
        families.add(family)
        parts += own
        many += sum(each.many for each in own)
    if families:
        yield frozenset(families), parts


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
    return said.where(chosen[np.lexsort((roll.standing[chosen], roll.edition[chosen]))])
