"""``garrison redact``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import LedgerFile

EXAMPLES = """\b
Examples:
  garrison redact 5d41402a --because "court order 12/2024"

\b
The text and every quotation from it are erased from the ledger; the hash of the
document, the day and the reason stay. It cannot be undone, and reading the same
file again does not bring it back.
"""


def redact(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="The document's id or its beginning, or its URL.")
    ],
    because: Annotated[str, typer.Option(metavar="REASON", help="Why; the reason is kept.")],
    ledger: LedgerFile = None,
) -> None:
    """Erase a document's text and quotations, for law and safety."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading

    with for_reading(ledger, read_only=False) as opened:
        stub = opened.redact(document, because=because)
    output.write([f"document {stub.document} redacted; its hash, the day and the reason are kept\n"])
