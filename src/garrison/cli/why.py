"""``garrison why``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from garrison.cli.options import LedgerFile, Private
from garrison.vocabulary import UsageError

EXAMPLES = """\b
Examples:
  garrison why 3f2a9c01
  garrison why RUS/personnel/TJK
  garrison why RUS/personnel/TJK --cite
  garrison why RUS/personnel/TJK --cite --format csl-json

\b
A claim is named by its id or the beginning of one, a row by what the posture prints
beneath it. The link opens the page at the quoted words. --cite prints footnotes
or CSL-JSON, archived copy before live page.
"""


class Trail(StrEnum):
    """How evidence is printed."""

    TABLE = "table"
    JSON = "json"
    FOOTNOTE = "footnote"
    CSL_JSON = "csl-json"


def why(
    id: Annotated[str, typer.Argument(metavar="ID", help="A claim or a row.")],
    cite: Annotated[bool, typer.Option("--cite", help="Print citations.")] = False,
    form: Annotated[Trail | None, typer.Option("--format", help="How to print it; the last two with --cite.")] = None,
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help="Claims of a row to show, each voice's newest first; 0 for all.")
    ] = 20,
    private: Private = False,
    ledger: LedgerFile = None,
) -> None:
    """Show the words behind a claim or a row."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline import evidence
    from garrison.pipeline.estimated import row_estimate
    from garrison.publishing import citations, estimates, formats, shapes
    from garrison.publishing.trail import heading, trail
    from garrison.publishing.wording import counted

    form = form or (Trail.FOOTNOTE if cite else Trail.TABLE)
    if cite != (form in (Trail.FOOTNOTE, Trail.CSL_JSON)):
        raise UsageError("--cite goes with --format footnote or csl-json, and they with it")
    with for_reading(ledger) as opened:
        found = evidence.why(opened, id, limit=limit or None)
        estimated = row_estimate(opened, found.row) if found.row and not cite else ()
    match form:
        case Trail.FOOTNOTE:
            notes = (f"{citations.footnote(one, number)}\n" for number, one in enumerate(found.evidence, 1))
            output.write(notes)
        case Trail.CSL_JSON:
            output.write([formats.as_json([citations.csl_item(one) for one in found.evidence])])
        case Trail.JSON:
            row = shapes.row_shape(found.row) if found.row else None
            shown = [shapes.evidence_shape(one, private=private) for one in found.evidence]
            more = {}
            if estimated:
                heard = [shapes.heard_shape(one) for one in estimated[-1].heard]
                more = {"estimate": {**shapes.estimate_shape(estimated[-1]), "heard": heard}}
            output.write([formats.as_json({"row": row, "evidence": shown, "left_out": found.left_out, **more})])
        case Trail.TABLE:
            if found.row:
                output.show(heading(found.row))
            output.show(estimates.estimate_lines(estimated))
            weighed = estimates.weighed(estimated[-1]) if estimated else {}
            for one in found.evidence:
                words = weighed.get(one.citation.claim)
                output.show(trail(one, output.width(), private=private, weighed=words))
    if found.left_out:
        output.complain(f"and {counted(found.left_out, 'more claim')}, not shown (--limit 0 shows all)")
