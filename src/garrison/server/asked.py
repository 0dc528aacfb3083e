"""Asked: what requests may carry, with its limits, and the room that answers them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import BaseModel

from garrison.ledger.days import asked_day, day_text, today
from garrison.server.pool import Pool
from garrison.server.settings import Settings
from garrison.vocabulary import UsageError

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


@dataclass(frozen=True, slots=True)
class Room:
    """What the endpoints answer from."""

    settings: Settings
    pool: Pool


def answered(model: BaseModel) -> Response:
    """``model`` as the body of an answer, written once and not checked again."""
    return Response(model.model_dump_json(by_alias=True), media_type="application/json")


def times(as_of: str | None, known: str | None, recorded: str | None) -> dict[str, str]:
    """The three times that an answer is for, resolved: what was left out is today.

    Raises:
        UsageError: one of them is no date.
    """
    now = day_text(today())
    day = day_text(asked_day(as_of, "the day of the picture")) if as_of else now
    seen = day_text(asked_day(known, "the day it was known")) if known else now
    return {"as_of": day, "known": seen, "recorded": recorded or now}


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
