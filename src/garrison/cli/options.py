"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a listing is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class MapFormat(StrEnum):
    """How a listing of what has a place is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    GEOJSON = "geojson"


LedgerFile = Annotated[
    Path | None,
    typer.Option(
        "--ledger",
        envvar="GARRISON_LEDGER",
        metavar="FILE",
        help="The ledger's file; else garrison.db in your data directory.",
    ),
]
ListingFormat = Annotated[Format, typer.Option("--format", help="How to print it.")]
MapListingFormat = Annotated[MapFormat, typer.Option("--format", help="How to print it; geojson for maps.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="The day it was so, as 2021, 2021-07 or 2021-07-15.")
]
Known = Annotated[str | None, typer.Option("--known", metavar="DATE", help="Only what was known by this day.")]
Recorded = Annotated[
    str | None, typer.Option("--recorded", metavar="DATE", help="Only what this ledger held on this day.")
]
Private = Annotated[bool, typer.Option("--private", help="Name private persons, who are else described only.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides.")]
