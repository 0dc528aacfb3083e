"""``garrison gazetteer build``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  garrison gazetteer build allCountries.zip
  garrison gazetteer build NG.zip --to nigeria.sqlite

\b
Takes GeoNames' dump (https://download.geonames.org/export/dump/) of all places or
of one country. Look-ups then use the file in your data directory, or the one that
$GARRISON_GAZETTEER names; delete it to go back to the package's own.
"""


def gazetteer_build(
    dump: Annotated[Path, typer.Argument(metavar="DUMP.zip", help="GeoNames' dump, also unpacked.")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write here; else your data directory.")
    ] = None,
) -> None:
    """Compile the full GeoNames dump for look-ups."""
    from rich.console import Console
    from rich.progress import Progress

    from garrison.cli import output
    from garrison.naming.gazetteer import own_file
    from garrison.naming.gazetteer_building import build

    target = to or own_file()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(dump.name, total=1.0)
        built = build(dump, target, lambda share: bar.update(task, completed=share))
    output.complain(
        f"{built.places:,} places with {built.names:,} names added; {target} has {target.stat().st_size / 1e6:,.0f} MB"
    )
    if built.broken:
        output.complain(f"{built.broken:,} lines were no places and are left out")
