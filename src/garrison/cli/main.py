"""The program: finds the command, runs it, and says in one line what went wrong."""

from __future__ import annotations

import io
import os
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from garrison.vocabulary import GarrisonError, UsageError

COMMANDS = {
    "init": ("init", "Make a ledger, empty or with figures to start from."),
    "read": ("read", "Read documents into the ledger."),
    "watch": ("watch", "Watch feeds and read what they name."),
    "archive verify": ("archive_verify", "Prove that claims stand in the archived pages."),
    "archive export": ("archive_export", "Write the archived pages of claims as a WACZ or WARC."),
    "record": ("record", "Record claims made elsewhere, by hand or by another tool."),
    "posture": ("posture", "Who has what forces where, as of when, and on whose word."),
    "disputes": ("disputes", "Rows in dispute, claims that stand against the rest, denials of one's own force."),
    "moves": ("moves", "Announced moves and what became of them."),
    "lineages": ("lineages", "Documents that share passages, with the passages."),
    "units": ("units", "Where named units and bases are, as runs at a place."),
    "units import": ("units_import", "Import a known order of battle."),
    "claims": ("claims", "List claims."),
    "documents": ("documents", "List documents."),
    "document": ("document", "Show what is read of one file; no ledger."),
    "extract": ("extract", "Extract claims from passages; no ledger."),
    "locate": ("locate", "Put the places of texts on the map; no ledger."),
    "gazetteer build": ("gazetteer_build", "Compile the full GeoNames dump for look-ups."),
    "serve": ("serve", "Open a web page on the ledger, with a JSON API."),
    "why": ("why", "Show the words behind a claim or a row."),
    "judge": ("judge", "Accept, reject or correct a claim, or withdraw a judgement."),
    "simulate": ("simulate", "Try the estimate on worlds with a known truth."),
    "redact": ("redact", "Erase a document's text and quotations, for law and safety."),
}
"""Each command's module, which is imported when the command is run, and the first line of its help."""

EXAMPLES = """\b
Examples:
  garrison read reports/ page.html feed.jsonl.gz
  garrison posture Tajikistan --as-of 2021-07-15
  garrison why RUS/personnel/TJK
"""
_debug = False


class Commands(TyperGroup):
    """The commands, imported one at a time so that asking for help imports none of them."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # typer.Context is its public name
        """The names of the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command called ``cmd_name``; ``Any`` because typer does not export the class of commands."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"garrison.cli.{COMMANDS[cmd_name][0]}")
        single = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
        single.command(cmd_name, epilog=module.EXAMPLES)(getattr(module, COMMANDS[cmd_name][0]))
        return typer.main.get_command(single)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that ``args`` begin with, names of two words first."""
        name = " ".join(args[:2])
        if len(args) > 1 and name in COMMANDS:
            return name, self.get_command(ctx, name), args[2:]
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            meant = f"did you mean {near[0]!r}? " if near else ""
            raise UsageError(f"there is no command {args[0]!r}; {meant}garrison --help lists all of them")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


_SETTINGS = {"help_option_names": ["--help", "-h"], "max_content_width": 100}
app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
)


def _version(wanted: bool) -> None:
    if wanted:
        from garrison import __version__

        typer.echo(f"garrison {__version__}")
        raise typer.Exit


@app.callback(epilog=EXAMPLES)
def garrison(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", envvar="GARRISON_DEBUG", help="Show where an error arose.")] = False,
) -> None:
    """Who has what forces where, as of when, and on whose word."""
    global _debug  # noqa: PLW0603 (read once, at the very end, by what prints errors)
    _debug = debug


def main() -> NoReturn:
    """Run the command line; exits 0, with 1 when some document failed, with 2 for wrong usage or an error."""
    for stream in (sys.stdout, sys.stderr):
        # Files and pipes get UTF-8 wherever they are written; a terminal shows what it can of a name or a quotation.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        app(prog_name="garrison")
    except GarrisonError as error:
        _fail(str(error), error)
    except MemoryError as error:
        _fail("not enough memory; read fewer or smaller files at a time", error)
    except Exception as error:
        _fail(f"an error in Garrison itself ({type(error).__name__}: {error}); please report it with --debug", error)
    sys.exit(0)


def _fail(words: str, error: BaseException) -> NoReturn:
    if _debug or os.environ.get("GARRISON_DEBUG"):
        raise error
    print(f"garrison: {words}", file=sys.stderr)
    sys.exit(2)
