"""Tables for people: forces, moves, claims, positions, documents."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from garrison.publishing.estimates import estimate_words
from garrison.publishing.layout import Column, Line, table
from garrison.publishing.wording import (
    UNSIZED,
    asset_words,
    counted,
    date_words,
    move_words,
    printable,
    run_words,
    sources_words,
    stated_words,
    verb_words,
)
from garrison.vocabulary import Citation, Place, Position, Row

_FORCES = (
    Column("who"),
    Column("what"),
    Column("stated"),
    Column("basis", wraps=False),
    Column("cited", wraps=False),
    Column("state", "yellow", wraps=False),
)
_MOVES = (Column("who"), Column("what"), Column("when", wraps=False), Column("on whose word"))
_CLAIMS = (Column("published", wraps=False), Column("who"), Column("says that"), Column("outlet"))
_POSITIONS = (Column("unit"), Column("at"), Column("tie"), Column("cited"), Column("basis"))


HANDLE = 12
"""Digits of a claim's id that people are shown: enough to be unique among many millions, and few enough to copy."""
_HANDLES = 4
GONE = 0.5
"""Below this probability of a presence a row is shown as likely gone."""


def handle(id: str) -> str:
    """The beginning of a claim's id, which every command takes for the whole."""
    return id[:HANDLE]


def forces(title: str, rows: Sequence[Row], width: int, within: Place | None = None) -> Text:
    """Rows of posture, each with its id beneath to copy; places other than ``within`` are named."""
    lines = [
        Line(
            (
                printable(row.actor.name),
                _what(row, within),
                stated_words(row) + (f"\n{estimate_words(row.estimate)}" if row.estimate else ""),
                f"{counted(row.claims, 'claim')},\n{counted(row.voices, 'voice')}",
                _run(row.first_cited, row.last_cited),
                _state(row),
            ),
            printable(row.id),
        )
        for row in rows
    ]
    return table(title, _FORCES, lines, width)


def _what(row: Row, within: Place | None = None) -> str:
    component = f" ({printable(row.component)})" if row.component else ""
    if row.place.name in _NO_PLACE:
        return f"{asset_words(row.asset)}{component}{_NO_PLACE[row.place.name]}"
    named = row.place.name and (within is None or row.place.name != within.name)
    return f"{asset_words(row.asset)}{component}{f' in {printable(row.place.name)}' if named else ''}"


# What a row has for a place where it has none.
_NO_PLACE = {"strength": "", "unstated": ", place not stated"}


def _run(first: str, last: str) -> str:
    return run_words(first, last).replace(" – ", "–\n")


def _state(row: Row) -> str:
    words = [f"{row.checked} checked" if row.checked else "unchecked"]
    if row.estimate is not None and row.estimate.presence < GONE:
        words.append("likely gone")
    return "\n".join([*words, "DISPUTED"] if row.disputed else words)


def moves(title: str, citations: Sequence[Citation], width: int) -> Text:
    """Movements, announcements, denials or exercises, each with the id of its claim beneath to copy."""
    lines = [
        Line((_who(one), printable(f"{_verb(one)}{move_words(one)}"), _when(one), _word(one)), handle(one.claim))
        for one in citations
    ]
    return table(title, _MOVES, lines, width)


def _verb(citation: Citation) -> str:
    return f"{verb_words(citation.kind, citation.status)}: "


def _who(citation: Citation) -> str:
    return printable(citation.actor.name) if citation.actor else "not named"


def _when(citation: Citation) -> str:
    if citation.when and (citation.when.start or citation.when.end):
        start, end = citation.when.start, citation.when.end
        if start and end:
            return _run(start, end)
        return f"from {start}" if start else f"by {end}"
    return (citation.published or "undated")[:10]


def _word(citation: Citation) -> str:
    return printable(" → ".join([*sources_words(citation), citation.outlet or "outlet unknown"]))


def fates(found: Sequence[tuple[Citation, str, Citation | None]], width: int) -> Text:
    """Announced moves, what became of each, and the claim that says so, with the id of the announcement beneath."""
    columns = (*_MOVES, Column("state", "yellow"))
    lines = [
        Line(
            (
                _who(one),
                printable(f"{_verb(one)}{move_words(one)}"),
                _when(one),
                _word(one),
                f"{state}\n{handle(by.claim)}" if by else state,
            ),
            handle(one.claim),
        )
        for one, state, by in found
    ]
    return table("Announced moves", columns, lines, width)


def claims(title: str, citations: Sequence[Citation], width: int) -> Text:
    """Claims, each with its id beneath to copy."""
    lines = [
        Line(
            (
                (one.published or "undated")[:10],
                _who(one),
                printable(f"{_verb(one)}{move_words(one)}") + _marks(one),
                printable(one.outlet or "unknown"),
            ),
            handle(one.claim),
        )
        for one in citations
    ]
    return table(title, _CLAIMS, lines, width)


def _marks(citation: Citation) -> str:
    marks = [*(["checked"] if citation.checked else []), *([] if citation.verified else ["unverified"])]
    return f" [{', '.join(marks)}]" if marks else ""


def positions(title: str, runs: Sequence[Position], width: int) -> Text:
    """Runs of named units and bases at places, each with a claim's id beneath to copy."""
    lines = [
        Line(
            (
                printable(run.unit) + (f" ({printable(run.actor.name)})" if run.actor else ""),
                printable(run.place.name),
                run.tie,
                _run(run.first_cited, run.last_cited),
                counted(len(run.citations), "claim"),
            ),
            _handles(run.citations),
        )
        for run in runs
    ]
    return table(title, _POSITIONS, lines, width)


def _handles(citations: Sequence[Citation]) -> str | None:
    shown = " ".join(handle(one.claim) for one in citations[:_HANDLES])
    more = len(citations) - _HANDLES
    return (f"{shown} and {more:,} more" if more > 0 else shown) or None


def disagreement(row: Row, width: int) -> Text:
    """Both sides of a disputed row in words: each voice, what it states, when, and the claim's id."""
    text = Text(f"  {printable(row.actor.name)}, {_what(row)}: {len(row.stated)} voices do not agree.\n")
    lines = []
    for one in row.stated:
        said = move_said(one)
        lines.append(
            Line((f"{date_words(one.published) or 'undated'}:", f"{_word(one)} has {said}"), handle(one.claim))
        )
    text.append_text(table("", (Column("", wraps=False), Column("")), lines, width))
    return text


def move_said(citation: Citation) -> str:
    """What one voice states of a row: a size, or that the force is or is not there."""
    what = move_words(citation)
    if citation.quantity is None:
        return printable(f"{what} ({verb_words(citation.kind, citation.status)}; {UNSIZED.split(', ')[1]})")
    return printable(what)
