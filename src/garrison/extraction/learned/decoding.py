"""Decoding: the heads' scores of a passage as proposals, claims that may be right, each with its grounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from garrison.extraction.grammar.exempt import is_doer
from garrison.extraction.grammar.named import HEADQUARTERS, class_of
from garrison.extraction.grammar.seats import SEATED
from garrison.extraction.grammar.weighing import confidence
from garrison.extraction.learned.candidates import Found, Role, Sort
from garrison.extraction.learned.features import ODDS_WIDTH, Weigh
from garrison.extraction.learned.fields import Fields, Vectors
from garrison.extraction.learned.heads import Heads
from garrison.extraction.learned.hints import Hint
from garrison.extraction.learned.passage import Passage
from garrison.extraction.learned.proposals import Proposal, Reading, Verdict, proposed
from garrison.extraction.learned.quoting import Ends
from garrison.naming.units import UnitMention
from garrison.vocabulary import Asset, Claim, Kind, Measure, Span, Status

__all__ = ["proposals_of"]

Array = npt.NDArray[np.float32]
_KINDS, _STATUSES, _MEASURES, _ASSETS = tuple(Kind), tuple(Status), tuple(Measure), tuple(Asset)
_SAID = 0.5  # what a status that the rules read adds to the panel's share for it
_LEXICON = 0.5  # what the lexicon's class of a force word adds to the panel's share for it
_SEAT = 1.0  # what the rules' reading of a seat adds to the panel's share for a base: it decides
_SECOND = 0.5  # the chance from which an anchor is read as a second kind of claim too
_BY_RULE = 0.35  # the chance by rule from which an anchor is proposed, whatever the panel says
_LEVEL = frozenset({Kind.PRESENT, Kind.STRENGTH, Kind.EXERCISE})


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
    where = passage.anchor_tokens()
    vectors = Vectors(panel, tokens, chain(where, *(passage.option_tokens(role) for role in Role)))
    anchors = panel.anchors(vectors.of(where), features, flags)
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
        if SEATED in passage.hints[row].marks:
            shares["asset"][index, _ASSETS.index(Asset.BASE)] += _SEAT
            known = None
        elif known is Asset.PERSONNEL and any(r.claim.asset is Asset.BASE for r in passage.hints[row].readings):
            known = Asset.BASE  # "a garrison in Gao"
        elif force is None and passage.anchors[row].sort is Sort.QUANTITY:
            known = _class_of_whole(passage.hints[row])
        if known is not None:
            shares["asset"][index, _ASSETS.index(known)] += _LEXICON
        for status in {reading.claim.status for reading in passage.hints[row].readings}:
            shares["status"][index, _STATUSES.index(status)] += _SAID
    labels = {name: share.argmax(1) for name, share in shares.items()}
    fields = Fields(passage, rows, claims, vectors, panel)
    found: list[Proposal] = []
    for index, (at, number, chance) in enumerate(picked):
        kind = _KINDS[number]
        verdict = Verdict(
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
        found.extend(proposed(Reading(passage, at, index, fields, weigh), ends, verdict))
    return _without_members(found)


def _class_of(found: Found) -> Asset | None:
    """The class that the name of a unit says by itself, as a ship's does."""
    known = class_of(found) if isinstance(found, UnitMention) else Asset.UNIT
    return known if known is not Asset.UNIT else None


def _class_of_whole(hint: Hint) -> Asset | None:
    """The class of the force of which the rules read a bare number as a part: "12 bases, including two in Kuwait"."""
    return next((reading.claim.asset for reading in hint.readings if reading.claim.asset_text), None)


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

    None lies in a stretch of ``listed``, which is read already, or only says who did what was done to others.
    """
    whole = 1.0 - np.prod(1.0 - chances, axis=1)
    picked = [a for a in range(len(chances)) if whole[a] >= least or max(ruled[a].values(), default=0.0) >= _BY_RULE]
    if core is not None:
        picked = [a for a in picked if core.start <= passage.anchors[a].span.start < core.end]
    picked = [a for a in picked if not any(passage.anchors[a].span.overlaps(span) for span in listed)]
    picked = [a for a in picked if not _only_did(passage, a)]
    found: list[tuple[int, int, float]] = []
    for a in _without_echoes(passage, whole, picked):
        top = int(chances[a].argmax())
        found.append((a, top, float(whole[a])))
        found += [(a, k, float(chances[a, k])) for k in range(len(_KINDS)) if k != top and chances[a, k] >= _SECOND]
    return found


def _only_did(passage: Passage, anchor: int) -> bool:
    """Whether an anchor is a force of which no rule reads more than that it did something to others."""
    force = passage.anchors[anchor].force
    return force is not None and not passage.hints[anchor].readings and is_doer(passage.scene, force.span)


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
    counted = [p for p in proposals if p.asset is Asset.PERSONNEL and p.grounds.unit and p.grounds.number]
    manned = [p.claim for p in counted if p.claim.unit and p.claim.quantity]
    return [p for p in proposals if p.asset is not Asset.UNIT or not any(_mans(c, p.claim) for c in manned)]


def _mans(people: Claim, formation: Claim) -> bool:
    same = (people.unit, people.kind, people.place) == (formation.unit, formation.kind, formation.place)
    return same and people.span is not None and formation.span is not None and people.span.overlaps(formation.span)


def _softmax(rows: Array) -> Array:
    raised: Array = np.exp(rows - rows.max(-1, keepdims=True))
    share: Array = raised / raised.sum(-1, keepdims=True)
    return share
