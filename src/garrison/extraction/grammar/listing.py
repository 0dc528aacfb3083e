"""Listings: all the claims that a passage makes in register style."""

from __future__ import annotations

from garrison.extraction.grammar.deployments import listed_deployments
from garrison.extraction.grammar.reasoned import Reasoned
from garrison.extraction.grammar.register import Register
from garrison.extraction.grammar.scene import Scene
from garrison.extraction.grammar.strengths import listed_strengths
from garrison.vocabulary import Span


def listed_claims(scene: Scene) -> tuple[tuple[Reasoned, ...], frozenset[Span]]:
    """The claims that ``scene`` makes as a register, and the spans of the numbers that they used."""
    register = Register(scene)
    placed = list(listed_deployments(register))
    used = {span for _, span in placed}
    sized = [(claim, span) for claim, span in listed_strengths(register) if span not in used]
    return tuple(claim for claim, _ in (*placed, *sized)), frozenset(used | {span for _, span in sized})
