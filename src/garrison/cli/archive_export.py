"""``garrison archive export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from garrison.cli.options import LedgerFile

EXAMPLES = """\b
Examples:
  garrison archive export 3f2a9c01 7be0d411 --to evidence.warc.gz

\b
The file opens in ReplayWeb.page and other players of web archives. It holds each
page once, as it was received, with the redirects that led to it and its digests.
"""


def archive_export(
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Claims' ids or their beginnings.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="A new file; name it .warc.gz.")],
    ledger: LedgerFile = None,
) -> None:
    """Write the archived pages of claims as a WARC."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline.archive import export
    from garrison.publishing.wording import counted

    with for_reading(ledger) as opened:
        pages = export(opened, claims, to.expanduser())
    output.write([f"{counted(pages, 'archived page')} written to {to}\n"])
