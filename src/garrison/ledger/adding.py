"""Adding: claims that a reader missed and a person found, kept with the reading that missed them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from garrison.ledger.asking import document_named
from garrison.ledger.identity import claim_ids, hashed
from garrison.ledger.packing import claim_columns, meaning_columns, unpacked_claim
from garrison.ledger.session import Session
from garrison.ledger.tables import body, claim, edition, judgement, meaning, reading, version
from garrison.vocabulary import Claim, ClaimError, UsageError


def add(session: Session, name: str, given: Claim, *, by: str, because: str) -> str:
    """Keep a claim that was missed in a document, signed and accepted; returns its id.

    It belongs to the reading that counts now. A newer reading of the same text takes it over; where the text itself was
    read otherwise, its acceptance waits for review like any other judgement whose claim is gone.

    Args:
        session: a ledger open for writing.
        name: the document's id or unique beginning of it, or its URL.
        given: the claim, with its span in the text of the newest version.
        by: who adds it.
        because: why.

    Raises:
        ClaimError: the quotation is not at its span.
        UsageError: no such document, no text, nobody and no reason, or the very claim is there already.
    """
    from garrison.ledger.recording import stand_with_kin

    if not by.strip() or not because.strip():
        raise UsageError("a claim is added with a name and a reason")
    with session.writing():
        document_pk, id = document_named(session, name)
        found = session.execute(_COUNTING, {"document": document_pk}).first()
        if found is None or not found.text_known:
            raise UsageError(f"the text of document {id} is not held, so nothing can be added from it")
        if given.span is None or not given.quote.strip() or given.span.of(found.text) != given.quote:
            raise ClaimError("the words are not what stands there in the newest version of the text")
        there = [
            unpacked_claim(dict(each)) for each in session.execute(_CLAIMS, {"reading": found.reading_pk}).mappings()
        ]
        if any(_alike(each, given) for each in there):
            raise UsageError("this claim is there already; judge it instead")
        claim_id = claim_ids(hashed(id, found.sha256), [*there, given])[-1]
        seq = session.tick()
        pk = session.execute(select(claim.c.pk).where(claim.c.id == claim_id)).scalar()
        if pk is None:
            columns = {"id": claim_id, "version_pk": found.version_pk, "seq": seq, **claim_columns(given)}
            pk = session.insert(insert(claim), columns)
        _mean(session, found.reading_pk, [(pk, by.strip(), meaning_columns(given))])
        session.insert(
            insert(judgement),
            {
                "id": hashed(claim_id, "accept", None, None, None, by, because, seq),
                "claim_id": claim_id,
                "document_pk": document_pk,
                "verdict": "accept",
                "by": by.strip(),
                "because": because.strip(),
                "seq": seq,
            },
        )
        stand_with_kin(session, document_pk, seq)
    return claim_id


def take_over(session: Session, version_pk: int, reading_pk: int, text_hash: str) -> None:
    """Have a new reading take over the claims that people added to the one before it, if both read the same text."""
    before = session.execute(_BEFORE, {"version": version_pk, "reading": reading_pk}).first()
    if before is None or before.text_hash != text_hash:
        return
    here = set(session.execute(select(meaning.c.claim_pk).where(meaning.c.reading_pk == reading_pk)).scalars())
    added = session.execute(_ADDED, {"reading": before.pk}).mappings().all()
    _mean(
        session,
        reading_pk,
        [
            (each["claim_pk"], each["made_by"], {name: each[name] for name in _MEANT})
            for each in added
            if each["claim_pk"] not in here
        ],
    )


def _mean(session: Session, reading_pk: int, added: Sequence[tuple[int, str, dict[str, Any]]]) -> None:
    position = int(session.execute(_LAST_POSITION, {"reading": reading_pk}).scalar() or 0)
    for number, (claim_pk, by, columns) in enumerate(added, position + 1):
        where = {"reading_pk": reading_pk, "claim_pk": claim_pk, "position": number, "made_by": by}
        session.insert(insert(meaning), {**columns, **where})


def _alike(one: Claim, other: Claim) -> bool:
    """Whether two claims say the same of the same words, whatever class of words or confidence they were read with."""
    same = (
        "part",
        "quote",
        "span",
        "kind",
        "status",
        "asset",
        "measure",
        "actor",
        "unit",
        "quantity",
        "place",
        "origin",
    )
    return all(getattr(one, name) == getattr(other, name) for name in same)


_MEANT = tuple(
    each.name for each in meaning.c if each.name not in ("pk", "reading_pk", "claim_pk", "position", "made_by")
)
_COUNTING = (
    select(edition.c.version_pk, edition.c.reading_pk, reading.c.text_known, version.c.sha256, body.c.text)
    .join(reading, reading.c.pk == edition.c.reading_pk)
    .join(version, version.c.pk == edition.c.version_pk)
    .join(body, body.c.pk == reading.c.body_pk)
    .where(
        edition.c.document_pk == bindparam("document"),
        edition.c.until.is_(None),
        edition.c.next_known_day.is_(None),
    )
    .limit(1)
)
_CLAIMS = (
    select(
        *(each for each in claim.c if each.name not in ("pk", "id")),
        *(each for each in meaning.c if each.name not in ("pk", "claim_pk")),
    )
    .join(meaning, meaning.c.claim_pk == claim.c.pk)
    .where(meaning.c.reading_pk == bindparam("reading"))
    .order_by(meaning.c.position)
)
_BEFORE = (
    select(reading.c.pk, reading.c.text_hash)
    .where(reading.c.version_pk == bindparam("version"), reading.c.pk < bindparam("reading"))
    .order_by(reading.c.pk.desc())
    .limit(1)
)
_ADDED = select(meaning).where(meaning.c.reading_pk == bindparam("reading"), meaning.c.made_by.is_not(None))
_LAST_POSITION = select(func.max(meaning.c.position)).where(meaning.c.reading_pk == bindparam("reading"))
