"""The shapes that pictures take as JSON: stable names, ISO dates, codes, every missing value ``null``.

The names are part of the public interface: they are added to, never renamed. CSV files have the same fields, nested
ones joined with an underscore and lists with a semicolon (``flat``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from garrison.publishing.citations import link, quote_selector
from garrison.publishing.evidence import Evidence
from garrison.publishing.wording import sources_words, stated_words
from garrison.vocabulary import Actor, Citation, Document, Estimate, Heard, Picture, Place, Position, Row


def row_shape(row: Row) -> dict[str, Any]:
    """A row of posture; ``words`` is what its voices state, ``claims_stated`` the ids of the statements."""
    return {
        "id": row.id,
        "actor": row.actor.name,
        "actor_iso3": row.actor.iso3,
        "asset": row.asset.value,
        "place": row.place.name,
        "place_iso3": row.place.iso3,
        "component": row.component,
        "low": row.low,
        "high": row.high,
        "words": stated_words(row),
        "claims": row.claims,
        "voices": row.voices,
        "checked": row.checked,
        "disputed": row.disputed,
        "first_cited": row.first_cited,
        "last_cited": row.last_cited,
        "claims_stated": [one.claim for one in row.stated],
        **({"estimate": estimate_shape(row.estimate)} if row.estimate else {}),
    }


def estimate_shape(estimate: Estimate) -> dict[str, Any]:
    """An estimate: the ends of its 90 % interval and its median (null: present, size not stated), the presence."""
    return {
        "as_of": estimate.as_of,
        "low": estimate.low,
        "median": estimate.median,
        "high": estimate.high,
        "presence": round(estimate.presence, 4),
        "no_longer_stated": estimate.dropped,
        "outlying": list(estimate.outlying),
        "disputed": list(estimate.dispute or ()),
    }


def heard_shape(heard: Heard) -> dict[str, Any]:
    """How an estimate heard a claim."""
    return {
        "claim": heard.citation.claim,
        "voice": heard.voice,
        "because": heard.because,
        "weight": round(heard.weight, 4),
        "holds": None if heard.holds is None else round(heard.holds, 4),
        "right": None if heard.right is None else round(heard.right, 4),
        "part": heard.part,
    }


def citation_shape(citation: Citation, *, private: bool = False) -> dict[str, Any]:
    """A claim in the ledger: identity and provenance, then the guide's fields; ``private`` names private persons."""
    quantity, when = citation.quantity, citation.when
    return {
        "id": citation.claim,
        "document": citation.document,
        "part": citation.part.value,
        "span": [citation.span.start, citation.span.end] if citation.span else None,
        "title": citation.title,
        "outlet": citation.outlet,
        "voice": citation.voice,
        "url": citation.url,
        "published": citation.published,
        "known": citation.known,
        "known_basis": citation.known_basis,
        "recorded": citation.recorded,
        "extractor": citation.extractor,
        "checked": citation.checked,
        "verified": citation.verified,
        "quote": citation.quote,
        "kind": citation.kind.value,
        "status": citation.status.value,
        **_named("actor", citation.actor),
        "unit": citation.unit,
        "asset": citation.asset.value,
        "quantity": quantity
        and {"text": quantity.text, "low": quantity.low, "high": quantity.high, "hedge": quantity.hedge.value},
        "measure": citation.measure.value,
        **_named("place", citation.place),
        **_named("origin", citation.origin),
        "when": when and {"text": when.text, "start": when.start, "end": when.end},
        "source": list(sources_words(citation, private=private)),
        "confidence": citation.confidence,
    }


def _named(field: str, value: Actor | Place | None) -> dict[str, str | None]:
    return {field: value.name if value else None, f"{field}_iso3": value.iso3 if value else None}


def picture_shape(picture: Picture) -> dict[str, Any]:
    """A whole picture: the question, then each table under its own name."""
    return {
        **_named("place", picture.place),
        **_named("actor", picture.actor),
        "as_of": picture.as_of,
        "known": picture.known,
        "recorded": picture.recorded,
        "rows": [row_shape(row) for row in picture.rows],
        "own": [row_shape(row) for row in picture.own],
        "strengths": [row_shape(row) for row in picture.strengths],
        "moves": [citation_shape(one) for one in picture.moves],
        "announced": [citation_shape(one) for one in picture.announced],
        "possible": [citation_shape(one) for one in picture.possible],
        "denied": [citation_shape(one) for one in picture.denied],
        "exercises": [citation_shape(one) for one in picture.exercises],
        "left_out": dict(picture.left_out),
        "disagreements": [
            {"row": row.id, "stated": [citation_shape(one) for one in row.stated]} for row in picture.disagreements
        ],
    }


def position_shape(position: Position) -> dict[str, Any]:
    """A run of a named unit or base at a place, with the ids of the claims that it rests on."""
    return {
        "unit": position.unit,
        **_named("actor", position.actor),
        **_named("place", position.place),
        "tie": position.tie,
        "first_cited": position.first_cited,
        "last_cited": position.last_cited,
        "claims": [one.claim for one in position.citations],
    }


def evidence_shape(evidence: Evidence, *, private: bool = False) -> dict[str, Any]:
    """The evidence behind a claim: the claim, its context, its page, its chain of sources and its link."""
    return {
        **citation_shape(evidence.citation, private=private),
        "selector": quote_selector(evidence),
        "page": evidence.page,
        "stands": evidence.stands,
        "at": evidence.at,
        "barrier": evidence.barrier,
        "set_aside": evidence.set_aside,
        "chain": [*sources_words(evidence.citation, private=private), evidence.citation.outlet],
        "reader": evidence.reader,
        "authors": list(evidence.authors),
        "archived": evidence.archived,
        "location": evidence.location,
        "link": link(evidence),
    }


def document_shape(document: Document) -> dict[str, Any]:
    """What was read of one file."""
    return {
        "title": document.title,
        "outlet": document.outlet,
        "authors": list(document.authors),
        "published": document.published,
        "language": document.language,
        "rights": document.rights,
        "url": document.url,
        "text": document.text,
        "captions": [[span.start, span.end] for span in document.captions],
        "pages": [{"number": page.number, "start": page.start} for page in document.pages],
        "post": document.post and {"mark": document.post.mark, "at": document.post.at},
    }


_NESTED = {"quantity": ("text", "low", "high", "hedge"), "when": ("text", "start", "end"), "span": ("start", "end")}
ROW_COLUMNS = (
    *("id", "actor", "actor_iso3", "asset", "place", "place_iso3", "component", "low", "high", "words", "claims"),
    *("voices", "checked", "disputed", "first_cited", "last_cited", "claims_stated"),
)
ESTIMATE_COLUMNS = (
    *("estimate_as_of", "estimate_low", "estimate_median", "estimate_high", "estimate_presence"),
    *("estimate_no_longer_stated", "estimate_outlying", "estimate_disputed"),
)
CLAIM_COLUMNS = (
    *("id", "document", "part", "span_start", "span_end", "title", "outlet", "voice", "url", "published", "known"),
    *("known_basis", "recorded", "extractor", "checked", "verified", "quote", "kind", "status", "actor", "actor_iso3"),
    *("unit", "asset", "quantity_text", "quantity_low", "quantity_high", "quantity_hedge", "measure", "place"),
    *("place_iso3", "origin", "origin_iso3", "when_text", "when_start", "when_end", "source", "confidence"),
)
POSITION_COLUMNS = (
    *("unit", "actor", "actor_iso3", "place", "place_iso3", "tie", "first_cited", "last_cited", "claims"),
)


def flat(shape: Mapping[str, Any]) -> dict[str, Any]:
    """``shape`` without nesting: ``quantity_low`` for a field inside a field, lists joined with ``; ``."""
    row: dict[str, Any] = {}
    for name, value in shape.items():
        if name in _NESTED:
            values = value.values() if isinstance(value, Mapping) else value or [None] * len(_NESTED[name])
            row |= {f"{name}_{field}": inner for field, inner in zip(_NESTED[name], values, strict=True)}
        elif isinstance(value, Mapping):
            row |= {f"{name}_{field}": inner for field, inner in value.items()}
        elif isinstance(value, list | tuple):
            row[name] = "; ".join(str(item) for item in value)
        else:
            row[name] = value
    return row
