"""Places put on the map, beside simpler rules and a published peer: ``python bench/toponyms.py CORPUS.jsonl ...``.

A corpus holds one article a line: ``{"id", "title", "text", "toponyms": [{"start", "end", "phrase", "name", "lat",
"lon", "country"}]}``, coordinates being those of GeoNames. For each corpus prints the share of mentions right within
161 km (100 miles) and in their country, the mean and the median error and the share unresolved, with the mention given
and end to end, for

* ours, on the whole corpus and, where its documents were also used to fit the weights (``tools/fit_places.py`` takes
  every second one), on the other half alone;
* the most populous place of that name, after the country of that name;
* the ceiling: perfect choice among our own candidates.

A mention that is not found counts as wrong; one of which only the country is known lies in the middle of that.
``--errors N`` prints the first N errors. ``--gold FOLDER`` prints the share of the place strings of the annotated
passages there (``train.jsonl``, ``written.jsonl``, ``dev.jsonl``) whose country is right, given their passage: of the
strings of *place* claim by claim, and of the different strings of *place* and *origin* of each passage.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from garrison.naming.countries import country_of
from garrison.naming.gazetteer import candidates
from garrison.naming.gazetteer import place as numbered
from garrison.naming.place_mentions import find_readings
from garrison.naming.place_ranking import as_place
from garrison.naming.place_resolution import resolve_place
from garrison.naming.place_surroundings import readings_of
from garrison.naming.spelling import plain
from garrison.vocabulary import Place, PlaceKind, Span

NEAR_KM = 161.0
# Halterman 2023, "Mordecai 3: A Neural Geoparser and Event Geocoder", its table of results; as the issue quotes them.
PUBLISHED = {"tr-news": (0.978, 0.873), "geowebnews": (0.974, 0.941), "lgl": (0.979, 0.827)}
EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Case:
    """A mention with where the annotators put it."""

    document: str
    held_out: bool
    text: str
    title: str | None
    span: Span
    lat: float
    lon: float
    iso3: str | None
    has_country: bool


def distance_km(lat: float, lon: float, place: Place) -> float | None:
    """The great-circle distance from a point to where ``place`` is put; ``None`` where it has no coordinates."""
    if place.lat is None or place.lon is None:
        return None
    p, q, r, s = (math.radians(degrees) for degrees in (lat, lon, place.lat, place.lon))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def cases(path: Path) -> Iterator[Case]:
    """The mentions of a corpus that have coordinates."""
    for number, line in enumerate(path.open(encoding="utf-8")):
        row = json.loads(line)
        for toponym in row["toponyms"]:
            if toponym.get("lat") is None:
                continue
            country = country_of(toponym["country"]) if toponym.get("country") else None
            yield Case(
                str(row["id"]),
                number % 2 == 1,
                row["text"],
                row.get("title"),
                Span(toponym["start"], toponym["end"]),
                float(toponym["lat"]),
                float(toponym["lon"]),
                country.iso3 if country else None,
                bool(toponym.get("country")),
            )


# A mention, where it is put, and whether that is a place of its own and no more than its country's whole area.
Answer = tuple[Case, Place | None, bool]


def ours(found: Iterable[Case]) -> Iterator[Answer]:
    """Our places of the mentions given."""
    by_document: dict[str, list[Case]] = {}
    for case in found:
        by_document.setdefault(case.document, []).append(case)
    for group in by_document.values():
        spans = [case.span for case in group]
        for case, reading in zip(group, readings_of(spans, group[0].text, group[0].title), strict=True):
            yield case, reading.area, reading.place.lat is not None


def end_to_end(found: Iterable[Case]) -> Iterator[Answer]:
    """The places that we find ourselves; the annotated mentions that we miss have none."""
    by_document: dict[str, list[Case]] = {}
    for case in found:
        by_document.setdefault(case.document, []).append(case)
    for group in by_document.values():
        found_ = find_readings(group[0].text, group[0].title)
        for case in group:
            over = [one for span, one in found_ if span.start < case.span.end and case.span.start < span.end]
            yield case, over[0].area if over else None, bool(over) and over[0].place.lat is not None


def most_populous(found: Iterable[Case]) -> Iterator[Answer]:
    """The country of that name, else the most populous place."""
    for case in found:
        pool = candidates(case.span.of(case.text))
        countries = [c for c in pool if c.kind is PlaceKind.COUNTRY]
        chosen = next(iter(countries), None) or max(pool, key=lambda c: c.population, default=None)
        yield case, as_place(chosen) if chosen is not None else None, chosen is not None


def ceiling(found: Iterable[Case]) -> Iterator[Answer]:
    """The best of all our candidates, as somebody would choose who knew the answer."""
    by_document: dict[str, list[Case]] = {}
    for case in found:
        by_document.setdefault(case.document, []).append(case)
    for group in by_document.values():
        spans = [case.span for case in group]
        for case, reading in zip(group, readings_of(spans, group[0].text, group[0].title), strict=True):
            name = case.span.of(case.text)
            pool = [as_place(c) for c in (*candidates(name), *(c for one in reading.choices for c in one.pool))]
            pool.append(reading.place)
            best = min(pool, key=_from(case))
            yield case, best, best.lat is not None


def _from(case: Case) -> Callable[[Place], float]:
    def far(place: Place) -> float:
        away = distance_km(case.lat, case.lon, place)
        return math.inf if away is None else away

    return far


def table_row(name: str, answers: Iterable[Answer]) -> str:
    """The figures of one way to answer."""
    errors: list[float] = []
    total = right = unresolved = placed = countries = 0
    for case, place, resolved in answers:
        total += 1
        placed += case.has_country
        unresolved += not resolved
        away = distance_km(case.lat, case.lon, place) if place is not None else None
        countries += case.has_country and away is not None and place is not None and place.iso3 == case.iso3
        if away is not None:
            errors.append(away)
            right += away <= NEAR_KM
    if not total:
        return f"{name:34s} no mentions"
    mean, median = (statistics.mean(errors), statistics.median(errors)) if errors else (math.nan, math.nan)
    shares = f"{right / total:8.3f} {countries / max(1, placed):8.3f}"
    return f"{name:34s} {total:6d} {shares} {mean:8.0f} {median:8.1f} {unresolved / total:11.3f}"


def show_errors(answers: Iterable[Answer], most: int) -> None:
    """The first mentions that are put wrong, with where they should be."""
    for case, place, _ in answers:
        away = distance_km(case.lat, case.lon, place) if place is not None else None
        if (away is None or away > NEAR_KM or (place and place.iso3 != case.iso3)) and most > 0:
            most -= 1
            said: Any = place and (place.name, place.iso3, place.kind, place.lat, place.lon)
            print(f"  {case.document} {case.span.of(case.text)!r} {case.iso3} {case.lat},{case.lon}: {said} {away}")


def gold_countries(folder: Path) -> None:
    """Print how many gold place strings get their country, for each set in ``folder``."""
    print(f"\n{'gold place strings':34s} {'claims':>6s} {'country':>8s} {'strings':>8s} {'country':>8s}")
    for name in ("train", "written", "dev"):
        path = folder / f"{name}.jsonl"
        if not path.exists():
            print(f"skipped: {path} is not there")
            continue
        claims: list[bool] = []
        strings: list[bool] = []
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            said = [
                (c[slot], c[f"{slot}_iso3"], slot) for c in row["claims"] for slot in ("place", "origin") if c[slot]
            ]
            right = {
                (words, iso3): resolve_place(words, row["text"], row.get("title"), row.get("outlet")).iso3 == iso3
                for words, iso3, _ in said
            }
            claims += [right[words, iso3] for words, iso3, slot in said if slot == "place"]
            strings += right.values()
        shares = f"{len(claims):6d} {statistics.mean(claims):8.3f} {len(strings):8d} {statistics.mean(strings):8.3f}"
        print(f"{name + (' (not used in fitting)' if name == 'dev' else ''):34s} {shares}")


def mentions_a_second(found: Sequence[Case]) -> float:
    """How many mentions are read in context a second of this process, at first sight, the tables being read before."""
    text = "Troops left Paris, Texas, for eastern Syria and the border with Iraq on Monday."
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in ("Paris", "eastern Syria", "Iraq")]
    readings_of([*spans, Span(text.index("the border"), spans[-1].end)], text, "News")
    start = time.process_time()
    for _ in ours(found):
        pass
    return len(found) / (time.process_time() - start)


def lookups_a_second() -> tuple[float, float]:
    """Exact look-ups a second of names in the news seldom seen before, and for reference of a plain dictionary.

    The reference looks the same names up, made plain in the same way, in a table of nothing but their texts.
    """
    names = [numbered(number).name for number in range(5_000, 105_000, 10)]
    random.Random(1).shuffle(names)
    table = {plain(name): name for name in names}
    candidates("Paris")
    plain.cache_clear()
    start = time.process_time()
    for name in names:
        candidates(name)
    ours_ = time.process_time() - start
    plain.cache_clear()
    start = time.process_time()
    for name in names:
        table.get(plain(name))
    return len(names) / ours_, len(names) / (time.process_time() - start)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="*")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    for path in args.corpora:
        if not path.exists():
            print(f"skipped: {path} is not there")
            continue
        found = list(cases(path))
        other = [case for case in found if case.held_out]
        header = f"{'':34s} {'n':>6s} {'161 km':>8s} {'country':>8s} {'mean km':>8s} {'median':>8s} {'unresolved':>11s}"
        print(f"\n{path.stem}\n{header}")
        speed = mentions_a_second(found)
        given = list(ours(found))
        print(table_row("given the mention", given))
        print(table_row("  half not used in fitting", ours(other)))
        print(table_row("end to end", end_to_end(found)))
        print(table_row("  half not used in fitting", end_to_end(other)))
        print(table_row("most populous namesake", most_populous(found)))
        print(table_row("ceiling of our candidates", ceiling(found)))
        if path.stem in PUBLISHED:
            country, near = PUBLISHED[path.stem]
            print(f"{'Mordecai 3, as published':34s} {'':6s} {near:8.3f} {country:8.3f}")
        looked, reference = lookups_a_second()
        print(f"{speed:,.0f} mentions in context a second of one core's time, seen for the first time")
        print(f"{looked:,.0f} exact look-ups a second; a dictionary of the same names, {reference:,.0f}")
        if args.errors:
            show_errors((a for a in given if not a[0].held_out), args.errors)
    if args.gold:
        gold_countries(args.gold)
    return 0


if __name__ == "__main__":
    sys.exit(main())
