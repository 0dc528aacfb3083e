"""``garrison claims``."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from garrison.cli.options import Known, LedgerFile, MapFormat, MapListingFormat, Private, Recorded
from garrison.vocabulary import Asset, Kind, Status

EXAMPLES = """\b
Examples:
  garrison claims --place Tajikistan --actor Russia
  garrison claims --kind withdraw --status planned --since 2021
  garrison claims --words "airborne" --unchecked
  garrison claims --unsure --place Tajikistan
  garrison claims --format csv > claims.csv
  garrison claims --place Mali --format geojson > mali.geojson

\b
Newest first. A table shows the first 100 unless --limit says otherwise; JSON, CSV
and GeoJSON give all.
"""
TABLE_LIMIT = 100


def claims(
    *,
    place: Annotated[str | None, typer.Option(metavar="P", help="At, to or from this place.")] = None,
    actor: Annotated[str | None, typer.Option(metavar="A", help="Of this country or group.")] = None,
    asset: Annotated[Asset | None, typer.Option(metavar="X", help=f"One of: {', '.join(Asset)}.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="U", help="Of this formation or mission.")] = None,
    kind: Annotated[Kind | None, typer.Option(metavar="K", help=f"One of: {', '.join(Kind)}.")] = None,
    status: Annotated[Status | None, typer.Option(metavar="S", help=f"One of: {', '.join(Status)}.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Published by this outlet.")] = None,
    document: Annotated[str | None, typer.Option(metavar="ID", help="Of this document.")] = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="With these words in the quotation.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or after this day.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Published on or before this day.")] = None,
    checked: Annotated[
        bool | None, typer.Option("--checked/--unchecked", help="Only those a person has checked, or not.")
    ] = None,
    verified: Annotated[
        bool | None, typer.Option("--verified/--unverified", help="Only those with their text, or without.")
    ] = None,
    unsure: Annotated[
        bool | None,
        typer.Option("--unsure/--counted", help="Only those read too unsurely for pictures, or only the others."),
    ] = None,
    known: Known = None,
    recorded: Recorded = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many.")] = None,
    private: Private = False,
    form: MapListingFormat = MapFormat.TABLE,
    ledger: LedgerFile = None,
) -> None:
    """List claims."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.ledger import ClaimFilter
    from garrison.publishing import formats, shapes, tables

    which = ClaimFilter(
        place=place,
        actor=actor,
        asset=asset,
        unit=unit,
        kind=kind,
        status=status,
        outlet=outlet,
        document=document,
        words=words,
        checked=checked,
        verified=verified,
        unsure=unsure,
        since=since,
        until=until,
        known=known,
        recorded=recorded,
        limit=limit if limit or form is not MapFormat.TABLE else TABLE_LIMIT + 1,
    )
    with for_reading(ledger) as opened:
        found = opened.claims(which)
        match form:
            case MapFormat.JSON:
                output.write(formats.json_array(shapes.citation_shape(one, private=private) for one in found))
            case MapFormat.CSV:
                rows = (shapes.citation_shape(one, private=private) for one in found)
                output.write(formats.csv_lines(rows, shapes.CLAIM_COLUMNS))
            case MapFormat.GEOJSON:
                from garrison.publishing import geojson

                output.write(geojson.claims_map(found, private=private))
            case MapFormat.TABLE:
                shown = list(islice(found, limit or TABLE_LIMIT))
                if not shown:
                    output.complain("no claim in this ledger matches")
                    return
                output.show(tables.claims("", shown, output.width()))
                if next(iter(found), None) is not None:
                    output.complain(f"the first {len(shown)} are shown; --limit N shows more, --format csv all")
