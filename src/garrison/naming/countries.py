"""Countries and territories: names, adjectives, codes and misspellings to one ISO 3166-1 identity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from garrison.naming.lexicon import folded, key, listed, reference_rows

# A misspelling must be this like the name it stands for (0 to 100) and this much more like it than any other
# country's: "Tajikstan" scores 95, "Nigeria" against "Niger" would score 83.
_LIKENESS = 86.0
_LEAD = 4.0
_SHORTEST_GUESSED = 6


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1 (or Kosovo, ``XKX``) by its common short English name.

    ``adjectives`` and ``demonyms`` are words for what and who is of it, ``metonyms`` the capital and other cities and
    buildings that stand for its government. ``unsearched`` are the ones among all of these that mean too many other
    things to be looked for in a text.
    """

    iso3: str
    iso2: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    unsearched: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    def searched(self, words: Iterable[str]) -> Iterator[str]:
        """Those of ``words`` that may be looked for in a text."""
        return (word for word in words if word not in self.unsearched)


@cache
def countries() -> tuple[Country, ...]:
    """Every country and territory, by code (``reference/countries.csv``)."""
    return tuple(_country(row) for row in reference_rows("countries.csv"))


@cache
def country_by_code() -> dict[str, Country]:
    """Countries by their alpha-3 codes, in upper case."""
    return {country.iso3: country for country in countries()}


def country_of(name: str) -> Country | None:
    """The country that ``name`` stands for.

    Args:
        name: a name, former name, adjective, demonym or ISO code; case, diacritics, "the" and a possessive do not
            matter, save that two-letter codes count in upper case only. A common misspelling ("Tajikstan") will do,
            where it is near one country and no other. Capitals are no names of countries.

    Returns:
        the country, or ``None`` if there is none or more than one.
    """
    plain = folded(name).text.strip()
    if len(plain) == 2:
        return _by_iso2().get(plain) or _by_name().get(key(plain) if plain.isupper() else "")
    asked = _asked(plain)
    found = _by_name().get(asked) or country_by_code().get(name.strip().upper())
    return found or (_nearest(asked) if len(asked) >= _SHORTEST_GUESSED else None)


def _asked(plain: str) -> str:
    asked = key(plain).removeprefix("the ")
    return asked.removesuffix("'s") if not asked.endswith("s'") else asked[:-1]


@cache
def _by_iso2() -> dict[str, Country]:
    return {country.iso2: country for country in countries()}


@cache
def _by_name() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for country in countries():
        for name in (*country.names, *country.adjectives, *country.demonyms):
            found.setdefault(key(name).removeprefix("the "), country)
    # Two letters in lower case are words ("us"); they are asked for in upper case only, in country_of.
    return found


@cache
def _guessable() -> dict[str, Country]:
    return {name: country for name, country in _by_name().items() if len(name) >= _SHORTEST_GUESSED}


def _nearest(asked: str) -> Country | None:
    """The country whose name is nearest to ``asked``, if near enough and clearly nearer than any other's."""
    from rapidfuzz import fuzz, process

    if len(asked) > 60:
        return None
    best: Country | None = None
    highest = 0.0
    for name, score, _ in process.extract(asked, _guessable().keys(), scorer=fuzz.ratio, limit=12, score_cutoff=80):
        country = _guessable()[name]
        # People misspell the middle and the end of names, seldom how they begin: "Oman" is no slip for "Roman".
        if best is None:
            if score < _LIKENESS or name[0] != asked[0]:
                return None
            best, highest = country, score
        elif country != best and highest - score < _LEAD:
            return None
    return best


def _country(row: dict[str, str]) -> Country:
    unsearched: set[str] = set()

    def words(column: str) -> tuple[str, ...]:
        items = listed(row[column])
        unsearched.update(item[1:] for item in items if item.startswith("~"))
        return tuple(item.removeprefix("~") for item in items)

    adjectives = words("adjectives")
    plurals = tuple(f"{word}s" for word in adjectives if word.endswith(("an", "i")) and word not in unsearched)
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"],
        name=row["name"],
        aliases=words("aliases"),
        adjectives=adjectives,
        demonyms=(*words("demonyms"), *plurals),
        capitals=words("capital"),
        metonyms=words("metonyms"),
        unsearched=frozenset(unsearched),
    )
