"""Fits the weights by which places are ranked: ``python tools/fit_places.py GOLD_FOLDER TR_NEWS.jsonl``.

A softmax over what each name may stand for, linear in ``place_features.FEATURES``, fitted by gradient descent to

* the place strings of the annotated passages ``train.jsonl`` and ``written.jsonl``, of which only the country is known:
  the probabilities of all candidates in that country count together;
* every second article of TR-News, where the coordinates are known (the others are left for ``bench/toponyms.py``);
* passages made from the gazetteer in the manner of local, national and world news (``made_passages.py``).

Writes ``place_weights.csv`` and prints how often the right place comes first: among what was fitted, by folds of whole
passages that were left out, and on passages made with other frames than those fitted. ``--folds`` only prints. The same
inputs give the same weights. Needs scipy.
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
from made_passages import Made, Makers
from scipy.optimize import minimize  # type: ignore[import-untyped]

from garrison.naming.place_context import context_of
from garrison.naming.place_features import FEATURES, numbers, pool_of
from garrison.naming.place_ranking import Choice
from garrison.naming.place_resolution import read
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind

TARGET = Path(__file__).parents[1] / "src" / "garrison" / "naming" / "reference" / "place_weights.csv"
# What each set counts as a whole; what an example counts from which the right places are taken away; the penalty on the
# squares of the weights; the most steps of the descent.
SHARE = {"gold": 1.5, "written": 1.5, "tr-news": 1.5, "local": 0.8, "national": 0.8}
BEREFT = 0.5
# Of the made towns, how many are taken away to see what happens to one that the gazetteer lacks.
LACKING = {"local": 0.3, "national": 0.15}
FOLDS = 5
VILLAGE = 50_000
PENALTY = 2e-4
STEPS = 300
# What cannot speak against a place, whatever few examples seem to say.
NEVER_AGAINST = (
    *("outlet_country", "lead_near", "others_near", "others_within", "people", "many_people", "kind_said", "capital"),
    *("region_said", "region_share", "spellings", "region_people"),
    *("in_country_stated", "in_region_stated", "in_country_stated_elsewhere", "in_region_stated_elsewhere"),
    *("country_said", "country_strength", "country_share", "country_most_said", "country_alone_said", "own_name"),
)
# What may count no more than so much, whatever the made passages say, which name Washington and other great cities
# oftener without their country than news does; and what words say outright decides.
AT_MOST = {
    **{"capital": 0.2, "many_people": 0.8, "outside_country_stated": -1.5, "outside_region_stated": -3.0},
    **dict.fromkeys(("people_country_not_said", "many_people_country_not_said"), 0.0),
    **{"country_not_said": -1.8, "capital_country_not_said": 0.0, "spellings_country_not_said": 0.0},
}
MADE = {"local": (1600, 11), "national": (1000, 7)}
TRIED = {"local": (500, 101), "national": (500, 103)}
NEAR_KM, FAR_KM = 161.0, 400.0
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
    fold: int = 0


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
    if any(c.iso3 == iso3 and (c.population > VILLAGE or c.kind is PlaceKind.COUNTRY) for c in choice.pool):
        return None
    if choice.guess != iso3:
        return None
    return without(choice, [c.iso3 == iso3 for c in choice.pool], BEREFT)


def without(choice: Choice, right: list[bool], share: float) -> Example | None:
    """A choice from which the right places are taken away, so that the unknown one is right; none if none is left."""
    kept = [n for n, one in enumerate(right) if not one]
    if not kept or not choice.heard or choice.weighed is None:
        return None
    form = plain(choice.weighed.form)
    pool = pool_of(form, [choice.pool[n] for n in kept], choice.weighed.abbreviation)
    rows = numbers(pool, [*(choice.heard[n] for n in kept), choice.heard[-1]])
    return Example(np.array(rows), np.array([False] * len(kept) + [True]), share)


def gold(path: Path) -> Iterator[Example]:
    """The place strings of annotated passages."""
    for number, line in enumerate(path.open(encoding="utf-8")):
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
                    both = filter(None, (of_country(choice, iso3), bereft(choice, iso3)))
                    yield from (replace(one, fold=number) for one in both)


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance between two (lat, lon) points."""
    (p, q), (r, s) = (map(math.radians, point) for point in (a, b))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def at_point(choice: Choice, lat: float, lon: float) -> Example | None:
    """An example of which the coordinates are known: the nearest candidates within 161 km are right.

    Where all are far from there, the gazetteer lacks the place, and the unknown one is right.
    """
    away = [km((lat, lon), (c.lat, c.lon or 0.0)) if c.lat is not None else math.inf for c in choice.pool]
    nearest = min(away, default=math.inf)
    if nearest > FAR_KM and choice.heard:
        lacking = example(choice, [False] * len(away) + [True])
        return replace(lacking, share=BEREFT) if lacking is not None else None
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
                    yield replace(one, fold=number // 2)


def made(passages: Iterator[Made], lacking_share: float, seed: int) -> Iterator[Example]:
    """The names of made passages; a share of the smaller towns also as if the gazetteer lacked them."""
    chance = random.Random(seed)
    for number, passage in enumerate(passages):
        context = context_of(passage.text, passage.title)
        for span, place in passage.names:
            found = read(span.of(passage.text), context, span.start)
            for choice in found.choices[-1:]:
                one = at_point(choice, place.lat or 0.0, place.lon or 0.0)
                if one is None:
                    continue
                yield replace(one, fold=number)
                if place.kind is PlaceKind.CITY and place.population < VILLAGE and chance.random() < lacking_share:
                    lacking = without(choice, list(one.right[:-1]), BEREFT)
                    if lacking is not None:
                        yield replace(lacking, fold=number)


def fitted(examples: list[Example]) -> Numbers:
    """The weights that make the right candidates likeliest."""
    rows = np.vstack([one.numbers for one in examples])
    owner = np.repeat(np.arange(len(examples)), [len(one.numbers) for one in examples])
    starts = np.concatenate([[0], np.cumsum([len(one.numbers) for one in examples])[:-1]])
    right = np.concatenate([one.right for one in examples])
    share = np.array([one.share for one in examples])
    share = share / share.sum()

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        scores = rows @ weights
        scores -= np.maximum.reduceat(scores, starts)[owner]
        odds = np.exp(scores)
        all_ = np.add.reduceat(odds, starts)
        good = np.where(right, odds, 0.0)
        mine = np.maximum(np.add.reduceat(good, starts), 1e-300)
        slope = rows.T @ ((odds / all_[owner] - good / mine[owner]) * share[owner]) + 2 * PENALTY * weights
        return float(share @ (np.log(all_) - np.log(mine)) + PENALTY * weights @ weights), slope

    bounds = [(0.0 if name in NEVER_AGAINST else None, AT_MOST.get(name)) for name in FEATURES]
    start = np.array([min(0.0, AT_MOST.get(name, 0.0)) for name in FEATURES])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS})
    return np.asarray(found.x)


def correct(weights: Numbers, examples: list[Example]) -> float:
    """The share of examples whose likeliest candidate is right."""
    return sum(bool(one.right[np.argmax(one.numbers @ weights)]) for one in examples) / max(1, len(examples))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("tr_news", type=Path)
    parser.add_argument("--folds", action="store_true")
    args = parser.parse_args()
    if not args.gold.exists() or not args.tr_news.exists():
        print("the annotated passages and TR-News are needed to fit the weights", file=sys.stderr)
        return 1
    makers = Makers()
    sets = {
        "gold": list(gold(args.gold / "train.jsonl")),
        "written": list(gold(args.gold / "written.jsonl")),
        "tr-news": list(tr_news(args.tr_news)),
        "local": list(made(makers.local(MADE["local"][0], "fit", MADE["local"][1]), LACKING["local"], 1)),
        "national": list(
            made(makers.national(MADE["national"][0], "fit", MADE["national"][1]), LACKING["national"], 2)
        ),
    }
    tried = {
        "local": list(made(makers.local(TRIED["local"][0], "try", TRIED["local"][1]), LACKING["local"], 3)),
        "national": list(
            made(makers.national(TRIED["national"][0], "try", TRIED["national"][1]), LACKING["national"], 4)
        ),
    }
    weights = fitted(weighed(sets))
    folded: dict[str, float] = dict.fromkeys(sets, 0.0)
    for fold in range(FOLDS):
        rest = fitted(weighed({name: [o for o in group if o.fold % FOLDS != fold] for name, group in sets.items()}))
        for name, group in sets.items():
            left = [one for one in group if one.fold % FOLDS == fold]
            folded[name] += correct(rest, left) * len(left) / len(group)
    for name, group in sets.items():
        print(f"{name:8s} {len(group):5d} choices, {correct(weights, group):.3f} right, {folded[name]:.3f} by folds")
    for name, group in tried.items():
        print(f"{name:8s} {len(group):5d} choices of other frames, {correct(weights, group):.3f} right")
    if not args.folds:
        fresh = TARGET.with_suffix(".new")
        lines = [f"{name},{weight:.4f}\n" for name, weight in zip(FEATURES, weights, strict=True)]
        fresh.write_text(HEADER + "feature,weight\n" + "".join(lines), encoding="utf-8")
        fresh.replace(TARGET)
    return 0


def weighed(sets: dict[str, list[Example]]) -> list[Example]:
    """All examples, each with its part of what its set counts."""
    return [replace(one, share=one.share * SHARE[name] / len(group)) for name, group in sets.items() for one in group]


if __name__ == "__main__":
    sys.exit(main())
