"""``garrison locate``."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  garrison locate articles.jsonl > places.jsonl
  echo '{"id": "1", "text": "Troops left Tripoli, Lebanon."}' | garrison locate -
  garrison locate articles.jsonl --others

\b
For each line {"id", "text", "title", "mentions": [{"start", "end"}]} prints
{"id", "places": [{"start", "end", "name", "geonameid", "lat", "lon", "country",
"radius_km", "score"}]} in the order of the mentions, null where one is not
resolved; without "mentions" it finds them. A score is the probability of the
place among those of its name; 0 says that only the country is inferred, and the
radius is the country's. Exit status 1: some line failed.
"""


def locate(
    file: Annotated[str, typer.Argument(metavar="ROWS.jsonl", help="JSON lines, also gzipped; - for standard input.")],
    others: Annotated[bool, typer.Option("--others", help="Tell kind, what it lies in, and the runners-up.")] = False,
) -> None:
    """Put the places of texts on the map; no ledger."""
    from garrison.cli import output
    from garrison.pipeline.locating import placed
    from garrison.publishing import formats
    from garrison.reading import Failure

    failed = False
    for found in placed(file, others=others):
        if isinstance(found, Failure):
            failed = True
            output.complain(f"{found.where}: {found.reason}")
        else:
            output.write([formats.as_json_line(found)])
    if failed:
        raise typer.Exit(1)
