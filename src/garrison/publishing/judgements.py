"""Judgements as a listing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from garrison.ledger import Judgement
from garrison.publishing.layout import Column, Line, table
from garrison.publishing.wording import printable

COLUMNS = (
    *("id", "claim", "verdict", "field", "value", "same_as", "by", "because", "recorded", "applies_to", "carried_over"),
    *("waiting", "withdrawn", "withdrawn_by", "withdrawn_because"),
)
_COLUMNS = (Column("recorded", wraps=False), Column("verdict"), Column("by"), Column("because"), Column("state"))


def judgement_shape(judgement: Judgement) -> dict[str, Any]:
    """A judgement; ``waiting`` when the claim that it was about is no longer made."""
    return {
        name: judgement.orphaned if name == "waiting" else getattr(judgement, name) and str(getattr(judgement, name))
        for name in COLUMNS
    } | {"carried_over": judgement.carried_over}


def table_of(judgements: Sequence[Judgement], width: int) -> Text:
    """Judgements as a table, each with its id beneath to copy."""
    return table("", _COLUMNS, [Line(_cells(one), f"{one.id} on claim {one.claim}") for one in judgements], width)


def _cells(judgement: Judgement) -> tuple[str, ...]:
    change = f" {judgement.field}={judgement.value}" if judgement.field else ""
    same = f" {judgement.same_as}" if judgement.same_as else ""
    if judgement.withdrawn:
        state = f"withdrawn by {judgement.withdrawn_by}: {judgement.withdrawn_because}"
    elif judgement.orphaned:
        state = "waits for review"
    else:
        state = "carried over" if judgement.carried_over else "in force"
    words = (judgement.recorded[:10], f"{judgement.verdict}{change}{same}", judgement.by, judgement.because, state)
    return tuple(printable(word) for word in words)
