"""The picture of a place or an actor as a page of text."""

from __future__ import annotations

import textwrap

from rich.text import Text

from garrison.publishing import tables
from garrison.publishing.wording import date_words, printable
from garrison.vocabulary import Picture

FOOTER = (
    "Nothing here is a finding until a person has checked it: these are statements read from texts, "
    "and what is missing here may still be there. To see the words behind a line: garrison why 'ID'"
)


MOVES = 10


def title_words(picture: Picture) -> str:
    """What the picture is of: ``Tajikistan, as of 15 July 2021, as known on 10 July 2021``."""
    subject = [printable(picture.place.name)] if picture.place else []
    subject += [f"forces of {printable(picture.actor.name)}"] if picture.actor else []
    head = ", ".join(subject) or "all places"
    head = head[0].upper() + head[1:]
    recorded = f", as recorded by {date_words(picture.recorded)}" if picture.recorded[:10] < picture.known[:10] else ""
    return f"{head}, as of {date_words(picture.as_of)}, as known on {date_words(picture.known)}{recorded}"


def page(picture: Picture, width: int, moves: int = MOVES) -> Text:
    """The whole page: title, tables, disagreements in words, and how to ask why.

    Args:
        picture: what to show.
        width: characters to a line.
        moves: how many movements, announcements, denials and exercises to show at most, each newest first.
    """
    text = Text()
    text.append(title_words(picture) + "\n", "bold")
    place = printable(picture.place.name) if picture.place else "the places themselves"
    for title, rows in (
        ("Forces", picture.rows),
        (f"Own forces of {place}", picture.own),
        ("Total strengths, no place stated", picture.strengths),
    ):
        if rows:
            text.append("\n").append_text(tables.forces(title, rows, width, picture.place))
    for title, name, citations in (
        ("Announced", "announced", picture.announced),
        ("Possible", "possible", picture.possible),
        ("Denied", "denied", picture.denied),
        ("Movements", "moves", picture.moves),
        ("Exercises", "exercises", picture.exercises),
    ):
        if citations:
            shown = citations[:moves]
            more = len(citations) - len(shown) + picture.left_out.get(name, 0)
            text.append("\n").append_text(tables.moves(title, shown, width))
            if more:
                text.append(f"  and {more:,} more, not shown (--moves N)\n", "dim")
    if picture.disagreements:
        text.append("\nDisagreements\n", "bold")
        for row in picture.disagreements:
            text.append_text(tables.disagreement(row, width))
    if empty(picture):
        text.append("\nNo claims in this ledger match. Absence here is not absence there.\n")
    waiting = picture.left_out.get("unsure", 0)
    if waiting:
        text.append(f"\n{textwrap.fill(waiting_words(waiting), width)}\n")
    text.append(f"\n{textwrap.fill(FOOTER, width)}\n", "dim")
    return text


def waiting_words(waiting: int) -> str:
    """What is said of claims that wait for a person."""
    subject = "One more claim waits" if waiting == 1 else f"{waiting:,} more claims wait"
    return (
        f"{subject} to be checked, read with too little confidence to count here. To see them: garrison claims --unsure"
    )


def empty(picture: Picture) -> bool:
    """Whether no claim bears on the question."""
    tables_of_rows = (picture.rows, picture.own, picture.strengths)
    tables_of_moves = (picture.moves, picture.announced, picture.possible, picture.denied, picture.exercises)
    return not any((*tables_of_rows, *tables_of_moves))
