"""Estimates: from the ledger's claims to intervals, each claim with its voice, weight and probability."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Unpack

import numpy as np

from garrison.estimation.answers import Answer, answered_by_class
from garrison.estimation.arrays import Floats, Whole
from garrison.estimation.nesting import nested
from garrison.estimation.parameters import DEFAULT
from garrison.estimation.statements import Statements
from garrison.estimation.tolerance import held
from garrison.estimation.weighing import shares
from garrison.ledger import Ledger, asking, columns, keys, observing
from garrison.ledger.columns import Family, family_of
from garrison.ledger.days import asked_day, day_text, today
from garrison.pipeline.filters import Filters
from garrison.pipeline.hearing import Hearing, hearing, wholes_of
from garrison.pipeline.remarks import dropped, in_series, remarked
from garrison.vocabulary import Asset, Estimate, Heard, Less, UsageError

if TYPE_CHECKING:
    from garrison.pipeline.past import Made, Make, Show

# So many claims are worked through at once: enough to fill the blocks of the timeline, few enough for the memory.
BATCH = 40_000
# So many answers are kept while the program runs, for a server that is asked the same again.
KEPT = 16
# A weight from here on is as good as one.
FULL = 0.95
_ANSWERED: dict[tuple[str, tuple[int, str], observing.Question], dict[str, Estimate]] = {}


def estimates(ledger: Ledger, **filters: Unpack[Filters]) -> dict[str, Estimate]:
    """The estimates of the rows that pass, by the rows' keys (``garrison.ledger.keys``).

    Those of today, by all that is known, are kept from one question to the next (:mod:`garrison.pipeline.kept`); others
    are made from what is kept of the claims (:mod:`garrison.pipeline.past`). Those of a part of a large ledger of which
    nothing is kept yet are made from the claims themselves.

    Args:
        ledger: an open ledger.
        filters: which rows, and of when (:class:`garrison.pipeline.filters.Filters`).

    Raises:
        UsageError: a place or date that is unknown.
    """
    question = asked(ledger, **filters)
    if question.moment == asking.Moment() and question.day == today():
        from garrison.pipeline import kept

        if not _sooner_made(ledger, question):
            return kept.current(ledger, question)
    # What a ledger says changes only with its ticks: until the next, the same question has the same answer.
    key = (str(ledger.path.resolve()), columns.last_change(ledger.session), question)
    if key not in _ANSWERED:
        found = estimated_then(ledger, question)[0]
        while len(_ANSWERED) >= KEPT:
            del _ANSWERED[next(iter(_ANSWERED))]
        _ANSWERED[key] = {row: each for row, each in found.items() if passes(row, question)}
    return dict(_ANSWERED[key])


def estimated_then(
    ledger: Ledger,
    question: observing.Question,
    make: Make[Made] | None = None,
    show: Show[Made] | None = None,
) -> tuple[dict[str, Estimate], list[Made]]:
    """The estimates of the families that ``question`` is about, by row, and what is to ``make`` of what is stated.

    What is to ``show`` of rows that are as today is what would be made of them.
    """
    from garrison.pipeline import past

    due = columns.families(ledger.session, question)
    with passed_over(ledger, due):
        then = past.from_kept(ledger, question, due, BATCH, make, show)
        left: dict[str, Estimate] = {}
        for families in batches({family: claims for family, claims in due.items() if family in then.left}):
            heard = hearing(ledger, question, families)
            left |= {row: of_days[0] for row, of_days in estimated(heard, [question.day]).items()}
        more = make(question, observing.of_rows(ledger.session, question, then.left), left) if make else []
    return then.estimates | left, [*then.made, *more]


def _sooner_made(ledger: Ledger, question: observing.Question) -> bool:
    """Whether so much of a large ledger is yet to be heard that a part of it is sooner heard alone."""
    from garrison.pipeline import kept

    if question.place is None and question.actor_key is None and question.asset is None:
        return False
    behind = kept.behind(ledger)
    return behind > BATCH and 4 * sum(columns.families(ledger.session, question).values()) < behind


def passed_over(ledger: Ledger, families: Mapping[Family, int]) -> AbstractContextManager[None]:
    """While many claims are read at once the ledger is not mapped into memory, which would hold all of it."""
    return ledger.session.unmapped() if sum(families.values()) > BATCH else nullcontext()


def batches(families: Mapping[Family, int]) -> Iterator[list[Family]]:
    """The families in runs of about ``BATCH`` claims, those of one place together."""
    batch: list[Family] = []
    many = 0
    for family, claims in families.items():
        if batch and many + claims > BATCH and (batch[-1].place != family.place or many > 4 * BATCH):
            yield batch
            batch, many = [], 0
        batch.append(family)
        many += claims
    if batch:
        yield batch


def passes(row: str, question: observing.Question) -> bool:
    """Whether a row is one that ``question`` is about: of a family, those of a site that was asked for."""
    place = question.place
    if place is None or place.key is None:
        return True
    parts = row.partition(":")[0].split("/")
    return place.key in parts[2:]


def number_heard(ledger: Ledger, **filters: Unpack[Filters]) -> int:
    """How many claims of levels an estimate made from the claims would hear.

    Raises:
        UsageError: a place that is unknown.
    """
    return sum(columns.families(ledger.session, asked(ledger, **filters)).values())


def number_awaited(ledger: Ledger, **filters: Unpack[Filters]) -> int:
    """How many claims the estimates of today would have to wait for: those that nothing is kept of yet.

    Raises:
        UsageError: a place that is unknown.
    """
    from garrison.pipeline import kept

    question = asked(ledger, **filters)
    if _sooner_made(ledger, question):
        return sum(columns.families(ledger.session, question).values())
    return kept.behind(ledger)


def is_kept(ledger: Ledger, **filters: Unpack[Filters]) -> bool:
    """Whether estimates for these times are those of today by all that is known, which are kept.

    Raises:
        UsageError: one of them is no date.
    """
    question = asked(ledger, **filters)
    return question.moment == asking.Moment() and question.day == today()


def is_heard(ledger: Ledger, **filters: Unpack[Filters]) -> bool:
    """Whether what was heard of the claims known then is kept: estimates are soon made from it.

    Raises:
        UsageError: one of the times is no date.
    """
    from garrison.pipeline import kept

    moment = asked(ledger, **filters).moment
    return moment.seq is None and moment.open_day is None and kept.behind(ledger) == 0


def row_estimates(
    ledger: Ledger, id: str, days: Sequence[int], *, known: str | None = None, recorded: str | None = None
) -> tuple[str, tuple[Estimate, ...]]:
    """The key of the row with this id, and its estimates on ``days`` (ordinals), all by what was known by ``known``.

    The last has the claims that it rests on.

    Raises:
        UsageError: no such row.
    """
    key = keys.split_row_key(id)
    if key is None or observing.row_named(ledger.session, key) is None:
        raise UsageError(f"the ledger has no row {id!r}; rows are named actor/asset/place, such as RUS/personnel/TJK")
    question = observing.Question(day=max(days), moment=asking.moment(ledger.session, known, recorded), current=False)
    found = estimated(hearing(ledger, question, [family_of(key)]), days, with_claims={key})
    if key not in found:
        raise UsageError(f"nothing is known of the row {id!r} by then")
    return key, found[key]


def asked(ledger: Ledger, **filters: Unpack[Filters]) -> observing.Question:
    """What is asked for, in the ledger's keys and days.

    Raises:
        UsageError: a place or date that is unknown.
    """
    place, actor, asset, as_of = filters.get("place"), filters.get("actor"), filters.get("asset"), filters.get("as_of")
    known, recorded = _unless_today(filters.get("known")), _unless_today(filters.get("recorded"))
    return observing.Question(
        day=asked_day(as_of, "the day of the picture") if as_of else today(),
        moment=asking.moment(ledger.session, known, recorded),
        current=False,
        place=asking.somewhere(ledger.session, place) if place else None,
        actor_key=asking.someone(actor) if actor else None,
        asset=asset.value if asset else None,
    )


def _unless_today(day: str | None) -> str | None:
    """``None`` for a day by the end of which all is known and recorded that is now."""
    return None if day is not None and len(day) <= len("2026-01-01") and asked_day(day, "the day") >= today() else day


def estimated(
    heard: Hearing, days: Sequence[int], with_claims: set[str] | frozenset[str] | None = frozenset()
) -> dict[str, tuple[Estimate, ...]]:
    """The estimates of every row on each of ``days``, by key.

    Args:
        heard: what was said.
        days: ordinals.
        with_claims: the rows whose last estimate is to have the claims that it rests on; ``None`` for all.
    """
    if not len(heard) or not days:
        return {}
    return told_on(heard, days, weighed(heard, days), with_claims)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the statements of a hearing make likely: the ``answer``, with what parts say of their wholes.

    ``statements`` are those of the hearing and after them those about wholes; ``stems`` is from which each stems.
    """

    statements: Statements
    stems: Whole
    answer: Answer


def weighed(heard: Hearing, days: Sequence[int]) -> Weighed:
    """What is likely of each row on each of ``days`` (ordinals), the first row's days first."""
    statements, stems = nested(heard.statements, heard.wholes)
    rows = np.repeat(np.arange(len(heard.rows), dtype=np.int64), len(days))
    on = np.tile(np.array(days, dtype=np.int64), len(heard.rows))
    return Weighed(statements, stems, answered_by_class(statements, rows, on, classes(heard)))


def told_on(
    heard: Hearing,
    days: Sequence[int],
    found_likely: Weighed,
    with_claims: set[str] | frozenset[str] | None = frozenset(),
) -> dict[str, tuple[Estimate, ...]]:
    """The estimates of every row on each of ``days``, by key; the arguments are those of :func:`estimated`."""
    statements, stems, answer = found_likely.statements, found_likely.stems, found_likely.answer
    remarks = remarked(heard, statements, stems, answer.right)
    voiced = _voiced(heard, statements, stems, answer.right, with_claims)
    filed_under = in_series(heard, min(days))
    levels = answer.levels
    low, median, high = (each.tolist() for each in (levels.low, levels.median, levels.high))
    presence, dates = levels.presence.tolist(), [day_text(day) for day in days]
    found: dict[str, tuple[Estimate, ...]] = {}
    last = len(days) - 1
    for row, key in enumerate(heard.rows):
        of_days = []
        for offset, day in enumerate(days):
            at = row * len(days) + offset
            remark = remarks[row]
            of_days.append(
                Estimate(
                    key,
                    dates[offset],
                    int(low[at]) if remark.sized else None,
                    round(median[at]) if remark.sized else None,
                    int(high[at]) if remark.sized else None,
                    presence[at],
                    remark.voices,
                    remark.dispute,
                    remark.outlying,
                    dropped(heard, filed_under.get(row, ()), day),
                    tuple(voiced.get(row, ())) if offset == last else (),
                )
            )
        found[key] = tuple(of_days)
    return {row: tuple(of_days) for row, of_days in capped(found).items()}


def _voiced(
    heard: Hearing,
    statements: Statements,
    stems: Whole,
    right: Floats,
    rows: set[str] | frozenset[str] | None,
) -> dict[int, list[Heard]]:
    """The claims that each of ``rows`` rests on; of all rows if ``None``."""
    if rows is not None and not rows:
        return {}
    chosen = [at for at, row in enumerate(statements.row.tolist()) if rows is None or heard.rows[row] in rows]
    claims = [int(heard.claim[stems[at]]) for at in chosen]
    own = statements.where(np.array(chosen, dtype=np.int64))
    again, house, figure = shares(own, DEFAULT)
    holds = held(own, classes(heard))
    found: dict[int, list[Heard]] = defaultdict(list)
    for number, (at, claim) in enumerate(zip(chosen, claims, strict=True)):
        parts = {Less.AGAIN: again[number], Less.HOUSE: house[number], Less.FIGURE: figure[number]}
        weight = float(again[number] * min(house[number], figure[number]))
        sure = not np.isnan(right[at])
        found[int(own.row[number])].append(
            Heard(
                heard.filed[claim].citation,
                heard.voice_of(claim).name,
                heard.voice_of(claim).because,
                weight,
                float(right[at]) if sure else None,
                at >= len(heard),
                float(holds[number]) if sure else None,
                min(parts, key=lambda each: parts[each]) if weight < FULL else None,
            )
        )
    return found


def classes(heard: Hearing) -> list[str]:
    """The class by which each row is modelled."""
    return [class_of(row) for row in heard.rows]


def class_of(row: str) -> str:
    """The class by which a row is modelled: its asset; for a force in all, larger by some orders."""
    _, asset, place = row.partition(":")[0].split("/")[:3]
    if place != keys.STRENGTH_PLACE:
        return asset
    return keys.STRENGTH_PLACE if asset == Asset.PERSONNEL else Asset.PERSONNEL


def capped(found: Mapping[str, Sequence[Estimate]]) -> dict[str, Sequence[Estimate]]:
    """A part is no larger than its whole; that bounds the answer, and feeds nothing back."""
    bounded: dict[str, Sequence[Estimate]] = {}
    for row, of_days in found.items():
        wholes = [found[whole] for whole in wholes_of(row) if whole in found and found[whole][0].sized]
        bounded[row] = [_below(each, [whole[at] for whole in wholes]) for at, each in enumerate(of_days)]
    return bounded


def _below(part: Estimate, wholes: Sequence[Estimate]) -> Estimate:
    tops = [whole.high for whole in wholes if whole.high is not None]
    if part.low is None or part.median is None or part.high is None or not tops:
        return part
    top = min(tops)
    return replace(part, low=min(part.low, top), median=min(part.median, top), high=min(part.high, top))
