"""Roundness: how coarse a unit the speaker of a number had in mind."""

from __future__ import annotations

import numpy as np

from garrison.estimation.arrays import Floats

# A person counts up to here; beyond it, a number that ends in noughts or fives has been rounded.
COUNTED = 20
_UNITS = [mantissa * 10.0**power for power in range(6, -1, -1) for mantissa in (5.0, 2.5, 1.0)]


def rounding_unit(numbers: Floats) -> Floats:
    """The largest of 1, 2.5 and 5 times a power of ten that divides each number; 0 for what can be counted.

    7,000 was rounded to 1,000, 6,840 to 10, 5,000 to 5,000.
    """
    units = np.zeros_like(numbers)
    for unit in _UNITS:
        fits = (units == 0) & (numbers >= unit) & (np.abs(np.mod(numbers, unit)) < 1e-9)
        units[fits] = unit
    units[numbers < COUNTED] = 0.0
    return units


def rounding_width(numbers: Floats) -> Floats:
    """The standard deviation that rounding alone gives log(1 + x): a uniform error of one unit."""
    width: Floats = rounding_unit(numbers) / (1.0 + numbers) / np.sqrt(12.0)
    return width
