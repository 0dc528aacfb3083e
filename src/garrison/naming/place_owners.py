"""Places said by whose they are: "Syrian", "Afghan soil", "the Tajik-Afghan border"."""

from __future__ import annotations

from functools import cache, lru_cache

from garrison.naming.actors import Form, find_actors, may_be_whole
from garrison.naming.countries import country_by_code, country_of
from garrison.naming.gazetteer import capital_of, named
from garrison.naming.lexicon import reference_rows
from garrison.naming.place_ranking import as_place
from garrison.naming.place_words import search
from garrison.naming.spelling import plain
from garrison.vocabulary import Place, PlaceKind


def country_place(name: str) -> Place | None:
    """The country of a name proper, with the middle of its towns; adjectives and misspellings are none."""
    if not name[:1].isupper():
        return None
    return next((as_place(c) for c in named(plain(name)) if c.kind is PlaceKind.COUNTRY), None)


@lru_cache(maxsize=8192)
def of_adjective(name: str) -> Place | None:
    """The country or the region of a bare adjective or demonym ("Syrian", "Turks", "European")."""
    region = _region_adjectives().get(name)
    if region is not None:
        return next((as_place(c) for c in named(plain(region)) if c.kind is PlaceKind.REGION), None)
    if " " in name or name.isupper() or not may_be_whole(name, Form.ADJECTIVE, Form.DEMONYM):
        return None
    found = find_actors(name)
    if len(found) != 1 or found[0].form not in (Form.ADJECTIVE, Form.DEMONYM) or len(found[0].span) != len(name):
        return None
    country = country_by_code().get(found[0].actor.iso3 or "")
    return country_place(country.name) if country else None


@cache
def _region_adjectives() -> dict[str, str]:
    return {row["adjective"]: row["region"] for row in reference_rows("region_adjectives.csv")}


def ground(name: str) -> Place | None:
    """A country's soil, airspace, capital: "Syrian territory", "the Afghan capital"."""
    match = search("ground", name)
    if not match:
        return None
    owner = match.group(1).strip().removesuffix("'s").removesuffix("’s")
    found = find_actors(owner)
    if len(found) != 1 or len(found[0].span) < len(owner) - 1 or found[0].actor.iso3 is None:
        return None
    iso3 = found[0].actor.iso3
    if name.endswith("capital") and (capital := capital_of(iso3)):
        for candidate in named(plain(capital)):
            if candidate.iso3 == iso3 and candidate.kind is PlaceKind.CITY:
                return as_place(candidate)
    country = country_by_code().get(iso3)
    return country_place(country.name) if country else None


def sides_of(words_before: str) -> list[str]:
    """The countries named before the word "border", in their order: "the Tajik-Afghan", "Russia's"."""
    apart = words_before.replace("-", " ").replace("–", " ")
    sides = [actor.actor.iso3 for actor in find_actors(apart) if actor.actor.iso3]
    clipped = [iso3 for word in apart.split() if (iso3 := _clipped(word))]
    return clipped if len(clipped) > len(sides) else sides


def _clipped(word: str) -> str | None:
    """The country of a name, an adjective, or a clipped one, as in "the Pak-Afghan border"."""
    if not word[:1].isupper() or len(word) < 3:
        return None
    country = country_of(word)
    if country is not None:
        return country.iso3
    regions = [c.iso3 for c in named(plain(word)) if c.kind is PlaceKind.REGION and c.iso3]
    if regions:
        return regions[0]
    owners = {c.iso3 for c in country_by_code().values() if any(a.startswith(word) for a in (*c.adjectives, c.name))}
    return owners.pop() if len(owners) == 1 else None
