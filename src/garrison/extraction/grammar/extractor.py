"""The grammar extractor: document to claims, with the rule behind every field."""

from __future__ import annotations

from dataclasses import replace

from garrison.extraction.grammar.drafting import claims_kept, drafts_of
from garrison.extraction.grammar.listing import listed_claims
from garrison.extraction.grammar.memory import Memory
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.scene import scene_of
from garrison.extraction.grammar.weighing import confidence
from garrison.vocabulary import Claim, Document

THRESHOLD = 0.4
"""The confidence from which a reading is taken for a claim; chosen on folds of the training passages."""


class GrammarExtractor:
    """Reads claims by rule: deterministic, and able to explain itself."""

    name = "grammar"
    version = "1"

    def claims(self, document: Document) -> tuple[Claim, ...]:
        """The claims of ``document`` in the order of their quotations."""
        return tuple(reasoned.claim for reasoned in self.explain(document))

    def explain(self, document: Document) -> tuple[Reasoned, ...]:
        """The claims of ``document``, each with the rules that made its fields."""
        kept = [draft for draft in drafts(document) if (draft.claim.confidence or 0.0) >= THRESHOLD]
        return claims_kept(kept)


def drafts(document: Document) -> list[Reasoned]:
    """Every reading of ``document`` as a claim, likely or not, with its confidence."""
    scene = scene_of(document.text, document.title, document.published, document.outlet)
    listed, used = listed_claims(scene)
    found = list(listed)
    memory = Memory()
    for sentence in scene.sentences:
        found.extend(drafts_of(scene, sentence, frozenset(used), memory))
    return [replace(draft, claim=replace(draft.claim, confidence=confidence(draft.marks))) for draft in found]
