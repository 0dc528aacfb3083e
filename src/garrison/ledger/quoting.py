"""Quoting: which claims have the words asked for in their quotations, found in the way that costs least.

The index of quotations tells all claims with some words, or of one claim whether it has them. The first takes as long
as the words are frequent; the second some three hundred times as long for each claim as the first for each that it
finds, so that it pays where few are looked at (measured on a million claims: 85 µs and 0.3 µs).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, literal_column, select, table, true

from garrison.ledger.session import Session, newest_claim
from garrison.ledger.tables import standing

TRYING = 300
# Of words in more quotations than this it is kept in how many, for as long as no claim is added: their searches ask
# for it again with each page.
_WORTH_KEEPING = 2_000
_KEPT = 1_000
_FREQUENT: dict[tuple[Path, int, str], tuple[int, int]] = {}


def quoting(words: str) -> ColumnElement[bool]:
    """The condition on a standing claim that its quotation has all of ``words``: it is among those found."""
    terms = _terms(words)
    return standing.c.claim_pk.in_(_matching(terms)) if terms else true()


def among(words: str) -> ColumnElement[bool]:
    """The same, where standing claims are gone through in an order of their own."""
    terms = _terms(words)
    # With a plus before it, SQLite does not begin with those found.
    walked: ColumnElement[int] = literal_column("+standing.claim_pk")
    return walked.in_(_matching(terms)) if terms else true()


def tried(words: str, claim_pk: ColumnElement[int] = standing.c.claim_pk) -> ColumnElement[bool]:
    """The same, tried on one quotation after the other: that of ``claim_pk``."""
    terms = _terms(words)
    matches = column("quotation").op("MATCH")(terms)
    same = column("rowid") == claim_pk
    one: Select[Any] = select(literal_column("1")).select_from(table("quotation")).where(matches, same)
    return one.exists() if terms else true()


def joined(query: Select[Any], words: str) -> Select[Any]:
    """``query`` of standing claims with all of ``words``, each as it is found, so that it can end at any of them."""
    terms = _terms(words)
    if not terms:
        return query
    found = _matching(terms).subquery("found")
    return query.join(found, found.c.rowid == standing.c.claim_pk)


def frequency(session: Session, words: str, most: int) -> int:
    """How many quotations have all of ``words``, counted up to ``most``."""
    terms = _terms(words)
    if not terms:
        return most
    key = (session.path, newest_claim(session), terms)
    counted, upto = _FREQUENT.get(key, (0, 0))
    if counted == upto < most:
        found = _matching(terms).limit(most).subquery()
        counted = int(session.execute(select(func.count()).select_from(found)).scalar_one())
        if counted > _WORTH_KEEPING:
            _FREQUENT[key] = (counted, most)
            while len(_FREQUENT) > _KEPT:
                _FREQUENT.pop(next(iter(tuple(_FREQUENT))), None)  # another thread may add to it
    return min(counted, most)


def sooner_tried(session: Session, words: str, claims: int) -> bool:
    """Whether words are sooner tried for in each of so many claims than looked for among all that have them."""
    most = TRYING * claims
    return frequency(session, words, most) >= most


def _terms(words: str) -> str:
    return " ".join('"' + word.replace('"', '""') + '"' for word in words.split())


_found: ColumnElement[int] = literal_column("rowid")


def _matching(terms: Any) -> Select[Any]:
    return select(_found).select_from(func.quotation(terms).table_valued("rowid"))
