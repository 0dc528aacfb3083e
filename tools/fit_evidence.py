"""Fits what a passage's words say of where it plays: ``python tools/fit_evidence.py GOLD_FOLDER TR_NEWS.jsonl``.

Each place string of the annotated ``train.jsonl`` and ``written.jsonl`` and of every second article of TR-News is taken
for an unknown place, of which only the words around tell the country. The weights of the sorts of evidence, of the
title and of distance are those that make the right country likeliest (a softmax over the logarithm of what speaks for
each). Writes ``place_evidence.csv``; fit ``tools/fit_places.py`` after it. Needs scipy.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped]

from garrison.naming.countries import country_of
from garrison.naming.place_context import Context, context_of

TARGET = Path(__file__).parents[1] / "src" / "garrison" / "naming" / "reference" / "place_evidence.csv"
SORTS = (
    *("name", "locative", "adjective", "demonym", "capital", "metonym", "leader"),
    *("sure_place", "home", "ambiguous", "only_place", "service", "scene"),
)
OTHERS = ("title", "half_distance", "far")
START = (1.0, 2.5, 0.4, 0.3, 0.4, 0.2, 0.3, 1.2, 0.5, 0.6, 0.6, 0.4, 0.5, 0.8, 350.0, 0.5)
# Nothing said of a country counts so much, for a right country may be one that the passage does not name.
FLOOR = 0.02
# The pull of each weight's logarithm towards where it starts: rare sorts stay there.
PULL = 2.0
HEADER = """\
# What each sort of word counts for its country as the scene of a passage (place_context.py), fitted by
# tools/fit_evidence.py on the annotated train and written passages and every second article of TR-News. Not to be
# edited by hand. half_distance: characters; far: the part that counts at any distance; title: beside the text.
"""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Words:
    """The evidence around all mentions, a row each: which country of which mention, sort, amount, distance."""

    country: npt.NDArray[np.int64]
    sort: npt.NDArray[np.int64]
    amount: Numbers
    distance: Numbers
    title: npt.NDArray[np.bool_]
    starts: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]


def mentions(gold: Path, tr_news: Path) -> Iterator[tuple[Context, str, int, str]]:
    """The place strings with their passage, offset and country."""
    for name in ("train", "written"):
        for line in (gold / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            said = {(c[s], c[f"{s}_iso3"]) for c in row["claims"] for s in ("place", "origin")}
            for words, iso3 in sorted((w, i) for w, i in said if w and i):
                at = row["text"].find(words)
                if at >= 0 and country_of(words) is None:
                    yield context_of(row["text"], row.get("title")), words, at, iso3
    for number, line in enumerate(tr_news.open(encoding="utf-8")):
        row = json.loads(line)
        for toponym in row["toponyms"] if number % 2 == 0 else ():
            words = row["text"][toponym["start"] : toponym["end"]]
            country = country_of(toponym["country"]) if toponym["country"] else None
            if country is not None and not toponym["fcode"].startswith("PCL"):
                yield context_of(row["text"], row.get("title")), words, toponym["start"], country.iso3


def collected(found: Iterator[tuple[Context, str, int, str]]) -> Words:
    """The evidence of all mentions whose country the passage names, and another beside it."""
    rows: list[tuple[int, int, int, float, float, bool]] = []
    starts: list[int] = []
    right: list[int] = []
    countries = 0
    for context, words, at, iso3 in found:
        kept = [
            (item.iso3, SORTS.index(item.sort), item.amount, float(abs(item.at - at)), False)
            for item in context.evidence
            if item.words not in words
        ]
        kept += [(item.iso3, SORTS.index(item.sort), item.amount, 0.0, True) for item in context.title]
        codes = sorted({row[0] for row in kept})
        if iso3 not in codes or len(codes) < 2:
            continue
        starts.append(countries)
        right.append(countries + codes.index(iso3))
        rows += [(len(starts) - 1, countries + codes.index(row[0]), *row[1:]) for row in kept]
        countries += len(codes)
    _, country, sort, amount, distance, title = (np.array(column) for column in zip(*rows, strict=True))
    return Words(country, sort, amount, distance, title, np.array(starts), np.array(right))


def loss(logs: Numbers, words: Words, start: Numbers) -> tuple[float, float]:
    """The mean loss of a softmax over countries with the pull, and the share of mentions whose country comes first."""
    values = np.exp(logs[:-1])
    weights, (title, half, far) = values[: len(SORTS)], values[len(SORTS) :]
    far = far / (1 + far)
    near = (1 - far) * half / (half + words.distance) + far
    strength = words.amount * weights[words.sort] * np.where(words.title, title, near)
    total = np.bincount(words.country, strength)
    scores = np.exp(logs[-1]) * np.log(total + FLOOR)
    sizes = np.diff(np.append(words.starts, len(total)))
    top = np.maximum.reduceat(scores, words.starts)
    odds = np.add.reduceat(np.exp(scores - np.repeat(top, sizes)), words.starts)
    mean = float(np.mean(np.log(odds) + top - scores[words.right]))
    pull = PULL * float(np.sum((logs - start) ** 2)) / len(words.starts)
    return mean + pull, float(np.mean(scores[words.right] >= top))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("tr_news", type=Path)
    args = parser.parse_args()
    if not args.gold.exists() or not args.tr_news.exists():
        print("the annotated passages and TR-News are needed to fit the weights", file=sys.stderr)
        return 1
    words = collected(mentions(args.gold, args.tr_news))
    start = np.log(np.array([*START, 1.5]))
    found = minimize(lambda logs: loss(logs, words, start)[0], start, method="L-BFGS-B")
    values = np.exp(found.x)
    values[len(SORTS) + 2] /= 1 + values[len(SORTS) + 2]
    lines = [f"{name},{value:.4f}\n" for name, value in zip((*SORTS, *OTHERS), values[:-1], strict=True)]
    fresh = TARGET.with_suffix(".new")
    fresh.write_text(HEADER + "sort,weight\n" + "".join(lines), encoding="utf-8")
    fresh.replace(TARGET)
    print(f"{len(words.starts)} mentions; loss {loss(start, words, start)[0]:.3f} before, {found.fun:.3f} after")
    print(f"right country first: {loss(start, words, start)[1]:.3f} before, {loss(found.x, words, start)[1]:.3f} after")
    return 0


if __name__ == "__main__":
    sys.exit(main())
