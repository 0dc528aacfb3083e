"""Pairs: what is known of anchors with the options of every role, beside what the encoder reads in the words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from garrison.extraction.attribution import sources_at
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.learned.candidates import Anchor, Option, Role
from garrison.extraction.learned.features import KINDS, Outline
from garrison.extraction.learned.hints import Hint
from garrison.vocabulary import Place

__all__ = ["CHOSEN", "PAIR_WIDTH", "Pairs"]

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
_STEPS = np.asarray((0, 1, 3, 6, 12, 25))  # words; beyond the last is "far"
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
_COMMA = re.compile(",")
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
_LONG_SCOPE = 150  # characters
_BEFORE = 40  # characters before an option in which its preposition is looked for

# Where each group of features begins in a pair's row.
_DISTANCE = 0
_WHERE = _DISTANCE + 13
_COMMAS = _WHERE + 5
_BREAKS = _COMMAS + 3
_RANK = _BREAKS + 2
_CHOICE = _RANK + 4
CHOSEN = slice(_CHOICE, _CHOICE + 4)  # the rules chose it, chose it nearby, chose another, chose none
_TRIGGERS = CHOSEN.stop
_COUNT = _TRIGGERS + len(KINDS)
_FIRST = _COUNT + 1
_OVERLAP = _FIRST + 1
_FORM = _OVERLAP + 1
_FORM_SLOTS = 14  # the last for forms that are not listed
_PREPOSED = _FORM + _FORM_SLOTS
_LISTED = _PREPOSED + 10
_INSIDE = _LISTED + 1
_SAYING = _INSIDE + 1
PAIR_WIDTH = _SAYING + 4


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Where some words of a passage stand, so that those between two places are counted at once."""

    starts: Indices
    ends: Indices

    def within(self, low: Indices, high: Indices) -> Indices:
        """How many lie wholly between each ``low`` and ``high``; none where these cross."""
        found: Indices = self.ends.searchsorted(high, "right") - self.starts.searchsorted(low, "left")
        return np.maximum(found, 0)


class Pairs:
    """The options of a passage, roles side by side, made quick to pair with anchors."""

    def __init__(self, outline: Outline, options: Mapping[Role, Sequence[Option]]) -> None:
        """``options`` are all of the passage, by role."""
        self._outline = outline
        self._roles = [role for role in Role if options[role]]
        self._options = [(role, option) for role in self._roles for option in options[role]]
        ends = np.cumsum([len(options[role]) for role in self._roles]).tolist()
        self._slices = {role: slice(end - len(options[role]), end) for role, end in zip(self._roles, ends, strict=True)}
        self._starts = _whole(option.span.start for _, option in self._options)
        self._ends = _whole(option.span.end for _, option in self._options)
        self._titled = np.asarray([option.titled for _, option in self._options], dtype=bool)
        self._fixed = np.zeros((len(self._options), PAIR_WIDTH), dtype=np.float32)
        for role, part in self._slices.items():
            if role is Role.ORIGIN:  # its options are those of Role.PLACE
                self._fixed[part] = self._fixed[self._slices[Role.PLACE]]
            else:
                _fix(self._fixed[part], role, options[role], outline.scene)
        text, triggers = outline.scene.text, outline.scene.triggers
        self._words, self._sentences = np.asarray(outline.words), np.asarray(outline.sentences)
        self._triggers = np.asarray(outline.triggers, dtype=np.int64)
        known = np.zeros((len(triggers) + 1, len(KINDS)), dtype=np.int64)
        if triggers:
            known[1:] = outline.kinds
        self._kinds = known.cumsum(0)
        self._commas, self._breaks = _stretches(_COMMA, text), _stretches(_BREAK, text)

    def tables(
        self, anchors: Sequence[Anchor], hints: Sequence[Hint], near: Sequence[Set[tuple[Role, str]]]
    ) -> dict[Role, Array]:
        """Per role that has options the features of every option (first axis) with every anchor (second axis).

        Args:
            anchors: the anchors to pair.
            hints: the rules' readings that are about each.
            near: the entities that the rules put into each role in the sentence of each.
        """
        table = np.repeat(self._fixed[:, None], len(anchors), 1)
        if not table.size:
            return {}
        starts, ends = self._starts[:, None], self._ends[:, None]
        first, last = _whole(a.span.start for a in anchors), _whole(a.span.end for a in anchors)
        overlaps = (starts < last) & (first < ends)
        table[..., _OVERLAP] = overlaps
        here = self._sentences.searchsorted(first, "right") - 1
        there = self._sentences.searchsorted(starts, "right") - 1
        titled = self._titled[:, None]
        same = (here == there) & ~titled
        before = (starts < first) | ((starts == first) & (ends < last))
        gap = self._word(np.where(before, first, starts)) - self._word(np.where(before, ends, last))
        distance = 1 + np.minimum(_STEPS.searchsorted(gap), 5) + 6 * before
        # One feature of each pair is set at once: where the pair's row begins in the table, and the feature's place.
        flat, rows = table.reshape(-1), np.arange(overlaps.size).reshape(overlaps.shape) * PAIR_WIDTH
        flat[(rows + _DISTANCE + np.where(overlaps, 0, distance))[~self._titled]] = 1.0
        where = np.where(same, 0, np.where(there == here - 1, 1, np.where(there < here, 2, 3)))
        flat[rows + _WHERE + np.where(titled, 4, where)] = 1.0
        low, high = np.minimum(ends, last), np.maximum(starts, first)
        flat[(rows + _COMMAS + np.minimum(self._commas.within(low, high), 2))[same]] = 1.0
        breaks = self._breaks.within(low, high)
        flat[(rows + _BREAKS - 1 + np.minimum(breaks, 2))[same & (breaks > 0)]] = 1.0
        between = self._kinds[self._triggers.searchsorted(high)] > self._kinds[self._triggers.searchsorted(low)]
        table[..., _TRIGGERS : _TRIGGERS + len(KINDS)] = between & same[..., None]
        for number, (anchor, hint, close) in enumerate(zip(anchors, hints, near, strict=True)):
            self._choose(table[:, number], hint, close)
            self._rank(table[:, number], anchor)
            if Role.SOURCE in self._slices:
                self._attribute(table[self._slices[Role.SOURCE], number], anchor)
        return {role: table[part] for role, part in self._slices.items()}

    def _word(self, at: Indices) -> Indices:
        """The number of words that begin before each place."""
        found: Indices = self._words.searchsorted(at)
        return found

    def _choose(self, table: Array, hint: Hint, near: Set[tuple[Role, str]]) -> None:
        """What the rules chose for the anchor, and in its sentence."""
        if not near and not hint.readings:
            return
        table[:, CHOSEN.start + 1] = [(role, option.entity) in near for role, option in self._options]
        for role, part in self._slices.items():
            chosen = hint.chosen(role)
            if chosen:
                table[part, CHOSEN.start] = [option.entity in chosen for _, option in self._options[part]]
            if chosen:
                table[part, CHOSEN.start + 2] = 1.0
            elif hint.readings:
                table[part, CHOSEN.start + 3] = 1.0

    def _rank(self, table: Array, anchor: Anchor) -> None:
        """How many options of its role stand between each and the anchor."""
        start, end = anchor.span.start, anchor.span.end
        for part in self._slices.values():
            standing = [o.span for _, o in self._options[part] if not o.titled]
            before = [span.start for span in standing if span.end <= start]
            after = [span.start for span in standing if span.start >= end]
            for row, (_, option) in enumerate(self._options[part], start=part.start):
                span = option.span
                if option.titled or (span.start < end and start < span.end):
                    continue
                if span.end <= start:
                    rank = len(before) - bisect_right(before, span.start)
                else:
                    rank = bisect_left(after, span.start)
                table[row, _RANK + min(rank, 3)] = 1.0

    def _attribute(self, table: Array, anchor: Anchor) -> None:
        """Whether the anchor stands on the word of each source."""
        scopes = self._outline.scene.attributions
        by_cue = {scope.cue: scope.scope for scope in scopes}
        spoken = frozenset(" ".join(source.name.lower().split()) for source in sources_at(anchor.span, scopes))
        for row, (_, option) in zip(table, self._options[self._slices[Role.SOURCE]], strict=True):
            scope = by_cue.get(option.span)
            if scope is not None:
                row[_SAYING:] = (
                    scope.covers(anchor.span),
                    option.entity in spoken,
                    scope.overlaps(anchor.span),
                    len(scope) > _LONG_SCOPE,
                )


def _fix(table: Array, role: Role, options: Sequence[Option], scene: Scene) -> None:
    """Enters what is known of each option with whatever anchor."""
    counts = Counter(option.entity for option in options)
    prepositions = _prepositions(scene, options)
    forms = _FORMS[role]
    seen: set[str] = set()
    for row, option, (word, listed, inside) in zip(table, options, prepositions, strict=True):
        row[_COUNT] = min(counts[option.entity], 5) / 5
        row[_FIRST] = option.entity not in seen
        seen.add(option.entity)
        row[_FORM + (forms.index(option.form) if option.form in forms else _FORM_SLOTS - 1)] = 1.0
        row[_PREPOSED + word] = 1.0
        row[_LISTED] = listed
        row[_INSIDE] = inside


def _prepositions(scene: Scene, options: Sequence[Option]) -> list[tuple[int, bool, bool]]:
    """Per option its preposition, whether it is listed with the one before, and whether it contains that one."""
    found: list[tuple[int, bool, bool]] = []
    last: tuple[Option, int] | None = None
    for option in options:
        if option.titled:
            found.append((9, False, False))
            continue
        word = _preposition(scene.text, option.span.start)
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


@lru_cache(maxsize=256)  # the options of a passage, of which those of several roles stand in the same place
def _preposition(text: str, start: int) -> int:
    """The group of the preposition before ``start``; 9 for none, or another one."""
    match = _PREPOSITION.search(text[max(0, start - _BEFORE) : start])
    return _PREPOSITIONS.get(match.group(1).lower(), 9) if match else 9


def _stretches(pattern: re.Pattern[str], text: str) -> _Stretches:
    spans = np.asarray([match.span() for match in pattern.finditer(text)], dtype=np.int64).reshape(-1, 2)
    return _Stretches(spans[:, 0], spans[:, 1])


def _whole(numbers: Iterable[int]) -> Indices:
    return np.fromiter(numbers, dtype=np.int64)
