"""What the ledger remembers for notifications: what was seen, what is news, and whom it was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as put

from garrison.ledger.asking import UNCOUNTED
from garrison.ledger.identity import hashed
from garrison.ledger.session import Session
from garrison.ledger.tables import claim, delivery, notice, noticed, standing, version


@dataclass(frozen=True, slots=True)
class Stood:
    """A claim that stands now, with the keys that it is filed under (``garrison.ledger.keys``)."""

    pk: int
    claim: str
    bucket: str
    actor_key: str
    asset: str
    place_key: str
    site_key: str
    unit_key: str


@dataclass(frozen=True, slots=True)
class Notice:
    """News that a rule found: what sort, in words, the claim that it rests on, and when it was found (UTC)."""

    pk: int
    rule: str
    news: str
    words: str
    claim: str
    at: str


class Seen:
    """What rules have seen. With ``keep`` it is remembered in the ledger; without, only while this object lives."""

    def __init__(self, session: Session, *, keep: bool) -> None:
        self.session, self.keep = session, keep
        self._held: dict[str, dict[str, str]] = {}

    def of(self, rule: str) -> dict[str, str]:
        """What ``rule`` has seen: a value (mostly empty) by the hash of each key."""
        if rule not in self._held:
            rows = self.session.execute(_SEEN, {"rule": rule})
            self._held[rule] = {row.key: row.value or "" for row in rows}
        return self._held[rule]

    def value(self, rule: str, key: str) -> str | None:
        """What was remembered with ``key``; ``None`` if ``rule`` has not seen it."""
        return self.of(rule).get(hashed(key))

    def put(self, rule: str, key: str, value: str = "") -> None:
        """Remember ``key`` with ``value``."""
        self.of(rule)[hashed(key)] = value
        if self.keep:
            self.session.execute(_PUT_SEEN, {"rule": rule, "key": hashed(key), "value": value})

    def only(self, rule: str, kept: Iterable[str]) -> None:
        """Forget all that ``rule`` has seen but the keys ``kept``."""
        left = {hashed(key) for key in kept}
        gone = [key for key in self.of(rule) if key not in left]
        for key in gone:
            del self.of(rule)[key]
        if self.keep:
            self.session.execute_many(_DROP_SEEN, [{"rule": rule, "key": key} for key in gone])


def stood(session: Session, after: int) -> Iterator[Stood]:
    """The claims that stand now and began to after the tick ``after``, oldest first."""
    rows: Any = session.execute(_STOOD, {"after": after})
    for row in rows:
        yield Stood(*row)


def add(session: Session, rule: str, news: str, words: str, claim_id: str, targets: Sequence[str], now: float) -> None:
    """Keep a piece of news, to be sent to ``targets`` (addresses) from the time ``now`` on."""
    # A change of the ledger like any other, so that whoever keeps answers sees that there is another.
    at = session.time_of(session.tick())
    pk = session.insert(_NEW, {"rule": rule, "news": news, "words": words, "claim_id": claim_id, "at": at})
    session.execute_many(
        insert(delivery),
        [
            {"notice_pk": pk, "target": target_hash(each), "tries": 0, "due_at": now, "sent_at": None}
            for each in targets
        ],
    )


def target_hash(target: str) -> str:
    """What stands for an address in the ledger, as addresses hold passwords."""
    return hashed("target", target)


def due(session: Session, target: str, now: float) -> list[tuple[Notice, int]]:
    """What is to be sent to ``target`` now, oldest first, with how often it was tried."""
    rows = session.execute(_DUE, {"target": target_hash(target), "now": now})
    return [(_notice(row), row.tries) for row in rows]


def sent(session: Session, target: str, notices: Iterable[int]) -> None:
    """Remember that ``notices`` were sent to ``target``."""
    at = session.now().isoformat(timespec="seconds")
    values = [{"target_": target_hash(target), "notice": pk, "sent": at, "due": None} for pk in notices]
    session.execute_many(_SENT, values)


def missed(session: Session, target: str, tries: dict[int, float | None]) -> None:
    """Remember that notices could not be sent to ``target``, and when each is due again (``None`` for never)."""
    values = [{"target_": target_hash(target), "notice": pk, "due": at} for pk, at in tries.items()]
    session.execute_many(_MISSED, values)


def recent(session: Session, limit: int) -> list[Notice]:
    """The newest notices, newest first."""
    return [_notice(row) for row in session.execute(_RECENT, {"limit": limit})]


def count(session: Session) -> int:
    """How many notices there are."""
    return int(session.execute(select(func.count()).select_from(notice)).scalar_one())


def forget(session: Session, document_pk: int) -> None:
    """Erase what was noticed of a document: its words may hold words of the text."""
    theirs = (
        select(notice.c.pk)
        .join(claim, claim.c.id == notice.c.claim_id)
        .join(version, version.c.pk == claim.c.version_pk)
        .where(version.c.document_pk == document_pk)
    )
    session.execute(delete(delivery).where(delivery.c.notice_pk.in_(theirs)))
    session.execute(delete(notice).where(notice.c.pk.in_(theirs)))


def _notice(row: Any) -> Notice:
    return Notice(row.pk, row.rule, row.news, row.words, row.claim_id, row.at)


_SEEN = select(noticed.c.key, noticed.c.value).where(noticed.c.rule == bindparam("rule"))
_made = put(noticed)
_PUT_SEEN = _made.on_conflict_do_update(index_elements=["rule", "key"], set_={"value": _made.excluded.value})
_DROP_SEEN = delete(noticed).where(noticed.c.rule == bindparam("rule"), noticed.c.key == bindparam("key"))
_STOOD = (
    select(
        standing.c.pk,
        claim.c.id,
        standing.c.bucket,
        standing.c.actor_key,
        standing.c.asset,
        standing.c.place_key,
        standing.c.site_key,
        standing.c.unit_key,
    )
    .join(claim, claim.c.pk == standing.c.claim_pk)
    .where(
        standing.c.since > bindparam("after"),
        standing.c.until.is_(None),
        standing.c.next_known_day.is_(None),
        standing.c.bucket.not_in(UNCOUNTED),
    )
    .order_by(standing.c.since, standing.c.pk)
)
_NEW = insert(notice)
_DUE = (
    select(notice, delivery.c.tries)
    .join(delivery, delivery.c.notice_pk == notice.c.pk)
    .where(
        delivery.c.target == bindparam("target"),
        # One that is put off for longer than ever was put off by a clock set wrong.
        or_(delivery.c.due_at <= bindparam("now"), delivery.c.due_at > bindparam("now") + 2 * 24 * 3600.0),
    )
    .order_by(notice.c.pk)
)
_one = (delivery.c.target == bindparam("target_"), delivery.c.notice_pk == bindparam("notice"))
_SENT = update(delivery).where(*_one).values(sent_at=bindparam("sent"), due_at=bindparam("due"))
_MISSED = update(delivery).where(*_one).values(due_at=bindparam("due"), tries=delivery.c.tries + 1)
_RECENT = (
    select(notice).join(claim, claim.c.id == notice.c.claim_id).order_by(notice.c.pk.desc()).limit(bindparam("limit"))
)
