"""What came: the documents in an answer from the web, and the address at which each belongs."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from garrison.gathering.barriers import barrier_in
from garrison.gathering.exchange import Fetched
from garrison.ledger.gathered import Page
from garrison.pipeline.dates import now
from garrison.reading import Failure, read_bytes, reader_name
from garrison.reading.encoding import decoded
from garrison.reading.markup import bare_text
from garrison.vocabulary import Document, SourceError

_READ = ("html", "text", "pdf")


def documents_in(page: Page, fetched: Fetched, published: str | None, outlet: str | None) -> list[Document] | Failure:
    """The document in what came, or those of a live blog: what stands around its entries, and each of them.

    Args:
        page: the page that was asked for.
        fetched: what came.
        published: the date of a document that states none.
        outlet: the outlet of a document that names none.

    Returns:
        at least one document, or why there is none.
    """
    name = fetched.url
    kind = reader_name(urlsplit(name).path, fetched.body).partition(" ")[0]
    if kind not in (*_READ, "none"):
        return Failure(page.url, "it is data, not a page, and is not read from the web; save it and read the file")
    try:
        came = list(read_bytes(fetched.body, name=name, media=fetched.media))
    except Exception as error:  # a parser of other people's formats may fail in ways that it does not name
        return Failure(page.url, f"could not be read ({type(error).__name__}: {error})")
    documents = [each for each in came if isinstance(each, Document)]
    if not documents:
        barrier = barrier_of(fetched)
        reason = next((each.reason for each in came if isinstance(each, Failure)), "there is nothing in it")
        return Failure(page.url, f"only a {barrier} came, and no article" if barrier else reason)
    listed = page.published if page.published and page.published[:10] <= now()[:10] else None
    return [
        replace(
            found,
            url=own_address(found.url, fetched.url),
            title=found.title or page.title,
            published=found.published or (listed[:10] if listed else None) or published,
            outlet=found.outlet or outlet,
        )
        for found in documents
    ]


def own_address(stated: str | None, fetched: str) -> str:
    """The address of a page: what it states if that is on the host it came from, else where it came from.

    A page may not speak for another host, or its text would become a version of the other's document.
    """
    if stated is None:
        return fetched
    try:
        one, other = urlsplit(stated), urlsplit(fetched)
        same = _site(one.hostname) == _site(other.hostname) and one.port in (None, other.port)
    except ValueError:
        return fetched
    # A front page is no article's address.
    if not same or (one.path.strip("/") == "" and not one.query and other.path.strip("/") != ""):
        return fetched
    return stated


def _site(host: str | None) -> str:
    plain = (host or "").lower().rstrip(".")
    for prefix in ("www.", "m.", "amp.", "mobile."):
        plain = plain.removeprefix(prefix)
    return plain


def barrier_of(fetched: Fetched) -> str | None:
    """What stood in the way of the page (a consent form, a paywall …), if that is what came."""
    try:
        return barrier_in(bare_text(decoded(fetched.body, fetched.media, markup=True)), fetched.body)
    except SourceError:
        return None
