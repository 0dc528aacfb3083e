"""What a passage says of where it plays: countries named, and places that lie in one country beyond doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from garrison.naming.actors import ActorMention, Form, find_actors
from garrison.naming.gazetteer import named
from garrison.naming.lexicon import listed, reference_rows
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
    Form.LEADER: 0.3,
}
_TITLE = 0.8
_PLACE = 1.2
# An armed group or a mission named speaks for its home, an ambiguous name after "in" for the countries that have it.
_HOME = 0.5
_AMBIGUOUS = 0.6
_SMALLEST = 2000
_ALONE = 0.6
_SOME = 5000
_LARGE = 150_000
# The distance in characters at which a country named speaks half as loudly.
_HALF = 350.0
# Every word counts this much wherever it stands and the rest by its distance, as far as so many characters and words.
_FAR = 0.35
_NEAR = 0.65
_EARSHOT = 3000
_MOST_NEAR = 200
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word at an offset that speaks for a country, with its weight."""

    at: int
    iso3: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The evidence of a passage and its title, in the order of the passage.

    ``text`` is the passage, shouting eased; ``actors`` and ``names`` are the actors and the proper names in it.
    """

    evidence: tuple[Evidence, ...]
    title: tuple[Evidence, ...]
    text: str
    actors: tuple[ActorMention, ...] = ()
    names: tuple[Span, ...] = ()

    def weights(self, at: int | None = None, without: str | None = None) -> dict[str, float]:
        """How strongly the passage speaks for each country, to a reader at offset ``at``; nearer words count more.

        Args:
            at: an offset in the passage, ``None`` to weigh all words alike.
            without: words that do not count, whatever they speak for (a mention must not speak for itself).
        """
        total = dict(self._everywhere())
        own = self._spoken_by(without) if without else {}
        for iso3, weight in own.items():
            total[iso3] = total.get(iso3, 0.0) - weight
        if at is None:
            return {iso3: weight for iso3, weight in total.items() if weight > _NOTHING}
        first = bisect_left(self.evidence, at - _EARSHOT, key=_at)
        last = bisect_left(self.evidence, at + _EARSHOT, key=_at)
        for item in self.evidence[max(first, last - _MOST_NEAR) : last]:
            if without and item.words in without:
                continue
            total[item.iso3] = total.get(item.iso3, 0.0) + item.weight * _NEAR * _HALF / (_HALF + abs(item.at - at))
        return {iso3: weight for iso3, weight in total.items() if weight > _NOTHING}

    def _everywhere(self) -> Mapping[str, float]:
        return _totals(self)[0]

    def _spoken_by(self, words_: str) -> dict[str, float]:
        """What the words of a mention say for each country, wherever the passage has them."""
        by_words = _totals(self)[1]
        tokens = words_.replace("-", " ").split()
        own: dict[str, float] = defaultdict(float)
        for start in range(len(tokens)):
            for end in range(start + 1, min(len(tokens), start + 6) + 1):
                for iso3, weight in by_words.get(" ".join(tokens[start:end]), {}).items():
                    own[iso3] += weight
        if "-" in words_:
            for iso3, weight in by_words.get(words_, {}).items():
                own[iso3] += weight
        return own


@lru_cache(maxsize=32)
def _totals(context: Context) -> tuple[Mapping[str, float], Mapping[str, dict[str, float]]]:
    """What the whole passage and title say for each country, and what each of the passage's words does."""
    total: dict[str, float] = defaultdict(float)
    by_words: dict[str, dict[str, float]] = defaultdict(dict)
    for item in context.evidence:
        total[item.iso3] += item.weight * _FAR
        said = by_words[item.words]
        said[item.iso3] = said.get(item.iso3, 0.0) + item.weight * _FAR
    for item in context.title:
        total[item.iso3] += item.weight * _TITLE
    return total, by_words


def _at(item: Evidence) -> int:
    return item.at


@lru_cache(maxsize=32)
def context_of(text: str, title: str | None) -> Context:
    """The evidence of a passage and its title for where it plays."""
    shown = eased(text)
    actors, names = find_actors(shown, leaders=True), proper_names(shown)
    heading: tuple[Evidence, ...] = ()
    if title:
        title = eased(title)
        heading = _evidence(title, find_actors(title, leaders=True), proper_names(title))
    return Context(_evidence(shown, actors, names), heading, shown, actors, names)


def _evidence(text: str, actors: tuple[ActorMention, ...], names: tuple[Span, ...]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    taken: set[int] = set()
    strong = words("prepositions", "strong")
    homes = _homes()
    for actor in actors:
        words_ = actor.span.of(text)
        if actor.form not in (Form.GROUP, Form.MISSION, Form.SERVICE):
            taken.update(range(actor.span.start, actor.span.end))
        iso3, weight = actor.actor.iso3, _WEIGHTS.get(actor.form, 0.0)
        home = homes.get(actor.mission or actor.actor.name, ())
        found.extend(Evidence(actor.span.start, code, _HOME / len(home), words_) for code in home)
        if iso3 is None or not weight:
            continue
        if actor.form in (Form.NAME, Form.CAPITAL) and word_before(text, actor.span.start) in strong:
            weight = _LOCATIVE
        found.append(Evidence(actor.span.start, iso3, weight, words_))
    for span in names:
        if span.start in taken:
            continue
        name = span.of(text)
        iso3 = sure_country(name)
        if iso3 is not None:
            found.append(Evidence(span.start, iso3, _PLACE, name))
        elif (alone := _only_country(name)) is not None:
            found.append(Evidence(span.start, alone, _ALONE, name))
        elif word_before(text, span.start) in strong:
            found.extend(Evidence(span.start, code, weight, name) for code, weight in _shares(name))
    return tuple(sorted(found, key=_at))


@cache
def _homes() -> dict[str, tuple[str, ...]]:
    return {row["name"]: listed(row["homes"]) for row in reference_rows("group_homes.csv")}


@lru_cache(maxsize=8192)
def _only_country(name: str) -> str | None:
    """The country of a town of some size whose name no other country has."""
    places = named(plain(name))
    sole = {place.iso3 for place in places}
    return places[0].iso3 if len(sole) == 1 and places[0].population >= _SOME else None


@lru_cache(maxsize=8192)
def _shares(name: str) -> tuple[tuple[str, float], ...]:
    """What an ambiguous name after a locative word says for each country, by the people of its places there."""
    total: dict[str, float] = defaultdict(float)
    for place in named(plain(name)):
        if place.iso3 is not None:
            total[place.iso3] += _SMALLEST + place.population
    everyone = sum(total.values())
    return tuple((iso3, _AMBIGUOUS * people / everyone) for iso3, people in total.items())


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
