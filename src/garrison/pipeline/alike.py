"""Alike: the claims that one may repeat, the likeliest first."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from math import log

from garrison.ledger import ClaimFilter, Ledger
from garrison.ledger.days import day_text, first_day, is_date
from garrison.vocabulary import Citation, Quantity, UsageError

NEAR_DAYS = 60
_LOOKED_AT = 200
# Numbers so near are as good as the same (about a fifth apart), and that one is not told is as far as twice as many.
_STEP = 0.2
_UNTOLD = log(2)


def alike(ledger: Ledger, cited: Citation, limit: int) -> tuple[Citation, ...]:
    """At most ``limit`` claims that ``cited`` may be the same as.

    First those of the same actor, class and place, among them those of a number and then of a day that is near; last
    those of the weeks around whose force has another name. Looked at are the newest of each sort, those of the weeks
    around before any.
    """
    found: dict[str, Citation] = {}
    for which in _questions(cited):
        for dated in (_around(which, cited), which if which.actor or not cited.actor else None):
            if dated is None or len(found) >= 2 * limit:
                continue
            try:
                found |= {one.claim: one for one in islice(ledger.claims(dated), _LOOKED_AT)}
            except UsageError:
                # A place that no claim in force is filed under.
                continue
    found.pop(cited.claim, None)
    return tuple(sorted(found.values(), key=lambda one: (*_apart(cited, one), one.claim))[:limit])


def _questions(cited: Citation) -> list[ClaimFilter]:
    """What to look for, from the most alike on."""
    actor = cited.actor.id if cited.actor else None
    place = (cited.place.iso3 or cited.place.name) if cited.place else None
    of_both = ClaimFilter(actor=actor, place=place)
    asked = [replace(of_both, asset=cited.asset), of_both, ClaimFilter(actor=actor, asset=cited.asset)]
    asked += [ClaimFilter(place=place, asset=cited.asset)]
    return [each for each in asked if each.actor or each.place]


def _around(which: ClaimFilter, cited: Citation) -> ClaimFilter | None:
    """The same of the weeks around ``cited``; ``None`` where it has no day."""
    if not cited.published or not is_date(cited.published):
        return None
    day = first_day(cited.published)
    return replace(which, since=day_text(max(1, day - NEAR_DAYS)), until=day_text(day + NEAR_DAYS))


def _apart(one: Citation, other: Citation) -> tuple[float, ...]:
    """How far two claims are apart, in order of weight."""
    named = [
        one.actor != other.actor,
        one.asset is not other.asset,
        (one.place and one.place.iso3) != (other.place and other.place.iso3),
        one.kind is not other.kind,
    ]
    return (
        *(float(each) for each in named),
        _numbers_apart(one.quantity, other.quantity) // _STEP,
        float((one.place and one.place.name) != (other.place and other.place.name)),
        float(one.unit != other.unit),
        _days_apart(one, other),
    )


def _numbers_apart(one: Quantity | None, other: Quantity | None) -> float:
    if one is None or other is None:
        return 0.0 if one is other else _UNTOLD
    return abs(log(_middle(one) + 1) - log(_middle(other) + 1))


def _middle(quantity: Quantity) -> float:
    ends = [each for each in (quantity.low, quantity.high) if each is not None]
    return sum(ends) / len(ends) if ends else 0.0


def _days_apart(one: Citation, other: Citation) -> float:
    days = [first_day(each.published) for each in (one, other) if each.published and is_date(each.published)]
    return float(abs(days[0] - days[1])) if len(days) == 2 else float(NEAR_DAYS)
