"""Passages: JSON lines of text to claims, without a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from garrison.extraction.extractor import Extractor
from garrison.pipeline.dates import iso_date
from garrison.pipeline.sources import Piece, located, pieces
from garrison.reading import Failure
from garrison.vocabulary import Claim, ClaimError, Document, UsageError
from garrison.vocabulary.guide_form import as_mapping


class Reasoned(Protocol):
    """A claim with the rule that made each of its fields, as an extractor that explains itself gives it."""

    @property
    def claim(self) -> Claim:
        """The claim."""
        ...

    @property
    def because(self) -> Iterable[tuple[str, str]]:
        """Fields and rules."""
        ...


Explained = Callable[[Document], Sequence[Reasoned]]
_TEXTS = ("text", "title", "published", "outlet", "url", "language")


def extracted(file: str, extractor: Extractor, *, explain: bool = False) -> Iterator[dict[str, Any] | Failure]:
    """``{"id", "claims"}`` for each passage of ``file``, a failure for each line that holds none.

    With ``explain`` each has ``explanations`` too, one for each claim: the rule that made each field.

    Raises:
        UsageError: an explanation is asked of an extractor that has none.
    """
    explained: Explained | None = getattr(extractor, "explain", None)
    if explain and explained is None:
        raise UsageError(f"the extractor {extractor.name} does not explain its claims; leave out --explain")
    for found in located([file]):
        for piece in [found] if isinstance(found, Failure) else pieces(found, lines=True):
            if isinstance(piece, Failure):
                yield piece
                continue
            try:
                yield _answer(piece, extractor, explained if explain else None)
            except (ClaimError, UsageError) as error:
                yield Failure(piece.where, str(error))
            except Exception as error:  # whatever one hostile passage does to an extractor, the others are still read
                yield Failure(piece.where, f"its claims could not be read ({type(error).__name__}: {error})")


def _answer(piece: Piece, extractor: Extractor, explained: Explained | None) -> dict[str, Any]:
    row = json_object(piece.data)
    document = passage(row)
    if not document.text:
        raise ClaimError("'text' is missing or empty")
    if explained is None:
        return {"id": row.get("id"), "claims": [as_mapping(claim) for claim in extractor.claims(document)]}
    reasoned = explained(document)
    reasons = [{"quote": one.claim.quote, "because": _reasons(one.because)} for one in reasoned]
    return {"id": row.get("id"), "claims": [as_mapping(one.claim) for one in reasoned], "explanations": reasons}


def _reasons(because: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The rules by field; a field that several rules made has them all."""
    by_field: dict[str, str] = {}
    for field, rule in because:
        by_field[field] = f"{by_field[field]}; {rule}" if field in by_field else rule
    return by_field


def json_object(line: bytes) -> dict[str, Any]:
    """The JSON object in ``line``.

    Raises:
        ClaimError: there is none, with where it breaks.
    """
    try:
        row = json.loads(line.decode("utf-8-sig"))
        if b"\\ud" in line.lower():
            # Half of a surrogate pair is valid JSON and no text: nothing could write it down again.
            json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ClaimError("half of a surrogate pair (\\ud800 to \\udfff by itself) is no character") from None
    except UnicodeDecodeError as error:
        raise ClaimError(f"not UTF-8 text (byte {error.start + 1}); save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise ClaimError(f"broken JSON at character {error.colno}: {error.msg}") from None
    except RecursionError:
        raise ClaimError("the JSON is nested too deeply") from None
    if not isinstance(row, dict):
        raise ClaimError(f"a line must be a JSON object, not {type(row).__name__}")
    return row


def passage(row: Mapping[str, Any]) -> Document:
    """The document that a line describes, its text empty where it gives none; keys not known are ignored.

    Raises:
        ClaimError: a field that is neither a string nor null.
        UsageError: ``published`` is no date.
    """
    for name in _TEXTS:
        if not isinstance(row.get(name), str | None):
            raise ClaimError(f"{name} must be a string or null, not {row[name]!r:.80}")
    published = row.get("published") or None
    return Document(
        text=row.get("text") or "",
        title=row.get("title") or None,
        published=iso_date(published[:10]) if published else None,
        outlet=row.get("outlet") or None,
        url=row.get("url") or None,
        language=row.get("language") or None,
    )
