"""``garrison moves``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import AsOf, Format, Known, LedgerFile, ListingFormat, Recorded
from garrison.estimation.announcements import Fate
from garrison.vocabulary import Asset

EXAMPLES = """\b
Examples:
  garrison moves Tajikistan
  garrison moves --actor "United States" --state open
  garrison moves --actor Russia --as-of 2021-07-15 --format csv

\b
Planned and possible moves move nothing. Each is open until a later claim says that
the same force went the same way (carried out) or that it did not or will not
(denied), or until half a year after its day, or two years after it was said without
one (lapsed).
"""


def moves(
    place: Annotated[str | None, typer.Argument(metavar="PLACE", help="A country or a site.")] = None,
    *,
    actor: Annotated[str | None, typer.Option(metavar="A", help="Only forces of this country or group.")] = None,
    asset: Annotated[Asset | None, typer.Option(metavar="X", help="Only this class.")] = None,
    state: Annotated[Fate | None, typer.Option(help="Only moves of which this became.")] = None,
    as_of: AsOf = None,
    known: Known = None,
    recorded: Recorded = None,
    form: ListingFormat = Format.TABLE,
    ledger: LedgerFile = None,
) -> None:
    """Announced moves and what became of them."""
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline import announced

    with for_reading(ledger) as opened:
        found = announced.moves(
            opened, place=place, actor=actor, asset=asset, fate=state, as_of=as_of, known=known, recorded=recorded
        )
    from garrison.cli import output
    from garrison.publishing import formats, shapes
    from garrison.publishing.tables import fates

    shown = (
        {"state": each.fate.value, "by": each.by.claim if each.by else None, **shapes.citation_shape(each.citation)}
        for each in found
    )
    match form:
        case Format.JSON:
            output.write(formats.json_array(shown))
        case Format.CSV:
            output.write(formats.csv_lines(shown, ("state", "by", *shapes.CLAIM_COLUMNS)))
        case Format.TABLE if found:
            output.show(fates([(each.citation, each.fate.value, each.by) for each in found], output.width()))
        case Format.TABLE:
            output.complain("no announced move in this ledger matches")
