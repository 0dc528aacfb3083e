"""Asked: what requests may carry, with its limits and in the same words everywhere, and the room that answers them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Response
from pydantic import BaseModel

from garrison.ledger import ClaimFilter
from garrison.ledger.days import asked_day, day_text, today
from garrison.server.pool import Pool
from garrison.server.settings import Settings
from garrison.server.warming import Warming
from garrison.vocabulary import Asset, Kind, Status, UsageError

_NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"
Name = Annotated[str | None, Query(max_length=200, pattern=_NO_CONTROL)]
Id = Annotated[str, Query(min_length=1, max_length=500, pattern=_NO_CONTROL)]
OptionalId = Annotated[str | None, Query(max_length=500, pattern=_NO_CONTROL)]
InPath = Annotated[str, Path(min_length=1, max_length=500, pattern=_NO_CONTROL)]
Date = Annotated[str | None, Query(max_length=32, pattern=_NO_CONTROL, description="ISO 8601; may be partial.")]
AsOf = Annotated[
    str | None, Query(max_length=32, pattern=_NO_CONTROL, description="The day it was so; today if left out.")
]
Known = Annotated[str | None, Query(max_length=32, pattern=_NO_CONTROL, description="Only what was known by this day.")]
Recorded = Annotated[
    str | None,
    Query(max_length=40, pattern=_NO_CONTROL, description="What this ledger held then: a day or a UTC time."),
]
CursorText = Annotated[
    str | None, Query(alias="cursor", max_length=1000, pattern=_NO_CONTROL, description="`next` of the last page.")
]
Limit = Annotated[int, Query(ge=1, le=200)]


@dataclass(slots=True)
class Readiness:
    """Whether what is asked for most is made already, as whoever makes it tells."""

    ready: bool = True

    def tell(self, ready: bool) -> None:
        """It is, or is not."""
        self.ready = ready


@dataclass(frozen=True, slots=True)
class Room:
    """What the endpoints answer from."""

    settings: Settings
    pool: Pool
    readiness: Readiness = field(default_factory=Readiness)
    estimating: Warming = field(init=False)
    """What makes the estimates of a large ledger."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "estimating", Warming("estimates", self.pool.path, 0))


def answered(model: BaseModel) -> Response:
    """``model`` as the body of an answer, written once and not checked again."""
    return Response(model.model_dump_json(by_alias=True), media_type="application/json")


@dataclass(frozen=True, slots=True)
class Times:
    """The three times that a request names, ``None`` where it does not."""

    as_of: str | None
    known: str | None
    recorded: str | None

    def given(self) -> dict[str, Any]:
        """The times by their names, as they were given."""
        return {"as_of": self.as_of, "known": self.known, "recorded": self.recorded}

    def meant(self) -> dict[str, str]:
        """The times by their names, as an answer repeats them: what was left out is today.

        Raises:
            UsageError: one of them is no date.
        """
        now = day_text(today())
        day = day_text(asked_day(self.as_of, "the day of the picture")) if self.as_of else now
        seen = day_text(asked_day(self.known, "the day it was known")) if self.known else now
        return {"as_of": day, "known": seen, "recorded": self.recorded or now}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request is about: a country or site, a country or group, a class; ``None`` for all."""

    place: str | None
    actor: str | None
    asset: Asset | None

    def given(self) -> dict[str, Any]:
        """The three by their names."""
        return {"place": self.place, "actor": self.actor, "asset": self.asset}


# Coroutines, as a plain function would be called in a thread of its own for every request.
async def _times(as_of: AsOf = None, known: Known = None, recorded: Recorded = None) -> Times:
    return Times(as_of, known, recorded)


async def _subject(place: Name = None, actor: Name = None, asset: Asset | None = None) -> Subject:
    return Subject(place, actor, asset)


async def _claims(
    q: Name = None,
    actor: Name = None,
    unit: Name = None,
    place: Name = None,
    asset: Asset | None = None,
    kind: Kind | None = None,
    status: Status | None = None,
    outlet: Name = None,
    document: OptionalId = None,
    since: Date = None,
    until: Date = None,
    checked: bool | None = None,
    verified: bool | None = None,
    unsure: Annotated[
        bool | None, Query(description="Those read too unsurely for pictures (true), or only the others.")
    ] = None,
    known: Known = None,
    recorded: Recorded = None,
) -> ClaimFilter:
    return ClaimFilter(
        place=place,
        actor=actor,
        asset=asset,
        unit=unit,
        kind=kind,
        status=status,
        outlet=outlet,
        document=document,
        words=q if q and q.strip() else None,
        checked=checked,
        verified=verified,
        unsure=unsure,
        since=since,
        until=until,
        known=known,
        recorded=recorded,
    )


When = Annotated[Times, Depends(_times)]
What = Annotated[Subject, Depends(_subject)]
Which = Annotated[ClaimFilter, Depends(_claims)]


def cursor(keys: tuple[Any, ...], *question: object) -> str:
    """Where the next page of ``question`` begins, as a word to hand back."""
    packed = json.dumps([_mark(question), *keys], separators=(",", ":")).encode("utf-8")
    return base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def keys_of(text: str, length: int | None, *question: object) -> tuple[int, ...]:
    """The whole numbers that a cursor of ``question`` was made from.

    Raises:
        UsageError: the cursor is none, or one of another question.
    """
    try:
        mark, *keys = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        mark, keys = None, []
    whole = all(type(key) is int and abs(key) < 1 << 63 for key in keys)
    if mark != _mark(question) or not whole or (length is not None and len(keys) != length):
        raise UsageError("this cursor does not belong to this question; ask again without it")
    return tuple(keys)


def _mark(question: tuple[object, ...]) -> str:
    return hashlib.blake2b(repr(question).encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()
