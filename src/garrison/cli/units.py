"""``garrison units``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import AsOf, Format, Known, LedgerFile, ListingFormat, Recorded

EXAMPLES = """\b
Examples:
  garrison units
  garrison units "201st Motor Rifle Division"
  garrison units --place Nigeria --format csv
  garrison units import order-of-battle.csv

\b
A run is a stretch of time over which a unit or base is cited at one place. The
tie is "site" (based or stationed there), "operating" (active there) or "unclear".
"""


def units(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A unit or base, in any spelling.")] = None,
    *,
    place: Annotated[str | None, typer.Option(metavar="P", help="Only at this country or site.")] = None,
    actor: Annotated[str | None, typer.Option(metavar="A", help="Only of this country or group.")] = None,
    as_of: AsOf = None,
    known: Known = None,
    recorded: Recorded = None,
    form: ListingFormat = Format.TABLE,
    ledger: LedgerFile = None,
) -> None:
    """Where named units and bases are, as runs at a place."""
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline.positions import positions

    with for_reading(ledger) as opened:
        runs = positions(opened, name, place=place, actor=actor, as_of=as_of, known=known, recorded=recorded)
    from garrison.cli import output
    from garrison.publishing import formats, shapes, tables

    match form:
        case Format.JSON:
            output.write(formats.json_array(shapes.position_shape(run) for run in runs))
        case Format.CSV:
            output.write(formats.csv_lines((shapes.position_shape(run) for run in runs), shapes.POSITION_COLUMNS))
        case Format.TABLE if runs:
            output.show(tables.positions("", runs, output.width()))
        case Format.TABLE:
            output.complain("no named unit in this ledger matches; garrison units lists all of them")
