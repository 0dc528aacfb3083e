"""Claims with their reasons: which rule made each field, and what speaks for the claim."""

from __future__ import annotations

from dataclasses import dataclass

from garrison.vocabulary import Claim


@dataclass(frozen=True, slots=True)
class Reasoned:
    """A claim, the rule behind each field in words, and the marks by which it is weighed."""

    claim: Claim
    because: tuple[tuple[str, str], ...]
    marks: frozenset[str] = frozenset()
