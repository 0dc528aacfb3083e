"""Alignment: which anchor and which options each annotated claim of a passage rests on. Deterministic.

``training/coverage.py`` prints what it covers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from garrison.extraction.grammar.scene import Scene
from garrison.extraction.learned.candidates import Anchor, Option, Role, Sort, ahead
from garrison.extraction.learned.hints import Hint
from garrison.vocabulary import Actor, Asset, Attribution, Kind, Measure, Period, Place, Quantity, Span, Status

Row = dict[str, Any]
Options = dict[Role, tuple[Option, ...]]
_RULED = 0.6  # what it counts that the rules read the claim's kind at an anchor
_STOP = frozenset({"the", "of", "a", "an", "in", "and", "near", "city", "province", "region", "town", "district"})


@dataclass(slots=True)
class Truth:
    """What the annotation says of one anchor and kind; ``choices`` holds the entities per role, empty for none.

    A role missing from ``choices`` has a value that no option gives: nothing can be learned from it there.
    """

    anchor: int
    kind: Kind
    status: Status
    measure: Measure
    asset: Asset
    quote: Span
    choices: dict[Role, set[str]] = field(default_factory=dict)


def words(text: str | None) -> frozenset[str]:
    """The content words of a name as the annotators' scorer compares them."""
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    found = [re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word) for word in re.findall(r"[a-z0-9]+", plain)]
    return frozenset(word for word in found if word not in _STOP) or frozenset(found)


def likeness(left: str | None, right: str | None) -> float:
    """The share of content words that two names have in common, 0 to 1."""
    a, b = words(left), words(right)
    return len(a & b) / len(a | b) if a and b else 0.0


def truths_of(
    text: str, claims: Iterable[Row], anchors: Sequence[Anchor], options: Options, hints: Sequence[Hint] = ()
) -> tuple[list[Truth], int]:
    """The truths of a passage, and how many of its claims have no anchor.

    Where the words leave open which anchor a claim is about, it is the one at which the rules read its kind
    (``hints``): else they would seem to be wrong there.
    """
    ruled = [frozenset(reading.claim.kind for reading in hint.readings) for hint in hints]
    found: dict[tuple[int, Kind], Truth] = {}
    lost = 0
    for claim in claims:
        quote = _located(text, claim)
        at = _anchor(text, claim, quote, anchors, ruled) if quote else None
        if quote is None or at is None:
            lost += 1
            continue
        kind = Kind(claim["kind"])
        choices = {role: chosen for role in Role if (chosen := _chosen(role, claim, options[role])) is not None}
        known = found.get((at, kind))
        if known is None:
            found[at, kind] = Truth(
                at, kind, Status(claim["status"]), Measure(claim["measure"]), Asset(claim["asset"]), quote, choices
            )
            continue
        for role in (Role.PLACE, Role.ACTOR):
            if role in known.choices and role in choices:
                known.choices[role] |= choices[role]
    return list(found.values()), lost


def _located(text: str, claim: Row) -> Span | None:
    start = text.find(claim["quote"])
    return Span(start, start + len(claim["quote"])) if start >= 0 else None


def _anchor(
    text: str, claim: Row, quote: Span, anchors: Sequence[Anchor], ruled: Sequence[frozenset[Kind]]
) -> int | None:
    """The anchor in the quotation that says most of the claim: its number, else its words, unit, move or actor."""
    best: tuple[float, int] | None = None
    quantity = claim["quantity"]
    for index, anchor in enumerate(anchors):
        if not quote.overlaps(anchor.span):
            continue
        score = _fit(text, claim, quantity, anchor)
        if score > 0 and ruled and claim["kind"] in ruled[index]:
            score += _RULED
        if score > 0 and (best is None or score > best[0]):
            best = score, index
    return best[1] if best else None


def _fit(text: str, claim: Row, quantity: Row | None, anchor: Anchor) -> float:
    written = anchor.span.of(text)
    if anchor.sort is Sort.QUANTITY:
        assert anchor.number is not None
        value: Quantity = anchor.number.value
        if quantity and (value.low, value.high) == (quantity["low"], quantity["high"]):
            near = anchor.force is not None and likeness(anchor.force.span.of(text), claim["asset_text"]) > 0
            return 10 + likeness(value.text, quantity["text"]) + near
        return 0.0
    if anchor.sort is Sort.FORCE:
        alike = likeness(written, claim["asset_text"])
        return 5 + alike if alike else 0.4 * (anchor.found.asset.value == claim["asset"])  # type: ignore[union-attr]
    if anchor.sort is Sort.UNIT:
        alike = max(likeness(written, claim["asset_text"]), likeness(written, claim["unit"]))
        return 4.9 + alike if alike >= 0.3 else 0.0
    if anchor.sort is Sort.MOVE:
        return 2.0 if claim["asset_text"] is None else 0.1
    iso3 = anchor.found.actor.iso3  # type: ignore[union-attr]
    same = iso3 == claim["actor_iso3"] if iso3 else likeness(written, claim["actor"]) >= 0.5
    alike = likeness(written, claim["asset_text"])
    return 4 + alike if alike >= 0.5 else (1.5 if same else 0.0) * (claim["asset_text"] is None)


def _chosen(role: Role, claim: Row, options: Sequence[Option]) -> set[str] | None:
    """The entities that fill ``role`` in ``claim``; empty if it has none, ``None`` if no option is right."""
    match role:
        case Role.ACTOR:
            name, iso3 = claim["actor"], claim["actor_iso3"]
            if not name and not iso3:
                return set()
            if iso3:
                exact = {o.entity for o in options if isinstance(o.value, Actor) and o.value.iso3 == iso3}
                return _closest(name, [o for o in options if o.entity in exact], 0.0)
            return _closest(name, [o for o in options if isinstance(o.value, Actor) and o.value.iso3 is None])
        case Role.PLACE | Role.ORIGIN:
            name = claim[role.value]
            return _closest(name, options) if name else set()
        case Role.WORDS:
            return _closest(claim["asset_text"], options, 0.3) if claim["asset_text"] else set()
        case Role.UNIT:
            return _closest(claim["unit"], options) if claim["unit"] else set()
        case Role.WHEN:
            return _time(claim, options)
        case Role.SOURCE:
            wanted = [name for name in claim["source"] if name]
            chosen = [_closest(name, options) for name in wanted]
            return set().union(*(c for c in chosen if c)) if all(chosen) else None


def _closest(name: str | None, options: Sequence[Option], least: float = 0.5) -> set[str] | None:
    scored = [(likeness(name, _name(option)), option.entity) for option in options]
    best = max((score for score, _ in scored), default=0.0)
    if not scored or best < least:
        return None
    top = [entity for score, entity in scored if score == best]
    return {Counter(top).most_common(1)[0][0]}


def _name(option: Option) -> str:
    value = option.value
    return (
        value.name
        if isinstance(value, Actor | Place | Attribution)
        else value
        if isinstance(value, str)
        else option.entity
    )


def _time(claim: Row, options: Sequence[Option]) -> set[str] | None:
    when = claim["when"]
    if when is None:
        return set()
    same = []
    for option in options:
        assert isinstance(option.value, Period)
        value = option.value
        alike = likeness(value.text, when["text"])
        right = (value.start, value.end) == (when["start"], when["end"]) and bool(value.start or value.end)
        score = 2 * right + alike
        if right or alike >= 0.5:
            same.append((score, option.entity))
    return {max(same)[1]} if same else None


def resolved(scene: Scene, period: Period, status: Status) -> Period:
    """``period`` as a claim of ``status`` means it."""
    return ahead(period, scene.published) if status is Status.PLANNED else period


def read(path: Path) -> list[Row]:
    """The passages of a file in the annotators' form."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
