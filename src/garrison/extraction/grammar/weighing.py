"""How likely a reading is a claim: a logistic model over its marks, with the weights in ``weights.csv``.

The weights were fitted on the training and the written passages by ``training/grammar.py``; every mark is a word or
a rule that a person can read, so that the weight says what speaks for a claim and what against.
"""

from __future__ import annotations

import csv
import math
from functools import cache, lru_cache
from importlib.resources import files

BIAS = "(bias)"


@cache
def weights() -> dict[str, float]:
    """The weight of each mark."""
    text = files("garrison.extraction.grammar").joinpath("weights.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["mark"]: float(row["weight"]) for row in rows}


@lru_cache(maxsize=1024)
def confidence(marks: frozenset[str]) -> float:
    """The probability, 0 to 1, that a reading with these marks is a claim."""
    known = weights()
    total = known.get(BIAS, 0.0) + sum(known.get(mark, 0.0) for mark in sorted(marks))
    return 1.0 / (1.0 + math.exp(-total))
