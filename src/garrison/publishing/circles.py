"""Circles on the globe as GeoJSON geometries: closed, anticlockwise, cut at the antimeridian (RFC 7946)."""

from __future__ import annotations

from typing import Any

from garrison.naming.place_points import moved

_CORNERS = 64
_HALF_TURN_KM = 20_015.0
_KM_PER_DEGREE = 111.195
_PLACES = 5

Ring = list[tuple[float, float]]


def circle(lat: float, lon: float, radius_km: float) -> dict[str, Any]:
    """The area within ``radius_km`` of a point, as a polygon of 64 corners; two where it crosses the antimeridian."""
    radius = min(radius_km, 0.49 * _HALF_TURN_KM)
    reach = radius / _KM_PER_DEGREE
    # Bearings from high to low run anticlockwise, as an outer ring must.
    around = [moved(lat, lon, radius, 360.0 * (_CORNERS - corner) / _CORNERS) for corner in range(_CORNERS)]
    if lat + reach >= 90 or lat - reach <= -90:
        return _polygon([_cap(around, 90.0 if lat > 0 else -90.0)])
    # Longitudes are told from the middle, so that the ring is of one piece before it is cut.
    ring = [(lon + (x - lon + 540) % 360 - 180, y) for y, x in around]
    parts = [
        _within(_within(ring, -180.0 + turn, keep_east=True), 180.0 + turn, keep_east=False) for turn in (-360, 0, 360)
    ]
    rings = [
        [(x - turn, y) for x, y in part] for part, turn in zip(parts, (-360, 0, 360), strict=True) if len(part) > 2
    ]
    return _polygon(rings)


def _cap(around: list[tuple[float, float]], pole: float) -> Ring:
    """The ring of a circle that holds a pole: along its edge from west to east, and back along the pole."""
    edge = sorted((x, y) for y, x in around)
    first, last = edge[0], edge[-1]
    side = (first[1] + last[1]) / 2
    ring = [(-180.0, side), *edge, (180.0, side), (180.0, pole), (-180.0, pole)]
    return ring if pole > 0 else ring[::-1]


def _within(ring: Ring, limit: float, *, keep_east: bool) -> Ring:
    """The part of a convex ring on one side of a meridian (Sutherland and Hodgman)."""
    kept: Ring = []
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, next_inside = (x1 >= limit, x2 >= limit) if keep_east else (x1 <= limit, x2 <= limit)
        if inside:
            kept.append((x1, y1))
        if inside != next_inside:
            kept.append((limit, y1 + (y2 - y1) * (limit - x1) / (x2 - x1)))
    return kept


def _polygon(rings: list[Ring]) -> dict[str, Any]:
    closed = [[[round(x, _PLACES), round(y, _PLACES)] for x, y in (*ring, ring[0])] for ring in rings]
    if len(closed) == 1:
        return {"type": "Polygon", "coordinates": closed}
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in closed]}
