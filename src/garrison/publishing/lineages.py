"""Lineages for people: which documents share which passages."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text

from garrison.publishing.wording import counted, date_words, printable
from garrison.vocabulary import Span

LINEAGE_COLUMNS = ("lineage", "document", "outlet", "published", "title", "start", "end", "shared")
_SHOWN = 400


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A document's part in a lineage: where its paragraph stands, and the words it shares."""

    document: str
    outlet: str | None
    published: str | None
    title: str | None
    paragraph: Span
    shared: tuple[str, ...]


def passage_shape(number: int, passage: SharedPassage) -> dict[str, Any]:
    """One document's part in lineage ``number``."""
    return {
        "lineage": number,
        "document": passage.document,
        "outlet": passage.outlet,
        "published": passage.published,
        "title": passage.title,
        "start": passage.paragraph.start,
        "end": passage.paragraph.end,
        "shared": list(passage.shared),
    }


def lineage_page(found: Sequence[Sequence[SharedPassage]], width: int) -> Text:
    """Each lineage with its documents, the first known first, and the words of the first that others share."""
    text = Text()
    for passages in found:
        documents = len({each.document for each in passages})
        text.append(f"{counted(documents, 'document')}, one voice\n", "bold")
        seen = set()
        for each in passages:
            if each.document in seen:
                continue
            seen.add(each.document)
            title = f", “{printable(each.title)}”" if each.title else ""
            outlet = printable(each.outlet or "outlet unknown")
            text.append(f"  {outlet}, {date_words(each.published) or 'undated'}{title}\n    {each.document[:12]}\n")
        first = [words for each in passages if each.document == passages[0].document for words in each.shared]
        words = printable(" … ".join(first))
        shown = words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"
        text.append(
            textwrap.fill(f"»{shown}«", width, initial_indent="    ", subsequent_indent="    ") + "\n", "yellow"
        )
    return text
