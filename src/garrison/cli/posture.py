"""``garrison posture``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import AsOf, Format, Known, LedgerFile, ListingFormat, Recorded
from garrison.vocabulary import Asset

EXAMPLES = """\b
Examples:
  garrison posture Tajikistan
  garrison posture TJK --as-of 2021-07-15 --known 2021-07-10
  garrison posture --actor Russia --asset tank
  garrison posture Mali --unit MINUSMA --format json

\b
Country names, adjectives, ISO codes and common misspellings all work. With
--actor and no place it lists where that actor is. Rows side by side: each
voice's newest statement, with the bounds that they span; nothing is averaged.
"present, size not stated" means that no voice gives a number. CSV has the rows,
each marked with its table; JSON has everything.
"""


def posture(
    place: Annotated[str | None, typer.Argument(metavar="PLACE", help="A country or a site.")] = None,
    *,
    actor: Annotated[str | None, typer.Option(metavar="A", help="Only forces of this country or group.")] = None,
    asset: Annotated[Asset | None, typer.Option(metavar="X", help=f"Only one of: {', '.join(Asset)}.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="U", help="Only this mission or formation.")] = None,
    as_of: AsOf = None,
    known: Known = None,
    recorded: Recorded = None,
    moves: Annotated[
        int, typer.Option(min=0, metavar="N", help="Movements, announcements and drills to show, of each the newest.")
    ] = 10,
    form: ListingFormat = Format.TABLE,
    ledger: LedgerFile = None,
) -> None:
    """Who has what forces where, as of when, and on whose word."""
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline import picture

    with for_reading(ledger) as opened:
        found = picture.posture(
            opened, place=place, actor=actor, asset=asset, unit=unit, as_of=as_of, known=known, recorded=recorded
        )
    from garrison.cli import output
    from garrison.publishing import formats, shapes

    match form:
        case Format.JSON:
            output.write([formats.as_json(shapes.picture_shape(found))])
        case Format.CSV:
            rows = [
                {"table": name, **shapes.row_shape(row)}
                for name, table in (("forces", found.rows), ("own", found.own), ("strengths", found.strengths))
                for row in table
            ]
            output.write(formats.csv_lines(rows, ("table", *shapes.ROW_COLUMNS)))
        case Format.TABLE:
            from garrison.publishing.posture import page

            output.show(page(found, output.width(), moves))
