"""``garrison documents``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import Format, LedgerFile, ListingFormat

EXAMPLES = """\b
Examples:
  garrison documents
  garrison documents --outlet "Northern Wire" --format csv
  garrison documents --words drawdown
"""


def documents(
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Published by this outlet.")] = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="With these words in the title.")] = None,
    form: ListingFormat = Format.TABLE,
    ledger: LedgerFile = None,
) -> None:
    """List documents, in the order in which they were recorded."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.publishing import documents as listing
    from garrison.publishing import formats

    with for_reading(ledger) as opened:
        found = opened.documents(outlet=outlet, words=words)
        match form:
            case Format.JSON:
                output.write(formats.json_array(listing.entry_shape(entry) for entry in found))
            case Format.CSV:
                output.write(formats.csv_lines((listing.entry_shape(entry) for entry in found), listing.COLUMNS))
            case Format.TABLE:
                entries = list(found)
                if not entries:
                    output.complain("no document in this ledger matches")
                    return
                output.show(listing.table_of(entries, output.width()))
