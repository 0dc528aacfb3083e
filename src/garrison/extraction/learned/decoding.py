"""Decoding: the heads' scores of a passage as proposals, claims that may be right, each with its grounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt

from garrison.extraction.grammar.drafting import ADDRESS, OFFICER
from garrison.extraction.grammar.named import HEADQUARTERS, class_of
from garrison.extraction.grammar.weighing import confidence
from garrison.extraction.learned.candidates import Anchor, Found, Option, Role, Sort, ahead
from garrison.extraction.learned.features import ODDS_WIDTH, Weigh
from garrison.extraction.learned.fields import Leads, Vectors, leads_of
from garrison.extraction.learned.heads import Heads
from garrison.extraction.learned.hints import Hint
from garrison.extraction.learned.passage import Passage
from garrison.extraction.learned.quoting import Ends, quotation
from garrison.extraction.learned.worth import Grounds
from garrison.naming.forces import ForceMention
from garrison.naming.units import UnitMention, unit_key
from garrison.vocabulary import Actor, Asset, Attribution, Claim, Kind, Measure, Period, Place, Span, Status

__all__ = ["Proposal", "proposals_of"]

Array = npt.NDArray[np.float32]
_KINDS, _STATUSES, _MEASURES, _ASSETS = tuple(Kind), tuple(Status), tuple(Measure), tuple(Asset)
_TRUST = {Role.UNIT: 1.5}  # what the rules' choice adds, beyond what the panel has learned of it
_READY = {Role.ACTOR: 0.7, Role.PLACE: 0.7}  # by how much none must beat the likeliest for a field to stay empty
_FURTHER = {Role.ACTOR: 1.5, Role.PLACE: 1.5}  # by how much a second actor or place must beat none
_LISTED = -0.5  # … and one that the rules choose, too
_SURELY = -3.0  # … in a reading that is likely right
_SURE = 0.85  # the chance by rule from which it is
_SAID = 0.5  # what a status that the rules read adds to the panel's share for it
_LEXICON = 0.5  # what the lexicon's class of a force word adds to the panel's share for it
_SECOND = 0.5  # the chance from which an anchor is read as a second kind of claim too
_BY_RULE = 0.35  # the chance by rule from which an anchor is proposed, whatever the panel says
_LEVEL = frozenset({Kind.PRESENT, Kind.STRENGTH, Kind.EXERCISE})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that may be right, and what speaks for and against it."""

    claim: Claim
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the panel says of an anchor before its fields are filled; chances and shares from 0 to 1."""

    kind: Kind
    status: Status
    measure: Measure
    asset: Asset
    chance: float
    of_kind: float
    by_rule: float | None
    status_share: float
    asset_share: float
    rival: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """One anchor as a claim of one kind: the passage's claim with that ``number`` to the panel."""

    passage: Passage
    anchor: int
    number: int
    leads: Mapping[Role, Leads]
    weigh: Weigh


def proposals_of(
    passage: Passage,
    tokens: Sequence[Array],
    panel: Heads,
    ends: Ends,
    marks: Mapping[str, int],
    least: float,
    core: Span | None = None,
    weigh: Weigh = confidence,
) -> list[Proposal]:
    """The proposals of a passage at anchors whose chance is at least ``least``, in the order of their anchors.

    Items of lists that the rules read surely (``Passage.listed``) are left to them.

    Args:
        passage: the passage made ready.
        tokens: per member of the panel the encoder's vectors that it reads, one for each of the passage's ``ids``.
        panel: the heads of its members, whose scores are averaged.
        ends: where quotations begin and end.
        marks: the numbers of the grammar's marks.
        least: the chance, 0 to 1, from which an anchor is proposed; one that the rules read is so more easily.
        core: the stretch in which an anchor must begin; anywhere if ``None``.
        weigh: gives the chance, 0 to 1, of a rule's reading.
    """
    if not passage.anchors:
        return []
    features, flags = passage.anchor_table(marks, weigh)
    vectors = Vectors(panel, tokens)
    anchors = panel.anchors(vectors.of(passage.anchor_tokens()), features, flags)
    chances = panel.kinds(anchors, features[:, -ODDS_WIDTH:]).mean(0)
    ruled = [_by_rule(hint, weigh) for hint in passage.hints]
    listed = [reading.claim.span for reading, _ in passage.listed(weigh) if reading.claim.span]
    picked = _picked(passage, chances, ruled, least, core, listed)
    if not picked:
        return []
    rows, kinds = [a for a, _, _ in picked], np.asarray([k for _, k, _ in picked], dtype=np.int64)
    claims = panel.claims(anchors[:, rows], kinds)
    shares = {name: _softmax(panel.labels(name, claims)).mean(0) for name in ("status", "measure", "asset")}
    said = shares["status"].copy()
    for index, row in enumerate(rows):
        force = passage.anchors[row].force
        found_here = passage.anchors[row].found
        known = force.asset if force is not None else _class_of(found_here)
        if HEADQUARTERS in passage.hints[row].marks:
            known = Asset.UNIT
        if known is not None:
            shares["asset"][index, _ASSETS.index(known)] += _LEXICON
        for status in {reading.claim.status for reading in passage.hints[row].readings}:
            shares["status"][index, _STATUSES.index(status)] += _SAID
    labels = {name: share.argmax(1) for name, share in shares.items()}
    leads = leads_of(passage, rows, claims, vectors, panel)
    found: list[Proposal] = []
    for index, (at, number, chance) in enumerate(picked):
        kind = _KINDS[number]
        verdict = _Verdict(
            kind,
            _STATUSES[int(labels["status"][index])],
            Measure.LEVEL if kind in _LEVEL else _MEASURES[int(labels["measure"][index])],
            _ASSETS[int(labels["asset"][index])],
            chance,
            float(chances[at, number]),
            ruled[at].get(kind),
            float(said[index, labels["status"][index]]),
            float(shares["asset"][index].max()),
            _rival(passage, picked, at),
        )
        found.extend(_proposals(_Reading(passage, at, index, leads, weigh), ends, verdict))
    return _without_members(found)


def _class_of(found: Found) -> Asset | None:
    """The class that the name of a unit says by itself, as a ship's does."""
    known = class_of(found) if isinstance(found, UnitMention) else Asset.UNIT
    return known if known is not Asset.UNIT else None


def _by_rule(hint: Hint, weigh: Weigh) -> dict[Kind, float]:
    """The chance of a claim of each kind that the rules read."""
    found: dict[Kind, float] = {}
    for reading in hint.readings:
        kind = reading.claim.kind
        found[kind] = max(found.get(kind, 0.0), weigh(reading.marks))
    return found


def _rival(passage: Passage, picked: Sequence[tuple[int, int, float]], at: int) -> float:
    """The highest chance at another anchor of the sentence of ``at``."""
    outline, anchors = passage.outline, passage.anchors
    home = outline.sentence(anchors[at].span.start)
    return max((c for a, _, c in picked if a != at and outline.sentence(anchors[a].span.start) == home), default=0.0)


def _picked(
    passage: Passage,
    chances: Array,
    ruled: Sequence[Mapping[Kind, float]],
    least: float,
    core: Span | None,
    listed: Sequence[Span],
) -> list[tuple[int, int, float]]:
    """Anchors with a kind and the chance of a claim there: of any kind for the likeliest, its own for a second one.

    None lies in a stretch of ``listed``, which is read already.
    """
    whole = 1.0 - np.prod(1.0 - chances, axis=1)
    picked = [a for a in range(len(chances)) if whole[a] >= least or max(ruled[a].values(), default=0.0) >= _BY_RULE]
    if core is not None:
        picked = [a for a in picked if core.start <= passage.anchors[a].span.start < core.end]
    picked = [a for a in picked if not any(passage.anchors[a].span.overlaps(span) for span in listed)]
    found: list[tuple[int, int, float]] = []
    for a in _without_echoes(passage, whole, picked):
        top = int(chances[a].argmax())
        found.append((a, top, float(whole[a])))
        found += [(a, k, float(chances[a, k])) for k in range(len(_KINDS)) if k != top and chances[a, k] >= _SECOND]
    return found


def _without_echoes(passage: Passage, chances: Array, picked: Sequence[int]) -> list[int]:
    """The anchors without force words whose number is likelier, and of two that overlap only the likelier."""
    counted = {
        anchor.force.span: chances[a]
        for a in picked
        if (anchor := passage.anchors[a]).sort is Sort.QUANTITY and anchor.force is not None
    }
    kept: list[int] = []
    for a in picked:
        anchor = passage.anchors[a]
        if anchor.sort is Sort.FORCE and counted.get(anchor.span, -1.0) >= chances[a]:
            continue
        if kept and passage.anchors[kept[-1]].span.overlaps(anchor.span):
            if chances[a] > chances[kept[-1]]:
                kept[-1] = a
            continue
        kept.append(a)
    return kept


def _without_members(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals without named units whose people are proposed in the same words (guide, *asset*)."""
    claims = [proposal.claim for proposal in proposals]
    manned = [c for c in claims if c.asset is Asset.PERSONNEL and c.unit and c.quantity]
    return [p for p in proposals if p.claim.asset is not Asset.UNIT or not any(_mans(c, p.claim) for c in manned)]


def _mans(people: Claim, formation: Claim) -> bool:
    same = (people.unit, people.kind, people.place) == (formation.unit, formation.kind, formation.place)
    return same and people.span is not None and formation.span is not None and people.span.overlaps(formation.span)


def _softmax(rows: Array) -> Array:
    raised: Array = np.exp(rows - rows.max(-1, keepdims=True))
    share: Array = raised / raised.sum(-1, keepdims=True)
    return share


def _proposals(reading: _Reading, ends: Ends, verdict: _Verdict) -> list[Proposal]:
    """What an anchor proposes: a claim for each of its actors and places."""
    passage, kind = reading.passage, verdict.kind
    scene = passage.scene
    anchor, hint = passage.anchors[reading.anchor], passage.hints[reading.anchor]
    places = _several(reading, Role.PLACE) if kind is not Kind.STRENGTH else []
    origin = _single(reading, Role.ORIGIN) if kind in (Kind.DEPLOY, Kind.RELOCATE, Kind.EXERCISE) else None
    when, unit, words = (_single(reading, role) for role in (Role.WHEN, Role.UNIT, Role.WORDS))
    period = when.value if when and isinstance(when.value, Period) else None
    if period is not None and verdict.status is Status.PLANNED:
        period = ahead(period, scene.published)
    sources = [o.value for _, o in _several(reading, Role.SOURCE) if isinstance(o.value, Attribution)]
    owners = _several(reading, Role.ACTOR)
    chosen = {
        role: [option]
        for role, option in ((Role.WHEN, when), (Role.UNIT, unit), (Role.ORIGIN, origin))
        if option is not None
    }
    ruling = {Role.ACTOR: [o for _, o in owners], Role.PLACE: [o for _, o in places], **chosen}
    quote = quotation(passage, reading.anchor, kind, ruling, ends)
    claim = Claim(
        quote=quote.of(scene.text),
        span=quote,
        kind=kind,
        status=verdict.status,
        asset=verdict.asset,
        measure=verdict.measure,
        unit=_unit(reading, unit),
        asset_text=_words(passage, anchor, words),
        quantity=anchor.number.value if anchor.sort is Sort.QUANTITY and anchor.number else None,
        origin=origin.value if origin and isinstance(origin.value, Place) else None,
        when=period,
        source=tuple(sources),
    )
    home = passage.outline.sentence(anchor.span.start)
    found: list[Proposal] = []
    nobody: list[tuple[float, Option] | None] = [None]
    for owner, where in product(owners or nobody, places or nobody):
        actor, place = owner[1] if owner else None, where[1] if where else None
        grounds = Grounds(
            sort=anchor.sort,
            kind=kind,
            status=verdict.status,
            chance=verdict.chance,
            of_kind=verdict.of_kind,
            by_rule=verdict.by_rule,
            status_share=verdict.status_share,
            asset_share=verdict.asset_share,
            place_lead=where[0] if where else None,
            actor_lead=owner[0] if owner else None,
            unit=claim.unit is not None,
            number=claim.quantity is not None,
            addressed=ADDRESS in hint.marks,
            officer=OFFICER in hint.marks,
            place_by_rule=place is not None and place.entity in hint.chosen(Role.PLACE),
            actor_by_rule=actor is not None and actor.entity in hint.chosen(Role.ACTOR),
            place_near=place is not None and not place.titled and passage.outline.sentence(place.span.start) == home,
            rival=verdict.rival,
            siblings=max(1, len(owners)) * max(1, len(places)),
        )
        whose = actor.value if actor and isinstance(actor.value, Actor) else None
        site = place.value if place and isinstance(place.value, Place) else None
        found.append(Proposal(replace(claim, actor=whose, place=site), grounds))
    return found


def _unit(reading: _Reading, chosen: Option | None) -> str | None:
    """The unit chosen, unless rules that are likely right read one that is composed of several ("EUTM, MINUSMA")."""
    hint, offered = reading.passage.hints[reading.anchor], reading.passage.options[Role.UNIT]
    for each in hint.readings:
        name = each.claim.unit
        if name and unit_key(name) not in {o.entity for o in offered} and reading.weigh(each.marks) >= _SURE:
            return name
    return chosen.value if chosen and isinstance(chosen.value, str) else None


def _words(passage: Passage, anchor: Anchor, words: Option | None) -> str | None:
    if words is not None:
        return words.span.of(passage.scene.text)
    return anchor.span.of(passage.scene.text) if isinstance(anchor.found, ForceMention) else None


def _entities(reading: _Reading, role: Role) -> dict[str, tuple[float, Option]]:
    """By how much each entity of a role (its mentions together) beats none, and its best mention."""
    known = reading.leads.get(role)
    if known is None:
        return {}
    options, lead = reading.passage.options[role], known.of(reading.number)
    _trust(reading, role, lead)
    return {entity: (value, options[known.best(reading.number, entity)]) for entity, value in lead.items()}


def _trust(reading: _Reading, role: Role, lead: dict[str, float]) -> None:
    """Adds what the rules' choice is worth beyond what the panel has learned of it."""
    hint, worth = reading.passage.hints[reading.anchor], _TRUST.get(role, 0.0)
    if not hint.readings or not worth:
        return
    chosen = hint.chosen(role)
    for entity in lead:
        lead[entity] += worth if entity in chosen else -worth


def _single(reading: _Reading, role: Role) -> Option | None:
    value, option = max(_entities(reading, role).values(), key=lambda pair: pair[0], default=(-1e4, None))
    return option if value > -_READY.get(role, 0.0) else None


def _several(reading: _Reading, role: Role) -> list[tuple[float, Option]]:
    """The entities of a role that beat none, and by how much, in the order of the text; those alone that the rules
    choose, where their reading is likely right: who is sure and does not agree with them is wrong more often."""
    hint = reading.passage.hints[reading.anchor]
    sure = Hint(tuple(each for each in hint.readings if reading.weigh(each.marks) >= _SURE)).chosen(role)
    found = list(_entities(reading, role).values())
    found = [each for each in found if each[1].entity in sure] or found
    first = max((value for value, _ in found), default=0.0)
    further = dict.fromkeys(hint.chosen(role), _LISTED) | dict.fromkeys(sure, _SURELY)

    def least(value: float, option: Option) -> float:
        alone = -_READY.get(role, 0.0) if value == first else _FURTHER.get(role, 0.0)
        return min(alone, further.get(option.entity, alone))

    chosen = [each for each in found if each[0] > least(*each)]
    return sorted(chosen, key=lambda each: (each[1].titled, each[1].span))
