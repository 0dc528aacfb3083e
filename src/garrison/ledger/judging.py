"""Judging: people's decisions about claims, kept beside them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select, update

from garrison.ledger.asking import claim_named
from garrison.ledger.correction import corrected
from garrison.ledger.entry import Judgement, Verdict
from garrison.ledger.identity import hashed
from garrison.ledger.packing import unpacked_claim
from garrison.ledger.recording import stand_with_kin
from garrison.ledger.session import Session
from garrison.ledger.tables import claim, judgement, meaning, tick
from garrison.vocabulary import Claim, UsageError


def judge(
    session: Session,
    name: str,
    verdict: Verdict | str,
    *,
    by: str,
    because: str,
    field: str | None,
    value: str | None,
    same_as: str | None,
) -> str:
    """Record a decision; see :meth:`Ledger.judge`."""
    try:
        decided = Verdict(verdict)
    except ValueError:
        raise UsageError(f"{verdict!r} is no verdict; it is one of {', '.join(Verdict)}") from None
    _signed(by, because)
    with session.writing():
        claim_id, _, document_pk = claim_named(session, name)
        other = None
        if decided is Verdict.CORRECT:
            if field is None or value is None:
                raise UsageError("a correction names a field and its right value: correct FIELD=VALUE")
            corrected(_as_read(session, claim_id), field, value)
        elif field is not None or value is not None:
            raise UsageError(f"only 'correct' takes a field and a value, not {decided.value!r}")
        if decided is Verdict.SAME_AS:
            if same_as is None:
                raise UsageError("'same-as' names the claim that this one repeats")
            other = claim_named(session, same_as)[0]
            _no_circle(session, claim_id, other)
        elif same_as is not None:
            raise UsageError(f"only 'same-as' takes another claim, not {decided.value!r}")
        seq = session.tick()
        id = hashed(claim_id, decided, field, value, other, by, because, seq)
        values = {"verdict": decided.value, "field": field, "value": value, "same_as": other}
        signed = {"by": by.strip(), "because": because.strip(), "seq": seq}
        row = {"id": id, "claim_id": claim_id, "document_pk": document_pk, **values, **signed}
        session.insert(insert(judgement), row)
        stand_with_kin(session, document_pk, seq)
    return id


def withdraw(session: Session, name: str, *, by: str, because: str) -> None:
    """Take a judgement back; see :meth:`Ledger.withdraw`."""
    _signed(by, because)
    with session.writing():
        prefix = name.strip().lower()
        found = session.execute(select(judgement).where(func.substr(judgement.c.id, 1, len(prefix)) == prefix)).all()
        if len(prefix) < 4 or len(found) != 1:
            raise UsageError(f"{'several judgements begin' if len(found) > 1 else 'no judgement begins'} with {name!r}")
        kept = found[0]
        if kept.withdrawn_seq is not None:
            raise UsageError(f"judgement {name} was withdrawn before, by {kept.withdrawn_by}")
        seq = session.tick()
        session.execute(
            update(judgement)
            .where(judgement.c.pk == kept.pk)
            .values(withdrawn_seq=seq, withdrawn_by=by.strip(), withdrawn_because=because.strip(), applies_to=None)
        )
        stand_with_kin(session, kept.document_pk, seq)


def judgements(session: Session, name: str | None, *, orphaned: bool) -> tuple[Judgement, ...]:
    """Judgements, oldest first; see :meth:`Ledger.judgements`."""
    given, taken = tick.alias("given"), tick.alias("taken")
    query = (
        select(judgement, given.c.at.label("recorded"), taken.c.at.label("withdrawn"))
        .join(given, given.c.seq == judgement.c.seq)
        .outerjoin(taken, taken.c.seq == judgement.c.withdrawn_seq)
        .order_by(judgement.c.seq)
    )
    if name is not None:
        claim_id = claim_named(session, name)[0]
        query = query.where((judgement.c.claim_id == claim_id) | (judgement.c.applies_to == claim_id))
    found = (_judgement(row) for row in session.execute(query))
    return tuple(each for each in found if each.orphaned or not orphaned)


def _judgement(row: Any) -> Judgement:
    return Judgement(
        id=row.id,
        claim=row.claim_id,
        verdict=Verdict(row.verdict),
        by=row.by,
        because=row.because,
        recorded=row.recorded,
        field=row.field,
        value=row.value,
        same_as=row.same_as,
        applies_to=row.applies_to,
        carried_over=row.applies_to not in (None, row.claim_id),
        withdrawn=row.withdrawn,
        withdrawn_by=row.withdrawn_by,
        withdrawn_because=row.withdrawn_because,
    )


def _signed(by: str, because: str) -> None:
    if not by.strip() or not because.strip():
        raise UsageError("a judgement is signed and reasoned: say --by whom and --because of what")


def _as_read(session: Session, claim_id: str) -> Claim:
    row = session.execute(
        select(claim, meaning)
        .join(meaning, meaning.c.claim_pk == claim.c.pk)
        .where(claim.c.id == claim_id)
        .order_by(meaning.c.reading_pk.desc())
        .limit(1)
    ).one()
    return unpacked_claim(dict(row._mapping))


def _no_circle(session: Session, claim_id: str, other: str) -> None:
    """Refuse to call ``claim_id`` the same as ``other`` if that is, by other judgements, the same as ``claim_id``."""
    waiting, seen = [other], set[str]()
    while waiting:
        each = waiting.pop()
        if each == claim_id:
            raise UsageError("these claims are judged the same the other way round already; withdraw that first")
        if each not in seen:
            seen.add(each)
            forward = select(judgement.c.same_as).where(
                judgement.c.claim_id == each, judgement.c.same_as.is_not(None), judgement.c.withdrawn_seq.is_(None)
            )
            waiting.extend(session.execute(forward).scalars())
