"""Identities: what makes a document, a reading and a claim the same one (``docs/decisions/identities.md``)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from garrison.vocabulary import Claim, Document, DocumentPart, Reading

_TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "ocid", "cmpid"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LENGTH = 32


def hashed(*parts: object) -> str:
    """A hash of ``parts`` that tells ``None`` from the empty string: 32 hex digits (128 bits of SHA-256)."""
    packed = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return hashlib.sha256(packed).hexdigest()[:_LENGTH]


def canonical_url(url: str) -> str:
    """``url`` without what does not change the page: case of scheme and host, default port, fragment, tracking.

    The scheme ``http`` becomes ``https`` and an empty path ``/``; the order of query parameters is kept, ``www.``
    too, because servers may tell those apart. What is no web address comes back as it is.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = parts.hostname.rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(name)]
    return urlunsplit(("https", host, parts.path or "/", urlencode(query), ""))


def _tracks(name: str) -> bool:
    name = name.lower()
    return name.startswith("utm_") or name in _TRACKING


def document_id(document: Document) -> str:
    """The id of ``document``: of its canonical URL, else of its outlet, title, date and text.

    An entry of a live blog has the blog's address, and its mark besides.
    """
    post = [document.post.mark] if document.post else []
    if document.url:
        return hashed("url", canonical_url(document.url), *post)
    return hashed("text", document.outlet, document.title, document.published, document.text, *post)


def reading_digest(reading: Reading) -> str:
    """What tells ``reading`` from others of its version: who read, with what, and the document that came of it."""
    document = reading.document
    return hashed(
        reading.reader,
        reading.extractor,
        reading.claimed_by,
        reading.text_known,
        [document.outlet, document.title, document.published, document.url, document.language, document.rights],
        [document.authors, hashed(document.text)],
    )


def claim_ids(version: str, claims: Iterable[Claim]) -> list[str]:
    """The id of each of ``claims``, from what the text says only.

    Claims that the same words make of several actors or countries ("France and Germany each sent 500") are told
    apart by their order.

    Args:
        version: the hash of the bytes received, and the document's id.
        claims: the claims of one reading, in its order.
    """
    seen: Counter[str] = Counter()
    ids = []
    for claim in claims:
        words = _words(version, claim)
        ids.append(hashed(words, seen[words]) if seen[words] else words)
        seen[words] += 1
    return ids


def _words(version: str, claim: Claim) -> str:
    quantity = claim.quantity
    return hashed(
        version,
        [claim.span.start, claim.span.end] if claim.span else None,
        claim.quote,
        [claim.kind, claim.status, claim.measure, claim.asset, claim.asset_text, claim.unit],
        [quantity.text, quantity.low, quantity.high, quantity.hedge] if quantity else None,
        claim.place.name if claim.place else None,
        claim.origin.name if claim.origin else None,
        claim.when.text if claim.when else None,
        *([claim.part] if claim.part is not DocumentPart.TEXT else []),
    )
