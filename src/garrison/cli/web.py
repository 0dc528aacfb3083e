"""The options of commands that ask the web."""

from __future__ import annotations

from typing import Annotated

import typer

UserAgent = Annotated[
    str | None,
    typer.Option("--user-agent", envvar="GARRISON_USER_AGENT", metavar="NAME", help="What to call yourself to hosts."),
]
Contact = Annotated[
    str | None,
    typer.Option(
        "--contact", envvar="GARRISON_CONTACT", metavar="ADDRESS", help="A page or mail address told to hosts."
    ),
]
Proxy = Annotated[
    str | None,
    typer.Option(
        "--proxy",
        envvar="GARRISON_PROXY",
        metavar="URL",
        help="socks5h://HOST:PORT: everything goes through it, no name is resolved outside it.",
    ),
]
Delay = Annotated[
    float, typer.Option("--delay", metavar="SECONDS", min=0.0, help="Seconds between two requests to one host.")
]
Revocation = Annotated[
    bool,
    typer.Option(
        "--revocation/--no-revocation",
        envvar="GARRISON_REVOCATION",
        help="Ask who issued a host's certificate for the list of those that were revoked.",
    ),
]
