"""A passage made ready for the model: its anchors, options, features and tokens, laid out as the encoder sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from garrison.extraction.grammar.marking import AT_WORK
from garrison.extraction.grammar.pronouns import PRONOUN
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.register import LISTED
from garrison.extraction.grammar.scene import Scene, scene_of
from garrison.extraction.grammar.weighing import confidence
from garrison.extraction.learned.candidates import Anchor, Option, Role, anchors_of, options_of
from garrison.extraction.learned.features import Outline, Weigh, anchor_features, outline_of
from garrison.extraction.learned.hints import Hint, entities_of, hints_of, readings_of
from garrison.extraction.learned.pairs import Pairs
from garrison.extraction.learned.tokens import FIRST, LAST, Tokens, covered
from garrison.vocabulary import Document, Span

__all__ = ["Passage", "passage_of"]

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]
_SURELY_LISTED = 0.9  # the chance by rule from which an item of a list is taken as the rules read it
_SURELY_POINTED = 0.5  # … and from which what is only pointed back to is


@dataclass(frozen=True)
class Passage:
    """What the model is given of one passage. Token numbers count from the opening mark of the layout:
    opening mark, heading, closing mark, text, closing mark."""

    scene: Scene
    outline: Outline
    anchors: tuple[Anchor, ...]
    readings: tuple[Reasoned, ...]
    hints: tuple[Hint, ...]
    tokens: Tokens

    @cached_property
    def options(self) -> Mapping[Role, tuple[Option, ...]]:
        """The options of every role."""
        places = options_of(self.scene, Role.PLACE)
        return {r: places if r in (Role.PLACE, Role.ORIGIN) else options_of(self.scene, r) for r in Role}

    @cached_property
    def ids(self) -> Indices:
        """The token ids in the order of the layout."""
        return np.asarray([FIRST, *self.tokens.heading, LAST, *self.tokens.text, LAST], dtype=np.int64)

    @property
    def offset(self) -> int:
        """The number of the text's first token."""
        return len(self.tokens.heading) + 2

    def listed(self, weigh: Weigh = confidence) -> list[tuple[Reasoned, float]]:
        """The items of lists in register style that the rules read surely, with the chance, 0 to 1, of each: what they
        say hangs on their punctuation, which rules follow better than the model."""
        chances = [(reading, weigh(reading.marks)) for reading in self.readings if LISTED & reading.marks]
        return [(reading, chance) for reading, chance in chances if chance >= _SURELY_LISTED]

    def as_ruled(self, weigh: Weigh = confidence) -> list[tuple[Reasoned, float]]:
        """What else is taken as the rules read it, with the chance, 0 to 1, of each.

        Missions at work in their places, which hardly a passage says that the model learned from, and what is surely
        read of forces that are only pointed back to ("They are now in Gao"), which are no candidates of the model's.
        """
        at_work = [(reading, weigh(reading.marks)) for reading in self.readings if AT_WORK in reading.marks]
        pointed = [(reading, weigh(reading.marks)) for reading in self.readings if reading.marks >= PRONOUN]
        return [*at_work, *((reading, chance) for reading, chance in pointed if chance >= _SURELY_POINTED)]

    def at(self, span: Span, *, titled: bool = False) -> tuple[int, int]:
        """The first and last token of a span of the text, or of the heading; the opening mark for a span of nothing."""
        if titled:
            if not len(span) or not self.tokens.heading:
                return 0, 0
            first, last = covered(span, self.tokens.heading_starts, self.tokens.heading_ends)
            return first + 1, last + 1
        first, last = covered(span, self.tokens.starts, self.tokens.ends)
        return first + self.offset, last + self.offset

    def anchor_table(self, marks: Mapping[str, int], weigh: Weigh = confidence) -> tuple[Array, Array]:
        """Features and marks of every anchor, a row each; ``weigh`` gives the chance of a rule's reading."""
        return anchor_features(self.outline, self.anchors, self.hints, marks, weigh)

    def anchor_tokens(self) -> list[tuple[int, int]]:
        """The first and last token of every anchor."""
        return [self.at(anchor.span) for anchor in self.anchors]

    def option_tokens(self, role: Role) -> list[tuple[int, int]]:
        """The first and last token of every option of ``role``."""
        return self._option_tokens[role]

    @cached_property
    def _option_tokens(self) -> Mapping[Role, list[tuple[int, int]]]:
        found: dict[Role, list[tuple[int, int]]] = {
            role: [self.at(option.span, titled=option.titled) for option in options]
            for role, options in self.options.items()
            if role is not Role.ORIGIN  # whose options are those of Role.PLACE
        }
        return {**found, Role.ORIGIN: found[Role.PLACE]}

    def pair_tables(self, anchors: Sequence[int]) -> dict[Role, Array]:
        """Per role that has options the features of every option (first axis) with each of ``anchors`` (second)."""
        chosen = [self.anchors[anchor] for anchor in anchors]
        homes = [self.outline.sentence(anchor.span.start) for anchor in chosen]
        near: dict[int, set[tuple[Role, str]]] = {home: set() for home in homes}
        for reading in self.readings:
            home = self.outline.sentence(reading.claim.span.start) if reading.claim.span else -1
            if home in near:
                near[home].update((role, entity) for role in Role for entity in entities_of(reading.claim, role))
        hints = [self.hints[anchor] for anchor in anchors]
        return Pairs(self.outline, self.options).tables(chosen, hints, [near[home] for home in homes])


def passage_of(document: Document, tokens: Tokens) -> Passage:
    """``document``, short enough for one pass of the encoder, made ready for the model; ``tokens`` are its own."""
    scene = scene_of(document.text, document.title, document.published, document.outlet)
    anchors = anchors_of(scene)
    readings = readings_of(scene)
    return Passage(scene, outline_of(scene), anchors, readings, hints_of(scene, anchors, readings), tokens)
