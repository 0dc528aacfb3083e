"""Citations as they leave the program: links to the quoted words, quote selectors, footnotes and CSL-JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from garrison.publishing.evidence import Evidence
from garrison.publishing.wording import date_words

LONG_QUOTE = 120
"""Characters beyond which a link names the quotation's first and last words only."""
_EDGE_WORDS = 4
_CONTEXT_WORDS = 4
_SELECTOR_CONTEXT = 32


def fragment_url(url: str, words: str, before: str = "", after: str = "", *, repeated: bool = False) -> str:
    """``url`` with a text fragment that opens the page at ``words``.

    Args:
        url: the page; a fragment of its own is kept, an older text fragment replaced.
        words: the quotation.
        before: the text that comes before it.
        after: the text that comes after it.
        repeated: whether the words stand on the page more than once, so that the context must tell which is meant.

    Source: URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/
    """
    words, before, after = _whole_words(words, before, after)
    pieces = words.split()
    if not pieces:
        return url
    if (len(words) > LONG_QUOTE or "\n" in words) and len(pieces) > 2 * _EDGE_WORDS:
        target = f"{_encoded(pieces[:_EDGE_WORDS])},{_encoded(pieces[-_EDGE_WORDS:])}"
    else:
        target = _encoded(pieces)
    if repeated:
        prefix = before.rsplit("\n", 1)[-1].split()[-_CONTEXT_WORDS:]
        suffix = after.split("\n", 1)[0].split()[:_CONTEXT_WORDS]
        target = f"{_encoded(prefix)}-,{target}" if prefix else target
        target = f"{target},-{_encoded(suffix)}" if suffix else target
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={target}"


def _whole_words(words: str, before: str, after: str) -> tuple[str, str, str]:
    """Browsers match whole words only: a quotation that begins or ends inside one is widened to its edges."""
    if words[:1].isalnum() and before[-1:].isalnum():
        cut = len(before)
        while cut and before[cut - 1].isalnum():
            cut -= 1
        words, before = before[cut:] + words, before[:cut]
    if words[-1:].isalnum() and after[:1].isalnum():
        cut = 0
        while cut < len(after) and after[cut].isalnum():
            cut += 1
        words, after = words + after[:cut], after[cut:]
    return words, before, after


def _encoded(words: list[str]) -> str:
    return " ".join(words).translate(_ENCODED)


class _Encoded(dict[int, str]):
    """What each character is in an address, found once: quote() takes each one of every text anew."""

    def __missing__(self, code: int) -> str:
        # A hyphen or comma would read as part of the directive's own grammar, and quote() leaves the hyphen alone.
        # Half of a pair of surrogates, as broken files have, is no character that an address can hold.
        self[code] = quote(chr(code), safe="", errors="replace").replace("-", "%2D")
        return self[code]


_ENCODED = _Encoded()


def quote_selector(evidence: Evidence) -> dict[str, str]:
    """The quotation as a W3C Web Annotation text-quote selector (https://www.w3.org/TR/annotation-model/)."""
    return {
        "type": "TextQuoteSelector",
        "exact": evidence.citation.quote,
        "prefix": evidence.before[-_SELECTOR_CONTEXT:],
        "suffix": evidence.after[:_SELECTOR_CONTEXT],
    }


def link(evidence: Evidence) -> str | None:
    """The address to open: the archived copy before the live page, at the quoted words; ``None`` without either."""
    page = evidence.archived or evidence.citation.url
    if page is None or not page.startswith(("http://", "https://")):
        return None
    if not evidence.citation.verified:
        return page
    before, after = evidence.before, evidence.after
    return fragment_url(page, evidence.citation.quote, before, after, repeated=evidence.repeated)


def footnote(evidence: Evidence, number: int) -> str:
    """A numbered footnote in the manner of the Chicago manual's notes, with the quotation and what to mind."""
    cited = evidence.citation
    parts = [", ".join(evidence.authors), f"“{cited.title}”" if cited.title else "", cited.outlet or ""]
    parts += [date_words(cited.published), f"p. {evidence.page}" if evidence.page else ""]
    words = ", ".join(part for part in parts if part) or f"document {cited.document}"
    address = link(evidence)
    held = f", {address}" if address else ""
    copy = f" (live page: {cited.url})" if evidence.archived and cited.url else ""
    if evidence.copy and not evidence.archived:
        held = f", archived copy {evidence.copy}"
        copy = f" (live page: {address})" if address else ""
    mind = _set_aside(evidence)
    if not cited.verified:
        mind += " Recorded without its text; the quotation is unverified."
    elif not (mind or cited.checked):
        mind = " Not checked by a person."
    stands = f" ({evidence.stands})" if evidence.stands != "text" else ""
    return f"{number}. {words}{held}{copy}: “{cited.quote}”{stands}.{mind}"


def _set_aside(evidence: Evidence) -> str:
    """A sentence for whoever cites a claim that people took out of all pictures."""
    return f" {evidence.judged.capitalize()}; no picture counts it." if evidence.set_aside else ""


def csl_item(evidence: Evidence) -> dict[str, Any]:
    """The cited document as an item of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""
    cited = evidence.citation
    item: dict[str, Any] = {
        "id": cited.claim,
        "type": "article-newspaper" if cited.outlet else "document",
        "title": cited.title,
        "container-title": cited.outlet,
        "author": [{"literal": name} for name in evidence.authors],
        "issued": _date_parts(cited.published),
        "accessed": _date_parts(cited.recorded),
        "URL": link(evidence),
        "page": str(evidence.page) if evidence.page else None,
        "archive": "WARC beside the ledger" if evidence.copy and not evidence.archived else None,
        "archive_location": evidence.archived or evidence.copy,
        "note": f"“{cited.quote}”{_set_aside(evidence)}",
    }
    return {name: value for name, value in item.items() if value}


def _date_parts(date: str | None) -> dict[str, Any] | None:
    if not date:
        return None
    try:
        return {"date-parts": [[int(part) for part in date[:10].split("-")]]}
    except ValueError:
        return {"literal": date}
