"""Observing: what a picture is made of, from rows kept for today or, for any other day, from the claims."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, column, func, literal_column, or_, select

from garrison.ledger.asking import Moment, Somewhere
from garrison.ledger.citing import cited
from garrison.ledger.keys import STRENGTH_PLACE
from garrison.ledger.packing import PackedCitations, SomeCitations, unpacked_quantity
from garrison.ledger.session import Session
from garrison.ledger.tables import claim, edition, row, row_voice, standing
from garrison.vocabulary import Citation, Quantity


@dataclass(frozen=True, slots=True)
class Question:
    """What a picture is asked for.

    ``day`` is the day that it is of; ``current`` that it is of today, as known now. ``unit_keys`` are those of a unit's
    names, ``site_keys`` those of a base's.
    """

    day: int
    moment: Moment
    current: bool
    place: Somewhere | None = None
    actor_key: str | None = None
    asset: str | None = None
    unit_keys: tuple[str, ...] | None = None
    site_keys: tuple[str, ...] = ()
    row_pk: int | None = None

    def conditions(self, table: Any) -> list[ColumnElement[bool]]:
        """What ``table``, which has the keys of rows or of standing claims, must have."""
        found: list[ColumnElement[bool]] = []
        if self.place is not None:
            here = self.place.condition(table)
            # A country's strength stands beside what is in the country.
            own = and_(table.place_key == STRENGTH_PLACE, table.actor_key == self.place.iso3)
            found.append(here if self.place.iso3 is None else or_(here, own))
        if self.actor_key is not None:
            found.append(table.actor_key == self.actor_key)
        if self.asset is not None:
            found.append(table.asset == self.asset)
        return found


@dataclass(frozen=True, slots=True)
class Observed:
    """A row as claims make it: each voice's statement, newest first, the numbers with their days, counts, days.

    ``located`` is the place among ``stated`` of the newest one that knows where its place lies. ``span`` is the least
    and the greatest of the numbers that count, where that is known.
    """

    key: str
    actor_key: str
    asset: str
    place_key: str
    site_key: str
    component_key: str
    stated: Sequence[Citation]
    figures: Sequence[tuple[int, Quantity]]
    located: int | None
    claims: int
    checked: int
    first_day: int
    last_day: int
    span: tuple[int | None, int | None] | None = None


def observed(session: Session, question: Question) -> list[Observed]:
    """The rows that ``question`` is about, by key."""
    if not question.current:
        return _from_claims(session, question)
    kept, stale = _kept(session, question)
    # A statement for a day to come is not to be seen yet: such a row is made from its claims.
    for row_pk in stale:
        narrowed = Question(question.day, question.moment, current=False, row_pk=row_pk)
        kept.extend(_from_claims(session, narrowed))
    return sorted(kept, key=lambda each: each.key)


def of_rows(session: Session, question: Question, families: Iterable[tuple[str, str, str]]) -> list[Observed]:
    """The rows of ``families``, by actor, class and place, from their claims, as of the question's day and moment."""
    asked = frozenset(tuple(family) for family in families)
    keys = (row.c.actor_key, row.c.asset, row.c.place_key)
    query = select(row.c.pk, *keys).where(row.c.place_key.in_(_chunk))
    chunk = {"chunk": json.dumps(sorted({place for _, _, place in asked}))}
    rows = [pk for pk, *family in session.tuples(query, chunk) if tuple(family) in asked]
    narrowed = (Question(question.day, question.moment, current=False, row_pk=row_pk) for row_pk in rows)
    return [each for of_row in narrowed for each in _from_claims(session, of_row)]


def summed(session: Session, day: int, rows: Iterable[int] | None = None) -> Iterator[tuple[int, Observed]]:
    """Rows as they stand today by all that is known, with their keys; all of them, or those of ``rows``.

    Of the voices' statements only those that name the row are at hand: the newest, and the newest that is located. As
    :func:`observed` otherwise, and several times as fast for a whole ledger.
    """
    asked = sorted(session.execute(select(row.c.pk).where(row.c.claims > 0)).scalars() if rows is None else rows)
    # A few at a time: hundreds of thousands of statements at once would keep the memory busy.
    for start in range(0, len(asked), 500):
        yield from _summed(session, day, asked[start : start + 500])


def _summed(session: Session, day: int, asked: Sequence[int]) -> Iterator[tuple[int, Observed]]:
    chunk = {"chunk": json.dumps(asked)}
    columns = (SimpleNamespace(**dict(zip(_COLUMNS, each, strict=True))) for each in session.plain(_ROWS, chunk))
    filed = {each.pk: each for each in columns}
    voices: dict[int, list[tuple[Any, ...]]] = {}
    for voice in session.plain(_FIGURES, chunk):
        voices.setdefault(voice[0], []).append(voice)
    current = {pk: said for pk, said in voices.items() if pk in filed and filed[pk].latest_day <= day}
    named: dict[int, dict[int, int]] = {}
    for pk, said in current.items():
        said.sort(key=_falling_day)
        located = next((at for at, voice in enumerate(said) if voice[6]), 0)
        named[pk] = {at: said[at][7] for at in {0, located}}
    standings = [each for places in named.values() for each in places.values()]
    cited = dict(session.plain(_CITATIONS, {"chunk": json.dumps(standings)}))
    for pk, said in current.items():
        each, places = filed[pk], named[pk]
        figures = tuple((voice[1], unpacked_quantity(*voice[2:6])) for voice in said if voice[5])
        located = max(places)
        stated = SomeCitations(len(said), {at: cited[standing_pk] for at, standing_pk in places.items()})
        counts = (each.claims, each.checked, each.first_day, max(each.first_day, each.last_day))
        yield pk, Observed(*_filing(each), stated, figures, located if said[located][6] else None, *counts)
    # A statement for a day to come is not to be seen yet: such a row is made from its claims.
    for pk in sorted(filed.keys() - current.keys()):
        yield from ((pk, made) for made in _from_claims(session, Question(day, Moment(), current=False, row_pk=pk)))


def ahead(session: Session, day: int) -> list[int]:
    """The rows (by their keys) of which something is said for a day after ``day``."""
    return list(session.execute(select(row.c.pk).where(row.c.latest_day > day)).scalars())


def _falling_day(voice: tuple[Any, ...]) -> int:
    return -int(voice[1])


_chunk = select(func.json_each(bindparam("chunk")).table_valued(column("value")).c.value)
_ROWS = select(row).where(row.c.pk.in_(_chunk), row.c.claims > 0)
_COLUMNS = tuple(each.name for each in row.c)
_FIGURES = (
    select(
        *(row_voice.c[name] for name in ("row_pk", "sort_day", "quantity_text", "low", "high", "hedge")),
        row_voice.c.located,
        row_voice.c.standing_pk,
    )
    .where(row_voice.c.row_pk.in_(_chunk))
    .order_by(row_voice.c.row_pk, row_voice.c.voice_key)
)
_CITATIONS = select(row_voice.c.standing_pk, row_voice.c.citation).where(row_voice.c.standing_pk.in_(_chunk))


def _kept(session: Session, question: Question) -> tuple[list[Observed], list[int]]:
    conditions = [*question.conditions(row.c), row.c.claims > 0]
    if question.unit_keys is not None:
        conditions.append(row.c.component_key.in_(_components(question.unit_keys)))
    if question.row_pk is not None:
        conditions.append(row.c.pk == question.row_pk)
    rows = {each.pk: each for each in session.execute(select(row).where(*conditions)).all()}
    stale = {pk for pk, each in rows.items() if each.latest_day > question.day}
    stale |= _embargoed(session, question) & set(rows)
    query = select(*_VOICE).join(row, row.c.pk == row_voice.c.row_pk).where(*conditions)
    voices: dict[int, list[Any]] = {}
    for voice in session.execute(query.order_by(*_VOICES_NEWEST_FIRST)).all():
        voices.setdefault(voice[0], []).append(voice)
    found = []
    for pk, each in rows.items():
        if pk not in voices or pk in stale:
            continue
        said = voices[pk]
        figures = [
            (day, unpacked_quantity(text, low, high, hedge)) for _, day, _, text, low, high, hedge, _ in said if hedge
        ]
        located = next((at for at, one in enumerate(said) if one[7]), None)
        stated = PackedCitations([one[2] for one in said])
        counts = (each.claims, each.checked, each.first_day, max(each.first_day, each.last_day))
        found.append(Observed(*_filing(each), stated, tuple(figures), located, *counts))
    return found, sorted(stale)


def _embargoed(session: Session, question: Question) -> set[int]:
    """The rows with claims of documents of which not all is to be seen yet: they are made from what is."""
    open_day = question.moment.open_day
    if open_day is None:
        return set()
    beside = standing.alias("beside")
    query = (
        select(beside.c.row_pk)
        .distinct()
        .select_from(standing)
        .join(beside, beside.c.edition_pk == standing.c.edition_pk)
        # SQLite takes the index of the fine ones only for a question that says so.
        .where(standing.c.fine == literal_column("1"), standing.c.known_day > open_day)
    )
    return set(session.execute(query).scalars())


_VOICE = tuple(
    row_voice.c[name] for name in ("row_pk", "sort_day", "citation", "quantity_text", "low", "high", "hedge", "located")
)
_VOICES_NEWEST_FIRST = (row_voice.c.row_pk, row_voice.c.sort_day.desc(), row_voice.c.voice_key)


def _filing(each: Any) -> tuple[str, str, str, str, str, str]:
    return each.key, each.actor_key, each.asset, each.place_key, each.site_key, each.component_key


def _from_claims(session: Session, question: Question) -> list[Observed]:
    statements = session.execute(_statements(question)).all()
    later = _editions_by_series(session, question, {each.series for each in statements if each.series})
    by_row: dict[int, list[Any]] = {}
    chosen: dict[tuple[int, str], Any] = {}
    for each in statements:
        by_row.setdefault(each.row_pk, []).append(each)
        if each.series and later[each.series] > each.said_day:
            continue
        best = chosen.get((each.row_pk, each.voice_key))
        if best is None or _rank(each, question.day) > _rank(best, question.day):
            chosen[each.row_pk, each.voice_key] = each
    citations = cited(session, sorted(each.pk for each in chosen.values()))
    stated: dict[int, list[tuple[int, Citation]]] = {}
    for each in sorted(chosen.values(), key=lambda each: (-min(each.sort_day, question.day), each.voice_key)):
        stated.setdefault(each.row_pk, []).append((min(each.sort_day, question.day), citations[each.pk]))
    found = []
    for each in _rows(session, sorted(stated)):
        group = by_row[each.pk]
        first = min(one.valid_start for one in group)
        last = max(min(one.sort_day, question.day) for one in group)
        checked = sum(one.checked for one in group)
        said = stated[each.pk]
        figures = tuple((day, one.quantity) for day, one in said if one.quantity is not None)
        located = next((at for at, (_, one) in enumerate(said) if one.place and one.place.lat is not None), None)
        counts = (len(group), checked, first, max(first, last))
        found.append(Observed(*_filing(each), tuple(one for _, one in said), figures, located, *counts))
    return sorted(found, key=lambda each: each.key)


def _rows(session: Session, pks: Sequence[int]) -> Iterator[Any]:
    for start in range(0, len(pks), 500):
        yield from session.execute(select(row).where(row.c.pk.in_(pks[start : start + 500])))


def _rank(each: Any, day: int) -> tuple[int, int, int, int]:
    return each.bounded, min(each.sort_day, day), each.known_day, each.weight


def _statements(question: Question) -> Any:
    names = ("pk", "row_pk", "voice_key", "bounded", "sort_day", "known_day", "said_day", "weight", "checked")
    conditions = [
        *question.conditions(standing.c),
        question.moment.condition(),
        standing.c.row_pk.is_not(None),
        standing.c.valid_start <= question.day,
    ]
    if question.unit_keys is not None:
        conditions.extend((standing.c.unit_key != "", standing.c.unit_key.in_(question.unit_keys)))
    if question.row_pk is not None:
        conditions.append(standing.c.row_pk == question.row_pk)
    return (
        select(*(standing.c[name] for name in names), standing.c.valid_start, edition.c.series)
        .join(edition, edition.c.pk == standing.c.edition_pk)
        .where(*conditions)
    )


def _editions_by_series(session: Session, question: Question, series: Iterable[str]) -> dict[str, int]:
    """The day of the newest edition of each series by the question's day."""
    newest: dict[str, int] = {}
    asked = sorted(series)
    for start in range(0, len(asked), 500):
        rows = session.execute(
            select(edition.c.series, edition.c.said_day).where(
                edition.c.series.in_(asked[start : start + 500]),
                edition.c.said_day <= question.day,
                question.moment.condition(edition.c),
            )
        )
        for each in rows:
            newest[each.series] = max(newest.get(each.series, 0), each.said_day)
    return {name: newest.get(name, 0) for name in asked}


def _components(unit_keys: Sequence[str]) -> list[str]:
    return [component for key in unit_keys for component in (key, f"{key} police")]


def row_named(session: Session, key: str) -> int | None:
    """The row with this key."""
    return session.execute(select(row.c.pk).where(row.c.key == key)).scalar()


def row_statements(session: Session, question: Question) -> list[tuple[int, str]]:
    """Every standing claim of the row that ``question`` names, newest first, with its claim's id."""
    names = (standing.c.sort_day, standing.c.known_day, standing.c.weight)
    query = (
        select(standing.c.pk, claim.c.id)
        .join(claim, claim.c.pk == standing.c.claim_pk)
        .where(
            standing.c.row_pk == question.row_pk, question.moment.condition(), standing.c.valid_start <= question.day
        )
    )
    return [(each.pk, each.id) for each in session.execute(query.order_by(*(name.desc() for name in names)))]


def sightings(session: Session, question: Question) -> list[tuple[int, int, int]]:
    """The standing claims that tell where named units and bases are, each with its first and newest day, by day."""
    # Of buckets and days SQLite has an index too, which it would take for want of knowing that nearly all are in it.
    telling = (standing.c.bucket + "").in_(("present", "move"))
    conditions = [question.moment.condition(), standing.c.valid_start + 0 <= question.day, telling]
    if question.actor_key is not None:
        conditions.append(standing.c.actor_key == question.actor_key)
    named = [standing.c.unit_key != ""]
    bases = [_base()]
    if question.unit_keys is not None:
        named.append(standing.c.unit_key.in_(question.unit_keys))
        bases = [standing.c.asset == "base", standing.c.site_key.in_(question.site_keys)]
    if question.place is not None:
        # Whose units were ever there: their other places are needed too, since those end a run.
        there = standing.alias("there")
        named.append(
            standing.c.unit_key.in_(
                select(there.c.unit_key).where(there.c.unit_key != "", question.place.condition(there.c))
            )
        )
        bases.append(question.place.condition())
    # Asked apart, each has its index.
    columns = (*(standing.c[name] for name in ("pk", "valid_start", "sort_day", "weight")),)
    found = {
        each.pk: each
        for where in (named, bases)
        for each in session.execute(
            select(*columns).join(claim, claim.c.pk == standing.c.claim_pk).where(*conditions, *where)
        ).all()
    }
    ordered = sorted(found.values(), key=lambda each: (each.sort_day, each.weight))
    return [(each.pk, each.valid_start, each.sort_day) for each in ordered]


def _base() -> ColumnElement[bool]:
    """A base that may be one by its name: no number of bases, unless a correction made it one."""
    one = or_(
        claim.c.hedge.is_(None), claim.c.high == 1, standing.c.corrections.is_not(None), standing.c.unit_key != ""
    )
    return and_(standing.c.asset == "base", standing.c.site_key != "", one)
