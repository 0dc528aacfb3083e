"""Keeps the pages true: ``python tools/write_docs.py`` runs the commands that they show and writes what came of them.

A ``console`` block holds commands (``$ garrison …``), each with its output; a ``text file=NAME`` block is the content
of a file that later commands read. The commands of one page run in order on one new ledger, at 80 columns, beside a
copy of ``examples/``. ``head=N`` after ``console`` keeps the first N lines of each output, ``keep=1,3`` those of its
parts between empty lines; what is left out is marked with ``[…]``. A ``text gold`` block holds the accuracy on the
annotated passages, measured anew where these are at hand and not checked. The reference of commands is written from
the commands themselves. With ``--check`` nothing is written: the exit status is 1 and the difference is printed if a
page is not what it should be.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any
from unittest import mock

import typer

from garrison.cli.main import COMMANDS, EXAMPLES, app, main

ROOT = Path(__file__).resolve().parents[1]
RUN = (ROOT / "README.md", ROOT / "docs" / "tutorial.md")
REFERENCE = ROOT / "docs" / "reference-commands.md"
GOLD = ROOT.parent / "shared" / "gold"
CLOCKS = ("garrison.ledger.days", "garrison.ledger.session", "garrison.pipeline.dates")


class WrittenOn(datetime):
    """The time that the pages call now, so that they need not change with the calendar."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> WrittenOn:
        """Noon of that day."""
        return cls(2026, 11, 23, 12, tzinfo=tz)


def output(command: str) -> str:
    """What ``command``, a call of ``garrison``, prints, with the versions and random numbers that the pages have."""
    words = shlex.split(command)
    if words[0] != "garrison":
        raise SystemExit(f"only garrison can be run in a console block, not {words[0]!r}; use an sh block for the rest")
    printed = io.StringIO()
    with (
        mock.patch.object(sys, "argv", words),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        try:
            main()
        except SystemExit as ended:
            if ended.code:
                raise SystemExit(f"$ {command}\n{printed.getvalue()}it ended with status {ended.code}") from None
    text = printed.getvalue()
    text = re.sub(r"judgement [0-9a-f]{32}", f"judgement {'5e1f' * 8}", text)
    text = re.sub(r"trafilatura \d[\d.]*", "trafilatura 2", text)
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines())


def abridged(text: str, how: str) -> str:
    """``text`` without what the block's opening line leaves out."""
    if head := re.search(r"head=(\d+)", how):
        lines = text.splitlines(keepends=True)
        kept = int(head[1])
        return "".join(lines[:kept]) + ("[…]\n" if len(lines) > kept else "")
    if keep := re.search(r"keep=([\d,]+)", how):
        wanted = {int(number) for number in keep[1].split(",")}
        parts = [part if at in wanted else "[…]" for at, part in enumerate(text.strip("\n").split("\n\n"), 1)]
        return (
            "\n\n".join(part for at, part in enumerate(parts) if part != "[…]" or parts[at - 1 : at] != ["[…]"]) + "\n"
        )
    return text


def accuracy() -> list[str]:
    """What the annotators' scorer prints of the passages that measure, without the speed, which is the machine's."""
    command = [sys.executable, str(ROOT / "bench" / "gold.py"), str(GOLD), "--on", "dev"]
    printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    return [line for line in printed.splitlines(keepends=True)[2:] if not line.startswith("slots")]


def with_outputs(page: str, measure: bool) -> str:
    """``page`` with its files written beside and its commands run, the accuracy too if ``measure``."""
    done: list[str] = []
    block: str | None = None
    held: list[str] = []
    for line in page.splitlines(keepends=True):
        if block is None:
            done.append(line)
            if line.startswith("```"):
                block, held = line[3:].strip(), []
        elif line.strip() == "```":
            if block.startswith("console"):
                commands = [one for one in held if one.startswith("$ ")]
                outputs = (f"{one}{abridged(output(one[2:]), block)}" for one in commands)
                held = ["\n".join(outputs)]
            elif block == "text gold" and measure and GOLD.exists():
                held = accuracy()
            elif name := re.search(r"file=(\S+)", block):
                Path(name[1]).write_text("".join(held), encoding="utf-8")
            done += [*held, line]
            block = None
        else:
            held.append(line)
    return "".join(done)


def run_page(path: Path, measure: bool) -> str:
    """The page at ``path`` as it should be, its commands run on a new ledger in a folder of their own."""
    page = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "examples").symlink_to(ROOT / "examples")
        environment = {"COLUMNS": "80", "GARRISON_LEDGER": str(Path(folder, "pages.db"))}
        with contextlib.ExitStack() as held:
            for module in CLOCKS:
                held.enter_context(mock.patch(f"{module}.datetime", WrittenOn))
            held.enter_context(mock.patch.dict(os.environ, environment))
            held.enter_context(contextlib.chdir(folder))
            return with_outputs(page, measure)


def reference() -> str:
    """The page that lists each command with its arguments, options and examples."""
    group: Any = typer.main.get_command(app)
    context = typer.Context(group, info_name="garrison")
    parts = [
        "# Commands\n",
        "Written from the program by `tools/write_docs.py`, with the words of `garrison COMMAND --help`. Exit\n"
        "status: 0, 1 when some document failed, 2 for wrong usage or an error.\n",
        *_described(group, "garrison", EXAMPLES),
    ]
    for name in COMMANDS:
        command = group.get_command(context, name)
        parts += [f"\n## garrison {name}\n", *_described(command, f"garrison {name}", command.epilog)]
    return "\n".join(parts) + "\n"


def _described(command: Any, name: str, epilog: str) -> list[str]:
    context = typer.Context(command, info_name=name)
    parts = [f"{(command.help or '').strip()}\n"]
    rows = [row for one in command.params if (row := _row(one, context))]
    if rows:
        parts += ["| | | default |", "| --- | --- | --- |", *rows, ""]
    examples, *notes = epilog.replace("\b\n", "").strip().split("\n\n")
    lines = [line.strip() for line in examples.splitlines()[1:]]
    parts += ["```sh", *lines, "```"]
    parts += [f"\n{' '.join(note.split())}" for note in notes]
    return parts


def _row(parameter: Any, context: typer.Context) -> str | None:
    if "--help" in parameter.opts:
        return None
    names, words = parameter.get_help_record(context)
    if parameter.param_type_name == "argument":
        # How an argument's type is shown changes between versions of typer; its name does not.
        names = parameter.metavar or parameter.name.upper()
    words, _, default = words.partition("  [")
    told = ", ".join(default.rstrip("]").split("; ")).replace("default: ", "").replace("env var: ", "else $")
    names = names.replace("|", "\\|")
    return f"| `{names}` | {words} | {told} |"


def main_of_tool() -> int:
    """Write or check the pages; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, help="only these pages")
    parser.add_argument("--check", action="store_true", help="write nothing, show the difference")
    args = parser.parse_args()
    wrong = 0
    for path in args.pages or (*RUN, REFERENCE):
        page = path.resolve()
        old = page.read_text(encoding="utf-8") if page.exists() else ""
        new = reference() if page == REFERENCE else run_page(page, measure=not args.check)
        if old == new:
            continue
        if args.check:
            wrong = 1
            lines = difflib.unified_diff(
                old.splitlines(), new.splitlines(), str(path), "what it should be", lineterm=""
            )
            print(*lines, sep="\n")
        else:
            page.write_text(new, encoding="utf-8")
            print(f"wrote {path}")
    return wrong


if __name__ == "__main__":
    sys.exit(main_of_tool())
