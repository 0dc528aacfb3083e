"""What a passage says of where it plays: countries named, and places that lie in one country beyond doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from garrison.naming.actors import Form, find_actors
from garrison.naming.gazetteer import named
from garrison.naming.place_words import words
from garrison.naming.proper_names import eased, proper_names
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind, Span

# How strongly a word speaks for its country as the scene: a country's name more than an adjective, which often says
# whose the troops are and not where; a name after "in" or "near" most of all.
_LOCATIVE = 2.5
_WEIGHTS = {
    Form.NAME: 1.0,
    Form.ADJECTIVE: 0.4,
    Form.DEMONYM: 0.3,
    Form.CAPITAL: 0.4,
    Form.METONYM: 0.2,
    Form.GROUP: 0.0,
}
_TITLE = 0.8
_PLACE = 1.2
_LARGE = 150_000
# The distance in characters at which a country named speaks half as loudly.
_HALF = 350.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word at an offset that speaks for a country, with its weight and what it is."""

    at: int
    iso3: str
    weight: float
    form: Form | None
    span: Span


@dataclass(frozen=True, slots=True)
class Context:
    """The evidence of a passage and its title, in the order of the passage; ``text`` is the passage, shouting eased."""

    evidence: tuple[Evidence, ...]
    title: tuple[Evidence, ...]
    text: str

    def weights(self, at: int | None = None, without: str | None = None) -> dict[str, float]:
        """How strongly the passage speaks for each country, to a reader at offset ``at``; nearer words count more.

        Args:
            at: an offset in the passage, ``None`` to weigh all words alike.
            without: words that do not count, whatever they speak for (a mention must not speak for itself).
        """
        total: dict[str, float] = defaultdict(float)
        for item in self.evidence:
            if without and item.span.of(self.text) in without:
                continue
            near = 1.0 if at is None else _HALF / (_HALF + abs(item.at - at))
            total[item.iso3] += item.weight * (0.35 + 0.65 * near)
        for item in self.title:
            total[item.iso3] += item.weight * _TITLE
        return total

    def countries_named(self, start: int, end: int) -> tuple[Evidence, ...]:
        """The evidence between two offsets."""
        first = bisect_left(self.evidence, start, key=_at)
        last = bisect_left(self.evidence, end, key=_at)
        return self.evidence[first:last]


def _at(item: Evidence) -> int:
    return item.at


@lru_cache(maxsize=32)
def context_of(text: str, title: str | None) -> Context:
    """The evidence of a passage and its title for where it plays."""
    shown = eased(text)
    return Context(_evidence(shown), _evidence(eased(title)) if title else (), shown)


def _evidence(text: str) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    taken: set[int] = set()
    strong = words("prepositions", "strong")
    for actor in find_actors(text):
        taken.update(range(actor.span.start, actor.span.end))
        iso3 = actor.actor.iso3
        if iso3 is None or actor.form not in _WEIGHTS or not _WEIGHTS[actor.form]:
            continue
        weight = _WEIGHTS[actor.form]
        if actor.form in (Form.NAME, Form.CAPITAL) and word_before(text, actor.span.start) in strong:
            weight = _LOCATIVE
        found.append(Evidence(actor.span.start, iso3, weight, actor.form, actor.span))
    for span in proper_names(text):
        if span.start in taken:
            continue
        iso3 = sure_country(span.of(text))
        if iso3 is not None:
            found.append(Evidence(span.start, iso3, _PLACE, None, span))
    return tuple(sorted(found, key=_at))


@lru_cache(maxsize=8192)
def sure_country(name: str) -> str | None:
    """The country of a place that is too well known, or too plainly the only one, to be mistaken; else ``None``."""
    places: Any = named(plain(name))
    if not places:
        return None
    listed = [c for c in places if c.kind is not PlaceKind.CITY]
    first = listed[0] if listed else places[0]
    if first.iso3 is None or (not listed and first.population < _LARGE):
        return None
    rivals = [c for c in places if c.iso3 != first.iso3 and (c.kind is not PlaceKind.CITY or c.population > _LARGE)]
    return None if rivals else first.iso3


def word_before(text: str, start: int) -> str:
    """The word before an offset in lower case, "the" passed over; empty at the start or after a full stop."""
    lead = text[max(0, start - 40) : start].lower().split(" ")
    while lead and lead[-1] in ("", "the", "‘", "“"):
        lead.pop()
    return lead[-1].strip("(“‘\"'") if lead else ""
