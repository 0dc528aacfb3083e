"""Announcements: moves that were planned or thought possible, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from garrison.estimation.days import last_day, said_day
from garrison.vocabulary import Citation, Kind, Status

# A move may be carried out before its announcement is published, and somewhat after its day.
EARLY = 14
# How long an announcement without a day waits, and one with a day after it (days).
PATIENCE = 730
GRACE = 180
MOVES = frozenset({Kind.DEPLOY, Kind.WITHDRAW, Kind.RELOCATE})


class Fate(StrEnum):
    """What has become of an announced move."""

    OPEN = "open"
    CARRIED_OUT = "carried out"
    DENIED = "denied"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A planned or possible move, what became of it, and the claim that says so, if one does."""

    citation: Citation
    fate: Fate
    by: Citation | None = None


def announcements(citations: Sequence[Citation], day: int) -> tuple[Announcement, ...]:
    """The planned and possible moves among ``citations``, newest first, as they stand on ``day``.

    Args:
        citations: claims of any kind; what later ones say decides about earlier ones.
        day: a proleptic Gregorian ordinal; nothing said later counts.
    """
    said = sorted(((said_day(each), each) for each in citations), key=lambda each: (each[0], each[1].claim))
    heard = [(at, each) for at, each in said if at <= day]
    found = [
        _fate(at, each, heard, day)
        for at, each in heard
        if each.kind in MOVES and each.status in (Status.PLANNED, Status.POSSIBLE)
    ]
    return tuple(reversed(found))


def _fate(said: int, citation: Citation, heard: Sequence[tuple[int, Citation]], day: int) -> Announcement:
    due = last_day(citation.when.end) if citation.when and citation.when.end else None
    until = due + GRACE if due is not None else said + PATIENCE
    until = max(until, said + GRACE)
    for at, other in heard:
        # One document that tells of a move and of a plan tells of two things.
        if other.document == citation.document and at <= said:
            continue
        if not said - EARLY <= at <= until or not _same_move(citation, other):
            continue
        if other.status is Status.FACT and at >= said - EARLY and _not_before(other, said):
            return Announcement(citation, Fate.CARRIED_OUT, other)
        if other.status is Status.DENIED and at >= said:
            return Announcement(citation, Fate.DENIED, other)
    return Announcement(citation, Fate.LAPSED if day > until else Fate.OPEN)


def _same_move(one: Citation, other: Citation) -> bool:
    """Whether both speak of the same force going the same way: a unit named by both must be the same."""
    if one.kind is not other.kind or one.asset is not other.asset or _force(one) != _force(other):
        return False
    if one.unit and other.unit and one.unit.casefold() != other.unit.casefold():
        return False
    return _country(one) == _country(other)


def _force(citation: Citation) -> str | None:
    return citation.actor.id if citation.actor else None


def _country(citation: Citation) -> str | None:
    place = citation.place
    return (place.iso3 or place.name.casefold()) if place else None


def _not_before(citation: Citation, said: int) -> bool:
    """Whether a move took place after it was announced, as far as its time is told."""
    when = citation.when
    return when is None or when.end is None or last_day(when.end) >= said - EARLY
