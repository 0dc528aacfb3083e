"""Asking: what of the ledger a question is about, as conditions on its standing claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, not_, or_, select, true

from garrison.ledger import keys
from garrison.ledger.citing import citations
from garrison.ledger.days import asked_day, first_day, is_date
from garrison.ledger.entry import ClaimFilter
from garrison.ledger.judged import UNSURE
from garrison.ledger.quoting import quoting
from garrison.ledger.session import Session
from garrison.ledger.tables import claim, document, edition, reading, standing, tick
from garrison.naming.actors import actor_of, group_of
from garrison.naming.countries import country_of
from garrison.vocabulary import Citation, Kind, Status, UsageError, WithheldError

SET_ASIDE = ("rejected", "merged")
# What pictures and their counts leave out.
UNCOUNTED = (*SET_ASIDE, UNSURE)
# Where moves are filed: those stated as fact, announced, thought possible and denied.
MOVING = ("move", "announced", "possible", "denied")


# What counts from the day it was said, not from the day it speaks of.
_OF_ITS_DAY = ("announced", "possible", "denied", "exercise")
_UNSAID = ("announced", "possible", "denied")
_OF_KIND = {
    Kind.PRESENT: ("present", UNSURE, *_UNSAID),
    Kind.STRENGTH: ("strength", UNSURE, *_UNSAID),
    Kind.EXERCISE: ("exercise", UNSURE),
}
_OF_STATUS = {
    Status.FACT: ("present", "strength", "move", "exercise", UNSURE),
    Status.PLANNED: ("announced", "exercise", UNSURE),
    Status.POSSIBLE: ("possible", "exercise", UNSURE),
    Status.DENIED: ("denied", "exercise", UNSURE),
}


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A place that a question is about: a country by its code, or a site, sea or region by its key."""

    name: str
    iso3: str | None = None
    key: str | None = None

    def condition(self, table: Any = standing.c) -> ColumnElement[bool]:
        """The condition on ``table``'s place and site."""
        if self.iso3 is not None:
            return and_(table.place_key == self.iso3)
        return or_(table.site_key == self.key, table.place_key == self.key)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was known on a day, as the ledger had it at a tick; ``None`` for now.

    Claims about places finer than a country that became known after ``open_day`` are not shown; ``None`` shows all.
    """

    known_day: int | None = None
    seq: int | None = None
    open_day: int | None = None

    def condition(self, table: Any = standing.c) -> ColumnElement[bool]:
        """The condition on ``table``, which has the columns of standing claims and editions."""
        held = table.until.is_(None)
        if self.seq is not None:
            held = and_(table.since <= self.seq, or_(table.until.is_(None), table.until > self.seq))
        if self.open_day is not None and "fine" in table:
            held = and_(held, or_(table.fine == 0, table.known_day <= self.open_day))
        if self.known_day is None:
            return and_(held, table.next_known_day.is_(None))
        return and_(
            held,
            table.known_day <= self.known_day,
            or_(table.next_known_day.is_(None), table.next_known_day > self.known_day),
        )


def somewhere(session: Session, name: str) -> Somewhere:
    """The place that a person names: a country at the letter, a site the ledger knows, or a misspelt country.

    Raises:
        UsageError: neither is there.
    """
    iso3 = keys.country_named(name)
    country = country_of(name)
    if iso3 is not None and country is not None:
        return Somewhere(country.name, iso3=iso3)
    for key in keys.site_keys(name):
        if _is_filed(session, standing.c.site_key, key) or _is_filed(session, standing.c.place_key, key):
            return Somewhere(name, key=key)
    if country is not None:
        return Somewhere(country.name, iso3=country.iso3)
    raise UsageError(f"no country is called {name!r}, and no claim in the ledger is about a place of that name")


def _is_filed(session: Session, column: ColumnElement[str], key: str) -> bool:
    """Whether a claim that may be seen is filed under ``key``."""
    shown = Moment(open_day=session.open_day).condition() if session.embargo_days else true()
    return session.execute(select(literal_column("1")).where(column == key, shown).limit(1)).scalar() is not None


def is_someone(session: Session, name: str) -> bool:
    """Whether ``name`` is a country's or a known group's, or a claim that may be seen is about forces of that name."""
    return actor_of(name) is not None or _is_filed(session, standing.c.actor_key, someone(name))


def someone(name: str) -> str:
    """The key of the actor that a person names: a country's code, else the key of the group's name."""
    actor = actor_of(name) if group_of(name) is None else None
    return keys.actor_key(actor) if actor else keys.group_key(name)


def moment(session: Session, known: str | None, recorded: str | None) -> Moment:
    """The moment that a person asks for.

    Args:
        session: the ledger.
        known: the last day of what was known; ``None`` for today.
        recorded: a day (its end) or a UTC time with seconds; ``None`` for now.

    Raises:
        UsageError: no date.
    """
    return Moment(
        asked_day(known, "the day it was known") if known else None,
        _tick_at(session, recorded) if recorded else None,
        session.open_day,
    )


def _tick_at(session: Session, recorded: str) -> int:
    """The last tick by ``recorded``; 0 if the ledger had none yet."""
    text = recorded.strip().replace("Z", "+00:00")
    if len(text) <= 10:
        from garrison.ledger.days import day_text

        latest = f"{day_text(asked_day(text, 'the day of recording'))}T99"
    elif is_date(text):
        from datetime import UTC, datetime

        at = datetime.fromisoformat(text)
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
        latest = at.isoformat(timespec="microseconds")
    else:
        raise UsageError(
            f"the time of recording must be a date or a UTC time such as 2026-03-01T12:00, not {recorded!r}"
        )
    return int(session.execute(select(func.max(tick.c.seq)).where(tick.c.at <= latest)).scalar() or 0)


def claims(session: Session, which: ClaimFilter) -> Iterator[Citation]:
    """The claims that ``which`` lets through."""
    query = selection(session, which, moment(session, which.known, which.recorded))
    order = (
        (standing.c.said_day.desc(), standing.c.weight)
        if which.newest_first
        else (standing.c.said_day, standing.c.weight)
    )
    found = session.execute(query.order_by(*order)).scalars().all()
    given = 0
    for citation in citations(session, found):
        if which.limit is not None and given >= which.limit:
            return
        if passes(which, citation):
            given += 1
            yield citation


def passes(which: ClaimFilter, citation: Citation) -> bool:
    """Whether a claim that :func:`selection` let through is, as corrected, of the kind and status asked for."""
    return which.kind in (None, citation.kind) and which.status in (None, citation.status)


def selection(session: Session, which: ClaimFilter, at: Moment, *, walked: bool = False) -> Select[tuple[int]]:
    """The keys of the standing claims that ``which`` lets through at a moment, and a few whose correction decides.

    ``walked`` tells that so many claims pass that the newest are better walked through than all found: the newest of an
    outlet, an actor or a country where one is asked for, else of all.

    Raises:
        UsageError: a place, document or date that is unknown.
    """
    place = somewhere(session, which.place) if which.place is not None else None
    # With a plus before it, SQLite takes no index of a column and walks through the newest instead.
    filed: Any = _Walked(_lead(which, place, at)) if walked else standing.c
    conditions: list[ColumnElement[bool]] = [at.condition(filed), filed.bucket.not_in(SET_ASIDE)]
    if place is not None:
        conditions.append(place.condition(filed))
    if which.actor is not None:
        conditions.append(filed.actor_key == someone(which.actor))
    if which.unit is not None:
        conditions.append(filed.unit_key.in_(unit_keys(session, which.unit)))
    if which.asset is not None:
        conditions.append(filed.asset == which.asset.value)
    if which.unsure is not None:
        conditions.append(filed.bucket == UNSURE if which.unsure else filed.bucket != UNSURE)
    if which.moving:
        conditions.append(filed.bucket.in_(MOVING))
    # Where a claim is filed tells its kind and status in part, and does so with an index.
    if which.kind is not None:
        conditions.append(filed.bucket.in_(_OF_KIND.get(which.kind, (*MOVING, UNSURE))))
    if which.status is not None:
        conditions.append(filed.bucket.in_(_OF_STATUS[which.status]))
    if which.checked is not None:
        conditions.append(filed.checked == int(which.checked))
    if which.since is not None:
        conditions.append(standing.c.said_day >= _first(which.since))
    if which.until is not None:
        conditions.append(standing.c.said_day <= asked_day(which.until, "the last day"))
    if which.as_of is not None:
        day = asked_day(which.as_of, "the day of the picture")
        said = filed.bucket.in_(_OF_ITS_DAY)
        conditions.append(or_(and_(said, filed.said_day <= day), and_(not_(said), filed.valid_start <= day)))
    if which.outlet is not None:
        conditions.append(filed.voice_key == keys.outlet_key(which.outlet))
    if which.words is not None:
        conditions.append(quoting(which.words))
    query = select(standing.c.pk)
    if which.kind is not None or which.status is not None:
        query = query.join(claim, claim.c.pk == standing.c.claim_pk)
        # A correction may have changed kind or status: those few are looked at one by one below.
        untouched = standing.c.corrections.is_not(None)
        if which.kind is not None:
            conditions.append(or_(claim.c.kind == which.kind.value, untouched))
        if which.status is not None:
            conditions.append(or_(claim.c.status == which.status.value, untouched))
    if which.document is not None or which.verified is not None:
        query = query.join(edition, edition.c.pk == standing.c.edition_pk)
    if which.document is not None:
        conditions.append(edition.c.document_pk == document_named(session, which.document)[0])
    if which.verified is not None:
        query = query.join(reading, reading.c.pk == edition.c.reading_pk)
        conditions.append(reading.c.text_known == which.verified)
    return query.where(*conditions)


def led(session: Session, which: ClaimFilter, at: Moment) -> bool:
    """Whether there is an index with the newest claims of the outlet, the actor or the country asked for."""
    place = somewhere(session, which.place) if which.place is not None else None
    return bool(_lead(which, place, at))


def _lead(which: ClaimFilter, place: Somewhere | None, at: Moment) -> frozenset[str]:
    """The columns by whose index the newest are walked through; none where what is asked for is not of now."""
    if at.seq is not None or at.known_day is not None:
        return frozenset()
    leads = {"voice_key": which.outlet, "actor_key": which.actor, "place_key": place.iso3 if place else None}
    lead = next((column for column, asked in leads.items() if asked is not None), None)
    return frozenset({lead, "until", "next_known_day"}) if lead else frozenset()


class _Walked:
    """The columns of standing claims, without their indexes, but for those of ``kept``."""

    def __init__(self, kept: frozenset[str]) -> None:
        self._kept = kept

    def __contains__(self, name: str) -> bool:
        return name in standing.c

    def __getattr__(self, name: str) -> ColumnElement[Any]:
        kept: ColumnElement[Any] = standing.c[name]
        return kept if name in self._kept else literal_column(f"+standing.{name}")


def _first(text: str) -> int:
    asked_day(text, "the first day")
    return first_day(text)


def unit_keys(session: Session, name: str) -> tuple[str, ...]:
    """The keys of every name of the unit that a person names, itself included.

    Where no claim names such a unit, ``name`` may be part of a name: "201st" finds the 201st Motor Rifle Division.
    """
    from garrison.ledger.unit_names import keys_of

    exact = keys_of(session, name)
    if session.execute(select(standing.c.pk).where(_named(exact)).limit(1)).first() is not None:
        return exact
    wanted = set(keys.unit_key(name).split())
    known = session.execute(select(standing.c.unit_key).where(standing.c.unit_key != "").distinct())
    return tuple(sorted(row.unit_key for row in known if wanted <= set(row.unit_key.split()))) or exact


def _named(unit_keys: tuple[str, ...]) -> ColumnElement[bool]:
    return and_(standing.c.unit_key != "", standing.c.unit_key.in_(unit_keys))


# Of one claim: what stands now before what stood once.
_BEST_FIRST = (standing.c.until.is_not(None), standing.c.next_known_day.is_not(None), standing.c.since.desc())
_CHUNK = 500


def claim_named(session: Session, name: str) -> tuple[str, int, int]:
    """The id of the claim with this id or unique beginning of one, the key of its best standing, its document's.

    Raises:
        UsageError: none or several.
        WithheldError: an embargo hides the claim with this very id; of a beginning nothing is told.
    """
    ids = _with_prefix(session, claim.c.id, name, "claim")
    row = session.execute(
        select(standing.c.pk, standing.c.fine, standing.c.known_day, edition.c.document_pk)
        .join(claim, claim.c.pk == standing.c.claim_pk)
        .join(edition, edition.c.pk == standing.c.edition_pk)
        .where(claim.c.id == ids)
        .order_by(*_BEST_FIRST)
        .limit(1)
    ).one()
    if session.open_day is not None and row.fine and row.known_day > session.open_day:
        if name.strip().lower() == ids:
            raise WithheldError(
                f"claim {ids[:12]} is withheld for now: claims about a place finer than a country are shown "
                f"{session.embargo_days} days after they became known"
            )
        raise UsageError(f"the ledger has no claim {name}")
    return ids, row.pk, row.document_pk


def set_aside(session: Session, claims: Iterable[str]) -> dict[str, str]:
    """Those of ``claims`` (by their ids) that a person took out of pictures, as of now: ``rejected`` or ``merged``."""
    asked = sorted(set(claims))
    found: dict[str, str] = {}
    for start in range(0, len(asked), _CHUNK):
        query = (
            select(claim.c.id, standing.c.bucket)
            .join(standing, standing.c.claim_pk == claim.c.pk)
            .where(claim.c.id.in_(asked[start : start + _CHUNK]))
            .order_by(*_BEST_FIRST)
        )
        for each in session.execute(query):
            found.setdefault(each.id, each.bucket)
    return {id: bucket for id, bucket in found.items() if bucket in SET_ASIDE}


def document_named(session: Session, name: str) -> tuple[int, str]:
    """The key and id of the document with this id, unique beginning of one, or URL.

    Raises:
        UsageError: none or several.
    """
    if "://" in name:
        from garrison.ledger.identity import canonical_url, hashed

        found = hashed("url", canonical_url(name))
        pk = session.execute(select(document.c.pk).where(document.c.id == found)).scalar()
        if pk is None:
            raise UsageError(f"the ledger has no document from {name}")
        return pk, found
    found = _with_prefix(session, document.c.id, name, "document")
    return int(session.execute(select(document.c.pk).where(document.c.id == found)).scalar_one()), found


def _with_prefix(session: Session, ids: Any, name: str, what: str) -> str:
    prefix = name.strip().lower()
    if len(prefix) < 4 or not set(prefix) <= set("0123456789abcdef"):
        raise UsageError(f"{name!r} is no {what}'s id: give its first ten or more characters (0-9, a-f)")
    found = session.execute(select(ids).where(ids >= prefix, ids < prefix + "g").limit(2)).scalars().all()
    if not found:
        raise UsageError(f"the ledger has no {what} {name}")
    if len(found) > 1:
        raise UsageError(f"several {what}s begin with {name}; give more of the id")
    return str(found[0])
