"""Claims and rows of posture as GeoJSON (RFC 7946): areas as areas, never a bare dot for a region.

A town or a site whose place is known within 25 km is a point with its ``radius_km``; a country, a region, a sea, a
border and anything wider is the circle of its radius; what has no coordinates keeps its words, with a null geometry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from garrison.naming.contested import contested_area
from garrison.publishing.circles import circle
from garrison.publishing.placing import POINT_KM, drawn, whereabouts
from garrison.publishing.shapes import citation_shape, flat, row_shape
from garrison.publishing.wording import stated_words
from garrison.vocabulary import Citation, Picture, Place, Row


def claims_map(citations: Iterable[Citation], *, private: bool = False) -> Iterator[str]:
    """A feature collection of claims, a feature to a line, a piece at a time; ``private`` names private persons."""
    yield from _collection(claim_feature(one, private=private) for one in citations)


def picture_map(picture: Picture) -> Iterator[str]:
    """A feature collection of the rows of a picture, each marked with its table; total strengths have no place."""
    tables = (("forces", picture.rows), ("own", picture.own), ("strengths", picture.strengths))
    yield from _collection(
        row_feature(row, table, picture.as_of, picture.known) for table, rows in tables for row in rows
    )


def claim_feature(citation: Citation, *, private: bool = False) -> dict[str, Any]:
    """A claim as a feature, under its id."""
    shape = flat(citation_shape(citation, private=private))
    who = citation.actor.name if citation.actor else "unknown force"
    where = f": {citation.place.name}" if citation.place else ""
    words = citation.quantity.text if citation.quantity else "number not stated"
    name = f"{who}, {citation.asset.value}, {words}, {citation.kind.value} ({citation.status.value}){where}"
    return _feature(citation.claim, citation.place, {"name": name, **shape})


def row_feature(row: Row, table: str, as_of: str, known: str) -> dict[str, Any]:
    """A row of posture as a feature, under its id."""
    place = row.place if table != "strengths" else None
    title = f"{row.actor.name}, {row.asset.value}, {row.place.name}: {stated_words(row)}"
    return _feature(
        row.id, place, {"title": title, "table": table, "as_of": as_of, "known": known, **flat(row_shape(row))}
    )


def _feature(id_: str, place: Place | None, properties: dict[str, Any]) -> dict[str, Any]:
    where = whereabouts(place) if place is not None else None
    geometry = _geometry(where) if where is not None else None
    area = contested_area(place.name) if place is not None else None
    properties |= {
        "place_kind": where.kind.value if where is not None and where.kind else None,
        "radius_km": None if where is None or where.radius_km is None else round(where.radius_km, 2),
        "geonameid": where.geonameid if where is not None else None,
        "held_by": "; ".join(area.held_by) if area is not None else None,
    }
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": properties}


def _geometry(place: Place) -> dict[str, Any] | None:
    if place.lat is None or place.lon is None:
        return None
    if drawn(place) == "point":
        return {"type": "Point", "coordinates": [round(place.lon, 5), round(place.lat, 5)]}
    return circle(place.lat, place.lon, max(place.radius_km or 0.0, POINT_KM))


def _collection(features: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    mark = "\n"
    for feature in features:
        yield mark + json.dumps(feature, ensure_ascii=False, allow_nan=False)
        mark = ",\n"
    yield "\n]}\n"
