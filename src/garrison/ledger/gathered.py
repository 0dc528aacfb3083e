"""What is gathered: the hosts and pages that the ledger remembers from one gathering to the next."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from garrison.gathering.barriers import BARRIERS
from garrison.gathering.exchange import Host
from garrison.gathering.listing import Entry
from garrison.ledger.identity import canonical_url, hashed
from garrison.ledger.session import Session
from garrison.ledger.tables import document, host, page

LONGEST_S = 8 * 24 * 3600.0
"""No page is put off for longer than this many seconds; one that seems to be was put off by a clock set wrong."""


@dataclass(frozen=True, slots=True)
class Page:
    """An address that is gathered, as it was left; times in seconds since the epoch, as in the table."""

    id: str
    url: str
    listed_in: str | None = None
    title: str | None = None
    published: str | None = None
    mark: str | None = None
    etag: str | None = None
    modified: str | None = None
    sha256: str | None = None
    failures: int = 0
    note: str | None = None
    first_at: float = 0.0
    checked_at: float | None = None
    changed_at: float | None = None
    due_at: float | None = None


_FIELDS = tuple(Page.__dataclass_fields__)


def page_id(url: str) -> str:
    """The id of the page at ``url``: that of a document of that address."""
    return hashed("url", canonical_url(url))


def hosts(session: Session) -> dict[str, Host]:
    """The hosts by name."""
    rows = session.execute(select(host)).mappings()
    return {row["name"]: Host(**row) for row in rows}


def keep_hosts(session: Session, kept: Iterable[Host]) -> None:
    """Remember ``kept`` as they are now."""
    values = [
        {"name": each.name, "next_at": each.next_at, "failures": each.failures, "robots": each.robots,
         "robots_at": each.robots_at}
        for each in kept
    ]  # fmt: skip
    session.execute_many(_PUT_HOST, values)


def page_of(session: Session, url: str) -> Page | None:
    """The page at ``url``, if it is remembered."""
    row = session.execute(_PAGE, {"id": page_id(url)}).mappings().first()
    return _page(row) if row else None


def keep_page(session: Session, kept: Page) -> None:
    """Remember ``kept`` as it is now, and that nobody is at it any more."""
    values = {name: getattr(kept, name) for name in _FIELDS}
    session.execute(_PUT_PAGE, {**values, "taken_by": None})


def barrier_of(session: Session, id: str) -> str | None:
    """What came of the page with this id in place of an article: one of ``BARRIERS``, or ``None``."""
    found: str | None = session.execute(_BARRIER, {"id": id}).scalar()
    return found


def keep_note(session: Session, url: str, note: str | None, now: float) -> None:
    """Remember ``note`` of the page at ``url``, to which another address led."""
    if session.execute(_PAGE, {"id": page_id(url)}).first() is not None:
        session.execute(_NOTE, {"page": page_id(url), "said": note})
    elif note is not None:
        keep_page(session, Page(page_id(url), url, note=note, first_at=now))


def listed(session: Session, entries: Iterable[Entry], listing: str, now: float) -> int:
    """Remember what a listing names: new addresses are due at once, and known ones whose mark is another.

    Returns:
        how many addresses are new.
    """
    new = 0
    for entry in entries:
        id = page_id(entry.url)
        found = session.execute(_PAGE, {"id": id}).mappings().first()
        if found is None:
            new += 1
            values: dict[str, Any] = dict.fromkeys((*_FIELDS, "taken_by"))
            values |= {"id": id, "url": entry.url, "listed_in": listing, "title": entry.title}
            values |= {"published": entry.published, "mark": entry.mark, "failures": 0, "first_at": now, "due_at": now}
            session.execute(_PUT_PAGE, values)
        elif found["listed_in"] is None or (entry.mark is not None and entry.mark != found["mark"]):
            session.execute(_REMARK, {"page": id, "listing": listing, "mark": entry.mark, "now": now})
        elif found["listed_in"] != listing:
            session.execute(_RELIST, {"page": id, "listing": listing})
    return new


def freed(session: Session) -> None:
    """Nobody is any more at the pages that processes had taken which have ended since."""
    for process in session.execute(_TAKERS).scalars().all():
        if not _lives(process):
            session.execute(_FREE, {"process": process})


def taken(session: Session, now: float, listings: Iterable[str], share: int) -> list[Page]:
    """The pages that are due and that nobody is at, up to ``share`` of each listing, taken for this process.

    Those never fetched go before those that are looked at again, and of them the newest listed first.
    """
    asked = {"now": now, "late": now + LONGEST_S, "listings": list(listings), "share": share}
    found = [_page(row) for row in session.execute(_DUE, asked).mappings()]
    me = _process(os.getpid())
    session.execute_many(_TAKE, [{"page": each.id, "me": me} for each in found])
    return found


def waiting(session: Session, now: float, listings: Iterable[str]) -> int:
    """How many pages of ``listings`` are due."""
    asked = {"now": now, "late": now + LONGEST_S, "listings": list(listings)}
    return int(session.execute(_WAITING, asked).scalar_one())


def released(session: Session, pages: Iterable[str]) -> None:
    """Nobody is at the pages with these ids any more."""
    session.execute_many(_TAKE, [{"page": each, "me": None} for each in pages])


def is_redacted(session: Session, id: str) -> bool:
    """Whether the document with this id was erased, so that it is not to be gathered again."""
    return session.execute(_REDACTED, {"id": id}).scalar() is not None


def _page(row: Any) -> Page:
    return Page(**{name: row[name] for name in _FIELDS})


def _lives(process: str) -> bool:
    number = process.partition("/")[0]
    return number.isdecimal() and _process(int(number)) == process


def _process(number: int) -> str:
    """A process's number with when it started, where that can be told, since numbers come again."""
    if number == os.getpid():
        return _own(number)
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        pass
    return f"{number}/{_started(number)}"


@lru_cache(maxsize=4)
def _own(number: int) -> str:
    return f"{number}/{_started(number)}"


def _started(number: int) -> str:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _put(table: Any, key: str) -> Any:
    made = insert(table)
    return made.on_conflict_do_update(
        index_elements=[key], set_={each.name: made.excluded[each.name] for each in table.c if each.name != key}
    )


_PUT_HOST = _put(host, "name")
_PUT_PAGE = _put(page, "id")
_PAGE = select(page).where(page.c.id == bindparam("id"))
_REMARK = (
    update(page)
    .where(page.c.id == bindparam("page"))
    .values(listed_in=bindparam("listing"), mark=bindparam("mark"), due_at=bindparam("now"))
)
_BARRIER = select(page.c.note).where(page.c.id == bindparam("id"), page.c.note.in_(BARRIERS))
_NOTE = update(page).where(page.c.id == bindparam("page")).values(note=bindparam("said"))
_RELIST = update(page).where(page.c.id == bindparam("page")).values(listed_in=bindparam("listing"))
_TAKE = update(page).where(page.c.id == bindparam("page")).values(taken_by=bindparam("me"))
_TAKERS = select(page.c.taken_by).where(page.c.taken_by.is_not(None)).distinct()
_FREE = update(page).where(page.c.taken_by == bindparam("process")).values(taken_by=None)
_IS_DUE = (
    page.c.due_at.is_not(None),
    or_(page.c.due_at <= bindparam("now"), page.c.due_at > bindparam("late")),
    page.c.listed_in.in_(bindparam("listings", expanding=True)),
)
_WAITING = select(func.count()).where(*_IS_DUE)
_ORDER = (page.c.checked_at.is_not(None), page.c.first_at.desc(), page.c.due_at, page.c.id)
_LINED = (
    select(page, func.row_number().over(partition_by=page.c.listed_in, order_by=_ORDER).label("place"))
    .where(*_IS_DUE, page.c.taken_by.is_(None))
    .subquery()
)
_DUE = select(_LINED).where(_LINED.c.place <= bindparam("share")).order_by(_LINED.c.place, _LINED.c.id)
_REDACTED = select(document.c.pk).where(document.c.id == bindparam("id"), document.c.redacted_at.is_not(None))
