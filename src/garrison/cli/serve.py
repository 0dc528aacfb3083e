"""``garrison serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from garrison.cli.options import LedgerFile

EXAMPLES = """\b
Examples:
  garrison serve
  garrison serve --edit
  garrison serve --port 0
  GARRISON_TOKEN=… garrison serve --host 0.0.0.0 --embargo 30

\b
Opens the ledger for looking: a web page with maps, and a JSON API under /api/v1.
It is reached from this machine alone unless --host says otherwise, and then asks
for a token: open the page as http://HOST:PORT/?token=TOKEN once. A server with a
token shows excerpts of documents, not the whole, as the texts belong to others.
--embargo hides what was published in the last days about places finer than a
country. Nothing can be changed without --edit. Of a large ledger the pages of
countries are made before the address is told, for up to half a minute, and kept
beside it. Stop it with Ctrl-C.
"""


def serve(
    *,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to bind to.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 for any free one.")] = 8750,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="HOST", help="A further host name that readers use.")
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Let readers judge and add claims.")] = False,
    token: Annotated[
        str | None,
        typer.Option(metavar="TOKEN", envvar="GARRISON_TOKEN", help="What readers must show; better by the variable."),
    ] = None,
    embargo: Annotated[
        int, typer.Option(min=0, max=3650, metavar="DAYS", help="Hide claims finer than a country for so many days.")
    ] = 0,
    excerpt: Annotated[
        int | None,
        typer.Option(min=0, metavar="CHARS", help="Show so much of each document, not the whole."),
    ] = None,
    tiles: Annotated[
        str | None, typer.Option(metavar="URL", help="Map tiles, as https://tiles.example/{z}/{x}/{y}.png.")
    ] = None,
    attribution: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Who is to be credited for the tiles.")
    ] = None,
    ledger: LedgerFile = None,
) -> None:
    """Open a web page on the ledger, with a JSON API."""
    from garrison.cli import output
    from garrison.cli.ledger_file import for_reading, ledger_path
    from garrison.server.running import Running
    from garrison.server.settings import Settings

    for_reading(ledger).close()
    settings = Settings(
        ledger_path(ledger),
        host=host,
        port=port,
        names=tuple(name or ()),
        edit=edit,
        token=token or None,
        embargo_days=embargo,
        excerpt_chars=excerpt,
        tiles=tiles,
        attribution=attribution,
    )
    running = Running(settings)

    def listening() -> None:
        output.write([f"Garrison is at {running.address}\n"])
        for note in running.notes:
            output.complain(note)

    running.run(listening)
