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
    for name in citation.sources:
        quoted = _outlet(name)
        if quoted is not None and (citation.outlet is None or quoted.id != _outlet_id(citation.outlet)):
            return Voice(quoted.id, quoted.name, _house(quoted.name), f"reported by {quoted.name}")
    name = citation.outlet or citation.voice
    return Voice(_outlet_id(name) or citation.voice, name, _house(name))


def _house(name: str) -> str | None:
    """Who owns the outlet; a state's outlets are the state's, whatever company stands between."""
    outlet = _outlet(name)
    if outlet is None:
        return None
    if outlet.state_controlled and outlet.country:
        return f"state {outlet.country}"
    return outlet.owner


def voices(citations: Sequence[Citation], lineages: Sequence[Lineage] = ()) -> tuple[Voice, ...]:
    """The voice of each citation, in the order given.

    Claims in passages of one lineage are one voice, that of the first known; so are the same official's same
    figures within a week. A claim that its text ascribes to a medium is that medium's.

    Args:
        citations: claims as the ledger cites them; their order decides nothing.
        lineages: what is known of shared passages.
    """
    own = [own_voice(citation) for citation in citations]
    unions = Unions(len(citations))
    # The first known speaks for its group, so they are joined in that order.
    order = sorted(range(len(citations)), key=lambda at: (citations[at].known, citations[at].claim))
    rank = {at: number for number, at in enumerate(order)}
    because: dict[int, str] = {}
    for reason, groups in (
        ("words shared with", _copies(citations, lineages)),
        ("the word of", _same_words(citations)),
    ):
        for official, group in groups:
            first = min(group, key=rank.__getitem__)
            for at in group:
                unions.join(rank[first], rank[at])
                if at != first and own[at].id != own[first].id:
                    because.setdefault(at, f"{reason} {official or own[first].name}")
    found = []
    for at, voice in enumerate(own):
        speaker = own[order[unions.of(rank[at])]]
        joined = because.get(at) if speaker.id != voice.id else None
        found.append(Voice(speaker.id, speaker.name, speaker.house, joined or voice.because))
    return tuple(found)


def _copies(citations: Sequence[Citation], lineages: Sequence[Lineage]) -> list[tuple[str, list[int]]]:
    passages: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, lineage in enumerate(lineages):
        for passage in lineage.passages:
            passages[passage.document].append((passage.paragraph.start, passage.paragraph.end, number))
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, citation in enumerate(citations):
        if citation.span is None:
            continue
        for start, end, number in passages.get(citation.document, ()):
            if start <= citation.span.start < end:
                # A shared paragraph in which a figure was changed is no copy of that figure.
                groups[number, figure(citation)].append(at)
    return [("", group) for group in groups.values() if len(group) > 1]


def _same_words(citations: Sequence[Citation]) -> list[tuple[str, list[int]]]:
    spoken: dict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    names: dict[tuple[object, ...], str] = {}
    for at, citation in enumerate(citations):
        official = _official(citation)
        if official is not None and citation.quantity is not None:
            word = (official.casefold(), figure(citation))
            names[word] = official
            spoken[word].append((said_day(citation), at))
    found = []
    for said, dated in spoken.items():
        group: list[tuple[int, int]] = []
        for day, at in sorted(dated):
            if group and day - group[-1][0] > SAME_WORD:
                found.append((names[said], [one for _, one in group]))
                group = []
            group.append((day, at))
        found.append((names[said], [one for _, one in group]))
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
