"""``garrison disputes``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import AsOf, Format, Known, LedgerFile, ListingFormat, Recorded
from garrison.vocabulary import Asset

EXAMPLES = """\b
Examples:
  garrison disputes Tajikistan
  garrison disputes --actor Russia --as-of 2021-07-15
  garrison disputes --format json

\b
Shown are rows in which two voices exclude each other, both sides; claims that the
rest makes improbable (outlying: right with less than 5 %); and denials by an actor
of its own force, which open a dispute and say nothing of the level.
"""


def disputes(
    place: Annotated[str | None, typer.Argument(metavar="PLACE", help="A country or a site.")] = None,
    *,
    actor: Annotated[str | None, typer.Option(metavar="A", help="Only forces of this country or group.")] = None,
    asset: Annotated[Asset | None, typer.Option(metavar="X", help="Only this class.")] = None,
    as_of: AsOf = None,
    known: Known = None,
    recorded: Recorded = None,
    form: ListingFormat = Format.TABLE,
    ledger: LedgerFile = None,
) -> None:
    """Rows in dispute, claims that stand against the rest, denials of one's own force."""
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline.disagreement import disagreements

    with for_reading(ledger) as opened:
        found = disagreements(
            opened, place=place, actor=actor, asset=asset, as_of=as_of, known=known, recorded=recorded
        )
    from garrison.cli import output
    from garrison.publishing import formats, shapes
    from garrison.publishing.estimates import DISPUTE_COLUMNS, dispute_page

    sides = [
        {"row": each.estimate.row, "as": part, **shapes.heard_shape(one), "quote": one.citation.quote}
        for each in found.rows
        for part, claims in (("side", each.sides), ("outlying", each.outlying))
        for one in claims
    ]
    match form:
        case Format.JSON:
            denials = [shapes.citation_shape(each) for each in found.denials]
            output.write([formats.as_json({"claims": sides, "own_denials": denials})])
        case Format.CSV:
            output.write(formats.csv_lines(sides, DISPUTE_COLUMNS))
        case Format.TABLE if found.rows or found.denials:
            rows = [(each.estimate, each.sides, each.outlying) for each in found.rows]
            output.show(dispute_page(rows, found.denials, output.width()))
        case Format.TABLE:
            output.complain("no two voices exclude each other here, and no claim stands against the rest")
