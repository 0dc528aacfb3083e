"""The middle and the reach of a region, from the towns in it."""

from __future__ import annotations

import math
from collections.abc import Iterable

EARTH_KM = 6371.0


def middle_of(towns: Iterable[tuple[float, float]]) -> tuple[float, float, float] | None:
    """Middle of the hull of towns, for the middle of a region's land, and the reach in km of nine tenths of them.

    The middle of the towns themselves would lie where most of them are, for a province such as Manitoba at its edge.
    """
    places = list(towns)
    if not places:
        return None
    # A town filed under the wrong region would pull the hull far out.
    typical = sorted(lat for lat, _ in places)[len(places) // 2], sorted(lon for _, lon in places)[len(places) // 2]
    away = sorted(distance_km(typical, where) for where in places)
    limit = 2.5 * away[int(0.9 * (len(away) - 1))] + 10.0
    points = sorted({(lon, lat) for lat, lon in places if distance_km(typical, (lat, lon)) <= limit})
    if points[-1][0] - points[0][0] > 180:  # across the antimeridian
        points = sorted((lon % 360, lat) for lon, lat in points)
    corners = hull(points)
    x = y = twice = 0.0
    for (a, b), (c, d) in zip(corners, [*corners[1:], corners[0]], strict=True):
        cross = a * d - c * b
        x, y, twice = x + (a + c) * cross, y + (b + d) * cross, twice + cross
    if abs(twice) > 1e-6:
        lon, lat = x / (3 * twice), y / (3 * twice)
    else:
        lon, lat = (sum(values) / len(points) for values in zip(*points, strict=True))
    reach = sorted(distance_km((lat, lon), (q, p)) for p, q in points)
    return lat, (lon + 180) % 360 - 180, reach[int(0.9 * (len(reach) - 1))]


def hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The convex hull of sorted points, anticlockwise (Andrew's monotone chain)."""

    def half(run: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        kept_: list[tuple[float, float]] = []
        for p in run:
            while len(kept_) > 1 and (
                (kept_[-1][0] - kept_[-2][0]) * (p[1] - kept_[-2][1])
                <= (kept_[-1][1] - kept_[-2][1]) * (p[0] - kept_[-2][0])
            ):
                kept_.pop()
            kept_.append(p)
        return kept_[:-1]

    return [*half(points), *half(reversed(points))] if len(points) > 2 else points


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance between two (lat, lon) points."""
    (p, q), (r, s) = (map(math.radians, point) for point in (a, b))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))
