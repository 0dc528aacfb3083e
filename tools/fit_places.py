"""Fits the weights by which places are ranked: ``python tools/fit_places.py GOLD_FOLDER TR_NEWS.jsonl``.

A softmax over what each name may stand for, linear in ``place_features.FEATURES``, fitted by gradient descent to

* the place strings of the annotated passages ``train.jsonl`` and ``written.jsonl``, of which only the country is known:
  the probabilities of all candidates in that country count together;
* every second article of TR-News, where the coordinates are known (the others are left for ``bench/toponyms.py``);
* passages made from the gazetteer: a town named with its region or its country, or beside towns near it;
* passages made in the manner of local news, in which towns with greater namesakes elsewhere stand beside their
  neighbours, and nobody says in which country they are.

Writes ``place_weights.csv``. The same inputs give the same weights.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from garrison.naming.countries import country_by_code
from garrison.naming.gazetteer import Candidate, candidates, place
from garrison.naming.place_context import context_of
from garrison.naming.place_features import FEATURES
from garrison.naming.place_ranking import Choice
from garrison.naming.place_resolution import read
from garrison.vocabulary import PlaceKind

TARGET = Path(__file__).parents[1] / "src" / "garrison" / "naming" / "reference" / "place_weights.csv"
# What each set counts as a whole; what an example counts from which the right places are taken away; the penalty on the
# squares of the weights; the descent.
SHARE = {"gold": 1.0, "written": 0.6, "tr-news": 1.0, "made": 0.3, "local": 0.3}
BEREFT = 0.5
VILLAGE = 50_000
PENALTY = 1e-3
STEPS = 1500
RATE = 0.03
# What cannot speak against a place, whatever few examples seem to say.
NEVER_AGAINST = (
    *("outlet_country", "lead_near", "others_near", "people", "many_people", "kind_said", "capital", "region_said"),
    *("in_country_stated", "in_region_stated", "in_country_stated_elsewhere", "in_region_stated_elsewhere"),
    *("country_said", "country_strength", "country_share", "country_most_said", "own_name"),
)
MADE = 1500
LOCAL = 1000
# Where local news is written in English, with how often a passage plays there; within how many degrees its towns lie.
LOCAL_COUNTRIES = {"USA": 6, "GBR": 2, "CAN": 1, "AUS": 1, "IRL": 1, "ZAF": 1, "NZL": 1, "IND": 1, "PHL": 1, "NGA": 1}
NEIGHBOURS = 0.6
NEAR_KM = 161.0
HEADER = """\
# What each feature of a candidate counts when places are ranked (place_features.py): the weights of a softmax fitted by
# tools/fit_places.py on the annotated train and written passages (country known), every second article of TR-News
# (coordinates known) and passages made from the gazetteer. Not to be edited by hand.
"""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A choice with the candidates that are right."""

    numbers: Numbers
    right: npt.NDArray[np.bool_]
    share: float


def example(choice: Choice, right: list[bool]) -> Example | None:
    """The example that a choice makes; none where all or no candidates are right."""
    if not choice.numbers or not any(right) or all(right):
        return None
    return Example(np.array(choice.numbers), np.array(right), 1.0)


def of_country(choice: Choice, iso3: str | None) -> Example | None:
    """An example of which the country is known; an unknown place is right where its country would be guessed so."""
    return example(choice, [c.iso3 == iso3 for c in choice.pool] + [choice.guess == iso3])


def bereft(choice: Choice, iso3: str | None) -> Example | None:
    """An example as it would be if the gazetteer lacked the place, which it does for many a village of the news.

    The tables were filled with the annotated passages in view, so that without these the weights would trust them too
    much. Only an unknown place is right, where its country would be guessed so.
    """
    kept = [n for n, c in enumerate(choice.pool) if c.iso3 != iso3]
    if any(c.iso3 == iso3 and (c.population > VILLAGE or c.kind is PlaceKind.COUNTRY) for c in choice.pool):
        return None
    if choice.guess != iso3 or not kept or not choice.numbers:
        return None
    numbers = [choice.numbers[n] for n in kept] + [choice.numbers[-1]]
    return Example(np.array(numbers), np.array([False] * len(kept) + [True]), BEREFT)


def gold(path: Path) -> Iterator[Example]:
    """The place strings of annotated passages."""
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        context = context_of(row["text"], row.get("title"))
        seen: set[tuple[str, str | None]] = set()
        for claim in row["claims"]:
            for slot in ("place", "origin"):
                name, iso3 = claim[slot], claim[f"{slot}_iso3"]
                if not name or (name, iso3) in seen:
                    continue
                seen.add((name, iso3))
                at = row["text"].find(name)
                found = read(name, context, at if at >= 0 else None, row.get("outlet"))
                for choice in found.choices[-1:]:
                    yield from filter(None, (of_country(choice, iso3), bereft(choice, iso3)))


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance between two (lat, lon) points."""
    (p, q), (r, s) = (map(math.radians, point) for point in (a, b))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def at_point(choice: Choice, lat: float, lon: float) -> Example | None:
    """An example of which the coordinates are known: the nearest candidates within 161 km are right."""
    away = [km((lat, lon), (c.lat, c.lon or 0.0)) if c.lat is not None else math.inf for c in choice.pool]
    nearest = min(away, default=math.inf)
    if nearest > NEAR_KM:
        return None
    limit = max(25.0, nearest + 10.0)
    return example(choice, [distance <= limit for distance in away] + [False])


def tr_news(path: Path) -> Iterator[Example]:
    """Every second article, the first among them."""
    for number, line in enumerate(path.open(encoding="utf-8")):
        if number % 2:
            continue
        row = json.loads(line)
        context = context_of(row["text"], row.get("title"))
        for toponym in row["toponyms"]:
            name = row["text"][toponym["start"] : toponym["end"]]
            found = read(name, context, toponym["start"])
            for choice in found.choices[-1:]:
                one = at_point(choice, toponym["lat"], toponym["lon"])
                if one is not None:
                    yield one


def towns() -> list[Candidate]:
    """The towns of the gazetteer that lie in a named region."""
    found: list[Candidate] = []
    for number in range(1, 1 << 24):
        try:
            one = place(number)
        except TypeError:  # past the last number
            break
        if one.kind is PlaceKind.CITY and one.admin1 and one.iso3:
            found.append(one)
    return found


def made(pool: list[Candidate]) -> Iterator[Example]:
    """Passages made from the gazetteer, the same each time."""
    chance = random.Random(7)
    by_region: dict[tuple[str | None, str | None], list[Candidate]] = {}
    for town in pool:
        by_region.setdefault((town.iso3, town.admin1), []).append(town)
    sizes = [math.sqrt(200.0 + town.population) for town in pool]
    for town in chance.choices(pool, sizes, k=MADE):
        beside = chance.sample(by_region[town.iso3, town.admin1], k=min(3, len(by_region[town.iso3, town.admin1])))
        country = country_by_code()[town.iso3 or ""].name
        others = [other.name for other in beside if other.name != town.name]
        text = chance.choice(
            (
                f"Two men were held in {town.name}, {town.admin1}, on Monday, police said.",
                f"Two men were held in {town.name}, {country}, on Monday, police said.",
                f"The government of {country} said roads were closed. In {town.name} the shops stayed shut.",
                f"Officials in {town.name} met those of {' and '.join(others) or country} on Monday.",
                f"Heavy rain fell in {town.admin1}, and the river at {town.name} rose. {country} sent help.",
            )
        )
        found = read(town.name, context_of(text, None), text.index(town.name))
        for choice in found.choices[-1:]:
            one = at_point(choice, town.lat or 0.0, town.lon or 0.0)
            if one is not None:
                yield one


def local(pool: list[Candidate]) -> Iterator[Example]:
    """Passages in the manner of local news, the same each time; half of their towns have a greater namesake."""
    chance = random.Random(11)
    grid: dict[tuple[int, int], list[Candidate]] = {}
    for town in pool:
        if town.iso3 in LOCAL_COUNTRIES:
            grid.setdefault((round(town.lat or 0.0), round(town.lon or 0.0)), []).append(town)
    known = [town for group in grid.values() for town in group]
    lesser = [town for town in known if max(c.population for c in candidates(town.name)) > 3 * town.population]
    for number in range(LOCAL):
        towns_ = lesser if number % 2 else known
        sizes = [LOCAL_COUNTRIES[town.iso3 or ""] * math.sqrt(200.0 + town.population) for town in towns_]
        (town,) = chance.choices(towns_, sizes)
        row, column = round(town.lat or 0.0), round(town.lon or 0.0)
        beside = [
            other
            for down in (-1, 0, 1)
            for right in (-1, 0, 1)
            for other in grid.get((row + down, column + right), ())
            if other.name != town.name
            and abs((other.lat or 0.0) - (town.lat or 0.0)) < NEIGHBOURS
            and abs((other.lon or 0.0) - (town.lon or 0.0)) < NEIGHBOURS
        ]
        weights = [math.sqrt(200.0 + other.population) for other in beside]
        names = list(dict.fromkeys(other.name for other in chance.choices(beside, weights, k=3))) if beside else []
        first, second, third = (*names, "the county", "the valley", "the lake")[:3]
        text = chance.choice(
            (
                f"{town.name} police arrested a man from {first} on Tuesday. He had been seen in {second}.",
                f"The {town.name} council meets on Monday. People from {first} and {second} will speak.",
                f"Crews from {first}, {second} and {third} put out a fire in {town.name} early on Sunday.",
                f"The team from {first} beat {town.name} 52-40. It plays {second} next week.",
                f"She was born in {town.name} and lived in {first}. Services will be held in {second}.",
                f"A plant in {town.name} will close, {town.admin1} officials said. Many workers live in {first}.",
                f"{first}: The road to {town.name} is closed after a storm. {town.admin1} police advise against it.",
            )
        )
        found = read(town.name, context_of(text, None), text.index(town.name))
        for choice in found.choices[-1:]:
            one = at_point(choice, town.lat or 0.0, town.lon or 0.0)
            if one is not None:
                yield one


def fitted(examples: list[Example]) -> Numbers:
    """The weights that make the right candidates likeliest, by Adam on the whole set."""
    rows = np.vstack([one.numbers for one in examples])
    owner = np.repeat(np.arange(len(examples)), [len(one.numbers) for one in examples])
    starts = np.concatenate([[0], np.cumsum([len(one.numbers) for one in examples])[:-1]])
    right = np.concatenate([one.right for one in examples])
    share = np.array([one.share for one in examples])
    share = share / share.sum()
    weights = np.zeros(rows.shape[1])
    floor = np.array([0.0 if name in NEVER_AGAINST else -np.inf for name in FEATURES])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        scores -= np.maximum.reduceat(scores, starts)[owner]
        odds = np.exp(scores)
        all_ = odds / np.add.reduceat(odds, starts)[owner]
        good = np.where(right, odds, 0.0)
        mine = good / np.maximum(np.add.reduceat(good, starts), 1e-300)[owner]
        slope = rows.T @ ((all_ - mine) * share[owner]) + 2 * PENALTY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
        weights = np.maximum(weights, floor)
    return weights


def correct(weights: Numbers, examples: list[Example]) -> float:
    """The share of examples whose likeliest candidate is right."""
    return sum(bool(one.right[np.argmax(one.numbers @ weights)]) for one in examples) / max(1, len(examples))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("tr_news", type=Path)
    args = parser.parse_args()
    if not args.gold.exists() or not args.tr_news.exists():
        print("the annotated passages and TR-News are needed to fit the weights", file=sys.stderr)
        return 1
    sets = {
        "gold": list(gold(args.gold / "train.jsonl")),
        "written": list(gold(args.gold / "written.jsonl")),
        "tr-news": list(tr_news(args.tr_news)),
        "made": list(made(towns())),
        "local": list(local(towns())),
    }
    weighed = [
        replace(one, share=one.share * SHARE[name] / len(group)) for name, group in sets.items() for one in group
    ]
    weights = fitted(weighed)
    fresh = TARGET.with_suffix(".new")
    lines = [f"{name},{weight:.4f}\n" for name, weight in zip(FEATURES, weights, strict=True)]
    fresh.write_text(HEADER + "feature,weight\n" + "".join(lines), encoding="utf-8")
    fresh.replace(TARGET)
    for name, group in sets.items():
        print(f"{name:8s} {len(group):5d} choices, {correct(weights, group):.3f} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
