"""Actors: countries, alliances, missions and armed groups by whatever name a text gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from garrison.naming.countries import Country, countries, country_by_code, country_of
from garrison.naming.lexicon import JointLexicon, folded, key, listed, reference_rows
from garrison.vocabulary import Actor, Mention, Span

# Codes that are English words too: in a shouted line they are the word.
_WORDS = frozenset({"is", "us", "car", "fact", "it", "mend", "gam", "plan", "sas", "tip", "sang"})
_WINDOW = 30
_LONGEST_COMPOUND = 24
_LIKENESS = 90.0


class Form(StrEnum):
    """In what form a text speaks of an actor."""

    NAME = "name"
    ADJECTIVE = "adjective"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    METONYM = "metonym"
    GROUP = "group"
    MISSION = "mission"
    SERVICE = "service"
    LEADER = "leader"


class GroupKind(StrEnum):
    """What sort of body that is no country a name stands for."""

    ALLIANCE = "alliance"
    ORGANISATION = "organisation"
    MISSION = "mission"
    COALITION = "coalition"
    ARMED_GROUP = "armed_group"
    PMC = "pmc"
    GOVERNMENT_FACTION = "government_faction"
    FORMER_STATE = "former_state"
    SERVICE = "service"
    GOVERNMENT = "government"


@dataclass(frozen=True, slots=True)
class Group:
    """A body that is no country: its name, kind and aliases.

    ``iso3`` is the country whose forces it is, if any; ``parent`` the organisation that answers for a mission when no
    contributor is named. ``unsearched`` are the names too common as words to be looked for in a text.
    """

    name: str
    kind: GroupKind
    aliases: tuple[str, ...] = ()
    iso3: str | None = None
    parent: str | None = None
    unsearched: frozenset[str] = frozenset()

    @property
    def actor(self) -> Actor:
        """Whose force it is: the country, the parent of a mission, else the group itself."""
        if self.iso3 and self.kind is GroupKind.GOVERNMENT_FACTION:
            return Actor(self.name, self.iso3)
        if self.iso3:
            return Actor(country_by_code()[self.iso3].name, self.iso3)
        return Actor(self.parent if self.parent and self.kind is GroupKind.MISSION else self.name)

    @property
    def form(self) -> Form:
        """The form of a mention by this group's name."""
        match self.kind:
            case GroupKind.MISSION:
                return Form.MISSION
            case GroupKind.SERVICE:
                return Form.SERVICE
            case GroupKind.GOVERNMENT:
                return Form.METONYM
            case _:
                return Form.GROUP


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Where a text names an actor.

    ``mission`` is the mission's usual name when the words name one; ``actor`` is then its parent, for want of a
    contributor. ``compound`` is what a hyphen joins to the name, in lower case: ``backed`` in "Turkish-backed".
    """

    span: Span
    actor: Actor
    form: Form
    mission: str | None = None
    compound: str | None = None


@dataclass(frozen=True, slots=True)
class _Sense:
    actor: Actor
    form: Form
    mission: str | None = None


@cache
def groups() -> tuple[Group, ...]:
    """Every alliance, mission, armed group and service known by name (``reference/groups.csv``)."""
    return tuple(_group(row) for row in reference_rows("groups.csv"))


def find_actors(text: str, *, leaders: bool = False) -> tuple[ActorMention, ...]:
    """The actors that ``text`` names, in its order, the longest name at each place; possessive endings left out.

    Names are matched in their usual case or all in capitals: "turkey" and "us" are words. Names of countries that the
    words beside them show to be a person's ("Michael Jordan") or another thing's ("Lake Chad") are passed over.

    Args:
        text: any text; the time taken grows in proportion to its length.
        leaders: whether heads of state and government are named too, for their countries.
    """
    return _found(text, leaders)


def may_be_whole(name: str, *forms: Form) -> bool:
    """Whether the whole of ``name`` is looked for as an actor in one of the forms: cheaper than finding it."""
    sense = _names().first(name)
    return sense is not None and sense.form in forms


@lru_cache(maxsize=32)
def _found(text: str, leaders: bool) -> tuple[ActorMention, ...]:
    """Kept for the last few texts: extraction and the naming of places both ask."""
    return tuple(
        ActorMention(mention.span, sense.actor, sense.form, sense.mission, _compound(text, mention.span.end))
        for mention in _scanned(text)[0]
        if (sense := mention.value) is not None
        and (leaders or sense.form is not Form.LEADER)
        and _is_meant(text, mention.span, sense.form)
    )


def scene_words_in(text: str) -> tuple[Mention[tuple[str, ...]], ...]:
    """The words in ``text`` that name no actor but tell where it plays (``reference/scene_words.csv``): operations,
    newspapers, institutions; each with the codes of their countries."""
    return _scanned(text)[1]


@lru_cache(maxsize=32)
def _scanned(text: str) -> tuple[tuple[Mention[_Sense | None], ...], tuple[Mention[tuple[str, ...]], ...]]:
    """The names of actors and the words that tell where a text plays."""
    return _names().find(text)


def actor_of(name: str) -> Actor | None:
    """The actor that ``name`` stands for, as claims write it; ``None`` if it is not known.

    Args:
        name: a country's name, adjective, code, capital or a common misspelling; a group's name or alias; a mission or
            service (its parent or country is returned); or such a name with words after it ("Taliban fighters").
    """
    plain = folded(name).text.strip().removesuffix("'s")
    asked = key(plain).removeprefix("the ")
    if asked not in _WORDS or plain.isupper():
        found = _by_name().get(asked)
        if found is not None:
            return found
    country = country_of(plain)
    if country is not None:
        return _actor(country)
    mentions = find_actors(plain)
    ids = {mention.actor.id for mention in mentions}
    if len(ids) == 1 and mentions[0].span.start <= len("the "):
        return mentions[0].actor
    return _nearest(asked) if not mentions else None


def group_of(name: str) -> Group | None:
    """The group that ``name`` is a name of, case and diacritics aside; ``None`` if there is none."""
    plain = folded(name).text.strip()
    asked = key(plain).removeprefix("the ")
    return _group_by_name().get(asked) if asked not in _WORDS or plain.isupper() else None


def _actor(country: Country) -> Actor:
    return Actor(country.name, country.iso3)


def _group(row: dict[str, str]) -> Group:
    items = (row["name"], *listed(row["aliases"]))
    return Group(
        name=row["name"].removeprefix("~"),
        kind=GroupKind(row["kind"]),
        aliases=tuple(item.removeprefix("~") for item in items[1:]),
        iso3=row["iso3"] or None,
        parent=row["parent"] or None,
        unsearched=frozenset(item[1:] for item in items if item.startswith("~")),
    )


@cache
def _names() -> JointLexicon[_Sense | None, tuple[str, ...]]:
    scene_words = ((row["words"], listed(row["homes"])) for row in reference_rows("scene_words.csv"))
    return JointLexicon(_searched(), scene_words)


def _searched() -> Iterator[tuple[str, _Sense | None]]:
    """Every name looked for in texts with its sense, ``None`` for phrases passed over; the first of a name counts."""
    for row in reference_rows("not_actors.csv"):
        yield from _cases(row["phrase"], None)
    for group in groups():
        sense = _Sense(group.actor, group.form, group.name if group.form is Form.MISSION else None)
        for name in (group.name, *group.aliases):
            if name not in group.unsearched:
                yield from _cases(name, sense)
    for country in countries():
        for words, form in (
            (country.names, Form.NAME),
            (country.adjectives, Form.ADJECTIVE),
            (country.demonyms, Form.DEMONYM),
            (country.capitals, Form.CAPITAL),
            (country.metonyms, Form.METONYM),
        ):
            for name in country.searched(words):
                yield from _cases(name, _Sense(_actor(country), form))

    for row in reference_rows("leaders.csv"):
        for name in listed(row["names"]):
            yield from _cases(name, _Sense(_actor(country_by_code()[row["iso3"]]), Form.LEADER))


def _cases(name: str, sense: _Sense | None) -> Iterator[tuple[str, _Sense | None]]:
    """The name as it is usually written, with a capital (it may begin a sentence), and in capitals."""
    yield name, sense
    yield name[0].upper() + name[1:], sense
    if len(name) > 4:
        yield name.upper(), sense


@cache
def _by_name() -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for country in countries():
        found.setdefault(key(country.name).removeprefix("the "), _actor(country))
    for name, group in _group_by_name().items():
        found.setdefault(name, group.actor)
    for country in countries():
        for name in (*country.capitals, *country.metonyms):
            if name not in country.unsearched:
                found.setdefault(key(name), _actor(country))
    return found


@cache
def _group_by_name() -> dict[str, Group]:
    found: dict[str, Group] = {}
    for group in groups():
        for name in (group.name, *group.aliases):
            found.setdefault(key(name).removeprefix("the "), group)
    return found


@cache
def _persons() -> dict[str, frozenset[str]]:
    return {row["part"]: frozenset(listed(row["words"])) for row in reference_rows("persons.csv")}


def _is_meant(text: str, span: Span, form: Form) -> bool:
    """Whether the words around a name leave it standing for the actor."""
    words = span.of(text)
    if words.lower() in _WORDS and words != "US":
        around = text[max(0, span.start - _WINDOW) : span.start] + text[span.end : span.end + _WINDOW]
        letters = [char for char in around if char.isalpha()]
        return not letters or any(char.islower() for char in letters)
    if form not in (Form.NAME, Form.CAPITAL, Form.GROUP) or not words.isalpha() or words.isupper():
        return True
    before = _word_before(text, span.start)
    persons = _persons()
    if before in persons["title"] or before in persons["given"]:
        return False
    return form is Form.GROUP or _word_after(text, span.end) not in persons["family"]


def _word_before(text: str, start: int) -> str:
    end = start - 1
    if end < 1 or text[end] != " ":
        return ""
    if text[end - 1] == ".":
        end -= 1
    at = end
    while at > 0 and end - at < _LONGEST_COMPOUND and text[at - 1].isalpha():
        at -= 1
    return text[at:end]


def _word_after(text: str, end: int) -> str:
    if text[end : end + 1] != " ":
        return ""
    at = end + 1
    while at < len(text) and at - end < _LONGEST_COMPOUND and (text[at].isalpha() or text[at] in "'’"):
        at += 1
    return text[end + 1 : at].removesuffix("'s").removesuffix("’s")


def _compound(text: str, end: int) -> str | None:
    if text[end : end + 1] not in ("-", "\u2010", "\u2011"):
        return None
    at = end + 1
    while at < len(text) and at - end < _LONGEST_COMPOUND and text[at].isalpha():
        at += 1
    return text[end + 1 : at].lower() or None


def _nearest(asked: str) -> Actor | None:
    """The group whose name is nearest to a misspelt one, if near enough."""
    if not 6 <= len(asked) <= 80:
        return None
    from rapidfuzz import fuzz, process

    names = [name for name in _group_by_name() if len(name) >= 6]
    best = process.extractOne(asked, names, scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return _group_by_name()[best[0]].actor if best and best[0][0] == asked[0] else None
