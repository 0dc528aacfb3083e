"""The learned extractor: document to claims, by a small model over the grammar's candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from garrison.extraction.learned.decoding import claims_of
from garrison.extraction.learned.encoder import Model, model
from garrison.extraction.learned.passage import passage_of
from garrison.extraction.learned.tokens import Tokens, tokens_of
from garrison.extraction.learned.windows import Window, windows_of
from garrison.naming.sieve import has_force
from garrison.vocabulary import Claim, Document, Span

__all__ = ["LearnedExtractor"]


_RULES = 2  # raise when candidates or decoding change what is read


class LearnedExtractor:
    """Reads claims with a model trained for it; confidence is calibrated, 0 to 1."""

    name = "learned"

    @property
    def version(self) -> str:
        """The reading rules' number and the model's hash, so that a change of either makes new readings."""
        return f"{_RULES}.{model().settings['version']}"

    def claims(self, document: Document) -> tuple[Claim, ...]:
        """The claims of ``document`` in the order of their quotations."""
        if not has_force(document.text):
            return ()
        known = model()
        tokens = tokens_of(document, known.tokenizer)
        found: list[Claim] = []
        with _threads().limit(limits=1, user_api="blas"):
            for window in windows_of(document.text, tokens.starts):
                found.extend(_claims_in(document, tokens, window, known))
        return _without_repetitions(found)


@cache
def _threads() -> ThreadpoolController:
    """The thread pools of the process: many small products are slower on several threads than on one."""
    return ThreadpoolController()


def _claims_in(document: Document, tokens: Tokens, window: Window, known: Model) -> Iterator[Claim]:
    text = window.span.of(document.text)
    passage = passage_of(replace(document, text=text, captions=(), pages=()), tokens.within(window.span))
    shift = window.span.start
    if not any(window.core.start <= anchor.span.start + shift < window.core.end for anchor in passage.anchors):
        return
    vectors = known.vectors(passage.ids)
    core = Span(window.core.start - shift, window.core.end - shift)
    for claim in claims_of(passage, vectors, known.panel, known.ends, known.marks, known.settings["threshold"], core):
        assert claim.span is not None and claim.confidence is not None
        yield replace(
            claim,
            span=Span(claim.span.start + shift, claim.span.end + shift),
            confidence=_calibrated(claim.confidence, known.settings["calibration"]),
        )


def _calibrated(chance: float, table: Sequence[Sequence[float]]) -> float:
    """The share of claims read right among those that the model gave this chance, between the points of ``table``."""
    return round(float(np.interp(chance, table[0], table[1])), 3)


def _without_repetitions(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims without those that say again what a surer one says (guide, *What is a claim*)."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in sorted(claims, key=lambda c: -(c.confidence or 0.0)):
        bounds = claim.quantity and (claim.quantity.low, claim.quantity.high)
        place = claim.place and claim.place.name.lower()
        kept.setdefault((claim.kind, claim.status, claim.asset, claim.actor, claim.unit, place, bounds), claim)
    return tuple(sorted(kept.values(), key=lambda c: c.span or Span(0, 0)))
