"""Lists in register style, which are left to the rules: what they say hangs on their punctuation."""

from __future__ import annotations

from dataclasses import replace

from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.weighing import confidence
from garrison.extraction.learned.candidates import Role
from garrison.extraction.learned.features import Weigh
from garrison.extraction.learned.hints import entities_of
from garrison.extraction.learned.passage import Passage
from garrison.extraction.learned.quoting import Ends, quotation
from garrison.vocabulary import Claim, Span

__all__ = ["listed_in"]


def listed_in(passage: Passage, ends: Ends, weigh: Weigh = confidence) -> list[tuple[Reasoned, float]]:
    """The items of lists that the rules read surely, with the chance, 0 to 1, of each; quoted as the model quotes."""
    found = []
    for item, chance in passage.listed(weigh):
        quote = _quoted(passage, item.claim, ends)
        found.append((replace(item, claim=replace(item.claim, span=quote, quote=quote.of(passage.scene.text))), chance))
    return found


def _quoted(passage: Passage, claim: Claim, ends: Ends) -> Span:
    """The quotation of a list's item, grown from the number that it states; as the rules quote it if it has none."""
    assert claim.span is not None
    for index, anchor in enumerate(passage.anchors):
        if anchor.number and anchor.number.value == claim.quantity and claim.span.covers(anchor.number.span):
            names = entities_of(claim, Role.PLACE)
            places = [o for o in passage.options[Role.PLACE] if o.entity in names and claim.span.covers(o.span)]
            return quotation(passage, index, claim.kind, {Role.PLACE: places}, ends)
    return claim.span
