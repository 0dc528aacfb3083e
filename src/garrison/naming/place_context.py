"""What a passage says of where it plays: countries named, and places that lie in one country beyond doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from operator import add, attrgetter, sub, truediv
from typing import Any, NamedTuple

from garrison.naming.actors import ActorMention, Form, find_actors, scene_words_in
from garrison.naming.gazetteer import known, named
from garrison.naming.lexicon import listed, reference_rows
from garrison.naming.place_abbreviations import LONGEST_FORM, abbreviated, stands_alone
from garrison.naming.place_persons import persons_in
from garrison.naming.place_words import word_before, word_names, words
from garrison.naming.proper_names import eased, proper_names
from garrison.naming.spelling import plain
from garrison.vocabulary import PlaceKind, Span

# Forms of actors that speak for a country as the scene, by the name of their weight in place_evidence.csv.
_SORTS = {
    Form.NAME: "name",
    Form.ADJECTIVE: "adjective",
    Form.DEMONYM: "demonym",
    Form.CAPITAL: "capital",
    Form.METONYM: "metonym",
    Form.LEADER: "leader",
    Form.SERVICE: "service",
}
_SMALLEST = 2000
_SOME = 5000
_LARGE = 150_000
# Words count by their distance as far as so many characters, and no more than so many of them.
_EARSHOT = 1500
_MOST_NEAR = 100
_NOTHING = 1e-9
_OWNS = frozenset(("'s ", "’s "))
# Evidence that is where something is, not whose it is.
WHEREABOUTS = frozenset(("name", "locative", "sure_place", "only_place"))
_NOBODY_NAMED: frozenset[str] = frozenset()
# Forms whose words may still name a place, and those whose words are likelier the scene after a locative word.
_BODIES = frozenset((Form.GROUP, Form.MISSION, Form.SERVICE))
_SEEN_FROM_WITHIN = frozenset((Form.NAME, Form.CAPITAL))
# Names shorter than this tell nothing, nor do abbreviations up to this long.
_SHORTEST = 3
_LONGEST_CODE = 4


@cache
def strength() -> Mapping[str, float]:
    """What each sort of evidence counts, as fitted by ``tools/fit_evidence.py``.

    ``half_distance`` is the distance in characters at which a word speaks half as loudly, ``far`` the part of its
    weight that counts wherever it stands; ``title`` is what a word of the title counts beside one of the text.
    """
    return {row["sort"]: float(row["weight"]) for row in reference_rows("place_evidence.csv")}


class Evidence(NamedTuple):
    """A word at an offset that speaks for a country: the sort of evidence, its amount, and its weight for both."""

    at: int
    iso3: str
    sort: str
    amount: float
    words: str
    weight: float


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The evidence of a passage and its title, in the order of the passage.

    ``text`` is the passage, shouting eased; ``actors`` and ``names`` are the actors and the proper names in it,
    ``persons`` the words of its persons' names; ``heading`` is the title itself, ``heading_names`` the names in it.
    """

    evidence: tuple[Evidence, ...]
    title: tuple[Evidence, ...]
    text: str
    actors: tuple[ActorMention, ...] = ()
    names: tuple[Span, ...] = ()
    heading: str = ""
    persons: frozenset[str] = frozenset()
    heading_names: tuple[Span, ...] = ()

    def weights(self, at: int | None = None, without: str | None = None) -> dict[str, float]:
        """How strongly the passage speaks for each country, to a reader at offset ``at``; nearer words count more.

        Args:
            at: an offset in the passage, ``None`` to weigh all words alike.
            without: words that do not count, whatever they speak for (a mention must not speak for itself).
        """
        everywhere, own = _everywhere(self, without or "")
        total = dict(everywhere)
        if at is not None:
            near = _near(self)
            half, places = near.half, near.places
            last = bisect_left(places, at + _EARSHOT)
            first = max(bisect_left(places, at - _EARSHOT), last - _MOST_NEAR)
            # By what is written in C, as this is done for every mention: weight / (half + distance) of each word.
            away = map(abs, map(sub, places[first:last], repeat(at)))
            said = list(map(truediv, near.weights[first:last], map(add, repeat(half), away)))
            for words_ in own:
                for index in near.by_words.get(words_, ()):
                    if first <= index < last:
                        said[index - first] = 0.0
            for iso3, amount in zip(near.countries[first:last], said, strict=True):
                total[iso3] += amount
        if min(total.values(), default=1.0) > _NOTHING:
            return total
        return {iso3: weight for iso3, weight in total.items() if weight > _NOTHING}


class _Near(NamedTuple):
    """The evidence of a passage as it counts by its distance: ``half`` is the distance at which a word speaks half as
    loudly, and ``by_words`` where among the others those of the same words are."""

    half: float
    places: list[int]
    countries: list[str]
    weights: list[float]
    by_words: Mapping[str, list[int]]


@lru_cache(maxsize=32)
def _near(context: Context) -> _Near:
    near, half = (1.0 - strength()["far"]), strength()["half_distance"]
    by_words: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(context.evidence):
        by_words[item.words].append(index)
    return _Near(
        half,
        [item.at for item in context.evidence],
        [item.iso3 for item in context.evidence],
        [item.weight * near * half for item in context.evidence],
        by_words,
    )


@lru_cache(maxsize=256)
def _everywhere(context: Context, without: str) -> tuple[Mapping[str, float], frozenset[str]]:
    """What the passage says for each country wherever it does, the words of a mention not counted; and which of the
    passage's words stand in the mention."""
    total, by_words = _totals(context)
    if not without:
        return total, _NOBODY_NAMED
    mine = frozenset([words_ for words_ in by_words if words_ in without])
    if not mine:
        return total, mine
    tokens = without.replace("-", " ").split()
    left = dict(total)
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + 6) + 1):
            _take(left, by_words.get(" ".join(tokens[start:end])))
    if "-" in without:
        _take(left, by_words.get(without))
    return left, mine


def _take(left: dict[str, float], said: Mapping[str, float] | None) -> None:
    for iso3, weight in said.items() if said else ():
        left[iso3] = left.get(iso3, 0.0) - weight


@lru_cache(maxsize=32)
def _totals(context: Context) -> tuple[Mapping[str, float], Mapping[str, dict[str, float]]]:
    """What the whole passage and title say for each country, and what each of the passage's words does."""
    total: dict[str, float] = defaultdict(float)
    by_words: dict[str, dict[str, float]] = defaultdict(dict)
    far, title = strength()["far"], strength()["title"]
    for item in context.evidence:
        total[item.iso3] += item.weight * far
        said = by_words[item.words]
        said[item.iso3] = said.get(item.iso3, 0.0) + item.weight * far
    for item in context.title:
        total[item.iso3] += item.weight * title
    return total, by_words


_at = attrgetter("at")


@lru_cache(maxsize=32)
def context_of(text: str, title: str | None) -> Context:
    """The evidence of a passage and its title for where it plays."""
    shown = eased(text)
    actors, names = find_actors(shown, leaders=True), _whole_names(shown, proper_names(shown))
    persons = persons_in(shown, names)
    heading: tuple[Evidence, ...] = ()
    heading_names: tuple[Span, ...] = ()
    if title:
        title = eased(title)
        heading_names = proper_names(title)
        heading = _evidence(title, find_actors(title, leaders=True), heading_names, persons)
    evidence = _evidence(shown, actors, names, persons)
    return Context(evidence, heading, shown, actors, names, title or "", persons, heading_names)


def _whole_names(text: str, names: tuple[Span, ...]) -> tuple[Span, ...]:
    """The proper names of a text, those joined again that are one name with its owner ("Cox's Bazar")."""
    found: list[Span] = []
    for span in names:
        last = found[-1] if found else None
        if last is not None and span.start - last.end == 3 and text[last.end : span.start] in _OWNS:
            whole = Span(last.start, span.end)
            if known(plain(whole.of(text))):
                found[-1] = whole
                continue
        found.append(span)
    return tuple(found)


def may_name(name: str, persons: frozenset[str]) -> bool:
    """Whether a run of capitalised words may name a place: no word that begins a sentence, no code, no person."""
    if len(name) < _SHORTEST or (len(name) <= _LONGEST_CODE and name.isupper()):
        return False
    return name.lower() not in words("others", "never") and name not in persons


def _evidence(
    text: str, actors: tuple[ActorMention, ...], names: tuple[Span, ...], persons: frozenset[str]
) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    taken: set[int] = set()
    strong = words("prepositions", "strong")
    homes = _homes()
    weights = strength()

    def speaks(at: int, iso3: str, sort: str, amount: float, words_: str) -> None:
        found.append(_made(Evidence, (at, iso3, sort, amount, words_, amount * weights[sort])))

    for actor in actors:
        start, form, who = actor.span.start, actor.form, actor.actor
        words_ = text[start : actor.span.end]
        if form not in _BODIES:
            taken.update(range(start, actor.span.end))
        iso3, sort = who.iso3, _SORTS.get(form)
        home = homes.get(actor.mission or who.name)
        if home:
            for code in home:
                speaks(start, code, "home", 1.0 / len(home), words_)
        if iso3 is None or sort is None:
            continue
        if form in _SEEN_FROM_WITHIN and word_before(text, start) in strong:
            sort = "locative"
        speaks(start, iso3, sort, 1.0, words_)
    for span in names:
        start, end = span.start, span.end
        if start in taken:
            continue
        name = text[start:end]
        short = None
        if end - start <= LONGEST_FORM and (
            "." in name or text[end : end + 1] == "." or text[start - 2 : start] == ", "
        ):
            short = _abbreviation(text, span)
        if short is None and name in persons:
            continue
        told = _told_by(name)
        if told is None or (short is None and not told[0]):
            continue
        _, sure, alone = told
        if short is not None:
            sure = sure_country(name) or short
        if sure is not None:
            speaks(start, sure, "sure_place", 1.0, name)
        elif alone is not None:
            speaks(start, alone, "only_place", 1.0, name)
        elif word_before(text, start) in strong:
            for code, amount in _shares(name):
                speaks(start, code, "ambiguous", amount, name)
    for mention in scene_words_in(text):
        words_ = mention.span.of(text)
        for code in mention.value:
            speaks(mention.span.start, code, "scene", 1.0 / len(mention.value), words_)
    found.sort(key=_at)
    return tuple(found)


# The class would be called through a function of Python's, once for each of many words.
_made = tuple.__new__


@lru_cache(maxsize=1 << 13)
def _told_by(name: str) -> tuple[bool, str | None, str | None] | None:
    """What a name tells wherever it stands: whether it may stand for a known place, if no person is called so, the
    country that it surely lies in, and the only one that has it. ``None`` for words that tell nothing."""
    lower = name.lower()
    # "The South-East", which many countries have.
    if lower in word_names() or lower.replace("-", " ") in words("parts", "directions"):
        return None
    if not may_name(name, _NOBODY_NAMED) or not known(plain(name)):
        return False, None, None
    return True, sure_country(name), _only_country(name)


def has_abbreviation(text: str, span: Span) -> bool:
    """Whether the name at ``span`` is a region's abbreviation there."""
    return _abbreviation(text, span) is not None


def _abbreviation(text: str, span: Span) -> str | None:
    """The country of a region abbreviated after a comma ("London, Ky.") or so that it can be nothing else ("B.C.")."""
    start, end = span.start, span.end
    if end - start > LONGEST_FORM:
        return None
    form = text[start : end + (text[end : end + 1] == ".")]
    if text[max(0, start - 2) : start] != ", " and not ("." in form and stands_alone(form)):
        return None
    region = abbreviated(form)
    return region.iso3 if region is not None else None


@cache
def _homes() -> dict[str, tuple[str, ...]]:
    return {row["name"]: listed(row["homes"]) for row in reference_rows("group_homes.csv")}


def homes_of(group: str) -> tuple[str, ...]:
    """The countries, by ISO 3166-1 alpha-3, in which a group or a mission is at home; none if it is not known."""
    return _homes().get(group, ())


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
    return tuple((iso3, people / everyone) for iso3, people in total.items())


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
