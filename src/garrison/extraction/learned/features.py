"""Features: what is known of an anchor, and of an anchor with an option, beside what the encoder reads in the words."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from garrison.extraction.attribution import sources_at
from garrison.extraction.attribution_scope import AttributionScope
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.triggers import Trigger
from garrison.extraction.learned.candidates import Anchor, Option, Role, Sort
from garrison.extraction.learned.hints import Hint
from garrison.extraction.status import status_at
from garrison.naming.actors import ActorMention, Form
from garrison.naming.forces import Number
from garrison.vocabulary import Asset, Hedge, Kind, Measure, Place, Span, Status

__all__ = [
    "ANCHOR_WIDTH",
    "CHOSEN",
    "ODDS_WIDTH",
    "PAIR_WIDTH",
    "Outline",
    "Weigh",
    "anchor_features",
    "outline_of",
    "pair_features",
]

Array = npt.NDArray[np.float32]
Weigh = Callable[[frozenset[str]], float]
_KINDS: tuple[Kind | None, ...] = (*Kind, None)
_SORTS, _ASSETS, _STATUSES, _HEDGES = tuple(Sort), tuple(Asset), tuple(Status), tuple(Hedge)
_NUMBERS, _FORMS_OF_ACTOR = tuple(Number), tuple(Form)
_STEPS = (0, 1, 3, 6, 12, 25)  # words; beyond the last is "far"
_PREPOSITIONS = {
    **dict.fromkeys(("to", "into", "towards", "toward", "onto"), 0),
    **dict.fromkeys(("in", "at", "on", "inside", "within", "throughout"), 1),
    **dict.fromkeys(("near", "along", "around", "outside", "off", "beside", "above", "under", "beyond"), 2),
    **dict.fromkeys(("across", "over", "through", "between"), 3),
    "from": 4,
    "of": 5,
    "by": 6,
    **dict.fromkeys(("for", "with", "against"), 7),
    **dict.fromkeys(("since", "until", "during", "after", "before"), 8),
}
_PREPOSITION = re.compile(r"\b([a-z]+)\s+(?:both |the |its |his |their |an? )?(?:[\w’'-]+ ){0,2}$", re.IGNORECASE)
_JOIN = re.compile(r"^\s*(?:,|/|;|and|or|as well as|, and|, or|&)\s*(?:the |in |to |at )?\s*$")
_BREAK = re.compile(r"[;:—]|\b(?:that|which|who|while|although|because|after|before|but|when|if|as|where|said|says)\b")
_FORMS: dict[Role, tuple[str, ...]] = {
    Role.ACTOR: (
        *("name", "adjective", "demonym", "capital", "metonym", "group", "mission", "service", "title"),
        *("country of place", "country of title", "country of unit", "country of outlet"),
    ),
    Role.PLACE: ("country", "region", "city", "base", "border", "sea", "point", "unknown", "title"),
    Role.ORIGIN: ("country", "region", "city", "base", "border", "sea", "point", "unknown", "title"),
    Role.WORDS: ("plain", "weak"),
    Role.UNIT: ("plain", "weak", "mission", "title"),
    Role.WHEN: ("resolved", "unresolved"),
    Role.SOURCE: ("government", "force", "media", "organisation", "private_person", "anonymous", "unknown"),
}
_FORM_SLOTS = 14  # the last for forms that are not listed
ODDS_WIDTH = len(Kind)
CHOSEN = slice(27, 31)  # in a pair's row: the rules chose it, chose it nearby, chose another, chose none
_FARTHEST_ODDS = 4.0
ANCHOR_WIDTH = sum(
    (
        len(_SORTS),
        len(_ASSETS) + 6 + len(_NUMBERS),  # the force word and how far its number is
        len(_STATUSES) + len(_HEDGES) + 2,
        7 + len(_STATUSES) + len(Measure) + len(_ASSETS),  # what the rules read
        16 + len(_FORMS_OF_ACTOR) + 1,
        ODDS_WIDTH,
    )
)
PAIR_WIDTH = 13 + 5 + 5 + 4 + 4 + 7 + 3 + _FORM_SLOTS + 10 + 2 + 4


@dataclass(frozen=True, slots=True)
class Outline:
    """A passage made quick to measure: where its words and sentences begin."""

    scene: Scene
    words: tuple[int, ...]
    sentences: tuple[int, ...]
    triggers: tuple[int, ...]

    def word(self, at: int) -> int:
        """The number of words that begin before ``at``."""
        return bisect_left(self.words, at)

    def sentence(self, at: int) -> int:
        """The number of the sentence at ``at``."""
        return bisect_right(self.sentences, at) - 1


def outline_of(scene: Scene) -> Outline:
    """The outline of ``scene``."""
    return Outline(
        scene,
        tuple(match.start() for match in re.finditer(r"\S+", scene.text)),
        tuple(sentence.start for sentence in scene.sentences),
        tuple(trigger.span.start for trigger in scene.triggers),
    )


def anchor_features(
    outline: Outline, anchor: Anchor, hint: Hint, marks: Mapping[str, int], weigh: Weigh
) -> tuple[Array, Array]:
    """What is known of an anchor, and which of the known ``marks`` the rules set on it.

    The last six features are the log odds that ``weigh`` gives the rules' readings of the anchor as each kind.
    """
    scene = outline.scene
    row: list[float] = _one_hot(_SORTS.index(anchor.sort), len(_SORTS))
    force = anchor.force
    row += _one_hot(_ASSETS.index(force.asset) if force else None, len(_ASSETS))
    gap = len(scene.between(anchor.number.span, force.span).split()) if force and anchor.number else None
    row += _one_hot(None if gap is None else min(gap, 4), 5)
    row.append(float(force is not None and force.ambiguous))
    row += _one_hot(_NUMBERS.index(force.number) if force else None, len(_NUMBERS))
    row += _one_hot(_STATUSES.index(status_at(anchor.span, scene.statuses)), 4)
    value = anchor.number.value if anchor.number else None
    row += _one_hot(_HEDGES.index(value.hedge) if value else None, len(_HEDGES))
    size = (value.low or value.high or 0) if value else 0
    row += [math.log10(1 + size) / 5, float(1900 <= size <= 2100)]
    kinds = {reading.claim.kind for reading in hint.readings}
    row += [float(kind in kinds) for kind in Kind] + [float(bool(kinds))]
    row += _read_as(hint)
    row += _triggers_beside(outline, anchor.span)
    found = anchor.found
    form = _FORMS_OF_ACTOR.index(found.form) if isinstance(found, ActorMention) else None
    row += _one_hot(form, len(_FORMS_OF_ACTOR))
    row.append(min(outline.sentence(anchor.span.start), 5) / 5)
    row += _odds(hint, weigh)
    flags = np.zeros(len(marks), dtype=np.float32)
    for mark in hint.marks:
        if mark in marks:
            flags[marks[mark]] = 1.0
    return np.asarray(row, dtype=np.float32), flags


def _odds(hint: Hint, weigh: Weigh) -> list[float]:
    found = dict.fromkeys(Kind, -_FARTHEST_ODDS)
    for reading in hint.readings:
        chance = weigh(reading.marks)
        odds = math.log(max(chance, 1e-6) / max(1 - chance, 1e-6))
        kind = reading.claim.kind
        found[kind] = max(found[kind], min(_FARTHEST_ODDS, odds))
    return list(found.values())


def _read_as(hint: Hint) -> list[float]:
    """The status, measure and class that the rules read."""
    claims = [reading.claim for reading in hint.readings]
    row = [float(any(claim.status is status for claim in claims)) for status in _STATUSES]
    row += [float(any(claim.measure is measure for claim in claims)) for measure in Measure]
    return row + [float(any(claim.asset is asset for claim in claims)) for asset in _ASSETS]


def _triggers_beside(outline: Outline, span: Span) -> list[float]:
    """The kinds of the nearest trigger on each side, and how near it is."""
    scene, at = outline.scene, bisect_left(outline.triggers, span.start)
    home = outline.sentence(span.start)
    row: list[float] = []
    for trigger in (
        next((t for t in reversed(scene.triggers[:at]) if not t.span.overlaps(span)), None),
        next((t for t in scene.triggers[at:] if not t.span.overlaps(span)), None),
    ):
        if trigger is None or outline.sentence(trigger.span.start) != home:
            row += [0.0] * 8
            continue
        row += _kinds(trigger)
        row.append(1 / (1 + abs(outline.word(trigger.span.start) - outline.word(span.start))))
    return row


def _kinds(trigger: Trigger) -> list[float]:
    kinds = trigger.kinds()
    return [float(kind in kinds) for kind in _KINDS]


def pair_features(
    outline: Outline, anchor: Anchor, hint: Hint, role: Role, options: Sequence[Option], near: frozenset[str]
) -> Array:
    """What is known of ``anchor`` with each of ``options``, a row each.

    Args:
        near: the entities that the rules put into ``role`` anywhere in the anchor's sentence.
    """
    table = np.zeros((len(options), PAIR_WIDTH), dtype=np.float32)
    chosen = hint.chosen(role)
    counts = Counter(option.entity for option in options)
    prepositions = _prepositions(outline.scene, options)
    spoken = _spoken(outline.scene, anchor) if role is Role.SOURCE else frozenset()
    scopes = {scope.cue: scope for scope in outline.scene.attributions} if role is Role.SOURCE else {}
    before = [o.span.start for o in options if not o.titled and o.span.end <= anchor.span.start]
    after = [o.span.start for o in options if not o.titled and o.span.start >= anchor.span.end]
    seen: set[str] = set()
    for index, option in enumerate(options):
        row = _place_of(outline, anchor, option)
        row += _rank(option, anchor, before, after)
        row += [
            float(option.entity in chosen),
            float(option.entity in near),
            float(bool(chosen)),
            float(bool(hint.readings) and not chosen),
        ]
        row += _between(outline, anchor, option)
        row += [
            min(counts[option.entity], 5) / 5,
            float(option.entity not in seen),
            float(option.span.overlaps(anchor.span)),
        ]
        seen.add(option.entity)
        forms = _FORMS[role]
        row += _one_hot(forms.index(option.form) if option.form in forms else _FORM_SLOTS - 1, _FORM_SLOTS)
        word, listed, inside = prepositions[index]
        row += [*_one_hot(word, 10), float(listed), float(inside)]
        row += _saying(anchor, option, spoken, scopes)
        table[index] = row
    return table


def _place_of(outline: Outline, anchor: Anchor, option: Option) -> list[float]:
    """Where the option stands: distance, sentence, and what lies between."""
    if option.titled:
        return [*[0.0] * 13, *_one_hot(4, 5), *[0.0] * 5]
    here, there = outline.sentence(anchor.span.start), outline.sentence(option.span.start)
    if option.span.overlaps(anchor.span):
        distance = 0
    else:
        first, second = sorted((anchor.span, option.span))
        step = bisect_left(_STEPS, outline.word(second.start) - outline.word(first.end))
        distance = 1 + min(step, 5) + (6 if option.span < anchor.span else 0)
    where = 0 if here == there else 1 if there == here - 1 else 2 if there < here else 3
    marks = [0.0] * 5
    if where == 0:
        between = outline.scene.between(anchor.span, option.span)
        marks = [*_one_hot(min(between.count(","), 2), 3), *_one_hot(_breaks(between), 2)]
    return [*_one_hot(distance, 13), *_one_hot(where, 5), *marks]


def _breaks(between: str) -> int | None:
    count = len(_BREAK.findall(between))
    return None if count == 0 else min(count, 2) - 1


def _rank(option: Option, anchor: Anchor, before: list[int], after: list[int]) -> list[float]:
    if option.titled or option.span.overlaps(anchor.span):
        return [0.0] * 4
    if option.span.end <= anchor.span.start:
        rank = len(before) - bisect_right(before, option.span.start)
    else:
        rank = bisect_left(after, option.span.start)
    return _one_hot(min(rank, 3), 4)


def _between(outline: Outline, anchor: Anchor, option: Option) -> list[float]:
    """The kinds of the triggers between the two."""
    if option.titled or outline.sentence(anchor.span.start) != outline.sentence(option.span.start):
        return [0.0] * 7
    low = min(anchor.span.end, option.span.end)
    high = max(anchor.span.start, option.span.start)
    row = [0.0] * 7
    for trigger in outline.scene.triggers[bisect_left(outline.triggers, low) : bisect_left(outline.triggers, high)]:
        row = [max(a, b) for a, b in zip(row, _kinds(trigger), strict=True)]
    return row


def _prepositions(scene: Scene, options: Sequence[Option]) -> list[tuple[int, bool, bool]]:
    """Per option its preposition, whether it is listed with the one before, and whether it contains that one."""
    found: list[tuple[int, bool, bool]] = []
    last: tuple[Option, int] | None = None
    for option in options:
        if option.titled:
            found.append((9, False, False))
            continue
        match = _PREPOSITION.search(scene.text[max(0, option.span.start - 40) : option.span.start])
        word = _PREPOSITIONS.get(match.group(1).lower(), 9) if match else 9
        listed = inside = False
        if last is not None and last[0].span.end <= option.span.start:
            gap = scene.text[last[0].span.end : option.span.start]
            listed = len(gap) < 20 and bool(_JOIN.match(gap))
            if listed:
                word = last[1]
                a, b = last[0].value, option.value
                if isinstance(a, Place) and isinstance(b, Place):
                    inside = a.iso3 is not None and a.iso3 == b.iso3
        last = option, word
        found.append((word, listed, inside))
    return found


def _spoken(scene: Scene, anchor: Anchor) -> frozenset[str]:
    return frozenset(" ".join(source.name.lower().split()) for source in sources_at(anchor.span, scene.attributions))


def _saying(
    anchor: Anchor, option: Option, spoken: frozenset[str], scopes: Mapping[Span, AttributionScope]
) -> list[float]:
    scope = scopes.get(option.span)
    if scope is None:
        return [0.0] * 4
    covers = scope.scope.covers(anchor.span)
    return [
        float(covers),
        float(option.entity in spoken),
        float(scope.scope.overlaps(anchor.span)),
        float(len(scope.scope) > 150),
    ]


def _one_hot(index: int | None, width: int) -> list[float]:
    row = [0.0] * width
    if index is not None:
        row[index] = 1.0
    return row
