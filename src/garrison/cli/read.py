"""``garrison read``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from garrison.cli.options import LedgerFile
from garrison.cli.web import Contact, Delay, Proxy, Revocation, UserAgent, asking

if TYPE_CHECKING:
    from collections.abc import Callable

    from garrison.pipeline.intake import Intake, Step

EXAMPLES = """\b
Examples:
  garrison read report.html
  garrison read reports/ --outlet "Northern Wire"
  garrison read statements.jsonl.gz --ledger statements.db
  garrison read https://example.org/page --contact desk@example.org

\b
Read are HTML, plain text (the first line is the title; then, if wanted, lines
"Published:", "Outlet:", "URL:"), PDF with a text layer, and JSON lines (an object
with "text" and any of "title", "published", "outlet", "url" to a line), each also
with .gz. Pages of the web are archived as they come, beside the ledger; of a feed,
what it names is read. Only English is read for claims. Exit status 1: some document failed.
"""


def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, addresses, - for standard input.")
    ],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The date of documents that state none.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="The outlet of documents that name none.")] = None,
    extractor: Annotated[str, typer.Option(metavar="NAME", help="What reads the claims.")] = "learned",
    user_agent: UserAgent = None,
    contact: Contact = None,
    proxy: Proxy = None,
    delay: Delay = 5.0,
    revocation: Revocation = True,
    ledger: LedgerFile = None,
) -> None:
    """Read documents into the ledger.

    Reading the same thing twice changes nothing. A bad document is reported and the rest are read.
    """
    from garrison.cli.ledger_file import for_writing
    from garrison.extraction.registry import extractor_named
    from garrison.pipeline import intake
    from garrison.pipeline.intake import Intake
    from garrison.pipeline.sources import is_address

    chosen, counts = extractor_named(extractor), Intake()
    urls = [source for source in sources if is_address(source)]
    with for_writing(ledger) as opened:
        try:
            with _bar() as progress:
                intake.read(
                    opened,
                    [source for source in sources if not is_address(source)],
                    extractor=chosen,
                    published=published,
                    outlet=outlet,
                    progress=progress,
                    into=counts,
                )
            if urls:
                from garrison.gathering.manners import manners
                from garrison.pipeline.fetching import gathering

                polite = manners(
                    user_agent=user_agent, contact=contact, proxy=proxy, delay_s=delay, revocation=revocation
                )
                with (
                    asking() as line,
                    gathering(
                        opened, polite, chosen, published=published, outlet=outlet, into=counts, progress=line
                    ) as work,
                ):
                    work.pages(work.sources(urls))
        except KeyboardInterrupt:
            summarise(counts, "stopped; ")
            raise typer.Exit(130) from None
    summarise(counts)


@contextmanager
def _bar() -> Iterator[Callable[[Step], None] | None]:
    """A progress bar on the standard error, where a person is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[documents]:,} documents"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None, documents=0)
        yield lambda step: bar.update(task, completed=step.done, total=step.files, documents=step.documents)


def summarise(counts: Intake, prefix: str = "") -> None:
    """Print what came of an intake; exits 1 when some document failed or was put off.

    Failures and notices go to the standard error, the counts to the standard output.
    """
    from garrison.cli.output import complain, grouped, write
    from garrison.publishing.wording import counted, printable

    for failure in counts.failed:
        complain(printable(f"{failure.where}: {failure.reason}"))
    for notice in grouped((notice.where, notice.reason) for notice in counts.notices):
        complain(printable(notice))
    parts = [
        f"{counted(counts.read, 'document')} read",
        f"{counts.new:,} new",
        f"{counts.unchanged:,} unchanged",
        *([f"{counts.redacted:,} redacted before and left out"] if counts.redacted else []),
        *([f"{counts.put_off:,} put off by their hosts"] if counts.put_off else []),
        f"{len(counts.failed):,} failed",
        counted(counts.claims, "claim"),
    ]
    write([f"{prefix}{', '.join(parts)}\n"])
    if (counts.failed or counts.put_off) and not prefix:
        raise typer.Exit(1)
