"""Recording: a reading into the ledger, whole and once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from garrison.ledger.adding import take_over
from garrison.ledger.entry import Recorded
from garrison.ledger.identity import claim_ids, document_id, hashed, reading_digest
from garrison.ledger.judged import KeptClaim
from garrison.ledger.packing import claim_columns, document_columns, meaning_columns
from garrison.ledger.session import Session
from garrison.ledger.standing import DocumentKey, Wording, stand, wordings_of
from garrison.ledger.tables import body, claim, document, judgement, meaning, reading, version
from garrison.vocabulary import Claim, ClaimError, Document, Reading


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a reading's claims go: its document, version, reading and the tick of its recording."""

    document: DocumentKey
    version_pk: int
    reading_pk: int
    seq: int


def record(session: Session, given: Reading) -> Recorded:
    """Keep ``given``: its version and all its claims together or not at all."""
    _check(given)
    with session.writing():
        return _record(session, given)


def knows(
    session: Session,
    sha256: str,
    location: str | None,
    reader: str,
    extractor: str,
    published: str | None,
    outlet: str | None,
) -> bool:
    """Whether the newest reading of a version was made so (:meth:`Ledger.knows`)."""
    found = session.execute(_NEWEST_READING, {"sha256": sha256, "location": location}).first()
    if found is None or (found.reader, found.extractor) != (reader, extractor):
        return False
    return published in (None, found.published) and outlet in (None, found.outlet)


def _check(given: Reading) -> None:
    if len(given.version.sha256) != 64:
        raise ClaimError(f"a version's hash is 64 hex digits of SHA-256, not {given.version.sha256!r}")
    for each in given.claims:
        if each.span is None and given.text_known:
            raise ClaimError(f"a claim needs the span of its quotation in the text: {each.quote[:80]!r}")
        if each.span is not None and given.text_known and _words_of(given.document, each) != each.quote:
            raise ClaimError(f"the quotation is not what stands at its span of the {each.part}: {each.quote[:80]!r}")


def _words_of(document: Document, claim: Claim) -> str:
    return claim.span.of(document.part(claim.part)) if claim.span else ""


def _record(session: Session, given: Reading) -> Recorded:
    asked = _asked_id(given)
    known = session.execute(_VERSIONS, {"sha256": given.version.sha256}).mappings().all()
    owner = _owner(session, given, asked, known)
    if owner is not None and owner["redacted_at"] is not None:
        return Recorded("redacted", owner["id"], 0)
    digest = reading_digest(given)
    version_pk = next((each["version_pk"] for each in known if owner and each["pk"] == owner["pk"]), None)
    if version_pk is not None:
        count = session.execute(_READING, {"version": version_pk, "digest": digest}).scalar()
        if count is not None and owner is not None:
            return Recorded("unchanged", owner["id"], count)
    seq = session.tick()
    if owner is None:
        pk = session.insert(_NEW_DOCUMENT, {"id": asked, "by_url": bool(given.document.url), "seq": seq})
        owner = {"pk": pk, "id": asked}
        fresh = True
    else:
        fresh = False
    if version_pk is None:
        version_pk = session.insert(
            _NEW_VERSION,
            {
                "document_pk": owner["pk"],
                "sha256": given.version.sha256,
                "obtained": given.version.obtained.value,
                "obtained_at": given.version.obtained_at,
                "location": given.version.location,
                "seq": seq,
            },
        )
    text_hash = hashed(given.document.text)
    reading_pk = session.insert(
        _NEW_READING,
        {
            **document_columns(given.document),
            "version_pk": version_pk,
            "digest": digest,
            "reader": given.reader,
            "extractor": given.extractor,
            "claimed_by": given.claimed_by,
            "text_known": given.text_known,
            "sure": given.sure,
            "body_pk": _body(session, version_pk, text_hash, given.document.text, fresh=fresh),
            "text_hash": text_hash,
            "seq": seq,
        },
    )
    claims = _distinct(given.claims)
    key = DocumentKey(owner["pk"], owner["id"])
    kept = _keep_claims(session, claims, Slot(key, version_pk, reading_pk, seq), given.version.sha256, fresh=fresh)
    if fresh:
        wording = Wording(
            version_pk,
            reading_pk,
            given.version.sha256,
            given.version.obtained.value,
            given.version.obtained_at,
            session.time_of(seq),
            text_hash,
            given.document,
            given.sure,
        )
        stand(session, key, seq, [wording], kept)
    else:
        take_over(session, version_pk, reading_pk, text_hash)
        stand_with_kin(session, owner["pk"], seq)
    return Recorded("new", owner["id"], len(claims))


def _asked_id(given: Reading) -> str:
    """The document's id; claims without text or address are their own document, as nothing else tells them apart."""
    if not given.text_known and not given.document.url:
        return hashed("bytes", given.version.sha256)
    return document_id(given.document)


def _owner(session: Session, given: Reading, asked: str, known: Sequence[Any]) -> Any | None:
    """The document in the ledger that ``given`` is a reading of.

    The one with its id; else one that the same bytes were read as before, because a better reader may find another
    title, text or address in them. But bytes with two different addresses are two documents, and so are the same
    bytes from two places that one reader took for different documents (it was told so).
    """
    for each in known:
        if each["id"] == asked:
            return each
    # Erased bytes stay erased, under whatever address they come again.
    for each in known:
        if each["redacted_at"] is not None:
            return each
    found = session.execute(_DOCUMENT, {"id": asked}).mappings().first()
    if found is not None:
        return found
    for each in known:
        two_addresses = each["by_url"] and given.document.url
        told_apart = each["location"] != given.version.location and each["reader"] == given.reader
        if not two_addresses and not told_apart:
            return each
    return None


def _body(session: Session, version_pk: int, text_hash: str, text: str, *, fresh: bool) -> int:
    found = None if fresh else session.execute(_BODY, {"version": version_pk, "hash": text_hash}).scalar()
    if found is not None:
        return int(found)
    return session.insert(_NEW_BODY, {"version_pk": version_pk, "sha256": text_hash, "text": text})


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    """``claims`` without those that are alike in every field."""
    return list(dict.fromkeys(claims))


def _keep_claims(session: Session, claims: Sequence[Claim], slot: Slot, sha256: str, *, fresh: bool) -> list[KeptClaim]:
    if not claims:
        return []
    version_pk = slot.version_pk
    ids = claim_ids(hashed(slot.document.id, sha256), claims)
    known: dict[str, int] = {}
    if not fresh:
        known = {each.id: each.pk for each in session.execute(_CLAIM_PKS, {"version": version_pk})}
    next_claim = int(session.execute(_LAST_CLAIM).scalar() or 0) + 1
    next_meaning = int(session.execute(_LAST_MEANING).scalar() or 0) + 1
    new_claims, meanings, kept = [], [], []
    for position, (each, claim_id) in enumerate(zip(claims, ids, strict=True)):
        pk = known.get(claim_id)
        if pk is None:
            pk = next_claim
            next_claim += 1
            new_claims.append(
                {"pk": pk, "id": claim_id, "version_pk": version_pk, "seq": slot.seq, **claim_columns(each)}
            )
        meaning_pk = next_meaning + position
        meanings.append(
            {
                "pk": meaning_pk,
                "reading_pk": slot.reading_pk,
                "claim_pk": pk,
                "position": position,
                **meaning_columns(each),
            }
        )
        kept.append(KeptClaim(claim_id, pk, meaning_pk, version_pk, each))
    session.execute_many(_NEW_CLAIM, new_claims)
    session.execute_many(_NEW_MEANING, meanings)
    return kept


def stand_with_kin(session: Session, document_pk: int, seq: int) -> None:
    """Bring up to date what stands of a document, and of those with claims that were judged the same as its own."""
    waiting, done = [document_pk], set[int]()
    while waiting:
        pk = waiting.pop()
        if pk in done:
            continue
        done.add(pk)
        found = session.execute(_DOCUMENT_ID, {"document": pk}).scalar_one()
        stand(session, DocumentKey(pk, found), seq, wordings_of(session, pk))
        waiting.extend(kin_of(session, pk))


def kin_of(session: Session, document_pk: int) -> list[int]:
    """The documents with claims that were judged the same as claims of this one."""
    return list(session.execute(_KIN, {"document": document_pk}).scalars())


_DOCUMENT = select(document).where(document.c.id == bindparam("id"))
_DOCUMENT_ID = select(document.c.id).where(document.c.pk == bindparam("document"))
_VERSIONS = (
    select(document, version.c.pk.label("version_pk"), version.c.location, reading.c.reader)
    .join(version, version.c.document_pk == document.c.pk)
    .outerjoin(reading, reading.c.version_pk == version.c.pk)
    .where(version.c.sha256 == bindparam("sha256"))
    .order_by(document.c.pk, reading.c.pk.desc())
)
_NEWEST_READING = (
    select(reading.c.reader, reading.c.extractor, reading.c.published, reading.c.outlet)
    .join(version, version.c.pk == reading.c.version_pk)
    .where(version.c.sha256 == bindparam("sha256"), version.c.location == bindparam("location"))
    .order_by(reading.c.pk.desc())
    .limit(1)
)
_READING = (
    select(select(func.count()).where(meaning.c.reading_pk == reading.c.pk).correlate(reading).scalar_subquery())
    .select_from(reading)
    .where(reading.c.version_pk == bindparam("version"), reading.c.digest == bindparam("digest"))
)
_BODY = select(body.c.pk).where(body.c.version_pk == bindparam("version"), body.c.sha256 == bindparam("hash"))
_CLAIM_PKS = select(claim.c.id, claim.c.pk).where(claim.c.version_pk == bindparam("version"))
_LAST_CLAIM = select(func.max(claim.c.pk))
_LAST_MEANING = select(func.max(meaning.c.pk))
_NEW_DOCUMENT = insert(document)
_NEW_VERSION = insert(version)
_NEW_READING = insert(reading)
_NEW_BODY = insert(body)
_NEW_CLAIM = insert(claim)
_NEW_MEANING = insert(meaning)
_KIN = (
    select(judgement.c.document_pk)
    .distinct()
    .where(
        judgement.c.withdrawn_seq.is_(None),
        judgement.c.same_as.in_(
            select(claim.c.id)
            .join(version, version.c.pk == claim.c.version_pk)
            .where(version.c.document_pk == bindparam("document"))
        ),
    )
)
