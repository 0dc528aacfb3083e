"""The trail of a claim as text: its words in context, who says so, and where to open them."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from garrison.publishing.citations import link
from garrison.publishing.evidence import Evidence
from garrison.publishing.tables import move_said
from garrison.publishing.wording import asset_words, counted, date_words, printable, sources_words, stated_words
from garrison.vocabulary import Citation, Row

_STANDS = {"headline": "the headline", "caption": "the caption of a picture"}


def trail(
    evidence: Evidence, width: int, *, private: bool = False, weighed: tuple[str, str | None] | None = None
) -> Text:
    """One claim's evidence: the quotation marked in its context, then each fact about it on a line of its own.

    Args:
        evidence: the claim.
        width: characters to a line.
        private: whether to name private persons.
        weighed: what an estimate makes of the claim, in words: how much it counts, and how likely it is.
    """
    cited = evidence.citation
    text = Text()
    who = printable(cited.actor.name) if cited.actor else "Force not named"
    text.append(f"{who}: {cited.kind.value} ({cited.status.value}): {move_said(cited)}\n", "bold")
    for line in _context(evidence).wrap(Console(width=width), width - 4):
        line.rstrip()
        text.append("    ").append_text(line).append("\n")
    page = f", page {evidence.page}" if evidence.page else f", posted {evidence.at}" if evidence.at else ""
    outlet = printable(cited.outlet or "outlet unknown")
    title = f", “{printable(cited.title)}”" if cited.title else ""
    facts = [
        ("published", f"{outlet}, {date_words(cited.published) or 'no date stated'}{title}{page}"),
        ("stands in", _STANDS.get(evidence.stands)),
        ("marked", f"only a {evidence.barrier} seems to have come of the page" if evidence.barrier else None),
        ("said by", _chain(cited, private)),
        ("known", f"{date_words(cited.known)} ({cited.known_basis}), recorded {date_words(cited.recorded)}"),
        ("read by", ", ".join(part for part in (evidence.reader, cited.extractor) if part)),
        ("status", _status(evidence)),
        ("weighed", weighed[0] if weighed else None),
        ("likely", weighed[1] if weighed else None),
        ("open", link(evidence) or evidence.location or "no address known"),
        ("archived", evidence.copy),
        ("live page", cited.url if evidence.archived else None),
        ("claim", cited.claim),
        ("document", cited.document),
    ]
    for name, fact in facts:
        if fact:
            text.append(f"  {name:<10}", "dim").append(f"{printable(fact)}\n")
    return text


def heading(row: Row) -> Text:
    """The row that the evidence bears on."""
    basis = f"{counted(row.claims, 'claim')}, {counted(row.voices, 'voice')}"
    words = f"{row.id}: {row.actor.name}, {asset_words(row.asset)}, {stated_words(row)} ({basis})"
    return Text(f"{printable(words)}\n", "bold")


def _context(evidence: Evidence) -> Text:
    before, after = printable(evidence.before), printable(evidence.after)
    text = Text()
    text.append(f"… {before}" if before else "")
    text.append(" " if before and evidence.before[-1].isspace() else "")
    text.append(f"»{printable(evidence.citation.quote)}«", "bold yellow")
    text.append(" " if after and evidence.after[0].isspace() else "")
    return text.append(f"{after} …" if after else "")


def _chain(citation: Citation, private: bool) -> str:
    return printable(" → ".join([*sources_words(citation, private=private), citation.outlet or "outlet unknown"]))


def _status(evidence: Evidence) -> str:
    judged = f"{evidence.judged}; no picture counts it" if evidence.set_aside else evidence.judged
    return judged if evidence.citation.verified else f"{judged}; unverified: recorded without its text"
