"""``garrison units import``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from garrison.cli.options import LedgerFile

EXAMPLES = """\b
Examples:
  garrison units import order-of-battle.csv

\b
The file has the columns id, names, aliases, parent, relation, dates, source;
several names stand in one field with ; between them. A unit with an id that is
there already replaces it.
"""


def units_import(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="CSV with a header, in UTF-8.")],
    ledger: LedgerFile = None,
) -> None:
    """Import a known order of battle, so that its names and aliases resolve to one unit."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_writing
    from garrison.pipeline.order_of_battle import order_of_battle
    from garrison.publishing.wording import counted

    rows = order_of_battle(file)
    with for_writing(ledger) as opened:
        number = opened.import_units(rows)
    output.write([f"{counted(number, 'unit')} imported\n"])
