"""``garrison watch``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from garrison.cli.options import LedgerFile
from garrison.cli.web import Contact, Delay, Proxy, Revocation, UserAgent, asking
from garrison.vocabulary import UsageError

if TYPE_CHECKING:
    from garrison.ledger import Ledger
    from garrison.pipeline.watching import Round

EXAMPLES = """\b
Examples:
  garrison watch feeds.opml --once
  garrison watch feeds.opml --every 15m --contact desk@example.org
  garrison watch https://example.org/news-sitemap.xml --proxy socks5h://127.0.0.1:9050
  garrison watch feeds.opml --notify rules.toml

\b
Read are RSS, Atom and JSON feeds, news sitemaps and lists of feeds (OPML). What a
page said is archived as it came, beside the ledger; a page that changes is read
again and both wordings stay. Stop it with Ctrl-C: it goes on where it was. What
hosts get to see of you is in docs/safety.md, what rules say in docs/gathering.md.
"""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def watch(
    sources: Annotated[
        list[str], typer.Argument(metavar="FEEDS...", help="OPML files; addresses of feeds, lists and sitemaps.")
    ],
    every: Annotated[str, typer.Option(metavar="TIME", help="How often to ask, as 15m, 2h or 1d.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Ask once and end.")] = False,
    extractor: Annotated[str, typer.Option(metavar="NAME", help="What reads the claims.")] = "learned",
    user_agent: UserAgent = None,
    contact: Contact = None,
    proxy: Proxy = None,
    delay: Delay = 5.0,
    revocation: Revocation = True,
    notify: Annotated[
        Path | None, typer.Option(metavar="RULES.toml", help="Tell people of what is new by these rules.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be told; tell nobody.")] = False,
    ledger: LedgerFile = None,
) -> None:
    """Watch feeds and read what they name into the ledger, with an archived copy of each page."""
    from garrison.cli.ledger_file import for_writing
    from garrison.cli.read import summarise
    from garrison.extraction.registry import extractor_named
    from garrison.gathering.manners import manners
    from garrison.pipeline.watching import watch as rounds

    every_s, chosen = seconds(every), extractor_named(extractor)
    polite = manners(user_agent=user_agent, contact=contact, proxy=proxy, delay_s=delay, revocation=revocation)
    if dry_run and notify is None:
        raise UsageError("--dry-run prints what would be told: name the rules with --notify RULES.toml")
    with for_writing(ledger) as opened, asking() as progress:
        try:
            teller = _teller(opened, notify, proxy, dry_run=dry_run) if notify else None
            for done in rounds(opened, sources, polite, chosen, every_s=None if once else every_s, progress=progress):
                progress.rest()
                summarise(done.intake, _listed(done))
                if teller is not None:
                    teller()
                if once and done.intake.failed:
                    raise typer.Exit(1)
        except KeyboardInterrupt:
            raise typer.Exit(130) from None


def _teller(ledger: Ledger, file: Path, proxy: str | None, *, dry_run: bool) -> Callable[[], None]:
    """What tells people of what is new since the last time, and says what came of it."""
    from garrison.cli import output
    from garrison.pipeline.notice_rules import rules_in
    from garrison.pipeline.noticing import Noticer
    from garrison.pipeline.telling import checked_way, tell, through_apprise
    from garrison.publishing.notices import message
    from garrison.publishing.wording import counted

    rules = rules_in(file)
    checked_way(rules, proxy)
    noticer = Noticer(ledger, rules, keep=not dry_run)
    send = None if dry_run else through_apprise(rules.to)

    def told() -> None:
        news = noticer.news()
        if send is None:
            if news:
                output.write(["\n\n".join(message(news, content=rules.content)) + "\n"])
            output.write([f"{counted(len(news), 'notice')}, nobody told\n"])
            return
        sent = tell(ledger, rules, send)
        for failure in sent.failed:
            output.complain(failure)
        output.write([f"{counted(len(news), 'notice')}, {counted(sent.arrived, 'message')} sent\n"])

    return told


def _listed(done: Round) -> str:
    from garrison.publishing.wording import counted

    left = f", {done.left:,} still to come" if done.left else ""
    return f"{counted(done.listed, 'page')} newly listed{left}; "


def seconds(words: str) -> float:
    """The seconds in ``words`` such as ``15m``.

    Raises:
        UsageError: they are written otherwise.
    """
    number, unit = words.strip()[:-1], words.strip()[-1:].lower()
    if unit not in _UNITS or not number.isdecimal() or len(number) > 6 or int(number) == 0:
        raise UsageError(f"a time is written 90s, 15m, 2h or 1d, not {words!r}")
    return float(int(number) * _UNITS[unit])
