"""``garrison archive export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from garrison.cli.options import LedgerFile
from garrison.vocabulary import UsageError

EXAMPLES = """\b
Examples:
  garrison archive export 3f2a9c01 7be0d411 evidence.wacz
  garrison archive export 3f2a9c01 evidence.warc.gz

\b
The file opens in ReplayWeb.page and other players of web archives; a WACZ lists its
pages there. It holds each page once, as it was received, with the redirects that
led to it and its digests.
"""


def archive_export(
    claims: Annotated[
        list[str], typer.Argument(metavar="CLAIM... FILE", help="Claims' ids or their beginnings; a new file.")
    ],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="The new file, where it is not named last.")
    ] = None,
    ledger: LedgerFile = None,
) -> None:
    """Write the archived pages of claims as a WACZ or WARC."""
    file = to or Path(claims[-1])
    if to is None:
        claims = claims[:-1]
    if not file.name.lower().endswith((".wacz", ".warc", ".warc.gz")) or not claims:
        raise UsageError("name claims and then a new file that ends in .wacz, or in .warc.gz")
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline.archive import export
    from garrison.publishing.wording import counted

    with for_reading(ledger) as opened:
        pages = export(opened, claims, file.expanduser())
    output.write([f"{counted(pages, 'archived page')} written to {file}\n"])
