"""Notices: news from a ledger as messages, with what is said or without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from garrison.publishing.citations import link
from garrison.publishing.evidence import Evidence
from garrison.publishing.wording import counted, date_words, printable

LISTED = 20
"""Pieces of news that one message spells out; of more, how many is said."""


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of news: the rule that found it, what sort it is, in words, when (UTC), and the evidence behind it."""

    id: int
    rule: str
    news: str
    words: str
    at: str
    evidence: Evidence


def message(told: Sequence[Told], *, content: bool) -> tuple[str, str]:
    """The title and the text of one message about ``told``.

    Args:
        told: the news, oldest first.
        content: whether to carry what is said; without, a message names rules and claims' ids alone.
    """
    title = f"Garrison: {len(told):,} new" if len(told) > 1 or not content else f"Garrison: {told[0].words}"
    shown = [_with_content(each) if content else _without_content(each) for each in told[:LISTED]]
    if len(told) > LISTED:
        shown.append(f"… and {counted(len(told) - LISTED, 'piece')} more; garrison claims lists them")
    return title, "\n\n".join(shown)


def _with_content(told: Told) -> str:
    cited = told.evidence.citation
    outlet = printable(cited.outlet or "outlet unknown")
    lines = [
        f"{told.words} [{printable(told.rule)}]",
        f"“{printable(cited.quote)}”",
        f"{outlet}, {date_words(cited.published) or 'no date stated'}",
        printable(link(told.evidence) or told.evidence.location or ""),
        f"{told.evidence.judged}; garrison why {cited.claim[:12]}",
    ]
    return "\n".join(line for line in lines if line)


def _without_content(told: Told) -> str:
    return f"{printable(told.rule)}: garrison why {told.evidence.citation.claim[:12]}"
