"""``garrison posture``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from garrison.cli.options import AsOf, Known, LedgerFile, MapFormat, MapListingFormat, Recorded
from garrison.vocabulary import Asset, UsageError

EXAMPLES = """\b
Examples:
  garrison posture Tajikistan
  garrison posture TJK --as-of 2021-07-15 --known 2021-07-10
  garrison posture --actor Russia --asset tank
  garrison posture Mali --unit MINUSMA --format json
  garrison posture Tajikistan --no-estimate
  garrison posture --actor Russia --asset personnel --over 2020-11..2026-02

\b
Country names, adjectives, ISO codes and common misspellings all work. With
--actor and no place it lists where that actor is. Rows side by side: each
voice's newest statement, with the bounds that they span; nothing is averaged.
"present, size not stated" means that no voice gives a number. CSV has the rows,
each marked with its table; JSON has everything. "est." is what the claims make
likely: the median, and the interval that holds the true size with 90 %; --over
prints that through time.
"""


def posture(
    place: Annotated[str | None, typer.Argument(metavar="PLACE", help="A country or a site.")] = None,
    *,
    actor: Annotated[str | None, typer.Option(metavar="A", help="Only forces of this country or group.")] = None,
    asset: Annotated[Asset | None, typer.Option(metavar="X", help=f"Only one of: {', '.join(Asset)}.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="U", help="Only this mission or formation.")] = None,
    as_of: AsOf = None,
    known: Known = None,
    recorded: Recorded = None,
    moves: Annotated[
        int, typer.Option(min=0, metavar="N", help="Movements, announcements and drills to show, of each the newest.")
    ] = 10,
    estimate: Annotated[
        bool, typer.Option("--estimate/--no-estimate", help="Whether to put an estimate beside what is stated.")
    ] = True,
    records: Annotated[
        bool, typer.Option("--records", help="Show a second interval, by the records of outlets.")
    ] = False,
    over: Annotated[
        str | None, typer.Option(metavar="FROM..TO", help="The estimates month by month, as 2020-11..2026-02.")
    ] = None,
    chart: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --over: draw bands and claims to this .svg or .png file."),
    ] = None,
    form: MapListingFormat = MapFormat.TABLE,
    ledger: LedgerFile = None,
) -> None:
    """Who has what forces where, as of when, and on whose word."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline import picture
    from garrison.publishing import formats, shapes

    if over is not None:
        if as_of or unit:
            raise UsageError("--over has days of its own and no units: leave out --as-of and --unit")
        if form is MapFormat.GEOJSON:
            raise UsageError("--over has no map: leave it out, or take --format json or csv")
        _through_time(over, place, actor, asset, known, recorded, chart, form, ledger)
        return
    if records and form is not MapFormat.TABLE:
        raise UsageError("intervals by the records of outlets are shown, never exported: leave out one of the two")
    if chart is not None:
        raise UsageError("--chart draws what --over asks for: add --over FROM..TO")
    with for_reading(ledger) as opened:
        found = picture.posture(
            opened,
            place=place,
            actor=actor,
            asset=asset,
            unit=unit,
            as_of=as_of,
            known=known,
            recorded=recorded,
            listed=max(moves, picture.LISTED),
            # Written while the ledger is open.
            later=True,
        )
        if estimate or records:
            from garrison.pipeline.estimated import with_estimates

            found = with_estimates(opened, found)
        if records:
            from garrison.pipeline.records import outlet_records, with_second_intervals

            fitted = outlet_records(opened, known=known)
            found = with_second_intervals(opened, found, fitted)
        match form:
            case MapFormat.JSON:
                output.write([formats.as_json(shapes.picture_shape(found))])
            case MapFormat.CSV:
                rows = [
                    {"table": name, **shapes.row_shape(row)}
                    for name, table in (("forces", found.rows), ("own", found.own), ("strengths", found.strengths))
                    for row in table
                ]
                more = shapes.ESTIMATE_COLUMNS if estimate else ()
                output.write(formats.csv_lines(rows, ("table", *shapes.ROW_COLUMNS, *more)))
            case MapFormat.GEOJSON:
                from garrison.publishing import geojson

                output.write(geojson.picture_map(found))
            case MapFormat.TABLE:
                from garrison.publishing.posture import page

                output.show(page(found, output.width(), moves))
                if records:
                    from garrison.publishing.estimates import records_note

                    output.show(records_note(fitted.known_by, fitted.version, len(fitted.wrong), output.width()))


def _through_time(
    over: str,
    place: str | None,
    actor: str | None,
    asset: Asset | None,
    known: str | None,
    recorded: str | None,
    chart: Path | None,
    form: MapFormat,
    ledger: Path | None,
) -> None:
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading
    from garrison.pipeline.estimated import monthly
    from garrison.publishing import estimates, formats

    with for_reading(ledger) as opened:
        series = monthly(opened, over, place=place, actor=actor, asset=asset, known=known, recorded=recorded)
    if chart is not None and series:
        from garrison.publishing.chart import drawn, of_estimates

        image = drawn([of_estimates(of_row) for of_row in series], chart.suffix)
        try:
            chart.write_bytes(image)
        except OSError as error:
            raise UsageError(f"the chart cannot be written to {chart}: {error.strerror}") from None
    points = (estimates.point_shape(point) for of_row in series for point in of_row)
    match form:
        case MapFormat.JSON:
            output.write(formats.json_array(points))
        case MapFormat.CSV:
            output.write(formats.csv_lines(points, estimates.POINT_COLUMNS))
        case MapFormat.TABLE if series:
            output.show(estimates.through_time(series, output.width()))
        case _:
            output.complain("no row with a number matches; garrison posture --estimate shows all rows")
