"""``garrison simulate``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from garrison.cli.options import Format

EXAMPLES = """\b
Examples:
  garrison simulate
  garrison simulate --family A --worlds 20 --format json

\b
Makes worlds in which the true size of every force is known, lets outlets report on
them with lags, roundings, hedges, copies and lies, asks for estimates by what was
known, and tells how often the interval held the truth. Family A is what the model
was tuned on; B, different in form, is what to report on. bench/estimation.py in the
repository has every figure, with simpler methods beside.
"""


class FamilyName(StrEnum):
    """The families of worlds."""

    A = "A"
    B = "B"


def simulate(
    *,
    worlds: Annotated[int, typer.Option(min=1, max=10_000, metavar="N", help="How many worlds.")] = 5,
    family: Annotated[FamilyName, typer.Option(help="Which family.")] = FamilyName.B,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="The first world's number.")] = 0,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,
) -> None:
    """Try the estimate on worlds with a known truth."""
    from garrison.cli import output
    from garrison.estimation.simulation.trial import summary
    from garrison.publishing import formats
    from garrison.publishing.estimates import TRIAL_COLUMNS, trial_page

    found = summary(family.value, range(seed, seed + worlds))
    match form:
        case Format.JSON:
            output.write([formats.as_json(found)])
        case Format.CSV:
            output.write(formats.csv_lines(found, TRIAL_COLUMNS))
        case Format.TABLE:
            output.show(trial_page(found, output.width()))
