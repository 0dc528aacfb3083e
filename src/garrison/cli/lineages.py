"""``garrison lineages``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import Format, Known, LedgerFile, ListingFormat, Recorded

EXAMPLES = """\b
Examples:
  garrison lineages Tajikistan
  garrison lineages --actor Russia --format json

\b
Documents that share passages, paragraph by paragraph, the first known first. Claims
in shared passages that say the same count as one voice, that of the first.
"""


def lineages(
    place: Annotated[str | None, typer.Argument(metavar="PLACE", help="A country or a site.")] = None,
    *,
    actor: Annotated[str | None, typer.Option(metavar="A", help="Only forces of this country or group.")] = None,
    known: Known = None,
    recorded: Recorded = None,
    form: ListingFormat = Format.TABLE,
    ledger: LedgerFile = None,
) -> None:
    """Documents that share passages, with the passages."""
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline.copying import shared

    with for_reading(ledger) as opened:
        found = shared(opened, place=place, actor=actor, known=known, recorded=recorded)
    from garrison.cli import output
    from garrison.publishing import formats
    from garrison.publishing.lineages import LINEAGE_COLUMNS, lineage_page, passage_shape

    rows = (passage_shape(number, one) for number, each in enumerate(found, 1) for one in each)
    match form:
        case Format.JSON:
            output.write(formats.json_array(rows))
        case Format.CSV:
            output.write(formats.csv_lines(rows, LINEAGE_COLUMNS))
        case Format.TABLE if found:
            output.show(lineage_page(found, output.width()))
        case Format.TABLE:
            output.complain("no documents in this ledger share passages there")
