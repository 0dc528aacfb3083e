"""Columns: the standing claims that estimation hears, with the keys under which they are filed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, column, func, select

from garrison.ledger import citing
from garrison.ledger.asking import Moment
from garrison.ledger.observing import Question
from garrison.ledger.session import Session
from garrison.ledger.tables import body, claim, document, edition, reading, row, standing, tick
from garrison.vocabulary import Citation

_MOVES = ("move", "denied")
_CHUNK = 5000


class Family(NamedTuple):
    """The rows of one actor's force of one class in one country (or sea): the whole, its sites and components.

    No claim of another family bears on them, so that a family is what is estimated, and estimated anew, together.
    """

    actor: str
    asset: str
    place: str


class Stand(NamedTuple):
    """Where a claim stands among those of its row in a picture (days are ordinals).

    ``voice`` is the key of its voice, ``known`` the day it was known, ``start`` and ``newest`` the days that it holds
    from and was last so; a ``bounded`` one goes before others of its voice; of two as new, that with more ``weight``.
    """

    voice: str
    known: int
    start: int
    newest: int
    bounded: int
    weight: int


@dataclass(frozen=True, slots=True)
class Filed:
    """A claim with its keys; ``row`` is the key of the row that it states a level of, ``None`` for other claims.

    ``series`` is that of its document, ``said`` the day of the document (ordinal), ``edition`` the key of the edition
    that it stands in, ``standing`` that of the standing claim, ``stand`` where that is among others.
    """

    standing: int
    citation: Citation
    row: str | None
    actor: str
    asset: str
    place: str
    site: str
    component: str
    origin: str
    series: str | None
    said: int
    edition: int
    stand: Stand


def families(session: Session, question: Question) -> dict[Family, int]:
    """The families with a row that ``question`` is about, by place, each with how many claims its rows have now."""
    keys = (row.c.actor_key, row.c.asset, row.c.place_key)
    asked = select(*keys).distinct().where(*question.conditions(row.c)).subquery()
    same = and_(*(key == asked.c[key.name] for key in keys))
    query = select(*keys, func.sum(row.c.claims).label("claims")).join(asked, same).group_by(*keys)
    found = session.execute(query.order_by(row.c.place_key, row.c.actor_key, row.c.asset))
    return {Family(each.actor_key, each.asset, each.place_key): int(each.claims) for each in found}


def family_of(key: str) -> Family:
    """The family of the row with this key."""
    return Family(*key.partition(":")[0].split("/")[:3])


def sizes(session: Session, families: Iterable[Family]) -> dict[Family, int]:
    """Those of ``families`` that have rows, by place, each with how many claims its rows have now."""
    asked, found = frozenset(families), dict[Family, int]()
    for chunk in _chunks(sorted({family.place for family in asked})):
        for _, actor, asset, place, claims in session.plain(_ROWS, {"chunk": chunk}):
            family = Family(actor, asset, place)
            if family in asked:
                found[family] = found.get(family, 0) + claims
    return found


def family_size(session: Session, family: Family) -> int:
    """How many claims the rows of a family have now."""
    query = select(func.coalesce(func.sum(row.c.claims), 0)).where(
        row.c.actor_key == family.actor, row.c.asset == family.asset, row.c.place_key == family.place
    )
    return int(session.execute(query).scalar_one())


def heard(
    session: Session, moment: Moment, families: Iterable[Family], editions: Iterable[int] | None = None
) -> Iterator[Filed]:
    """The claims of levels, moves and denials that bear on ``families``, whatever day they are of, edition by edition.

    Args:
        session: the ledger's.
        moment: what was known when.
        families: whose rows.
        editions: only claims of these editions (by their keys).
    """
    asked = frozenset(families)
    if editions is None:
        found = {*_levels(session, moment, asked), *_moves(session, moment, asked)}
    else:
        found = set(_of_editions(session, moment, asked, editions))
    for each, citation in citing.filed(session, (pk for _, pk in sorted(found))):
        yield Filed(
            each["standing_pk"],
            citation,
            each["row_key"],
            each["actor_key"],
            each["asset_key"],
            each["place_key"],
            each["site_key"],
            each["component_key"] or "",
            each["origin_key"],
            each["series"],
            each["said_day"],
            each["edition_pk"],
            Stand(*(each[name] for name in _STAND)),
        )


_STAND = ("voice_key", "known_day", "valid_start", "sort_day", "bounded", "weight")


def _of_editions(
    session: Session, moment: Moment, asked: frozenset[Family], editions: Iterable[int]
) -> Iterator[tuple[int, int]]:
    query = _KEYS_NOW if moment == Moment() else _of_chunk(moment)
    rows = set(rows_of(session, asked))
    for chunk in _chunks(sorted(editions)):
        for edition_pk, pk, row_pk, bucket, actor, asset, *places in session.plain(query, {"chunk": chunk}):
            moved = bucket in _MOVES and any((actor, asset, place) in asked for place in places)
            if moved or row_pk in rows:
                yield edition_pk, pk


def _of_chunk(moment: Moment) -> Select[Any]:
    return _KEYS.where(standing.c.edition_pk.in_(select(_chunk.c.value)), moment.condition())


def _levels(session: Session, moment: Moment, asked: frozenset[Family]) -> Iterator[tuple[int, int]]:
    query = select(standing.c.edition_pk, standing.c.pk).where(
        standing.c.row_pk.in_(select(_chunk.c.value)), moment.condition()
    )
    for chunk in _chunks(rows_of(session, asked)):
        for each in session.execute(query, {"chunk": chunk}).all():
            yield each.edition_pk, each.pk


def rows_of(session: Session, asked: frozenset[Family]) -> list[int]:
    """The rows of families, by their keys."""
    return [
        pk
        for chunk in _chunks(sorted({family.place for family in asked}))
        for pk, *family, _ in session.plain(_ROWS, {"chunk": chunk})
        if tuple(family) in asked
    ]


def _moves(session: Session, moment: Moment, asked: frozenset[Family]) -> Iterator[tuple[int, int]]:
    """Moves to a place or from it, and what is denied of it."""
    actors = {family.actor for family in asked}
    narrowed = [standing.c.actor_key.in_(actors)] if len(actors) == 1 else []
    for key in (standing.c.place_key, standing.c.origin_key):
        # SQLite takes an index of the rows that have an origin only for a question that says so.
        query = _KEYS.where(
            key.in_(select(_chunk.c.value)), key != "", standing.c.bucket.in_(_MOVES), moment.condition(), *narrowed
        )
        for chunk in _chunks(sorted({family.place for family in asked})):
            for each in session.execute(query, {"chunk": chunk}):
                place = each.place_key if key is standing.c.place_key else each.origin_key
                if (each.actor_key, each.asset, place) in asked:
                    yield each.edition_pk, each.pk


def _chunks(values: Sequence[Any]) -> Iterator[str]:
    for start in range(0, len(values), _CHUNK):
        yield json.dumps(values[start : start + _CHUNK])


_chunk = func.json_each(bindparam("chunk")).table_valued(column("value"))
_KEYS: Select[Any] = select(
    *(standing.c[name] for name in ("edition_pk", "pk", "row_pk", "bucket", "actor_key", "asset")),
    standing.c.place_key,
    standing.c.origin_key,
)
_KEYS_NOW = _of_chunk(Moment())
_ROWS = (
    select(row.c.pk, row.c.actor_key, row.c.asset, row.c.place_key, row.c.claims)
    .where(row.c.place_key.in_(select(_chunk.c.value)))
    .order_by(row.c.place_key, row.c.actor_key, row.c.asset)
)


def claim_ids(session: Session, standings: Iterable[int]) -> dict[int, str]:
    """The ids of the claims that stand there, by the keys of the standing claims."""
    found: dict[int, str] = {}
    for chunk in _chunks(sorted(set(standings))):
        found.update(session.plain(_IDS, {"chunk": chunk}))
    return found


_IDS = (
    select(standing.c.pk, claim.c.id)
    .join(claim, claim.c.pk == standing.c.claim_pk)
    .where(standing.c.pk.in_(select(_chunk.c.value)))
)


def superseded(session: Session, known_day: int) -> frozenset[Family]:
    """The families with a claim that was known by a day, of which a later edition of its document is known now."""
    editions = select(edition.c.pk).where(
        edition.c.until.is_(None), edition.c.known_day <= known_day, edition.c.next_known_day > known_day
    )
    found: set[Family] = set()
    for chunk in _chunks(session.execute(editions).scalars().all()):
        for each in session.execute(_FAMILIES, {"chunk": chunk}):
            found |= {Family(each.actor_key, each.asset, place) for place in (each.place_key, each.origin_key) if place}
    return frozenset(found)


def texts(session: Session, editions: Iterable[int]) -> dict[int, str]:
    """The texts of editions (by their keys) as far as they are held."""
    found: dict[int, str] = {}
    for chunk in _chunks(sorted(set(editions))):
        found |= {each.pk: each.text for each in session.execute(_TEXTS, {"chunk": chunk})}
    return found


_TEXTS = (
    select(edition.c.pk, body.c.text)
    .join(reading, reading.c.pk == edition.c.reading_pk)
    .join(body, body.c.pk == reading.c.body_pk)
    .where(edition.c.pk.in_(select(_chunk.c.value)), reading.c.text_known)
)


def editions(session: Session, question: Question, series: Iterable[str]) -> dict[str, list[int]]:
    """The days of the editions of each series by the question's day, oldest first."""
    found: dict[str, list[int]] = {}
    asked = sorted(series)
    for start in range(0, len(asked), 500):
        query = select(edition.c.series, edition.c.said_day).where(
            edition.c.series.in_(asked[start : start + 500]),
            edition.c.said_day <= question.day,
            question.moment.condition(edition.c),
        )
        for each in session.execute(query.order_by(edition.c.said_day)):
            found.setdefault(each.series, []).append(each.said_day)
    return found


def last_change(session: Session) -> tuple[int, str]:
    """The number and time of the ledger's newest tick; zero and nothing for a ledger without any."""
    return next(session.plain(_LAST_CHANGE), (0, ""))


_LAST_CHANGE = select(tick.c.seq, tick.c.at).order_by(tick.c.seq.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since a tick.

    ``families`` are those with a change to their claims, or to the series that these are of; ``ended`` and ``begun``
    the keys of editions that stand no longer and of those that stand since then.
    """

    families: frozenset[Family]
    ended: frozenset[int]
    begun: frozenset[int]


def changes(session: Session, seq: int) -> Changes | None:
    """What has changed since tick ``seq``; ``None`` if a document was erased, which leaves no trace of what it said."""
    if erased_since(session, seq):
        return None
    ended: set[int] = set()
    begun: set[int] = set()
    series: set[str] = set()
    # Asked apart, each has its index.
    for changed in (_BEGUN, _ENDED):
        for pk, name, until in session.plain(changed, {"seq": seq}):
            (begun if until is None else ended).add(pk)
            series.update([name] if name else [])
    pks = ended | begun
    # An edition that no longer gives a figure tells of the rows of the edition before it.
    for name in sorted(series):
        pks.update(pk for (pk,) in session.plain(_OF_SERIES, {"series": name}))
    found: set[Family] = set()
    for chunk in _chunks(sorted(pks)):
        for actor, asset, *places in session.plain(_FAMILIES, {"chunk": chunk}):
            found |= {Family(actor, asset, place) for place in places if place}
    return Changes(frozenset(found), frozenset(ended), frozenset(begun))


_CHANGED = select(edition.c.pk, edition.c.series, edition.c.until)
_BEGUN = _CHANGED.where(edition.c.since > bindparam("seq"))
_ENDED = _CHANGED.where(edition.c.until.is_not(None), edition.c.until > bindparam("seq"))
_OF_SERIES = select(edition.c.pk).where(edition.c.series == bindparam("series"), edition.c.until.is_(None))


def erased_since(session: Session, seq: int) -> bool:
    """Whether a document was erased after tick ``seq``."""
    return next(session.plain(_ERASED, {"seq": seq}), None) is not None


# Two ticks may have the same time, where a clock went backward.
_ERASED = (
    select(document.c.pk)
    .join(tick, tick.c.at == document.c.redacted_at)
    .where(document.c.redacted_at.is_not(None), tick.c.seq > bindparam("seq"))
    .limit(1)
)
_FAMILIES = (
    select(*(standing.c[name] for name in ("actor_key", "asset", "place_key", "origin_key")))
    .distinct()
    .where(standing.c.edition_pk.in_(select(_chunk.c.value)))
)


def ticked(session: Session, seq: int) -> str | None:
    """The time of a tick; ``None`` where the ledger had none of that number."""
    return next((at for (at,) in session.plain(_TICKED, {"seq": seq})), None)


_TICKED = select(tick.c.at).where(tick.c.seq == bindparam("seq"))
