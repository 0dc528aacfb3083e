"""``garrison document``."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  garrison document page.html
  garrison document report.pdf
  garrison document statements.jsonl.gz

\b
Prints JSON: title, outlet, authors, published, language, rights, url, text; a list
of such for a file of JSON lines. Exit status 1: the file, or a part, failed.
"""


def document(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
) -> None:
    """Show what is read of one file; no ledger."""
    from garrison.cli import output
    from garrison.pipeline.intake import read_file
    from garrison.publishing import formats, shapes
    from garrison.reading import Failure

    found = list(read_file(file))
    for failure in found:
        if isinstance(failure, Failure):
            output.complain(f"{failure.where}: {failure.reason}")
    read = [shapes.document_shape(one) for one in found if not isinstance(one, Failure)]
    if len(found) == 1 and read:
        output.write([formats.as_json(read[0])])
    elif read:
        output.write(formats.json_array(read))
    if len(read) < len(found):
        raise typer.Exit(1)
