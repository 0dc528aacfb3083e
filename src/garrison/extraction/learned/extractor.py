"""The learned extractor: document to claims, by a small model over the grammar's candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from typing import Any

from threadpoolctl import ThreadpoolController

from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.joint_figures import holds_for_each
from garrison.extraction.learned.decoding import proposals_of
from garrison.extraction.learned.encoder import begin_loading, model, tokenizer
from garrison.extraction.learned.listed import listed_in
from garrison.extraction.learned.passage import passage_of
from garrison.extraction.learned.tokens import Tokens, tokens_of
from garrison.extraction.learned.windows import Window, windows_of
from garrison.naming.settling import settled
from garrison.naming.sieve import has_force
from garrison.vocabulary import Asset, Claim, Document, Kind, Span

__all__ = ["LearnedExtractor"]


_RULES = 15  # raise when candidates or decoding change what is read
_NAMED = frozenset({Asset.UNIT, Asset.WARSHIP, Asset.SUBMARINE, Asset.BASE})  # as what a named unit can be read


class LearnedExtractor:
    """Reads claims with a model trained for it; confidence is calibrated, 0 to 1."""

    name = "learned"

    @property
    def version(self) -> str:
        """The reading rules' number and the model's hash, so that a change of either makes new readings."""
        return f"{_RULES}.{model().settings['version']}"

    @property
    def sure(self) -> float:
        """The confidence from which nine claims in ten were read right, on passages that the model had not seen."""
        return float(model().settings["sure"])

    def claims(self, document: Document) -> tuple[Claim, ...]:
        """The claims of ``document`` in the order of their quotations."""
        return tuple(reasoned.claim for reasoned in self.explain(document))

    def explain(self, document: Document) -> tuple[Reasoned, ...]:
        """The claims of ``document``, each with what speaks for its fields."""
        return _without_repetitions(_without_joint_figures(settled(partial(_read, document), "claims")))


def _read(document: Document) -> list[Reasoned]:
    if not has_force(document.text):
        return []
    begin_loading()
    tokens = tokens_of(document, tokenizer())
    found: list[Reasoned] = []
    with _on_one_thread():
        for window in windows_of(document.text, tokens.starts):
            found.extend(_claims_in(document, tokens, window))
    return found


@contextmanager
def _on_one_thread() -> Iterator[None]:
    """Work products of matrices out on one thread: many small ones are slower on several."""
    before = [(pool, pool.num_threads) for pool in _pools()]
    for pool, _ in before:
        pool.set_num_threads(1)
    try:
        yield
    finally:
        for pool, threads in before:
            pool.set_num_threads(threads)


@cache
def _pools() -> list[Any]:  # threadpoolctl has no stubs
    """The process's pools of threads for such products, found once: ``limit`` would ask about each anew."""
    pools: list[Any] = ThreadpoolController().select(user_api="blas").lib_controllers
    return pools


def _claims_in(document: Document, tokens: Tokens, window: Window) -> list[Reasoned]:
    text = window.span.of(document.text)
    passage = passage_of(replace(document, text=text, captions=(), pages=()), tokens.within(window.span))
    shift = window.span.start
    if not any(window.core.start <= anchor.span.start + shift < window.core.end for anchor in passage.anchors):
        return []
    known = model()
    vectors = known.vectors(passage.ids)
    core = Span(window.core.start - shift, window.core.end - shift)
    least, threshold = known.settings["least"], known.settings["threshold"]
    found = [
        (proposal.claim, chance, proposal.grounds.because)
        for proposal in proposals_of(passage, vectors, known.panel, known.ends, known.marks, least, core)
        if (chance := known.worth.of(proposal.grounds)) >= threshold
    ]
    by_rule = [*listed_in(passage, known.ends), *passage.as_ruled()]
    ruled = [(item.claim, chance, item.because) for item, chance in by_rule]
    found += [each for each in ruled if each[1] >= threshold and _within(each[0].span, core)]
    return [
        Reasoned(replace(claim, span=claim.span.moved(shift), confidence=round(chance, 3)), because)
        for claim, chance, because in found
        if claim.span
    ]


def _within(span: Span | None, core: Span) -> bool:
    return span is not None and core.start <= span.start < core.end


def _without_joint_figures(found: Sequence[Reasoned]) -> list[Reasoned]:
    """The claims, those of one number for several places or owners without it: it holds for none alone (guide)."""
    over = Counter(_figure(each.claim) for each in found)
    return [
        each
        if over[_figure(each.claim)] < 2 or holds_for_each(each.claim.quote)
        else replace(each, claim=replace(each.claim, quantity=None))
        for each in found
    ]


def _figure(claim: Claim) -> tuple[object, ...]:
    """What claims of one number in one place of the text have in common; nothing, where there is no number."""
    return (claim.span, claim.kind, claim.asset, claim.quantity) if claim.quantity else (id(claim),)


def _without_repetitions(found: Sequence[Reasoned]) -> tuple[Reasoned, ...]:
    """The claims without those that say again what a surer one says (guide, *What is a claim*).

    A unit that is named is counted once, be it read as a unit, as a ship or, least of all, as its headquarters.
    """
    kept: dict[tuple[object, ...], Reasoned] = {}
    for each in sorted(found, key=lambda each: (_is_seat(each.claim), -(each.claim.confidence or 0.0))):
        c = each.claim
        bounds = c.quantity and (c.quantity.low, c.quantity.high)
        place = c.place and c.place.name.lower()
        service = c.asset_text and c.asset_text.lower() if c.kind is Kind.STRENGTH else None
        asset = Asset.UNIT if c.unit and bounds is None and c.asset in _NAMED else c.asset
        kept.setdefault((c.kind, c.status, asset, c.actor, c.unit, service, place, bounds), each)
    named = [each.claim for each in kept.values() if each.claim.unit]
    left = (each for each in kept.values() if not any(_is_counted_in(each.claim, other) for other in named))
    return tuple(sorted(left, key=lambda each: each.claim.span or Span(0, 0)))


def _is_counted_in(claim: Claim, counted: Claim) -> bool:
    """Whether a claim only names the unit whose people the same words count: "7,000 troops from the 201st Division".

    Of "soldiers of 33 Brigade", the people and the unit, the surer one is claimed.
    """
    people = {claim.asset, counted.asset} == {Asset.UNIT, Asset.PERSONNEL}
    surer = people and (counted.confidence or 0.0) > (claim.confidence or 0.0)
    if claim.quantity is not None or not (surer or counted.quantity is not None):
        return False
    same = (claim.unit, claim.kind, claim.actor, claim.place) == (
        counted.unit,
        counted.kind,
        counted.actor,
        counted.place,
    )
    return same and bool(claim.span and counted.span and claim.span.overlaps(counted.span))


def _is_seat(claim: Claim) -> bool:
    return claim.unit is not None and claim.asset is Asset.BASE
