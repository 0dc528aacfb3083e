"""Locating: JSON lines of text to places, with their mentions given or found, without a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from garrison.naming.place_mentions import find_readings
from garrison.naming.place_resolution import Reading
from garrison.naming.place_surroundings import readings_of
from garrison.pipeline.passages import json_object, passage
from garrison.pipeline.sources import Piece, located, pieces
from garrison.reading import Failure
from garrison.vocabulary import ClaimError, Span, UsageError

# No reach is given as nothing: that of full grid references is a metre.
_LEAST_KM = 0.01


def placed(file: str, *, others: bool = False) -> Iterator[dict[str, Any] | Failure]:
    """``{"id", "places"}`` for each line of ``file``, a failure for each that is none.

    A line is ``{"id", "text", "title", "outlet", "mentions": [{"start", "end"}]}``; without ``mentions`` the places of
    the text are found. Offsets are counted in characters. A mention of which not even the country is known is ``null``;
    one of which only the country is, lies among the places near by in the text, or has the reach of the country for its
    radius; its score is 0.

    Args:
        file: the path, or - for standard input.
        others: whether each place has ``others``, the next likeliest places of that name.
    """
    for found in located([file]):
        for piece in [found] if isinstance(found, Failure) else pieces(found, lines=True):
            if isinstance(piece, Failure):
                yield piece
                continue
            try:
                yield _answer(piece, others=others)
            except (ClaimError, UsageError) as error:
                yield Failure(piece.where, str(error))


def _answer(piece: Piece, *, others: bool) -> dict[str, Any]:
    row = json_object(piece.data)
    document = passage(row)
    given = row.get("mentions")
    if given is None:
        found = find_readings(document.text, document.title, document.outlet)
        return {"id": row.get("id"), "places": [_shape(span, reading, others=others) for span, reading in found]}
    spans = _spans(given, len(document.text))
    readings = readings_of(spans, document.text, document.title, document.outlet)
    shapes = [_shape(span, one, others=others) for span, one in zip(spans, readings, strict=True)]
    return {"id": row.get("id"), "places": [shape if shape["lat"] is not None else None for shape in shapes]}


def _spans(mentions: Any, length: int) -> list[Span]:
    """The spans that a line gives.

    Raises:
        ClaimError: they are no list of offsets within the text.
    """
    if not isinstance(mentions, list):
        raise ClaimError(f"mentions must be a list, not {mentions!r:.80}")
    spans: list[Span] = []
    for number, mention in enumerate(mentions):
        start, end = (mention.get(key) for key in ("start", "end")) if isinstance(mention, dict) else (None, None)
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            raise ClaimError(
                f"mentions[{number}] must have a start and an end with 0 <= start < end <= {length}, the length of the "
                f"text in characters; it is {mention!r:.80}"
            )
        spans.append(Span(start, end))
    return spans


def _shape(span: Span, reading: Reading, *, others: bool) -> dict[str, Any]:
    place = reading.area
    shape: dict[str, Any] = {
        "start": span.start,
        "end": span.end,
        "name": place.name,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.iso3,
        "radius_km": None if place.radius_km is None else max(_LEAST_KM, round(place.radius_km, 2)),
        "score": round(reading.score, 4),
    }
    if others:
        shape["kind"] = place.kind and place.kind.value
        shape["within"] = list(place.within)
        shape["others"] = [
            {
                "name": other.name,
                "geonameid": other.geonameid,
                "lat": other.lat,
                "lon": other.lon,
                "country": other.iso3,
                "within": list(other.within),
                "score": round(score, 4),
            }
            for other, score in reading.others
        ]
    return shape
