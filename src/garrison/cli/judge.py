"""``garrison judge``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import By, Format, LedgerFile, ListingFormat
from garrison.vocabulary import UsageError

EXAMPLES = """\b
Examples:
  garrison judge 3f2a9c01 accept --by "R. Analyst" --because "checked with the page"
  garrison judge 3f2a9c01 reject --by "R. Analyst" --because "speaks of 2001"
  garrison judge 3f2a9c01 correct quantity="about 7,000" --by RA --because "misread"
  garrison judge 3f2a9c01 same-as 77b0e412 --by RA --because "one statement, two pages"
  garrison judge 3f2a9c01 withdraw --by RA --because "the page was corrected"
  garrison judge 3f2a9c01
  garrison judge --waiting

\b
Fields to correct: kind, status, asset, measure, actor, unit, quantity, place,
origin, when; "none" empties one. Every picture respects a judgement until it is
withdrawn. Without a verdict the judgements are listed. --waiting lists those
whose claim a newer reading no longer makes.
"""


def judge(
    claim: Annotated[str | None, typer.Argument(metavar="CLAIM", help="The claim's id or its beginning.")] = None,
    verdict: Annotated[
        str | None, typer.Argument(metavar="VERDICT", help="accept, reject, correct, same-as or withdraw.")
    ] = None,
    what: Annotated[
        str | None,
        typer.Argument(metavar="FIELD=VALUE|CLAIM|JUDGEMENT", help="For correct, same-as and withdraw."),
    ] = None,
    *,
    by: By = None,
    because: Annotated[str | None, typer.Option(metavar="REASON", help="Why.")] = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="List the judgements that wait for review.")] = False,
    form: ListingFormat = Format.TABLE,
    ledger: LedgerFile = None,
) -> None:
    """Accept, reject or correct a claim, or withdraw a judgement."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline import review

    if verdict is None or claim is None:
        _list(claim, waiting, form, ledger)
        return
    if not by or not because:
        raise UsageError('a judgement needs --by NAME and --because "REASON"')
    with for_reading(ledger, read_only=False) as opened:
        told = review.judged(opened, claim, verdict, what, by=by, because=because)
    output.write([f"{told}\n"])


def _list(claim: str | None, waiting: bool, form: Format, ledger: LedgerFile) -> None:
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.publishing import formats, judgements

    with for_reading(ledger) as opened:
        id = opened.claim(claim).claim if claim else None
        found = opened.judgements(id, orphaned=waiting)
    match form:
        case Format.JSON:
            output.write(formats.json_array(judgements.judgement_shape(one) for one in found))
        case Format.CSV:
            rows = (judgements.judgement_shape(one) for one in found)
            output.write(formats.csv_lines(rows, judgements.COLUMNS))
        case Format.TABLE if found:
            output.show(judgements.table_of(found, output.width()))
        case Format.TABLE:
            output.complain("no judgements wait for review" if waiting else "no judgements yet")
