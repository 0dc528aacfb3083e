"""Voices: on whose word a claim stands in the end, when copies and quotations are followed to where they began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from garrison.estimation.days import said_day
from garrison.estimation.lineage import Lineage
from garrison.estimation.unions import Unions
from garrison.naming.outlets import Outlet, outlet_id, outlet_of
from garrison.vocabulary import Citation, Role

# The same official's same figure within so many days is one statement.
SAME_WORD = 7
_OFFICIAL = frozenset({Role.GOVERNMENT, Role.FORCE, Role.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word: an identity, what to call it, whose it is (``house``), and why it is not the outlet's own."""

    id: str
    name: str
    house: str | None = None
    because: str | None = None


@lru_cache(maxsize=65536)
def _outlet(name: str) -> Outlet | None:
    return outlet_of(name)


@lru_cache(maxsize=65536)
def _outlet_id(name: str) -> str:
    return outlet_id(name)


def own_voice(citation: Citation) -> Voice:
    """The voice of a citation by itself: the medium that its text says reported it, else the outlet."""
    return _own_voice(citation.outlet, citation.voice, citation.sources)


@lru_cache(maxsize=65536)
def _own_voice(outlet: str | None, voice: str, sources: tuple[str, ...]) -> Voice:
    for name in sources:
        quoted = _outlet(name)
        if quoted is not None and (outlet is None or quoted.id != _outlet_id(outlet)):
            return Voice(quoted.id, quoted.name, _house(quoted.name), f"reported by {quoted.name}")
    name = outlet or voice
    return Voice(_outlet_id(name) or voice, name, _house(name))


def _house(name: str) -> str | None:
    """Who owns the outlet; a state's outlets are the state's, whatever company stands between."""
    outlet = _outlet(name)
    if outlet is None:
        return None
    if outlet.state_controlled and outlet.country:
        return f"state {outlet.country}"
    return outlet.owner


@dataclass(frozen=True, slots=True)
class Spoken:
    """What of a claim decides whose word it is.

    ``own`` is its voice by itself, ``official`` the official or body that it ascribes a number to, ``figure`` what it
    says (:func:`figure`), ``day`` when it was published (ordinal), ``known`` when its wording was known (ISO 8601);
    ``start`` is where in the text of ``document`` it stands.
    """

    claim: str
    document: str
    known: str
    day: int
    figure: str
    own: Voice
    official: str | None
    start: int | None


@lru_cache(maxsize=65536)
def _in_words(said: tuple[object, ...]) -> str:
    return "|".join(map(str, said))


def spoken(citation: Citation) -> Spoken:
    """What of a citation decides whose word it is."""
    return Spoken(
        citation.claim,
        citation.document,
        citation.known,
        said_day(citation),
        _in_words(figure(citation)),
        own_voice(citation),
        _official(citation) if citation.quantity is not None else None,
        None if citation.span is None else citation.span.start,
    )


def voices(citations: Sequence[Citation], lineages: Sequence[Lineage] = ()) -> tuple[Voice, ...]:
    """The voice of each citation, in the order given; see :func:`joined`."""
    return joined([spoken(each) for each in citations], lineages)


def joined(said: Sequence[Spoken], lineages: Sequence[Lineage] = ()) -> tuple[Voice, ...]:
    """The voice of each claim, in the order given.

    Claims in passages of one lineage are one voice, that of the first known; so are the same official's same
    figures within a week. A claim that its text ascribes to a medium is that medium's.

    Args:
        said: what decides it of each claim; their order decides nothing.
        lineages: what is known of shared passages.
    """
    found = [each.own for each in said]
    for at, voice in other_voices(dict(enumerate(said)), lineages).items():
        found[at] = voice
    return tuple(found)


def other_voices(said: Mapping[int, Spoken], lineages: Sequence[Lineage] = ()) -> dict[int, Voice]:
    """The voices of those claims that are not of the voice that they have by themselves (:func:`joined`).

    Args:
        said: by position, those claims that stand in a passage of ``lineages`` or that an official may have said twice.
        lineages: what is known of shared passages.
    """
    groups = [("words shared with", *each) for each in _copies(said, lineages)]
    groups += [("the word of", *each) for each in _same_words(said)]
    # The first known speaks for its group, so they are joined in that order.
    concerned = {at for _, _, group in groups for at in group}
    order = sorted(concerned, key=lambda at: (said[at].known, said[at].claim))
    rank = {at: number for number, at in enumerate(order)}
    unions = Unions(len(order))
    because: dict[int, str] = {}
    for reason, official, group in groups:
        first = min(group, key=rank.__getitem__)
        for at in group:
            unions.join(rank[first], rank[at])
            if at != first and said[at].own.id != said[first].own.id:
                because.setdefault(at, f"{reason} {official or said[first].own.name}")
    found: dict[int, Voice] = {}
    for at in order:
        own, speaker = said[at].own, said[order[unions.of(rank[at])]].own
        if speaker is not own:
            why = because.get(at) if speaker.id != own.id else None
            found[at] = Voice(speaker.id, speaker.name, speaker.house, why or own.because)
    return found


def _copies(said: Mapping[int, Spoken], lineages: Sequence[Lineage]) -> list[tuple[str, list[int]]]:
    passages: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, lineage in enumerate(lineages):
        for passage in lineage.passages:
            passages[passage.document].append((passage.paragraph.start, passage.paragraph.end, number))
    if not passages:
        return []
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for at, each in said.items():
        if each.start is None:
            continue
        for start, end, number in passages.get(each.document, ()):
            if start <= each.start < end:
                # A shared paragraph in which a figure was changed is no copy of that figure.
                groups[number, each.figure].append(at)
    return [("", group) for group in groups.values() if len(group) > 1]


def _same_words(said: Mapping[int, Spoken]) -> list[tuple[str, list[int]]]:
    dated: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for at, each in said.items():
        if each.official is not None:
            word = (each.official.casefold(), each.figure)
            names[word] = each.official
            dated[word].append((each.day, at))
    found = []
    for word, days in dated.items():
        group: list[tuple[int, int]] = []
        for day, at in sorted(days):
            if group and day - group[-1][0] > SAME_WORD:
                found.append((names[word], [one for _, one in group]))
                group = []
            group.append((day, at))
        found.append((names[word], [one for _, one in group]))
    return [(name, group) for name, group in found if len(group) > 1]


def _official(citation: Citation) -> str | None:
    """The named official or body that the text ascribes the claim to, innermost first."""
    roles: Mapping[str, Role | None] = dict(zip(citation.sources, citation.roles, strict=False))
    for name in citation.sources:
        if roles.get(name) in _OFFICIAL and _outlet(name) is None:
            return name
    return None


def figure(citation: Citation) -> tuple[object, ...]:
    """What a claim says, whoever says it: claims with one figure may be copies of each other."""
    quantity = citation.quantity
    bounds = (quantity.low, quantity.high, quantity.hedge) if quantity else ()
    actor = citation.actor.id if citation.actor else None
    where = (citation.place.iso3 or citation.place.name) if citation.place else None
    return (citation.kind, citation.status, citation.measure, actor, citation.asset, where, bounds)
