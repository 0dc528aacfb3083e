"""The grammar extractor: document to claims, with the rule behind every field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from garrison.extraction.grammar.drafting import claims_kept, drafts_of
from garrison.extraction.grammar.listing import listed_claims
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import Scene, scene_of
from garrison.extraction.grammar.weighing import confidence
from garrison.extraction.grammar.windows import windows
from garrison.naming.settling import settled
from garrison.vocabulary import Claim, Document, Span

LONGEST_SENTENCE = 1500
"""Characters from which a sentence is read in pieces."""

THRESHOLD = 0.4
"""The confidence from which a reading is taken for a claim; chosen on folds of the training passages."""


SURE = 0.55
"""The confidence from which nine claims in ten were right on the training passages."""


class GrammarExtractor:
    """Reads claims by rule: deterministic, and able to explain itself."""

    name = "grammar"
    version = "12"
    sure = SURE

    def claims(self, document: Document) -> tuple[Claim, ...]:
        """The claims of ``document`` in the order of their quotations."""
        return tuple(reasoned.claim for reasoned in self.explain(document))

    def explain(self, document: Document) -> tuple[Reasoned, ...]:
        """The claims of ``document``, each with the rules that made its fields."""
        return claims_kept(
            settled(
                lambda: [draft for draft in drafts(document) if (draft.claim.confidence or 0.0) >= THRESHOLD], "claims"
            )
        )


def drafts(document: Document) -> list[Reasoned]:
    """Every reading of ``document`` as a claim, likely or not, with its confidence."""
    found: list[Reasoned] = []
    memory = Memory()
    for window in windows(document.text):
        scene = scene_of(window.of(document.text), document.title, document.published, document.outlet)
        for draft in _scene_drafts(scene, memory):
            span = draft.claim.span
            placed = Span(span.start + window.start, span.end + window.start) if span else Span(0, 0)
            quote = placed.of(document.text)
            claim = replace(draft.claim, quote=quote, span=placed, confidence=confidence(draft.marks))
            found.append(replace(draft, claim=claim))
    return found


def _scene_drafts(scene: Scene, memory: Memory) -> list[Reasoned]:
    listed, used = listed_claims(scene)
    memory.spoken = ()
    found = list(listed)
    for sentence in scene.sentences:
        for piece in _pieces(scene.text, sentence):
            found.extend(drafts_of(scene, piece, used, memory))
    return found


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """``sentence``, cut between words where it is too long to be one: the work in a sentence grows with its square."""
    start = sentence.start
    while sentence.end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        end = cut if cut > start else start + LONGEST_SENTENCE
        yield Span(start, end)
        start = end
    yield Span(start, sentence.end)
