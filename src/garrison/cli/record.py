"""``garrison record``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import LedgerFile

EXAMPLES = """\b
Examples:
  garrison record claims.jsonl
  garrison record claims.jsonl --by "R. Analyst"
  other-tool | garrison record - --by other-tool

\b
One document to a line: "id", "published", "outlet", and if at hand "text", "url",
"title"; "claims" is a list of claims with the fields of the guide (see
docs/reference-fields.md). A claim whose quotation is not in its text is refused; without
a text it is kept and marked unverified. Exit status 1: something was refused.
"""


def record(
    files: Annotated[
        list[str], typer.Argument(metavar="CLAIMS.jsonl...", help="JSON lines, also gzipped; - for standard input.")
    ],
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who or what made the claims; else the file's name.")
    ] = None,
    ledger: LedgerFile = None,
) -> None:
    """Record claims made elsewhere, by hand or by another tool."""
    from garrison.cli.ledger_file import for_writing
    from garrison.cli.read import summarise
    from garrison.pipeline import claims_file
    from garrison.pipeline.intake import Intake

    counts = Intake()
    with for_writing(ledger) as opened:
        try:
            for file in files:
                claims_file.record(opened, file, by=by, into=counts)
        except KeyboardInterrupt:
            summarise(counts, "stopped; ")
            raise typer.Exit(130) from None
    summarise(counts)
