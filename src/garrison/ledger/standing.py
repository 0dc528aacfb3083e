"""Standing: which claims of a document count in pictures since when, and how they are filed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from garrison.ledger import keys
from garrison.ledger.days import first_day, is_date, last_day, valid_days
from garrison.ledger.entry import Verdict
from garrison.ledger.identity import hashed
from garrison.ledger.judged import JudgedClaim, KeptClaim, Ruling, heir, judged
from garrison.ledger.packing import unpacked_claim
from garrison.ledger.rows import assign_rows, refresh_rows
from garrison.ledger.session import Session
from garrison.ledger.tables import claim as claim_table
from garrison.ledger.tables import edition, judgement, meaning, reading, standing, tick, version
from garrison.vocabulary import Claim, Document, Kind, Measure, Status

_BUCKETS = {Status.PLANNED: "announced", Status.POSSIBLE: "possible", Status.DENIED: "denied"}
_MOVES = (Kind.DEPLOY, Kind.WITHDRAW, Kind.RELOCATE)
_MOST = (1 << 29) - 1


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """A document in the ledger: its row and its id."""

    pk: int
    id: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A version of a document with its counting reading: what deciding what stands needs of it."""

    version_pk: int
    reading_pk: int
    sha256: str
    obtained: str
    obtained_at: str
    recorded: str
    text_hash: str
    document: Document
    sure: float


@dataclass(frozen=True, slots=True)
class Dated:
    """A wording with when it was known: the day, the words for it, how that is known, and whether it states a date."""

    wording: Wording
    known: str
    basis: str
    day: int
    said_day: int
    stated: bool


def dated(wordings: Iterable[Wording]) -> list[Dated]:
    """``wordings`` of one document with the day each was known, oldest first.

    The stated date proves the first wording that carries it; a changed wording under the same date is known since
    it was archived or fetched, or else since it was recorded. A date after the day of recording proves nothing.
    """
    proven: dict[str, str] = {}
    found = []
    for wording in sorted(wordings, key=lambda each: (each.obtained_at, each.sha256)):
        published, recorded_day = wording.document.published, first_day(wording.recorded)
        stated = published if is_date(published) and published and first_day(published) <= recorded_day else None
        said = min(last_day(stated), recorded_day) if stated else None
        if stated is not None and proven.setdefault(stated, wording.text_hash) == wording.text_hash:
            known, basis = stated, "stated"
        elif wording.obtained in ("archived", "fetched") and is_date(wording.obtained_at):
            known, basis = wording.obtained_at, wording.obtained
        else:
            known, basis = wording.recorded, "recorded"
        day = min(last_day(known), recorded_day)
        found.append(Dated(wording, known, basis, day, day if said is None else said, said is not None))
    return sorted(found, key=lambda each: (each.day, each.wording.obtained_at, each.wording.sha256))


def filed(judged_claim: JudgedClaim, said: Dated) -> dict[str, Any]:
    """The columns of a standing claim that say where it is filed, its row's key as ``row_key``."""
    claim = judged_claim.claim
    start, newest = valid_days(claim.when, said.said_day, dated=said.stated)
    place, site = keys.place_keys(claim.place)
    origin = keys.place_keys(claim.origin)[0] if claim.origin and claim.kind in _MOVES else ""
    if claim.place is None and origin:
        place = origin
    level = is_level(claim)
    return {
        "claim_pk": judged_claim.kept.pk,
        "meaning_pk": judged_claim.kept.meaning_pk,
        "row_key": keys.row_key(claim) if level and judged_claim.bucket is None else None,
        "bucket": judged_claim.bucket or _bucket(claim),
        "valid_start": start,
        "sort_day": newest,
        "actor_key": keys.actor_key(claim.actor),
        "asset": claim.asset.value,
        "place_key": keys.STRENGTH_PLACE if claim.kind is Kind.STRENGTH else place,
        "site_key": "" if claim.kind is Kind.STRENGTH else site,
        "origin_key": origin,
        "unit_key": keys.unit_key(claim.unit) if claim.unit else "",
        "bounded": int(claim.quantity is not None),
        "weight": _weight(claim, judged_claim.kept.id),
        "checked": int(judged_claim.checked),
        "corrections": json.dumps(judged_claim.corrections) if judged_claim.corrections else None,
        "fine": int(keys.is_fine(claim.place) or keys.is_fine(claim.origin)),
    }


def _weight(claim: Claim, id: str) -> int:
    """Which of two statements of one voice for one day is taken, the greater number.

    The result of a move goes before what was there, a total before its parts ("9,500 troops: 8,000 in the army"),
    and beyond that the claim's id decides, so that the order of recording never does.
    """
    quantity = claim.quantity
    size = max(quantity.low or 0, quantity.high or 0) if quantity else 0
    return int(claim.kind in _MOVES) << 61 | min(size, _MOST) << 32 | int(id[:8], 16)


def is_level(claim: Claim) -> bool:
    """Whether ``claim`` states how much is somewhere, or in all: a presence, a strength or the result of a move."""
    if claim.status is not Status.FACT:
        return False
    if claim.kind in (Kind.PRESENT, Kind.STRENGTH):
        return True
    return claim.kind in _MOVES and claim.measure is Measure.LEVEL and claim.quantity is not None


def _bucket(claim: Claim) -> str:
    if claim.kind is Kind.EXERCISE:
        return "exercise"
    if claim.status is not Status.FACT:
        return _BUCKETS[claim.status]
    return {Kind.PRESENT: "present", Kind.STRENGTH: "strength"}.get(claim.kind, "move")


def stand(
    session: Session,
    document: DocumentKey,
    seq: int,
    wordings: Sequence[Wording],
    fresh: Sequence[KeptClaim] | None = None,
) -> None:
    """Bring up to date what stands of a document: what no longer counts ends at tick ``seq``, the rest starts there.

    Args:
        session: in a transaction.
        document: whose claims.
        seq: the tick of the change.
        wordings: its versions with their counting readings.
        fresh: the claims of a document that is all new, so that nothing needs to be looked up.
    """
    timeline = dated(wordings)
    old: dict[str, Any] = {}
    rulings: list[Ruling] = []
    if fresh is None:
        found = session.execute(_OPEN_EDITIONS, {"document": document.pk}).mappings()
        old = {each["digest"]: each for each in found}
        rulings = rulings_of(session, document.pk)
    wanted: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {}
    for at, each in enumerate(timeline):
        claims = fresh if fresh is not None else claims_of(session, each.wording.reading_pk)
        heirs = [(ruling, kept) for ruling in rulings if (kept := heir(ruling, claims)) is not None]
        newest = at == len(timeline) - 1
        if newest:
            _note_heirs(session, rulings, heirs)
        places = judged(claims, heirs, _merged(session, heirs), each.wording.sure)
        rows = [filed(place, each) for place in places]
        following = None if newest else timeline[at + 1].day
        voice, voice_key = keys.voice(each.wording.document, document.id)
        columns = {
            "document_pk": document.pk,
            "version_pk": each.wording.version_pk,
            "reading_pk": each.wording.reading_pk,
            "voice": voice,
            "voice_key": voice_key,
            "series": keys.series(each.wording.document),
            "said_day": each.said_day,
            "known": each.known,
            "known_basis": each.basis,
            "known_day": each.day,
            "next_known_day": following,
        }
        wanted[hashed(columns, rows)] = (columns, rows)
    ended = [each for digest, each in old.items() if digest not in wanted]
    begun = {digest: each for digest, each in wanted.items() if digest not in old}
    _end(session, ended, seq)
    touched = [(each["series"], each["said_day"]) for each in ended if each["series"]]
    added: list[dict[str, Any]] = []
    for digest, (columns, rows) in begun.items():
        edition_pk = session.insert(_NEW_EDITION, {**columns, "since": seq, "until": None, "digest": digest})
        if columns["series"]:
            touched.append((columns["series"], columns["said_day"]))
        shared = {name: columns[name] for name in ("known_day", "next_known_day", "said_day", "voice_key")}
        added.extend({**row, **shared, "edition_pk": edition_pk, "since": seq, "until": None} for row in rows)
    assign_rows(session, added)
    session.execute_many(_NEW_STANDING, added)
    refresh_rows(session, added, [each["pk"] for each in ended], touched)


def _end(session: Session, ended: Sequence[Any], seq: int) -> None:
    for each in ended:
        session.execute(_END_EDITION, {"ended": each["pk"], "seq": seq})
        session.execute(_END_STANDING, {"ended": each["pk"], "seq": seq})


def wordings_of(session: Session, document_pk: int) -> list[Wording]:
    """The versions of a document, each with its newest reading."""
    rows = session.execute(_WORDINGS, {"document": document_pk}).mappings()
    return [
        Wording(
            row["version_pk"],
            row["reading_pk"],
            row["sha256"],
            row["obtained"],
            row["obtained_at"],
            row["at"],
            row["text_hash"],
            Document("", title=row["title"], published=row["published"], outlet=row["outlet"], url=row["url"]),
            row["sure"],
        )
        for row in rows
    ]


def claims_of(session: Session, reading_pk: int) -> list[KeptClaim]:
    """The claims of a reading, in its order."""
    return [_kept(row) for row in session.execute(_CLAIMS_OF, {"reading": reading_pk}).mappings()]


def rulings_of(session: Session, document_pk: int) -> list[Ruling]:
    """The judgements in force on claims of a document, oldest first."""
    rows = session.execute(_RULINGS, {"document": document_pk}).mappings().all()
    rulings = []
    for row in rows:
        kept = session.execute(_CLAIM_AS_KEPT, {"id": row["claim_id"]}).mappings().first()
        if kept is not None:
            verdict = Verdict(row["verdict"])
            rulings.append(Ruling(row["pk"], verdict, row["field"], row["value"], row["same_as"], _kept(kept)))
    return rulings


def _kept(row: Any) -> KeptClaim:
    return KeptClaim(row["id"], row["claim_pk"], row["meaning_pk"], row["version_pk"], unpacked_claim(row))


def _note_heirs(session: Session, rulings: Sequence[Ruling], heirs: Sequence[tuple[Ruling, KeptClaim]]) -> None:
    acting = {ruling.pk: kept.id for ruling, kept in heirs}
    changes = [{"ruling": ruling.pk, "claim": acting.get(ruling.pk)} for ruling in rulings]
    session.execute_many(_NOTE_HEIR, changes)


def _merged(session: Session, heirs: Sequence[tuple[Ruling, KeptClaim]]) -> frozenset[int]:
    """The judgements among ``heirs`` that merge a claim into one that counts."""
    merging = [ruling for ruling, _ in heirs if ruling.verdict is Verdict.SAME_AS]
    return frozenset(
        ruling.pk for ruling in merging if session.execute(_COUNTS, {"id": ruling.same_as}).scalar() is not None
    )


_OPEN_EDITIONS = select(edition).where(edition.c.document_pk == bindparam("document"), edition.c.until.is_(None))
_NEW_EDITION = insert(edition)
_NEW_STANDING = insert(standing)
_END_EDITION = update(edition).where(edition.c.pk == bindparam("ended")).values(until=bindparam("seq"))
_END_STANDING = update(standing).where(standing.c.edition_pk == bindparam("ended")).values(until=bindparam("seq"))
_NOTE_HEIR = update(judgement).where(judgement.c.pk == bindparam("ruling")).values(applies_to=bindparam("claim"))
_WORDINGS = (
    select(
        version.c.pk.label("version_pk"),
        reading.c.pk.label("reading_pk"),
        version.c.sha256,
        version.c.obtained,
        version.c.obtained_at,
        tick.c.at,
        reading.c.text_hash,
        reading.c.sure,
        reading.c.title,
        reading.c.published,
        reading.c.outlet,
        reading.c.url,
    )
    .join(reading, reading.c.version_pk == version.c.pk)
    .join(tick, tick.c.seq == version.c.seq)
    .where(
        version.c.document_pk == bindparam("document"),
        reading.c.pk
        == select(func.max(reading.c.pk))
        .where(reading.c.version_pk == version.c.pk)
        .correlate(version)
        .scalar_subquery(),
    )
)
_CLAIM_COLUMNS = select(
    *[each for each in claim_table.c if each.name != "pk"],
    *[each for each in meaning.c if each.name != "pk"],
    meaning.c.pk.label("meaning_pk"),
).join(meaning, meaning.c.claim_pk == claim_table.c.pk)
_CLAIMS_OF = _CLAIM_COLUMNS.where(meaning.c.reading_pk == bindparam("reading")).order_by(meaning.c.position)
_CLAIM_AS_KEPT = (
    _CLAIM_COLUMNS.where(claim_table.c.id == bindparam("id")).order_by(meaning.c.reading_pk.desc()).limit(1)
)
_RULINGS = (
    select(judgement)
    .where(judgement.c.document_pk == bindparam("document"), judgement.c.withdrawn_seq.is_(None))
    .order_by(judgement.c.seq, judgement.c.pk)
)
_COUNTS = (
    select(standing.c.pk)
    .join(claim_table, claim_table.c.pk == standing.c.claim_pk)
    .where(claim_table.c.id == bindparam("id"), standing.c.until.is_(None), standing.c.next_known_day.is_(None))
    .limit(1)
)
