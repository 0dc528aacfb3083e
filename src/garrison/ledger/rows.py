"""Rows kept up to date: each row's counts and each voice's statement in it, as of now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from garrison.ledger.citing import cited
from garrison.ledger.packing import packed_citation
from garrison.ledger.session import Session
from garrison.ledger.tables import edition, row, row_voice, standing


def assign_rows(session: Session, added: Iterable[dict[str, Any]]) -> None:
    """Turn each ``row_key`` among the columns of new standing claims into a ``row_pk``, making rows as needed."""
    known: dict[str, int] = {}
    for each in added:
        key = each.pop("row_key")
        if key is None:
            each["row_pk"] = None
            continue
        if key not in known:
            found = session.execute(_ROW, {"asked": key}).scalar()
            known[key] = found if found is not None else session.insert(_NEW_ROW, _columns(key, each))
        each["row_pk"] = known[key]


def _columns(key: str, filed: dict[str, Any]) -> dict[str, Any]:
    component = key.partition(":")[2]
    empty = dict.fromkeys(("first_day", "last_day", "latest_day"))
    filing = {name: filed[name] for name in ("actor_key", "asset", "place_key", "site_key")}
    return {"key": key, "component_key": component, "claims": 0, "checked": 0, **filing, **empty}


def refresh_rows(
    session: Session, added: Sequence[dict[str, Any]], ended: Iterable[int], touched: Iterable[tuple[str, int]]
) -> None:
    """Bring rows and their voices up to date after standing claims were added and ended.

    Args:
        session: in a transaction.
        added: the columns of the standing claims added.
        ended: the editions (by their keys) whose standing claims ended.
        touched: series and days of which an edition was added or ended, so that the one before it may have been
            replaced, or count again.
    """
    pairs = {(each["row_pk"], each["voice_key"]) for each in added if each["row_pk"] is not None}
    recount: set[int] = set()
    for edition_pk in ended:
        for pair in session.execute(_PAIRS_OF_EDITION, {"edition": edition_pk}):
            pairs.add((pair.row_pk, pair.voice_key))
            recount.add(pair.row_pk)
    for series, said_day in touched:
        pairs.update(
            (pair.row_pk, pair.voice_key)
            for pair in session.execute(_PAIRS_BEFORE, {"series": series, "said": said_day})
        )
    for row_pk in recount:
        session.execute(_RECOUNT, {"asked": row_pk})
    for row_pk, count in _counts(added).items():
        if row_pk not in recount:
            session.execute(_INCREASE, {"asked": row_pk, **count})
    _set_voices(session, pairs)


def refresh_voices(session: Session) -> None:
    """Choose the statement of every voice in every row anew, inside the caller's transaction."""
    session.execute(delete(row_voice))
    best = {
        each.pk: {"row_pk": each.row_pk, "voice_key": each.voice_key, "sort_day": each.sort_day}
        for each in session.execute(_CHOOSE_ALL)
    }
    # In the order in which they lie in the file, the claims are read many times faster.
    waiting = sorted(best)
    for start in range(0, len(waiting), 5000):
        chunk = waiting[start : start + 5000]
        _put_voices(session, {pk: best[pk] for pk in chunk})


def _set_voices(session: Session, pairs: Iterable[tuple[int, str]]) -> None:
    """Choose each voice's statement in each row anew."""
    chosen: dict[int, dict[str, Any]] = {}
    for row_pk, voice_key in sorted(pairs):
        asked = {"asked": row_pk, "voice": voice_key}
        best = session.execute(_CHOOSE, asked).first()
        if best is None:
            session.execute(_DROP_VOICE, asked)
        elif session.execute(_VOICE, asked).scalar() != best.pk:
            chosen[best.pk] = {"row_pk": row_pk, "voice_key": voice_key, "sort_day": best.sort_day}
    _put_voices(session, chosen)


def _put_voices(session: Session, chosen: Mapping[int, Mapping[str, Any]]) -> None:
    """Keep the statement of each voice among ``chosen``, the columns of statements by their standing claims."""
    kept = []
    for pk, citation in cited(session, list(chosen)).items():
        quantity, place = citation.quantity, citation.place
        kept.append(
            {
                **chosen[pk],
                "standing_pk": pk,
                "quantity_text": quantity.text if quantity else None,
                "low": quantity.low if quantity else None,
                "high": quantity.high if quantity else None,
                "hedge": quantity.hedge.value if quantity else None,
                "located": place is not None and place.lat is not None,
                "citation": packed_citation(citation),
            }
        )
    session.execute_many(_SET_VOICE, kept)


def _counts(added: Iterable[dict[str, Any]]) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    for each in added:
        if each["row_pk"] is None or each["next_known_day"] is not None:
            continue
        start, newest = each["valid_start"], each["sort_day"]
        latest = max(start, each["known_day"])
        count = counts.get(each["row_pk"])
        if count is None:
            counts[each["row_pk"]] = {
                "more": 1,
                "more_checked": each["checked"],
                "first": start,
                "last": newest,
                "latest": latest,
            }
        else:
            count["more"] += 1
            count["more_checked"] += each["checked"]
            count["first"] = min(count["first"], start)
            count["last"] = max(count["last"], newest)
            count["latest"] = max(count["latest"], latest)
    return counts


def _least(column: Any, value: Any) -> Any:
    return case((or_(column.is_(None), column > value), value), else_=column)


def _greatest(column: Any, value: Any) -> Any:
    return case((or_(column.is_(None), column < value), value), else_=column)


_ROW = select(row.c.pk).where(row.c.key == bindparam("asked"))
_NEW_ROW = insert(row)
_NOW = and_(standing.c.until.is_(None), standing.c.next_known_day.is_(None))
_PAIRS_OF_EDITION = (
    select(standing.c.row_pk, standing.c.voice_key)
    .distinct()
    .where(standing.c.edition_pk == bindparam("edition"), standing.c.row_pk.is_not(None))
)
_newer = edition.alias("newer")
_before = edition.alias("before")
_PAIRS_BEFORE = (
    select(standing.c.row_pk, standing.c.voice_key)
    .distinct()
    .join(edition, edition.c.pk == standing.c.edition_pk)
    .where(
        edition.c.series == bindparam("series"),
        edition.c.said_day
        == select(func.max(_before.c.said_day))
        .where(
            _before.c.series == bindparam("series"),
            _before.c.said_day < bindparam("said"),
            _before.c.until.is_(None),
            _before.c.next_known_day.is_(None),
        )
        .scalar_subquery(),
        standing.c.row_pk.is_not(None),
        _NOW,
    )
)
_VOICE = select(row_voice.c.standing_pk).where(
    row_voice.c.row_pk == bindparam("asked"), row_voice.c.voice_key == bindparam("voice")
)
_NOT_REPLACED = or_(
    edition.c.series.is_(None),
    ~exists().where(
        _newer.c.series == edition.c.series,
        _newer.c.said_day > standing.c.said_day,
        _newer.c.until.is_(None),
        _newer.c.next_known_day.is_(None),
    ),
)
_BEST_FIRST = (
    *(standing.c.bounded.desc(), standing.c.sort_day.desc()),
    *(standing.c.known_day.desc(), standing.c.weight.desc()),
)
_CHOOSE = (
    select(standing.c.pk, standing.c.sort_day)
    .join(edition, edition.c.pk == standing.c.edition_pk)
    .where(
        standing.c.row_pk == bindparam("asked"),
        standing.c.voice_key == bindparam("voice"),
        _NOW,
        _NOT_REPLACED,
    )
    .order_by(*_BEST_FIRST)
    .limit(1)
)
_ranked = (
    select(
        *(standing.c[name] for name in ("pk", "row_pk", "voice_key", "sort_day")),
        func.row_number()
        .over(partition_by=(standing.c.row_pk, standing.c.voice_key), order_by=_BEST_FIRST)
        .label("place"),
    )
    .join(edition, edition.c.pk == standing.c.edition_pk)
    .where(standing.c.row_pk.is_not(None), _NOW, _NOT_REPLACED)
    .subquery()
)
_CHOOSE_ALL = select(_ranked).where(_ranked.c.place == 1)
_INCREASE = (
    update(row)
    .where(row.c.pk == bindparam("asked"))
    .values(
        claims=row.c.claims + bindparam("more"),
        checked=row.c.checked + bindparam("more_checked"),
        first_day=_least(row.c.first_day, bindparam("first")),
        last_day=_greatest(row.c.last_day, bindparam("last")),
        latest_day=_greatest(row.c.latest_day, bindparam("latest")),
    )
)


def _of_row(value: Any) -> Any:
    return select(value).where(standing.c.row_pk == bindparam("asked"), _NOW).scalar_subquery()


_RECOUNT = (
    update(row)
    .where(row.c.pk == bindparam("asked"))
    .values(
        claims=_of_row(func.count()),
        checked=_of_row(func.coalesce(func.sum(standing.c.checked), 0)),
        first_day=_of_row(func.min(standing.c.valid_start)),
        last_day=_of_row(func.max(standing.c.sort_day)),
        latest_day=_of_row(func.max(func.max(standing.c.valid_start, standing.c.known_day))),
    )
)
_DROP_VOICE = delete(row_voice).where(
    row_voice.c.row_pk == bindparam("asked"), row_voice.c.voice_key == bindparam("voice")
)
_put = upsert(row_voice)
_SET_VOICE = _put.on_conflict_do_update(
    index_elements=["row_pk", "voice_key"],
    set_={each.name: _put.excluded[each.name] for each in row_voice.c if not each.primary_key},
)
