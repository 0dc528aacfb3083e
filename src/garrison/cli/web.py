"""The options of commands that ask the web."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.status import Status

    from garrison.pipeline.intake import Intake

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


class Asking:
    """A line on the standard error that says how far the asking is, where a person is looking."""

    def __init__(self) -> None:
        self._status: Status | None = None

    def __call__(self, intake: Intake) -> None:
        """Show what has come so far."""
        if not sys.stderr.isatty():
            return
        from rich.console import Console

        if self._status is None:
            self._status = Console(stderr=True).status("")
            self._status.start()
        waiting = f", {intake.put_off:,} put off" if intake.put_off else ""
        self._status.update(
            f"asking hosts, each at its pace: {intake.read:,} read, {len(intake.failed):,} failed{waiting}"
        )

    def rest(self) -> None:
        """Take the line away, until there is more to say."""
        if self._status is not None:
            self._status.stop()
            self._status = None


@contextmanager
def asking() -> Iterator[Asking]:
    """A line on how far the asking is, taken away at the end."""
    line = Asking()
    try:
        yield line
    finally:
        line.rest()
