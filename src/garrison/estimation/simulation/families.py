"""Families of worlds: A to tune the model on, B, different in form, to report on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from garrison.estimation.simulation.forces import Truth, campaigning, stepping

Draw: TypeAlias = Callable[[np.random.Generator], float]


@dataclass(frozen=True, slots=True)
class Family:
    """How a world's forces and outlets behave.

    ``bias`` is drawn once an outlet, ``noise`` once a look (both in log(x)), ``lag`` in days once a look; ``repeats``
    is how long an outlet goes on with the figure that it has (days); ``lower`` and ``upper`` draw the factors between
    what an outlet believes and the number after *at least* and *up to*; ``mantissas`` are the leading digits it
    rounds to. ``unnoticed`` is the share of copies whose common passages are not found; ``false`` the share of
    numbered reports that are simply wrong.
    """

    name: str
    truth: Truth
    bias: Draw
    noise: Draw
    lag: Draw
    repeats: Draw
    lower: Draw
    upper: Draw
    fives: bool
    unnoticed: float
    false: float


def _a() -> Family:
    return Family(
        name="A",
        truth=stepping,
        bias=lambda chance: chance.normal(0.0, 0.10) + (0.25 if chance.random() < 0.15 else 0.0),
        noise=lambda chance: chance.normal(0.0, 0.12),
        lag=lambda chance: chance.exponential(45.0),
        repeats=lambda chance: chance.exponential(180.0),
        lower=lambda chance: chance.uniform(0.6, 1.0),
        upper=lambda chance: chance.uniform(1.0, 1.5),
        fives=False,
        unnoticed=0.1,
        false=0.05,
    )


def _b() -> Family:
    return Family(
        name="B",
        truth=campaigning,
        bias=lambda chance: 0.06 * chance.standard_t(3) + chance.gamma(0.6, 0.07),
        noise=lambda chance: chance.laplace(0.0, 0.09),
        lag=lambda chance: chance.uniform(0.0, 90.0),
        repeats=lambda chance: 365.0 if chance.random() < 0.3 else 30.0,
        lower=lambda chance: 1.0 - chance.beta(1.2, 5.0),
        upper=lambda chance: 1.0 + chance.exponential(0.25),
        fives=True,
        unnoticed=0.1,
        false=0.05,
    )


FAMILIES = {"A": _a(), "B": _b()}
