"""What the model takes for granted: how forces change, and how people speak of their size."""

from __future__ import annotations

from dataclasses import dataclass, replace

from garrison.vocabulary import Asset


@dataclass(frozen=True, slots=True)
class Parameters:
    """The habits of forces and of those who report them.

    Widths are standard deviations of log(1 + x), rates are per year, times are days, the rest are probabilities.
    The values were chosen on worlds of family A of the simulation alone (``bench/estimation.py --tune``).

    Levels: ``wander`` is slow drift; ``jumps`` how often a level jumps, by a two-sided exponential of scale ``leap``;
    ``leaving`` and ``coming`` how often all leave, and how often a force appears where none was; ``absent`` the
    chance that nothing is there before anyone has spoken; ``middle`` and ``spread`` the log(1 + x) of a force just
    arrived.

    Words: ``exact`` and ``about`` are the widths of a bare and of an approximate number, ``rounding`` how many
    standard deviations of its rounding unit a number is wide besides; ``tails`` the degrees of freedom; ``edge``
    the width of a bound, ``soft`` the edges of vague words; ``above`` and ``below`` how far from the number people
    still say *more than* and *up to*; ``lag`` how uncertain the age of news is, and ``behind`` how old what is said of
    the present is on average.

    Late news: for some ``news`` days after all have left, the chance is ``stale`` that what is said of the present is
    what was seen before: a presence, or a number with the density ``former`` per unit of log(1 + x), whichever it is.

    Error: ``wrong`` is the chance that a claim is false, ``anything`` the density of false numbers per unit of
    log(1 + x), but at most ``rarer`` times that of true ones of that size; ``hearsay`` and ``denying`` the chances that
    a false claim without a number is of a presence and of an absence.

    Voices: ``again`` and ``anew`` are the times after which a voice that repeats or changes its figure counts afresh;
    ``lean`` how far outlets of one owner speak as one (0 apart, 1 as one) within ``together`` days, and ``herd`` how
    far those that give the same figure within ``echo`` days do.

    Moves: ``rising`` and ``falling`` are the chances that an unquantified arrival or departure changes the level,
    ``swing`` the mean size of that change, ``emptied`` the share of such departures that leave nothing, ``event`` the
    days within which two reports of a move are one move.
    """

    wander: float = 0.18
    jumps: float = 0.2
    leap: float = 0.6
    leaving: float = 0.07
    coming: float = 0.05
    absent: float = 0.08
    middle: float = 5.5
    spread: float = 3.0

    exact: float = 0.13
    about: float = 0.18
    rounding: float = 0.8
    tails: float = 4.0
    edge: float = 0.13
    soft: float = 0.20
    above: float = 0.3
    below: float = 0.3
    lag: float = 40.0
    behind: float = 20.0

    news: float = 60.0
    stale: float = 0.7
    former: float = 0.01

    wrong: float = 0.10
    anything: float = 0.08
    rarer: float = 3.5
    hearsay: float = 0.8
    denying: float = 0.04

    again: float = 200.0
    anew: float = 120.0
    lean: float = 0.85
    together: float = 240.0
    herd: float = 0.85
    echo: float = 7.0

    rising: float = 0.5
    falling: float = 0.8
    swing: float = 0.6
    emptied: float = 0.42
    event: float = 30.0


DEFAULT = Parameters()
# People come in hundreds and thousands; formations, bases, vehicles, ships and aircraft in ones and tens.
THINGS = replace(DEFAULT, middle=2.3, spread=1.6)
# Whole armies and movements.
STRENGTHS = replace(DEFAULT, middle=9.5, spread=2.5)
STRENGTH = "strength"


def parameters_for(asset: str) -> Parameters:
    """The model for a class of force, or for ``STRENGTH``, the people of a force in all."""
    if asset == STRENGTH:
        return STRENGTHS
    return DEFAULT if asset == Asset.PERSONNEL else THINGS
