"""``garrison archive verify``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import LedgerFile

EXAMPLES = """\b
Examples:
  garrison archive verify
  garrison archive verify --all

\b
A claim is proven when the archived record's digests agree with its bytes, the bytes
are those that were read, and the quotation stands in them: found again by the reader
that read it, else in the visible text with white space folded. Claims that were
read from files have no archived copy. Exit status 1: some archived copy is damaged
or does not hold its quotation.
"""


def archive_verify(
    every: Annotated[bool, typer.Option("--all", help="List the proven claims too.")] = False,
    ledger: LedgerFile = None,
) -> None:
    """Prove that claims stand in the archived pages."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline.archive import PROVEN, Proof, verify
    from garrison.publishing.wording import counted, printable

    counts = dict.fromkeys(Proof, 0)
    with for_reading(ledger) as opened:
        for found in verify(opened):
            counts[found.proof] += 1
            if every or found.proof in (Proof.MISSING, Proof.DAMAGED):
                reason = f" ({found.reason})" if found.reason else ""
                where = f" {found.place}" if found.place else ""
                output.write([printable(f"{found.claim} {found.proof.value}{reason}:{where} {found.url or ''}") + "\n"])
    total = sum(counts.values())
    proven = sum(counts[each] for each in PROVEN)
    parts = [f"{number:,} {proof.value}" for proof, number in counts.items() if number]
    output.write([f"{counted(total, 'claim')}, {proven:,} proven" + (f": {', '.join(parts)}" if parts else "") + "\n"])
    if counts[Proof.MISSING] or counts[Proof.DAMAGED]:
        raise typer.Exit(1)
