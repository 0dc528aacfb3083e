"""Surroundings: the country that a passage is about, for a force that it gives no place of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from garrison.extraction.grammar.prepositions import prepositions
from garrison.extraction.grammar.scene import Scene, within
from garrison.naming.actors import Form
from garrison.naming.countries import country_of
from garrison.naming.place_owners import country_place
from garrison.vocabulary import Mention, Place, PlaceKind, Span

_PLACING = frozenset(
    {"in", "at", "on", "near", "inside", "across", "from", "into", "to", "over", "around", "throughout", "within"}
)


def country_around(scene: Scene, own: Collection[str]) -> Mention[Place] | None:
    """The one country, none of ``own``, in which a passage places more than in any other; ``None`` if there is none."""
    ranked = [(number, place) for iso3, number, place in _countries(scene) if iso3 not in own]
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def country_of_place(place: Mention[Place]) -> Mention[Place] | None:
    """The country that a place lies in, for "the country"; ``None`` if it is one itself or lies in none."""
    country = country_of(place.value.iso3) if place.value.iso3 and place.value.kind is not PlaceKind.COUNTRY else None
    whole = country_place(country.name) if country is not None else None
    return Mention(place.span, whole) if whole is not None else None


@lru_cache(maxsize=8)
def _countries(scene: Scene) -> tuple[tuple[str, int, Mention[Place]], ...]:
    """Per country that the passage or its title places something in: how often, and where it names it."""
    found: dict[str, Mention[Place]] = {}
    times: Counter[str] = Counter()
    for sentence in scene.sentences:
        for where in prepositions(scene, sentence):
            if where.preposition in _PLACING and not _is_whose(scene, where.mention):
                _count(where.mention, found, times)
    for place in scene.title_places:
        _count(place, found, times)
    return tuple((iso3, number, found[iso3]) for iso3, number in times.most_common())


def _is_whose(scene: Scene, place: Mention[Place]) -> bool:
    """Whether a place is named by no more than whose it is: "aimed at Iranian bases"."""
    start = place.span.start
    return any(actor.form is Form.ADJECTIVE for actor in within(scene.actors, Span(start, start + 1)))


def _count(place: Mention[Place], found: dict[str, Mention[Place]], times: Counter[str]) -> None:
    iso3 = place.value.iso3
    if iso3 is None:
        return
    times[iso3] += 1
    if iso3 not in found or (place.value.kind is PlaceKind.COUNTRY and found[iso3].value.kind is not PlaceKind.COUNTRY):
        found[iso3] = place
