"""Listing: lists that are made whole for each answer, a page at a time, as the ledger had them at their first page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TypeVar

from garrison.ledger import Ledger
from garrison.ledger.columns import last_change, ticked
from garrison.server.asked import Times, cursor, keys_of

Item = TypeVar("Item")


def page(
    ledger: Ledger,
    make: Callable[[str | None], Sequence[Item]],
    identity: Callable[[Item], object],
    *,
    after: str | None,
    limit: int,
    when: Times,
    question: tuple[object, ...],
) -> tuple[Sequence[Item], str | None]:
    """At most ``limit`` items after those of the page that gave the cursor ``after``, and the next page's cursor.

    Args:
        ledger: an open ledger.
        make: the whole list, as the ledger held it at a time (``None``: now).
        identity: what tells an item from all others, the same at every answer.
        after: the cursor, ``None`` for the first page.
        limit: how many.
        when: the times of the question; with ``recorded`` it is that time's list in any case.
        question: what the list is of; a cursor belongs to it alone.

    Raises:
        UsageError: the cursor is none, or one of another question.
    """
    newest = last_change(ledger.session)[0]
    seq, given, last = keys_of(after, 3, question, when) if after else (newest, 0, 0)
    found = make(when.recorded or (None if seq == newest else ticked(ledger.session, seq)))
    # By the item that came last: what midnight or the end of an embargo brings in before it moves nothing.
    start = next((at for at, each in enumerate(found, 1) if _mark(identity(each)) == last), given) if after else 0
    shown = found[start : start + limit]
    if start + limit >= len(found):
        return shown, None
    return shown, cursor((seq, start + limit, _mark(identity(shown[-1]))), question, when)


def _mark(identity: object) -> int:
    digest = hashlib.blake2b(repr(identity).encode("utf-8", "backslashreplace"), digest_size=7).digest()
    return int.from_bytes(digest, "big")
