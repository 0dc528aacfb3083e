"""``garrison extract``."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  garrison extract passages.jsonl > claims.jsonl
  garrison extract passages.jsonl --explain
  echo '{"id": "1", "text": "Russia has about 7,000 troops in Tajikistan."}' | garrison extract -

\b
For each line {"id", "text", "title", "published", "outlet"} prints {"id", "claims"}
with the fields of the guide and the span of each quotation; with --explain also
"explanations", one for each claim: what speaks for its fields, or with --extractor
grammar the rule behind each. Exit status 1: some line failed.
"""


def extract(
    file: Annotated[
        str, typer.Argument(metavar="PASSAGES.jsonl", help="JSON lines, also gzipped; - for standard input.")
    ],
    explain: Annotated[bool, typer.Option("--explain", help="Tell what speaks for each field.")] = False,
    extractor: Annotated[str, typer.Option(metavar="NAME", help="What reads the claims.")] = "learned",
) -> None:
    """Extract claims from passages; no ledger."""
    from garrison.cli import output
    from garrison.extraction.registry import extractor_named
    from garrison.pipeline.passages import extracted
    from garrison.publishing import formats
    from garrison.reading import Failure

    failed = False
    for found in extracted(file, extractor_named(extractor), explain=explain):
        if isinstance(found, Failure):
            failed = True
            output.complain(f"{found.where}: {found.reason}")
        else:
            output.write([formats.as_json_line(found)])
    if failed:
        raise typer.Exit(1)
