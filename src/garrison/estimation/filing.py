"""Filing: what a claim says of the level of a row, as a statement the model reads."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

from garrison.estimation.days import holding, last_day
from garrison.estimation.parameters import DEFAULT, Parameters
from garrison.estimation.statements import BY_HEDGE, Said, Sort
from garrison.naming.actors import find_actors
from garrison.naming.outlets import outlet_of
from garrison.naming.seats import seats_in
from garrison.vocabulary import Citation, Kind, Measure, Quantity, Status

# What an extractor that gives no confidence is trusted with.
CONFIDENCE = 0.95
_RISING = (Kind.DEPLOY, Kind.RELOCATE)


def filed(
    citation: Citation, *, leaving: bool = False, fresh: bool = False, parameters: Parameters = DEFAULT
) -> Said | None:
    """What a claim says of its row, with row and voice yet to be filled in; ``None`` if it says nothing of a level.

    Only facts feed levels, and of denials only that of a presence, unless it is the actor's denial of its own force.
    A withdrawal of all that was there is an absence.
    Exercises end and feed nothing. What is said of the present was seen some days before; the result of a move was
    not.

    Args:
        citation: the claim.
        leaving: for a relocation, the row of its origin rather than that of its destination.
        fresh: what it says of the present takes a move into account of which its document tells too.
        parameters: the model, for the chance that a claim is false and the age of news.
    """
    sort, quantity = _sort(citation, leaving=leaving), citation.quantity
    if sort is None:
        return None
    day, give = holding(citation)
    if not fresh and citation.kind in (Kind.PRESENT, Kind.STRENGTH) and sort is not Sort.ABSENT and give == 0:
        day -= int(parameters.behind)
    trust = 1.0 if citation.checked else CONFIDENCE if citation.confidence is None else citation.confidence
    wrong = 1.0 - (1.0 - parameters.wrong) * min(max(trust, 0.05), 1.0)
    low, high = (quantity.low, quantity.high) if quantity is not None and sort not in _UNNUMBERED else (None, None)
    return Said(day=day, sort=sort, low=low, high=high, give=give, known=last_day(citation.known), wrong=wrong)


_UNNUMBERED = frozenset({Sort.ABSENT, Sort.PRESENT, Sort.ARRIVAL, Sort.DEPARTURE})


def _sort(citation: Citation, *, leaving: bool) -> Sort | None:
    quantity = citation.quantity
    if citation.kind is Kind.EXERCISE:
        return None
    if citation.status is Status.DENIED:
        denied = citation.kind is Kind.PRESENT and quantity is None and not own_denial(citation)
        return Sort.ABSENT if denied else None
    if citation.status is not Status.FACT:
        return None
    if citation.kind in (Kind.PRESENT, Kind.STRENGTH):
        return _level(quantity) if quantity else Sort.PRESENT
    if citation.measure is Measure.LEVEL and quantity is not None and not leaving:
        return _level(quantity)
    if citation.kind is Kind.WITHDRAW and quantity is None and citation.unit is None and all_left(citation.quote):
        return Sort.ABSENT
    if citation.kind in _RISING and not leaving:
        return Sort.RISE if quantity and citation.measure is Measure.CHANGE else Sort.ARRIVAL
    return Sort.FALL if quantity and citation.measure is Measure.CHANGE else Sort.DEPARTURE


def _level(quantity: Quantity) -> Sort:
    return BY_HEDGE[quantity.hedge]


def all_left(quote: str) -> bool:
    """Whether the words of a withdrawal say that nothing is left: "the last troops", "completed its withdrawal"."""
    words = set(re.findall(r"[^\W\d_]+", quote.casefold()))
    says = _leaving_words()
    return bool(words & says["all"]) and not words & says["part"]


@cache
def _leaving_words() -> dict[str, frozenset[str]]:
    """Words by what they say of those who left: all of them, or a part (``leaving_words.csv``)."""
    text = resources.files("garrison.estimation").joinpath("leaving_words.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    return {says: frozenset(row["word"] for row in rows if row["says"] == says) for says in ("all", "part")}


def own_denial(citation: Citation) -> bool:
    """Whether a denial comes from the actor whose force it is: its officials, or an outlet that its state controls."""
    if citation.status is not Status.DENIED or citation.actor is None:
        return False
    actor = citation.actor
    outlet = outlet_of(citation.outlet) if citation.outlet else None
    if not citation.sources:
        return outlet is not None and bool(outlet.state_controlled) and outlet.country == actor.iso3
    return any(_speaks_for(name, citation) for name in citation.sources)


def _speaks_for(name: str, citation: Citation) -> bool:
    """Whether a source is the actor's: it names the actor, its head of state or a seat of its government."""
    actor = citation.actor
    if actor is None:
        return False
    named = {mention.actor.id for mention in find_actors(name, leaders=True)}
    return actor.id in named or actor.iso3 in seats_in(name) or actor.name.casefold() in name.casefold()
