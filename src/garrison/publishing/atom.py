"""Atom: news from a ledger as a feed (RFC 4287)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from xml.etree import ElementTree

from garrison.publishing.citations import link
from garrison.publishing.notices import Told
from garrison.publishing.wording import date_words, printable

MEDIA = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_EMPTY = "1970-01-01T00:00:00Z"


def feed(told: Sequence[Told], *, title: str, address: str, content: bool = True) -> bytes:
    """``told`` as an Atom feed.

    Args:
        told: the news, newest first.
        title: what the feed is called.
        address: the feed's own, by which it is known.
        content: whether entries carry the quotation and its link; without, they name the claim's id alone.
    """
    root = ElementTree.Element("feed", xmlns=_NAMESPACE)
    _add(root, "id", address)
    _add(root, "title", title)
    _add(root, "updated", _stamp(told[0].at) if told else _EMPTY)
    _add(root, "author").append(_named("name", "Garrison"))
    _add(root, "link", rel="self", href=address, type=MEDIA)
    for each in told:
        _entry(_add(root, "entry"), each, content=content)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(entry: ElementTree.Element, told: Told, *, content: bool) -> None:
    cited = told.evidence.citation
    known_by = f"{cited.claim} {told.news} {told.id}"
    _add(entry, "id", uuid.uuid5(uuid.NAMESPACE_OID, known_by).urn)
    _add(entry, "updated", _stamp(told.at))
    _add(entry, "category", term=told.news, label=printable(told.rule))
    if not content:
        _add(entry, "title", printable(told.rule))
        _add(entry, "summary", f"garrison why {cited.claim[:12]}")
        return
    _add(entry, "title", printable(told.words))
    outlet = printable(cited.outlet or "outlet unknown")
    dated = date_words(cited.published) or "no date stated"
    address = link(told.evidence)
    if address:
        _add(entry, "link", rel="alternate", href=printable(address))
    named = f"{outlet}, {dated}; {told.evidence.judged}"
    _add(entry, "summary", f"“{printable(cited.quote)}” {named}. garrison why {cited.claim[:12]}")


def _add(parent: ElementTree.Element, name: str, words: str | None = None, **attributes: str) -> ElementTree.Element:
    made = _named(name, words, **attributes)
    parent.append(made)
    return made


def _named(name: str, words: str | None = None, **attributes: str) -> ElementTree.Element:
    made = ElementTree.Element(name, attributes)
    made.text = words
    return made


def _stamp(at: str) -> str:
    return f"{at[:19]}Z"
