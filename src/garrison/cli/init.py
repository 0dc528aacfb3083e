"""``garrison init``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import LedgerFile

EXAMPLES = """\b
Examples:
  garrison init
  garrison init --with factbook
  garrison init --with factbook --ledger world.db

\b
The starter "factbook" has forces abroad as the last editions of the CIA World
Factbook gave them (2025 and 2026): who, where, how many, in which year. They are
recorded claims without their texts, so they are marked unverified.
"""


def init(
    start: Annotated[
        str | None, typer.Option("--with", metavar="STARTER", help="Record figures that come along: factbook.")
    ] = None,
    ledger: LedgerFile = None,
) -> None:
    """Make a ledger, empty or with figures to start from."""
    from garrison.cli.ledger_file import for_writing, ledger_path
    from garrison.cli.read import summarise

    with for_writing(ledger) as opened:
        if start is None:
            typer.echo(f"the ledger is {ledger_path(ledger)}; fill it with: garrison read SOURCE…")
            return
        from garrison.pipeline import starter

        summarise(starter.record(opened, start))
    typer.echo("try: garrison posture Lebanon --estimate")
