"""Records of outlets on a ledger: fitted on what was known by the end of the last month, kept, and shown beside."""

from __future__ import annotations

import calendar
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from garrison.estimation.answers import answered_by_class
from garrison.estimation.arrays import Floats
from garrison.estimation.nesting import nested
from garrison.estimation.parameters import DEFAULT
from garrison.estimation.records import contested, records, with_records
from garrison.estimation.statements import Statements, joined
from garrison.ledger import Ledger, columns, keys, observing
from garrison.ledger.columns import family_of
from garrison.ledger.days import asked_day, day_text, today
from garrison.ledger.redaction import estimates_beside
from garrison.pipeline.estimates import asked, batches, capped, classes
from garrison.pipeline.hearing import Hearing, hearing
from garrison.pipeline.kept_file import Store, model
from garrison.vocabulary import Estimate, Picture, Row


@dataclass(frozen=True, slots=True)
class OutletRecords:
    """The chance that a number is false for each voice that has a record (by its id).

    They rest on what was known on ``known_by`` (ISO date), a month's last day; ``version`` names them.
    """

    known_by: str
    version: str
    wrong: Mapping[str, float]


def outlet_records(ledger: Ledger, *, known: str | None = None) -> OutletRecords:
    """The records as of the last month that had ended by ``known`` (today if ``None``), fitted once and kept.

    Raises:
        UsageError: ``known`` is no date.
    """
    last = month_end_before(asked_day(known, "the day it was known") if known else today())
    store, name = Store(estimates_beside(ledger.path)), f"records {last} {ledger.session.open_day or ''}"
    kept = store.note(name)
    wrong = json.loads(kept) if kept is not None else _fitted(ledger, last)
    if kept is None:
        store.take_note(name, json.dumps(wrong))
    version = hashlib.sha256(f"{last} {model()} {sorted(wrong.items())}".encode()).hexdigest()[:8]
    return OutletRecords(last, version, wrong)


def month_end_before(day: int) -> str:
    """The last day of the newest month that had ended before ``day`` (ordinal)."""
    first = date.fromordinal(day).replace(day=1)
    before = date.fromordinal(first.toordinal() - 1)
    return before.replace(day=calendar.monthrange(before.year, before.month)[1]).isoformat()


def _fitted(ledger: Ledger, last: str) -> dict[str, float]:
    question = asked(ledger, as_of=last, known=last)
    voice_of: dict[str, int] = {}
    parts: list[Statements] = []
    assets: list[str] = []
    for families in batches(columns.families(ledger.session, question)):
        heard = hearing(ledger, question, families)
        if not len(heard):
            continue
        statements, stems = nested(heard.statements, heard.wholes)
        named = [heard.voice_of(claim).id for claim in heard.claim[stems].tolist()]
        numbers = np.array([voice_of.setdefault(each, len(voice_of)) for each in named], dtype=np.int64)
        numbered = replace(statements, voice=numbers)
        disputed = np.isin(numbered.row, np.unique(numbered.row[contested(numbered)]))
        parts.append(replace(numbered, row=numbered.row + len(assets)).where(disputed))
        assets.extend(classes(heard))
    if not parts:
        return {}
    name_of = {number: name for name, number in voice_of.items()}
    return {name_of[each.voice]: round(each.wrong, 4) for each in records(joined(parts), assets)}


def with_second_intervals(ledger: Ledger, picture: Picture, found: OutletRecords) -> Picture:
    """``picture``, which has estimates, with what the records of outlets would make of each, where they change it."""
    of_picture = (*picture.rows, *picture.own, *picture.strengths)
    named = {keys.split_row_key(row.id): row for row in of_picture}
    question = asked(ledger, as_of=picture.as_of, known=picture.known, recorded=picture.recorded)
    second: dict[str, Estimate] = {}
    for families in batches(dict.fromkeys((family_of(key) for key in named if key), 0)):
        second |= _second(hearing(ledger, question, families), question, found)

    def of(rows: Sequence[Row]) -> tuple[Row, ...]:
        return tuple(_with(row, second.get(keys.split_row_key(row.id) or "")) for row in rows)

    return replace(picture, rows=of(picture.rows), own=of(picture.own), strengths=of(picture.strengths))


def _with(row: Row, second: Estimate | None) -> Row:
    first = row.estimate
    if first is None or not first.sized or second is None:
        return row
    if None in (second.low, second.median, second.high):
        return row
    figures = (second.low or 0, second.median or 0, second.high or 0)
    if figures == (first.low, first.median, first.high):
        return row
    return replace(row, estimate=replace(first, by_records=figures))


def _second(heard: Hearing, question: observing.Question, found: OutletRecords) -> dict[str, Estimate]:
    if not len(heard):
        return {}
    statements, stems = nested(heard.statements, heard.wholes)
    names, voice = np.unique(statements.voice, return_inverse=True)
    statements = replace(statements, voice=voice.ravel())
    wrong: Floats = np.full(len(names), DEFAULT.wrong)
    for at, claim in enumerate(heard.claim[stems].tolist()):
        wrong[statements.voice[at]] = found.wrong.get(heard.voice_of(claim).id, DEFAULT.wrong)
    rows = np.arange(len(heard.rows))
    days = np.full(len(rows), question.day)
    levels = answered_by_class(with_records(statements, wrong), rows, days, classes(heard)).levels
    made = {
        row: (
            Estimate(
                row,
                day_text(question.day),
                int(levels.low[at]),
                round(float(levels.median[at])),
                int(levels.high[at]),
                float(levels.presence[at]),
            ),
        )
        for at, row in enumerate(heard.rows)
    }
    return {row: of_day[0] for row, of_day in capped(made).items()}
